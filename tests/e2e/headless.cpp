// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// The headless programs as a user runs them, in a private session with its own home, bus and keychain.

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

#include <unistd.h>

#include "fakes/privatekeyring.h"
#include "program.h"

using namespace keytender;
using e2e::idsIn;
using e2e::profileIn;
using e2e::run;
using e2e::Running;

namespace {

QString home()
{
    return QDir::homePath();
}

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(KEYTENDER_FIXTURES "/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// As the tools do it: a new file, moved into place.
void put(const QString &relative, const QByteArray &bytes)
{
    const QString path = home() + u'/' + relative;
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path + QStringLiteral(".new"));
    if (!file.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    file.close();
    rename(qPrintable(path + QStringLiteral(".new")), qPrintable(path));
}

QByteArray claudeRecord(const QByteArray &tag, qint64 hoursLeft)
{
    const qint64 expiresAt = QDateTime::currentMSecsSinceEpoch() + hoursLeft * 3'600'000;
    return R"({"claudeAiOauth":{"accessToken":"sk-ant-oat01-)" + tag + R"(","refreshToken":"sk-ant-ort01-)" + tag
           + R"(","expiresAt":)" + QByteArray::number(expiresAt) + R"(,"refreshTokenExpiresAt":)"
           + QByteArray::number(expiresAt + 20 * 86'400'000LL)
           + R"(,"scopes":["user:inference","user:profile"],"subscriptionType":"max"}})";
}

void putEveryTool()
{
    put(QStringLiteral(".claude/.credentials.json"), claudeRecord("CANARYCLAUDE", 8));
    put(QStringLiteral(".codex/auth.json"), fixture(QStringLiteral("codex/auth.json")));
    put(QStringLiteral(".local/share/opencode/auth.json"), fixture(QStringLiteral("opencode/auth.json")));
    put(QStringLiteral(".gemini/oauth_creds.json"), fixture(QStringLiteral("gemini-cli/oauth_creds.json")));
    put(QStringLiteral(".qwen/oauth_creds.json"), fixture(QStringLiteral("qwen-code/oauth_creds.json")));
    put(QStringLiteral(".kimi-code/credentials/kimi-code.json"), fixture(QStringLiteral("kimi/kimi-code.json")));
    put(QStringLiteral(".mmx/config.json"), fixture(QStringLiteral("minimax/config.json")));
    put(QStringLiteral(".config/gh/hosts.yml"), fixture(QStringLiteral("gh/two-hosts-in-file.yml")));
    put(QStringLiteral(".config/gcloud/application_default_credentials.json"),
        fixture(QStringLiteral("google-adc/authorized-user.json")));
    put(QStringLiteral(".aws/sso/cache/3ece1471f44f63177cbc35ba0b904e0c096b6783.json"),
        fixture(QStringLiteral("aws-sso/token.json")));
}

// Every file of the home but our own, with its bytes, mode, inode and time.
QMap<QString, QString> toolsFiles()
{
    QMap<QString, QString> files;
    QDirIterator every(home(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (every.hasNext()) {
        const QFileInfo info(every.next());
        if (info.filePath().contains(QStringLiteral("/keytender/"))
            || info.filePath().contains(QStringLiteral("keyring")))
            continue;
        QFile file(info.filePath());
        const QByteArray bytes = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
        files[info.filePath()] =
            QStringLiteral("%1 %2 %3")
                .arg(QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()),
                     info.lastModified().toString(Qt::ISODateWithMs), QString::number(info.permissions()));
    }
    return files;
}

bool ourFilesContain(const QByteArray &needle)
{
    QDirIterator every(home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (every.hasNext()) {
        QFile file(every.next());
        if (file.fileName().contains(QStringLiteral("/keytender/")) && file.open(QIODevice::ReadOnly)
            && file.readAll().contains(needle))
            return true;
    }
    return false;
}

QString vaultDirectory()
{
    return home() + QStringLiteral("/.local/share/keytender/vault");
}

} // namespace

class HeadlessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_keyring.erase(); }

    void anEmptyHome_hasNoLogins_andSaysWhereItLooked();
    void everyTool_isListedById();
    void lookingAtThem_changesNoToolsFile();
    void keychainUnlocked_holdsTheKey();
    void keychainLocked_showsTheLoginsAndSaysSo();
    void keychainAbsent_keepsTheKeyInAPrivateFile();
    void following_showsARenewedToken();
    void aLoginThatIsGone_isRememberedAfterARestart();
    void aFurtherHome_isSignedInToByItsOwnCommand();
    void aSecondOne_onlyLooks();
    void control_printsTheContract();
    void noSecret_leavesTheProgram();

