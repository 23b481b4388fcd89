// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The whole service beside gcloud's databases, with a script that does to them what gcloud does.

#include <QDateTime>
#include <QFile>
#include <QTest>

#include "core/service/neighbourfixture.h"
#include "core/tools/gcloudhome.h"

using namespace keytender;
using fakes::GcloudDatabase;
using fakes::NeighbourProgram;
using profile::Care;
using profile::Health;
using namespace std::chrono_literals;

namespace {

const QString ada = QStringLiteral("gcloud-cli:ada%40example.test");

QByteArray stampIn(std::chrono::seconds fromNow)
{
    return QDateTime::currentDateTimeUtc()
               .addSecs(fromNow.count())
               .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
               .toUtf8()
           + ".419891";
}

} // namespace

class TestGcloudNeighbour : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();
    void delegated_asksGcloudForTheAccount_andBelievesOnlyANewToken_data();
    void delegated_asksGcloudForTheAccount_andBelievesOnlyANewToken();
    void commandThatChangesNothing_isNoSuccess();
    void sharing_isNotOffered();

private:
    void putGcloud(const QByteArray &lines) const;
    [[nodiscard]] static QByteArray storing(const QByteArray &token);

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
};

void TestGcloudNeighbour::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    const auto credentials = GcloudDatabase::credentials(*m_home);
    credentials.put("ada@example.test", fakes::gcloudUser("1//dummy-ada"));
    credentials.put("bob@example.test", fakes::gcloudUser("1//dummy-bob"));
    m_home->environment().variables.insert(QStringLiteral("PATH"),
                                           m_home->path(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin"));
}

void TestGcloudNeighbour::putGcloud(const QByteArray &lines) const
{
    const QString file = m_home->write(QStringLiteral("bin/gcloud"),
                                       "#!/bin/sh\necho \"$CLOUDSDK_CONFIG $*\" >> \"$HOME/asked\"\n" + lines);
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

// As gcloud stores what it was given, for the account that it was asked for.
QByteArray TestGcloudNeighbour::storing(const QByteArray &token)
{
    return R"(for word in "$@"; do case "$word" in --account=*) account="${word#--account=}";; esac; done
python3 - "$CLOUDSDK_CONFIG/access_tokens.db" "$account" <<'END'
import datetime, sqlite3, sys
store = sqlite3.connect(sys.argv[1], timeout=5.0, isolation_level=None)
store.execute('CREATE TABLE IF NOT EXISTS "access_tokens" (account_id TEXT PRIMARY KEY, access_token TEXT, '
              'token_expiry TIMESTAMP, rapt_token TEXT, id_token TEXT)')
expiry = datetime.datetime.utcnow() + datetime.timedelta(seconds=3599)
store.execute('REPLACE INTO "access_tokens" VALUES (?,?,?,?,?)', (sys.argv[2], ')"
           + token + R"(', str(expiry), None, None))
END
echo ')" + token
           + "'\n";
}

void TestGcloudNeighbour::delegated_asksGcloudForTheAccount_andBelievesOnlyANewToken_data()
{
    QTest::addColumn<bool>("hasTokens");
    QTest::newRow("expired") << true;
    QTest::newRow("none yet") << false; // no access_tokens.db either
}

void TestGcloudNeighbour::delegated_asksGcloudForTheAccount_andBelievesOnlyANewToken()
{
    QFETCH(bool, hasTokens);
    if (hasTokens)
        GcloudDatabase::tokens(*m_home).put("ada@example.test", "ya29.dummy-one", stampIn(-60s));
    putGcloud(storing("ya29.dummy-two"));
    NeighbourProgram program(*m_home, *m_issuer);
    QCOMPARE(program.row(ada).profile.credential.expiresAt.has_value(), hasTokens);
    const auto set = program.neighbours().setCare(ada, Care::Delegated);
    QVERIFY2(set, set ? "" : qPrintable(base::describe(set.error())));
    program.service.refresh(ada);
    QTRY_VERIFY_WITH_TIMEOUT(program.history(ada).contains(QStringLiteral("its tool was asked to renew it, and did")),
                             20'000);
    QCOMPARE(program.row(ada).condition.health, Health::Fresh);
    QVERIFY(program.row(ada).profile.credential.expiresAt > base::SystemClock().wallTime() + 50min);
    QCOMPARE(program.row(ada).profile.accord, profile::Accord::Agreed);
    const QString home = m_home->path(fakes::gcloudHome);
    QCOMPARE(m_home->read(QStringLiteral("asked")),
             home.toUtf8() + " auth print-access-token --quiet --account=ada@example.test\n");
    QCOMPARE(program.row(QStringLiteral("gcloud-cli:bob%40example.test")).profile.care, Care::Watched);
    QCOMPARE(m_issuer->posts, 0);
}

void TestGcloudNeighbour::commandThatChangesNothing_isNoSuccess()
{
    GcloudDatabase::tokens(*m_home).put("ada@example.test", "ya29.dummy-one", stampIn(-60s));
    putGcloud("echo ya29.dummy-one\n"); // exit code 0
    NeighbourProgram program(*m_home, *m_issuer);
    QVERIFY(program.neighbours().setCare(ada, Care::Delegated));
    program.service.refresh(ada);
    QTRY_VERIFY_WITH_TIMEOUT(
        program.history(ada).contains(QStringLiteral("its tool was asked to renew it, and did not")), 20'000);
    QVERIFY(!program.history(ada).contains(QStringLiteral("its tool was asked to renew it, and did")));
    QTest::qWait(300);
    QCOMPARE(m_home->read(QStringLiteral("asked")).count('\n'), 1); // it waits before it asks again
    QCOMPARE(m_issuer->posts, 0);
}

void TestGcloudNeighbour::sharing_isNotOffered()
{
    GcloudDatabase::tokens(*m_home).put("ada@example.test", "ya29.dummy-one", stampIn(10min));
    putGcloud({});
    NeighbourProgram program(*m_home, *m_issuer);
    const service::CareOffer offer = program.neighbours().careOffer(ada);
    QCOMPARE(offer.recommended, Care::Delegated);
    const auto refused = program.neighbours().setCare(ada, Care::Shared);
    QVERIFY(!refused);
    QVERIFY(refused.error().detail.contains(QStringLiteral("Google does not let other programs")));
    QCOMPARE(m_issuer->posts, 0);
}

QTEST_GUILESS_MAIN(TestGcloudNeighbour)
#include "gcloudneighbour.moc"
