// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "consentwindows.h"

#include <QApplication>
#include <QTest>

#include "base/secret.h"
#include "core/service/keptlogin.h"
#include "fakes/fakeclock.h"
#include "service/programs/askedconsent.h"
#include "ui/button.h"
#include "ui/consentdialog.h"
#include "ui/consentlist.h"
#include "ui/page.h"

using namespace keytender;
using service::AskedConsent;
using service::Consent;
using service::ConsentAnswer;
using tray::ConsentWindows;

namespace {

template <class Window>
QList<Window *> windows()
{
    QList<Window *> all;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<Window *>(widget); window && window->isVisible())
            all += window;
    }
    return all;
}

// One who asks over the door, and what was heard.
struct Asker {
    std::vector<Consent::Verdict> heard;
    std::unique_ptr<QObject> inquiry = std::make_unique<QObject>();

    void ask(Consent &consent, const QString &program)
    {
        consent.ask({.profileId = QStringLiteral("gh-cli"),
                     .label = QStringLiteral("GitHub"),
                     .consumer = {.program = {.pid = 100, .startedAt = 7, .executable = program}, .parent = {}},
                     .purpose = QStringLiteral("For a test.")},
                    inquiry.get(), [this](const Consent::Verdict &verdict) { heard.push_back(verdict); });
    }
    [[nodiscard]] bool isAllowed() const { return heard.size() == 1 && heard.front().isAllowed; }
    [[nodiscard]] bool isRefused() const { return heard.size() == 1 && !heard.front().isAllowed; }
};

const QString git = QStringLiteral("/usr/bin/git");
const QString gh = QStringLiteral("/usr/bin/gh");
const QString curl = QStringLiteral("/usr/bin/curl");

} // namespace

// The question comes by itself, and goes by itself.
class ConsentWindowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void cleanup();

    void asker_bringsOneWindow_andTheAnswerClosesIt();
    void manyAskers_shareOneWindow_andAreAskedAboutOneAfterAnother();
    void nextAsker_bringsTheWindowAgain();
    void askerThatGoes_takesItsWindowAlong();
    void askerThatGoesAtOnce_bringsNone();
    void closedWindow_isANo_andTheNextQuestionFollows();
    void lockedScreen_takesTheWindowAway_andBringsNone();
    void withoutWindows_nobodyIsAsked();
    void list_isOneWindow();

private:
    [[nodiscard]] static QString title()
    {
        const auto open = windows<ui::ConsentDialog>();
        return open.size() == 1 ? open.first()->page()->title() : QStringLiteral("%1 windows").arg(open.size());
    }
    static void press(const QString &text);

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
    std::unique_ptr<fakes::NeighbourProgram> m_program;
    std::unique_ptr<AskedConsent> m_consent;
    std::unique_ptr<ConsentWindows> m_windows;
    fakes::FakeClock m_clock;
    base::SystemRandom m_random;
};

void ConsentWindowsTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_program = std::make_unique<fakes::NeighbourProgram>(*m_home, *m_issuer);
    m_consent = std::make_unique<AskedConsent>(AskedConsent::World{.clock = m_clock,
                                                                   .random = m_random,
                                                                   .environment = m_home->environment(),
                                                                   .file = m_program->service.places().consents,
                                                                   .configuration = QStringLiteral("config.json")});
    m_windows = std::make_unique<ConsentWindows>(*m_consent, m_program->service, m_clock);
}

void ConsentWindowsTest::cleanup()
{
    m_windows.reset();
    QVERIFY(windows<ui::ConsentDialog>().isEmpty());
    m_consent.reset();
    m_program.reset();
}

// Once it listens.
void ConsentWindowsTest::press(const QString &text)
{
    const auto find = [&text]() -> ui::Button * {
        for (const ui::ConsentDialog *window : windows<ui::ConsentDialog>()) {
            for (ui::Button *button : window->page()->findChildren<ui::Button *>()) {
                if (button->text() == text && button->isVisible() && button->isEnabled())
                    return button;
            }
        }
        return nullptr;
    };
    QTRY_VERIFY2(find() != nullptr, qPrintable(text));
    QTest::mouseClick(find(), Qt::LeftButton);
}

void ConsentWindowsTest::asker_bringsOneWindow_andTheAnswerClosesIt()
{
    Asker asker;
    asker.ask(*m_consent, git);
    QVERIFY(windows<ui::ConsentDialog>().isEmpty()); // not in the middle of its asking
    QTRY_COMPARE(title(), QStringLiteral("git wants a token of GitHub"));
    press(QStringLiteral("Allow this time"));
    QVERIFY(asker.isAllowed());
    QTRY_COMPARE(title(), QStringLiteral("0 windows"));
}