private:
    fakes::PrivateKeyring m_keyring;
};

void HeadlessTest::init()
{
    const QStringList entries = QDir(home()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        const QString path = home() + u'/' + entry;
        if (QFileInfo(path).isDir())
            QDir(path).removeRecursively();
        else
            QFile::remove(path);
    }
}

void HeadlessTest::anEmptyHome_hasNoLogins_andSaysWhereItLooked()
{
    const auto json = run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")});
    QCOMPARE(json.exitCode, 0);
    QCOMPARE(json.output, QByteArray("{\"profiles\":[],\"version\":1}\n"));
    const auto table = run(QStringLiteral("keytenderd"), {QStringLiteral("--once")});
    QVERIFY2(table.output.contains("~/.claude/.credentials.json"), table.output.constData());
    QVERIFY2(table.output.contains("~/.codex"), table.output.constData());
}

void HeadlessTest::everyTool_isListedById()
{
    putEveryTool();
    const auto said = run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")});
    QCOMPARE(said.exitCode, 0);
    const QStringList ids = idsIn(said.output);
    for (const char *id : {"claude-cli", "codex-cli", "gemini-cli", "gh-cli", "google-adc", "kimi-code", "minimax-cli",
                           "opencode:openai", "qwen-cli"})
        QVERIFY2(ids.contains(QString::fromLatin1(id)), qPrintable(ids.join(u' ')));
    const QJsonObject claude = profileIn(said.output, QStringLiteral("claude-cli"));
    QCOMPARE(claude[QStringLiteral("health")].toString(), QStringLiteral("fresh"));
    QCOMPARE(claude[QStringLiteral("care")].toString(), QStringLiteral("watched"));
    QCOMPARE(claude[QStringLiteral("account")][QStringLiteral("plan")].toString(), QStringLiteral("max"));
    const QJsonObject copy = claude[QStringLiteral("copies")].toArray().at(0).toObject();
    QCOMPARE(copy[QStringLiteral("path")].toString(), home() + QStringLiteral("/.claude/.credentials.json"));
}

