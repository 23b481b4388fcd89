// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Tokens of logins that their own tool is asked to renew, with a script in the place of AWS's program.

#include "service/programs/tokens.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTest>

#include "core/service/ears.h"

using namespace keytender;
using namespace std::chrono_literals;
using fakes::Ears;
using fakes::NeighbourProgram;
using profile::Care;
using Why = service::TokenRefusal::Why;

class TestDelegatedTokens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init();

    void expiredToken_isRenewedByItsTool_andTheNewOneIsGiven();
    void manyAtOnce_areOneRunOfTheCommand();
    void goodToken_isGivenWithoutARun();
    void toolThatDoesNotRenew_isNamed_andNothingOldIsGiven_data();
    void toolThatDoesNotRenew_isNamed_andNothingOldIsGiven();

private:
    [[nodiscard]] static QByteArray session(const QByteArray &name, std::chrono::seconds left);
    void putSession(const QByteArray &name, std::chrono::seconds left) const
    {
        m_home->write(m_file, session(name, left));
    }
    void putNext(const QByteArray &name, std::chrono::seconds left) const
    {
        m_home->write(QStringLiteral("next.json"), session(name, left));
    }
    void putAws(const QByteArray &lines) const;
    [[nodiscard]] std::unique_ptr<NeighbourProgram> delegating();
    [[nodiscard]] qsizetype runs() const { return m_home->read(QStringLiteral("asked")).count('\n'); }

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::RotatingIssuer> m_issuer;
    QString m_file;
    QString m_id;
};

void TestDelegatedTokens::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_issuer = std::make_unique<fakes::RotatingIssuer>();
    m_home->environment().variables.insert(QStringLiteral("PATH"),
                                           m_home->path(QStringLiteral("bin")) + QStringLiteral(":/usr/bin:/bin"));
    m_home->write(QStringLiteral("asked"), {});
    m_home->write(QStringLiteral(".aws/config"), "[sso-session work]\nsso_region = eu-west-1\n[profile dev]\n"
                                                 "sso_session = work\nsso_account_id = 1\nsso_role_name = r\n");
    m_file = QStringLiteral(".aws/sso/cache/")
             + QString::fromLatin1(QCryptographicHash::hash("work", QCryptographicHash::Sha1).toHex())
             + QStringLiteral(".json");
}

QByteArray TestDelegatedTokens::session(const QByteArray &name, std::chrono::seconds left)
{
    const QByteArray end = base::toRfc3339(base::SystemClock().wallTime() + left).toUtf8();
    return R"({"startUrl":"https://d-dummy.awsapps.com/start","region":"eu-west-1","accessToken":"aoa-dummy-)" + name
           + R"(","expiresAt":")" + end + R"(","clientId":"dummy","clientSecret":"dummy","refreshToken":"aor-dummy-)"
           + name + R"(","registrationExpiresAt":"2099-01-01T00:00:00Z"})";
}

