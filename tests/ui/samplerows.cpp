// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "samplerows.h"

#include <QDir>
#include <QUrl>

#include "service/deeds.h"

namespace keytender::samples {

using namespace std::chrono_literals;
using profile::Health;
using profile::Reason;
using profile::Severity;

namespace {

profile::Copy copyAt(const QString &tool, const QString &path)
{
    return {.tool = tool,
            .path = QDir::homePath() + u'/' + path,
            .role = profile::CopyRole::Owner,
            .state = profile::CopyState::Held,
            .protection = profile::Protection::PrivateFile,
            .problem = {},
            .credential = {},
            .account = {},
            .changedAt = now() - 2h - 48min};
}

base::Fingerprint fingerprint(std::uint8_t seed)
{
    base::Fingerprint made;
    for (std::size_t i = 0; i < made.bytes.size(); ++i)
        made.bytes.at(i) = static_cast<std::uint8_t>(seed * 37 + i * 11);
    return made;
}

} // namespace

base::Timestamp now()
{
    return std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 9h;
}

service::Row well(const QString &id, const QString &label)
{
    service::Row row;
    row.profile.id = id;
    row.profile.providerId = QStringLiteral("anthropic");
    row.profile.toolId = QStringLiteral("claude-code");
    row.profile.label = label;
    row.profile.account.email = QStringLiteral("dev@example.com");
    row.profile.credential.refreshToken = fingerprint(static_cast<std::uint8_t>(id.size()));
    row.profile.credential.accessToken = fingerprint(static_cast<std::uint8_t>(id.size() + 1));
    row.profile.copies = {copyAt(QStringLiteral("claude-code"), QStringLiteral(".claude/.credentials.json"))};
    row.condition = {.health = Health::Fresh,
                     .reason = Reason::None,
                     .severity = Severity::Well,
                     .dueAt = now() + 3h + 36min,
                     .renewsAt = now() + 5h + 7min,
                     .expiresAt = now() + 5h + 12min,
                     .signInEndsAt = {},
                     .elapsed = 0.35,
                     .hasClash = false,
                     .clashesWith = {}};
    row.providerName = QStringLiteral("Anthropic");
    row.signInCommand = QStringLiteral("claude auth login");
    return row;
}

service::Row claude()
{
    service::Row row = well(QStringLiteral("claude-cli"), QStringLiteral("Claude Code"));
    row.profile.account.plan = QStringLiteral("Max");
    row.profile.credential.scopes = {QStringLiteral("user:inference"), QStringLiteral("user:profile")};
    row.profile.copies.push_back(
        copyAt(QStringLiteral("claude-code"), QStringLiteral("work/.claude/.credentials.json")));
    row.condition.signInEndsAt = now() + 24h * 9 + 5h;
    return row;
}

service::Row codex()
{
    service::Row row = well(QStringLiteral("codex-cli"), QStringLiteral("Codex"));
    row.profile.account.plan = QStringLiteral("Plus");
    row.profile.copies = {copyAt(QStringLiteral("codex"), QStringLiteral(".codex/auth.json"))};
    row.condition.elapsed = 0.18;
    row.condition.dueAt = now() + 24h * 6;
    row.condition.renewsAt = now() + 24h * 7 + 2h;
    row.condition.expiresAt = now() + 24h * 8;
    row.providerName = QStringLiteral("OpenAI");
    row.signInCommand = QStringLiteral("codex login");
    return row;
}

service::Row github()
{
    service::Row row = well(QStringLiteral("gh-cli"), QStringLiteral("gh"));
    row.profile.account = {};
    row.profile.account.id = QStringLiteral("octodev");
    row.profile.credential.kind = profile::CredentialKind::Token;
    row.profile.credential.refreshToken = {};
    profile::Copy copy = copyAt(QStringLiteral("gh"), {});
    copy.path = QStringLiteral("keychain: gh:github.com/octodev");
    copy.protection = profile::Protection::Keychain;
    row.profile.copies = {copy};
    row.condition = {};
    row.providerName = QStringLiteral("GitHub");
    row.signInCommand = QStringLiteral("gh auth login");
    return row;
}

service::Row gemini()
{
    service::Row row = well(QStringLiteral("gemini-cli"), QStringLiteral("Gemini CLI"));
    row.profile.account.email = QStringLiteral("work@example.com");
    row.profile.copies = {copyAt(QStringLiteral("gemini-cli"), QStringLiteral(".gemini/oauth_creds.json"))};
    row.profile.copies.front().state = profile::CopyState::Blank;
    row.condition = {.health = Health::Rejected,
                     .reason = Reason::BlankedByTool,
                     .severity = Severity::ActNow,
                     .dueAt = {},
                     .renewsAt = {},
                     .expiresAt = now() - 2h,
                     .signInEndsAt = {},
                     .elapsed = 1.0,
                     .hasClash = false,
                     .clashesWith = {}};
    row.providerName = QStringLiteral("Google");
    row.signInCommand = QStringLiteral("gemini");
    return row;
}

service::Row opencode()
{
    service::Row row = codex();
    row.profile.id = QStringLiteral("opencode:openai");
    row.profile.label = QStringLiteral("opencode");
    row.profile.account = {};
    row.profile.account.email = QStringLiteral("dev@example.com");
    row.profile.copies = {copyAt(QStringLiteral("opencode"), QStringLiteral(".local/share/opencode/auth.json"))};
    row.profile.duplicates = {{.profile = QStringLiteral("codex-cli"), .kind = profile::DuplicateKind::SameLineage}};
    row.condition.hasClash = true;
    row.condition.clashesWith = {QStringLiteral("Codex")};
    row.signInCommand = QStringLiteral("opencode auth login");
    return row;
}

service::Row endingSoon()
{
    service::Row row = well(QStringLiteral("claude-cli@work"), QStringLiteral("Claude Code (work)"));
    row.profile.account.email = QStringLiteral("dev@company.example");
    row.profile.account.plan = QStringLiteral("Team");
    row.condition.reason = Reason::SignInEndsSoon;
    row.condition.severity = Severity::Due;
    row.condition.signInEndsAt = now() + 24h * 2 + 4h;
    return row;
}

service::Row paused()
{
    service::Row row = well(QStringLiteral("kimi-cli"), QStringLiteral("Kimi"));
    row.profile.copies = {copyAt(QStringLiteral("kimi"), QStringLiteral(".kimi/credentials/kimi-code.json"))};
    row.condition.health = Health::Paused;
    row.condition.reason = Reason::RenewedByItsTool;
    row.condition.renewsAt.reset();
    row.condition.dueAt = now() - 4h;
    row.condition.expiresAt = now() - 3h;
    row.condition.elapsed = 1.0;
    row.providerName = QStringLiteral("Moonshot");
    return row;
}

service::Row unreadable()
{
    service::Row row = well(QStringLiteral("minimax-cli"), QStringLiteral("MiniMax"));
    row.profile.account = {};
    row.profile.copies = {copyAt(QStringLiteral("minimax"), QStringLiteral(".minimax/config.yaml"))};
    row.profile.copies.front().state = profile::CopyState::Unreadable;
    row.profile.copies.front().problem = base::Error{.kind = base::ErrorKind::PermissionDenied,
                                                     .subject = QStringLiteral("~/.minimax/config.yaml"),
                                                     .place = {},
                                                     .detail = {}};
    row.condition = {};
    row.condition.health = Health::Unreadable;
    row.condition.reason = Reason::CopyUnreadable;
    row.condition.severity = Severity::ActNow;
    row.providerName = QStringLiteral("MiniMax");
    return row;
}

service::Row keychainLocked()
{
    service::Row row = github();
    row.profile.copies.front().state = profile::CopyState::Unreadable;
    row.condition.health = Health::Unreadable;
    row.condition.reason = Reason::KeychainLocked;
    row.condition.severity = Severity::Due;
    return row;
}

service::Row longNames()
{
    service::Row row = endingSoon();
    row.profile.id = QStringLiteral("long");
    row.profile.label = QStringLiteral("opencode · Amazon Bedrock (eu-central-1)");
    row.profile.account.email = QStringLiteral("maximiliana.featherstonehaugh@subsidiary.department.example.com");
    row.profile.account.organizationName = QStringLiteral("Featherstonehaugh & Daughters Research Ltd");
    row.profile.copies = {
        copyAt(QStringLiteral("opencode"),
               QStringLiteral("projects/customers/2026/somewhere-deep/.local/share/opencode/auth.json"))};
    return row;
}

service::Row kept()
{
    service::Row row = claude();
    row.profile.care = profile::Care::Shared;
    row.condition.renewsAt = row.condition.dueAt;
    return row;
}

service::Row fenced()
{
    service::Row row = well(QStringLiteral("openclaw:anthropic"), QStringLiteral("OpenClaw · Anthropic"));
    row.profile.toolId = QStringLiteral("openclaw");
    row.profile.copies = {
        copyAt(QStringLiteral("openclaw"), QStringLiteral(".openclaw/agents/main/agent/auth-profiles.json"))};
    row.profile.copies.front().state = profile::CopyState::Fenced;
    row.condition.health = Health::NeedsSignIn;
    row.condition.reason = Reason::LockedAwayByTool;
    row.condition.severity = Severity::ActNow;
    row.condition.elapsed = 1.0;
    row.condition.expiresAt = now() - 2h;
    row.signInCommand = QStringLiteral("openclaw models auth login");
    row.actions.rescue = true;
    return row;
}

service::Row own(const QString &id, const QString &label)
{
    service::Row row = well(id, label);
    row.profile.toolId.clear();
    row.profile.care = profile::Care::Own;
    row.profile.copies.clear();
    row.profile.protection = profile::Protection::Sealed;
    row.condition.renewsAt = row.condition.dueAt;
    row.signInCommand.clear();
    row.actions = {.refresh = true, .signIn = true, .signOut = true};
    return row;
}

service::Row ownFresh()
{
    service::Row row = own(QStringLiteral("own:anthropic"), QStringLiteral("Anthropic"));
    row.profile.account.plan = QStringLiteral("Max");
    row.profile.credential.scopes = {QStringLiteral("user:inference"), QStringLiteral("user:profile")};
    row.condition.signInEndsAt = now() + 24h * 29 + 5h;
    return row;
}

service::Row ownRenewing()
{
    service::Row row = own(QStringLiteral("own:openai"), QStringLiteral("OpenAI"));
    row.providerName = QStringLiteral("OpenAI");
    row.profile.providerId = QStringLiteral("openai");
    row.condition.health = Health::Refreshing;
    row.condition.severity = Severity::Busy;
    row.condition.elapsed = 0.81;
    return row;
}

service::Row ownOffline()
{
    service::Row row = own(QStringLiteral("own:google"), QStringLiteral("Google"));
    row.providerName = QStringLiteral("Google");
    row.profile.providerId = QStringLiteral("google");
    row.profile.account.email = QStringLiteral("work@example.com");
    row.condition.health = Health::Waiting;
    row.condition.reason = Reason::Offline;
    row.condition.elapsed = 0.86;
    row.condition.expiresAt = now() + 9min;
    row.condition.nextTry = now() + 4min;
    return row;
}

service::Row ownLapsing()
{
    service::Row row = own(QStringLiteral("own:xai"), QStringLiteral("xAI"));
    row.providerName = QStringLiteral("xAI");
    row.profile.providerId = QStringLiteral("xai");
    row.condition.health = Health::Waiting;
    row.condition.reason = Reason::ServerTrouble;
    row.condition.severity = Severity::Due;
    row.condition.elapsed = 0.99;
    row.condition.expiresAt = now() + 2min;
    row.condition.nextTry = now() + 1min + 20s;
    row.condition.detail = QStringLiteral("service unavailable");
    return row;
}

service::Row ownUnsure()
{
    service::Row row = own(QStringLiteral("own:slack"), QStringLiteral("Slack"));
    row.providerName = QStringLiteral("Slack");
    row.profile.providerId = QStringLiteral("slack");
    row.condition.health = Health::Unsure;
    row.condition.reason = Reason::AnswerUnknown;
    row.condition.severity = Severity::Due;
    row.condition.elapsed = 1;
    row.condition.expiresAt = now() - 1min;
    row.condition.nextTry = now() + 30s;
    return row;
}

service::Row ownRefused()
{
    service::Row row = own(QStringLiteral("own:github"), QStringLiteral("GitHub"));
    row.providerName = QStringLiteral("GitHub");
    row.profile.providerId = QStringLiteral("github");
    row.profile.account = {};
    row.profile.account.id = QStringLiteral("octodev");
    row.condition.health = Health::NeedsSignIn;
    row.condition.reason = Reason::Refused;
    row.condition.severity = Severity::ActNow;
    row.condition.elapsed = 1;
    row.condition.expiresAt = now() - 2h;
    row.condition.detail = QStringLiteral("The token was revoked.");
    return row;
}

service::Row ownAnswerLost()
{
    service::Row row = ownRefused();
    row.profile.id = QStringLiteral("own:example.com");
    row.profile.label = QStringLiteral("login.example.com");
    row.providerName = QStringLiteral("login.example.com");
    row.profile.providerId = QStringLiteral("example.com");
    row.condition.reason = Reason::AnswerLost;
    row.condition.detail.clear();
    return row;
}

service::Row ownKey()
{
    service::Row row = own(QStringLiteral("own:ci"), QStringLiteral("CI key"));
    row.profile.account = {};
    row.profile.credential.kind = profile::CredentialKind::ApiKey;
    row.profile.credential.refreshToken = {};
    row.profile.credential.issuedAt = now() - 24h * 143;
    row.condition = {};
    row.condition.health = Health::Due;
    row.condition.reason = Reason::RotationDue;
    row.condition.severity = Severity::Due;
    row.actions = {.refresh = false, .signIn = false, .signOut = true};
    return row;
}

service::Row ownToken()
{
    service::Row row = ownKey();
    row.profile.id = QStringLiteral("own:setup");
    row.profile.label = QStringLiteral("Anthropic setup token");
    row.profile.credential.kind = profile::CredentialKind::Token;
    row.profile.credential.issuedAt = now() - 24h * 33;
    row.condition = {};
    row.condition.health = Health::Fresh;
    row.condition.expiresAt = now() + 24h * 332;
    row.condition.elapsed = 0.09;
    return row;
}

std::vector<service::Row> ownLogins()
{
    return {ownFresh(),   ownRenewing(),   ownOffline(), ownLapsing(), ownUnsure(),
            ownRefused(), ownAnswerLost(), ownKey(),     ownToken()};
}

std::vector<service::Row> trouble()
{
    return {gemini(), opencode(), endingSoon(), claude(), codex(), github()};
}

std::vector<service::Row> allWell()
{
    return {claude(), codex(), github(), paused()};
}

service::Surroundings surroundings()
{
    service::Surroundings made;
    made.looked = {
        {QStringLiteral("Claude Code"), QStringLiteral("~/.claude/.credentials.json")},
        {QStringLiteral("Codex"), QStringLiteral("~/.codex/auth.json")},
        {QStringLiteral("opencode"), QStringLiteral("~/.local/share/opencode/auth.json")},
        {QStringLiteral("Gemini CLI"), QStringLiteral("~/.gemini/oauth_creds.json")},
        {QStringLiteral("Qwen Code"), QStringLiteral("~/.qwen/oauth_creds.json")},
        {QStringLiteral("Kimi"), QStringLiteral("~/.kimi/credentials/kimi-code.json")},
        {QStringLiteral("gh"), QStringLiteral("~/.config/gh/hosts.yml")},
        {QStringLiteral("Google ADC"), QStringLiteral("~/.config/gcloud/application_default_credentials.json")},
        {QStringLiteral("AWS SSO"), QStringLiteral("~/.aws/sso/cache")}};
    made.lastScanAt = now() - 20s;
    return made;
}

std::vector<service::Activity> activity(const QString &profile)
{
    const QString path = QDir::homePath() + QStringLiteral("/.claude/.credentials.json");
    return {{now() - 2h - 48min, profile, path, QStringLiteral("adopted a newer token from this copy"),
             QStringLiteral("91c07fe3")},
            {now() - 11h, profile, path, QStringLiteral("adopted a newer token from this copy"),
             QStringLiteral("b2e84d51")},
            {now() - 24h * 20, profile, path, QStringLiteral("seen for the first time"), QStringLiteral("3f9a1c07")}};
}

std::vector<service::Activity> ownActivity(const QString &profile)
{
    using Kind = service::Deed::Kind;
    using refresh::Step;
    const std::vector<std::pair<Step, base::Milliseconds>> whole = {
        {Step::Locked, 0ms},     {Step::Reread, 4ms},   {Step::Intent, 11ms}, {Step::Sent, 12ms},
        {Step::Received, 321ms}, {Step::Stored, 334ms}, {Step::Done, 335ms}};
    const auto entry = [&](base::Timestamp at, Kind kind, std::size_t steps, const char *detail = "") {
        service::Activity made{.at = at,
                               .profile = profile,
                               .path = {},
                               .text = service::textOf(kind),
                               .fingerprint = QStringLiteral("91c07fe3"),
                               .detail = QString::fromUtf8(detail),
                               .severity = service::severityOf(kind)};
        for (std::size_t i = 0; i < steps; ++i)
            made.steps.push_back({at + whole.at(i).second, service::textOf(whole.at(i).first)});
        return made;
    };
    std::vector<service::Activity> made = {
        entry(now() - 2h, Kind::Refused, 7, "bad_refresh_token: The refresh token passed is incorrect or expired.")};
    for (int i = 0; i < 5; ++i)
        made.push_back(entry(now() - 3h - i * 15min, Kind::NotSent, 3,
                             "github.com: The network cannot be reached. Look at the connection."));
    made.push_back(entry(now() - 11h, Kind::Renewed, 7));
    made.push_back(entry(now() - 24h * 3, Kind::SignedIn, 0));
    return made;
}

std::vector<service::SignInOffer> offers()
{
    using provider::SignInWay;
    const auto offer = [](const char *id, const char *name, std::vector<SignInWay> ways) {
        return service::SignInOffer{.providerId = QString::fromUtf8(id),
                                    .providerName = QString::fromUtf8(name),
                                    .ways = std::move(ways),
                                    .whyNone = {},
                                    .scopes = {}};
    };
    return {offer("anthropic", "Anthropic", {SignInWay::Browser}), offer("openai", "OpenAI", {SignInWay::Browser}),
            offer("github", "GitHub", {SignInWay::Device}), offer("google", "Google", {})};
}

service::Surroundings afterSignOuts()
{
    service::Surroundings made = surroundings();
    made.isOffline = true;
    made.leftovers = {
        {.label = QStringLiteral("Anthropic · dev@example.com"),
         .text = QStringLiteral("“Anthropic · dev@example.com” was signed out here and is still valid at Anthropic."),
         .revokeByHand = {},
         .nextTry = now() + 4min},
        {.label = QStringLiteral("GitHub · octodev"),
         .text = QStringLiteral("“GitHub · octodev” was signed out here and is still valid at GitHub."),
         .revokeByHand = QUrl(QStringLiteral("https://github.com/settings/applications")),
         .nextTry = {}}};
    return made;
}

} // namespace keytender::samples
