// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/environment.h"

#include <algorithm>
#include <string_view>

#include <QDir>
#include <QStringList>

#include <cstring>

#include <unistd.h>

namespace keytender::base {

namespace {

// Variables that say where a secret lies, and not the secret: by their name, and as long as it is a path that they
// hold. People put the content of a key file into GOOGLE_APPLICATION_CREDENTIALS too.
bool holdsPath(const QString &name, const char *value)
{
    static const QStringList endings{QStringLiteral("_FILE"), QStringLiteral("_DIR"), QStringLiteral("_HOME"),
                                     QStringLiteral("_PATH")};
    const bool isNamedSo = name == QStringLiteral("GOOGLE_APPLICATION_CREDENTIALS")
                           || std::ranges::any_of(endings, [&](const QString &end) { return name.endsWith(end); });
    const std::string_view text(value);
    return isNamedSo && (text.starts_with('/') || text.starts_with("~/"));
}

bool namesASecret(const QString &name)
{
    static const QStringList signs{QStringLiteral("TOKEN"),      QStringLiteral("KEY"),
                                   QStringLiteral("SECRET"),     QStringLiteral("PASSW"),
                                   QStringLiteral("CREDENTIAL"), QStringLiteral("AUTH_CONTENT"),
                                   QStringLiteral("_PROXY")}; // http://user:password@host
    return std::ranges::any_of(signs, [&](const QString &sign) { return name.contains(sign); });
}

} // namespace

Environment Environment::ofThisProcess()
{
    Environment environment{.home = QDir::homePath(), .variables = {}, .user = geteuid()};
    for (char **entry = environ; *entry != nullptr; ++entry) {
        const char *equals = std::strchr(*entry, '=');
        if (equals == nullptr)
            continue;
        const QString name = QString::fromLocal8Bit(*entry, equals - *entry);
        const char *value = equals + 1;
        const QString upper = name.toUpper();
        const bool isWithheld = *value != '\0' && namesASecret(upper) && !holdsPath(upper, value);
        environment.variables.insert(name, isWithheld ? withheld : QString::fromLocal8Bit(value));
    }
    return environment;
}

std::optional<QString> Environment::variable(const QString &name) const
{
    const auto found = variables.constFind(name);
    return found == variables.cend() ? std::nullopt : std::optional(*found);
}

QString Environment::nonEmptyOr(const QString &name, const QString &fallback) const
{
    const QString value = variables.value(name);
    return value.isEmpty() ? fallback : value;
}

namespace {

QString baseDirectory(const Environment &environment, const QString &variable, const QString &fallback)
{
    const QString value = environment.variables.value(variable);
    return QDir::isAbsolutePath(value) ? QDir::cleanPath(value) : environment.home + fallback;
}

} // namespace

QString Environment::configHome() const
{
    return baseDirectory(*this, QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("/.config"));
}

QString Environment::dataHome() const
{
    return baseDirectory(*this, QStringLiteral("XDG_DATA_HOME"), QStringLiteral("/.local/share"));
}

QString Environment::stateHome() const
{
    return baseDirectory(*this, QStringLiteral("XDG_STATE_HOME"), QStringLiteral("/.local/state"));
}

QString Environment::runtimeDir() const
{
    const QString value = variables.value(QStringLiteral("XDG_RUNTIME_DIR"));
    return QDir::isAbsolutePath(value) ? QDir::cleanPath(value) : QString();
}

QString Environment::expanded(const QString &path) const
{
    if (path == QStringLiteral("~"))
        return home;
    return path.startsWith(QStringLiteral("~/")) ? home + path.sliced(1) : path;
}

QString Environment::shortened(const QString &path) const
{
    if (path == home)
        return QStringLiteral("~");
    return path.startsWith(home + u'/') ? u'~' + path.sliced(home.size()) : path;
}

} // namespace keytender::base
