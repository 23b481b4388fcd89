// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "profile/words.h"

#include <functional>

#include <QSet>
#include <QTest>
#include <QTranslator>

#include "samples.h"

using namespace keytender;
using namespace keytender::profile;
using namespace keytender::samples;
using namespace std::chrono_literals;

namespace {

using Bend = std::function<void(Profile &, Lifetimes &)>;

// Turns every text around, so that a word that bypasses the translators shows.
class Reversed final : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *text, const char *, int) const override
    {
        return QLatin1String(context) == QLatin1String("Words") ? u'<' + QString::fromUtf8(text) + u'>' : QString();
    }
};

} // namespace

Q_DECLARE_METATYPE(Bend)

class WordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headline_saysTheOneThingThatCounts_data();
    void headline_saysTheOneThingThatCounts();
    void signInEnd_isTheSecondClock_data();
    void signInEnd_isTheSecondClock();
    void renewal_saysWhoDoesIt();
    void headlines_ofWorkInProgress_sayWhatIsGoingOn_data();
    void headlines_ofWorkInProgress_sayWhatIsGoingOn();
    void everyName_goesThroughTheTranslator();
};

void WordsTest::headline_saysTheOneThingThatCounts_data()
{
    QTest::addColumn<Bend>("bend");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QString &words, const Bend &bend) {
        QTest::newRow(name) << bend << words;
    };
    row("fresh", QStringLiteral("renews in 5 h 55 min"), [](Profile &, Lifetimes &) {});
    row("fresh, our own", QStringLiteral("renews in 4 h 24 min"), [](Profile &p, Lifetimes &) { p.care = Care::Own; });
    row("due, its tool's window not open", QStringLiteral("renews in 25 min"),
        [](Profile &p, Lifetimes &) { p.credential.expiresAt = now + 30min; });
    row("due, its tool's window open", QStringLiteral("renews at next use"),
        [](Profile &p, Lifetimes &) { p.credential.expiresAt = now + 4min; });
    row("paused must not read as expired", QStringLiteral("renews at next use"),
        [](Profile &p, Lifetimes &) { p.credential.expiresAt = now - 9h; });
    row("due, our own", QStringLiteral("renews now"), [](Profile &p, Lifetimes &) {
        p.care = Care::Own;
        p.credential.expiresAt = now + 4min;
    });
    row("sign-in ends in 2 days", QStringLiteral("renews in 5 h 55 min"),
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now + 50h; });
    row("sign-in ends today", QStringLiteral("sign-in ends in 2 h"),
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now + 2h; });
    row("sign-in ended", QStringLiteral("sign in again"),
        [](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now - 2h; });
    row("blank", QStringLiteral("sign in again"), [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Blank)}; });
    row("absent", QStringLiteral("signed out"), [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Absent)}; });
    row("unreadable", QStringLiteral("unreadable"),
        [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Unreadable)}; });
    row("keychain locked", QStringLiteral("keychain locked"),
        [](Profile &p, Lifetimes &) { p.copies = {copy(CopyState::Unreadable, base::ErrorKind::Locked)}; });
    row("lasting token", QStringLiteral("ends in 30 days"), [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt = now + 720h;
    });
    row("lasting token, soon", QStringLiteral("ends in 6 h"), [](Profile &p, Lifetimes &) { p = lastingToken(); });
    row("lasting token, over", QStringLiteral("expired"), [](Profile &p, Lifetimes &) {
        p = lastingToken();
        p.credential.expiresAt = now - 1h;
    });
    row("no expiry", QStringLiteral("no expiry"), [](Profile &p, Lifetimes &) { p.credential.expiresAt.reset(); });
    row("service ended", QStringLiteral("service ended"),
        [](Profile &, Lifetimes &l) { l.service = Lifetimes::Service::Ended; });
    row("service ended for some", QStringLiteral("may have ended"),
        [](Profile &, Lifetimes &l) { l.service = Lifetimes::Service::EndedForSome; });
    row("another account", QStringLiteral("another account"),
        [](Profile &p, Lifetimes &) { p.accord = Accord::DifferentAccount; });
    row("ambiguous", QStringLiteral("two versions"), [](Profile &p, Lifetimes &) { p.accord = Accord::Ambiguous; });
    row("clash", QStringLiteral("will clash"), [](Profile &p, Lifetimes &) {
        p.duplicates = {{QStringLiteral("other"), DuplicateKind::SameLineage}};
    });
    row("clash and sign-in over", QStringLiteral("sign in again"), [](Profile &p, Lifetimes &) {
        p.duplicates = {{QStringLiteral("other"), DuplicateKind::SameLineage}};
        p.credential.refreshTokenExpiresAt = now - 2h;
    });
}

