// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "sampleneighbours.h"
#include "ui/accountdialog.h"
#include "ui/page.h"
#include "ui/rescuedialog.h"

using namespace keytender;

// What is done once, on a word: putting a login back, and another account in its place.
class RescueDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void rescue_saysWhatHappenedHowThatIsKnownAndWhatIsPutBack();
    void rescue_happensOnAWord_andSaysSo();
    void rescue_canBeLeft();
    void rescue_thatFails_saysWhyInPlace_andCanBeTriedAgain();
    void rescue_thatIsNotOffered_saysWhy();
    void rescue_ofWhatIsWellAgain_hasNothingToDo();
    void account_isUsed_andWhatARunningProgramNoticesIsTold();
    void account_thatIsRefused_saysWhy();

private:
    [[nodiscard]] static bool says(const ui::Dialog &dialog, const QString &text)
    {
        return std::ranges::any_of(dialog.page()->findChildren<QLabel *>(), [&](const QLabel *label) {
            return label->isVisible() && (label->text() == text || label->accessibleName() == text);
        });
    }
    void show(ui::Dialog &dialog)
    {
        dialog.present();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    }

    std::unique_ptr<fakes::FakeNeighbours> m_neighbours;
};

namespace {

const QString fenced = QStringLiteral("openclaw:anthropic");
const base::Error refusal{base::ErrorKind::ReadOnly, QStringLiteral("auth-profiles.json"), {}, {}};

} // namespace

void RescueDialogTest::init()
{
    m_neighbours = std::make_unique<fakes::FakeNeighbours>();
    samples::fill(*m_neighbours);
}

void RescueDialogTest::rescue_saysWhatHappenedHowThatIsKnownAndWhatIsPutBack()
{
    ui::RescueDialog dialog(*m_neighbours);
    dialog.open(fenced);
    show(dialog);
    const service::RescueOffer offer = samples::openClawRescue();
    QVERIFY(says(dialog, offer.text));
    QVERIFY(says(dialog, offer.proof));
    QVERIFY(says(dialog, offer.path));
    QCOMPARE(m_neighbours->calls, QStringList());
}

void RescueDialogTest::rescue_happensOnAWord_andSaysSo()
{
    ui::RescueDialog dialog(*m_neighbours);
    dialog.open(fenced);
    show(dialog);
    QCOMPARE(dialog.page()->primary()->text(), QStringLiteral("Put it back"));
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(m_neighbours->calls, QStringList{QStringLiteral("rescue openclaw:anthropic")});
    QCOMPARE(dialog.page()->title(), QStringLiteral("OpenClaw · Anthropic has its login back"));
    QTest::keyClick(&dialog, Qt::Key_Return);
    QVERIFY(!dialog.isVisible());
}

void RescueDialogTest::rescue_canBeLeft()
{
    ui::RescueDialog dialog(*m_neighbours);
    dialog.open(fenced);
    show(dialog);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
    QCOMPARE(m_neighbours->calls, QStringList());
}

void RescueDialogTest::rescue_thatFails_saysWhyInPlace_andCanBeTriedAgain()
{
    ui::RescueDialog dialog(*m_neighbours);
    dialog.open(fenced);
    show(dialog);
    m_neighbours->refusal = refusal;
    dialog.page()->primary()->click();
    QVERIFY(says(dialog, base::describe(refusal)));
    QVERIFY(dialog.page()->primary()->isEnabled());
    m_neighbours->refusal.reset();
    dialog.page()->primary()->click();
    QCOMPARE(m_neighbours->calls.size(), 2);
    QVERIFY(!says(dialog, base::describe(refusal)));
}

void RescueDialogTest::rescue_thatIsNotOffered_saysWhy()
{
    service::RescueOffer &offer = m_neighbours->rescues.at(fenced);
    offer.isOffered = false;
    offer.whyNot = QStringLiteral("The refresh may have reached the server.");
    ui::RescueDialog dialog(*m_neighbours);
    dialog.open(fenced);
    show(dialog);
    QVERIFY(says(dialog, offer.whyNot));
    QVERIFY(!dialog.page()->primary()->isEnabled());
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(m_neighbours->calls, QStringList());
}

void RescueDialogTest::rescue_ofWhatIsWellAgain_hasNothingToDo()
{
    m_neighbours->rescues.clear();
    ui::RescueDialog dialog(*m_neighbours);
    dialog.open(fenced);
    show(dialog);
    QCOMPARE(dialog.page()->title(), QStringLiteral("Nothing has to be rescued any more"));
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(m_neighbours->calls, QStringList());
}

void RescueDialogTest::account_isUsed_andWhatARunningProgramNoticesIsTold()
{
    ui::AccountDialog dialog(*m_neighbours);
    dialog.use(QStringLiteral("claude-cli@work"), QStringLiteral("claude-cli"));
    show(dialog);
    QCOMPARE(m_neighbours->calls, QStringList{QStringLiteral("use claude-cli@work claude-cli")});
    QVERIFY(says(dialog, QStringLiteral("dev@company.example · Team")));
    QVERIFY(says(dialog, samples::claudeAccounts().notice));
}

void RescueDialogTest::account_thatIsRefused_saysWhy()
{
    m_neighbours->refusal = refusal;
    ui::AccountDialog dialog(*m_neighbours);
    dialog.use(QStringLiteral("claude-cli@work"), QStringLiteral("claude-cli"));
    show(dialog);
    QCOMPARE(dialog.page()->title(), QStringLiteral("Claude Code keeps its account"));
    QVERIFY(says(dialog, base::describe(refusal)));
}

QTEST_MAIN(RescueDialogTest)
#include "rescuedialog.moc"
