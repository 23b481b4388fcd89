// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What a person can have Keytender do with its own logins, from the panel.
#include <memory>

#include <QApplication>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "fakes/fakeclock.h"
#include "sampleneighbours.h"
#include "samplerows.h"
#include "ui/foldbutton.h"
#include "ui/panel.h"
#include "ui/profilemodel.h"
#include "ui/rowlist.h"

using namespace keytender;
using ui::Panel;

class PanelActionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void keys_ofARow_renewAndSignOut();
    void f5_whereNothingCanBeRenewed_readsEverythingAgain();
    void button_ofAWarning_asksForTheSignIn();
    void contextMenu_hasWhatTheRowCanDo_data();
    void contextMenu_hasWhatTheRowCanDo();
    void contextMenu_asks();
    void aToolsLogin_asksToBeKeptFreshAndRescued();
    void menu_asksOfTheLoginsOfOtherTools();
    void details_haveButtonsForTheSame();
    void details_answerTheKeysOfARow();
    void details_keepTheFocusWhileTheStateChanges();
    void why_opensTheActivityWithTheStepsOfItsNewestTrouble();
    void steps_stayUnfolded_whenSomethingHappens();
    void menu_addsAndSignsOut();
    void withoutAVault_nothingCanBeAdded();
    void emptyPage_teachesHowToAddALogin();
    void offline_isToldAboveTheList_andNothingIsToBeDone();
    void leftover_offersThePageOrAnotherTry();
    void leftover_thatHasAPageAndIsTriedAgain_offersBoth();
    void manyLeftovers_doNotPushTheListAway();
    void leftover_thatCountsDown_keepsTheFocus();

private:
    [[nodiscard]] ui::RowList *list() const { return m_panel->findChild<ui::RowList *>(); }
    [[nodiscard]] QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : m_panel->findChildren<QPushButton *>()) {
            if (one->isVisible() && one->text() == text)
                return one;
        }
        return nullptr;
    }
    [[nodiscard]] QMenu *headerMenu() const
    {
        for (QMenu *menu : m_panel->findChildren<QMenu *>()) {
            if (qobject_cast<QToolButton *>(menu->parent()) != nullptr)
                return menu;
        }
        return nullptr;
    }
    [[nodiscard]] static QAction *entry(const QMenu *menu, const QString &text)
    {
        for (QAction *action : menu->actions()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }
    [[nodiscard]] QMenu *openContextMenu()
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QCoreApplication::sendEvent(list(), &event);
        return list()->findChild<QMenu *>();
    }
    // Shows the panel with these, the first row being current.
    void show(const std::vector<service::Row> &rows)
    {
        for (const service::Row &row : rows)
            m_model->setRow(row);
        m_panel->setCanSignIn(true);
        m_panel->present();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        list()->setFocus(Qt::TabFocusReason);
    }
    void openDetails(const service::Row &row)
    {
        show({row});
        m_panel->presentProfile(row.profile.id);
        m_panel->setActivity(row.profile.id, samples::ownActivity(row.profile.id));
    }

    std::unique_ptr<fakes::FakeClock> m_clock;
    std::unique_ptr<ui::ProfileModel> m_model;
    std::unique_ptr<Panel> m_panel;
};

namespace {

QString onlyIdOf(const QSignalSpy &spy)
{
    return spy.count() == 1 ? spy.constFirst().constFirst().toString() : QStringLiteral("%1 times").arg(spy.count());
}

} // namespace

void PanelActionsTest::init()
{
    m_clock = std::make_unique<fakes::FakeClock>();
    m_clock->wall = samples::now();
    m_model = std::make_unique<ui::ProfileModel>(*m_clock);
    m_panel = std::make_unique<Panel>(*m_model, *m_clock);
    m_panel->setSurroundings(samples::surroundings());
}

void PanelActionsTest::cleanup()
{
    m_panel.reset();
    m_model.reset();
}

