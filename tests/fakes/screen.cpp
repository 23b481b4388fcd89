// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "fakes/screen.h"

#include <QDir>
#include <QStandardPaths>
#include <QTest>

namespace keytender::fakes {

namespace {

constexpr int patience = 15'000; // ms

} // namespace

QString Screen::whyNot()
{
    for (const char *program : {"Xvfb", "openbox", "xdotool"}) {
        if (QStandardPaths::findExecutable(QLatin1String(program)).isEmpty())
            return QLatin1String(program) + QStringLiteral(" is not installed");
    }
    return {};
}

Screen::Screen(QSize size) : m_before(qgetenv("DISPLAY"))
{
    m_server.setProcessChannelMode(QProcess::SeparateChannels);
    m_server.setStandardErrorFile(QProcess::nullDevice());
    const QString shape = QStringLiteral("%1x%2x24").arg(size.width()).arg(size.height());
    m_server.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                    shape, QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    if (!m_server.waitForReadyRead(patience))
        return;
    m_display = u':' + QString::fromLatin1(m_server.readLine()).trimmed();
    qputenv("DISPLAY", m_display.toLatin1());
    m_manager.setStandardErrorFile(QProcess::nullDevice());
    m_manager.start(QStringLiteral("openbox"), {QStringLiteral("--sm-disable")});
    m_manager.waitForStarted();
    QTest::qWait(300); // for its first look at the screen
}

Screen::~Screen()
{
    for (QProcess *process : {&m_manager, &m_server}) {
        process->terminate();
        if (!process->waitForFinished(5000))
            process->kill();
    }
    qputenv("DISPLAY", m_before);
}

QByteArray Screen::ask(const QString &program, const QStringList &arguments) const
{
    QProcess process;
    process.start(program, arguments);
    // The event loop goes on: what is asked for may need an answer of this process.
    (void)QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, patience);
    return process.readAllStandardOutput();
}

QStringList Screen::windows() const
{
    QStringList titles;
    const QByteArray found = ask(QStringLiteral("xdotool"), {QStringLiteral("search"), QStringLiteral("--onlyvisible"),
                                                             QStringLiteral("--name"), QStringLiteral(".+")});
    for (const QByteArray &id : found.split('\n')) {
        if (!id.isEmpty())
            titles += QString::fromUtf8(
                          ask(QStringLiteral("xdotool"), {QStringLiteral("getwindowname"), QString::fromLatin1(id)}))
                          .trimmed();
    }
    return titles;
}

bool Screen::waitForWindow(const QString &title) const
{
    return QTest::qWaitFor(
        [&] {
            const QStringList titles = windows();
            return std::ranges::any_of(titles, [&](const QString &each) { return each.contains(title); });
        },
        patience);
}

void Screen::press(const QString &key) const
{
    (void)ask(QStringLiteral("xdotool"), {QStringLiteral("key"), key});
}

void Screen::pressIn(const QString &title, const QString &key) const
{
    (void)ask(QStringLiteral("xdotool"),
              {QStringLiteral("search"), QStringLiteral("--onlyvisible"), QStringLiteral("--name"), title,
               QStringLiteral("windowactivate"), QStringLiteral("--sync"), QStringLiteral("key"), key});
}

void Screen::type(const QString &text) const
{
    (void)ask(QStringLiteral("xdotool"), {QStringLiteral("type"), text});
}

void Screen::picture(const QString &name) const
{
    const QString directory = qEnvironmentVariable("KEYTENDER_PICTURES");
    if (directory.isEmpty())
        return;
    QTest::qWait(400); // until it is painted
    (void)ask(QStringLiteral("import"), {QStringLiteral("-window"), QStringLiteral("root"),
                                         QDir(directory).filePath(name + QStringLiteral(".png"))});
}

} // namespace keytender::fakes
