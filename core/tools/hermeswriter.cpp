// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/hermeswriter.h"

#include <algorithm>

#include <QCoreApplication>
#include <QFileInfo>

#include "tools/hermesplaces.h"
#include "tools/hermesstore.h"
#include "tools/jsonrewrite.h"
#include "tools/yamltree.h"

namespace keytender::tools {

namespace {

using Purpose = CopyWriter::Purpose;

QString translated(const char *text)
{
    return QCoreApplication::translate("Hermes", text);
}

// Whose refresh is the standard's, with the client that Keytender has for this provider.
bool isPlainOAuth(const QString &entry)
{
    return entry == QStringLiteral("anthropic") || entry == QStringLiteral("openai-codex");
}

QString providerObjection(const QString &entry)
{
    if (entry == QStringLiteral("nous"))
        return translated(QT_TRANSLATE_NOOP(
            "Hermes", "Nous takes the refresh token in a header of its own and ends the whole sign-in when one comes "
                      "twice: Hermes alone renews it."));
    if (entry == QStringLiteral("qwen-oauth"))
        return translated(QT_TRANSLATE_NOOP("Hermes", "The service behind this login has ended."));
    if (entry == QStringLiteral("minimax-oauth"))
        return translated(QT_TRANSLATE_NOOP(
            "Hermes", "Hermes signed in as a client of its own that Keytender does not know: Hermes alone renews it."));
    return isPlainOAuth(entry) ? QString()
                               : translated(QT_TRANSLATE_NOOP(
                                   "Hermes", "Keytender does not know how this provider renews its logins."));
}

// What stands against touching a login, whatever for.
QString standingObjection(const HermesLogin &login)
{
    if (login.records.empty())
        return base::describe(login.problem.value_or(base::Error()));
    if (login.isSuppressed())
        return translated(
            QT_TRANSLATE_NOOP("Hermes", "You removed this login in Hermes, and Keytender does not bring it back."));
    if (const auto end = login.end())
        return base::describe(*end);
    if (!login.first().holdsTokens())
        return translated(QT_TRANSLATE_NOOP("Hermes", "Hermes holds no tokens of this login."));
    if (login.isAmbiguous)
        return translated(QT_TRANSLATE_NOOP(
            "Hermes", "Hermes holds two different tokens of this login, and nothing tells which is the later one."));
    return {};
}

// A row that Hermes has given up is none: its tokens may be an older generation of what we hold, and a later one is all
// that it waits for.
QString shareObjection(const HermesLogin &login)
{
    if (login.first().credential.tokens.refreshToken.isEmpty())
        return translated(QT_TRANSLATE_NOOP("Hermes", "There is nothing in this login that could be renewed."));
    return providerObjection(login.entry);
}

// Only Anthropic's rows are known to work with an access token alone, and only where Hermes would never renew them.
QString feedObjection(const HermesLogin &login)
{
    const HermesRecord &record = login.first();
    if (!record.credential.tokens.refreshToken.isEmpty())
        return translated(
            QT_TRANSLATE_NOOP("Hermes", "Hermes renews this login itself, so it cannot be fed from another."));
    if (record.credential.kind == profile::CredentialKind::ApiKey)
        return translated(QT_TRANSLATE_NOOP("Hermes", "It is an API key, not a sign-in."));
    if (record.kind != HermesRecord::Kind::Row || login.entry != QStringLiteral("anthropic"))
        return translated(QT_TRANSLATE_NOOP(
            "Hermes", "Only an Anthropic token that was added to Hermes by hand can be fed. For everything else use a "
                      "variable in Hermes' .env file."));
    return {};
}

QString adoptionObjection(const CopyPlace &place, const Fetched &fetched)
{
    const QString path = QFileInfo(place.path).path() + hermesConfigName;
    const auto config = fetched.companions.find(path);
    if (config == fetched.companions.end())
        return {};
    if (!config->second)
        return config->second.error().kind == base::ErrorKind::NotFound ? QString()
                                                                        : base::describe(config->second.error());
    const auto adopts = hermesAdoptsLogins(*config->second, path);
    if (!adopts)
        return base::describe(adopts.error());
    return *adopts
               ? QString()
               : translated(QT_TRANSLATE_NOOP(
                   "Hermes", "Hermes' configuration keeps logins of other tools out (auth.adopt_external_logins)."));
}

base::Error notThere(const CopyPlace &place, const QString &slot)
{
    return {.kind = base::ErrorKind::NotFound,
            .subject = place.path,
            .place = slot,
            .detail = QStringLiteral("holds no such login any more")};
}

base::Error refused(const CopyPlace &place, const QString &why)
{
    return {.kind = base::ErrorKind::Cancelled, .subject = place.path, .place = {}, .detail = why};
}

// Read first, so that nothing is done to a format that may mean something else.
QString versionObjection(const base::JsonValue &root)
{
    const auto version = root.member("version").optionalNumber();
    if (!version)
        return base::describe(version.error());
    return version->value_or(hermesStoreVersion) <= hermesStoreVersion
               ? QString()
               : base::describe(root.member("version").error(QStringLiteral("is newer than Keytender knows"),
                                                             base::ErrorKind::UnknownVersion));
}

const HermesLogin *loginAt(const std::vector<HermesLogin> &logins, const QString &slot)
{
    const auto found = std::ranges::find(logins, slot, &HermesLogin::slot);
    return found == logins.end() ? nullptr : &*found;
}

QString storeObjection(Purpose purpose, const CopyPlace &place, const QString &slot, const Fetched &fetched)
{
    const auto document = hermesDocument(place.path, *fetched.content);
    if (!document)
        return base::describe(document.error());
    if (const QString why = versionObjection(document->root()); !why.isEmpty())
        return why;
    Remarks remarks;
    const auto logins = hermesLoginsIn(document->root(), HermesSpentTokens::beside(place, fetched, remarks));
    const HermesLogin *login = loginAt(logins, slot);
    if (login == nullptr)
        return base::describe(notThere(place, slot));
    if (const QString why = standingObjection(*login); !why.isEmpty())
        return why;
    return purpose == Purpose::Share ? shareObjection(*login) : feedObjection(*login);
}

bool isPkceSuppressed(const CopyPlace &place, const Fetched &fetched)
{
    Remarks remarks;
    const QString store = QFileInfo(place.path).path() + hermesStoreName;
    const auto companion = fetched.companions.find(store);
    if (companion == fetched.companions.end() || !companion->second)
        return false;
    const auto document = hermesDocument(store, *companion->second);
    return document
           && isHermesSourceSuppressed(document->root(), QStringLiteral("anthropic"), QStringLiteral("hermes_pkce"));
}

QString pkceObjection(Purpose purpose, const CopyPlace &place, const Fetched &fetched)
{
    if (purpose == Purpose::Feed)
        return translated(
            QT_TRANSLATE_NOOP("Hermes", "Hermes renews this login itself, so it cannot be fed from another."));
    if (isPkceSuppressed(place, fetched))
        return translated(
            QT_TRANSLATE_NOOP("Hermes", "You removed this login in Hermes, and Keytender does not bring it back."));
    Remarks remarks;
    const auto document = hermesDocument(place.path, *fetched.content);
    if (!document)
        return base::describe(document.error());
    const auto token = secretOrEmpty(document->root().member("refreshToken"));
    if (!token)
        return base::describe(token.error());
    if (HermesSpentTokens::beside(place, fetched, remarks).holds(*token))
        return translated(QT_TRANSLATE_NOOP("Hermes", "Hermes has noted this login's refresh token as spent."));
    return token->isEmpty()
               ? translated(QT_TRANSLATE_NOOP("Hermes", "There is nothing in this login that could be renewed."))
               : QString();
}

// A change of the tokens ends what was noted of the old ones; what was noted of tokens that stay is kept.
void clearStatus(JsonRewrite &rewrite, const HermesRecord &record)
{
    for (const std::string_view member : hermesStatusMembers) {
        const base::JsonValue value = record.value.member(member);
        if (!value.isMissing() && !value.isNull())
            rewrite.setNull(record.value, member);
    }
    if (record.value.member("last_auth_error").isObject())
        rewrite.setNull(record.value, "last_auth_error");
}

void putTimes(JsonRewrite &rewrite, const HermesRecord &record, const Successor &successor)
{
    const auto &end = successor.tokens.expiresAt;
    const bool isAnthropics = record.entry == QStringLiteral("anthropic") && !successor.tokens.refreshToken.isEmpty();
    const bool hasEnd = !record.value.member("expires_at_ms").isMissing();
    if (end && (hasEnd || isAnthropics))
        rewrite.setTime(record.value, "expires_at_ms", *end, EpochUnit::Milliseconds);
    else if (hasEnd)
        rewrite.setNull(record.value, "expires_at_ms"); // the old one would have Hermes renew it at once
    const base::JsonValue written = record.value.member("expires_at");
    if (end && !written.isMissing() && !written.isNull())
        rewrite.setText(record.value, "expires_at", base::toRfc3339(*end));
    if (record.entry == QStringLiteral("openai-codex") || !record.value.member("last_refresh").isMissing())
        rewrite.setText(record.value, "last_refresh", base::toRfc3339(successor.acquiredAt));
}

void put(JsonRewrite &rewrite, const HermesRecord &record, const Successor &successor)
{
    const profile::TokenSet &tokens = successor.tokens;
    if (tokens.accessToken == record.credential.tokens.accessToken)
        return; // what was noted of it still holds
    rewrite.setText(record.tokens, "access_token", tokens.accessToken);
    if (!tokens.refreshToken.isEmpty())
        rewrite.setText(record.tokens, "refresh_token", tokens.refreshToken);
    if (!tokens.idToken.isEmpty() && !record.tokens.member("id_token").isMissing())
        rewrite.setText(record.tokens, "id_token", tokens.idToken);
    putTimes(rewrite, record, successor);
    clearStatus(rewrite, record);
}

// Python writes the offset where others write a Z; what was there tells which.
QString updatedAt(const base::JsonValue &before, base::Timestamp now)
{
    const auto text = before.string();
    const QString time = base::toRfc3339(now);
    return text && text->endsWith(QStringLiteral("+00:00")) ? time.chopped(1) + QStringLiteral("+00:00") : time;
}

base::Result<base::Secret> rewrittenStore(JsonRewrite rewrite, const CopyPlace &place, const QString &slot,
                                          const Fetched &fetched, const Successor &successor)
{
    Remarks remarks;
    const auto logins = hermesLoginsIn(rewrite.root(), HermesSpentTokens::beside(place, fetched, remarks));
    const HermesLogin *login = loginAt(logins, slot);
    if (login == nullptr)
        return base::unexpected(notThere(place, slot));
    if (const QString why = standingObjection(*login); !why.isEmpty())
        return base::unexpected(refused(place, why));
    if (successor.tokens.refreshToken.isEmpty() && !feedObjection(*login).isEmpty())
        return base::unexpected(refused(place, feedObjection(*login)));
    bool isChanged = false;
    for (const HermesRecord &record : login->records) {
        if (record.isSuppressed)
            continue;
        isChanged = isChanged || !(record.credential.tokens.accessToken == successor.tokens.accessToken);
        put(rewrite, record, successor);
    }
    if (isChanged)
        rewrite.setText(rewrite.root(), "updated_at",
                        updatedAt(rewrite.root().member("updated_at"), successor.acquiredAt));
    return rewrite.finish();
}

base::Result<base::Secret> rewrittenPkce(JsonRewrite rewrite, const CopyPlace &place, const Fetched &fetched,
                                         const Successor &successor)
{
    if (const QString why =
            pkceObjection(successor.tokens.refreshToken.isEmpty() ? Purpose::Feed : Purpose::Share, place, fetched);
        !why.isEmpty())
        return base::unexpected(refused(place, why));
    rewrite.setText(rewrite.root(), "accessToken", successor.tokens.accessToken);
    rewrite.setText(rewrite.root(), "refreshToken", successor.tokens.refreshToken);
    if (successor.tokens.expiresAt)
        rewrite.setTime(rewrite.root(), "expiresAt", *successor.tokens.expiresAt, EpochUnit::Milliseconds);
    return rewrite.finish();
}

LockSpec flockAt(const QString &path)
{
    return {.kind = LockSpec::Kind::Flock,
            .span = LockSpec::Span::Refresh,
            .path = path,
            .longestHold = HermesWriter::hermesWaits};
}

} // namespace

QString HermesWriter::objection(Purpose purpose, const CopyPlace &place, const QString &slot, const Fetched &fetched,
                                const ToolWorld & /*world*/) const
{
    if (purpose != Purpose::Share) {
        if (const QString why = adoptionObjection(place, fetched); !why.isEmpty())
            return why;
    }
    if (purpose == Purpose::Switch)
        return translated(QT_TRANSLATE_NOOP(
            "Hermes", "Hermes keeps several accounts side by side and chooses among them itself: add it there."));
    if (!fetched.content)
        return base::describe(fetched.content.error());
    switch (hermesFileAt(place)) {
    case HermesFile::Store:
        return storeObjection(purpose, place, slot, fetched);
    case HermesFile::Pkce:
        return pkceObjection(purpose, place, fetched);
    case HermesFile::SharedNous:
        return providerObjection(QStringLiteral("nous"));
    }
    return {};
}

// Profiles without an entry of their own use their root's, and such a Hermes holds its profile's lock while it renews:
// whoever writes to the root has to have all of them, the profiles' first, as Hermes takes them.
base::Result<LockPlan> HermesWriter::lockPlan(const CopyPlace &place, const QString & /*slot*/,
                                              const ToolWorld & /*world*/) const
{
    const QString home = QFileInfo(place.path).path();
    LockPlan plan;
    plan.tolerance = std::chrono::seconds(10);
    if (hermesFileAt(place) == HermesFile::SharedNous) {
        plan.locks.push_back(flockAt(home + QStringLiteral("/nous_auth.lock")));
        return plan;
    }
    for (const QString &profile : hermesProfilesBelow(home))
        plan.locks.push_back(flockAt(profile + QStringLiteral("/auth.lock")));
    plan.locks.push_back(flockAt(home + QStringLiteral("/auth.lock")));
    return plan;
}

base::Result<base::Secret> HermesWriter::rewritten(const CopyPlace &place, const QString &slot, const Fetched &fetched,
                                                   const Successor &successor) const
{
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    auto rewrite = JsonRewrite::of(place.path, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    switch (hermesFileAt(place)) {
    case HermesFile::Store:
        return rewrittenStore(std::move(*rewrite), place, slot, fetched, successor);
    case HermesFile::Pkce:
        return rewrittenPkce(std::move(*rewrite), place, fetched, successor);
    case HermesFile::SharedNous:
        break;
    }
    return base::unexpected(refused(place, providerObjection(QStringLiteral("nous"))));
}

mode_t HermesWriter::modeAfter(mode_t /*before*/) const
{
    return 0600;
}

base::Result<bool> hermesAdoptsLogins(const base::FileContent &config, const QString &path)
{
    if (config.bytes.isEmpty())
        return true;
    const auto tree = YamlTree::parse(config.bytes.clone(), path);
    if (!tree)
        return base::unexpected(tree.error());
    const YamlNode *auth = tree->root().member(u"auth");
    const YamlNode *adopts = auth != nullptr ? auth->member(u"adopt_external_logins") : nullptr;
    if (adopts == nullptr)
        return true;
    const auto word = tree->string(*adopts);
    if (!word)
        return base::unexpected(word.error());
    static const QStringList noes{QStringLiteral("false"), QStringLiteral("no"), QStringLiteral("off"),
                                  QStringLiteral("n"), QStringLiteral("0")};
    return !noes.contains(word->toLower());
}

} // namespace keytender::tools