void HeadlessTest::lookingAtThem_changesNoToolsFile()
{
    putEveryTool();
    const auto before = toolsFiles();
    QVERIFY(before.size() >= 10);
    QCOMPARE(run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")}).exitCode, 0);
    QCOMPARE(toolsFiles(), before);
}

void HeadlessTest::keychainUnlocked_holdsTheKey()
{
    m_keyring.start();
    putEveryTool();
    QCOMPARE(run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")}).exitCode, 0);
    QVERIFY(QFileInfo::exists(vaultDirectory()));
    QVERIFY(!QFileInfo::exists(vaultDirectory() + QStringLiteral("/master.key")));
    QVERIFY(!QDir(vaultDirectory()).entryList(QDir::Files).isEmpty());
}

void HeadlessTest::keychainLocked_showsTheLoginsAndSaysSo()
{
    m_keyring.start();
    m_keyring.lock();
    putEveryTool();
    const auto said = run(QStringLiteral("keytenderd"), {QStringLiteral("--once")});
    QCOMPARE(said.exitCode, 0);
    QVERIFY2(said.output.contains("Claude Code"), said.output.constData());
    QVERIFY2(said.output.contains("locked"), said.output.constData());
    QVERIFY(!QFileInfo::exists(vaultDirectory() + QStringLiteral("/master.key")));
}

void HeadlessTest::keychainAbsent_keepsTheKeyInAPrivateFile()
{
    putEveryTool();
    QCOMPARE(run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")}).exitCode, 0);
    const QFileInfo key(vaultDirectory() + QStringLiteral("/master.key"));
    QVERIFY(key.exists());
    QCOMPARE(key.permissions() & 0x00ff, QFile::Permissions(0));
}

void HeadlessTest::following_showsARenewedToken()
{
    put(QStringLiteral(".claude/.credentials.json"), claudeRecord("FIRST", 1));
    Running service(QStringLiteral("keytenderd"), {QStringLiteral("--json")});
    const QByteArray first = service.nextLine();
    const QJsonObject before = profileIn(first, QStringLiteral("claude-cli"));
    QVERIFY2(!before.isEmpty(), first.constData());
    put(QStringLiteral(".claude/.credentials.json"), claudeRecord("SECOND", 8));
    QByteArray line;
    QJsonObject after = before;
    while (after[QStringLiteral("expiresAt")] == before[QStringLiteral("expiresAt")]) {
        line = service.nextLine();
        QVERIFY2(!line.isEmpty(), "the renewed token was not seen");
        after = profileIn(line, QStringLiteral("claude-cli"));
    }
    QVERIFY(after[QStringLiteral("expiresAt")].toString() > before[QStringLiteral("expiresAt")].toString());
}

void HeadlessTest::aLoginThatIsGone_isRememberedAfterARestart()
{
    put(QStringLiteral(".claude/.credentials.json"), claudeRecord("ONE", 8));
    QCOMPARE(run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")}).exitCode, 0);
    QVERIFY(QFile::remove(home() + QStringLiteral("/.claude/.credentials.json")));
    const auto said = run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")});
    const QJsonObject claude = profileIn(said.output, QStringLiteral("claude-cli"));
    QCOMPARE(claude[QStringLiteral("health")].toString(), QStringLiteral("needsSignIn"));
    const QJsonObject copy = claude[QStringLiteral("copies")].toArray().at(0).toObject();
    QCOMPARE(copy[QStringLiteral("state")].toString(), QStringLiteral("absent"));
}

void HeadlessTest::aFurtherHome_isSignedInToByItsOwnCommand()
{
    put(QStringLiteral(".config/keytender/config.json"),
        R"({"version": 1, "homes": {"claude-code": ["~/.claude-work"]}})");
    put(QStringLiteral(".claude-work/.credentials.json"),
        R"({"claudeAiOauth":{"accessToken":"","refreshToken":"","expiresAt":0}})");
    const auto said = run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")});
    const QJsonObject work = profileIn(said.output, QStringLiteral("claude-cli@claude-work"));
    QCOMPARE(work[QStringLiteral("health")].toString(), QStringLiteral("needsSignIn"));
    const QString reason = work[QStringLiteral("reason")].toString();
    const QString command = QStringLiteral("CLAUDE_CONFIG_DIR=~/.claude-work claude auth login");
    QVERIFY2(reason.contains(command), qPrintable(reason));
}

void HeadlessTest::aSecondOne_onlyLooks()
{
    putEveryTool();
    Running service(QStringLiteral("keytenderd"), {QStringLiteral("--json")});
    const QByteArray first = service.nextLine();
    QVERIFY(!first.isEmpty());
    const auto second = run(QStringLiteral("keytenderd"), {QStringLiteral("--once"), QStringLiteral("--json")});
    QCOMPARE(second.exitCode, 0);
    QCOMPARE(idsIn(second.output), idsIn(first));
}

void HeadlessTest::control_printsTheContract()
{
    putEveryTool();
    const auto json = run(QStringLiteral("keytenderctl"), {QStringLiteral("status"), QStringLiteral("--json")});
    QCOMPARE(json.exitCode, 2); // some of them end soon
    QVERIFY(idsIn(json.output).contains(QStringLiteral("claude-cli")));
    const auto table = run(QStringLiteral("keytenderctl"), {QStringLiteral("status")});
    QVERIFY2(table.output.contains("Claude Code"), table.output.constData());
    QCOMPARE(run(QStringLiteral("keytenderctl"), {QStringLiteral("stauts")}).exitCode, 64);
}

void HeadlessTest::noSecret_leavesTheProgram()
{
    qputenv("QT_LOGGING_RULES", "*=true");
    putEveryTool();
    for (const QStringList &arguments :
         {QStringList{QStringLiteral("--once")}, QStringList{QStringLiteral("--once"), QStringLiteral("--json")}}) {
        const auto said = run(QStringLiteral("keytenderd"), arguments);
        QVERIFY(!said.output.contains("CANARY"));
        QVERIFY(!said.errors.contains("CANARY"));
    }
    qunsetenv("QT_LOGGING_RULES");
    QVERIFY(!ourFilesContain("CANARY"));
    QVERIFY2(!ourFilesContain("sk-ant"), "a token in plain text");
}

int main(int argc, char *argv[])
{
    fakes::enterPrivateSession(argv);
    QCoreApplication application(argc, argv);
    HeadlessTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "headless.moc"
