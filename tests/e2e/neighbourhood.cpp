// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "neighbourhood.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include "fakes/plainhttp.h"

namespace keytender::e2e {

namespace {

constexpr int patience = 20'000; // ms

QString peerProgram(const QString &name)
{
    return QStringLiteral(KEYTENDER_PEERS "/") + name;
}

void put(const QString &path, const QJsonObject &value, QFile::Permissions permissions)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path + QStringLiteral(".new"));
    const QByteArray bytes = QJsonDocument(value).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.setPermissions(permissions))
        qFatal("cannot write %s", qPrintable(path));
    file.close();
    if (rename(QFile::encodeName(file.fileName()).constData(), QFile::encodeName(path).constData()) != 0)
        qFatal("cannot rename %s", qPrintable(path));
}

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

qint64 endOf(const QJsonObject &answer)
{
    return QDateTime::currentMSecsSinceEpoch() + answer[QStringLiteral("expires_in")].toInt() * 1000LL;
}

QJsonObject claudeRecord(const QJsonObject &answer)
{
    const QJsonObject login{
        {QStringLiteral("accessToken"), answer[QStringLiteral("access_token")]},
        {QStringLiteral("refreshToken"), answer[QStringLiteral("refresh_token")]},
        {QStringLiteral("expiresAt"), endOf(answer)},
        {QStringLiteral("refreshTokenExpiresAt"), QDateTime::currentMSecsSinceEpoch() + 20 * 86'400'000LL},
        {QStringLiteral("scopes"), QJsonArray{QStringLiteral("user:inference"), QStringLiteral("user:profile")}},
        {QStringLiteral("subscriptionType"), QStringLiteral("max")},
        {QStringLiteral("rateLimitTier"), QStringLiteral("default_claude_max_20x")}};
    return {{QStringLiteral("claudeAiOauth"), login}};
}

QJsonObject codexRecord(const QJsonObject &answer, int family)
{
    const QJsonObject tokens{{QStringLiteral("id_token"), answer[QStringLiteral("id_token")]},
                             {QStringLiteral("access_token"), answer[QStringLiteral("access_token")]},
                             {QStringLiteral("refresh_token"), answer[QStringLiteral("refresh_token")]},
                             {QStringLiteral("account_id"), QStringLiteral("acc-%1").arg(family)}};
    return {{QStringLiteral("auth_mode"), QStringLiteral("chatgpt")},
            {QStringLiteral("OPENAI_API_KEY"), QJsonValue::Null},
            {QStringLiteral("tokens"), tokens},
            {QStringLiteral("last_refresh"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)}};
}

QJsonObject qwenRecord(const QJsonObject &answer)
{
    return {{QStringLiteral("access_token"), answer[QStringLiteral("access_token")]},
            {QStringLiteral("token_type"), QStringLiteral("Bearer")},
            {QStringLiteral("refresh_token"), answer[QStringLiteral("refresh_token")]},
            {QStringLiteral("resource_url"), QStringLiteral("portal.qwen.ai")},
            {QStringLiteral("expiry_date"), endOf(answer)}};
}

QJsonObject kimiRecord(const QJsonObject &answer)
{
    return {{QStringLiteral("access_token"), answer[QStringLiteral("access_token")]},
            {QStringLiteral("refresh_token"), answer[QStringLiteral("refresh_token")]},
            {QStringLiteral("expires_at"), endOf(answer) / 1000},
            {QStringLiteral("scope"), QStringLiteral("kimi-code")},
            {QStringLiteral("token_type"), QStringLiteral("Bearer")},
            {QStringLiteral("expires_in"), answer[QStringLiteral("expires_in")]}};
}

// Generation B, with one login.
QJsonObject openClawRecord(const QJsonObject &answer)
{
    const QJsonObject login{{QStringLiteral("type"), QStringLiteral("oauth")},
                            {QStringLiteral("provider"), QStringLiteral("anthropic")},
                            {QStringLiteral("access"), answer[QStringLiteral("access_token")]},
                            {QStringLiteral("refresh"), answer[QStringLiteral("refresh_token")]},
                            {QStringLiteral("expires"), endOf(answer) - 300'000}};
    return {{QStringLiteral("version"), 1},
            {QStringLiteral("profiles"), QJsonObject{{QStringLiteral("anthropic:default"), login}}}};
}

QString pathInHome(const QString &tool)
{
    if (tool == QStringLiteral("codex"))
        return QStringLiteral(".codex/auth.json");
    if (tool == QStringLiteral("qwen-code"))
        return QStringLiteral(".qwen/oauth_creds.json");
    if (tool == QStringLiteral("kimi-code"))
        return QStringLiteral(".kimi-code/credentials/kimi-code.json");
    if (tool == QStringLiteral("openclaw"))
        return QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json");
    return QStringLiteral(".claude/.credentials.json");
}

// A built-in provider, led to the token server, with the short lives of its tokens.
QJsonObject providerFile(const QString &id, const QJsonObject &changes)
{
    QJsonObject provider = readJson(QStringLiteral(KEYTENDER_PROVIDERS "/%1.json").arg(id));
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (change.value().isNull())
            provider.remove(change.key());
        else
            provider[change.key()] = QJsonObject{{QStringLiteral("value"), change.value()},
                                                 {QStringLiteral("evidence"), QStringLiteral("measured")}};
    }
    return provider;
}

} // namespace

