// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What the panel says of other tools' logins.
#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "fakes/fakeclock.h"
#include "sampleneighbours.h"
#include "samplerows.h"
#include "ui/panel.h"

using namespace keytender;
using ui::Panel;

class NeighboursTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void withoutNeighbours_nothingIsSaidOfThem();
    void care_saysWhoRenews_andAsksForAnother();
    void care_thatIsNotOffered_saysWhy();
    void preview_isAskedForFromTheDetails();
    void lastWrite_isShown_andWhyItCannotBeUndone();
    void undo_isDone_andSaysSo();
    void undo_thatIsRefused_saysWhyInPlace();
    void links_showWhatIsHandedOn_andItsProblem();
    void account_isUsedNow_withTheNoticeBeforeAndAfter();
    void account_thatCannotBeUsed_saysWhy();
    void account_thatIsRefused_saysWhyInPlace();
    void accounts_areOrderedByKeyboard_andTheFocusGoesAlong();
    void oneAccount_hasNoSection();
    void generations_sayWhoWroteThem_andWhatBecameOfThem();
    void report_holdsTheLineage();
    void change_isFollowed_andTheFocusStays();
    void neighboursThatGo_leaveThePage();
    void fenced_offersTheRescueFirst();
    void everyPart_hasANameForScreenReaders();

private:
    template <class T>
    [[nodiscard]] QList<T *> shown() const
    {
        QList<T *> found = m_panel->findChildren<T *>();
        found.removeIf([](const T *widget) { return !widget->isVisible(); });
        return found;
    }
    template <class T = QPushButton>
    [[nodiscard]] T *named(const QString &name) const
    {
        for (T *candidate : shown<T>()) {
            if (candidate->objectName() == name)
                return candidate;
        }
        return nullptr;
    }
    [[nodiscard]] bool says(const QString &text) const
    {
        return std::ranges::any_of(shown<QLabel>(), [&](const QLabel *label) { return label->text().contains(text); });
    }
    void open(const service::Row &row)
    {
        m_model->setRow(row);
        m_panel->presentProfile(row.profile.id);
        m_panel->setActivity(row.profile.id, samples::activity(row.profile.id));
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
        QCOMPARE(std::ranges::count_if(QApplication::topLevelWidgets(), &QWidget::isVisible), 1);
    }
    static void settle()
    {
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    std::unique_ptr<fakes::FakeClock> m_clock;
    std::unique_ptr<ui::ProfileModel> m_model;
    std::unique_ptr<fakes::FakeNeighbours> m_neighbours;
    std::unique_ptr<Panel> m_panel;
};

namespace {

const base::Error refusal{base::ErrorKind::PermissionDenied, QStringLiteral("~/.claude/.credentials.json"), {}, {}};

} // namespace

void NeighboursTest::init()
{
    m_clock = std::make_unique<fakes::FakeClock>();
    m_clock->wall = samples::now();
    m_model = std::make_unique<ui::ProfileModel>(*m_clock);
    m_neighbours = std::make_unique<fakes::FakeNeighbours>();
    samples::fillKept(*m_neighbours);
    m_panel = std::make_unique<Panel>(*m_model, *m_clock);
    m_panel->setNeighbours(m_neighbours.get());
}

void NeighboursTest::cleanup()
{
    m_panel.reset();
    m_model.reset();
}

void NeighboursTest::withoutNeighbours_nothingIsSaidOfThem()
{
    m_panel->setNeighbours(nullptr);
    open(samples::claude());
    QVERIFY(!says(QStringLiteral("Who renews this login")));
    QVERIFY(!says(QStringLiteral("Generations")));
}

void NeighboursTest::care_saysWhoRenews_andAsksForAnother()
{
    const QSignalSpy asked(m_panel.get(), &Panel::careRequested);
    open(samples::kept());
    QVERIFY(says(QStringLiteral("Keep fresh")));
    QVERIFY(says(samples::claudeOffer().choices.front().text));
    QCOMPARE(named(QStringLiteral("care.change"))->text(), QStringLiteral("Change…"));
    named(QStringLiteral("care.change"))->click();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.constFirst().constFirst().toString(), QStringLiteral("claude-cli"));
    samples::fill(*m_neighbours);
    Q_EMIT m_neighbours->changed(QStringLiteral("claude-cli"));
    QTRY_COMPARE(named(QStringLiteral("care.change"))->text(), QStringLiteral("Keep fresh…"));
    QCOMPARE(m_neighbours->calls, QStringList());
}