void PanelActionsTest::keys_ofARow_renewAndSignOut()
{
    show({samples::ownFresh()});
    const QSignalSpy refresh(m_panel.get(), &Panel::refreshRequested);
    const QSignalSpy rescan(m_panel.get(), &Panel::rescanRequested);
    const QSignalSpy signOut(m_panel.get(), &Panel::signOutRequested);
    QTest::keyClick(list(), Qt::Key_F5);
    QTest::keyClick(list(), Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(refresh.count(), 2);
    QCOMPARE(refresh.constFirst().constFirst().toString(), QStringLiteral("own:anthropic"));
    QCOMPARE(rescan.count(), 0);
    QTest::keyClick(list(), Qt::Key_Delete);
    QCOMPARE(onlyIdOf(signOut), QStringLiteral("own:anthropic"));
}

void PanelActionsTest::f5_whereNothingCanBeRenewed_readsEverythingAgain()
{
    show({samples::claude()});
    const QSignalSpy refresh(m_panel.get(), &Panel::refreshRequested);
    const QSignalSpy rescan(m_panel.get(), &Panel::rescanRequested);
    const QSignalSpy signOut(m_panel.get(), &Panel::signOutRequested);
    QTest::keyClick(list(), Qt::Key_F5);
    QTest::keyClick(list(), Qt::Key_Delete);
    QCOMPARE(rescan.count(), 1);
    QCOMPARE(refresh.count(), 0);
    QCOMPARE(signOut.count(), 0); // a tool's own login is not ours to end
}

void PanelActionsTest::button_ofAWarning_asksForTheSignIn()
{
    show({samples::ownRefused()});
    const QSignalSpy signIn(m_panel.get(), &Panel::signInRequested);
    // Somewhere in the row lies the button; a click beside it opens the details.
    const QRect row = list()->visualRect(m_model->index(0, 0));
    for (int x = row.right(); signIn.isEmpty() && x > row.left(); x -= 20) {
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, QPoint(x, row.bottom() - 40));
        m_panel->back();
    }
    QCOMPARE(onlyIdOf(signIn), QStringLiteral("own:github"));
}

void PanelActionsTest::contextMenu_hasWhatTheRowCanDo_data()
{
    QTest::addColumn<service::Row>("row");
    QTest::addColumn<QString>("entries");
    const auto line = [](const char *name, const service::Row &row, const char *entries) {
        QTest::newRow(name) << row << QString::fromUtf8(entries);
    };
    line("own", samples::ownFresh(), "Show details and activity|Renew now|Sign in again…|Sign out…");
    line("own, refused", samples::ownRefused(), "Show details and activity|Sign in again…|Sign out…");
    line("key", samples::ownKey(), "Show details and activity|Remove…");
    line("a tool's", samples::claude(), "Show details and activity|Copy “claude auth login”");
    service::Row shareable = samples::claude();
    shareable.actions.keepFresh = true;
    line("a tool's, to be kept fresh", shareable, "Show details and activity|Keep fresh…|Copy “claude auth login”");
    line("fenced", samples::fenced(), "Show details and activity|Rescue…|Copy “openclaw models auth login”");
    line("keychain", samples::keychainLocked(), "Show details and activity|Unlock the keychain…|Copy “gh auth login”");
}

void PanelActionsTest::contextMenu_hasWhatTheRowCanDo()
{
    QFETCH(const service::Row, row);
    show({row});
    const QMenu *menu = openContextMenu();
    QVERIFY(menu != nullptr);
    QStringList entries;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator())
            entries += action->text();
    }
    QTEST(entries.join(u'|'), "entries");
}

void PanelActionsTest::contextMenu_asks()
{
    show({samples::ownFresh()});
    const QSignalSpy refresh(m_panel.get(), &Panel::refreshRequested);
    const QSignalSpy signIn(m_panel.get(), &Panel::signInRequested);
    const QSignalSpy signOut(m_panel.get(), &Panel::signOutRequested);
    const QMenu *menu = openContextMenu();
    for (const char *text : {"Renew now", "Sign in again…", "Sign out…"})
        entry(menu, QString::fromUtf8(text))->trigger();
    QCOMPARE(onlyIdOf(refresh), QStringLiteral("own:anthropic"));
    QCOMPARE(onlyIdOf(signIn), QStringLiteral("own:anthropic"));
    QCOMPARE(onlyIdOf(signOut), QStringLiteral("own:anthropic"));
}

