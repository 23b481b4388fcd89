// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/signin/staticcredential.h"

#include <algorithm>

#include <QCoreApplication>

#include "base/jwt.h"
#include "refresh/ownprofile.h"

namespace keytender::service {

namespace {

constexpr std::size_t longest = std::size_t{16} * 1024;
constexpr qsizetype longestLabel = 100;

QString say(const char *text)
{
    return QCoreApplication::translate("Key", text);
}

base::Unexpected<base::Error> wrong(const QString &label, const QString &detail)
{
    return base::unexpected({.kind = base::ErrorKind::Misconfigured, .subject = label, .place = {}, .detail = detail});
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

// A key is one word of printable ASCII; anything else is not the key itself.
QString faultIn(std::string_view text)
{
    if (text.empty())
        return say(QT_TRANSLATE_NOOP("Key", "nothing was given"));
    if (text.size() > longest)
        return say(QT_TRANSLATE_NOOP("Key", "this is longer than any key"));
    if (std::ranges::any_of(text, isBlank))
        return say(QT_TRANSLATE_NOOP("Key", "this is more than one word: only the key itself is wanted"));
    if (!std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; }))
        return say(QT_TRANSLATE_NOOP("Key", "this holds characters that no key is made of"));
    return {};
}

// As the person says, else as the token itself does, else as its provider makes them.
std::optional<base::Timestamp> endOf(const StaticCredentialFacts &facts, const profile::TokenSet &tokens,
                                     const StaticCredentialWorld &world)
{
    if (facts.expiresAt)
        return facts.expiresAt;
    const auto claims = base::JwtClaims::decode(tokens.accessToken);
    const auto end = claims ? claims->time("exp") : std::nullopt;
    if (end && base::isPlausible(*end))
        return end;
    const bool hasUsualEnd = facts.isSetupToken && world.provider && world.provider->setupTokenLifetime;
    return hasUsualEnd ? std::optional(*tokens.issuedAt + world.provider->setupTokenLifetime->value) : std::nullopt;
}

QString plainId(const QString &text)
{
    QString id;
    for (const QChar c : text.trimmed().toLower()) {
        if ((c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'.')
            id += c;
        else if (!id.isEmpty() && !id.endsWith(u'-'))
            id += u'-';
    }
    while (id.endsWith(u'-'))
        id.chop(1);
    return id;
}

} // namespace

base::Result<vault::Record> staticRecord(const StaticCredentialFacts &facts, const base::Secret &secret,
                                         const StaticCredentialWorld &world)
{
    provider::Provider provider;
    provider.id = plainId(facts.providerId);
    const QString label = facts.label.trimmed().left(longestLabel);
    provider.name = label.isEmpty() ? facts.providerId.trimmed() : label;
    if (provider.id.isEmpty())
        return wrong(label, say(QT_TRANSLATE_NOOP("Key", "it is not said whose key it is")));
    const std::string_view text = trimmed(secret.expose());
    if (const QString fault = faultIn(text); !fault.isEmpty())
        return wrong(provider.name, fault);
    if (facts.expiresAt && facts.issuedAt && *facts.expiresAt <= *facts.issuedAt)
        return wrong(provider.name, say(QT_TRANSLATE_NOOP("Key", "it would end before it begins")));

    QStringList taken;
    for (const vault::RecordFacts &other : world.known)
        taken += other.id;
    profile::Account named;
    named.organizationName = label;
    profile::TokenSet tokens;
    tokens.accessToken = base::Secret::copyOf(text);
    tokens.issuedAt = facts.issuedAt.value_or(world.now);
    tokens.expiresAt = endOf(facts, tokens, world);
    vault::Record record =
        refresh::recordOf(refresh::newProfileId(provider, named, taken), provider, {}, std::move(tokens), world.now);
    record.label = provider.name;
    record.credential.kind = facts.kind;
    const base::Fingerprint fingerprint = profile::factsOf(record.credential, world.key).accessToken;
    for (const vault::RecordFacts &other : world.known) {
        if (other.credential.accessToken == fingerprint && other.care == profile::Care::Own)
            return wrong(provider.name, say(QT_TRANSLATE_NOOP("Key", "it is kept already, as “%1”")).arg(other.label));
    }
    return record;
}

} // namespace keytender::service
