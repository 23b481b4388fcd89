// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/claudecodewriter.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "tools/claudecoderecord.h"
#include "tools/jsonrecord.h"

namespace keytender::tools {

namespace {

using namespace claudecode;
using namespace std::chrono_literals;
using base::JsonType;
using base::JsonValue;

// Around a refresh, seen from us: 2.1.330 gives up on a lock after 60 s, 2.0.76 and 2.1.197 after 10 s, all of them
// touch theirs every 5 s. Whoever waits for it gives up after about 8 s.
constexpr base::Milliseconds refreshStale = 60s;
constexpr base::Milliseconds refreshHeartbeat = 3s;
constexpr base::Milliseconds storageStale = 15s;
constexpr base::Milliseconds settingsStale = 10s;
constexpr base::Milliseconds bearsLocksFor = 6s;

QString say(const char *text)
{
    return QCoreApplication::translate("Neighbours", text);
}

bool isConsoleKey(const QString &slot)
{
    return !slot.isEmpty();
}

base::Error refusal(const CopyPlace &place, base::ErrorKind kind, const QString &detail)
{
    return {.kind = kind, .subject = place.path, .place = {}, .detail = detail};
}

base::Error consoleKeyIsLeftAlone(const CopyPlace &place)
{
    return refusal(place, base::ErrorKind::Overridden, QStringLiteral("is a key of the Console, which nobody renews"));
}

bool isLink(const CopyPlace &place)
{
    return QFileInfo(place.path).isSymLink();
}

base::Result<base::JsonSpans> parsed(const CopyPlace &place, const Fetched &fetched)
{
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    return parseObject(place.path, *fetched.content);
}

// The sign-in ends when it ended before, or earlier: a refresh does not lengthen it, whatever an answer says.
base::Result<void> shortenSignIn(JsonRewrite &rewrite, const JsonValue &login, const Successor &successor)
{
    const auto told = successor.tokens.refreshTokenExpiresAt;
    if (!told)
        return {};
    const JsonValue member = login.member("refreshTokenExpiresAt");
    const auto number = member.optionalNumber();
    if (!number)
        return base::unexpected(number.error());
    const bool isUnknown = number->value_or(0.0) == 0.0;
    const auto before = epochTime(member, EpochUnit::Milliseconds);
    if (!before && !isUnknown)
        return base::unexpected(before.error());
    if (isUnknown || *told < **before)
        rewrite.setTime(login, "refreshTokenExpiresAt", *told, EpochUnit::Milliseconds);
    return {};
}

base::Result<base::Secret> renewed(const CopyPlace &place, const Fetched &fetched, const Successor &successor)
{
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    auto rewrite = JsonRewrite::of(place.path, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const auto login = livingLogin(rewrite->root());
    if (!login)
        return base::unexpected(login.error());
    if (const auto shortened = shortenSignIn(*rewrite, *login, successor); !shortened)
        return base::unexpected(shortened.error());
    setTokens(*rewrite, *login, successor);
    return rewrite->finish();
}

// Another account's login in the place: its own object and its trusted device come, the other one's go.
base::Result<base::Secret> exchanged(const CopyPlace &place, const Fetched &fetched, const Successor &successor)
{
    const bool isSignedOut = !fetched.content && fetched.content.error().kind == base::ErrorKind::NotFound;
    if (!fetched.content && !isSignedOut)
        return base::unexpected(fetched.content.error());
    const auto record = arrivingRecord(successor);
    if (!record)
        return base::unexpected(record.error());
    auto rewrite = isSignedOut ? JsonRewrite::of(place.path, contentOf(base::Secret::copyOf("{}")))
                               : JsonRewrite::of(place.path, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const JsonValue root = rewrite->root();
    const JsonValue there = root.member("claudeAiOauth");
    if (!there.isMissing() && !there.isNull() && !there.isObject())
        return base::unexpected(there.error(QStringLiteral("is no login that we know")));
    rewrite->set(root, "claudeAiOauth", bytesOf(*record, record->root().member("claudeAiOauth")));
    const JsonValue device = root.member("trustedDeviceToken");
    if (const JsonValue own = record->root().member("trustedDeviceToken"); own.type() == JsonType::String)
        rewrite->set(root, "trustedDeviceToken", bytesOf(*record, own));
    else if (!device.isMissing() && !device.isNull())
        rewrite->setNull(root, "trustedDeviceToken"); // of the account that goes
    return rewrite->finish();
}

// `.claude.json` with the account of the login that comes; nothing where it names that one already.
base::Result<std::optional<base::Secret>> settingsNaming(const QString &path,
                                                         const base::Result<base::FileContent> &content,
                                                         const Successor &successor)
{
    if (!content)
        return base::unexpected(content.error());
    auto rewrite = JsonRewrite::of(path, *content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const JsonValue root = rewrite->root();
    if (accountToldIn(root.member("oauthAccount")).isSameAs(successor.account))
        return std::optional<base::Secret>();
    auto account = arrivingAccount(successor);
    if (!account)
        return base::unexpected(account.error());
    rewrite->set(root, "oauthAccount", *std::move(account));
    auto text = rewrite->finish();
    if (!text)
        return base::unexpected(text.error());
    return std::optional(*std::move(text));
}

// What `.claude.json` says beside this login, if it speaks of its account; of older records nothing else is known.
void addAccountTold(JsonRewrite &record, const profile::Account &owner, const CopyPlace &place, const Fetched &fetched)
{
    Remarks remarks;
    for (const QString &path : place.companions) {
        const auto settings = companionOf(fetched, path, remarks);
        if (!settings)
            continue;
        const JsonValue told = settings->root().member("oauthAccount");
        if (!told.isObject() || accountToldIn(told).differsFrom(owner))
            continue;
        record.set(record.root(), "oauthAccount", bytesOf(*settings, told));
        return;
    }
}

LockSpec directoryLock(LockSpec::Span span, const QString &path, base::Milliseconds stale)
{
    return {
        .kind = LockSpec::Kind::Directory, .span = span, .path = path, .stale = stale, .heartbeat = refreshHeartbeat};
}

} // namespace

QString ClaudeCodeWriter::objection(Purpose purpose, const CopyPlace &place, const QString &slot,
                                    const Fetched &fetched, const ToolWorld &world) const
{
    Q_UNUSED(world)
    if (isConsoleKey(slot))
        return say(QT_TRANSLATE_NOOP("Neighbours", "This is a key of the Anthropic Console: nobody renews it."));
    if (place.kind != CopyPlace::Kind::File)
        return say(
            QT_TRANSLATE_NOOP("Neighbours", "Claude Code keeps this login in a keychain, where Keytender only reads."));
    if (purpose == Purpose::Feed)
        return say(QT_TRANSLATE_NOOP("Neighbours",
                                     "Claude Code renews the login in its own store by itself; with an access "
                                     "token alone it would stop working when that token runs out."));
    if (isLink(place))
        return say(QT_TRANSLATE_NOOP("Neighbours",
                                     "The file is a symbolic link: Claude Code's locks do not cover what it "
                                     "leads to, and Claude Code replaces the link at its next write."));
    const auto document = parsed(place, fetched);
    if (purpose == Purpose::Switch || !document)
        return {}; // rewritten() says what is wrong with a text
    const JsonValue login = document->root().member("claudeAiOauth");
    if (!login.isObject())
        return {};
    if (isBlank(login))
        return say(QT_TRANSLATE_NOOP("Neighbours", "Claude Code has emptied this login: it has ended. Sign in again."));
    if (!canAnswerPrompts(login))
        return say(QT_TRANSLATE_NOOP("Neighbours",
                                     "Claude Code does not use this login, because the right user:inference "
                                     "is missing from it. Sign in again."));
    return {};
}

base::Result<LockPlan> ClaudeCodeWriter::lockPlan(const CopyPlace &place, const QString &slot,
                                                  const ToolWorld &world) const
{
    Q_UNUSED(world)
    if (isConsoleKey(slot))
        return base::unexpected(consoleKeyIsLeftAlone(place));
    const QString directory = QFileInfo(place.path).path();
    const QString real = QFileInfo(directory).canonicalFilePath();
    if (real.isEmpty())
        return base::unexpected(base::Error{.kind = base::ErrorKind::NotFound,
                                            .subject = directory,
                                            .place = {},
                                            .detail = QStringLiteral("the directory is gone")});
    using enum LockSpec::Span;
    return LockPlan{.locks = {directoryLock(Refresh, directory + QStringLiteral("/.oauth_refresh.lock"), refreshStale),
                              directoryLock(Refresh, real + QStringLiteral(".lock"), refreshStale),
                              directoryLock(Write, directory + QStringLiteral("/.storage-write.lock"), storageStale)},
                    .tolerance = bearsLocksFor};
}

base::Result<base::Secret> ClaudeCodeWriter::rewritten(const CopyPlace &place, const QString &slot,
                                                       const Fetched &fetched, const Successor &successor) const
{
    if (isConsoleKey(slot))
        return base::unexpected(consoleKeyIsLeftAlone(place));
    if (successor.tokens.accessToken.isEmpty() || successor.tokens.refreshToken.isEmpty())
        return base::unexpected(
            refusal(place, base::ErrorKind::Incomplete, QStringLiteral("gets a whole login or nothing")));
    return successor.toolRecord ? exchanged(place, fetched, successor) : renewed(place, fetched, successor);
}

base::Result<std::vector<CompanionChange>> ClaudeCodeWriter::companionChanges(const CopyPlace &place,
                                                                              const QString &slot,
                                                                              const Fetched &fetched,
                                                                              const Successor &successor,
                                                                              const ToolWorld &world) const
{
    Q_UNUSED(world)
    std::vector<CompanionChange> changes;
    if (!successor.toolRecord || isConsoleKey(slot))
        return changes;
    for (const QString &path : place.companions) {
        const auto found = fetched.companions.find(path);
        if (found == fetched.companions.end())
            continue;
        if (!found->second && found->second.error().kind == base::ErrorKind::NotFound)
            continue; // Claude Code will make it, and ask whose login it is
        auto text = settingsNaming(path, found->second, successor);
        if (!text)
            return base::unexpected(text.error());
        if (*text)
            changes.push_back(
                {.path = path,
                 .locks = {directoryLock(LockSpec::Span::Write, path + QStringLiteral(".lock"), settingsStale)},
                 .content = **std::move(text)});
    }
    return changes;
}

base::Result<base::Secret> ClaudeCodeWriter::recordOf(const CopyPlace &place, const QString &slot,
                                                      const Fetched &fetched) const
{
    if (isConsoleKey(slot))
        return base::unexpected(consoleKeyIsLeftAlone(place));
    const auto document = parsed(place, fetched);
    if (!document)
        return base::unexpected(document.error());
    const auto login = livingLogin(document->root());
    if (!login)
        return base::unexpected(login.error());
    if (const auto whole = checkWhole(*login); !whole)
        return base::unexpected(whole.error());

    auto record = JsonRewrite::of(place.path, contentOf(base::Secret::copyOf("{}")));
    if (!record)
        return base::unexpected(record.error());
    const JsonValue root = record->root();
    record->set(root, "claudeAiOauth", bytesOf(*document, *login));
    if (const JsonValue device = document->root().member("trustedDeviceToken"); device.type() == JsonType::String)
        record->set(root, "trustedDeviceToken", bytesOf(*document, device));
    addAccountTold(*record, accountToldIn(*login), place, fetched);
    return record->finish();
}

// Seen with 2.0.76, 2.1.197 and 2.1.330 between two prompts.
QString ClaudeCodeWriter::noticeAfterSwitch() const
{
    return say(QT_TRANSLATE_NOOP("Neighbours",
                                 "A Claude Code 2.1 that is running uses the new account from its next request on, and "
                                 "may show the old name for a while. One of version 2.0 stays with the old account "
                                 "until it is started again."));
}

} // namespace keytender::tools
