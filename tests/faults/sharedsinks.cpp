// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "faults/sharedsinks.h"

#include <QDateTime>
#include <QFileInfo>
#include <QRegularExpression>

#include <fcntl.h>
#include <sys/file.h>

#include "base/filedescriptor.h"

namespace keytender::tests {

using namespace std::chrono_literals;

namespace {

const QString claudeDirectory = QStringLiteral("/.claude");
const QString secondDirectory = QStringLiteral("/.claude-work");
const QString codexDirectory = QStringLiteral("/.codex");
const QString account = QStringLiteral("ws-1");

bool isCodex(const QString &file)
{
    return file.contains(codexDirectory);
}

// The one number in a file, of refresh and access token alike; 0 where they differ or are missing.
int theNumberIn(const QByteArray &text)
{
    static const QRegularExpression pattern(QStringLiteral("\"(?:rt|at)-1-(\\d+)\""));
    QRegularExpressionMatchIterator matches = pattern.globalMatch(QString::fromLatin1(text));
    QList<int> numbers;
    while (matches.hasNext())
        numbers += matches.next().captured(1).toInt();
    return numbers.size() == 2 && numbers[0] == numbers[1] ? numbers[0] : 0;
}

// By the tools' own rules, without our code: a directory goes by rmdir once its time is old enough, a flock went with
// its holder.
QString faultOfLock(const tools::LockSpec &spec)
{
    const QFileInfo there(spec.path);
    if (!there.exists())
        return {};
    if (spec.kind == tools::LockSpec::Kind::Directory) {
        if (!there.isDir() || !QDir(spec.path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
            return QStringLiteral("cannot be removed as an abandoned lock");
        const bool isAhead = there.lastModified() > QDateTime::currentDateTime().addMSecs(10);
        return isAhead ? QStringLiteral("lives longer than its tool allows") : QString();
    }
    const base::FileDescriptor file(open(QFile::encodeName(spec.path).constData(), O_RDWR | O_CLOEXEC));
    return flock(file.number(), LOCK_EX | LOCK_NB) == 0 ? QString() : QStringLiteral("is still held");
}

// Times change with each write; nothing else but the tokens may.
QByteArray withoutTimes(const QByteArray &text)
{
    static const QRegularExpression times(QStringLiteral("\\d{13}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"));
    return QString::fromLatin1(text).replace(times, QStringLiteral("T")).toLatin1();
}

} // namespace

SharedSinks::SharedSinks(QString home) : m_home(std::move(home)), m_tools(tools::allTools())
{
    for (const auto &tool : m_tools) {
        if (tool->facts().id != QStringLiteral("claude-code") && tool->facts().id != QStringLiteral("codex"))
            continue;
        for (const tools::CopyPlace &place : tool->locate(worldOf(tool->facts().id)).places) {
            if (files().contains(place.path))
                m_copies.push_back({.tool = tool.get(), .place = place, .slot = place.slot});
        }
    }
    if (qsizetype(m_copies.size()) != files().size())
        qFatal("the tools do not look where they should");
}

QStringList SharedSinks::files() const
{
    return {m_home + claudeDirectory + QStringLiteral("/.credentials.json"),
            m_home + secondDirectory + QStringLiteral("/.credentials.json"),
            m_home + codexDirectory + QStringLiteral("/auth.json")};
}

tools::ToolWorld SharedSinks::worldOf(const QString &toolId) const
{
    tools::ToolWorld world;
    world.environment.home = m_home;
    world.environment.user = geteuid();
    if (toolId == QStringLiteral("claude-code"))
        world.extraHomes = QStringList{m_home + secondDirectory};
    return world;
}

QByteArray SharedSinks::textOf(const QString &file, int number)
{
    const QByteArray generation = QByteArray::number(number);
    if (isCodex(file))
        return "{\n  \"auth_mode\": \"chatgpt\",\n  \"OPENAI_API_KEY\": null,\n  \"tokens\": {\n    \"id_token\": "
               "\"e30.e30.c2ln\",\n    \"access_token\": \"at-1-"
               + generation + "\",\n    \"refresh_token\": \"rt-1-" + generation
               + "\",\n    \"account_id\": \"ws-1\"\n  },\n  \"last_refresh\": \"2026-11-21T09:00:00.123456789Z\"\n}";
    const QByteArray head = file.contains(secondDirectory) ? "{ \"mcpOAuth\" : { \"a\":[1, 2.50] },\r\n" : "{";
    return head + "\"claudeAiOauth\":{\"accessToken\":\"at-1-" + generation + "\",\"refreshToken\":\"rt-1-" + generation
           + "\",\"expiresAt\":1795356000123,\"scopes\":[\"user:inference\",\"user:profile\"],\"subscriptionType\":"
             "\"max\",\"later\":{\"unknown\":1}}}";
}

void SharedSinks::prepare() const
{
    base::SystemRandom random;
    vault::Record shared = record(QStringLiteral("own"));
    shared.account = {};
    shared.account.organizationId = account;
    shared.credential.tokens.refreshTokenExpiresAt.reset(); // the files say nothing of it
    shared.credential.tokens.accessToken = base::Secret::copyOf("at-1-1");
    shared.credential.tokens.refreshToken = base::Secret::copyOf("rt-1-1");
    auto opened = vault::Vault::open(vault(), masterKey(), vault::Vault::Access::ReadWrite, random);
    if (!opened || !(*opened)->write(shared))
        qFatal("no vault");
    for (const QString &file : files()) {
        QDir().mkpath(QFileInfo(file).path());
        put(file, textOf(file, 1));
    }
}

refresh::RefreshRequest SharedSinks::request(RefreshDisk &disk, const base::Clock &clock) const
{
    refresh::RefreshRequest request = disk.request();
    const base::FingerprintKey &key = disk.vault->fingerprintKey();
    const base::Fingerprint first = key.of(base::Secret::copyOf("rt-1-1"));
    request.copies = std::make_shared<refresh::ToolCopies>(
        m_copies,
        refresh::ToolCopiesWorld{.clock = clock,
                                 .random = m_random,
                                 .keychain = m_keychain,
                                 .fingerprintKey = key,
                                 .toolWorld = [this](const QString &toolId) { return worldOf(toolId); },
                                 .isAncestor = [first](const base::Fingerprint &token) { return token == first; }});
    return request;
}

QString SharedSinks::recover(RefreshDisk &disk, oauth::TokenTransport &server) const
{
    const LaterClock later(61s);
    refresh::RollForward roll(disk.world(server), [&](const vault::JournalEntry &) { return request(disk, later); });
    QString problem;
    QObject::connect(&roll, &refresh::RollForward::problemFound, &roll,
                     [&](const base::Error &error) { problem = base::describe(error); });
    bool isOver = false;
    QObject::connect(&roll, &refresh::RollForward::finished, &roll, [&] { isOver = true; });
    roll.start();
    if (!QTest::qWaitFor([&] { return isOver; }, 20'000))
        return QStringLiteral("the journal is not rolled forward");
    if (!problem.isEmpty())
        return problem;
    return disk.journal->readOpen().open.empty() ? QString() : QStringLiteral("something is left open in the journal");
}

int SharedSinks::numberIn(const QString &file) const
{
    const QByteArray text = bytesOf(file);
    const int number = theNumberIn(text);
    return withoutTimes(text) == withoutTimes(textOf(file, number)) ? number : 0;
}

QString SharedSinks::faultOfFiles(int number) const
{
    for (const QString &file : files()) {
        if (numberIn(file) != number)
            return file + QStringLiteral(" is not as it should be: ") + QString::fromLatin1(bytesOf(file).right(260));
        if ((QFileInfo(file).permissions() & 0x00ff) != 0)
            return file + QStringLiteral(" can be read by others");
    }
    return {};
}

QString SharedSinks::faultOfLocks() const
{
    for (const refresh::OwnedCopy &copy : m_copies) {
        const auto plan = copy.tool->writer()->lockPlan(copy.place, copy.slot, worldOf(copy.tool->facts().id));
        if (!plan)
            return base::describe(plan.error());
        for (const tools::LockSpec &spec : plan->locks) {
            if (const QString fault = faultOfLock(spec); !fault.isEmpty())
                return spec.path + QStringLiteral(": ") + fault;
        }
    }
    return {};
}

QStringList SharedSinks::leftovers() const
{
    QStringList found;
    for (const QString &file : files()) {
        const QString name = QFileInfo(file).fileName();
        for (const QFileInfo &entry :
             QDir(QFileInfo(file).path()).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
            if (entry.fileName() != name && !entry.fileName().endsWith(QStringLiteral(".lock")))
                found += entry.fileName();
        }
    }
    return found;
}

} // namespace keytender::tests
