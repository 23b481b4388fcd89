// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "protocolaws.h"

#include <QTest>

using namespace keytender;

namespace {

// moc loses its way in raw strings.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

constexpr std::time_t now = 1795338000; // 2026-11-22T09:00:00Z

QByteArray document(const cli::AwsKey &key)
{
    return QByteArray::fromStdString(std::string(key.document().view()));
}

} // namespace

class ProtocolAwsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void key_isHandedOn_data()
    {
        QTest::addColumn<QByteArray>("kept");
        QTest::addColumn<QByteArray>("printed"); // empty = refused
        const QByteArray id = "AKIADUMMYDUMMYDUMMY1";
        const QByteArray temporary = "ASIADUMMYDUMMYDUMMY1";
        QTest::newRow("pair")
            << id + ":du/mmy+secret="
            << json("{'Version':1,'AccessKeyId':'AKIADUMMYDUMMYDUMMY1','SecretAccessKey':'du/mmy+secret='}")
                   + QByteArray("\n");
        QTest::newRow("pair with a colon in the secret")
            << id + ":a:b"
            << json("{'Version':1,'AccessKeyId':'AKIADUMMYDUMMYDUMMY1','SecretAccessKey':'a:b'}") + QByteArray("\n");
        QTest::newRow("JSON") << json("{'Version':1,'AccessKeyId':'") + temporary
                                     + json("','SecretAccessKey':'s','SessionToken':'t==','AccountId':'123456789012','"
                                            "Expiration':'2026-11-22T10:00:00+00:00'}")
                              << json("{'Version':1,'AccessKeyId':'") + temporary
                                     + json("','SecretAccessKey':'s','SessionToken':'t==','AccountId':'123456789012','"
                                            "Expiration':'2026-11-22T10:00:00Z'}")
                                     + "\n";
        QTest::newRow("JSON with nulls") << json("{'AccessKeyId':'") + id
                                                + json("','SecretAccessKey':'s','SessionToken':null,'Expiration':null}")
                                         << json("{'Version':1,'AccessKeyId':'") + id + json("','SecretAccessKey':'s'}")
                                                + "\n";
        QTest::newRow("JSON, escaped") << json("{'AccessKeyId':'") + id + json("','SecretAccessKey':'\\u0022s\\\\'}")
                                       << json("{'Version':1,'AccessKeyId':'") + id
                                              + json("','SecretAccessKey':'\\'s\\\\'}") + "\n";
        const auto refused = [](const char *name, const QByteArray &kept) {
            QTest::newRow(name) << kept << QByteArray();
        };
        refused("it has ended",
                json("{'AccessKeyId':'") + id + json("','SecretAccessKey':'s','Expiration':'2026-11-22T09:00:00Z'}"));
        refused("temporary without an end",
                json("{'AccessKeyId':'") + temporary + json("','SecretAccessKey':'s','SessionToken':'t'}"));
        refused("session without an end",
                json("{'AccessKeyId':'") + id + json("','SecretAccessKey':'s','SessionToken':'t'}"));
        refused("temporary without a session", temporary + ":s");
        refused("end without a zone",
                json("{'AccessKeyId':'") + id + json("','SecretAccessKey':'s','Expiration':'2026-11-22T10:00:00'}"));
        refused("end a number",
                json("{'AccessKeyId':'") + id + json("','SecretAccessKey':'s','Expiration':1795345200}"));
        refused("version 2", json("{'Version':2,'AccessKeyId':'") + id + json("','SecretAccessKey':'s'}"));
        refused("version a word", json("{'Version':'1','AccessKeyId':'") + id + json("','SecretAccessKey':'s'}"));
        refused("a key twice", json("{'AccessKeyId':'") + id + json("','SecretAccessKey':'s','SecretAccessKey':'t'}"));
        refused("no secret", json("{'AccessKeyId':'") + id + json("'}"));
        refused("no id", json("{'SecretAccessKey':'s'}"));
        refused("line feed in the secret", json("{'AccessKeyId':'") + id + json("','SecretAccessKey':'a\\nb'}"));
        refused("NUL in the session",
                json("{'AccessKeyId':'") + id
                    + json("','SecretAccessKey':'s','SessionToken':'\\u0000','Expiration':'2026-11-22T10:00:00Z'}"));
        refused("a list", "[]");
        refused("cut off", "{\"AccessKeyId\":\"" + id);
        refused("secret alone", "du/mmy+secret");
        refused("id alone", id + ":");
        refused("id in small letters", "akiadummydummydummy1:s");
        refused("nothing", "");
    }

    void key_isHandedOn()
    {
        QFETCH(QByteArray, kept);
        QFETCH(QByteArray, printed);
        const auto key = cli::AwsKey::read(kept.toStdString());
        const std::string refusal = key ? key->refusal(now) : key.fault;
        QCOMPARE(refusal.empty() ? document(*key.value) : QByteArray(), printed);
        QCOMPARE(refusal.empty(), !printed.isEmpty());
    }

    void endOfTheLogin_countsWhereTheKeyTellsNone()
    {
        auto key = cli::AwsKey::read("AKIADUMMYDUMMYDUMMY1:s");
        key->endAt(now + 60);
        QVERIFY(document(*key.value).contains(json("'Expiration':'2026-11-22T09:01:00Z'")));
        QVERIFY(key->refusal(now).empty());
        QVERIFY(!key->refusal(now + 60).empty());
    }

    void time_isReadStrictly_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("time"); // 0 = none
        const auto row = [](const char *text, qint64 time) { QTest::newRow(text) << QByteArray(text) << time; };
        row("2026-11-22T09:00:00Z", now);
        row("2026-11-22T09:00:00.123456Z", now);
        row("2026-11-22T10:30:00+01:30", now);
        row("2026-11-22T04:00:00-0500", now);
        row("2026-11-22T09:00:00", 0);
        row("2026-11-22 09:00:00Z", 0);
        row("2026-11-31T09:00:00Z", 0);
        row("2026-13-22T09:00:00Z", 0);
        row("2026-11-22T25:00:00Z", 0);
        row("2026-11-22T09:00:00.Z", 0);
        row("2026-11-22T09:00:00Zx", 0);
        row("2026-11-22T09:00:00+01", 0);
        row("2026-1-22T09:00:00Z", 0);
        row("-026-11-22T09:00:00Z", 0);
        row("1795345200", 0);
        row("", 0);
    }

    void time_isReadStrictly()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, time);
        QCOMPARE(qint64(cli::isoTime(text.toStdString()).value_or(0)), time);
    }
};

QTEST_APPLESS_MAIN(ProtocolAwsTest)
#include "protocolaws.moc"
