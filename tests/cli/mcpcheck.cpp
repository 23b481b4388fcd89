// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcpcheck.h"

#include <map>

#include <QTest>

#include "mcpsecrets.h"

using namespace keytender;
using cli::McpClient;

namespace {

// moc loses its way in raw strings.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

std::optional<std::size_t> lengthOf(const std::string &name)
{
    static const std::map<std::string, std::size_t> lengths{
        {"SET", 5}, {"EMPTY", 0}, {"GITHUB_TOKEN", 40}, {"NODE_EXTRA_CA_CERTS", 12}};
    const auto found = lengths.find(name);
    return found == lengths.end() ? std::nullopt : std::optional(found->second);
}

std::vector<cli::LintFinding> findings(McpClient client, const QByteArray &text, bool isReadableByOthers = false)
{
    return cli::checkMcp({.name = ".mcp.json",
                          .client = client,
                          .text = {text.constData(), std::size_t(text.size())},
                          .isReadableByOthers = isReadableByOthers},
                         lengthOf);
}

QByteArray idsOf(const std::vector<cli::LintFinding> &found)
{
    QByteArrayList ids;
    for (const cli::LintFinding &finding : found)
        ids += QByteArray::fromStdString(finding.id).replace(":.mcp.json", "");
    return ids.join(' ');
}

} // namespace

Q_DECLARE_METATYPE(keytender::cli::McpClient)

class McpCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void entry_isJudged_data()
    {
        QTest::addColumn<McpClient>("client");
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("ids");
        const auto row = [](const char *name, McpClient client, const char *entry, const char *ids) {
            QTest::newRow(name) << client << json(entry) << QByteArray(ids);
        };
        const McpClient claude = McpClient::ClaudeCode;
        const McpClient gemini = McpClient::GeminiCli;
        const McpClient qwen = McpClient::QwenCode;
        row("in order", claude, "{'command':'npx','args':['-y','@x/server'],'env':{'GITHUB_TOKEN':'${GITHUB_TOKEN}'}}",
            "");
        row("default in order", claude, "{'command':'x','args':['${UNSET:-d}']}", "");
        row("unset", claude, "{'command':'x','env':{'T':'${UNSET}'}}", "mcp-unset:s:UNSET");
        row("unset twice is one", claude, "{'command':'x','env':{'T':'${UNSET}','U':'${UNSET}'}}", "mcp-unset:s:UNSET");
        row("unset in a header", claude, "{'url':'https://x','headers':{'Authorization':'Bearer ${UNSET}'}}",
            "mcp-unset:s:UNSET");
        row("unset in the address", claude, "{'url':'https://${UNSET}'}", "mcp-unset:s:UNSET");
        row("set to nothing", claude, "{'command':'x','env':{'T':'${EMPTY:-d}'}}", "mcp-empty:s:EMPTY");
        row("set to nothing without a default", claude, "{'command':'x','env':{'T':'${EMPTY}'}}", "");
        row("nested", claude, "{'command':'x','env':{'T':'${UNSET:-${SET}}'}}", "mcp-nested:s:env.T");
        row("dollar", claude, "{'command':'x','env':{'T':'$SET'}}", "mcp-dollar:s:SET");
        row("dollar for a shell", claude, "{'command':'/bin/sh','args':['-c','echo $SET']}", "");
        row("dollar and no name", claude, "{'command':'x','args':['$1','$','US$5','$$']}", "");
        row("Keytender's", claude, "{'command':'x','env':{'T':'${keytender:github}'}}", "mcp-keytender:s:env.T");
        row("token on the command line", claude, "{'command':'x','args':['--token=${GITHUB_TOKEN}']}",
            "mcp-argv:s:GITHUB_TOKEN");
        row("not closed", claude, "{'command':'x','args':['${SET']}", "");
        row("no object", claude, "[]", "mcp-malformed:s");
        row("numbers", claude, "{'command':1,'args':[2,{}],'env':{'A':3},'headers':[]}", "");

        row("Gemini: dollar is replaced", gemini, "{'url':'https://x','headers':{'A':'$SET'}}", "");
        row("Gemini: dollar unset", gemini, "{'url':'https://x','headers':{'A':'$UNSET'}}", "mcp-unset:s:UNSET");
        row("Gemini: authorities kept back", gemini, "{'command':'x'}", "mcp-filtered:s:NODE_EXTRA_CA_CERTS");
        row("Gemini: authorities declared", gemini,
            "{'command':'x','env':{'NODE_EXTRA_CA_CERTS':'${NODE_EXTRA_CA_CERTS}'}}", "");
        row("Gemini: set to nothing", gemini, "{'url':'https://${EMPTY:-d}'}", "mcp-empty:s:EMPTY");
        row("Qwen: default", qwen, "{'command':'x','env':{'T':'${SET:-d}'}}", "mcp-default:s:SET");
        row("Qwen: authorities", qwen, "{'command':'x'}", "");
        row("Qwen: unset", qwen, "{'command':'x','env':{'T':'${UNSET}'}}", "mcp-unset:s:UNSET");

        row("token of GitHub", claude, "{'command':'x','env':{'A':'ghp_CANARYcanary01234567'}}", "mcp-secret:s:env.A");
        row("key of Anthropic in an argument", claude, "{'command':'x','args':['--key=sk-ant-api03-CANARY0123456789']}",
            "mcp-secret:s:args[0]");
        row("bearer", claude, "{'url':'https://x','headers':{'Authorization':'Bearer CANARY0123456789abcd'}}",
            "mcp-secret:s:headers.Authorization");
        row("bearer from a variable", claude, "{'url':'https://x','headers':{'Authorization':'Bearer ${SET}'}}", "");
        row("password in the address", claude, "{'url':'https://u:CANARY@x.example/mcp'}", "mcp-secret:s:url");
        row("password in the address from a variable", claude, "{'url':'https://u:${SET}@x.example/mcp'}", "");
        row("JWT", claude, "{'command':'x','env':{'A':'eyJhbGciOiJub25lIn0.eyJDQU5BUlkiOiJDQU5BUlkifQ.CANARY'}}",
            "mcp-secret:s:env.A");
        row("private key", claude, "{'command':'x','env':{'A':'-----BEGIN PRIVATE KEY-----CANARY'}}",
            "mcp-secret:s:env.A");
        row("unknown maker in a place of secrets", claude, "{'command':'x','env':{'MY_TOKEN':'CANARY0123456789'}}",
            "mcp-secret:s:env.MY_TOKEN");
        row("word in a place of secrets", claude, "{'command':'x','env':{'AUTH_MODE':'interactive-browser-login'}}",
            "");
        row("path in a place of secrets", claude, "{'command':'x','env':{'TOKEN_FILE':'/run/user/1000/token0'}}", "");
        row("number in a place of secrets", claude, "{'command':'x','env':{'MAX_TOKENS':'8192'}}", "");
        row("long word elsewhere", claude, "{'command':'x','args':['@modelcontextprotocol/server-github2']}", "");
        row("sk in a word", claude, "{'command':'x','args':['task-proj-0123456789abcdef']}", "");
    }

    void entry_isJudged()
    {
        QFETCH(McpClient, client);
        QFETCH(QByteArray, entry);
        const auto found = findings(client, "{\"mcpServers\":{\"s\":" + entry + "}}");
        QTEST(idsOf(found), "ids");
        for (const cli::LintFinding &finding : found) {
            const std::string all = finding.id + finding.subject + finding.text + finding.place + finding.cure;
            QVERIFY2(all.find("CANARY") == std::string::npos, all.c_str());
            QVERIFY(!finding.subject.empty() && finding.text.ends_with('.') && !finding.cure.empty());
        }
    }

    // The same text, and what each client makes of it.
    void consequence_isTheClients_data()
    {
        QTest::addColumn<McpClient>("client");
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("Claude Code")
            << McpClient::ClaudeCode << QByteArray("env")
            << QByteArray("The s server wants UNSET in env.T, and it is not set here. Claude Code starts it all the "
                          "same: the server gets the text ${UNSET} as it stands.");
        QTest::newRow("Gemini CLI, declared")
            << McpClient::GeminiCli << QByteArray("env")
            << QByteArray("The s server wants UNSET in env.T, and it is not set here. Gemini CLI starts it all "
                          "the same: the server gets an empty value.");
        QTest::newRow("Gemini CLI, header")
            << McpClient::GeminiCli << QByteArray("headers")
            << QByteArray("The s server wants UNSET in headers.T, and it is not set here. Gemini CLI starts it "
                          "all the same: the server gets the text ${UNSET} as it stands.");
        QTest::newRow("Qwen Code")
            << McpClient::QwenCode << QByteArray("env")
            << QByteArray(
                   "The s server wants UNSET in env.T, and it is not set here. Qwen Code starts it all the same: "
                   "the server gets the text ${UNSET} as it stands.");
    }

    void consequence_isTheClients()
    {
        QFETCH(McpClient, client);
        QFETCH(QByteArray, member);
        const auto found = findings(client, "{\n\"mcpServers\":{\"s\":{\n\"" + member + "\":{\"T\":\"${UNSET}\"}}}}");
        QCOMPARE(found.size(), 1u);
        QTEST(QByteArray::fromStdString(found.front().text), "text");
        QCOMPARE(found.front().place, std::string(".mcp.json, line 3"));
    }

    void fileWithASecretThatOthersRead_isSaid()
    {
        const QByteArray text = json("{'mcpServers':{'s':{'command':'x','env':{'A':'ghp_CANARYcanary01234567'}}}}");
        QCOMPARE(idsOf(findings(McpClient::ClaudeCode, text, true)), QByteArray("mcp-readable mcp-secret:s:env.A"));
        QCOMPARE(idsOf(findings(McpClient::ClaudeCode, text, false)), QByteArray("mcp-secret:s:env.A"));
        QCOMPARE(idsOf(findings(McpClient::ClaudeCode, "{\"mcpServers\":{}}", true)), QByteArray());
    }

    void fileThatCannotBeRead_isAFinding()
    {
        QCOMPARE(idsOf(findings(McpClient::ClaudeCode, "{\"mcpServers\":")), QByteArray("mcp-unreadable"));
        QCOMPARE(idsOf(findings(McpClient::ClaudeCode, "// x\n{}")), QByteArray("mcp-unreadable"));
        QCOMPARE(idsOf(findings(McpClient::GeminiCli, "// x\n{}")), QByteArray());
        QCOMPARE(idsOf(findings(McpClient::ClaudeCode, json("{'mcpServers':{'a':{},'a':{}}}"))),
                 QByteArray("mcp-unreadable"));
        QCOMPARE(idsOf(findings(McpClient::ClaudeCode, "[]")), QByteArray());
        QCOMPARE(idsOf(findings(McpClient::ClaudeCode, json("{'mcpServers':[1]}"))), QByteArray("mcp-malformed:"));
    }
};

QTEST_APPLESS_MAIN(McpCheckTest)
#include "mcpcheck.moc"
