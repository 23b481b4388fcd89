// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/notifier.h"

#include <chrono>
#include <memory>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include "base/secret.h"
#include "fakes/fakeclock.h"
#include "fakes/notificationserver.h"
#include "fakes/temporaryhome.h"
#include "faketrayhost.h"
#include "service/settings/settings.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::ClosedBecause;
using fakes::NotificationServer;
using service::Findings;
using service::Incident;
using Kind = Incident::Kind;
using Action = Incident::Action;

namespace {

QDBusConnection connectedTo(const QString &address)
{
    static int made = 0;
    return QDBusConnection::connectToBus(address, QStringLiteral("notifier-%1").arg(++made));
}

Incident about(const QString &profile, Kind kind, int stage = 0)
{
    const QString kindName = kind == Kind::SignInEnds ? QStringLiteral("signInEnds") : QStringLiteral("signInNeeded");
    const QString key = kind == Kind::RenewalFailing ? QStringLiteral("renewalFailing") : kindName;
    return {.key = key + u'/' + profile,
            .kind = kind,
            .profileId = profile,
            .title = profile + QStringLiteral(": sign in again"),
            .text = QStringLiteral("The provider has ended this sign-in."),
            .actions = {Action::SignIn, Action::Why},
            .isUrgent = kind == Kind::SignInNeeded,
            .stage = stage,
            .gist = key};
}

Incident refused(const QString &profile = QStringLiteral("anthropic"))
{
    return about(profile, Kind::SignInNeeded);
}

Incident ending(int stage, const QString &profile = QStringLiteral("anthropic"))
{
    return about(profile, Kind::SignInEnds, stage);
}

Incident failing()
{
    Incident incident = about(QStringLiteral("anthropic"), Kind::RenewalFailing);
    incident.actions = {Action::Retry, Action::Why};
    return incident;
}

std::vector<Incident> manyRefused(int count)
{
    std::vector<Incident> many;
    for (int i = 0; i < count; ++i)
        many.push_back(refused(QStringLiteral("login%1").arg(i, 4, 10, QLatin1Char('0'))));
    return many;
}

// The notifier of one run of the program, with all that outlives it lent.
struct Run {
    Run(const QString &address, const fakes::TemporaryHome &home, fakes::FakeClock &clock)
        : bus(connectedTo(address)),
          memory(service::Places::in(home.environment()).notices, home.environment(), random),
          notifier(ui::NotifierWorld{
              .bus = bus,
              .memory = memory,
              .clock = clock,
              .fallback = [this](const QString &title, const QString &text, bool) { fallen += title + u'|' + text; }}),
          invoked(&notifier, &ui::Notifier::actionInvoked)
    {
    }

    void tell(std::vector<Incident> incidents, std::set<QString> undecided = {})
    {
        notifier.setIncidents({.incidents = std::move(incidents), .undecided = std::move(undecided)});
    }

    QDBusConnection bus;
    base::SystemRandom random;
    service::IncidentMemory memory;
    QStringList fallen;
    ui::Notifier notifier;
    QSignalSpy invoked;
};

} // namespace

class NotifierTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void incident_isShownOnce();
    void notification_carriesWhatItShould();
    void news_replaceTheNotification();
    void passingTime_isNoNews();
    void incidentThatIsOver_isWithdrawn();
    void incidentThatTurnsIntoAnother_keepsItsPlace();
    void renewalUnderWay_leavesTheNotificationAlone();
    void actions_comeBack_data();
    void actions_comeBack();
    void foreignAndUnknownActions_areIgnored();
    void activationToken_isPassedOn();
    void retry_thatFails_isToldAgain();
    void capabilities_decideOnMarkupAndActions();
    void secrets_areMasked();

    void dismissed_staysSo_untilTheStageRises();
    void dismissed_isToldAgain_onceItWasOver();
    void rung_isNotRepeatedAfterARestart();
    void trouble_isToldAgainAfterARestart_unlessItWasPutAway();
    void endOfTheProgram_withdrawsAll();

    void restartedServer_showsWhatStandsOnce();
    void serverThatDiesBeforeItsAnswer_isReplacedByTheFallback();
    void absentServer_fallsBack_andNeverBlocks();
    void silentServer_fallsBack();
    void serverThatComesLate_takesOver();

    void flood_isSummedUp();
    void trickle_isSummedUp();
    void summaryOfOne_speaksForItself();
    void dismissedSummary_silencesItsMembers();
    void keychain_speaksBesideAFlood();