void WordsTest::headline_saysTheOneThingThatCounts()
{
    QFETCH(Bend, bend);
    QFETCH(QString, words);
    Profile profile = login();
    Lifetimes lifetimes = eightHours();
    bend(profile, lifetimes);
    QCOMPARE(headline(profile, conditionOf(profile, lifetimes, now), now), words);
}

void WordsTest::signInEnd_isTheSecondClock_data()
{
    QTest::addColumn<Bend>("bend");
    QTest::addColumn<QString>("words");
    QTest::newRow("none") << Bend([](Profile &, Lifetimes &) {}) << QString();
    QTest::newRow("in 9 days") << Bend([](Profile &p, Lifetimes &) {
        p.credential.refreshTokenExpiresAt = now + 9 * 24h + 3h;
    }) << QStringLiteral("sign-in ends in 9 days");
    QTest::newRow("over") << Bend([](Profile &p, Lifetimes &) { p.credential.refreshTokenExpiresAt = now - 50h; })
                          << QStringLiteral("sign-in ended 2 days 2 h ago");
    QTest::newRow("blank: its date means nothing any more") << Bend([](Profile &p, Lifetimes &) {
        p.credential.refreshTokenExpiresAt = now + 240h;
        p.copies = {copy(CopyState::Blank)};
    }) << QString();
}

void WordsTest::signInEnd_isTheSecondClock()
{
    QFETCH(Bend, bend);
    QFETCH(QString, words);
    Profile profile = login();
    Lifetimes lifetimes = eightHours();
    bend(profile, lifetimes);
    QCOMPARE(signInEnd(conditionOf(profile, lifetimes, now), now), words);
}

void WordsTest::renewal_saysWhoDoesIt()
{
    Profile profile = login();
    const auto said = [&profile] { return renewal(profile, conditionOf(profile, eightHours(), now)); };
    QCOMPARE(said(), QStringLiteral("Claude Code renews it at its next use"));
    profile.care = Care::Delegated;
    QCOMPARE(said(), QStringLiteral("Claude Code renews it when Keytender asks"));
    profile.care = Care::Own;
    QCOMPARE(said(), QStringLiteral("kept fresh by Keytender"));
    profile.care = Care::Watched;
    profile.copies = {copy(CopyState::Blank)};
    QCOMPARE(said(), QString());
    profile = lastingToken();
    QCOMPARE(said(), QString());
}

void WordsTest::headlines_ofWorkInProgress_sayWhatIsGoingOn_data()
{
    QTest::addColumn<Health>("health");
    QTest::addColumn<QString>("words");
    QTest::newRow("refreshing") << Health::Refreshing << QStringLiteral("renewing…");
    QTest::newRow("waiting") << Health::Waiting << QStringLiteral("waiting");
    QTest::newRow("unsure") << Health::Unsure << QStringLiteral("unsure");
    QTest::newRow("rejected") << Health::Rejected << QStringLiteral("sign in again");
}

void WordsTest::headlines_ofWorkInProgress_sayWhatIsGoingOn()
{
    QFETCH(Health, health);
    QFETCH(QString, words);
    Condition condition;
    condition.health = health;
    QCOMPARE(headline(login(), condition, now), words);
}

void WordsTest::everyName_goesThroughTheTranslator()
{
    Reversed translator;
    QVERIFY(QCoreApplication::installTranslator(&translator));
    QStringList names;
    for (int i = 0; i <= static_cast<int>(Health::Unreadable); ++i)
        names += name(static_cast<Health>(i));
    for (int i = 0; i <= static_cast<int>(Care::Watched); ++i)
        names += name(static_cast<Care>(i));
    for (int i = 0; i <= static_cast<int>(CopyState::Unreadable); ++i)
        names += name(static_cast<CopyState>(i));
    for (int i = 0; i <= static_cast<int>(Protection::SharedFile); ++i)
        names += name(static_cast<Protection>(i));
    names += headline(login(), conditionOf(login(), eightHours(), now), now);
    QCoreApplication::removeTranslator(&translator);
    for (const QString &text : std::as_const(names))
        QVERIFY2(text.startsWith(u'<') && text.endsWith(u'>'), qPrintable(text));
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
}

QTEST_GUILESS_MAIN(WordsTest)
#include "words.moc"