void PanelActionsTest::aToolsLogin_asksToBeKeptFreshAndRescued()
{
    service::Row shareable = samples::claude();
    shareable.actions.keepFresh = true;
    show({shareable});
    const QSignalSpy care(m_panel.get(), &Panel::careRequested);
    QTest::keyClick(list(), Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(onlyIdOf(care), QStringLiteral("claude-cli"));
    m_model->removeRow(shareable.profile.id);
    show({samples::fenced()});
    list()->setCurrentIndex(m_model->index(0, 0));
    const QSignalSpy rescue(m_panel.get(), &Panel::rescueRequested);
    entry(openContextMenu(), QStringLiteral("Rescue…"))->trigger();
    QCOMPARE(onlyIdOf(rescue), QStringLiteral("openclaw:anthropic"));
}

void PanelActionsTest::menu_asksOfTheLoginsOfOtherTools()
{
    show({samples::claude()});
    QMenu *menu = headerMenu();
    Q_EMIT menu->aboutToShow();
    QAction *ask = entry(menu, QStringLiteral("Logins of other tools…"));
    QVERIFY(!ask->isEnabled());
    fakes::FakeNeighbours neighbours;
    samples::fill(neighbours);
    m_panel->setNeighbours(&neighbours);
    Q_EMIT menu->aboutToShow();
    const QSignalSpy asked(m_panel.get(), &Panel::neighboursRequested);
    ask->trigger();
    QCOMPARE(asked.count(), 1);
}

void PanelActionsTest::details_haveButtonsForTheSame()
{
    openDetails(samples::ownFresh());
    const QSignalSpy refresh(m_panel.get(), &Panel::refreshRequested);
    const QSignalSpy signIn(m_panel.get(), &Panel::signInRequested);
    const QSignalSpy signOut(m_panel.get(), &Panel::signOutRequested);
    for (const char *text : {"Renew now", "Sign in again…", "Sign out…"}) {
        QVERIFY2(button(QString::fromUtf8(text)) != nullptr, text);
        button(QString::fromUtf8(text))->click();
    }
    QCOMPARE(onlyIdOf(refresh), QStringLiteral("own:anthropic"));
    QCOMPARE(onlyIdOf(signIn), QStringLiteral("own:anthropic"));
    QCOMPARE(onlyIdOf(signOut), QStringLiteral("own:anthropic"));
    openDetails(samples::claude());
    QCOMPARE(button(QStringLiteral("Renew now")), nullptr);
    QCOMPARE(button(QStringLiteral("Sign out…")), nullptr);
}

void PanelActionsTest::details_answerTheKeysOfARow()
{
    openDetails(samples::ownFresh());
    const QSignalSpy refresh(m_panel.get(), &Panel::refreshRequested);
    const QSignalSpy rescan(m_panel.get(), &Panel::rescanRequested);
    const QSignalSpy signOut(m_panel.get(), &Panel::signOutRequested);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F5);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
    QCOMPARE(onlyIdOf(refresh), QStringLiteral("own:anthropic"));
    QCOMPARE(onlyIdOf(signOut), QStringLiteral("own:anthropic"));
    QCOMPARE(rescan.count(), 0);
}

void PanelActionsTest::details_keepTheFocusWhileTheStateChanges()
{
    openDetails(samples::ownFresh());
    button(QStringLiteral("Sign out…"))->setFocus();
    service::Row renewing = samples::ownFresh();
    renewing.condition.health = profile::Health::Refreshing;
    renewing.condition.severity = profile::Severity::Busy;
    renewing.actions.refresh = false;
    m_model->setRow(renewing);
    QCOMPARE(QApplication::focusWidget(), button(QStringLiteral("Sign out…")));
    // Who pressed what is gone now stays on the page.
    m_model->setRow(samples::ownFresh());
    button(QStringLiteral("Renew now"))->setFocus();
    m_model->setRow(renewing);
    QVERIFY(QApplication::focusWidget() != nullptr);
    QCOMPARE(QApplication::focusWidget()->accessibleName(), QStringLiteral("Back"));
}