private:
    [[nodiscard]] std::unique_ptr<Run> newRun() { return std::make_unique<Run>(m_bus.address(), *m_home, m_clock); }
    [[nodiscard]] const std::vector<fakes::ShownNotification> &open() const { return m_server->open(); }
    [[nodiscard]] std::size_t calls() const
    {
        return std::ranges::count_if(m_server->calls(), [](const auto &each) { return each.summary != settled; });
    }
    // All that was sent has been answered, and every signal heard: on one connection the bus keeps the order.
    void settle(const Run &run);

    static inline const QString settled = QStringLiteral("settled");

    fakes::PrivateBus m_bus;
    fakes::FakeClock m_clock;
    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<NotificationServer> m_server;
};

void NotifierTest::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    QVERIFY(m_bus.isRunning());
}

void NotifierTest::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_server = std::make_unique<NotificationServer>(m_bus.address());
    QVERIFY(m_server->appear());
}

void NotifierTest::cleanup()
{
    m_server.reset();
}

void NotifierTest::settle(const Run &run)
{
    ui::DesktopNotifications other(run.bus);
    std::uint32_t id = 0;
    other.show({.title = settled, .text = {}, .buttons = {}}, 0, [&id](std::uint32_t shown) { id = shown; });
    QTRY_VERIFY(id != 0);
    QSignalSpy closed(&other, &ui::DesktopNotifications::closed);
    other.withdraw(id);
    QTRY_COMPARE(closed.size(), 1);
}

void NotifierTest::incident_isShownOnce()
{
    const auto run = newRun();
    run->tell({refused()});
    run->tell({refused()});
    QTRY_COMPARE(calls(), 1U);
    run->tell({refused()});
    settle(*run);
    QCOMPARE(calls(), 1U);
    QCOMPARE(open().size(), 1U);
    QVERIFY(run->fallen.isEmpty());
}

void NotifierTest::notification_carriesWhatItShould()
{
    const auto run = newRun();
    run->tell({refused()});
    QTRY_COMPARE(calls(), 1U);
    const fakes::ShownNotification shown = m_server->calls().front();
    QCOMPARE(shown.application, QStringLiteral("Keytender"));
    QCOMPARE(shown.icon, QStringLiteral("org.keytender.keytender"));
    QCOMPARE(shown.summary, QStringLiteral("anthropic: sign in again"));
    QCOMPARE(shown.body, QStringLiteral("The provider has ended this sign-in."));
    QCOMPARE(shown.actions,
             (QStringList{QStringLiteral("default"), QStringLiteral("Sign in"), QStringLiteral("sign-in"),
                          QStringLiteral("Sign in"), QStringLiteral("why"), QStringLiteral("Why?")}));
    QCOMPARE(shown.hints.value(QStringLiteral("urgency")), QVariant::fromValue<uchar>(2));
    QCOMPARE(shown.hints.value(QStringLiteral("desktop-entry")).toString(), QStringLiteral("org.keytender.keytender"));
    QVERIFY(!shown.hints.value(QStringLiteral("category")).toString().isEmpty());
    QCOMPARE(shown.timeout, 0); // never
    // A reminder may go by itself.
    run->tell({ending(0)});
    QTRY_COMPARE(calls(), 2U);
    QCOMPARE(m_server->calls().back().hints.value(QStringLiteral("urgency")), QVariant::fromValue<uchar>(1));
    QCOMPARE(m_server->calls().back().timeout, -1);
}

void NotifierTest::news_replaceTheNotification()
{
    const auto run = newRun();
    run->tell({ending(0)});
    QTRY_COMPARE(calls(), 1U);
    const std::uint32_t id = open().front().id;
    Incident later = ending(1);
    later.text = QStringLiteral("In 3 days.");
    run->tell({later}); // also before the answer to the first
    QTRY_COMPARE(calls(), 2U);
    later.gist = QStringLiteral("another reason");
    run->tell({later});
    QTRY_COMPARE(calls(), 3U);
    QCOMPARE(open().size(), 1U);
    QCOMPARE(open().front().id, id);
    QCOMPARE(open().front().body, QStringLiteral("In 3 days."));
}

void NotifierTest::passingTime_isNoNews()
{
    const auto run = newRun();
    run->tell({ending(0)});
    QTRY_COMPARE(calls(), 1U);
    Incident later = ending(0);
    later.title = QStringLiteral("anthropic: sign-in ends in 6 days 23 h");
    later.text = QStringLiteral("This sign-in ends in 6 days 23 h.");
    run->tell({later});
    settle(*run);
    QCOMPARE(calls(), 1U);
}

