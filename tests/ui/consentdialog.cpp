// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/consentdialog.h"

#include <algorithm>

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

#include "base/secret.h"
#include "sampleconsents.h"
#include "ui/choice.h"
#include "ui/drawing.h"
#include "ui/page.h"

using namespace keytender;
using namespace std::chrono_literals;
using service::ConsentAnswer;
using ui::Button;
using ui::ConsentDialog;

// The question whether a program may have a login's token.
class ConsentDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init() { m_consent = std::make_unique<fakes::FakeConsent>(); }
    void cleanup() { m_dialog.reset(); }

    void question_saysWhoWantsWhatForWhat();
    void question_comesUpAsWideAsThePanel();
    void question_tellsWhatItProves();
    void question_ofAnInterpreter_saysThatItStandsForEveryScript();
    void question_ofAnUnknownProgram_offersThisTimeAlone();
    void answers_areHeard_data();
    void answers_areHeard();
    void escape_isNotNow();
    void enter_allowsNothing();
    void firstMoment_isDeaf();
    void nextQuestion_isDeafAtFirst();
    void keysInTheFirstMomentWithTheFocus_areNotHeard();
    void questions_areAskedOneAfterAnother();
    void moreQuestions_areCounted_andTheOneOnThePageStays();
    void withdrawnQuestion_goesFromThePage();
    void answerThatIsNotRemembered_isTold();
    void coming_takesNoFocus();
    void hostileNames_areWrittenOut_andShortened();

private:
    [[nodiscard]] QString spoken() const
    {
        QStringList all{m_dialog->page()->title()};
        for (const QLabel *label : m_dialog->page()->findChildren<QLabel *>()) {
            if (label->isVisible())
                all += label->accessibleName().isEmpty() ? label->text() : label->accessibleName();
        }
        return all.join(u'\n');
    }
    [[nodiscard]] Button *button(const QString &text) const
    {
        for (Button *one : m_dialog->page()->findChildren<Button *>()) {
            if (one->text() == text && one->isVisible())
                return one;
        }
        return nullptr;
    }
    void choose(const QString &text) const
    {
        for (ui::Choice *choice : m_dialog->findChildren<ui::Choice *>()) {
            if (choice->accessibleName() == text)
                choice->click();
        }
    }
    void ask(const service::ConsentQuestion &question, std::chrono::milliseconds deaf = 0ms)
    {
        m_consent->open.push_back(question);
        m_dialog = std::make_unique<ConsentDialog>(*m_consent, deaf);
        m_dialog->appear();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
        QCoreApplication::processEvents();
    }
    [[nodiscard]] std::vector<ConsentAnswer> answers() const
    {
        std::vector<ConsentAnswer> all;
        for (const auto &[id, answer] : m_consent->answers)
            all.push_back(answer);
        return all;
    }

    std::unique_ptr<fakes::FakeConsent> m_consent;
    std::unique_ptr<ConsentDialog> m_dialog;
};

void ConsentDialogTest::question_saysWhoWantsWhatForWhat()
{
    ask(samples::question());
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("git wants a token of GitHub"));
    for (const char *part : {"git asks for github.com.", "/usr/bin/git", "started by bash", "/usr/bin/bash"})
        QVERIFY2(spoken().contains(QLatin1String(part)), part);
}

void ConsentDialogTest::question_comesUpAsWideAsThePanel()
{
    ask(samples::question());
    QCOMPARE(m_dialog->width(), ui::Measures(m_dialog->font()).panelWidth());
}

// S-51
void ConsentDialogTest::question_tellsWhatItProves()
{
    ask(samples::question());
    QVERIFY(spoken().contains(QStringLiteral("any program of yours could pose as this one")));
    QVERIFY(!spoken().contains(QStringLiteral("every script")));
}

void ConsentDialogTest::question_ofAnInterpreter_saysThatItStandsForEveryScript()
{
    ask(samples::question(QStringLiteral("/usr/bin/python3.11")));
    QVERIFY(spoken().contains(QStringLiteral("python3.11 runs whatever it is given")));
}

