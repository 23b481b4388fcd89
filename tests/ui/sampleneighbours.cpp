// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sampleneighbours.h"

#include <QDir>

#include "samplerows.h"

namespace keytender::samples {

using namespace std::chrono_literals;
using profile::Care;
using service::AccountGroup;
using service::CareChoice;
using service::CareOffer;
using service::Link;
using service::LinkWay;

namespace {

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

CareChoice keepFresh(const char *tool)
{
    return {.care = Care::Shared,
            .title = text("Keep fresh"),
            .text = text("Keytender renews it in time, under %1’s own locks, and writes the new tokens back to where "
                         "%1 keeps them. %1 finds them at its next look and notices nothing else.")
                        .arg(text(tool))};
}

CareChoice watch(const char *tool)
{
    return {.care = Care::Watched,
            .title = text("Only watch"),
            .text = text("Keytender shows it, warns of its end and writes nothing. %1 renews it by itself, when it is "
                         "used.")
                        .arg(text(tool))};
}

CareChoice delegate(const char *tool)
{
    return {.care = Care::Delegated,
            .title = text("Let %1 renew it").arg(text(tool)),
            .text = text("Keytender asks %1 to renew it, in time and in the background. Keytender itself spends and "
                         "writes nothing.")
                        .arg(text(tool))};
}

CareOffer offer(const char *id, const char *label, Care recommended, std::vector<CareChoice> choices)
{
    return {.profileId = text(id),
            .label = text(label),
            .toolName = text(label),
            .care = Care::Watched,
            .recommended = recommended,
            .choices = std::move(choices),
            .wasAsked = false};
}

} // namespace

CareOffer claudeOffer()
{
    return offer("claude-cli", "Claude Code", Care::Shared, {keepFresh("Claude Code"), watch("Claude Code")});
}

CareOffer codexOffer()
{
    return offer("codex-cli", "Codex", Care::Shared, {keepFresh("Codex"), watch("Codex")});
}

CareOffer gcloudOffer()
{
    return offer("gcloud", "gcloud", Care::Delegated, {delegate("gcloud"), watch("gcloud")});
}

CareOffer geminiOffer()
{
    CareChoice refused = keepFresh("Gemini CLI");
    refused.isOffered = false;
    refused.whyNot = text("Google forbids other programs to use the sign-in of Gemini CLI.");
    return offer("gemini-cli", "Gemini CLI", Care::Watched, {watch("Gemini CLI"), refused});
}

service::WritePreview claudePreview()
{
    using File = service::WritePreview::File;
    using Kind = service::WritePreview::Line::Kind;
    const File file{
        .toolName = text("Claude Code"),
        .path = text("~/.claude/.credentials.json"),
        .locks = {text("~/.claude.lock"), text("~/.claude/.oauth_refresh.lock"), text("~/.claude/.storage-write.lock")},
        .lines = {{Kind::Same, text("  \"claudeAiOauth\": {")},
                  {Kind::Before, text("    \"accessToken\": ‹91c07fe3›,")},
                  {Kind::After, text("    \"accessToken\": ‹new›,")},
                  {Kind::Before, text("    \"refreshToken\": ‹5b2d90aa›,")},
                  {Kind::After, text("    \"refreshToken\": ‹new›,")},
                  {Kind::Before, text("    \"expiresAt\": 1795341120000,")},
                  {Kind::After, text("    \"expiresAt\": ‹8 hours after the renewal›,")},
                  {Kind::Same, text("    \"scopes\": [\"user:inference\", \"user:profile\", "
                                    "\"user:sessions:claude_code\"],")},
                  {Kind::Same, text("    \"subscriptionType\": \"max\"")},
                  {Kind::Same, text("  }")}}};
    const File unreadable{.toolName = text("OpenClaw"),
                          .path = text("~/.openclaw/agents/main/agent/auth-profiles.json"),
                          .locks = {},
                          .lines = {},
                          .problem =
                              text("~/.openclaw/agents/main/agent/auth-profiles.json: no permission to read it.")};
    return {.summary = text("The refresh token is spent at platform.claude.com today at 12:36, 2 h 36 min before the "
                            "access token ends."),
            .files = {file, unreadable}};
}

AccountGroup claudeAccounts()
{
    return {.profileId = text("claude-cli"),
            .toolName = text("Claude Code"),
            .notice =
                text("Sessions that are running go over to it with their next request; the name they show changes "
                     "when they are started again."),
            .accounts = {{text("claude-cli"), text("dev@example.com · Max"), true, {}},
                         {text("claude-cli@work"), text("dev@company.example · Team"), false, {}},
                         {text("claude-cli@old"), text("old@example.com"), false,
                          text("Its sign-in has ended: sign in again first.")}}};
}

std::vector<Link> claudeLinks()
{
    const QString env = QDir::homePath() + QStringLiteral("/gateway/.env");
    return {{.id = text("claude-cli>openclaw:anthropic:default"),
             .profileId = text("claude-cli"),
             .label = text("OpenClaw · anthropic:default"),
             .way = LinkWay::OneWay,
             .offered = {LinkWay::OneWay, LinkWay::Mirror},
             .writtenAt = now() - 42min},
            {.id = text("claude-cli>env:") + env + text(":ANTHROPIC_OAUTH_TOKEN"),
             .profileId = text("claude-cli"),
             .label = text("ANTHROPIC_OAUTH_TOKEN in ~/gateway/.env"),
             .way = LinkWay::OneWay,
             .offered = {LinkWay::OneWay},
             .writtenAt = now() - 42min,
             .problem = text("The command ended with 1: no such container."),
             .file = env,
             .variable = text("ANTHROPIC_OAUTH_TOKEN"),
             .command = {text("docker"), text("restart"), text("gateway")}},
            {.id = text("claude-cli>hermes:anthropic"),
             .profileId = text("claude-cli"),
             .label = text("Hermes · anthropic"),
             .way = LinkWay::Off,
             .offered = {},
             .whyNot = text("Hermes holds the login of another account: old@example.com.")}};
}

std::vector<service::Generation> claudeGenerations()
{
    return {{.fingerprint = text("5b2d90aa"),
             .seenAt = now() - 42min,
             .writer = text("Keytender"),
             .evidence = text("attempt 1f3a")},
            {.fingerprint = text("c1704e22"),
             .seenAt = now() - 7h,
             .writer = text("Claude Code"),
             .evidence = text("its lock directories were there"),
             .spentAt = now() - 42min,
             .spentBy = text("Keytender")},
            {.fingerprint = text("0e9947bd"),
             .seenAt = now() - 15h,
             .writer = text("unknown"),
             .evidence = text("nobody held a lock"),
             .end = text("blanked by Claude Code")}};
}

service::RescueOffer openClawRescue()
{
    return {.profileId = text("openclaw:anthropic"),
            .label = text("OpenClaw · Anthropic"),
            .path = text("~/.openclaw/agents/main/agent/auth-profiles.json"),
            .text = text("OpenClaw put this login away before it asked for new tokens, and then could not reach the "
                         "server. Keytender still has it as it was, and would put it back."),
            .proof =
                text("The name of the server could not be found, so nothing was sent. The refresh token is the one "
                     "that Keytender knows, and has not been spent.")};
}

void fill(fakes::FakeNeighbours &neighbours)
{
    neighbours.offers = {claudeOffer(), codexOffer(), gcloudOffer(), geminiOffer()};
    neighbours.previews = {{text("claude-cli"), claudePreview()}, {text("codex-cli"), claudePreview()}};
    neighbours.linked = claudeLinks();
    neighbours.groups = {claudeAccounts()};
    neighbours.histories = {{text("claude-cli"), claudeGenerations()}};
    neighbours.reports = {{text("claude-cli"), text("lineage:\n  5b2d90aa written by Keytender\n")}};
    neighbours.rescues = {{text("openclaw:anthropic"), openClawRescue()}};
}

void fillKept(fakes::FakeNeighbours &neighbours)
{
    fill(neighbours);
    for (CareOffer &offer : neighbours.offers) {
        offer.wasAsked = true;
        offer.care = offer.recommended;
    }
    neighbours.writes = {
        {text("claude-cli"),
         {.toolName = text("Claude Code"),
          .path = text("~/.claude/.credentials.json"),
          .at = now() - 42min,
          .what = text("put the renewed tokens there"),
          .canBeUndone = false,
          .whyNot = text("The token that was there has been spent: putting it back would sign Claude Code out.")}}};
}

} // namespace keytender::samples
