// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QKeyEvent>
#include <QTest>

#include "samplerows.h"
#include "ui/icons.h"
#include "ui/rowgeometry.h"
#include "ui/rowtext.h"

using namespace keytender;
using ui::Glyph;
using ui::RowAction;

class RowActionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void warning_offersTheOneThingToDo_data();
    void warning_offersTheOneThingToDo();
    void whatIsNotPossible_isNotOffered();
    void key_meansWhatTheRowCanDo_data();
    void key_meansWhatTheRowCanDo();
    void shape_saysTheState_data();
    void shape_saysTheState();
    void thirdLine_saysWhoKeepsIt_data();
    void thirdLine_saysWhoKeepsIt();
};

void RowActionsTest::warning_offersTheOneThingToDo_data()
{
    QTest::addColumn<service::Row>("row");
    QTest::addColumn<QList<RowAction>>("expected");
    using List = QList<RowAction>;
    QTest::newRow("refused") << samples::ownRefused() << List{RowAction::Why, RowAction::SignIn};
    QTest::newRow("answer lost") << samples::ownAnswerLost() << List{RowAction::Why, RowAction::SignIn};
    QTest::newRow("about to lapse") << samples::ownLapsing() << List{RowAction::Why, RowAction::Renew};
    QTest::newRow("unsure") << samples::ownUnsure() << List{RowAction::Why, RowAction::Renew};
    QTest::newRow("offline") << samples::ownOffline() << List{RowAction::Why, RowAction::Renew};
    QTest::newRow("key to be replaced") << samples::ownKey() << List{RowAction::Why};
    QTest::newRow("a tool's, refused") << samples::gemini() << List{RowAction::Why, RowAction::CopyCommand};
    QTest::newRow("a tool's, ends soon") << samples::endingSoon() << List{RowAction::Why, RowAction::CopyCommand};
    QTest::newRow("a tool's, clashes") << samples::opencode() << List{RowAction::Why};
    QTest::newRow("keychain") << samples::keychainLocked() << List{RowAction::Why, RowAction::Unlock};
    service::Row ending = samples::endingSoon();
    ending.actions.signIn = true;
    QTest::newRow("own, ends soon") << ending << List{RowAction::Why, RowAction::SignIn};
    service::Row other = samples::ownRefused();
    other.condition.health = profile::Health::Conflict;
    other.condition.reason = profile::Reason::OtherAccount;
    QTest::newRow("put away by its tool") << samples::fenced() << List{RowAction::Why, RowAction::Rescue};
    QTest::newRow("another account") << other << List{RowAction::Why, RowAction::SignIn};
}

void RowActionsTest::warning_offersTheOneThingToDo()
{
    QFETCH(const service::Row, row);
    QFETCH(const QList<RowAction>, expected);
    const std::vector<RowAction> actions = ui::actionsOf(row);
    QCOMPARE(QList<RowAction>(actions.begin(), actions.end()), expected);
    for (const RowAction action : actions)
        QVERIFY(!ui::title(action).isEmpty());
}

void RowActionsTest::whatIsNotPossible_isNotOffered()
{
    for (service::Row row : samples::ownLogins()) {
        row.actions = {};
        QCOMPARE(ui::actionsOf(row), std::vector<RowAction>{RowAction::Why});
    }
}

