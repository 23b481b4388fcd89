// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <QLabel>
#include <QPushButton>
#include <QTest>

#include "sampleneighbours.h"
#include "ui/caredialog.h"
#include "ui/choice.h"
#include "ui/diffline.h"

using namespace keytender;
using profile::Care;

class CareDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_dialog.reset(); }

    void onboarding_preselectsWhatIsRecommended_andDoesNothingByItself();
    void onboarding_asksOnlyOfThoseNobodyHasAnsweredFor();
    void onePress_acceptsAllRecommended();
    void anotherChoice_isAppliedAsChosen();
    void notNow_changesNothing();
    void escape_changesNothing();
    void everyCard_saysWhatItWouldDo_inTheWordsOfTheService();
    void whatIsNotOffered_cannotBeChosen_andSaysWhy();
    void afterwards_onlyWhatWasChangedIsSaid();
    void oneLogin_hasTheButtonSayWhatItDoes();
    void refusal_standsInTheCard_andTheWindowStays();
    void refusalOfOne_leavesTheOthersApplied();
    void newLogin_appearsWithoutLosingTheAnswers();
    void preview_showsEveryLineWithItsSpokenName();
    void preview_listsTheLocksInTheirOrder();
    void preview_saysWhatCannotBeTold();
    void preview_leadsBackToTheQuestion();
    void previewAlone_closes();
    void aloneWithTheKeyboard_everythingCanBeDone();

private:
    template <class T>
    [[nodiscard]] QList<T *> shown() const
    {
        QList<T *> found = m_dialog->page()->findChildren<T *>();
        found.removeIf([](const T *widget) { return !widget->isVisible(); });
        return found;
    }
    [[nodiscard]] QPushButton *button(const QString &caption) const
    {
        for (QPushButton *candidate : shown<QPushButton>()) {
            if (candidate->text() == caption)
                return candidate;
        }
        return nullptr;
    }
    // The one of the `card`-th login.
    [[nodiscard]] ui::Choice *choice(const QString &title, int card = 0) const
    {
        for (ui::Choice *candidate : shown<ui::Choice>()) {
            if (candidate->accessibleName().startsWith(title) && card-- == 0)
                return candidate;
        }
        return nullptr;
    }
    [[nodiscard]] bool says(const QString &text) const
    {
        return std::ranges::any_of(shown<QLabel>(), [&](const QLabel *label) { return label->text().contains(text); });
    }
    void present()
    {
        m_dialog->present();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }
    void ask()
    {
        m_dialog->askAll();
        present();
    }

    std::unique_ptr<fakes::FakeNeighbours> m_neighbours;
    std::unique_ptr<ui::CareDialog> m_dialog;
};

namespace {

const QString claude = QStringLiteral("claude-cli");
const base::Error refusal{base::ErrorKind::PermissionDenied, QStringLiteral("~/.claude/.credentials.json"), {}, {}};

} // namespace

void CareDialogTest::init()
{
    m_neighbours = std::make_unique<fakes::FakeNeighbours>();
    samples::fill(*m_neighbours);
    m_dialog = std::make_unique<ui::CareDialog>(*m_neighbours);
}

void CareDialogTest::onboarding_preselectsWhatIsRecommended_andDoesNothingByItself()
{
    ask();
    QVERIFY(choice(QStringLiteral("Keep fresh"), 0)->isChecked());
    QVERIFY(choice(QStringLiteral("Keep fresh"), 1)->isChecked());
    QVERIFY(choice(QStringLiteral("Let gcloud renew it"))->isChecked());
    QCOMPARE(choice(QStringLiteral("Keep fresh"), 1)->accessibleName(), QStringLiteral("Keep fresh, Codex"));
    QVERIFY(says(QStringLiteral("Nothing is done before you say so")));
    QTest::qWait(0);
    QCOMPARE(m_neighbours->calls, QStringList());
}

void CareDialogTest::onboarding_asksOnlyOfThoseNobodyHasAnsweredFor()
{
    m_neighbours->offers.front().wasAsked = true;
    ask();
    QVERIFY(!says(QStringLiteral("Claude Code")));
    QVERIFY(says(QStringLiteral("Codex")));
}