void PanelActionsTest::why_opensTheActivityWithTheStepsOfItsNewestTrouble()
{
    const service::Row row = samples::ownRefused();
    show({row});
    m_panel->resize(m_panel->width(), 360);
    QSignalSpy asked(m_panel.get(), &Panel::activityRequested);
    m_panel->presentReason(row.profile.id);
    QCOMPARE(onlyIdOf(asked), row.profile.id);
    m_panel->setActivity(row.profile.id, samples::ownActivity(row.profile.id));
    const auto folds = m_panel->findChildren<ui::FoldButton *>();
    QVERIFY(folds.size() > 1);
    QVERIFY(folds.at(0)->isChecked());
    QVERIFY(!folds.at(1)->isChecked());
    // It is not to be looked for below the edge.
    const auto isInSight = [&] {
        const QWidget *viewport = folds.at(0)->window();
        return viewport->rect().contains(QRect(folds.at(0)->mapTo(viewport, QPoint()), folds.at(0)->size()));
    };
    QTRY_VERIFY(isInSight());
    // The details by themselves begin at their top.
    m_panel->back();
    m_panel->presentProfile(row.profile.id);
    m_panel->setActivity(row.profile.id, samples::ownActivity(row.profile.id));
    QVERIFY(!m_panel->findChildren<ui::FoldButton *>().at(0)->isChecked());
}

void PanelActionsTest::steps_stayUnfolded_whenSomethingHappens()
{
    const service::Row row = samples::ownFresh();
    openDetails(row);
    ui::FoldButton *fold = m_panel->findChildren<ui::FoldButton *>().at(1);
    fold->setFocus();
    QTest::keyClick(fold, Qt::Key_Space);
    std::vector<service::Activity> history = samples::ownActivity(row.profile.id);
    service::Activity news = history.back();
    news.at = samples::now();
    history.insert(history.begin(), news);
    m_panel->setActivity(row.profile.id, history);
    const auto folds = m_panel->findChildren<ui::FoldButton *>();
    QVERIFY(!folds.at(0)->isChecked());
    QVERIFY(folds.at(1)->isChecked());
    QCOMPARE(QApplication::focusWidget(), folds.at(1));
}

void PanelActionsTest::menu_addsAndSignsOut()
{
    show({samples::ownFresh(), samples::claude()});
    const QSignalSpy login(m_panel.get(), &Panel::addLoginRequested);
    const QSignalSpy key(m_panel.get(), &Panel::addKeyRequested);
    const QSignalSpy signOut(m_panel.get(), &Panel::signOutEverythingRequested);
    QMenu *menu = headerMenu();
    Q_EMIT menu->aboutToShow();
    for (const char *text : {"Add a login…", "Add a key…", "Sign out of everything…"})
        entry(menu, QString::fromUtf8(text))->trigger();
    button(QStringLiteral("Add a login…"))->click(); // the footer's
    QCOMPARE(login.count(), 2);
    QCOMPARE(key.count(), 1);
    QCOMPARE(signOut.count(), 1);
    m_model->removeRow(QStringLiteral("own:anthropic"));
    Q_EMIT menu->aboutToShow();
    QVERIFY(!entry(menu, QStringLiteral("Sign out of everything…"))->isEnabled());
}

void PanelActionsTest::withoutAVault_nothingCanBeAdded()
{
    show({samples::claude()});
    m_panel->setCanSignIn(false);
    QVERIFY(!entry(headerMenu(), QStringLiteral("Add a login…"))->isEnabled());
    QVERIFY(!entry(headerMenu(), QStringLiteral("Add a key…"))->isEnabled());
    QVERIFY(!button(QStringLiteral("Add a login…"))->isEnabled());
    m_model->removeRow(samples::claude().profile.id);
    QTRY_VERIFY(button(QStringLiteral("Add a key…")) != nullptr);
    QVERIFY(!button(QStringLiteral("Add a key…"))->isEnabled());
    QVERIFY(!button(QStringLiteral("Add a key…"))->toolTip().isEmpty()); // why
}

