// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "canarydesk.h"

#include <csignal>

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDir>
#include <QFile>
#include <QTest>
#include <QUrlQuery>

#include <sys/resource.h>

#include "fakes/plainhttp.h"
#include "ui/traytypes.h"

namespace keytender::e2e {

namespace {

constexpr int patience = 20'000; // ms

void put(const QString &path, const QByteArray &bytes, QFile::Permissions more = {})
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | more))
        qFatal("cannot write %s", qPrintable(path));
}

// With one way to sign in, so that the window asks for none.
QByteArray providerWith(const CanaryServer &server, const QString &way)
{
    const auto at = [&server](const char *path) {
        return "{\"value\":\"" + server.url(QLatin1String(path)).toEncoded() + R"(","evidence":"measured"})";
    };
    return R"({"version":1,"id":"canary-)" + way.toLatin1() + R"(","name":"Canary )" + way.toLatin1()
           + R"(","authorizationEndpoint":)" + at("/authorize") + R"(,"tokenEndpoint":)" + at("/token")
           + R"(,"deviceAuthorizationEndpoint":)" + at("/device") + R"(,"revocationEndpoint":)" + at("/revoke")
           + R"(,"profileEndpoint":)" + at("/me") + R"(,"clientId":{"value":"bird","evidence":"measured"},)"
           + R"("redirectUris":{"value":["http://127.0.0.1/callback"],"evidence":"measured"},)"
           + R"("exchangeSendsState":{"value":true,"evidence":"measured"},)"
           + R"("refreshTokenRotates":{"value":true,"evidence":"measured"},)" + R"("signInWays":{"value":[")"
           + way.toLatin1() + R"("],"evidence":"measured"},"identity":{"value":{"sources":["tokenAnswer","profile"],)"
           + R"("id":["/account/id"],"email":["/account/email"],"organizationName":["/organization/name"]},)"
           + R"("evidence":"measured"},"errorCodes":{"invalid_grant":{"value":"grantRejected","evidence":"measured"}}})";
}

} // namespace

CanaryDesk::CanaryDesk()
    : m_host(m_bus), notices(m_bus.address()),
      traffic(m_bus.address(), m_evidence.filePath(QStringLiteral("session.pcap"))),
      accessibleTraffic(screenReader.address(), m_evidence.filePath(QStringLiteral("accessible.pcap")))
{
    m_host.appear(fakes::FakeTrayHost::Manner::HasHost);
    (void)notices.appear();
    screenReader.offerOn(m_bus.address());
    prepareHome();
    qunsetenv("QT_QPA_PLATFORM"); // the programs draw on the screen
    qputenv("QT_LOGGING_RULES", "*=true");
    qputenv("QT_FORCE_STDERR_LOGGING", "1");
    clipboards = std::make_unique<Clipboards>();
    processes = std::make_unique<ProcessSampler>();
}

CanaryDesk::~CanaryDesk()
{
    for (QProcess *program : {m_tray.get(), m_daemon.get()}) {
        if (program == nullptr)
            continue;
        program->disconnect(this);
        program->terminate();
        if (!program->waitForFinished(5000))
            program->kill();
        program->waitForFinished();
    }
}

void CanaryDesk::prepareHome()
{
    const QString home = QDir::homePath();
    for (const char *way : {"browser", "paste", "device"})
        put(home + QStringLiteral("/.config/keytender/providers/canary-%1.json").arg(QLatin1String(way)),
            providerWith(server, QLatin1String(way)));
    put(home + QStringLiteral("/bin/xdg-open"),
        "#!/bin/sh\nprintf %s \"$1\" > \"$HOME/opened.part\" && mv \"$HOME/opened.part\" \"$HOME/opened\"\n",
        QFile::ExeOwner);
    qputenv("PATH", QFile::encodeName(home) + "/bin:" + qgetenv("PATH"));
    QDir().mkpath(home + QStringLiteral("/tmp"));
    qputenv("TMPDIR", QFile::encodeName(home) + "/tmp");
}

QString CanaryDesk::said(const QString &stream) const
{
    return m_evidence.filePath(stream);
}

QByteArray CanaryDesk::everythingSaid() const
{
    QByteArray everything;
    for (const char *stream : {"output", "errors"}) {
        if (QFile file(said(QLatin1String(stream))); file.open(QIODevice::ReadOnly))
            everything += file.readAll();
    }
    return everything;
}