void NotifierTest::incidentThatIsOver_isWithdrawn()
{
    const auto run = newRun();
    run->tell({refused(), refused(QStringLiteral("google"))});
    QTRY_COMPARE(calls(), 2U);
    settle(*run);
    const std::uint32_t id = m_server->calls().front().id;
    run->tell({refused(QStringLiteral("google"))});
    QTRY_VERIFY(std::ranges::count(m_server->withdrawn(), id) == 1);
    QCOMPARE(open().size(), 1U);
    QCOMPARE(open().front().summary, QStringLiteral("google: sign in again"));
    run->tell({refused()});
    run->tell({});                                  // also before the answer is there
    QTRY_COMPARE(m_server->withdrawn().size(), 4U); // one is of settle()
    QVERIFY(open().empty());
}

void NotifierTest::incidentThatTurnsIntoAnother_keepsItsPlace()
{
    const auto run = newRun();
    run->tell({ending(3)});
    QTRY_COMPARE(calls(), 1U);
    settle(*run);
    run->tell({refused()});
    QTRY_COMPARE(calls(), 2U);
    QCOMPARE(m_server->calls().back().replacesId, m_server->calls().front().id);
    QCOMPARE(open().size(), 1U);
    run->tell({});
    QTRY_VERIFY(open().empty());
}

void NotifierTest::renewalUnderWay_leavesTheNotificationAlone()
{
    const auto run = newRun();
    run->tell({failing()});
    QTRY_COMPARE(calls(), 1U);
    for (int attempt = 0; attempt < 3; ++attempt) {
        run->tell({}, {QStringLiteral("anthropic")});
        run->tell({failing()});
    }
    settle(*run);
    QCOMPARE(calls(), 1U);
    QCOMPARE(open().size(), 1U);
}

void NotifierTest::actions_comeBack_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<Action>("action");
    QTest::newRow("sign in") << QStringLiteral("sign-in") << Action::SignIn;
    QTest::newRow("retry") << QStringLiteral("retry") << Action::Retry;
    QTest::newRow("why") << QStringLiteral("why") << Action::Why;
    QTest::newRow("unlock") << QStringLiteral("unlock") << Action::Unlock;
    QTest::newRow("a click is the first") << QStringLiteral("default") << Action::SignIn;
}

void NotifierTest::actions_comeBack()
{
    QFETCH(const QString, key);
    QFETCH(const Action, action);
    const auto run = newRun();
    Incident incident = refused();
    incident.actions = {Action::SignIn, Action::Retry, Action::Why, Action::Unlock};
    run->tell({incident});
    QTRY_COMPARE(calls(), 1U);
    m_server->press(open().front().id, key);
    QTRY_COMPARE(run->invoked.size(), 1);
    QCOMPARE(run->invoked.front().at(0).toString(), QStringLiteral("anthropic"));
    QCOMPARE(run->invoked.front().at(1).value<Action>(), action);
    QCOMPARE(run->invoked.front().at(2).toString(), QString());
    // It was seen, and does not come again while nothing has changed.
    run->tell({incident});
    settle(*run);
    QCOMPARE(calls(), 1U);
}

void NotifierTest::foreignAndUnknownActions_areIgnored()
{
    const auto run = newRun();
    run->tell({refused()});
    QTRY_COMPARE(calls(), 1U);
    const std::uint32_t id = open().front().id;
    m_server->press(id + 100, QStringLiteral("sign-in"));
    m_server->close(id + 100, ClosedBecause::DismissedByPerson);
    m_server->press(0, QStringLiteral("sign-in"));
    settle(*run);
    QCOMPARE(run->invoked.size(), 0);
    QCOMPARE(open().size(), 1U);
    m_server->press(id, QStringLiteral("unlock"));
    settle(*run);
    QCOMPARE(run->invoked.size(), 0);
}

void NotifierTest::activationToken_isPassedOn()
{
    const auto run = newRun();
    run->tell({refused(), refused(QStringLiteral("google"))});
    QTRY_COMPARE(open().size(), 2U);
    const std::uint32_t second = open().back().id;
    m_server->giveToken(second + 1, QStringLiteral("somebody else's"));
    m_server->press(open().front().id, QStringLiteral("why"));
    m_server->giveToken(second, QStringLiteral("token-7"));
    m_server->press(second, QStringLiteral("why"));
    QTRY_COMPARE(run->invoked.size(), 2);
    QCOMPARE(run->invoked.front().at(2).toString(), QString());
    QCOMPARE(run->invoked.back().at(2).toString(), QStringLiteral("token-7"));
}

