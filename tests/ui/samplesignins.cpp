// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "samplesignins.h"

#include <chrono>

#include "samplerows.h"

namespace keytender::samples {

using provider::SignInWay;
using service::SignInOffer;
using service::SignInStage;
using service::SignOutPreview;

namespace {

SignInOffer withoutWays(const QString &id, const QString &name, const QString &why)
{
    return {.providerId = id, .providerName = name, .ways = {}, .whyNone = why, .scopes = {}};
}

QString textOf(SignInStage stage)
{
    switch (stage) {
    case SignInStage::Preparing:
        return QStringLiteral("Getting ready…");
    case SignInStage::WaitingForBrowser:
        return QStringLiteral("Waiting for you to sign in in the browser.");
    case SignInStage::ShowingCodes:
        return QStringLiteral("Waiting for you to enter the code.");
    case SignInStage::Exchanging:
        return QStringLiteral("Fetching the tokens from Anthropic…");
    case SignInStage::ReadingAccount:
        return QStringLiteral("Asking Anthropic whose account it is…");
    case SignInStage::Keeping:
        return QStringLiteral("Storing the login…");
    case SignInStage::Done:
        return {};
    case SignInStage::Failed:
        return QStringLiteral("Port 1455 on this machine is in use by “codex” (process 4711), and OpenAI sends its "
                              "answer to no other.");
    case SignInStage::Cancelled:
        return QStringLiteral("Cancelled.");
    }
    return {};
}

} // namespace

std::vector<SignInOffer> signInOffers()
{
    return {
        {.providerId = QStringLiteral("anthropic"),
         .providerName = QStringLiteral("Anthropic"),
         .ways = {SignInWay::Browser, SignInWay::Paste},
         .whyNone = {},
         .scopes = {{QStringLiteral("user:profile"), QStringLiteral("see your name and e-mail address"), true},
                    {QStringLiteral("user:inference"), QStringLiteral("use the models in your name"), true},
                    {QStringLiteral("org:create_api_key"), QStringLiteral("create API keys"), false},
                    {QStringLiteral("user:sessions:claude_code"), QStringLiteral("run sessions of Claude Code"), false},
                    {QStringLiteral("user:file_upload"), {}, false}}},
        {.providerId = QStringLiteral("github"),
         .providerName = QStringLiteral("GitHub"),
         .ways = {SignInWay::Device},
         .whyNone = {},
         .scopes = {{QStringLiteral("read:org"), QStringLiteral("see your organisations"), true},
                    {QStringLiteral("repo"), QStringLiteral("read and write your repositories"), false}}},
        {.providerId = QStringLiteral("example"),
         .providerName = QStringLiteral("login.example.com"),
         .ways = {SignInWay::Browser, SignInWay::Paste, SignInWay::Device},
         .whyNone = {},
         .scopes = {}},
        withoutWays(QStringLiteral("google"), QStringLiteral("Google"),
                    QStringLiteral("Google's terms keep other programs from using Gemini CLI's sign-in")),
        withoutWays(QStringLiteral("qwen"), QStringLiteral("Qwen"),
                    QStringLiteral("the service behind this login has ended")),
        withoutWays(QStringLiteral("slack"), QStringLiteral("Slack"),
                    QStringLiteral("a Slack app of your own signs in, with a client secret")),
    };
}

service::SignInFacts signingIn(SignInStage stage, SignInWay way)
{
    service::SignInFacts facts;
    facts.providerId = QStringLiteral("anthropic");
    facts.providerName = way == SignInWay::Device ? QStringLiteral("GitHub") : QStringLiteral("Anthropic");
    facts.way = way;
    facts.stage = stage;
    facts.text = textOf(stage);
    facts.hasAddress = stage == SignInStage::WaitingForBrowser;
    if (stage == SignInStage::ShowingCodes) {
        facts.verificationUri = QUrl(QStringLiteral("https://github.com/login/device"));
        facts.codesEndAt = now() + std::chrono::seconds(872);
    }
    if (stage == SignInStage::Failed)
        facts.cure = QStringLiteral("End that program or finish its sign-in, then try again.");
    if (stage == SignInStage::Done)
        facts.label = QStringLiteral("Anthropic · dev@example.com");
    return facts;
}

SignOutPreview signOutOfAll()
{
    using End = SignOutPreview::Login::End;
    return {.logins = {{.profileId = QStringLiteral("a"),
                        .label = QStringLiteral("Anthropic · dev@example.com"),
                        .end = End::Revoked,
                        .revokeByHand = {},
                        .alsoEnds = QStringLiteral("every copy of this login on other machines")},
                       {.profileId = QStringLiteral("g"),
                        .label = QStringLiteral("GitHub · octodev"),
                        .end = End::ByHand,
                        .revokeByHand = QUrl(QStringLiteral("https://github.com/settings/applications")),
                        .alsoEnds = {}},
                       {.profileId = QStringLiteral("k"),
                        .label = QStringLiteral("CI key"),
                        .end = End::Kept,
                        .revokeByHand = {},
                        .alsoEnds = {}}},
            .staysWithTools = {QStringLiteral("Claude Code · dev@example.com"), QStringLiteral("gh · octodev")}};
}

std::vector<service::SignOutResult> signedOut()
{
    return {{.profileId = QStringLiteral("a"),
             .label = QStringLiteral("Anthropic · dev@example.com"),
             .hasLeftHere = true,
             .isComplete = true,
             .text = QStringLiteral("Signed out; Anthropic confirmed it."),
             .revokeByHand = {}},
            {.profileId = QStringLiteral("o"),
             .label = QStringLiteral("OpenAI · dev@example.com"),
             .hasLeftHere = true,
             .isComplete = false,
             .text = QStringLiteral("Still valid at OpenAI, which cannot be reached; next try in 4 min."),
             .revokeByHand = {}},
            {.profileId = QStringLiteral("g"),
             .label = QStringLiteral("GitHub · octodev"),
             .hasLeftHere = true,
             .isComplete = false,
             .text = QStringLiteral("Still valid at GitHub: only you can end it there."),
             .revokeByHand = QUrl(QStringLiteral("https://github.com/settings/applications"))}};
}

} // namespace keytender::samples
