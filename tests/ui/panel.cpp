// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <memory>

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "fakes/fakeclock.h"
#include "samplerows.h"
#include "ui/panel.h"
#include "ui/profilemodel.h"
#include "ui/rowlist.h"

using namespace keytender;

class PanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void arrows_moveBetweenRows_andEnterOpensDetails();
    void escape_goesBackThenHides();
    void f5_asksForARescan();
    void copyKey_copiesTheSignInCommand();
    void click_onARow_opensItsDetails();
    void close_hidesAndNeverLosesTheWindow();
    void popup_withoutFocus_leaves();
    void activity_ofAnotherLogin_isIgnored();
    void details_ofALoginThatVanishes_goBack();
    void everyFocusableControl_hasAName_data();
    void everyFocusableControl_hasAName();
    void everyRow_saysItsStateAndExactTimes();
    void withoutLogins_saysWhatWasLookedFor();
    void lockedKeychain_offersToUnlock();
    void rightToLeft_mirrorsTheRows();
    void hidden_asksForNoWords();
    void moreThanEightRows_scroll();

private:
    [[nodiscard]] ui::RowList *list() const { return m_panel->findChild<ui::RowList *>(); }
    void fill(const std::vector<service::Row> &rows)
    {
        for (const service::Row &row : rows)
            m_model->setRow(row);
    }
    void show()
    {
        m_panel->present();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        list()->setFocus(Qt::TabFocusReason);
    }
    void openDetails(const QString &id)
    {
        show();
        m_panel->presentProfile(id);
        m_panel->setActivity(id, samples::activity(id));
    }

    std::unique_ptr<fakes::FakeClock> m_clock;
    std::unique_ptr<ui::ProfileModel> m_model;
    std::unique_ptr<ui::Panel> m_panel;
};

namespace {

// The interface below `root` and all it holds.
void walk(QAccessibleInterface *root, const std::function<void(QAccessibleInterface *)> &visit)
{
    visit(root);
    for (int i = 0; i < root->childCount(); ++i) {
        if (QAccessibleInterface *child = root->child(i); child != nullptr)
            walk(child, visit);
    }
}

bool anyTextContains(QAccessibleInterface *root, const QString &text)
{
    bool found = false;
    walk(root, [&](QAccessibleInterface *part) {
        found = found || (part->text(QAccessible::Name).contains(text) && !part->state().invisible);
    });
    return found;
}

} // namespace

void PanelTest::init()
{
    m_clock = std::make_unique<fakes::FakeClock>();
    m_clock->wall = samples::now();
    m_model = std::make_unique<ui::ProfileModel>(*m_clock);
    m_panel = std::make_unique<ui::Panel>(*m_model, *m_clock);
    m_panel->setSurroundings(samples::surroundings());
}

