// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// logout: what would go, and what went.

#include <algorithm>

#include <QCoreApplication>

#include "ipc/desks/world.h"
#include "ipc/loginchoice.h"

namespace keytender::ipc {

using service::SignOutPreview;
using service::SignOutResult;
using service::SignOutScope;
using wire::Outcome;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

Granted<SignOutScope> scopeOf(const RequestFields &fields, const service::Service &service)
{
    using What = SignOutScope::What;
    SignOutScope scope;
    scope.keepsKeys = fields.isYes("oauth-only");
    scope.forgetsOnly = fields.isYes("local");
    const int named = int(fields.has("profile")) + int(fields.has("provider")) + int(fields.has("all"));
    if (named != 1)
        return refuse(Outcome::Usage,
                      say(QT_TRANSLATE_NOOP("Door", "One of the fields “profile”, “provider” and “all” is needed.")));
    if (fields.has("profile")) {
        const auto row = loginNamed(fields.text("profile"), service.rows());
        if (!row)
            return base::Unexpected<Refusal>(row.error());
        scope.what = What::Profile;
        scope.id = (*row)->profile.id;
    } else {
        scope.what = fields.has("provider") ? What::Provider : What::Everything;
        scope.id = fields.text("provider");
    }
    return scope;
}

void tellLine(Inquiry &inquiry, const QString &line)
{
    wire::Message more(wire::Kind::More);
    more.set("line", terminalText(line).toStdString());
    inquiry.tell(more);
}

QString lineOf(const SignOutPreview::Login &login)
{
    using End = SignOutPreview::Login::End;
    QString line = login.label + QStringLiteral(": ");
    switch (login.end) {
    case End::Revoked:
        line += say(QT_TRANSLATE_NOOP("Door", "would be revoked at its provider, and removed here"));
        break;
    case End::ByHand:
        line += say(QT_TRANSLATE_NOOP("Door", "would be removed here; only you can revoke it, at %1"))
                    .arg(login.revokeByHand.toString());
        break;
    case End::Kept:
        line += say(QT_TRANSLATE_NOOP("Door", "would be removed here, and stay valid at its provider"));
        break;
    }
    if (!login.alsoEnds.isEmpty())
        line +=
            QStringLiteral("; ") + say(QT_TRANSLATE_NOOP("Door", "what else stops working: %1")).arg(login.alsoEnds);
    return line;
}

QString staysLine(const QStringList &labels)
{
    return say(QT_TRANSLATE_NOOP("Door", "%1: a tool's own login. Sign out there."))
        .arg(labels.join(QStringLiteral(", ")));
}

// What this request asked for; a sign-out that was under way may bring others.
void tellResults(Inquiry &inquiry, const std::vector<SignOutResult> &results, const SignOutPreview &asked)
{
    QStringList open;
    for (const SignOutResult &result : results) {
        const auto login = std::ranges::find(asked.logins, result.profileId, &SignOutPreview::Login::profileId);
        if (login == asked.logins.end())
            continue;
        const bool isDone = result.isComplete || (login->end == SignOutPreview::Login::End::Kept && result.hasLeftHere);
        QString line = result.label + QStringLiteral(": ") + result.text;
        if (!isDone && !result.revokeByHand.isEmpty())
            line += u' ' + result.revokeByHand.toString();
        tellLine(inquiry, line);
        if (!isDone)
            open += result.label;
    }
    if (!open.isEmpty())
        return answer(
            inquiry,
            {.outcome = Outcome::Failed,
             .text =
                 say(QT_TRANSLATE_NOOP("Door", "Not confirmed as ended: %1.")).arg(open.join(QStringLiteral(", ")))});
    inquiry.answer(answerOf(Outcome::Ok));
}

void signOut(Inquiry &inquiry, service::Service &service, const SignOutScope &scope, bool isPreview)
{
    const SignOutPreview preview = service.signOutPreview(scope);
    if (preview.logins.empty()) {
        const QString why = preview.staysWithTools.isEmpty()
                                ? say(QT_TRANSLATE_NOOP("Door", "There is nothing to sign out of."))
                                : staysLine(preview.staysWithTools);
        return answer(inquiry, {.outcome = Outcome::NotFound, .text = why});
    }
    for (const SignOutPreview::Login &login : preview.logins) {
        if (isPreview)
            tellLine(inquiry, lineOf(login));
    }
    if (!preview.staysWithTools.isEmpty())
        tellLine(inquiry, staysLine(preview.staysWithTools));
    if (isPreview)
        return inquiry.answer(answerOf(Outcome::Ok));
    if (!service.canSignIn())
        return answer(inquiry, storeIsClosed(service));
    QObject::connect(
        &service, &service::Service::signOutFinished, &inquiry,
        [&inquiry, preview](const std::vector<SignOutResult> &results) { tellResults(inquiry, results, preview); },
        Qt::SingleShotConnection);
    service.signOut(scope); // goes on where the client does not
}

void answerLogout(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(inquiry.request(), {.optional = {"profile", "provider"},
                                                                .switches = {"all", "oauth-only", "local", "preview"}});
    if (!fields)
        return answer(inquiry, fields.error());
    whenSettled(inquiry, world.service, [&inquiry, world, fields = *fields] {
        const auto scope = scopeOf(fields, world.service);
        if (!scope)
            return answer(inquiry, scope.error());
        signOut(inquiry, world.service, *scope, fields.isYes("preview"));
    });
}

} // namespace

void addSignOutDesk(Door &door, const World &world)
{
    door.add("logout", [world](Inquiry &inquiry) { answerLogout(inquiry, world); });
}

} // namespace keytender::ipc
