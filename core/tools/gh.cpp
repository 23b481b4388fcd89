// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/gh.h"

#include <algorithm>
#include <array>

#include "tools/ghhosts.h"
#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/refusingwriter.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

constexpr QLatin1String usualHost("github.com");

QString labelOf(const GhLogin &login, const QString &toolName)
{
    if (login.slot().isEmpty())
        return {};
    if (login.host == usualHost)
        return toolName + QStringLiteral(" · ") + login.user;
    return toolName + QStringLiteral(" · ") + login.slot();
}

profile::Account accountOf(const GhLogin &login)
{
    // A name is one person on one host only, so the host stands for the organisation.
    profile::Account account{
        .id = login.user, .email = {}, .organizationId = login.host, .organizationName = {}, .plan = {}};
    if (login.host != usualHost)
        account.organizationName = login.host;
    return account;
}

CopyReading readingOf(base::Secret token, const QString &subject, const QString &at = {})
{
    if (token.isEmpty()) {
        CopyReading blank;
        blank.state = profile::CopyState::Blank;
        return blank;
    }
    if (!std::ranges::all_of(token.expose(), [](char letter) { return letter > ' ' && letter <= '~'; }))
        return unreadable({.kind = base::ErrorKind::Malformed,
                           .subject = subject,
                           .place = at,
                           .detail = QStringLiteral("is no token: it holds spaces or other letters")});
    profile::Credential credential;
    credential.kind = profile::CredentialKind::Token;
    credential.tokens.accessToken = std::move(token);
    return held(std::move(credential));
}

CopyReading readingOf(const YamlTree &tree, const GhLogin &login)
{
    // Without a token in the file the login is in the keychain, and this copy of it does not exist.
    if (login.token == nullptr)
        return {};
    auto token = tree.secret(*login.token);
    if (!token)
        return unreadable(token.error());
    const base::Error where = tree.error(*login.token, {});
    return readingOf(std::move(*token), where.subject, where.place);
}

// Go's keyring library takes the active user's token under no name and each user's under theirs. Which of the two
// counts for the active user depends on gh's version, so both are copies; the nameless one has always been written.
std::vector<CopyPlace> itemsOf(const GhLogin &login, const CopyPlace &file, const QString &label)
{
    const QString service = QStringLiteral("gh:") + login.host;
    const auto item = [&](const QString &user, bool isPromised) {
        CopyPlace place;
        place.kind = CopyPlace::Kind::KeychainItem;
        place.path = QStringLiteral("keychain: %1/%2").arg(service, user);
        place.attributes = {{QStringLiteral("service"), service}, {QStringLiteral("username"), user}};
        place.homeName = file.homeName;
        place.slot = login.slot();
        place.label = label;
        place.companions = {file.path};
        place.isPromised = isPromised;
        return place;
    };
    std::vector<CopyPlace> places;
    if (login.isActive)
        places.push_back(item({}, true));
    if (!login.user.isEmpty())
        places.push_back(item(login.user, !login.isActive));
    return places;
}

// Which variable takes precedence over the stored logins of a host; empty for none.
QString overridingVariable(const base::Environment &environment, const QString &host)
{
    const bool isUsual = host == usualHost || host.endsWith(QStringLiteral(".ghe.com"));
    const std::array names =
        isUsual ? std::array{QStringLiteral("GH_TOKEN"), QStringLiteral("GITHUB_TOKEN")}
                : std::array{QStringLiteral("GH_ENTERPRISE_TOKEN"), QStringLiteral("GITHUB_ENTERPRISE_TOKEN")};
    const auto found =
        std::ranges::find_if(names, [&](const QString &name) { return !environment.nonEmptyOr(name, {}).isEmpty(); });
    return found == names.end() ? QString() : *found;
}

void noteOverrides(const std::vector<GhLogin> &logins, const base::Environment &environment, Located &located)
{
    QStringList noted;
    for (const GhLogin &login : logins) {
        const QString variable = overridingVariable(environment, login.host);
        if (variable.isEmpty() || noted.contains(login.host))
            continue;
        noted.append(login.host);
        located.problems.push_back(
            {.kind = base::ErrorKind::Overridden,
             .subject = variable,
             .place = {},
             .detail = QStringLiteral("is set, so gh uses it for %1 instead of the stored login").arg(login.host)});
    }
}