void CareDialogTest::onePress_acceptsAllRecommended()
{
    ask();
    QPushButton *accept = button(QStringLiteral("Accept all recommended"));
    QVERIFY(accept != nullptr && accept->isEnabled());
    accept->click();
    QCOMPARE(m_neighbours->calls,
             QStringList({QStringLiteral("care claude-cli shared"), QStringLiteral("care codex-cli shared"),
                          QStringLiteral("care gcloud delegated")}));
    QVERIFY(!m_dialog->isVisible());
}

void CareDialogTest::anotherChoice_isAppliedAsChosen()
{
    ask();
    choice(QStringLiteral("Only watch"), 1)->click();
    QVERIFY(button(QStringLiteral("Accept all recommended")) == nullptr);
    button(QStringLiteral("Apply"))->click();
    QCOMPARE(m_neighbours->calls.at(1), QStringLiteral("care codex-cli watched"));
    QCOMPARE(m_neighbours->calls.at(0), QStringLiteral("care claude-cli shared"));
}

void CareDialogTest::notNow_changesNothing()
{
    ask();
    choice(QStringLiteral("Only watch"))->click();
    button(QStringLiteral("Not now"))->click();
    QCOMPARE(m_neighbours->calls, QStringList());
    QVERIFY(!m_dialog->isVisible());
}

void CareDialogTest::escape_changesNothing()
{
    ask();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QCOMPARE(m_neighbours->calls, QStringList());
    QVERIFY(!m_dialog->isVisible());
}

void CareDialogTest::everyCard_saysWhatItWouldDo_inTheWordsOfTheService()
{
    ask();
    for (const service::CareOffer &offer : {samples::claudeOffer(), samples::codexOffer(), samples::gcloudOffer()}) {
        QVERIFY(says(offer.label));
        for (const service::CareChoice &way : offer.choices)
            QVERIFY(std::ranges::any_of(shown<ui::Choice>(), [&way](const ui::Choice *one) {
                return one->accessibleDescription() == way.text;
            }));
    }
}

void CareDialogTest::whatIsNotOffered_cannotBeChosen_andSaysWhy()
{
    m_dialog->ask(QStringLiteral("gemini-cli"));
    present();
    ui::Choice *refused = choice(QStringLiteral("Keep fresh"));
    QVERIFY(!refused->isEnabled());
    QCOMPARE(refused->accessibleDescription(),
             QStringLiteral("Google forbids other programs to use the sign-in of Gemini CLI."));
    QVERIFY(button(QStringLiteral("Preview of the first write…")) == nullptr);
}

void CareDialogTest::afterwards_onlyWhatWasChangedIsSaid()
{
    samples::fillKept(*m_neighbours);
    ask();
    QVERIFY(says(QStringLiteral("Gemini CLI"))); // the whole of them
    QVERIFY(!button(QStringLiteral("Apply"))->isEnabled());
    choice(QStringLiteral("Only watch"), 0)->click();
    button(QStringLiteral("Apply"))->click();
    QCOMPARE(m_neighbours->calls, QStringList{QStringLiteral("care claude-cli watched")});
}

void CareDialogTest::oneLogin_hasTheButtonSayWhatItDoes()
{
    m_dialog->ask(claude);
    present();
    QCOMPARE(m_dialog->page()->primary()->text(), QStringLiteral("Keep fresh"));
    choice(QStringLiteral("Only watch"))->click();
    QCOMPARE(m_dialog->page()->primary()->text(), QStringLiteral("Only watch"));
    m_dialog->page()->primary()->click();
    QCOMPARE(m_neighbours->calls, QStringList{QStringLiteral("care claude-cli watched")});
}

void CareDialogTest::refusal_standsInTheCard_andTheWindowStays()
{
    m_dialog->ask(claude);
    present();
    m_neighbours->refusal = refusal;
    m_dialog->page()->primary()->click();
    QVERIFY(m_dialog->isVisible());
    QVERIFY(says(base::describe(refusal)));
    QVERIFY(choice(QStringLiteral("Keep fresh"))->isChecked());
}

void CareDialogTest::refusalOfOne_leavesTheOthersApplied()
{
    ask();
    connect(m_neighbours.get(), &service::Neighbours::changed, this, [this](const QString &id) {
        m_neighbours->refusal = id == claude ? std::optional(refusal) : std::nullopt;
    });
    m_dialog->page()->primary()->click();
    QVERIFY(m_dialog->isVisible());
    QVERIFY(says(base::describe(refusal)));
    QVERIFY(!says(QStringLiteral("Claude Code"))); // it was applied, so nobody asks of it any more
}