void NeighboursTest::care_thatIsNotOffered_saysWhy()
{
    open(samples::gemini());
    QVERIFY(says(QStringLiteral("Google forbids other programs to use the sign-in of Gemini CLI.")));
    QVERIFY(named(QStringLiteral("care.change")) == nullptr);
    QVERIFY(named(QStringLiteral("links.change")) == nullptr);
}

void NeighboursTest::preview_isAskedForFromTheDetails()
{
    const QSignalSpy asked(m_panel.get(), &Panel::previewRequested);
    open(samples::kept());
    named(QStringLiteral("care.preview"))->click();
    QCOMPARE(asked.count(), 1);
}

void NeighboursTest::lastWrite_isShown_andWhyItCannotBeUndone()
{
    open(samples::kept());
    QVERIFY(says(QStringLiteral("Last write: 42 min ago")));
    QVERIFY(says(QStringLiteral("It cannot be undone: The token that was there has been spent")));
    QVERIFY(named(QStringLiteral("care.undo")) == nullptr);
}

void NeighboursTest::undo_isDone_andSaysSo()
{
    service::LastWrite &write = m_neighbours->writes.at(QStringLiteral("claude-cli"));
    write.canBeUndone = true;
    write.whyNot.clear();
    open(samples::kept());
    named(QStringLiteral("care.undo"))->click();
    QCOMPARE(m_neighbours->calls, QStringList{QStringLiteral("undo claude-cli")});
    QTRY_VERIFY(says(QStringLiteral("Undone: the file is as it was.")));
}

