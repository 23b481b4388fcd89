// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/kimi.h"

#include <cmath>

#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/kimiconfig.h"
#include "tools/kimiwriter.h"
#include "tools/refusingwriter.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

constexpr QLatin1String usualName("kimi-code");
constexpr QLatin1String configName("/config.toml");

ToolFacts factsOf(Kimi::Client client)
{
    const bool isCode = client == Kimi::Client::Code;
    const QString id = isCode ? QStringLiteral("kimi-code") : QStringLiteral("kimi-cli");
    return {.id = id,
            .name = isCode ? QStringLiteral("Kimi Code") : QStringLiteral("Kimi CLI"),
            .profileName = id,
            .providerId = QStringLiteral("kimi"),
            .signInCommand = QStringLiteral("kimi login")};
}

// The configuration names the record, because another host means another record; the usual one is looked at in any
// case.
QStringList credentialNames(const Home &home, const base::Environment &environment, Located &located)
{
    QStringList names{usualName};
    const QString path = home.path + configName;
    const auto config = base::readFile(path, {.bytes = 1u << 20, .owner = environment.user});
    if (!config) {
        if (config.error().kind != base::ErrorKind::NotFound)
            located.problems.push_back(config.error());
        return names;
    }
    const auto named = kimiCredentialNames(config->bytes, path);
    if (!named)
        located.problems.push_back(named.error());
    else
        names.append(*named);
    names.removeDuplicates();
    return names;
}

// Kimi keeps the whole life of an access token beside its end: the one way to know when it was issued.
base::Result<std::optional<base::Timestamp>> issuedAt(const base::JsonValue &record,
                                                      const std::optional<base::Timestamp> &expiresAt)
{
    const base::JsonValue member = record.member("expires_in");
    const auto seconds = member.optionalNumber();
    if (!seconds)
        return base::unexpected(seconds.error());
    if (!seconds->has_value() || !expiresAt)
        return std::optional<base::Timestamp>();
    constexpr double longest = 10.0 * 366 * 24 * 60 * 60;
    if (!std::isfinite(**seconds) || **seconds < 0 || **seconds > longest)
        return base::unexpected(member.error(QStringLiteral("is not a number of seconds")));
    const base::Milliseconds life{static_cast<std::int64_t>(**seconds * 1000)};
    return std::optional(*expiresAt - life);
}

base::Result<CopyReading> readRecord(const base::JsonValue &record)
{
    // Blank is kimi-code's tombstone of a refused refresh: empty tokens, and 0 for both times.
    auto reading = readTokens(record);
    if (!reading || reading->state != profile::CopyState::Held)
        return reading;
    profile::TokenSet &tokens = reading->credential->tokens;
    const auto expiry = epochTime(record.member("expires_at"), EpochUnit::Seconds);
    if (!expiry)
        return base::unexpected(expiry.error());
    const auto issued = issuedAt(record, *expiry);
    if (!issued)
        return base::unexpected(issued.error());
    tokens.expiresAt = *expiry;
    tokens.issuedAt = *issued;

    Remarks remarks;
    tokens.scopes = remarks.texts(record.member("scope"));
    reading->problem = remarks.first();
    return reading;
}

} // namespace

const ToolFacts &Kimi::facts() const
{
    static const ToolFacts code = factsOf(Client::Code);
    static const ToolFacts cli = factsOf(Client::Cli);
    return m_client == Client::Code ? code : cli;
}

const CopyWriter *Kimi::writer() const
{
    static const RefusingWriter cli(
        {.share = QT_TRANSLATE_NOOP(
             "Neighbours",
             "Kimi CLI stops waiting for its lock after a few seconds and goes on without: Kimi Code waits."),
         .write = QT_TRANSLATE_NOOP("Neighbours", "Kimi CLI has no lock that it keeps to.")});
    static const KimiWriter code;
    return m_client == Client::Code ? static_cast<const CopyWriter *>(&code) : &cli;
}

Located Kimi::locate(const ToolWorld &world) const
{
    const bool isCode = m_client == Client::Code;
    const QString variable = isCode ? QStringLiteral("KIMI_CODE_HOME") : QStringLiteral("KIMI_SHARE_DIR");
    const QString usual = world.environment.home + (isCode ? QStringLiteral("/.kimi-code") : QStringLiteral("/.kimi"));
    Located located;
    for (const Home &home : homesIn(world, usual, variable, located.problems)) {
        for (const QString &name : credentialNames(home, world.environment, located)) {
            CopyPlace place;
            place.path = home.path + QStringLiteral("/credentials/%1.json").arg(name);
            place.homeName = home.name;
            place.companions = {home.path + configName}; // a change of it leads here again
            if (name != usualName) {
                place.slot = name;
                place.label = facts().name + QStringLiteral(" · ") + name;
            }
            located.places.push_back(std::move(place));
        }
    }
    return located;
}

std::vector<CopyReading> Kimi::interpret(const CopyPlace &place, const base::FileContent &content,
                                         const Fetched & /*fetched*/, base::Timestamp /*now*/) const
{
    return onlyRecord(content, place, readRecord);
}

} // namespace keytender::tools