void ConsentDialogTest::question_ofAnUnknownProgram_offersThisTimeAlone()
{
    for (const QString &program : {QString(), QStringLiteral("/opt/tool (deleted)")}) {
        m_consent->open.clear();
        ask(samples::question(program));
        QVERIFY(std::ranges::none_of(m_dialog->findChildren<ui::Choice *>(), &QWidget::isVisible));
        QVERIFY(button(QStringLiteral("Never")) == nullptr);
        button(QStringLiteral("Allow this time"))->click();
        QCOMPARE(answers().back(), ConsentAnswer::ThisTime);
    }
}

void ConsentDialogTest::answers_areHeard_data()
{
    QTest::addColumn<QString>("choice");
    QTest::addColumn<QString>("button");
    QTest::addColumn<int>("answer");
    QTest::newRow("this time") << QString() << QStringLiteral("Allow this time") << int(ConsentAnswer::ThisTime);
    QTest::newRow("for an hour") << QStringLiteral("For an hour") << QStringLiteral("Allow for an hour")
                                 << int(ConsentAnswer::ForAWhile);
    QTest::newRow("always") << QStringLiteral("Always") << QStringLiteral("Allow always") << int(ConsentAnswer::Always);
    QTest::newRow("never") << QStringLiteral("Always") << QStringLiteral("Never") << int(ConsentAnswer::Never);
    QTest::newRow("not now") << QStringLiteral("Always") << QStringLiteral("Not now") << int(ConsentAnswer::NotNow);
}

void ConsentDialogTest::answers_areHeard()
{
    QFETCH(const QString, choice);
    QFETCH(const QString, button);
    QFETCH(const int, answer);
    ask(samples::question());
    choose(choice);
    QVERIFY(this->button(button) != nullptr);
    QTest::mouseClick(this->button(button), Qt::LeftButton);
    QCOMPARE(answers(), std::vector{ConsentAnswer(answer)});
    QVERIFY(!m_dialog->isVisible());
}

void ConsentDialogTest::escape_isNotNow()
{
    ask(samples::question());
    QTest::keyClick(m_dialog->windowHandle(), Qt::Key_Escape);
    QCOMPARE(answers(), std::vector{ConsentAnswer::NotNow});
    QVERIFY(!m_dialog->isVisible());
}

void ConsentDialogTest::enter_allowsNothing()
{
    ask(samples::question());
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QTest::keyClick(m_dialog.get(), Qt::Key_Enter);
    QVERIFY(answers().empty());
    QVERIFY(m_dialog->isVisible());
    button(QStringLiteral("Not now"))->setFocus(); // who goes to a button means it
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QCOMPARE(answers(), std::vector{ConsentAnswer::NotNow});
}

void ConsentDialogTest::firstMoment_isDeaf()
{
    ask(samples::question(), 200ms);
    Button *allow = button(QStringLiteral("Allow this time"));
    QVERIFY(!allow->isEnabled());
    QTest::mouseClick(allow, Qt::LeftButton);
    QTest::keyClick(m_dialog->windowHandle(), Qt::Key_Escape);
    m_dialog->reject();
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Space, Qt::Key_Escape})
        QTest::keyClick(m_dialog.get(), key);
    QVERIFY(answers().empty());
    QVERIFY(m_dialog->isVisible());
    QTRY_VERIFY(allow->isEnabled());
    QTest::mouseClick(allow, Qt::LeftButton);
    QCOMPARE(answers(), std::vector{ConsentAnswer::ThisTime});
}

void ConsentDialogTest::nextQuestion_isDeafAtFirst()
{
    ask(samples::question(), 200ms);
    m_consent->put(samples::question(QStringLiteral("/usr/bin/gh")));
    Button *allow = button(QStringLiteral("Allow this time"));
    QTRY_VERIFY(allow->isEnabled());
    QTest::mouseClick(allow, Qt::LeftButton);
    QTest::mouseClick(allow, Qt::LeftButton); // the second half of a double click
    QCOMPARE(m_consent->answers.size(), 1U);
    QVERIFY(!allow->isEnabled());
    QTRY_VERIFY(allow->isEnabled());
}

void ConsentDialogTest::keysInTheFirstMomentWithTheFocus_areNotHeard()
{
    ask(samples::question(), 200ms);
    QTRY_VERIFY(button(QStringLiteral("Not now"))->isEnabled());
    button(QStringLiteral("Allow this time"))->setFocus();
    QEvent activated(QEvent::WindowActivate);
    QCoreApplication::sendEvent(m_dialog.get(), &activated);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Space, Qt::Key_Escape})
        QTest::keyClick(m_dialog->windowHandle(), key);
    QVERIFY(answers().empty());
    QTest::mouseClick(button(QStringLiteral("Not now")), Qt::LeftButton); // a click is meant for what it hits
    QCOMPARE(answers(), std::vector{ConsentAnswer::NotNow});
}