void PanelActionsTest::emptyPage_teachesHowToAddALogin()
{
    show({});
    const QSignalSpy login(m_panel.get(), &Panel::addLoginRequested);
    const QSignalSpy key(m_panel.get(), &Panel::addKeyRequested);
    QVERIFY(button(QStringLiteral("Add a login…")) != nullptr);
    button(QStringLiteral("Add a login…"))->click();
    button(QStringLiteral("Add a key…"))->click();
    QCOMPARE(login.count(), 1);
    QCOMPARE(key.count(), 1);
}

void PanelActionsTest::offline_isToldAboveTheList_andNothingIsToBeDone()
{
    show({samples::ownOffline()});
    const auto says = [this] {
        const auto labels = m_panel->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text().startsWith(QStringLiteral("No provider can be reached."));
        });
    };
    QVERIFY(!says());
    service::Surroundings around = samples::surroundings();
    around.isOffline = true;
    m_panel->setSurroundings(around);
    QVERIFY(says());
    QCOMPARE(button(QStringLiteral("Try now")), nullptr);
    m_panel->setSurroundings(samples::surroundings());
    QVERIFY(!says());
}

void PanelActionsTest::leftover_offersThePageOrAnotherTry()
{
    show({samples::claude()});
    m_panel->setSurroundings(samples::afterSignOuts());
    const QSignalSpy retry(m_panel.get(), &Panel::retryRevocationsRequested);
    const QSignalSpy page(m_panel.get(), &Panel::openPageRequested);
    button(QStringLiteral("Try now"))->click();
    QCOMPARE(retry.count(), 1);
    QCOMPARE(page.count(), 0);
    button(QStringLiteral("Open page"))->click();
    QCOMPARE(page.count(), 1);
    QCOMPARE(page.constFirst().constFirst().toUrl(), QUrl(QStringLiteral("https://github.com/settings/applications")));
}

void PanelActionsTest::leftover_thatHasAPageAndIsTriedAgain_offersBoth()
{
    show({samples::claude()});
    service::Surroundings around = samples::afterSignOuts();
    around.leftovers.erase(around.leftovers.begin());
    around.leftovers.front().nextTry = samples::now() + std::chrono::minutes(4);
    m_panel->setSurroundings(around);
    const QSignalSpy retry(m_panel.get(), &Panel::retryRevocationsRequested);
    const QSignalSpy page(m_panel.get(), &Panel::openPageRequested);
    button(QStringLiteral("Try now"))->click();
    button(QStringLiteral("Open page"))->click();
    QCOMPARE(retry.count(), 1);
    QCOMPARE(page.count(), 1);
}

void PanelActionsTest::manyLeftovers_doNotPushTheListAway()
{
    show({samples::claude()});
    service::Surroundings around = samples::afterSignOuts();
    const service::Surroundings::Leftover one = around.leftovers.front();
    around.leftovers.assign(9, one);
    m_panel->setSurroundings(around);
    int boxes = 0;
    bool saysMore = false;
    for (const QLabel *label : m_panel->findChildren<QLabel *>()) {
        boxes += label->isVisible() && label->text().contains(QStringLiteral("was signed out here")) ? 1 : 0;
        saysMore = saysMore || label->text() == QStringLiteral("7 more sign-outs are not confirmed yet.");
    }
    QCOMPARE(boxes, 2);
    QVERIFY(saysMore);
}

void PanelActionsTest::leftover_thatCountsDown_keepsTheFocus()
{
    show({samples::claude()});
    service::Surroundings around = samples::afterSignOuts();
    m_panel->setSurroundings(around);
    button(QStringLiteral("Open page"))->setFocus();
    around.leftovers.front().text = QStringLiteral("“Anthropic” was signed out here and is still valid there.");
    m_panel->setSurroundings(around);
    QTRY_VERIFY(button(QStringLiteral("Open page")) != nullptr);
    QCOMPARE(QApplication::focusWidget(), button(QStringLiteral("Open page")));
}

QTEST_MAIN(PanelActionsTest)
#include "panelactions.moc"
