// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/autostart.h"

#include <algorithm>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QList>

#include "base/durablefile.h"

namespace keytender::composition {

using base::ErrorKind;
using base::Result;
using base::unexpected;

namespace {

constexpr std::size_t largestEntry = std::size_t{64} * 1024;
constexpr QByteArrayView group = "[Desktop Entry]";
constexpr QByteArrayView mark = "X-Keytender-Autostart"; // this entry is ours to take away

QString entryName()
{
    return QStringLiteral("org.keytender.keytender.desktop");
}

struct Line {
    QByteArray key; // "Name[de]"
    QByteArray value;
};

// Of the group that counts, in file order.
QList<Line> linesOf(const QByteArray &entry)
{
    QList<Line> lines;
    bool isInGroup = false;
    for (const QByteArray &raw : entry.split('\n')) {
        const QByteArray line = raw.trimmed();
        if (line.startsWith('['))
            isInGroup = line == group;
        const auto sign = line.indexOf('=');
        if (isInGroup && sign > 0 && !line.startsWith('#'))
            lines += {line.left(sign).trimmed(), line.mid(sign + 1).trimmed()};
    }
    return lines;
}

bool says(const QList<Line> &lines, QByteArrayView key, QByteArrayView value)
{
    return std::ranges::any_of(lines, [&](const Line &line) { return line.key == key && line.value == value; });
}

// What a session must not read here: the entry of a menu may be hidden, and its further groups are dropped.
bool isOfTheMenuAlone(const QByteArray &key)
{
    static const QList<QByteArray> keys{
        "Hidden",     "NoDisplay", "Actions",      "DBusActivatable", "X-GNOME-Autostart-enabled",
        "OnlyShowIn", "NotShowIn", "StartupNotify"};
    return keys.contains(key) || key == mark;
}

QByteArray minimalEntry(const QString &program)
{
    return QByteArray(
               "[Desktop Entry]\nType=Application\nName=Keytender\nIcon=org.keytender.keytender\nTerminal=false\n")
           + "Exec=" + execArgument(program) + '\n';
}

} // namespace

QByteArray execArgument(const QString &argument)
{
    static const QByteArray reserved(" \t\n\"'\\><~|&;$*?#()`");
    QByteArray quoted;
    bool isPlain = !argument.isEmpty();
    for (const char byte : argument.toUtf8()) {
        isPlain = isPlain && !reserved.contains(byte);
        if (byte == '%') // else a field code
            quoted += '%';
        if (byte == '"' || byte == '`' || byte == '$' || byte == '\\')
            quoted += '\\';
        quoted += byte;
    }
    if (isPlain)
        return quoted;
    // The value of a key is a string too: its own escapes go around those of the quotes.
    quoted.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t");
    return '"' + quoted + '"';
}

QByteArray autostartEntry(const QByteArray &installed, const QString &program)
{
    const QList<Line> lines = linesOf(installed);
    const bool isWhole = std::ranges::any_of(lines, [](const Line &line) { return line.key == "Exec"; });
    QByteArray text = group.toByteArray() + '\n';
    for (const Line &line : isWhole ? lines : linesOf(minimalEntry(program))) {
        if (!isOfTheMenuAlone(line.key))
            text += line.key + '=' + line.value + '\n';
    }
    return text + mark.toByteArray() + "=true\n";
}

Autostart::Autostart(World world)
    : m_world(std::move(world)), m_directory(m_world.environment.configHome() + QStringLiteral("/autostart")),
      m_file(m_directory + u'/' + entryName())
{
}

Result<Autostart::Standing> Autostart::standing() const
{
    const Result<base::FileContent> content =
        base::readFile(m_file, {.bytes = largestEntry, .owner = m_world.environment.user});
    if (!content && content.error().kind == ErrorKind::NotFound)
        return Standing::Off;
    if (!content)
        return unexpected(content.error());
    const std::string_view bytes = content->bytes.expose();
    const QList<Line> lines = linesOf(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    if (says(lines, "Hidden", "true") || says(lines, "X-GNOME-Autostart-enabled", "false"))
        return Standing::SwitchedOff;
    return says(lines, mark, "true") ? Standing::On : Standing::Foreign;
}

Result<void> Autostart::set(bool starts, Word word) const
{
    const Result<Standing> now = standing();
    if (!now)
        return unexpected(now.error());
    if (!starts && *now == Standing::On)
        return base::DurableFile(m_directory, m_world.random).remove(entryName());
    const bool isWanted =
        *now == Standing::Off || *now == Standing::On || (*now == Standing::SwitchedOff && word == Word::OfPerson);
    return starts && isWanted ? write() : Result<void>();
}

Result<void> Autostart::write() const
{
    const QByteArray text = autostartEntry(installedEntry(), m_world.program);
    const base::DurableFile entry(m_directory, m_world.random);
    if (!QFileInfo::exists(m_directory)) { // one that is there is not ours to tighten
        if (const auto made = entry.prepareDirectory(); !made)
            return made;
    }
    const std::string_view bytes(text.constData(), static_cast<std::size_t>(text.size()));
    const auto there = base::readFile(m_file, {.bytes = largestEntry, .owner = m_world.environment.user});
    if (there && there->bytes.expose() == bytes)
        return {};
    return entry.write(entryName(), bytes);
}

// As a menu finds it; beside the program where that is installed under a prefix of its own.
QByteArray Autostart::installedEntry() const
{
    QStringList roots{m_world.environment.dataHome()};
    roots +=
        m_world.environment.nonEmptyOr(QStringLiteral("XDG_DATA_DIRS"), QStringLiteral("/usr/local/share:/usr/share"))
            .split(u':', Qt::SkipEmptyParts);
    roots += QDir::cleanPath(QFileInfo(m_world.program).path() + QStringLiteral("/../share"));
    for (const QString &root : roots) {
        QFile entry(root + QStringLiteral("/applications/") + entryName());
        if (QDir::isAbsolutePath(root) && entry.open(QIODevice::ReadOnly))
            return entry.read(static_cast<qint64>(largestEntry));
    }
    return {};
}

} // namespace keytender::composition