void PanelTest::cleanup()
{
    m_panel.reset();
    m_model.reset();
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void PanelTest::arrows_moveBetweenRows_andEnterOpensDetails()
{
    fill(samples::trouble());
    show();
    QSignalSpy asked(m_panel.get(), &ui::Panel::activityRequested);
    QCOMPARE(list()->currentIndex().row(), 0);
    QTest::keyClick(list(), Qt::Key_Down);
    QTest::keyClick(list(), Qt::Key_Down);
    QTest::keyClick(list(), Qt::Key_Up);
    QCOMPARE(list()->currentIndex().row(), 1);
    QTest::keyClick(list(), Qt::Key_End);
    QCOMPARE(list()->currentIndex().row(), m_model->rowCount() - 1);
    QTest::keyClick(list(), Qt::Key_Home);
    QTest::keyClick(list(), Qt::Key_Return);
    QCOMPARE(m_panel->openProfile(), QStringLiteral("gemini-cli"));
    QCOMPARE(asked.takeFirst().constFirst().toString(), QStringLiteral("gemini-cli"));
}

void PanelTest::escape_goesBackThenHides()
{
    fill(samples::trouble());
    openDetails(QStringLiteral("claude-cli"));
    QTest::keyClick(m_panel.get(), Qt::Key_Escape);
    QCOMPARE(m_panel->openProfile(), QString());
    QVERIFY(m_panel->isVisible());
    QTest::keyClick(m_panel.get(), Qt::Key_Escape);
    QVERIFY(!m_panel->isVisible());
}

void PanelTest::f5_asksForARescan()
{
    fill(samples::allWell());
    show();
    const QSignalSpy rescan(m_panel.get(), &ui::Panel::rescanRequested);
    QTest::keyClick(list(), Qt::Key_F5);
    QCOMPARE(rescan.count(), 1);
}

void PanelTest::copyKey_copiesTheSignInCommand()
{
    fill(samples::trouble());
    show();
    QTest::keyClick(list(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), samples::gemini().signInCommand);
}

void PanelTest::click_onARow_opensItsDetails()
{
    fill(samples::allWell());
    show();
    const QRect row = list()->visualRect(m_model->index(1, 0));
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(m_panel->openProfile(), m_model->at(1).profile.id);
}

void PanelTest::close_hidesAndNeverLosesTheWindow()
{
    show();
    m_panel->close();
    QVERIFY(!m_panel->isVisible());
    m_panel->present();
    QVERIFY(m_panel->isVisible());
}

void PanelTest::popup_withoutFocus_leaves()
{
    m_panel->setShape(ui::Panel::Shape::Popup);
    m_panel->toggle(QPoint(200, 10));
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    QWidget other;
    other.show();
    other.activateWindow();
    QTRY_VERIFY(!m_panel->isVisible());
    // The click on the icon that took the focus does not open it again.
    m_panel->toggle(QPoint(200, 10));
    QVERIFY(!m_panel->isVisible());
    m_panel->toggle(QPoint(200, 10));
    QVERIFY(m_panel->isVisible());
    m_panel->toggle(QPoint(200, 10));
    QVERIFY(!m_panel->isVisible());
}

void PanelTest::activity_ofAnotherLogin_isIgnored()
{
    fill(samples::trouble());
    openDetails(QStringLiteral("claude-cli"));
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(m_panel.get());
    QVERIFY(anyTextContains(root, QStringLiteral("seen for the first time")));
    m_panel->setActivity(QStringLiteral("gh-cli"), {{samples::now(), {}, {}, QStringLiteral("of another"), {}}});
    QVERIFY(!anyTextContains(root, QStringLiteral("of another")));
}

void PanelTest::details_ofALoginThatVanishes_goBack()
{
    fill(samples::trouble());
    openDetails(QStringLiteral("claude-cli"));
    m_model->removeRow(QStringLiteral("claude-cli"));
    QCOMPARE(m_panel->openProfile(), QString());
}

void PanelTest::everyFocusableControl_hasAName_data()
{
    QTest::addColumn<QString>("details");
    QTest::newRow("list") << QString();
    QTest::newRow("details") << QStringLiteral("gemini-cli");
    QTest::newRow("details of an own login") << QStringLiteral("own:anthropic");
}

void PanelTest::everyFocusableControl_hasAName()
{
    QFETCH(const QString, details);
    fill(samples::trouble());
    fill(samples::ownLogins());
    service::Surroundings surroundings = samples::afterSignOuts();
    surroundings.keychain = service::KeychainState::Locked;
    m_panel->setSurroundings(surroundings);
    m_panel->setCanSignIn(true);
    show();
    if (!details.isEmpty()) {
        openDetails(details);
        m_panel->setActivity(details, samples::ownActivity(details));
    }
    int focusable = 0;
    walk(QAccessible::queryAccessibleInterface(m_panel.get()), [&](QAccessibleInterface *part) {
        if (!part->state().focusable || part->state().invisible)
            return;
        ++focusable;
        const QString kind = part->object() == nullptr ? QStringLiteral("part")
                                                       : QLatin1String(part->object()->metaObject()->className());
        QVERIFY2(!part->text(QAccessible::Name).isEmpty(), qPrintable(kind));
    });
    QVERIFY(focusable >= 3);
}

void PanelTest::everyRow_saysItsStateAndExactTimes()
{
    fill(samples::trouble());
    show();
    QAccessibleInterface *rows = QAccessible::queryAccessibleInterface(list());
    QVERIFY(rows != nullptr);
    QCOMPARE(rows->childCount(), m_model->rowCount());
    const QString name = rows->child(0)->text(QAccessible::Name);
    QVERIFY2(name.contains(QStringLiteral("Gemini CLI, work@example.com, sign in again")), qPrintable(name));
    const QString times = m_model->index(3, 0).data(Qt::AccessibleDescriptionRole).toString();
    QVERIFY2(times.contains(QStringLiteral("2026")), qPrintable(times));
    QVERIFY(!rows->child(3)->rect().isEmpty());
}

void PanelTest::withoutLogins_saysWhatWasLookedFor()
{
    m_panel->present();
    QAccessibleInterface *root = QAccessible::queryAccessibleInterface(m_panel.get());
    for (const service::Surroundings::Looked &place : samples::surroundings().looked) {
        QVERIFY(anyTextContains(root, place.tool));
        QVERIFY(anyTextContains(root, place.path));
    }
}

void PanelTest::lockedKeychain_offersToUnlock()
{
    fill(samples::allWell());
    service::Surroundings surroundings = samples::surroundings();
    surroundings.keychain = service::KeychainState::Locked;
    m_panel->setSurroundings(surroundings);
    show();
    const QSignalSpy unlock(m_panel.get(), &ui::Panel::unlockRequested);
    const auto buttons = m_panel->findChildren<QPushButton *>();
    const auto offered = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) {
        return button->isVisible() && button->text() == QStringLiteral("Unlock…");
    });
    QVERIFY(offered != buttons.end());
    QTest::mouseClick(*offered, Qt::LeftButton);
    QCOMPARE(unlock.count(), 1);
    surroundings.keychain = service::KeychainState::Usable;
    m_panel->setSurroundings(surroundings);
    QVERIFY(
        !anyTextContains(QAccessible::queryAccessibleInterface(m_panel.get()), QStringLiteral("keychain is locked")));
}