std::unique_ptr<QProcess> CanaryDesk::run(const QString &name, const QStringList &arguments)
{
    auto program = std::make_unique<QProcess>();
    program->setWorkingDirectory(QDir::homePath());
    program->setChildProcessModifier([] { // whoever may, wants cores
        const rlimit most{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
        ::setrlimit(RLIMIT_CORE, &most);
    });
    // Into files: a pipe that is full while this process waits for an answer would stop the program.
    program->setStandardOutputFile(said(QStringLiteral("output")), QIODevice::Append);
    program->setStandardErrorFile(said(QStringLiteral("errors")), QIODevice::Append);
    program->start(QStringLiteral(KEYTENDER_BIN "/") + name, arguments);
    return program;
}

bool CanaryDesk::start()
{
    const QString loopback = QStringLiteral("--allow-loopback-http");
    const qsizetype before = m_host.registered().size();
    m_tray = run(QStringLiteral("keytender"), {loopback});
    const QString offer = QStringLiteral("Canary browser");
    const auto isUp = [&] { return m_host.registered().size() > before; };
    const auto isOpen = [&] { return screenReader.words().contains(offer); };
    if (!QTest::qWaitFor(isUp, patience) || !chooseUntil({QStringLiteral("Sign in to"), offer}, isOpen))
        return false;
    screen.press(QStringLiteral("Escape"));
    m_daemon = run(QStringLiteral("keytenderd"), {QStringLiteral("--json"), loopback});
    return QTest::qWaitFor([this] { return everythingSaid().contains("\"profiles\""); }, patience);
}

bool CanaryDesk::quit()
{
    const auto hasEnded = [](const QProcess &program) { return program.state() == QProcess::NotRunning; };
    if (!chooseUntil({QStringLiteral("Quit")}, [&] { return hasEnded(*m_tray); }))
        return false;
    m_daemon->terminate();
    return QTest::qWaitFor([&] { return hasEnded(*m_daemon); }, patience) && m_tray->exitCode() == 0
           && m_daemon->exitCode() == 0;
}

QString CanaryDesk::ends() const
{
    QString ends;
    for (const QProcess *program : {m_tray.get(), m_daemon.get()})
        ends += QStringLiteral("state %1, status %2, code %3\n")
                    .arg(program->state())
                    .arg(program->exitStatus())
                    .arg(program->exitCode());
    return ends + QString::fromUtf8(everythingSaid().right(2000));
}

QVariant CanaryDesk::ask(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_host.registered().constLast(), QStringLiteral("/MenuBar"),
                                                          QStringLiteral("com.canonical.dbusmenu"), method);
    message.setArguments(arguments);
    QDBusPendingCallWatcher answer(m_host.bus().asyncCall(message, 5000));
    if (!QTest::qWaitFor([&] { return answer.isFinished(); }, 6000) || answer.isError())
        return {};
    return answer.reply().arguments().value(method == QStringLiteral("GetLayout") ? 1 : 0);
}

bool CanaryDesk::choose(const QStringList &path)
{
    const QVariant layout = ask(QStringLiteral("GetLayout"), {0, -1, QStringList()});
    ui::MenuLayout menu = qdbus_cast<ui::MenuLayout>(layout.value<QDBusArgument>());
    for (const QString &label : path) {
        const auto found = std::ranges::find_if(menu.children, [&](const ui::MenuLayout &entry) {
            return entry.properties.value(QStringLiteral("label")).toString().remove(u'_').contains(label)
                   && entry.properties.value(QStringLiteral("enabled"), true).toBool();
        });
        if (found == menu.children.end())
            return false;
        const ui::MenuLayout next = *found;
        menu = next;
    }
    (void)ask(QStringLiteral("Event"), {menu.id, QStringLiteral("clicked"), QVariant::fromValue(QDBusVariant(0)), 0u});
    return true;
}

QUrl CanaryDesk::openedAddress()
{
    const QString path = QDir::homePath() + QStringLiteral("/opened");
    if (!QTest::qWaitFor([&path] { return QFile::exists(path); }, patience))
        return {};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QUrl address = QUrl::fromEncoded(file.readAll());
    file.remove();
    server.learn(QStringLiteral("state"),
                 QUrlQuery(address).queryItemValue(QStringLiteral("state"), QUrl::FullyDecoded).toLatin1());
    return address;
}