TokenServer::TokenServer(const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(peerProgram(QStringLiteral("tokenserver")), arguments);
    while (!m_process.canReadLine() && m_process.waitForReadyRead(patience)) {
    }
    m_port = m_process.readLine().trimmed().toInt();
}

TokenServer::~TokenServer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(patience))
        m_process.kill();
}

QString TokenServer::endpoint(const QString &kind) const
{
    return QStringLiteral("http://127.0.0.1:%1/%2/token").arg(m_port).arg(kind);
}

QJsonObject TokenServer::issue(const QString &kind, int age, int &family)
{
    const QString url = QStringLiteral("http://127.0.0.1:%1/%2/issue?age=%3").arg(m_port).arg(kind).arg(age);
    family = m_families++;
    return fakes::PlainHttp().post(QUrl(url), {}).json();
}

QJsonObject TokenServer::counts()
{
    return fakes::PlainHttp().get(QUrl(QStringLiteral("http://127.0.0.1:%1/counts").arg(m_port))).json();
}

QString ToolHome::toolDirectory() const
{
    return directory + u'/' + pathInHome(tool).section(u'/', 0, 0);
}

QString ToolHome::file() const
{
    return directory + u'/' + pathInHome(tool);
}

void ToolHome::signIn(TokenServer &server)
{
    int family = 0;
    const QJsonObject answer = server.issue(kind, age, family);
    families.push_back(family);
    // By it Keytender tells whose locks it has to take.
    if (tool == QStringLiteral("openclaw"))
        put(toolDirectory() + QStringLiteral("/openclaw.json"),
            {{QStringLiteral("meta"), QJsonObject{{QStringLiteral("lastTouchedVersion"), version}}}},
            QFile::ReadOwner | QFile::WriteOwner);
    const QJsonObject record = tool == QStringLiteral("codex")       ? codexRecord(answer, family)
                               : tool == QStringLiteral("qwen-code") ? qwenRecord(answer)
                               : tool == QStringLiteral("kimi-code") ? kimiRecord(answer)
                               : tool == QStringLiteral("openclaw")  ? openClawRecord(answer)
                                                                     : claudeRecord(answer);
    put(file(), record, QFile::ReadOwner | QFile::WriteOwner);
}

QByteArray ToolHome::refreshToken() const
{
    const QJsonObject record = readJson(file());
    const QJsonValue token =
        tool == QStringLiteral("codex") ? record[QStringLiteral("tokens")][QStringLiteral("refresh_token")]
        : tool == QStringLiteral("qwen-code") || tool == QStringLiteral("kimi-code")
            ? record[QStringLiteral("refresh_token")]
        : tool == QStringLiteral("openclaw")
            ? record[QStringLiteral("profiles")][QStringLiteral("anthropic:default")][QStringLiteral("refresh")]
            : record[QStringLiteral("claudeAiOauth")][QStringLiteral("refreshToken")];
    return token.toString().toLatin1();
}

PeerRound::PeerRound(std::vector<ToolHome> &homes, const TokenServer &server, Heard heard)
    : m_homes(homes), m_server(server), m_heard(std::move(heard))
{
}

PeerRound::~PeerRound()
{
    end();
}

void PeerRound::begin(int atOnce)
{
    while (int(m_running.size()) < atOnce)
        startNext();
}

void PeerRound::end()
{
    m_isEnding = true;
    while (!m_running.empty()) {
        QProcess *process = m_running.front().process.get();
        if (process->state() != QProcess::NotRunning && !process->waitForFinished(patience)) {
            qWarning("a peer does not end");
            process->kill();
        }
        take(process);
    }
}

void PeerRound::startNext()
{
    const auto isBusy = [this](std::size_t home) {
        return std::ranges::any_of(m_running, [home](const Running &each) { return each.home == home; });
    };
    do
        m_next = (m_next + 1) % m_homes.size();
    while (isBusy(m_next));
    const ToolHome &home = m_homes[m_next];
    Running running{.process = std::unique_ptr<QProcess, QScopedPointerDeleteLater>(new QProcess), .home = m_next};
    QProcess *process = running.process.get();
    m_running.push_back(std::move(running));
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QObject::connect(process, &QProcess::finished, process, [this, process] {
        take(process);
        if (!m_isEnding)
            startNext();
    });
    process->start(peerProgram(home.peer),
                   {QStringLiteral("--home"), home.directory, QStringLiteral("--token-endpoint"),
                    m_server.endpoint(home.kind), QStringLiteral("--version"), home.version, QStringLiteral("--window"),
                    QString::number(home.window), QStringLiteral("once")});
}

