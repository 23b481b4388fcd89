// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "mcpserver.h"

#include <map>

#include <QTest>

#include "childenvironment.h"

using namespace keytender;

namespace {

// moc loses its way in raw strings.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

const std::map<std::string, std::string, std::less<>> variables{
    {"SET", "value"}, {"EMPTY", ""}, {"TRICKY", "${SET}"}, {"GITHUB_TOKEN_FILE", "/run/token"}};

cli::PlaceholderValues values(int *asked = nullptr)
{
    return {.variable = [](std::string_view name) -> std::optional<std::string_view> {
                const auto found = variables.find(name);
                return found == variables.end() ? std::nullopt : std::optional<std::string_view>(found->second);
            },
            .token = [asked](std::string_view profile) -> cli::Checked<wire::WipedBytes> {
                if (asked != nullptr)
                    ++*asked;
                if (profile != "github" && profile != "opencode:openai")
                    return {.fault = "No login is called like this."};
                return {.value = wire::WipedBytes("${SET}-dummy-token")};
            }};
}

// What is started: command, arguments and what it declares; or the fault.
QByteArray started(const QByteArray &entry, int *asked = nullptr)
{
    const auto tree = cli::JsonTree::parse("{\"mcpServers\":{\"github\":" + entry.toStdString() + "}}");
    if (!tree)
        return "no JSON";
    const auto server = cli::mcpServerIn(*tree.value, "github");
    if (!server)
        return QByteArray::fromStdString(server.fault);
    const auto program = cli::programOf(*server.value, values(asked), {});
    if (!program)
        return QByteArray::fromStdString(program.fault);
    std::string text(program->command.view());
    for (const auto &argument : program->arguments)
        text += " <" + std::string(argument.view()) + ">";
    for (const auto &variable : program->environment)
        text += " {" + std::string(variable.view()) + "}";
    return QByteArray::fromStdString(text);
}

} // namespace

class McpServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void entry_isStarted_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QByteArray>("result");
        const auto row = [](const char *name, const QByteArray &entry, const char *result) {
            QTest::newRow(name) << entry << QByteArray(result);
        };
        row("plain", json("{'command':'npx','args':['-y','server'],'env':{'A':'b'}}"), "npx <-y> <server> {A=b}");
        row("type stdio", json("{'type':'stdio','command':'npx'}"), "npx");
        row("unknown members", json("{'command':'npx','timeout':5,'x':{}}"), "npx");
        row("variable", json("{'command':'${SET}','args':['a${SET}b${SET}'],'env':{'A':'${SET}'}}"),
            "value <avaluebvalue> {A=value}");
        row("default", json("{'command':'c','args':['${UNSET:-d}']}"), "c <d>");
        row("default is not needed", json("{'command':'c','args':['${SET:-d}']}"), "c <value>");
        row("default with a mark of its own", json("{'command':'c','args':['${UNSET:-a:-b}']}"), "c <a:-b>");
        row("empty default", json("{'command':'c','args':['${UNSET:-}']}"), "c <>");
        row("set to nothing is set", json("{'command':'c','args':['${EMPTY:-d}']}"), "c <>");
        row("a dollar sign alone", json("{'command':'c','args':['$SET','$','$$','a$b']}"), "c <$SET> <$> <$$> <a$b>");
        row("a brace alone", json("{'command':'c','args':['a}','b{}']}"), "c <a}> <b{}>");
        row("a value is not read again", json("{'command':'c','args':['${TRICKY}']}"), "c <${SET}>");
        row("token", json("{'command':'c','env':{'T':'Bearer ${keytender:github}'}}"),
            "c {T=Bearer ${SET}-dummy-token}");
        row("token of a profile with a colon", json("{'command':'c','env':{'T':'${keytender:opencode:openai}'}}"),
            "c {T=${SET}-dummy-token}");
        row("no such login", json("{'command':'c','env':{'T':'${keytender:nobody}'}}"),
            "No login is called like this.");
        row("variable called keytender", json("{'command':'c','args':['${keytender:-x}']}"), "c <x>");

        row("unset", json("{'command':'c','env':{'T':'${GITHUB_TOKEN}'}}"),
            "GITHUB_TOKEN is not set: the github MCP server cannot start");
        row("unset in the arguments", json("{'command':'c','args':['${A}']}"),
            "A is not set: the github MCP server cannot start");
        row("unset in the command", json("{'command':'${A}/c'}"), "A is not set: the github MCP server cannot start");
        row("empty command", json("{'command':'${EMPTY}'}"),
            "The command of the github MCP server is empty. Set what it is made of.");
        row("token in an argument", json("{'command':'c','args':['--token=${keytender:github}']}"),
            "line 1, mcpServers.github.args[0] wants a token where every program on this machine could read it; "
            "declare it in env");
        row("token in the command", json("{'command':'${keytender:github}'}"),
            "line 1, mcpServers.github.command wants a token where every program on this machine could read it; "
            "declare it in env");
        row("nested", json("{'command':'c','env':{'T':'${A:-${SET}}'}}"),
            "line 1, mcpServers.github.env.T holds a ${...} within a ${...}, which no client replaces; say it with one "
            "variable");
        row("nested token", json("{'command':'c','env':{'T':'${A:-${keytender:github}}'}}"),
            "line 1, mcpServers.github.env.T holds a ${...} within a ${...}, which no client replaces; say it with one "
            "variable");
        row("not closed", json("{'command':'c','args':['${SET']}"),
            "line 1, mcpServers.github.args[0] holds a ${ without its }");
        row("no name", json("{'command':'c','args':['${}']}"),
            "line 1, mcpServers.github.args[0] holds a ${...} that names no variable and no profile");
        row("odd name", json("{'command':'c','args':['${A B}']}"),
            "line 1, mcpServers.github.args[0] holds a ${...} that names no variable and no profile");
        row("no profile", json("{'command':'c','env':{'T':'${keytender:}'}}"),
            "line 1, mcpServers.github.env.T holds a ${...} that names no variable and no profile");
        row("profile with a line feed", json("{'command':'c','env':{'T':'${keytender:a\\nb}'}}"),
            "line 1, mcpServers.github.env.T holds a ${...} that names no variable and no profile");
        row("other scheme", json("{'command':'c','env':{'T':'${env:SET}'}}"),
            "line 1, mcpServers.github.env.T holds a ${...} that names no variable and no profile");
        row("NUL", json("{'command':'c','args':['a\\u0000b']}"), "line 1, mcpServers.github.args[0] holds a NUL");
        row("argument a number", json("{'command':'c','args':[1]}"), "line 1, mcpServers.github.args[0] is no string");
        row("arguments a string", json("{'command':'c','args':'x'}"), "line 1, mcpServers.github.args is no list");
        row("env a list", json("{'command':'c','env':[]}"), "line 1, mcpServers.github.env is no object");
        row("value a number", json("{'command':'c','env':{'A':1}}"), "line 1, mcpServers.github.env.A is no string");
        row("name with an equals sign", json("{'command':'c','env':{'A=B':'x'}}"),
            "line 1, mcpServers.github.env declares a name that no variable has");
        row("empty name", json("{'command':'c','env':{'':'x'}}"),
            "line 1, mcpServers.github.env declares a name that no variable has");
        row("elsewhere", json("{'type':'http','url':'https://mcp.example'}"),
            "line 1, mcpServers.github is a server elsewhere: there is nothing to start");
        row("elsewhere, without a type", json("{'url':'https://mcp.example'}"),
            "line 1, mcpServers.github is a server elsewhere: there is nothing to start");
        row("no command", json("{}"), "line 1, mcpServers.github has no command");
        row("command a list", json("{'command':[]}"), "line 1, mcpServers.github.command is no string");
        row("no object", json("'c'"), "line 1, mcpServers.github is no object");
        row("leads back", json("{'command':'/usr/bin/keytenderctl','args':['run','--mcp','github']}"),
            "line 1, mcpServers.github starts keytenderctl run --mcp once more; name the file with the server itself "
            "by --config");
    }

    void entry_isStarted()
    {
        QFETCH(QByteArray, entry);
        QFETCH(QByteArray, result);
        QCOMPARE(started(entry), result);
    }

    void faultBeforeTheToken_asksNobody()
    {
        int asked = 0;
        QVERIFY(started(json("{'command':'c','env':{'T':'${keytender:github}','U':'${A}'}}"), &asked)
                    .contains("A is not set"));
        QCOMPARE(asked, 0);
    }

    void configuration_mustHaveTheServer_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("fault");
        QTest::newRow("none") << QByteArray("{\"mcpServers\":{}}")
                              << QByteArray("line 1, mcpServers has no server of this name");
        QTest::newRow("no list of them") << QByteArray("{}")
                                         << QByteArray("line 1, mcpServers is missing or no object");
        QTest::newRow("a list") << QByteArray("[]") << QByteArray("line 1, the file is no object");
    }

    void configuration_mustHaveTheServer()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, fault);
        const auto tree = cli::JsonTree::parse(text.toStdString());
        QCOMPARE(QByteArray::fromStdString(cli::mcpServerIn(*tree.value, "github").fault), fault);
    }

    void leastEnvironment_holdsNoKeys_data()
    {
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<bool>("isKept");
        for (const char *kept : {"HOME=/home/u", "PATH=/bin", "LANG=C", "LC_ALL=C", "TZ=UTC", "USER=u", "LOGNAME=u",
                                 "SHELL=/bin/sh", "TERM=xterm", "TMPDIR=/tmp", "XDG_RUNTIME_DIR=/run/user/1",
                                 "NODE_EXTRA_CA_CERTS=/ca.pem", "https_proxy=http://proxy.example:3128", "NO_PROXY=*"})
            QTest::newRow(kept) << QByteArray(kept) << true;
        for (const char *gone : {"ANTHROPIC_API_KEY=dummy", "OPENAI_API_KEY=dummy", "CLAUDE_CODE_OAUTH_TOKEN=dummy",
                                 "GITHUB_TOKEN=dummy", "AWS_SECRET_ACCESS_KEY=dummy", "LD_PRELOAD=/x.so",
                                 "NODE_OPTIONS=-r x", "SSH_AUTH_SOCK=/x", "DBUS_SESSION_BUS_ADDRESS=unix:", "HOMEX=1",
                                 "XPATH=1", "HTTPS_PROXY=http://u:p@proxy.example", "no equals sign"})
            QTest::newRow(gone) << QByteArray(gone) << false;
    }

    void leastEnvironment_holdsNoKeys()
    {
        QFETCH(QByteArray, variable);
        QFETCH(bool, isKept);
        const char *const environment[] = {variable.constData(), nullptr};
        QCOMPARE(cli::leastEnvironment(environment).size() == 1, isKept);
    }

    void declared_replacesWhatIsThere()
    {
        const auto tree =
            cli::JsonTree::parse(json("{'mcpServers':{'a':{'command':'c','env':{'PATH':'/opt/bin'}}}}").toStdString());
        const auto server = cli::mcpServerIn(*tree.value, "a");
        const char *const environment[] = {"PATH=/bin", "HOME=/home/u", nullptr};
        const auto program = cli::programOf(*server.value, values(), cli::leastEnvironment(environment));
        QVERIFY(program);
        QCOMPARE(program->environment.size(), 2UL);
        QCOMPARE(program->environment[0].view(), std::string_view("PATH=/opt/bin"));
        QCOMPARE(program->environment[1].view(), std::string_view("HOME=/home/u"));
    }

    void added_replacesWhatIsThere()
    {
        const char *const environment[] = {"GH_TOKEN=old", "A=b", "GH_TOKEN=older", nullptr};
        std::vector<wire::WipedBytes> added;
        added.emplace_back(std::string_view("GH_TOKEN=dummy"));
        const auto all = cli::environmentWith(environment, std::move(added));
        QCOMPARE(all.size(), 2UL);
        QCOMPARE(all[0].view(), std::string_view("GH_TOKEN=dummy"));
        QCOMPARE(all[1].view(), std::string_view("A=b"));
    }

    void variable_isTheUsualOne_data()
    {
        QTest::addColumn<QByteArray>("profile");
        QTest::addColumn<QByteArray>("provider");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QByteArray>("variable");
        const auto row = [](const char *profile, const char *provider, const char *token, const char *variable) {
            QTest::newRow(profile) << QByteArray(profile) << QByteArray(provider) << QByteArray(token)
                                   << QByteArray(variable);
        };
        row("gh-cli", "", "gho_x", "GH_TOKEN");
        row("gh-cli@work", "github", "gho_x", "GITHUB_TOKEN");
        row("anthropic:ci-key", "", "sk-ant-api03-x", "ANTHROPIC_API_KEY");
        row("claude-cli", "anthropic", "sk-ant-oat01-x", "CLAUDE_CODE_OAUTH_TOKEN");
        row("opencode:openai", "", "x", "OPENAI_API_KEY");
        row("example.com", "", "x", "");
        row("github.evil", "", "x", "");
    }

    void variable_isTheUsualOne()
    {
        QFETCH(QByteArray, profile);
        QFETCH(QByteArray, provider);
        QFETCH(QByteArray, token);
        QFETCH(QByteArray, variable);
        const cli::GivenToken given{.token = {token.constData()},
                                    .kind = {},
                                    .profile = {profile.constData()},
                                    .provider = {provider.constData()},
                                    .user = {},
                                    .expiresAt = {}};
        QCOMPARE(cli::usualVariable(given), std::string_view(variable.constData()));
    }
};

QTEST_APPLESS_MAIN(McpServerTest)
#include "mcpserver.moc"