bool CanaryDesk::chooseUntil(const QStringList &path, const std::function<bool()> &isDone)
{
    constexpr int clicks = 6;
    constexpr int patienceWithOne = 4'000; // ms
    for (int click = 0; click < clicks; ++click) {
        (void)QTest::qWaitFor([&] { return choose(path); }, patienceWithOne);
        if (QTest::qWaitFor(isDone, patienceWithOne))
            return true;
    }
    return false;
}

bool CanaryDesk::beginSignIn(const QString &way)
{
    const QString title = QStringLiteral("Sign in to Canary ") + way;
    const auto isOpen = [&] { return screenReader.words().contains(title); };
    return chooseUntil({QStringLiteral("Sign in to"), QStringLiteral("Canary ") + way}, isOpen)
           && screenReader.press(QStringLiteral("Sign in"));
}

void CanaryDesk::comeBack(const QUrl &opened, const QList<QPair<QString, QString>> &answer)
{
    QUrl back(QUrlQuery(opened).queryItemValue(QStringLiteral("redirect_uri"), QUrl::FullyDecoded));
    QUrlQuery query;
    query.setQueryItems(answer);
    back.setQuery(query);
    (void)fakes::PlainHttp().get(back);
}

void CanaryDesk::typeSecretly(const QByteArray &text)
{
    QProcess keyboard;
    keyboard.start(QStringLiteral("xdotool"), {QStringLiteral("type"), QStringLiteral("--file"), QStringLiteral("-")});
    keyboard.write(text);
    keyboard.closeWriteChannel();
    (void)QTest::qWaitFor([&keyboard] { return keyboard.state() == QProcess::NotRunning; }, patience);
}

bool CanaryDesk::pasteInto(const QString &field, const QByteArray &text)
{
    if (!clipboards->put(text) || !screenReader.focus(field))
        return false;
    screen.press(QStringLiteral("ctrl+v"));
    return true;
}

bool CanaryDesk::dismiss(const QString &title)
{
    if (!screenReader.waitForWords(title))
        return false;
    note();
    noteClipboards();
    return screenReader.press(QStringLiteral("Close"))
           && QTest::qWaitFor([&] { return !screenReader.words().contains(title); }, patience);
}

void CanaryDesk::note()
{
    m_seen += screenReader.words().toUtf8() + '\n';
}

void CanaryDesk::noteClipboards()
{
    m_clipped += clipboards->get() + '\n';
}

std::vector<Hit> CanaryDesk::hits()
{
    traffic.stop();
    accessibleTraffic.stop();
    CanaryScan scan;
    for (const Canary &canary : server.canaries()) {
        if (canary.kind != QStringLiteral("planted"))
            scan.add(canary);
    }
    std::vector<Hit> hits;
    const auto look = [&](const QByteArray &bytes, const QString &where, const QString &allowed = {}) {
        for (Hit &hit : scan.in(bytes, where)) {
            if (hit.kind != allowed)
                hits.push_back(std::move(hit));
        }
    };
    const QString userCode = QStringLiteral("user code"); // which the person is to read
    const QByteArray output = everythingSaid();
    look(output, QStringLiteral("what the programs wrote"));
    look(traffic.recorded(), QStringLiteral("the session's bus"));
    look(accessibleTraffic.recorded(), QStringLiteral("the accessibility bus"), userCode);
    look(m_seen, QStringLiteral("widgets, titles among them"), userCode);
    look(m_clipped, QStringLiteral("the clipboards"));
    for (const ProcessSampler::Seen &seen : processes->seen()) {
        const bool isBrowser = seen.arguments.contains(QByteArrayView("/xdg-open\0", 10));
        look(seen.arguments, QStringLiteral("arguments"), isBrowser ? QStringLiteral("state") : QString());
        look(seen.environment, QStringLiteral("an environment"));
    }
    for (const QString &directory : {QDir::homePath(), qEnvironmentVariable("XDG_RUNTIME_DIR")}) {
        for (Hit &hit : scan.below(directory))
            hits.push_back(std::move(hit));
    }
    qInfo(
        "%d canaries in %lld bytes: %lld written, %lld and %lld on the buses, %lld of widgets; %zu states of programs "
        "in %d looks",
        scan.canaries(), scan.scannedBytes(), qint64(output.size()), qint64(traffic.recorded().size()),
        qint64(accessibleTraffic.recorded().size()), qint64(m_seen.size()), processes->seen().size(),
        processes->rounds());
    return hits;
}

} // namespace keytender::e2e
