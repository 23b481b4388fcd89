// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ipc/loginchoice.h"

#include <algorithm>
#include <vector>

#include <QCoreApplication>
#include <QRegularExpression>

namespace keytender::ipc {

using service::Row;
using wire::Outcome;

namespace {

using Rows = std::map<QString, Row>;

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

QString shownText(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return shown({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

QString idsOf(const std::vector<const Row *> &rows)
{
    QStringList ids;
    for (const Row *row : rows)
        ids += row->profile.id;
    return ids.join(QStringLiteral(", "));
}

QString idsOf(const Rows &rows)
{
    QStringList ids;
    for (const auto &[id, row] : rows)
        ids += id;
    return ids.join(QStringLiteral(", "));
}

// The user names that servers take beside any token.
bool isAnybody(const QString &user)
{
    static const QStringList names{QStringLiteral("x-access-token"), QStringLiteral("x-oauth-basic"),
                                   QStringLiteral("oauth2"), QStringLiteral("git"), QStringLiteral("token")};
    return user.isEmpty() || names.contains(user.toLower());
}

// What is not known is no objection.
bool isOf(const QString &user, const profile::Account &account)
{
    const auto isSame = [&](const QString &name) { return name.compare(user, Qt::CaseInsensitive) == 0; };
    return isAnybody(user) || !account.isKnown() || isSame(account.id) || isSame(account.email);
}

bool isThisMachine(const QString &host)
{
    static const QRegularExpression local(QStringLiteral("^(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]+)?$"));
    return local.match(host).hasMatch();
}

Granted<const Row *> chosenInSettings(const QString &host, const QString &id, const Rows &rows)
{
    const auto found = rows.find(id);
    if (found == rows.end())
        return refuse(Outcome::NotFound, say(QT_TRANSLATE_NOOP("Door", "The settings name the login “%1” for %2, and "
                                                                       "there is none of that name. There are: %3."))
                                             .arg(id, host, idsOf(rows)));
    return &found->second;
}

} // namespace

Granted<const Row *> loginNamed(const QString &name, const Rows &rows)
{
    if (const auto found = rows.find(name); found != rows.end())
        return &found->second;
    std::vector<const Row *> meant;
    for (const auto &[id, row] : rows) {
        if (row.profile.providerId == name || row.profile.label == name)
            meant.push_back(&row);
    }
    if (meant.size() == 1)
        return meant.front();
    if (!meant.empty())
        return refuse(Outcome::NotFound, say(QT_TRANSLATE_NOOP("Door", "“%1” means several logins. Choose one of: %2."))
                                             .arg(shownText(name), idsOf(meant)));
    if (rows.empty())
        return refuse(Outcome::NotFound, say(QT_TRANSLATE_NOOP("Door", "There is no login “%1”, and no other either. "
                                                                       "Sign in first."))
                                             .arg(shownText(name)));
    return refuse(
        Outcome::NotFound,
        say(QT_TRANSLATE_NOOP("Door", "There is no login “%1”. There are: %2.")).arg(shownText(name), idsOf(rows)));
}

std::optional<QString> plainHost(const GitRemote &remote)
{
    static const QRegularExpression plain(
        QStringLiteral("\\A([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|"
                       "\\[::1\\])(?::([1-9][0-9]{0,4}))?\\z"));
    const QRegularExpressionMatch match = plain.match(remote.host);
    if (!match.hasMatch() || remote.host.size() > 255)
        return std::nullopt;
    const QString port = match.captured(5);
    if (port.toInt() > 65535)
        return std::nullopt;
    const QString host = match.captured(1).toLower(); // of ASCII alone
    const QString usual = remote.protocol == u"http" ? QStringLiteral("80") : QStringLiteral("443");
    return port.isEmpty() || port == usual ? host : host + u':' + port;
}

Granted<const Row *> loginFor(const GitRemote &remote, const GitLogins &logins)
{
    const auto host = plainHost(remote);
    if (!host)
        return refuse(
            Outcome::Usage,
            say(QT_TRANSLATE_NOOP("Door", "“%1” is not the plain name of a host.")).arg(shownText(remote.host)));
    const auto mayBe = [&](const Row &row) {
        const provider::Provider *provider = logins.providerFor(row.profile.providerId);
        return provider != nullptr && provider->gitHosts && provider->gitHosts->value.contains(*host);
    };
    std::vector<const Row *> meant;
    for (const auto &[id, row] : logins.rows) {
        if (mayBe(row) && isOf(remote.user, row.profile.account))
            meant.push_back(&row);
    }
    const auto chosen = logins.chosen.find(*host);
    if (chosen == logins.chosen.end() && meant.empty())
        return refuse(Outcome::NotFound,
                      say(QT_TRANSLATE_NOOP("Door", "There is no login for %1. The settings can name "
                                                    "one (gitHosts)."))
                          .arg(*host));
    const bool isPrivate = remote.protocol == u"https" || (remote.protocol == u"http" && isThisMachine(*host));
    if (!isPrivate)
        return refuse(Outcome::Denied,
                      say(QT_TRANSLATE_NOOP("Door", "A token for %1 is handed out over https only.")).arg(*host));
    if (chosen != logins.chosen.end())
        return chosenInSettings(*host, chosen->second, logins.rows);
    if (meant.size() > 1)
        return refuse(Outcome::NotFound,
                      say(QT_TRANSLATE_NOOP("Door", "Several logins are for %1: %2. The settings can "
                                                    "name one (gitHosts)."))
                          .arg(*host, idsOf(meant)));
    return meant.front();
}

} // namespace keytender::ipc
