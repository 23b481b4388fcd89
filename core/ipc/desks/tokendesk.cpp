// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// token, reject, refresh: what programs ask for.

#include <charconv>
#include <memory>

#include <QCoreApplication>
#include <QPointer>

#include "ipc/desks/world.h"
#include "ipc/loginchoice.h"

namespace keytender::ipc {

using service::GivenToken;
using service::Row;
using service::TokenRefusal;
using service::Tokens;
using wire::Outcome;

namespace {

constexpr qint64 usualValidity = 300; // seconds

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

Refusal refusalFor(const TokenRefusal &refusal)
{
    switch (refusal.why) {
    case TokenRefusal::Why::NotFound:
        return {.outcome = Outcome::NotFound, .text = refusal.text};
    case TokenRefusal::Why::NeedsSignIn:
        return {.outcome = Outcome::NeedsSignIn, .text = refusal.text};
    case TokenRefusal::Why::Unavailable:
        return {.outcome = Outcome::Unavailable, .text = refusal.text};
    case TokenRefusal::Why::Failed:
        break;
    }
    return {.outcome = Outcome::Failed, .text = refusal.text};
}

std::string_view wordOf(profile::CredentialKind kind)
{
    switch (kind) {
    case profile::CredentialKind::OAuth:
        return "oauth";
    case profile::CredentialKind::Token:
        return "token";
    case profile::CredentialKind::ApiKey:
        break;
    }
    return "api-key";
}

// Which login a request is about.
struct Asked {
    QString profile; // empty = by its server
    GitRemote remote;
};

Granted<Asked> askedFor(const RequestFields &fields)
{
    Asked asked{
        .profile = fields.text("profile"),
        .remote = {.protocol = fields.text("protocol"), .host = fields.text("host"), .user = fields.text("user")}};
    const bool isByServer = fields.has("protocol") || fields.has("host");
    if (asked.profile.isEmpty() == !isByServer)
        return refuse(Outcome::Usage,
                      say(QT_TRANSLATE_NOOP("Door", "Either the field “profile” is needed, or “protocol” "
                                                    "and “host”.")));
    if (isByServer && (asked.remote.protocol.isEmpty() || asked.remote.host.isEmpty()))
        return refuse(Outcome::Usage, say(QT_TRANSLATE_NOOP("Door", "“protocol” and “host” are needed together.")));
    return asked;
}

Granted<const Row *> loginOf(const Asked &asked, const service::Service &service)
{
    if (!asked.profile.isEmpty())
        return loginNamed(asked.profile, service.rows());
    return loginFor(asked.remote, {.rows = service.rows(),
                                   .chosen = service.settings().gitHosts,
                                   .providerFor = [&service](const QString &id) { return service.provider(id); }});
}

const QStringList &purposes()
{
    static const QStringList words{QStringLiteral("token"),  QStringLiteral("git"),           QStringLiteral("aws"),
                                   QStringLiteral("docker"), QStringLiteral("mcp"),           QStringLiteral("run"),
                                   QStringLiteral("codex"),  QStringLiteral("api-key-helper")};
    return words;
}

// One sentence for the person who is asked.
QString purposeSentence(const QString &purpose, const GitRemote &remote)
{
    const QString host = plainHost(remote).value_or(QString());
    if (purpose == u"git" || purpose == u"docker") {
        const QString program = purpose == u"git" ? QStringLiteral("git") : QStringLiteral("Docker");
        return host.isEmpty() ? say(QT_TRANSLATE_NOOP("Door", "%1 asks for a password.")).arg(program)
                              : say(QT_TRANSLATE_NOOP("Door", "%1 asks for the password of %2.")).arg(program, host);
    }
    if (purpose == u"aws")
        return say(QT_TRANSLATE_NOOP("Door", "It asks for credentials for AWS."));
    if (purpose == u"mcp")
        return say(QT_TRANSLATE_NOOP("Door", "It starts an MCP server that gets this token."));
    if (purpose == u"run")
        return say(QT_TRANSLATE_NOOP("Door", "It starts a program that gets this token."));
    if (purpose == u"api-key-helper")
        return say(QT_TRANSLATE_NOOP("Door", "Claude Code asks for a key."));
    if (purpose == u"codex")
        return say(QT_TRANSLATE_NOOP("Door", "Codex asks for a token."));
    return say(QT_TRANSLATE_NOOP("Door", "It asks for an access token."));
}

// What is told of a login beside its token.
struct Given {
    QString label;
    QString provider;
};

void answerWith(Inquiry &inquiry, const Tokens::Answer &given, const Given &login)
{
    if (!given)
        return answer(inquiry, refusalFor(given.error()));
    wire::Message message = answerOf(Outcome::Ok);
    message.set("token", given->accessToken.expose()).set("kind", wordOf(given->kind));
    if (given->expiresAt) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(given->expiresAt->time_since_epoch()).count();
        message.set("expires-at", std::to_string(seconds));
    }
    message.set("profile", given->profileId.toStdString()).set("label", login.label.toStdString());
    message.set("provider", login.provider.toStdString());
    const profile::Account &account = given->account;
    const QString user = account.id.isEmpty() ? account.email : account.id;
    if (!user.isEmpty())
        message.set("user", user.toStdString());
    if (given->accessToken.isEmpty() || !message.fits())
        return answer(inquiry, {.outcome = Outcome::Failed,
                                .text = say(QT_TRANSLATE_NOOP("Door", "The token is too long to be handed out."))});
    inquiry.answer(message);
}

// The person is asked first: nothing is spent for whom they say no to.
void askAndGive(Inquiry &inquiry, const World &world, const Row &row, const service::TokenWish &wish,
                const QString &purpose)
{
    const Given login{.label = row.profile.label, .provider = row.profile.providerId};
    world.consent.ask(
        {.profileId = row.profile.id, .label = row.profile.label, .consumer = inquiry.consumer(), .purpose = purpose},
        &inquiry, [&inquiry, world, wish, login](const service::Consent::Verdict &verdict) {
            if (!verdict.isAllowed)
                return answer(inquiry, {.outcome = Outcome::Denied, .text = verdict.text});
            Tokens *tokens = world.tokens();
            if (tokens == nullptr)
                return answer(inquiry, storeIsClosed(world.service));
            tokens->give(wish, &inquiry,
                         [&inquiry, login](const Tokens::Answer &given) { answerWith(inquiry, given, login); });
        });
}

// `then` hears the row of the login that is meant, once the store is open.
void withLogin(Inquiry &inquiry, const World &world, const Asked &asked,
               const std::function<void(const Row &row, Tokens &tokens)> &then)
{
    whenSettled(inquiry, world.service, [&inquiry, world, asked, then] {
        Tokens *tokens = world.tokens();
        if (tokens == nullptr)
            return answer(inquiry, storeIsClosed(world.service));
        const auto row = loginOf(asked, world.service);
        if (!row)
            return answer(inquiry, row.error());
        then(**row, *tokens);
    });
}

void answerToken(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(
        inquiry.request(), {.optional = {"profile", "protocol", "host", "path", "user", "min-validity", "purpose"}});
    if (!fields)
        return answer(inquiry, fields.error());
    const auto asked = askedFor(*fields);
    const auto validity = fields->number("min-validity", usualValidity);
    const auto purpose = fields->oneOf("purpose", purposes());
    if (!asked || !validity || !purpose)
        return answer(inquiry, !asked ? asked.error() : !validity ? validity.error() : purpose.error());
    const QString sentence = purposeSentence(*purpose, asked->remote);
    withLogin(inquiry, world, *asked,
              [&inquiry, world, sentence, seconds = std::chrono::seconds(*validity)](const Row &row, Tokens &) {
                  askAndGive(inquiry, world, row, {.profileId = row.profile.id, .minValidity = seconds}, sentence);
              });
}

void answerReject(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(),
                                            {.optional = {"profile", "protocol", "host", "path", "user", "purpose"}});
    const auto asked = fields ? askedFor(*fields) : Granted<Asked>(base::Unexpected(fields.error()));
    if (!asked)
        return answer(inquiry, asked.error());
    withLogin(inquiry, world, *asked, [&inquiry](const Row &row, Tokens &tokens) {
        tokens.noteRefused(row.profile.id);
        inquiry.answer(answerOf(Outcome::Ok));
    });
}

void answerRefresh(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.required = {"profile"}});
    if (!fields)
        return answer(inquiry, fields.error());
    withLogin(inquiry, world, {.profile = fields->text("profile"), .remote = {}},
              [&inquiry](const Row &row, Tokens &tokens) {
                  tokens.renew(row.profile.id, &inquiry, [&inquiry](const std::optional<TokenRefusal> &refusal) {
                      if (refusal)
                          return answer(inquiry, refusalFor(*refusal));
                      inquiry.answer(answerOf(Outcome::Ok));
                  });
              });
}

} // namespace

void addTokenDesk(Door &door, const World &world)
{
    door.add("token", [world](Inquiry &inquiry) { answerToken(inquiry, world); });
    door.add("reject", [world](Inquiry &inquiry) { answerReject(inquiry, world); });
    door.add("refresh", [world](Inquiry &inquiry) { answerRefresh(inquiry, world); });
}

} // namespace keytender::ipc
