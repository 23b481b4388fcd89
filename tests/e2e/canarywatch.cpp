// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "canarywatch.h"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <QClipboard>
#include <QCoreApplication>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QSocketNotifier>
#include <QTest>

#include <unistd.h>

namespace keytender::e2e {

using namespace std::chrono_literals;

namespace {

constexpr int patience = 10'000; // ms
constexpr int looksPerProcess = 40;

QByteArray contentOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray allFormatsOf(QClipboard::Mode mode)
{
    const QMimeData *data = QGuiApplication::clipboard()->mimeData(mode);
    QByteArray all;
    for (const QString &format : data != nullptr ? data->formats() : QStringList())
        all += data->data(format) + ' ';
    return all;
}

} // namespace

BusRecorder::BusRecorder(const QString &address, const QString &path) : m_path(path)
{
    m_monitor.setStandardOutputFile(path);
    m_monitor.setStandardErrorFile(QProcess::nullDevice());
    m_monitor.start(QStringLiteral("dbus-monitor"), {QStringLiteral("--address"), address, QStringLiteral("--pcap")});
    m_monitor.waitForStarted();
    (void)QTest::qWaitFor([this] { return !recorded().isEmpty(); }, patience);
}

BusRecorder::~BusRecorder()
{
    stop();
}

QByteArray BusRecorder::recorded() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void BusRecorder::stop()
{
    if (m_monitor.state() == QProcess::NotRunning)
        return;
    ::kill(pid_t(m_monitor.processId()), SIGINT);
    if (!m_monitor.waitForFinished(patience))
        m_monitor.kill();
    m_monitor.waitForFinished();
}

ProcessSampler::ProcessSampler() : m_home("HOME=" + qgetenv("HOME"))
{
    m_thread = std::thread([this] {
        while (!m_isOver) {
            look();
            ++m_rounds;
            std::this_thread::sleep_for(4ms);
        }
    });
}

ProcessSampler::~ProcessSampler()
{
    m_isOver = true;
    m_thread.join();
}

void ProcessSampler::look()
{
    std::error_code error;
    for (const auto &entry : std::filesystem::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename().string();
        const int process = std::atoi(name.c_str());
        if (process <= 0 || process == ::getpid() || ++m_looks[process] > looksPerProcess)
            continue;
        Seen seen{.arguments = contentOf(entry.path() / "cmdline"), .environment = contentOf(entry.path() / "environ")};
        const bool isOurs =
            seen.environment.startsWith(m_home + '\0') || seen.environment.contains('\0' + m_home + '\0');
        if (!isOurs) // a fork is not yet what it becomes
            continue;
        const std::lock_guard lock(m_mutex);
        m_seen.insert(std::move(seen));
    }
}

std::set<ProcessSampler::Seen> ProcessSampler::seen() const
{
    const std::lock_guard lock(m_mutex);
    return m_seen;
}

int Clipboards::serve(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [] {
        std::string line;
        if (!std::getline(std::cin, line))
            return QCoreApplication::quit();
        const QByteArray command = QByteArray::fromStdString(line);
        QClipboard &clipboard = *QGuiApplication::clipboard();
        for (const QClipboard::Mode mode : {QClipboard::Clipboard, QClipboard::Selection}) {
            if (command.startsWith("put "))
                clipboard.setText(QString::fromUtf8(command.sliced(4)), mode);
        }
        const QByteArray all = allFormatsOf(QClipboard::Clipboard) + allFormatsOf(QClipboard::Selection);
        std::cout << (command == "get" ? all.toHex().toStdString() : "done") << std::endl;
    });
    return QGuiApplication::exec();
}

Clipboards::Clipboards()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("unix:path=/nonexistent"));
    m_process.setProcessEnvironment(environment); // on no bus: it is none of the programs that are watched
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--clipboards")});
    m_process.waitForStarted();
}

Clipboards::~Clipboards()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(patience))
        m_process.kill();
    m_process.waitForFinished();
}

QByteArray Clipboards::ask(const QByteArray &line)
{
    m_process.write(line + '\n');
    (void)QTest::qWaitFor([this] { return m_process.canReadLine(); }, patience);
    return m_process.readLine().trimmed();
}

bool Clipboards::put(const QByteArray &text)
{
    return ask("put " + text) == "done";
}

QByteArray Clipboards::get()
{
    return QByteArray::fromHex(ask("get"));
}

} // namespace keytender::e2e