void TestDelegatedTokens::putAws(const QByteArray &lines) const
{
    const QString file =
        m_home->write(QStringLiteral("bin/aws"), "#!/bin/sh\necho \"$*\" >> \"$HOME/asked\"\n" + lines);
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

std::unique_ptr<NeighbourProgram> TestDelegatedTokens::delegating()
{
    auto program = std::make_unique<NeighbourProgram>(*m_home, *m_issuer);
    for (const auto &[id, row] : program->service.rows())
        m_id = id;
    const auto set = program->neighbours().setCare(m_id, Care::Delegated);
    return set ? std::move(program) : nullptr;
}

void TestDelegatedTokens::expiredToken_isRenewedByItsTool_andTheNewOneIsGiven()
{
    putSession("one", -1min);
    putNext("two", 1h);
    putAws("mv \"$HOME/next.json\" \"$HOME/" + m_file.toUtf8() + "\"\necho aoa-not-from-here\n");
    const auto program = delegating();
    QVERIFY(program);
    Ears ears;
    ears.ask(*program, m_id);
    QVERIFY(ears.answers.empty());
    QVERIFY(ears.haveHeard());
    QVERIFY2(ears.answers[0], ears.answers[0] ? "" : qPrintable(ears.answers[0].error().text));
    QCOMPARE(ears.token(), QByteArray("aoa-dummy-two"));
    QVERIFY(*ears.answers[0]->expiresAt - program->service.now() > 50min);
    QCOMPARE(m_home->read(QStringLiteral("asked")), QByteArray("configure export-credentials --profile dev\n"));
    QCOMPARE(m_issuer->posts, 0);
}

void TestDelegatedTokens::manyAtOnce_areOneRunOfTheCommand()
{
    putSession("one", 2min);
    putNext("two", 1h);
    putAws("mv \"$HOME/next.json\" \"$HOME/" + m_file.toUtf8() + "\"\n");
    const auto program = delegating();
    QVERIFY(program);
    Ears ears;
    for (int number = 0; number < 50; ++number)
        ears.ask(*program, m_id);
    QVERIFY(ears.haveHeard(50));
    for (std::size_t number = 0; number < 50; ++number)
        QCOMPARE(ears.token(number), QByteArray("aoa-dummy-two"));
    QCOMPARE(runs(), 1);
}

void TestDelegatedTokens::goodToken_isGivenWithoutARun()
{
    putSession("one", 30min);
    putAws("exit 1\n");
    const auto program = delegating();
    QVERIFY(program);
    Ears ears;
    ears.ask(*program, m_id, 20min);
    QCOMPARE(ears.answers.size(), std::size_t{1});
    QCOMPARE(ears.token(), QByteArray("aoa-dummy-one"));
    QCOMPARE(runs(), 0);
}

void TestDelegatedTokens::toolThatDoesNotRenew_isNamed_andNothingOldIsGiven_data()
{
    QTest::addColumn<int>("left"); // minutes
    QTest::addColumn<QByteArray>("command");
    QTest::addColumn<QString>("why");
    QTest::addColumn<int>("runs");
    QTest::newRow("it fails") << -1 << QByteArray("exit 3\n") << QStringLiteral("exit code 3") << 1;
    QTest::newRow("it fails, and the token would do for less")
        << 3 << QByteArray("exit 3\n") << QStringLiteral("exit code 3") << 1;
    QTest::newRow("nothing changes") << 3 << QByteArray("exit 0\n") << QStringLiteral("left its login as it was") << 1;
    QTest::newRow("it renews, and that is too short as well")
        << -1 << QByteArray("mv \"$HOME/next.json\" \"$HOME/.aws/sso/cache/\"*.json\n") << QStringLiteral("was asked")
        << 1;
    QTest::newRow("it is not there") << -1 << QByteArray() << QStringLiteral("not found") << 0;
}

void TestDelegatedTokens::toolThatDoesNotRenew_isNamed_andNothingOldIsGiven()
{
    QFETCH(int, left);
    QFETCH(QByteArray, command);
    QFETCH(QString, why);
    QFETCH(int, runs);
    putSession("one", std::chrono::minutes(left));
    putNext("two", 2min);
    if (!command.isEmpty())
        putAws(command);
    const auto program = delegating();
    QVERIFY(program);
    Ears ears;
    ears.ask(*program, m_id);
    ears.ask(*program, m_id);
    QVERIFY(ears.haveHeard(2));
    // Whoever comes then is told at once: the tool is not asked time and again.
    ears.ask(*program, m_id);
    QVERIFY(ears.haveHeard(3));
    for (const auto &answer : ears.answers) {
        QVERIFY(!answer);
        QVERIFY2(answer.error().why == Why::Unavailable, qPrintable(answer.error().text));
        QVERIFY2(answer.error().text.contains(QStringLiteral("was asked to renew it, and did not")),
                 qPrintable(answer.error().text));
    }
    QVERIFY2(ears.answers[0].error().text.contains(why), qPrintable(ears.answers[0].error().text));
    QCOMPARE(this->runs(), qsizetype(runs));
    // What it has is given to who wants no more than that.
    if (left > 0) {
        ears.ask(*program, m_id, 1min);
        QCOMPARE(ears.answers.size(), std::size_t{4});
        QCOMPARE(ears.token(3), QByteArray("aoa-dummy-one"));
    }
}

QTEST_GUILESS_MAIN(TestDelegatedTokens)
#include "delegatedtokens.moc"