void CareDialogTest::newLogin_appearsWithoutLosingTheAnswers()
{
    ask();
    choice(QStringLiteral("Only watch"), 0)->click();
    service::CareOffer other = samples::codexOffer();
    other.profileId = QStringLiteral("codex-cli@work");
    other.label = QStringLiteral("Codex (work)");
    m_neighbours->offers.push_back(other);
    Q_EMIT m_neighbours->unaskedChanged();
    QVERIFY(says(QStringLiteral("Codex (work)")));
    QVERIFY(choice(QStringLiteral("Only watch"), 0)->isChecked());
    QVERIFY(m_dialog->focusWidget() != nullptr && m_dialog->focusWidget()->isVisible());
}

void CareDialogTest::preview_showsEveryLineWithItsSpokenName()
{
    m_dialog->preview(claude);
    present();
    const QList<ui::DiffLine *> lines = shown<ui::DiffLine>();
    const auto expected = samples::claudePreview().files.front().lines;
    QCOMPARE(lines.size(), static_cast<qsizetype>(expected.size()));
    using Kind = service::WritePreview::Line::Kind;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto &line = expected.at(static_cast<std::size_t>(i));
        const QString how = line.kind == Kind::Same     ? QStringLiteral("unchanged: ")
                            : line.kind == Kind::Before ? QStringLiteral("before: ")
                                                        : QStringLiteral("after: ");
        QCOMPARE(lines.at(i)->accessibleName(), how + line.text);
    }
    QVERIFY(says(samples::claudePreview().summary));
}

void CareDialogTest::preview_listsTheLocksInTheirOrder()
{
    m_dialog->preview(claude);
    present();
    int below = 0;
    for (const QString &lock : {QStringLiteral("1. ~/.claude.lock"), QStringLiteral("2. ~/.claude/.oauth_refresh.lock"),
                                QStringLiteral("3. ~/.claude/.storage-write.lock")}) {
        const QList<QLabel *> labels = shown<QLabel>();
        const auto found =
            std::ranges::find_if(labels, [&](const QLabel *label) { return label->accessibleName() == lock; });
        QVERIFY2(found != labels.end(), qPrintable(lock));
        QVERIFY((*found)->y() > below);
        below = (*found)->y();
    }
}

void CareDialogTest::preview_saysWhatCannotBeTold()
{
    m_dialog->preview(claude);
    present();
    QVERIFY(says(samples::claudePreview().files.back().problem));
}

void CareDialogTest::preview_leadsBackToTheQuestion()
{
    ask();
    choice(QStringLiteral("Only watch"), 0)->click();
    shown<QPushButton>().constFirst()->click();
    QVERIFY(says(QStringLiteral("platform.claude.com")));
    button(QStringLiteral("Back"))->click();
    QVERIFY(choice(QStringLiteral("Only watch"), 0)->isChecked());
    QCOMPARE(m_neighbours->calls, QStringList());
}

void CareDialogTest::previewAlone_closes()
{
    m_dialog->preview(claude);
    present();
    button(QStringLiteral("Close"))->click();
    QVERIFY(!m_dialog->isVisible());
}

void CareDialogTest::aloneWithTheKeyboard_everythingCanBeDone()
{
    ask();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    QCOMPARE(m_dialog->focusWidget(), static_cast<QWidget *>(choice(QStringLiteral("Keep fresh"), 0)));
    QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Down);
    QVERIFY(choice(QStringLiteral("Only watch"), 0)->isChecked());
    QTest::keyClick(m_dialog.get(), Qt::Key_Tab);
    QCOMPARE(m_dialog->focusWidget()->objectName(), QStringLiteral("preview"));
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QVERIFY(says(QStringLiteral("platform.claude.com")));
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QTest::keyClick(choice(QStringLiteral("Only watch"), 0), Qt::Key_Return);
    QCOMPARE(m_neighbours->calls.size(), 3);
    QCOMPARE(m_neighbours->calls.constFirst(), QStringLiteral("care claude-cli watched"));
}

QTEST_MAIN(CareDialogTest)
#include "caredialog.moc"