std::vector<CopyReading> readHosts(const CopyPlace &place, const base::FileContent &content, const QString &toolName)
{
    const auto tree = YamlTree::parse(content.bytes.clone(), place.path);
    if (!tree)
        return onlyReading(base::unexpected(tree.error()), place);
    const auto logins = ghLogins(*tree);
    if (!logins)
        return onlyReading(base::unexpected(logins.error()), place);
    std::vector<CopyReading> readings;
    for (const GhLogin &login : *logins) {
        CopyReading reading = readingOf(*tree, login);
        reading.slot = login.slot();
        reading.label = labelOf(login, toolName);
        reading.account = accountOf(login);
        readings.push_back(std::move(reading));
    }
    return readings;
}

// The item under no name does not say whose it is; hosts.yml does.
profile::Account accountOfItem(const CopyPlace &place, const Fetched &fetched)
{
    for (const auto &[path, companion] : fetched.companions) {
        if (!companion)
            continue;
        const auto tree = YamlTree::parse(companion->bytes.clone(), path);
        if (!tree)
            continue;
        const auto logins = ghLogins(*tree);
        if (!logins)
            continue;
        const auto login = std::ranges::find(*logins, place.slot, &GhLogin::slot);
        if (login != logins->end())
            return accountOf(*login);
    }
    return {};
}

} // namespace

const ToolFacts &Gh::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("gh"),
                                 .name = QStringLiteral("GitHub CLI"),
                                 .profileName = QStringLiteral("gh-cli"),
                                 .providerId = QStringLiteral("github"),
                                 .signInCommand = QStringLiteral("gh auth login"),
                                 .homeVariable = QStringLiteral("GH_CONFIG_DIR")};
    return facts;
}

const CopyWriter *Gh::writer() const
{
    static const RefusingWriter refusing(
        {.share = QT_TRANSLATE_NOOP("Neighbours", "GitHub's tokens do not run out, so there is nothing to renew."),
         .write = QT_TRANSLATE_NOOP("Neighbours", "GitHub's tokens do not run out, so there is nothing to hand on.")});
    return &refusing;
}

Located Gh::locate(const ToolWorld &world) const
{
    Located located;
    QStringList further = world.extraHomes;
    if (const auto home = directoryFrom(world.environment, QStringLiteral("GH_CONFIG_DIR"), located.problems))
        further.prepend(*home);
    for (const Home &home : distinctHomes(world.environment.configHome() + QStringLiteral("/gh"), further)) {
        CopyPlace file;
        file.path = home.path + QStringLiteral("/hosts.yml");
        file.homeName = home.name;
        located.places.push_back(file);

        // Which items to ask for stands in the file. Its errors are told by whoever reads it for its logins.
        auto content = base::readFile(file.path, {.bytes = YamlTree::sizeLimit + 1, .owner = world.environment.user});
        if (!content)
            continue;
        const auto tree = YamlTree::parse(std::move(content->bytes), file.path);
        if (!tree)
            continue;
        const auto logins = ghLogins(*tree);
        if (!logins)
            continue;
        noteOverrides(*logins, world.environment, located);
        for (const GhLogin &login : *logins) {
            if (login.token == nullptr)
                std::ranges::move(itemsOf(login, file, labelOf(login, facts().name)),
                                  std::back_inserter(located.places));
        }
    }
    return located;
}

std::vector<CopyReading> Gh::interpret(const CopyPlace &place, const base::FileContent &content, const Fetched &fetched,
                                       base::Timestamp /*now*/) const
{
    if (place.kind == CopyPlace::Kind::File)
        return readHosts(place, content, facts().name);
    CopyReading reading = readingOf(content.bytes.clone(), place.path);
    reading.account = accountOfItem(place, fetched);
    return onlyReading(std::move(reading), place);
}

} // namespace keytender::tools