void NotifierTest::retry_thatFails_isToldAgain()
{
    const auto run = newRun();
    run->tell({failing()});
    QTRY_COMPARE(calls(), 1U);
    m_server->press(open().front().id, QStringLiteral("retry"));
    QTRY_COMPARE(run->invoked.size(), 1);
    run->tell({failing()}); // not begun yet
    run->tell({}, {QStringLiteral("anthropic")});
    settle(*run);
    QCOMPARE(calls(), 1U);
    run->tell({failing()});
    QTRY_COMPARE(calls(), 2U);
}

void NotifierTest::capabilities_decideOnMarkupAndActions()
{
    Incident incident = refused();
    incident.title = QStringLiteral("<b>a</b>");
    incident.text = QStringLiteral("It said: <a href='x'>A & B</a>");
    {
        const auto run = newRun();
        run->tell({incident});
        QTRY_COMPARE(calls(), 1U);
        QCOMPARE(m_server->calls().back().body, incident.text);
    }
    m_server->vanish();
    m_server = std::make_unique<NotificationServer>(m_bus.address());
    m_server->setCapabilities({QStringLiteral("body"), QStringLiteral("body-markup")});
    QVERIFY(m_server->appear());
    const auto run = newRun();
    run->tell({incident});
    QTRY_COMPARE(calls(), 1U);
    QCOMPARE(m_server->calls().back().body, QStringLiteral("It said: &lt;a href='x'&gt;A &amp; B&lt;/a&gt;"));
    QCOMPARE(m_server->calls().back().summary, incident.title); // never markup
    QVERIFY(m_server->calls().back().actions.isEmpty());        // which this server does not know
}

void NotifierTest::secrets_areMasked()
{
    const QString secret = QStringLiteral("sk-ant-oat01-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789");
    const auto run = newRun();
    std::vector<Incident> incidents = manyRefused(5);
    for (Incident &incident : incidents) {
        incident.title += u' ' + secret;
        incident.text = QStringLiteral("It said: access_token=") + secret;
    }
    run->tell(incidents);
    QTRY_COMPARE(calls(), 4U);
    for (const fakes::ShownNotification &shown : m_server->calls())
        QVERIFY(!(shown.summary + shown.body).contains(QStringLiteral("AbCdEf")));
    m_server->vanish();
    run->tell({});
    incidents.resize(1);
    incidents.front().key = QStringLiteral("unsafe/other");
    run->tell(incidents);
    QTRY_COMPARE(run->fallen.size(), 1);
    QVERIFY(!run->fallen.front().contains(QStringLiteral("AbCdEf")));
}

void NotifierTest::dismissed_staysSo_untilTheStageRises()
{
    const auto run = newRun();
    run->tell({ending(0)});
    QTRY_COMPARE(calls(), 1U);
    m_server->close(open().front().id, ClosedBecause::DismissedByPerson);
    settle(*run);
    Incident changed = ending(0);
    changed.gist = QStringLiteral("another reason");
    run->tell({changed});
    settle(*run);
    QCOMPARE(calls(), 1U);
    run->tell({ending(1)});
    QTRY_COMPARE(calls(), 2U);
    QCOMPARE(m_server->calls().back().replacesId, 0U);
    // Another kind is another matter.
    run->tell({ending(1), refused()});
    QTRY_COMPARE(calls(), 3U);
}

void NotifierTest::dismissed_isToldAgain_onceItWasOver()
{
    const auto run = newRun();
    run->tell({refused()});
    QTRY_COMPARE(calls(), 1U);
    m_server->close(open().front().id, ClosedBecause::DismissedByPerson);
    settle(*run);
    run->tell({});
    run->tell({refused()});
    QTRY_COMPARE(calls(), 2U);
    // One that went by itself was told as well.
    settle(*run);
    m_server->close(open().front().id, ClosedBecause::Expired);
    settle(*run);
    run->tell({refused()});
    settle(*run);
    QCOMPARE(calls(), 2U);
}

void NotifierTest::rung_isNotRepeatedAfterARestart()
{
    {
        const auto run = newRun();
        run->tell({ending(1)});
        QTRY_COMPARE(calls(), 1U);
        settle(*run);
    }
    const auto run = newRun();
    run->tell({ending(1)});
    settle(*run);
    QCOMPARE(calls(), 1U);
    run->tell({ending(2)});
    QTRY_COMPARE(calls(), 2U);
}