void PanelTest::rightToLeft_mirrorsTheRows()
{
    fill({samples::github()});
    const auto inkOf = [this](int from, int to) {
        const QImage image = list()->viewport()->grab().toImage();
        int ink = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = from; x < to; ++x)
                ink += image.pixelColor(x, y) != image.pixelColor(0, 0) ? 1 : 0;
        return ink;
    };
    QApplication::setLayoutDirection(Qt::LeftToRight);
    show();
    const int width = list()->viewport()->width();
    // The sign and the name stand at the beginning of the line, and weigh more than the statement at its end.
    QVERIFY(inkOf(0, width / 2) > inkOf(width / 2, width));
    QApplication::setLayoutDirection(Qt::RightToLeft);
    QCoreApplication::processEvents();
    QVERIFY(inkOf(0, width / 2) < inkOf(width / 2, width));
}

void PanelTest::hidden_asksForNoWords()
{
    fill(samples::allWell());
    show();
    QVERIFY(m_panel->isTicking());
    m_panel->hide();
    QVERIFY(!m_panel->isTicking());
    m_panel->present();
    QVERIFY(m_panel->isTicking());
}

void PanelTest::moreThanEightRows_scroll()
{
    std::vector<service::Row> rows;
    for (int i = 0; i < 30; ++i)
        rows.push_back(samples::well(QStringLiteral("id%1").arg(i), QStringLiteral("Login %1").arg(i)));
    fill(rows);
    QCoreApplication::processEvents();
    show();
    QVERIFY(list()->verticalScrollBar()->maximum() > 0);
    QTest::keyClick(list(), Qt::Key_End);
    const QRect last = list()->visualRect(m_model->index(29, 0));
    QVERIFY(list()->viewport()->rect().contains(last));
    QCOMPARE(list()->indexAt(last.center()).row(), 29);
}

QTEST_MAIN(PanelTest)
#include "panel.moc"