void NeighboursTest::undo_thatIsRefused_saysWhyInPlace()
{
    m_neighbours->writes.at(QStringLiteral("claude-cli")).canBeUndone = true;
    m_neighbours->refusal = refusal;
    open(samples::kept());
    named(QStringLiteral("care.undo"))->setFocus();
    QTest::keyClick(m_panel->focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(says(base::describe(refusal)));
    QVERIFY(named(QStringLiteral("care.undo"))->hasFocus());
}

void NeighboursTest::links_showWhatIsHandedOn_andItsProblem()
{
    const QSignalSpy asked(m_panel.get(), &Panel::linksRequested);
    open(samples::kept());
    QVERIFY(says(QStringLiteral("OpenClaw · anthropic:default")));
    QVERIFY(says(QStringLiteral("One-way · written 42 min ago")));
    QVERIFY(says(QStringLiteral("The command ended with 1: no such container.")));
    QVERIFY(!says(QStringLiteral("Hermes"))); // nothing goes there
    named(QStringLiteral("links.change"))->click();
    QCOMPARE(asked.count(), 1);
}

void NeighboursTest::account_isUsedNow_withTheNoticeBeforeAndAfter()
{
    const QString notice = samples::claudeAccounts().notice;
    open(samples::kept());
    QVERIFY(says(notice));
    QPushButton *use = named(QStringLiteral("use.claude-cli@work"));
    QCOMPARE(use->text(), QStringLiteral("Use in Claude Code now"));
    QVERIFY(use->accessibleDescription().contains(notice));
    use->click();
    QCOMPARE(m_neighbours->calls, QStringList{QStringLiteral("use claude-cli@work claude-cli")});
    QTRY_VERIFY(says(QStringLiteral("Claude Code uses dev@company.example · Team now. ") + notice));
    QVERIFY(named(QStringLiteral("use.claude-cli@work")) == nullptr);
    QVERIFY(named(QStringLiteral("use.claude-cli")) != nullptr);
}

void NeighboursTest::account_thatCannotBeUsed_saysWhy()
{
    open(samples::kept());
    QVERIFY(named(QStringLiteral("use.claude-cli@old")) == nullptr);
    QVERIFY(says(QStringLiteral("Its sign-in has ended: sign in again first.")));
}

void NeighboursTest::account_thatIsRefused_saysWhyInPlace()
{
    m_neighbours->refusal = refusal;
    open(samples::kept());
    named(QStringLiteral("use.claude-cli@work"))->click();
    QTRY_VERIFY(says(base::describe(refusal)));
    QVERIFY(named(QStringLiteral("use.claude-cli@work")) != nullptr);
}

void NeighboursTest::accounts_areOrderedByKeyboard_andTheFocusGoesAlong()
{
    open(samples::kept());
    QVERIFY(!named<QToolButton>(QStringLiteral("up.claude-cli"))->isEnabled());
    QVERIFY(!named<QToolButton>(QStringLiteral("down.claude-cli@old"))->isEnabled());
    auto *up = named<QToolButton>(QStringLiteral("up.claude-cli@old"));
    QCOMPARE(up->accessibleName(), QStringLiteral("Move old@example.com up"));
    up->setFocus();
    QTest::keyClick(up, Qt::Key_Space);
    QCOMPARE(m_neighbours->calls, QStringList{QStringLiteral("order claude-cli,claude-cli@old,claude-cli@work")});
    settle();
    up = named<QToolButton>(QStringLiteral("up.claude-cli@old"));
    QVERIFY(up->hasFocus());
    QTest::keyClick(up, Qt::Key_Space);
    settle();
    // At the top there is only the way down.
    QCOMPARE(m_panel->focusWidget()->objectName(), QStringLiteral("down.claude-cli@old"));
}

void NeighboursTest::oneAccount_hasNoSection()
{
    m_neighbours->groups.front().accounts.resize(1);
    open(samples::kept());
    QVERIFY(!says(QStringLiteral("Accounts for")));
}

void NeighboursTest::generations_sayWhoWroteThem_andWhatBecameOfThem()
{
    open(samples::kept());
    QVERIFY(says(QStringLiteral("5b2d90aa · Keytender")));
    QVERIFY(says(QStringLiteral("7 h ago · its lock directories were there")));
    QVERIFY(says(QStringLiteral("spent by Keytender, 42 min ago")));
    QVERIFY(says(QStringLiteral("0e9947bd · unknown")));
    QVERIFY(says(QStringLiteral("blanked by Claude Code")));
}

void NeighboursTest::report_holdsTheLineage()
{
    open(samples::kept());
    for (QPushButton *button : shown<QPushButton>()) {
        if (button->text() == QStringLiteral("Copy redacted report"))
            button->click();
    }
    const QString report = QGuiApplication::clipboard()->text();
    QVERIFY(report.contains(QStringLiteral("profile: claude-cli")));
    QVERIFY(report.contains(QStringLiteral("lineage:\n  5b2d90aa written by Keytender")));
}

void NeighboursTest::change_isFollowed_andTheFocusStays()
{
    open(samples::kept());
    named(QStringLiteral("links.change"))->setFocus();
    m_neighbours->linked.front().problem = QStringLiteral("OpenClaw holds its lock.");
    Q_EMIT m_neighbours->changed(QStringLiteral("claude-cli"));
    QTRY_VERIFY(says(QStringLiteral("OpenClaw holds its lock.")));
    QVERIFY(named(QStringLiteral("links.change"))->hasFocus());
}

void NeighboursTest::neighboursThatGo_leaveThePage()
{
    open(samples::kept());
    m_panel->setNeighbours(nullptr);
    m_neighbours.reset();
    QVERIFY(!says(QStringLiteral("Who renews this login")));
    QVERIFY(says(QStringLiteral("Copies")));
}

void NeighboursTest::fenced_offersTheRescueFirst()
{
    const QSignalSpy asked(m_panel.get(), &Panel::rescueRequested);
    open(samples::fenced());
    named(QStringLiteral("rescue"))->click();
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.constFirst().constFirst().toString(), QStringLiteral("openclaw:anthropic"));
}

void NeighboursTest::everyPart_hasANameForScreenReaders()
{
    open(samples::kept());
    for (QAbstractButton *button : shown<QAbstractButton>())
        QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(), qPrintable(button->objectName()));
}

QTEST_MAIN(NeighboursTest)
#include "neighbours.moc"