void NotifierTest::trouble_isToldAgainAfterARestart_unlessItWasPutAway()
{
    const QString other = QStringLiteral("google");
    {
        const auto run = newRun();
        run->tell({refused(), refused(other)});
        QTRY_COMPARE(calls(), 2U);
        settle(*run);
        m_server->close(m_server->calls().front().id, ClosedBecause::DismissedByPerson);
        settle(*run);
    }
    const auto run = newRun();
    run->tell({refused(), refused(other)});
    QTRY_COMPARE(calls(), 3U);
    settle(*run);
    QCOMPARE(calls(), 3U);
    QCOMPARE(open().size(), 1U);
    QCOMPARE(open().front().summary, QStringLiteral("google: sign in again"));
}

void NotifierTest::endOfTheProgram_withdrawsAll()
{
    auto run = newRun();
    run->tell({refused(), ending(0)});
    QTRY_COMPARE(calls(), 2U);
    settle(*run);
    run.reset();
    QTRY_VERIFY(open().empty());
}

void NotifierTest::restartedServer_showsWhatStandsOnce()
{
    const auto run = newRun();
    run->tell({refused(), ending(0, QStringLiteral("google")), refused(QStringLiteral("gh"))});
    QTRY_COMPARE(calls(), 3U);
    settle(*run);
    m_server->close(open().at(0).id, ClosedBecause::DismissedByPerson);
    m_server->close(open().at(0).id, ClosedBecause::Expired);
    settle(*run);
    const std::uint32_t before = m_server->open().front().id;
    m_server->vanish();
    m_server = std::make_unique<NotificationServer>(m_bus.address());
    QVERIFY(m_server->appear());
    QTRY_COMPARE(calls(), 1U);
    QCOMPARE(open().front().summary, QStringLiteral("gh: sign in again"));
    QCOMPARE(open().front().replacesId, 0U); // ids of the one before mean nothing to it
    settle(*run);
    QCOMPARE(calls(), 1U);
    QVERIFY(run->fallen.isEmpty());
    // Its ids count from then on.
    if (before != open().front().id)
        m_server->press(before, QStringLiteral("why"));
    m_server->press(open().front().id, QStringLiteral("why"));
    QTRY_COMPARE(run->invoked.size(), 1);
    QCOMPARE(run->invoked.front().at(0).toString(), QStringLiteral("gh"));
}

void NotifierTest::serverThatDiesBeforeItsAnswer_isReplacedByTheFallback()
{
    const auto run = newRun();
    run->tell({refused()});
    QTRY_COMPARE(calls(), 1U);
    settle(*run);
    m_server->hang();
    run->tell({refused(), refused(QStringLiteral("google"))});
    m_server->vanish();
    QTRY_COMPARE(run->fallen.size(), 1);
    QVERIFY(run->fallen.front().startsWith(QStringLiteral("google")));
}

void NotifierTest::absentServer_fallsBack_andNeverBlocks()
{
    m_server->vanish();
    const auto run = newRun();
    QElapsedTimer timer;
    timer.start();
    run->tell({refused()});
    QVERIFY(timer.elapsed() < 1000);
    QTRY_COMPARE(run->fallen,
                 QStringList(QStringLiteral("anthropic: sign in again|The provider has ended this sign-in.")));
    Incident changed = refused();
    changed.gist = QStringLiteral("another reason");
    run->tell({changed});
    run->tell({changed, ending(0, QStringLiteral("google"))});
    QTRY_COMPARE(run->fallen.size(), 2); // what it says anew is no reason for another one
    run->tell({});
    run->tell({changed, ending(1, QStringLiteral("google"))});
    QTRY_COMPARE(run->fallen.size(), 4);
}

void NotifierTest::silentServer_fallsBack()
{
    m_server->hang();
    const auto run = newRun();
    QElapsedTimer timer;
    timer.start();
    run->tell({refused()});
    QVERIFY(timer.elapsed() < 1000);
    QTRY_COMPARE_WITH_TIMEOUT(run->fallen.size(), 1, 15000);
}

void NotifierTest::serverThatComesLate_takesOver()
{
    m_server->vanish();
    const auto run = newRun();
    run->tell({refused()});
    QTRY_COMPARE(run->fallen.size(), 1);
    QVERIFY(m_server->appear());
    QTRY_COMPARE(open().size(), 1U);
    run->tell({});
    QTRY_VERIFY(open().empty());
    QCOMPARE(run->fallen.size(), 1);
}

