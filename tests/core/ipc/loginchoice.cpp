// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/loginchoice.h"

#include <QTest>

using namespace keytender;
using ipc::GitRemote;
using service::Row;
using wire::Outcome;

Q_DECLARE_METATYPE(keytender::wire::Outcome)

namespace {

Row row(const QString &id, const QString &providerId, const QString &label, const QString &account = {})
{
    Row row;
    row.profile.id = id;
    row.profile.providerId = providerId;
    row.profile.label = label;
    row.profile.account.id = account;
    return row;
}

std::map<QString, Row> rowsOf(std::initializer_list<Row> rows)
{
    std::map<QString, Row> byId;
    for (const Row &one : rows)
        byId.insert_or_assign(one.profile.id, one);
    return byId;
}

const provider::Provider *providerFor(const QString &id)
{
    static const provider::Provider github = [] {
        provider::Provider made;
        made.id = QStringLiteral("github");
        made.gitHosts = {{QStringLiteral("github.com"), QStringLiteral("git.example.com:8443")},
                         provider::Evidence::Assumed};
        return made;
    }();
    return id == github.id ? &github : nullptr;
}

} // namespace

class TestLoginChoice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void name_meansOneLogin_orNone_data();
    void name_meansOneLogin_orNone();
    void gitHost_isMatchedExactly_data();
    void gitHost_isMatchedExactly();
    void gitHost_ofTheSettings_goesFirst();
    void gitHost_ofSeveralLogins_isNoGuess();
};

void TestLoginChoice::name_meansOneLogin_orNone_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id"); // empty = NotFound
    QTest::newRow("id") << QStringLiteral("anthropic") << QStringLiteral("anthropic");
    QTest::newRow("id of another") << QStringLiteral("claude-cli") << QStringLiteral("claude-cli");
    QTest::newRow("label") << QStringLiteral("Claude Code") << QStringLiteral("claude-cli");
    QTest::newRow("provider with one login") << QStringLiteral("github") << QStringLiteral("gh-cli");
    QTest::newRow("provider with two") << QStringLiteral("openai") << QString();
    QTest::newRow("label of two") << QStringLiteral("OpenAI") << QString();
    QTest::newRow("part of an id") << QStringLiteral("claude") << QString();
    QTest::newRow("other case") << QStringLiteral("GITHUB") << QString();
    QTest::newRow("nobody") << QStringLiteral("nobody") << QString();
    QTest::newRow("empty") << QString() << QString();
}

void TestLoginChoice::name_meansOneLogin_orNone()
{
    QFETCH(const QString, name);
    QFETCH(const QString, id);
    const auto rows =
        rowsOf({row(QStringLiteral("anthropic"), QStringLiteral("anthropic"), QStringLiteral("Anthropic")),
                row(QStringLiteral("claude-cli"), QStringLiteral("anthropic"), QStringLiteral("Claude Code")),
                row(QStringLiteral("gh-cli"), QStringLiteral("github"), QStringLiteral("gh")),
                row(QStringLiteral("openai:a"), QStringLiteral("openai"), QStringLiteral("OpenAI")),
                row(QStringLiteral("openai:b"), QStringLiteral("openai"), QStringLiteral("OpenAI"))});
    const auto found = ipc::loginNamed(name, rows);
    QCOMPARE(found ? (*found)->profile.id : QString(), id);
    if (found)
        return;
    QCOMPARE(int(found.error().outcome), int(Outcome::NotFound));
    QVERIFY2(found.error().text.contains(QStringLiteral("openai:a")), qPrintable(found.error().text));
}