void ConsentWindowsTest::manyAskers_shareOneWindow_andAreAskedAboutOneAfterAnother()
{
    std::vector<Asker> same(5);
    for (Asker &asker : same)
        asker.ask(*m_consent, git);
    QTRY_COMPARE(title(), QStringLiteral("git wants a token of GitHub"));
    Asker second;
    Asker third;
    second.ask(*m_consent, gh);
    third.ask(*m_consent, curl);
    QCoreApplication::processEvents();
    QCOMPARE(title(), QStringLiteral("git wants a token of GitHub"));
    press(QStringLiteral("Allow this time"));
    for (const Asker &asker : same)
        QVERIFY(asker.isAllowed());
    QCOMPARE(title(), QStringLiteral("gh wants a token of GitHub"));
    press(QStringLiteral("Never"));
    QVERIFY(second.isRefused());
    QCOMPARE(title(), QStringLiteral("curl wants a token of GitHub"));
    press(QStringLiteral("Not now"));
    QVERIFY(third.isRefused());
    QTRY_COMPARE(title(), QStringLiteral("0 windows"));
}

void ConsentWindowsTest::nextAsker_bringsTheWindowAgain()
{
    for (const QString &program : {git, gh}) {
        Asker asker;
        asker.ask(*m_consent, program);
        QTRY_VERIFY(title().startsWith(program.section(u'/', -1)));
        press(QStringLiteral("Allow this time"));
        QVERIFY(asker.isAllowed());
        // At once, while the last window is only hidden.
    }
}

// It was given up, or its time at the door was over.
void ConsentWindowsTest::askerThatGoes_takesItsWindowAlong()
{
    Asker asker;
    asker.ask(*m_consent, git);
    QTRY_COMPARE(title(), QStringLiteral("git wants a token of GitHub"));
    Asker other;
    other.ask(*m_consent, gh);
    asker.inquiry.reset();
    QTRY_COMPARE(title(), QStringLiteral("gh wants a token of GitHub"));
    other.inquiry.reset();
    QTRY_COMPARE(title(), QStringLiteral("0 windows"));
    QVERIFY(asker.heard.empty() && other.heard.empty());
    QVERIFY(m_consent->rules().empty());
}

void ConsentWindowsTest::askerThatGoesAtOnce_bringsNone()
{
    Asker asker;
    asker.ask(*m_consent, git);
    asker.inquiry.reset();
    QCoreApplication::processEvents();
    QCOMPARE(title(), QStringLiteral("0 windows"));
}

void ConsentWindowsTest::closedWindow_isANo_andTheNextQuestionFollows()
{
    Asker first;
    Asker second;
    first.ask(*m_consent, git);
    second.ask(*m_consent, gh);
    QTRY_COMPARE(title(), QStringLiteral("git wants a token of GitHub"));
    // In its first moment it is deaf to that, too.
    QTRY_VERIFY((windows<ui::ConsentDialog>().first()->reject(), first.isRefused()));
    QTRY_COMPARE(title(), QStringLiteral("gh wants a token of GitHub"));
    QVERIFY(second.heard.empty());
    QVERIFY(m_consent->rules().empty());
    Asker again;
    again.ask(*m_consent, git);
    QVERIFY(again.isRefused()); // and is not asked about at once
}

void ConsentWindowsTest::lockedScreen_takesTheWindowAway_andBringsNone()
{
    Asker asker;
    asker.ask(*m_consent, git);
    QTRY_COMPARE(title(), QStringLiteral("git wants a token of GitHub"));
    m_consent->setLocked(true);
    QVERIFY(asker.isRefused());
    QTRY_COMPARE(title(), QStringLiteral("0 windows"));
    Asker later;
    later.ask(*m_consent, gh);
    QVERIFY(later.isRefused());
    QCoreApplication::processEvents();
    QCOMPARE(title(), QStringLiteral("0 windows"));
    m_consent->setLocked(false);
    Asker afterwards;
    afterwards.ask(*m_consent, gh);
    QTRY_COMPARE(title(), QStringLiteral("gh wants a token of GitHub"));
}

void ConsentWindowsTest::withoutWindows_nobodyIsAsked()
{
    Asker waiting;
    waiting.ask(*m_consent, git);
    QTRY_COMPARE(title(), QStringLiteral("git wants a token of GitHub"));
    m_windows.reset();
    QVERIFY(waiting.isRefused());
    QCOMPARE(title(), QStringLiteral("0 windows"));
    Asker later;
    later.ask(*m_consent, gh);
    QVERIFY(later.isRefused());
}

void ConsentWindowsTest::list_isOneWindow()
{
    m_windows->list();
    m_windows->list();
    QCOMPARE(windows<ui::ConsentList>().size(), 1);
    windows<ui::ConsentList>().first()->close();
    QTRY_VERIFY(windows<ui::ConsentList>().isEmpty());
    m_windows->list();
    QCOMPARE(windows<ui::ConsentList>().size(), 1);
}

QTEST_MAIN(ConsentWindowsTest)
#include "consentwindows.moc"