void NotifierTest::flood_isSummedUp()
{
    const auto run = newRun();
    run->tell(manyRefused(1000));
    QTRY_COMPARE(open().size(), 4U);
    settle(*run);
    QCOMPARE(calls(), 4U);
    const auto summary = std::ranges::find_if(open(), [](const fakes::ShownNotification &shown) {
        return shown.summary == QStringLiteral("997 more logins need you");
    });
    QVERIFY(summary != open().end());
    QVERIFY(summary->body.startsWith(QStringLiteral("login0003: sign in again\nlogin0004")));
    QVERIFY(summary->body.size() < 500);
    m_server->press(summary->id, QStringLiteral("default"));
    QTRY_COMPARE(run->invoked.size(), 1);
    QCOMPARE(run->invoked.front().at(0).toString(), QString());
    QCOMPARE(run->invoked.front().at(1).value<Action>(), Action::Why);
    run->tell({});
    QTRY_VERIFY(open().empty());
}

// One after the other, each a little later than the one before.
void NotifierTest::trickle_isSummedUp()
{
    const auto run = newRun();
    const std::vector<Incident> all = manyRefused(12);
    for (std::size_t count = 1; count <= all.size(); ++count) {
        run->tell({all.begin(), all.begin() + std::ptrdiff_t(count)});
        settle(*run);
        m_clock.advance(10s);
    }
    QCOMPARE(open().size(), 4U);
    QCOMPARE(open().back().summary, QStringLiteral("9 more logins need you"));
    // Whoever closes one makes room, but not for another one at once.
    m_server->close(open().front().id, ClosedBecause::DismissedByPerson);
    settle(*run);
    std::vector<Incident> later = all;
    later.push_back(refused(QStringLiteral("one")));
    run->tell(later);
    settle(*run);
    QCOMPARE(open().size(), 3U);
    m_clock.advance(10min);
    later.push_back(refused(QStringLiteral("two")));
    run->tell(later);
    settle(*run);
    QCOMPARE(open().size(), 4U);
    QCOMPARE(open().back().summary, QStringLiteral("two: sign in again"));
}

void NotifierTest::summaryOfOne_speaksForItself()
{
    const auto run = newRun();
    run->tell(manyRefused(4));
    QTRY_COMPARE(open().size(), 4U);
    settle(*run);
    m_server->press(open().back().id, QStringLiteral("sign-in"));
    QTRY_COMPARE(run->invoked.size(), 1);
    QCOMPARE(run->invoked.front().at(0).toString(), QStringLiteral("login0003"));
    QCOMPARE(run->invoked.front().at(1).value<Action>(), Action::SignIn);
}

void NotifierTest::dismissedSummary_silencesItsMembers()
{
    const auto run = newRun();
    run->tell(manyRefused(6));
    QTRY_COMPARE(open().size(), 4U);
    settle(*run);
    m_server->close(open().back().id, ClosedBecause::DismissedByPerson);
    settle(*run);
    const std::size_t before = calls();
    run->tell(manyRefused(6));
    settle(*run);
    QCOMPARE(calls(), before);
    // The next one that joins is told without those.
    run->tell(manyRefused(7));
    QTRY_COMPARE(calls(), before + 1);
    QCOMPARE(m_server->calls().back().summary, QStringLiteral("login0006: sign in again"));
}

void NotifierTest::keychain_speaksBesideAFlood()
{
    const auto run = newRun();
    std::vector<Incident> incidents = manyRefused(10);
    incidents.push_back({.key = QStringLiteral("keychainLocked"),
                         .kind = Kind::KeychainLocked,
                         .profileId = {},
                         .title = QStringLiteral("The keychain is locked"),
                         .text = QStringLiteral("Unlock it."),
                         .actions = {Action::Unlock}});
    run->tell(incidents);
    QTRY_COMPARE(open().size(), 5U);
    const auto keychain =
        std::ranges::find(open(), QStringLiteral("The keychain is locked"), &fakes::ShownNotification::summary);
    QVERIFY(keychain != open().end());
    m_server->press(keychain->id, QStringLiteral("unlock"));
    QTRY_COMPARE(run->invoked.size(), 1);
    QCOMPARE(run->invoked.front().at(1).value<Action>(), Action::Unlock);
}

QTEST_GUILESS_MAIN(NotifierTest)
#include "notifier.moc"
