// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/geminicli.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/jwt.h"
#include "tools/homes.h"
#include "tools/jsonrecord.h"
#include "tools/refusingwriter.h"
#include "tools/tokenrecord.h"

namespace keytender::tools {

namespace {

constexpr QLatin1String service("gemini-cli-oauth");
constexpr QLatin1String account("main-account");
constexpr QLatin1String encryptedFile("gemini-credentials.json");
constexpr QLatin1String accountsFile("google_accounts.json");

// "<iv>:<tag>:<ciphertext>" in hexadecimal, AES-256-GCM with an IV of 12 bytes.
enum class Shape { Whole, CutOff, Other };

Shape shapeOfEncrypted(std::string_view text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    constexpr std::array<std::size_t, 2> fixedParts{24, 32};
    for (const std::size_t size : fixedParts) {
        const std::string_view part = text.substr(0, std::min(size, text.size()));
        if (!std::ranges::all_of(part, [](char letter) { return std::isxdigit(static_cast<unsigned char>(letter)); }))
            return Shape::Other;
        if (text.size() <= size)
            return Shape::CutOff;
        if (text[size] != ':')
            return Shape::Other;
        text.remove_prefix(size + 1);
    }
    if (!std::ranges::all_of(text, [](char letter) { return std::isxdigit(static_cast<unsigned char>(letter)); }))
        return Shape::Other;
    return text.empty() || text.size() % 2 != 0 ? Shape::CutOff : Shape::Whole;
}

CopyReading readEncrypted(const CopyPlace &place, const base::FileContent &content)
{
    base::Error problem{.kind = base::ErrorKind::Encrypted, .subject = place.path, .place = {}, .detail = {}};
    const Shape shape = shapeOfEncrypted(content.bytes.expose());
    if (shape == Shape::CutOff) {
        problem.kind = base::ErrorKind::Incomplete;
        problem.detail = QString();
    } else if (shape == Shape::Other) {
        problem.kind = base::ErrorKind::Malformed;
        problem.detail = QStringLiteral("is not Gemini CLI's encrypted store");
    }
    CopyReading reading = unreadable(std::move(problem));
    // Host and user name are all one needs to open it.
    reading.protection = profile::Protection::Obscured;
    return reading;
}

// google_accounts.json knows who is signed in now; "active" is null after a sign-out or a switch.
QString activeAccount(const CopyPlace &place, const Fetched &fetched, Remarks &remarks)
{
    for (const QString &path : place.companions) {
        if (const auto document = companionOf(fetched, path, remarks))
            return remarks.text(document->root().member("active"));
    }
    return {};
}

profile::Account identityOf(const base::JsonValue &record, const QString &active, Remarks &remarks)
{
    profile::Account identity;
    identity.email = active;
    const auto idToken = secretOrEmpty(record.member("id_token"));
    if (!idToken) {
        remarks.add(idToken.error());
        return identity;
    }
    const auto claims = base::JwtClaims::decode(*idToken);
    if (!claims)
        return identity;
    const QString email = claims->text({"email"});
    // A token of somebody else tells nothing about the active account.
    if (active.isEmpty() || active.compare(email, Qt::CaseInsensitive) == 0) {
        identity.email = email;
        identity.id = claims->text({"sub"});
    }
    return identity;
}

struct Members {
    TokenMembers tokens;
    std::string_view expiry;
};

base::Result<CopyReading> readRecord(const base::JsonValue &record, const Members &names)
{
    auto reading = readTokens(record, names.tokens);
    if (!reading || reading->state != profile::CopyState::Held)
        return reading;
    // The client takes a record without an end for valid.
    const auto expiry = epochTime(record.member(names.expiry), EpochUnit::Milliseconds);
    if (!expiry)
        return base::unexpected(expiry.error());
    reading->credential->tokens.expiresAt = *expiry;
    return reading;
}

base::Result<CopyReading> readStore(const CopyPlace &place, const base::JsonValue &root)
{
    if (place.kind == CopyPlace::Kind::File)
        return readRecord(root, {.tokens = {}, .expiry = "expiry_date"});
    const auto token = root.member("token").object();
    if (!token)
        return base::unexpected(token.error());
    return readRecord(*token, {.tokens = {.access = "accessToken", .refresh = "refreshToken"}, .expiry = "expiresAt"});
}

} // namespace

const ToolFacts &GeminiCli::facts() const
{
    static const ToolFacts facts{.id = QStringLiteral("gemini-cli"),
                                 .name = QStringLiteral("Gemini CLI"),
                                 .profileName = QStringLiteral("gemini-cli"),
                                 .providerId = QStringLiteral("google"),
                                 .signInCommand = QStringLiteral("gemini")};
    return facts;
}

const CopyWriter *GeminiCli::writer() const
{
    static const RefusingWriter refusing(
        {.share = QT_TRANSLATE_NOOP(
             "Neighbours", "Google does not let other programs use this login, and could suspend the account for it."),
         .write = QT_TRANSLATE_NOOP(
             "Neighbours",
             "Google does not let other programs use this login, and could suspend the account for it.")});
    return &refusing;
}

Located GeminiCli::locate(const ToolWorld &world) const
{
    Located located;
    // GEMINI_CLI_HOME stands for the home; ".gemini" lies in it. People who add a home may name either.
    const QString folder = QStringLiteral("/.gemini");
    QStringList further;
    if (const auto home = directoryFrom(world.environment, QStringLiteral("GEMINI_CLI_HOME"), located.problems))
        further.append(*home);
    for (const QString &home : world.extraHomes)
        further.append(home.endsWith(folder) ? home.chopped(folder.size()) : home);

    for (const Home &home : distinctHomes(world.environment.home, further)) {
        CopyPlace place;
        place.homeName = home.name;
        place.companions = {home.path + folder + u'/' + accountsFile};
        if (home.name.isEmpty()) {
            CopyPlace item = place;
            item.kind = CopyPlace::Kind::KeychainItem;
            item.path = QStringLiteral("keychain: %1/%2").arg(service, account);
            item.attributes = {{QStringLiteral("service"), service}, {QStringLiteral("account"), account}};
            located.places.push_back(std::move(item));
        }
        place.path = home.path + folder + u'/' + encryptedFile;
        located.places.push_back(place);
        place.path = home.path + folder + QStringLiteral("/oauth_creds.json");
        located.places.push_back(std::move(place));
    }
    return located;
}

std::vector<CopyReading> GeminiCli::interpret(const CopyPlace &place, const base::FileContent &content,
                                              const Fetched &fetched, base::Timestamp /*now*/) const
{
    if (place.kind == CopyPlace::Kind::File && place.path.endsWith(encryptedFile))
        return onlyReading(readEncrypted(place, content), place);
    const auto document = parseObject(place.path, content);
    if (!document)
        return onlyReading(base::unexpected(document.error()), place);
    auto reading = readStore(place, document->root());
    if (reading && reading->state == profile::CopyState::Held) {
        const bool isFile = place.kind == CopyPlace::Kind::File;
        const base::JsonValue record = isFile ? document->root() : document->root().member("token");
        Remarks remarks;
        reading->credential->tokens.scopes = remarks.texts(record.member("scope"));
        reading->account = identityOf(record, activeAccount(place, fetched, remarks), remarks);
        reading->problem = remarks.first();
    }
    return onlyReading(std::move(reading), place);
}

} // namespace keytender::tools
