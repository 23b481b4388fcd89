// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/chromium.h"

#include <array>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace keytender::fakes {

namespace {

constexpr int patience = 15'000;   // ms
constexpr int endPatience = 5'000; // ms

QString program()
{
    return QStandardPaths::findExecutable(QStringLiteral("chromium"));
}

QStringList argumentsFor(const QString &home)
{
    return {QStringLiteral("--headless=new"),
            QStringLiteral("--no-sandbox"), // it needs more than a container gives, and only our own pages are opened
            QStringLiteral("--remote-debugging-pipe"),
            QStringLiteral("--user-data-dir=") + home + QStringLiteral("/profile"),
            QStringLiteral("--no-proxy-server"),
            QStringLiteral("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
            QStringLiteral("--disable-background-networking"),
            QStringLiteral("--disable-component-update"),
            QStringLiteral("--disable-sync"),
            QStringLiteral("--disable-breakpad"),
            QStringLiteral("--disable-dev-shm-usage"),
            QStringLiteral("--disable-gpu"),
            QStringLiteral("--no-first-run"),
            QStringLiteral("--no-default-browser-check"),
            QStringLiteral("--password-store=basic"),
            QStringLiteral("--hide-scrollbars"),
            QStringLiteral("--window-size=900,700"),
            QStringLiteral("about:blank")};
}

// Nothing of the user's: no session bus, no display, no configuration.
QProcessEnvironment environmentFor(const QString &home)
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("TMPDIR"), home);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home);
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("disabled:"));
    environment.insert(QStringLiteral("DBUS_SYSTEM_BUS_ADDRESS"), QStringLiteral("disabled:"));
    return environment;
}

// As a script's text.
QString quoted(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

} // namespace

QString Chromium::whyNot()
{
    if (qEnvironmentVariable("KEYTENDER_BROWSER") != u'1' && qEnvironmentVariable("KEYTENDER_LONG") != u'1')
        return QStringLiteral("set KEYTENDER_BROWSER=1 (or use --long) to run with Chromium");
    return program().isEmpty() ? QStringLiteral("chromium is not installed") : QString();
}

Chromium::Chromium()
{
    start();
    const QJsonObject tabs = call(QStringLiteral("Target.getTargets"));
    QString target;
    for (const QJsonValue &each : tabs.value(QStringLiteral("targetInfos")).toArray()) {
        if (each[QStringLiteral("type")].toString() == QStringLiteral("page"))
            target = each[QStringLiteral("targetId")].toString();
    }
    if (target.isEmpty()) {
        target = call(QStringLiteral("Target.createTarget"), {{QStringLiteral("url"), QStringLiteral("about:blank")}})
                     .value(QStringLiteral("targetId"))
                     .toString();
    }
    m_session = call(QStringLiteral("Target.attachToTarget"),
                     {{QStringLiteral("targetId"), target}, {QStringLiteral("flatten"), true}})
                    .value(QStringLiteral("sessionId"))
                    .toString();
}

// Asked to close, it has ended its own processes when it ends; terminated, some still write into its home.
Chromium::~Chromium()
{
    m_session.clear();
    static_cast<void>(call(QStringLiteral("Browser.close")));
    if (m_browser.state() != QProcess::NotRunning && !m_browser.waitForFinished(endPatience)) {
        m_browser.kill();
        m_browser.waitForFinished(endPatience);
    }
    delete m_notifier;
    ::close(m_socket);
}

bool Chromium::open(const QUrl &url)
{
    const QJsonObject answer =
        call(QStringLiteral("Page.navigate"), {{QStringLiteral("url"), QString::fromLatin1(url.toEncoded())}});
    return answer.contains(QStringLiteral("frameId")) && !answer.contains(QStringLiteral("errorText"));
}

QUrl Chromium::address()
{
    return QUrl(evaluate(QStringLiteral("location.href")).toString());
}

QString Chromium::text()
{
    return evaluate(QStringLiteral("document.body.innerText")).toString();
}

bool Chromium::fill(const QString &selector, const QString &text)
{
    const QString element = QStringLiteral("document.querySelector(%1)").arg(quoted(selector));
    return waitFor(element + QStringLiteral(" !== null"))
           && evaluate(element + QStringLiteral(".value = ") + quoted(text)).toString() == text;
}

