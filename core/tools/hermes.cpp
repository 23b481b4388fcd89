// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/hermes.h"

#include "base/jwt.h"
#include "tools/hermesplaces.h"
#include "tools/hermesstore.h"
#include "tools/hermeswriter.h"
#include "tools/jsonrecord.h"
#include "tools/openaiaccount.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

using profile::CopyState;

QString firstText(const base::JwtClaims &claims, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (const QString text = claims.text({name}); !text.isEmpty())
            return text;
    }
    return {};
}

profile::Account accountOf(const HermesRecord &record, Remarks &remarks)
{
    const auto claims = base::JwtClaims::decode(record.credential.tokens.accessToken);
    profile::Account account;
    if (claims && record.entry == QStringLiteral("openai-codex")) {
        account = openAiAccountIn(*claims);
    } else if (claims) {
        account.id = firstText(*claims, {"sub"});
        account.email = firstText(*claims, {"email", "preferred_username", "upn"});
    }
    if (const QString id = remarks.text(record.value.member("user_id")); !id.isEmpty())
        account.id = id;
    if (const QString id = remarks.text(record.value.member("org_id")); !id.isEmpty())
        account.organizationId = id;
    if (const QString id = remarks.text(record.tokens.member("account_id")); !id.isEmpty())
        account.organizationId = id;
    return account;
}

std::optional<base::Error> removed(const HermesRecord &record)
{
    return record.value.error(QStringLiteral("Hermes does not use it any more: its source was removed there"),
                              base::ErrorKind::Cancelled);
}

CopyReading heldIn(const HermesLogin &login)
{
    const HermesRecord &record = login.first();
    Remarks remarks;
    CopyReading reading = held(record.credential.clone(), login.slot);
    reading.account = accountOf(record, remarks);
    reading.credential->tokens.scopes = remarks.texts(record.value.member("scope"));
    // What matters most comes first.
    for (const auto &remark :
         {login.refusal(), login.isSuppressed() ? removed(record) : std::nullopt, login.problem, record.remark}) {
        if (!reading.problem)
            reading.problem = remark;
    }
    if (!reading.problem)
        reading.problem = remarks.first();
    return reading;
}

CopyReading readingOf(const HermesLogin &login)
{
    CopyReading reading;
    if (login.records.empty()) {
        reading = unreadable(*login.problem, login.slot);
    } else if (const auto end = login.end(); end || !login.first().holdsTokens()) {
        reading.slot = login.slot;
        reading.state = CopyState::Blank;
        reading.problem = end;
    } else {
        reading = heldIn(login);
    }
    const HermesProvider provider = hermesProvider(login.entry);
    reading.providerId = provider.id;
    if (provider.name.isEmpty())
        return reading; // of the file as such
    reading.label = QStringLiteral("Hermes · %1").arg(provider.name);
    if (!login.label.isEmpty())
        reading.label += QStringLiteral(" · ") + login.label;
    return reading;
}

// The Anthropic login that Hermes made itself: one flat object, in Claude Code's names.
base::Result<CopyReading> readPkce(const base::JsonValue &root, const HermesSpentTokens &spent)
{
    auto reading = readTokens(root, {.access = "accessToken", .refresh = "refreshToken"});
    if (!reading || reading->state != CopyState::Held)
        return reading;
    const auto end = hermesEnd(root.member("expiresAt"));
    if (!end)
        return base::unexpected(end.error());
    reading->credential->tokens.expiresAt = *end;
    if (!spent.holds(reading->credential->tokens.refreshToken))
        return reading;
    reading->state = CopyState::Blank;
    reading->credential.reset();
    reading->problem = root.error(QStringLiteral("Hermes has noted the refresh token as spent"));
    return reading;
}

base::Result<CopyReading> readSharedNous(const base::JsonValue &root)
{
    auto record = hermesStateIn(QStringLiteral("nous"), root);
    if (!record)
        return base::unexpected(record.error());
    CopyReading reading;
    if (record->holdsTokens()) {
        Remarks remarks;
        reading = held(record->credential.clone());
        reading.account = accountOf(*record, remarks);
        reading.problem = record->refusal ? record->refusal : record->remark;
    } else if (record->end || record->isBlanked) {
        reading.state = CopyState::Blank;
        reading.problem = record->end;
    }
    return reading;
}

} // namespace

const ToolFacts &Hermes::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("hermes"),
                                 .name = QStringLiteral("Hermes"),
                                 .profileName = QStringLiteral("hermes"),
                                 .providerId = {},
                                 .signInCommand = QStringLiteral("hermes auth"),
                                 .homeVariable = QStringLiteral("HERMES_HOME")};
    return facts;
}

Located Hermes::locate(const ToolWorld &world) const
{
    return locateHermes(world);
}

const CopyWriter *Hermes::writer() const
{
    static const HermesWriter writer;
    return &writer;
}

std::vector<CopyReading> Hermes::interpret(const CopyPlace &place, const base::FileContent &content,
                                           const Fetched &fetched, base::Timestamp /*now*/) const
{
    const HermesFile file = hermesFileAt(place);
    const auto document = hermesDocument(place.path, content);
    Remarks remarks;
    const HermesSpentTokens spent = HermesSpentTokens::beside(place, fetched, remarks);
    std::vector<CopyReading> readings;
    if (!document) {
        readings = onlyReading(base::unexpected(document.error()), place);
    } else if (file == HermesFile::Store) {
        for (const HermesLogin &login : hermesLoginsIn(document->root(), spent))
            readings.push_back(readingOf(login));
    } else {
        readings = onlyReading(
            file == HermesFile::Pkce ? readPkce(document->root(), spent) : readSharedNous(document->root()), place);
        readings.front().providerId = place.slot;
    }
    for (CopyReading &reading : readings) {
        if (reading.state == CopyState::Held && !reading.problem)
            reading.problem = remarks.first();
    }
    return readings;
}

} // namespace keytender::tools