void RowActionsTest::key_meansWhatTheRowCanDo_data()
{
    QTest::addColumn<service::Row>("row");
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifier>("modifier");
    QTest::addColumn<int>("expected"); // -1 = nothing
    const auto line = [](const char *name, const service::Row &row, QKeyCombination key, int expected) {
        QTest::newRow(name) << row << key.key() << static_cast<Qt::KeyboardModifier>(key.keyboardModifiers().toInt())
                            << expected;
    };
    const service::Row own = samples::ownFresh();
    const service::Row tools = samples::claude();
    line("F5 renews", own, Qt::Key_F5, static_cast<int>(RowAction::Renew));
    line("Ctrl+R renews", own, Qt::CTRL | Qt::Key_R, static_cast<int>(RowAction::Renew));
    line("Del signs out", own, Qt::Key_Delete, static_cast<int>(RowAction::SignOut));
    line("no command to copy", own, Qt::CTRL | Qt::Key_C, -1);
    line("F5 at a tool's", tools, Qt::Key_F5, -1);
    line("Ctrl+R at a tool's", tools, Qt::CTRL | Qt::Key_R, -1);
    line("Del at a tool's", tools, Qt::Key_Delete, -1);
    line("copy", tools, Qt::CTRL | Qt::Key_C, static_cast<int>(RowAction::CopyCommand));
    line("F5 at a key", samples::ownKey(), Qt::Key_F5, -1);
    line("Del at a key", samples::ownKey(), Qt::Key_Delete, static_cast<int>(RowAction::SignOut));
    line("R alone", own, Qt::Key_R, -1);
    service::Row shareable = tools;
    shareable.actions.keepFresh = true;
    line("Ctrl+K keeps fresh", shareable, Qt::CTRL | Qt::Key_K, static_cast<int>(RowAction::KeepFresh));
    line("Ctrl+K where it cannot be", tools, Qt::CTRL | Qt::Key_K, -1);
}

void RowActionsTest::key_meansWhatTheRowCanDo()
{
    QFETCH(const service::Row, row);
    QFETCH(const Qt::Key, key);
    QFETCH(const Qt::KeyboardModifier, modifier);
    QFETCH(const int, expected);
    const QKeyEvent event(QEvent::KeyPress, key, modifier);
    const auto action = ui::actionFor(event, row);
    QCOMPARE(action ? static_cast<int>(*action) : -1, expected);
}

void RowActionsTest::shape_saysTheState_data()
{
    QTest::addColumn<service::Row>("row");
    QTest::addColumn<Glyph>("expected");
    QTest::newRow("fresh") << samples::ownFresh() << Glyph::Tick;
    QTest::newRow("renewing") << samples::ownRenewing() << Glyph::Arrows;
    QTest::newRow("offline") << samples::ownOffline() << Glyph::Offline;
    QTest::newRow("about to lapse") << samples::ownLapsing() << Glyph::Clock;
    QTest::newRow("unsure, about to lapse") << samples::ownUnsure() << Glyph::Clock;
    QTest::newRow("refused") << samples::ownRefused() << Glyph::Triangle;
    service::Row calm = samples::ownUnsure();
    calm.condition.severity = profile::Severity::Well;
    QTest::newRow("unsure, and its token works") << calm << Glyph::Question;
    service::Row retries = samples::ownLapsing();
    retries.condition.severity = profile::Severity::Well;
    QTest::newRow("waits for the server") << retries << Glyph::Arrows;
}

void RowActionsTest::shape_saysTheState()
{
    QFETCH(const service::Row, row);
    QTEST(ui::glyphOf(row.condition), "expected");
}

void RowActionsTest::thirdLine_saysWhoKeepsIt_data()
{
    QTest::addColumn<service::Row>("row");
    QTest::addColumn<QString>("copies");
    QTest::addColumn<QString>("clock");
    const auto line = [](const char *name, const service::Row &row, const char *copies, const char *clock) {
        QTest::newRow(name) << row << QString::fromUtf8(copies) << QString::fromUtf8(clock);
    };
    line("fresh", samples::ownFresh(), "kept fresh by Keytender", "sign-in ends in 29 days");
    line("refused", samples::ownRefused(), "signed in through Keytender", "");
    line("key", samples::ownKey(), "added by hand", "created 143 days ago");
    line("token", samples::ownToken(), "added by hand", "created 33 days ago");
    line("a tool's", samples::codex(), "~/.codex/auth.json", "");
}

void RowActionsTest::thirdLine_saysWhoKeepsIt()
{
    QFETCH(const service::Row, row);
    const ui::RowText text = ui::rowTextOf(row, samples::now());
    QTEST(text.copies, "copies");
    QTEST(text.secondClock, "clock");
}

QTEST_MAIN(RowActionsTest)
#include "rowactions.moc"