bool Chromium::press(const QString &selector)
{
    const QString element = QStringLiteral("document.querySelector(%1)").arg(quoted(selector));
    return waitFor(element + QStringLiteral(" !== null"))
           && evaluate(QStringLiteral("(%1.click(), true)").arg(element)).toBool();
}

bool Chromium::waitFor(const QString &script)
{
    return QTest::qWaitFor([&] { return evaluate(script).toBool(); }, patience);
}

QJsonValue Chromium::evaluate(const QString &script)
{
    const QJsonObject answer = call(QStringLiteral("Runtime.evaluate"), {{QStringLiteral("expression"), script},
                                                                         {QStringLiteral("returnByValue"), true},
                                                                         {QStringLiteral("userGesture"), true}});
    return answer.value(QStringLiteral("result")).toObject().value(QStringLiteral("value"));
}

bool Chromium::screenshot(const QString &path)
{
    const QString picture =
        call(QStringLiteral("Page.captureScreenshot"), {{QStringLiteral("format"), QStringLiteral("png")}})
            .value(QStringLiteral("data"))
            .toString();
    const QByteArray png = QByteArray::fromBase64(picture.toLatin1());
    QFile file(path);
    return !png.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(png) == png.size();
}

// DevTools' pipe is descriptor 3 for reading and 4 for writing. A socket pair does as well, and writing to one whose
// other end is gone can be told not to raise SIGPIPE.
void Chromium::start()
{
    std::array<int, 2> pair{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0)
        qFatal("no socket pair for Chromium");
    m_socket = pair[0];
    const int theirs = ::fcntl(pair[1], F_DUPFD_CLOEXEC, 10); // clear of the two it is to become
    ::close(pair[1]);
    m_notifier = new QSocketNotifier(m_socket, QSocketNotifier::Read);
    connect(m_notifier, &QSocketNotifier::activated, this, &Chromium::read);

    m_browser.setChildProcessModifier([theirs] {
        ::dup2(theirs, 3);
        ::dup2(theirs, 4);
    });
    m_browser.setProcessEnvironment(environmentFor(m_home.path()));
    m_browser.setStandardOutputFile(QProcess::nullDevice());
    m_browser.setStandardErrorFile(m_home.filePath(QStringLiteral("errors.log")));
    m_browser.start(program(), argumentsFor(m_home.path()));
    m_browser.waitForStarted();
    ::close(theirs);
}

void Chromium::read()
{
    std::array<char, 65536> part{};
    const ssize_t count = ::recv(m_socket, part.data(), part.size(), MSG_DONTWAIT);
    if (count <= 0) {
        m_notifier->setEnabled(count != 0);
        return;
    }
    m_unread.append(part.data(), count);
    for (qsizetype end = m_unread.indexOf('\0'); end >= 0; end = m_unread.indexOf('\0')) {
        const QJsonObject message = QJsonDocument::fromJson(m_unread.left(end)).object();
        m_unread.remove(0, end + 1);
        if (message.contains(QStringLiteral("id")))
            m_answers[message.value(QStringLiteral("id")).toInt()] = message;
    }
}

QJsonObject Chromium::call(const QString &method, const QJsonObject &parameters)
{
    const int id = ++m_lastCall;
    QJsonObject message{
        {QStringLiteral("id"), id}, {QStringLiteral("method"), method}, {QStringLiteral("params"), parameters}};
    if (!m_session.isEmpty())
        message.insert(QStringLiteral("sessionId"), m_session);
    QByteArray bytes = QJsonDocument(message).toJson(QJsonDocument::Compact);
    bytes.append('\0');
    if (::send(m_socket, bytes.constData(), static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL) != bytes.size())
        return {};
    const bool isAnswered =
        QTest::qWaitFor([&] { return m_answers.contains(id) || m_browser.state() == QProcess::NotRunning; }, patience);
    const auto answer = m_answers.extract(id);
    return isAnswered && answer ? answer.mapped().value(QStringLiteral("result")).toObject() : QJsonObject();
}

} // namespace keytender::fakes