void ConsentDialogTest::questions_areAskedOneAfterAnother()
{
    m_consent->open = {samples::question()};
    ask(samples::question(QStringLiteral("/usr/bin/gh")));
    QVERIFY(spoken().contains(QStringLiteral("One more program waits")));
    choose(QStringLiteral("Always"));
    button(QStringLiteral("Allow always"))->click();
    QVERIFY(m_dialog->isVisible());
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("gh wants a token of GitHub"));
    QVERIFY(!spoken().contains(QStringLiteral("waits")));
    QVERIFY(button(QStringLiteral("Allow this time")) != nullptr); // nothing is taken over from the one before
    QCoreApplication::processEvents();
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
    QCOMPARE(answers(), (std::vector{ConsentAnswer::Always, ConsentAnswer::NotNow}));
}

void ConsentDialogTest::moreQuestions_areCounted_andTheOneOnThePageStays()
{
    ask(samples::question());
    choose(QStringLiteral("For an hour"));
    m_consent->put(samples::question(QStringLiteral("/usr/bin/gh")));
    m_consent->put(samples::question(QStringLiteral("/usr/bin/docker")));
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("git wants a token of GitHub"));
    QVERIFY(button(QStringLiteral("Allow for an hour")) != nullptr);
    QVERIFY(spoken().contains(QStringLiteral("2 more programs wait")));
}

void ConsentDialogTest::withdrawnQuestion_goesFromThePage()
{
    ask(samples::question());
    const service::ConsentQuestion other = samples::question(QStringLiteral("/usr/bin/gh"));
    m_consent->put(other);
    m_consent->withdraw(m_consent->open.front().id);
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("gh wants a token of GitHub"));
    m_consent->withdraw(other.id);
    QVERIFY(!m_dialog->isVisible());
    QVERIFY(answers().empty());
}

void ConsentDialogTest::answerThatIsNotRemembered_isTold()
{
    m_consent->problemAfterAnswer = QStringLiteral("consents.json: no space left.");
    m_consent->open = {samples::question()};
    ask(samples::question(QStringLiteral("/usr/bin/gh")));
    choose(QStringLiteral("Always"));
    button(QStringLiteral("Allow always"))->click();
    QVERIFY(spoken().contains(m_consent->problemAfterAnswer));
    m_consent->put(samples::question(QStringLiteral("/usr/bin/docker")));
    QVERIFY(spoken().contains(m_consent->problemAfterAnswer)); // until it was read
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QCOMPARE(m_dialog->page()->title(), QStringLiteral("gh wants a token of GitHub"));
    QVERIFY(m_dialog->isVisible());
}

void ConsentDialogTest::coming_takesNoFocus()
{
    ask(samples::question());
    // What asks the window system; the one of the tests gives every new window the focus.
    QVERIFY(m_dialog->windowHandle()->property("_q_showWithoutActivating").toBool());
    m_consent->withdraw(m_consent->open.front().id);
    m_dialog->appear(); // nothing to ask
    QVERIFY(!m_dialog->isVisible());
}

// W-05
void ConsentDialogTest::hostileNames_areWrittenOut_andShortened()
{
    service::ConsentQuestion odd =
        samples::question(QStringLiteral("/opt/") + QString(3000, u'x') + QStringLiteral("/\u202egit\n"));
    odd.label = QString(500, u'L');
    odd.consumer.parent->executable = QStringLiteral("/opt/<b>bold</b>");
    ask(odd);
    QVERIFY(m_dialog->page()->title().startsWith(QStringLiteral("\\u{202e}git\\u{000a} wants")));
    QVERIFY(m_dialog->page()->title().size() < 140);
    QVERIFY(spoken().size() < 1500);
    QVERIFY(spoken().contains(QStringLiteral("bold</b>"))); // as text
    for (const QLabel *label : m_dialog->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

QTEST_MAIN(ConsentDialogTest)
#include "consentdialog.moc"