// W-06, and the names that look like another one (W-05).
void TestLoginChoice::gitHost_isMatchedExactly_data()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("user");
    QTest::addColumn<Outcome>("outcome");
    const auto row = [](const char *host, Outcome outcome, const char *protocol = "https", const char *user = "") {
        QTest::addRow("%s %s %s", protocol, user, host)
            << QString::fromLatin1(protocol) << QString::fromUtf8(host) << QString::fromLatin1(user) << outcome;
    };
    row("github.com", Outcome::Ok);
    row("GitHub.com", Outcome::Ok); // the same host (RFC 3986 section 3.2.2)
    row("github.com:443", Outcome::Ok);
    row("git.example.com:8443", Outcome::Ok);
    row("github.com", Outcome::Ok, "https", "ada");
    row("github.com", Outcome::Ok, "https", "Ada");
    row("github.com", Outcome::Ok, "https", "x-access-token");
    row("github.com", Outcome::NotFound, "https", "bob");
    row("git.example.com", Outcome::NotFound);
    row("git.example.com:8444", Outcome::NotFound);
    row("github.com:8443", Outcome::NotFound);
    row("github.com:80", Outcome::NotFound);
    row("github.com", Outcome::Denied, "http");
    row("github.com", Outcome::Denied, "ssh");
    row("github.com", Outcome::Denied, "HTTPS");
    row("github.com.evil", Outcome::NotFound);
    row("github.com.evil.com", Outcome::NotFound);
    row("evil-github.com", Outcome::NotFound);
    row("xgithub.com", Outcome::NotFound);
    row("api.github.com", Outcome::NotFound);
    row("evil.com/github.com", Outcome::Usage);
    row("github.com/", Outcome::Usage);
    row("github.com?", Outcome::Usage);
    row("github.com#x", Outcome::Usage);
    row("github.com\\@evil.com", Outcome::Usage);
    row("ada@github.com", Outcome::Usage);
    row("github.com@evil.com", Outcome::Usage);
    row("github.com:x@evil.com", Outcome::Usage);
    row("github.com.", Outcome::Usage);
    row(".github.com", Outcome::Usage);
    row("github..com", Outcome::Usage);
    row("github.com:", Outcome::Usage);
    row("github.com:0443", Outcome::Usage);
    row("github.com:65536", Outcome::Usage);
    row("github.com:443:443", Outcome::Usage);
    row(" github.com", Outcome::Usage);
    row("github.com\n", Outcome::Usage);
    row("github%2ecom", Outcome::Usage);
    row("g\xc3\xadthub.com", Outcome::Usage);  // g with í
    row("\xd0\xb3ithub.com", Outcome::Usage);  // Cyrillic
    row("\xc4\xb0github.com", Outcome::Usage); // İ
    row("gi\xe2\x84\xaa.com", Outcome::Usage); // the Kelvin sign, k in small letters
    row("github\xe3\x80\x82"
        "com",
        Outcome::Usage); // ideographic full stop
    row("xn--gthub-zsa.com", Outcome::NotFound);
    row("[::1]", Outcome::NotFound);
    row("[::1%25eth0]", Outcome::Usage);
    row("-github.com", Outcome::Usage);
    row("", Outcome::Usage);
}

void TestLoginChoice::gitHost_isMatchedExactly()
{
    QFETCH(const QString, protocol);
    QFETCH(const QString, host);
    QFETCH(const QString, user);
    QFETCH(const Outcome, outcome);
    const auto rows =
        rowsOf({row(QStringLiteral("gh-cli"), QStringLiteral("github"), QStringLiteral("gh"), QStringLiteral("ada")),
                row(QStringLiteral("anthropic"), QStringLiteral("anthropic"), QStringLiteral("Anthropic"))});
    const auto found = ipc::loginFor({.protocol = protocol, .host = host, .user = user},
                                     {.rows = rows, .chosen = {}, .providerFor = providerFor});
    QCOMPARE(int(found ? Outcome::Ok : found.error().outcome), int(outcome));
    if (found)
        QCOMPARE((*found)->profile.id, QStringLiteral("gh-cli"));
}

void TestLoginChoice::gitHost_ofTheSettings_goesFirst()
{
    const auto rows = rowsOf({row(QStringLiteral("gh-cli"), QStringLiteral("github"), QStringLiteral("gh")),
                              row(QStringLiteral("work"), QStringLiteral("example.com"), QStringLiteral("Work"))});
    const std::map<QString, QString> chosen{{QStringLiteral("github.com"), QStringLiteral("work")},
                                            {QStringLiteral("localhost:3000"), QStringLiteral("work")},
                                            {QStringLiteral("gone.example"), QStringLiteral("gone")}};
    const ipc::GitLogins logins{.rows = rows, .chosen = chosen, .providerFor = providerFor};
    const auto at = [&](const char *protocol, const char *host) {
        return ipc::loginFor({.protocol = QString::fromLatin1(protocol), .host = QString::fromLatin1(host), .user = {}},
                             logins);
    };
    QCOMPARE((*at("https", "github.com"))->profile.id, QStringLiteral("work"));
    QCOMPARE((*at("http", "localhost:3000"))->profile.id, QStringLiteral("work")); // this machine
    QCOMPARE(int(at("http", "github.com").error().outcome), int(Outcome::Denied));
    const auto gone = at("https", "gone.example");
    QCOMPARE(int(gone.error().outcome), int(Outcome::NotFound));
    QVERIFY(gone.error().text.contains(QStringLiteral("gone")));
}

void TestLoginChoice::gitHost_ofSeveralLogins_isNoGuess()
{
    const auto rows =
        rowsOf({row(QStringLiteral("gh-cli"), QStringLiteral("github"), QStringLiteral("gh"), QStringLiteral("ada")),
                row(QStringLiteral("gh-cli@work"), QStringLiteral("github"), QStringLiteral("gh (work)"),
                    QStringLiteral("bob"))});
    const ipc::GitLogins logins{.rows = rows, .chosen = {}, .providerFor = providerFor};
    const GitRemote anybody{.protocol = QStringLiteral("https"), .host = QStringLiteral("github.com"), .user = {}};
    const auto several = ipc::loginFor(anybody, logins);
    QCOMPARE(int(several.error().outcome), int(Outcome::NotFound));
    QVERIFY(several.error().text.contains(QStringLiteral("gh-cli@work")));
    GitRemote bob = anybody;
    bob.user = QStringLiteral("bob");
    QCOMPARE((*ipc::loginFor(bob, logins))->profile.id, QStringLiteral("gh-cli@work"));
}

QTEST_GUILESS_MAIN(TestLoginChoice)
#include "loginchoice.moc"