// Hears what it said; at most once.
void PeerRound::take(QProcess *process)
{
    const auto found =
        std::ranges::find_if(m_running, [process](const Running &each) { return each.process.get() == process; });
    if (found == m_running.end())
        return;
    const Running running = std::move(*found);
    m_running.erase(found);
    const QList<QByteArray> lines = process->readAllStandardOutput().split('\n');
    for (const QByteArray &line : lines) {
        if (!line.isEmpty())
            m_heard(m_homes[running.home], QJsonDocument::fromJson(line).object());
    }
}

Tender::Tender(QString home, QString name, const std::vector<ToolHome> &homes, const TokenServer &server)
    : m_home(std::move(home)), m_name(std::move(name)), m_homes(homes)
{
    const QString providers = m_home + QStringLiteral("/.config/keytender/providers/");
    const auto lead = [&](const QString &id, const QString &kind, QJsonObject changes) {
        changes.insert(QStringLiteral("tokenEndpoint"), server.endpoint(kind));
        changes.insert(QStringLiteral("userAgent"), m_name);
        put(providers + id + QStringLiteral(".json"), providerFile(id, changes), QFile::ReadOwner | QFile::WriteOwner);
    };
    const QString lifetime = QStringLiteral("accessTokenLifetime");
    const QString window = QStringLiteral("ownerWindow");
    // Into the window of the tools that have a lock, to meet them as often as possible; ahead of the one without.
    lead(QStringLiteral("anthropic"), QStringLiteral("anthropic"),
         {{lifetime, 8}, {window, QJsonValue::Null}, {QStringLiteral("profileEndpoint"), QJsonValue::Null}});
    lead(QStringLiteral("openai"), QStringLiteral("openai"), {{lifetime, 60}, {window, 5}});
    lead(QStringLiteral("qwen"), QStringLiteral("qwen"), {{lifetime, 8}, {window, QJsonValue::Null}});
    lead(QStringLiteral("kimi"), QStringLiteral("kimi"), {{lifetime, 8}, {window, QJsonValue::Null}});
    write({});
}

Tender::~Tender()
{
    (void)end();
}

QString Tender::keepFresh()
{
    const QJsonArray profiles = QJsonDocument::fromJson(status())[QStringLiteral("profiles")].toArray();
    QJsonObject care;
    QStringList missing;
    for (const ToolHome &home : m_homes) {
        const auto found = std::ranges::find_if(profiles, [&](const QJsonValue &profile) {
            return profile[QStringLiteral("copies")][0][QStringLiteral("path")].toString() == home.file();
        });
        if (found == profiles.end())
            missing.append(home.file());
        else if (home.isKept)
            care.insert((*found)[QStringLiteral("id")].toString(), QStringLiteral("shared"));
    }
    write(care);
    return missing.isEmpty() ? QString() : QStringLiteral("not seen: ") + missing.join(QStringLiteral(", "));
}

void Tender::write(const QJsonObject &care)
{
    QJsonObject homes;
    for (const ToolHome &home : m_homes) {
        QJsonArray directories = homes[home.tool].toArray();
        directories.append(home.toolDirectory());
        homes[home.tool] = directories;
    }
    QJsonObject configuration{{QStringLiteral("version"), 1}, {QStringLiteral("homes"), homes}};
    if (!care.isEmpty())
        configuration[QStringLiteral("care")] = care;
    put(m_home + QStringLiteral("/.config/keytender/config.json"), configuration, QFile::ReadOwner | QFile::WriteOwner);
}

void Tender::configure(QProcess &process) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), m_home);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home + QStringLiteral("/runtime"));
    process.setProcessEnvironment(environment);
    process.setProgram(QStringLiteral(KEYTENDER_BIN "/keytenderd"));
    process.setStandardErrorFile(m_home + QStringLiteral("/keytenderd.log"), QIODevice::Append);
}

void Tender::start()
{
    configure(m_process);
    m_process.setArguments({QStringLiteral("--json"), QStringLiteral("--allow-loopback-http")});
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start();
    m_process.waitForStarted();
}

QString Tender::end()
{
    if (m_process.state() == QProcess::NotRunning)
        return {};
    m_process.terminate();
    if (m_process.waitForFinished(patience))
        return m_process.exitStatus() == QProcess::NormalExit ? QString() : m_name + QStringLiteral(" crashed");
    kill();
    return m_name + QStringLiteral(" does not end");
}

void Tender::kill()
{
    m_process.kill();
    m_process.waitForFinished(patience);
}

QByteArray Tender::status()
{
    QProcess process;
    configure(process);
    process.setArguments({QStringLiteral("--once"), QStringLiteral("--json"), QStringLiteral("--allow-loopback-http")});
    process.start();
    process.waitForFinished(patience);
    return process.readAllStandardOutput();
}

} // namespace keytender::e2e
