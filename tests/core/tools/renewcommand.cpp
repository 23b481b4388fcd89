// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/renewcommand.h"
#include "base/secret.h"
#include "core/tools/fetching.h"
#include "fakes/temporaryhome.h"
#include "tools/awssso.h"
#include "tools/copywriter.h"
#include "tools/minimax.h"

using namespace keytender;

namespace {

tools::ToolWorld worldOf(const fakes::TemporaryHome &home)
{
    return {.environment = home.environment(), .extraHomes = {}};
}

const tools::Tool &toolOf(const std::vector<std::unique_ptr<tools::Tool>> &all, const QString &id)
{
    const auto found = std::ranges::find_if(all, [&](const auto &tool) { return tool->facts().id == id; });
    if (found == all.end())
        qFatal("no tool %s", qPrintable(id));
    return **found;
}

} // namespace

class RenewCommandTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void tools_thatAreNotShared_sayWhy_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("renewsItself");
        QTest::newRow("minimax") << QStringLiteral("minimax") << true;
        QTest::newRow("aws-sso") << QStringLiteral("aws-sso") << true;
        QTest::newRow("gcloud") << QStringLiteral("gcloud") << true;
        QTest::newRow("google-adc") << QStringLiteral("google-adc") << false; // nothing in it ever changes
        QTest::newRow("gemini-cli") << QStringLiteral("gemini-cli") << false;
        QTest::newRow("gh") << QStringLiteral("gh") << false;
        QTest::newRow("kimi-cli") << QStringLiteral("kimi-cli") << false;
        QTest::newRow("qwen-code") << QStringLiteral("qwen-code") << false;
        QTest::newRow("opencode") << QStringLiteral("opencode") << false;
    }

    void tools_thatAreNotShared_sayWhy()
    {
        QFETCH(QString, id);
        const auto all = tools::allTools();
        const tools::Tool &tool = toolOf(all, id);
        const tools::Fetched nothing{.content = fetching::contentOf("{}"), .companions = {}};
        QVERIFY(tool.writer() != nullptr);
        const QString why = tool.writer()->objection(tools::CopyWriter::Purpose::Share, {}, {}, nothing, {});
        QVERIFY2(why.endsWith(u'.') && why.size() > 30, qPrintable(why));
        QTEST(!tool.facts().renewCommand.isEmpty(), "renewsItself");
    }

    void command_ofMiniMax_isLedToTheHome()
    {
        fakes::TemporaryHome home;
        home.environment().variables.insert(QStringLiteral("MMX_CONFIG_DIR"), home.path(QStringLiteral("second")));
        const tools::MiniMax tool;
        const auto located = tool.locate(worldOf(home));
        QCOMPARE(located.places.size(), 2u);
        const QStringList words{QStringLiteral("mmx"), QStringLiteral("auth"), QStringLiteral("status"),
                                QStringLiteral("--output"), QStringLiteral("json")};
        // The usual one too: the variable leads the tool away from it.
        for (const tools::CopyPlace &place : located.places) {
            const auto command = tools::renewCommandFor(tool.facts(), place, {}, home.environment());
            QVERIFY(command);
            QCOMPARE(command->words, words);
            QCOMPARE(command->variables, QStringList{QStringLiteral("MMX_CONFIG_DIR=")
                                                     + place.path.chopped(QStringLiteral("/config.json").size())});
        }
    }

    void command_ofAToolWithoutOne_isAnError()
    {
        const auto all = tools::allTools();
        const auto command = tools::renewCommandFor(toolOf(all, QStringLiteral("google-adc")).facts(), {}, {}, {});
        QVERIFY(!command);
        QCOMPARE(command.error().kind, base::ErrorKind::Unavailable);
    }

    void command_ofAws_namesAProfileOfTheSession_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("profile"); // empty: an error
        const QByteArray rest = "sso_account_id = 1\nsso_role_name = r\n";
        const QByteArray session = "[sso-session my]\nsso_region = us-east-1\n";
        QTest::newRow("one") << session + "[profile work]\nsso_session = my\n" + rest << QStringLiteral("work");
        QTest::newRow("quoted, CRLF") << QByteArray("[profile \"a b\"]\nsso_session=my\n" + rest).replace("\n", "\r\n")
                                      << QStringLiteral("a b");
        QTest::newRow("default") << "[default]\nsso_session = my\n" + rest << QStringLiteral("default");
        QTest::newRow("the first that has a role")
            << "[profile a]\nsso_session = my\n[profile b]\nsso_session = my\n" + rest << QStringLiteral("b");
        QTest::newRow("another session") << "[profile a]\nsso_session = other\n" + rest << QString();
        QTest::newRow("in a section of another kind") << "[services a]\nsso_session = my\n" + rest << QString();
        QTest::newRow("commented out") << "[profile a]\n#sso_session = my\n" + rest << QString();
        QTest::newRow("would be an option") << "[profile --debug]\nsso_session = my\n" + rest << QString();
        QTest::newRow("none") << QByteArray() << QString();
    }

    void command_ofAws_namesAProfileOfTheSession()
    {
        QFETCH(QByteArray, config);
        QFETCH(QString, profile);
        const fakes::TemporaryHome home;
        home.write(QStringLiteral(".aws/sso/cache/3ece1471f44f63177cbc35ba0b904e0c096b6783.json"), "{}"); // of "my"
        if (!config.isEmpty())
            home.write(QStringLiteral(".aws/config"), config);
        const tools::AwsSso tool;
        const auto place = tool.locate(worldOf(home)).places.front();
        const auto command = tools::renewCommandFor(tool.facts(), place, {}, home.environment());
        QCOMPARE(bool(command), !profile.isEmpty());
        if (command)
            QCOMPARE(command->words,
                     (QStringList{QStringLiteral("aws"), QStringLiteral("configure"),
                                  QStringLiteral("export-credentials"), QStringLiteral("--profile"), profile}));
    }

    void command_ofAws_readsTheConfigurationThatTheVariableNames()
    {
        fakes::TemporaryHome home;
        home.write(QStringLiteral(".aws/sso/cache/3ece1471f44f63177cbc35ba0b904e0c096b6783.json"), "{}");
        const QString file = home.write(QStringLiteral("elsewhere"),
                                        "[profile x]\nsso_session = my\nsso_account_id = 1\nsso_role_name = r\n");
        home.environment().variables.insert(QStringLiteral("AWS_CONFIG_FILE"), file);
        const tools::AwsSso tool;
        const auto place = tool.locate(worldOf(home)).places.front();
        QCOMPARE(tools::awsProfileUsing(place, home.environment()).value(), QStringLiteral("x"));
    }
};

QTEST_GUILESS_MAIN(RenewCommandTest)
#include "renewcommand.moc"
