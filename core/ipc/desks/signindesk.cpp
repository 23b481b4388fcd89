// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// login: a sign-in that a terminal shows.

#include <algorithm>

#include <QCoreApplication>

#include "ipc/desks/signinstory.h"
#include "ipc/desks/world.h"
#include "ipc/loginchoice.h"

namespace keytender::ipc {

using provider::SignInWay;
using service::SignInOffer;
using service::SignInWish;
using wire::Outcome;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Door", text);
}

std::optional<SignInWay> wayNamed(const QString &word)
{
    if (word == u"browser")
        return SignInWay::Browser;
    if (word == u"paste")
        return SignInWay::Paste;
    if (word == u"device")
        return SignInWay::Device;
    return std::nullopt;
}

// The provider, and the login that is to be renewed where one was named.
Granted<SignInWish> subjectOf(const RequestFields &fields, const service::Service &service)
{
    SignInWish wish;
    if (fields.has("provider") == fields.has("profile"))
        return refuse(Outcome::Usage,
                      say(QT_TRANSLATE_NOOP("Door", "One of the fields “provider” and “profile” is needed.")));
    wish.providerId = fields.text("provider");
    if (fields.has("provider"))
        return wish;
    const auto row = loginNamed(fields.text("profile"), service.rows());
    if (!row)
        return base::Unexpected<Refusal>(row.error());
    const service::Row &login = **row;
    if (login.profile.care != profile::Care::Own)
        return refuse(Outcome::Failed, say(QT_TRANSLATE_NOOP("Door", "“%1” is its tool's own login. Sign in there: %2"))
                                           .arg(login.profile.label, login.signInCommand)
                                           .trimmed());
    wish.providerId = login.profile.providerId;
    wish.profileId = login.profile.id;
    return wish;
}

QString idsOf(const std::vector<SignInOffer> &offers)
{
    QStringList ids;
    for (const SignInOffer &offer : offers) {
        if (!offer.ways.empty())
            ids += offer.providerId;
    }
    return ids.join(QStringLiteral(", "));
}

Granted<QStringList> scopesOf(const RequestFields &fields, const SignInOffer &offer)
{
    QStringList scopes;
    for (const SignInOffer::Scope &scope : offer.scopes) {
        if (scope.isLeast)
            scopes += scope.name;
    }
    for (const QString &name : fields.text("scopes").split(u' ', Qt::SkipEmptyParts)) {
        if (std::ranges::find(offer.scopes, name, &SignInOffer::Scope::name) == offer.scopes.end())
            return refuse(Outcome::Usage, say(QT_TRANSLATE_NOOP("Door", "%1 knows no scope “%2”: look at keytenderctl "
                                                                        "providers."))
                                              .arg(offer.providerName, name));
        if (!scopes.contains(name))
            scopes += name;
    }
    return scopes;
}

Granted<SignInWish> wishOf(const RequestFields &fields, const service::Service &service)
{
    Granted<SignInWish> wish = subjectOf(fields, service);
    if (!wish)
        return wish;
    const auto offers = service.signInOffers();
    const auto offer = std::ranges::find(offers, wish->providerId, &SignInOffer::providerId);
    if (offer == offers.end())
        return refuse(Outcome::NotFound, say(QT_TRANSLATE_NOOP("Door", "There is no provider “%1”. There are: %2."))
                                             .arg(wish->providerId, idsOf(offers)));
    if (offer->ways.empty())
        return refuse(Outcome::Failed, say(QT_TRANSLATE_NOOP("Door", "One cannot sign in to %1 here: %2."))
                                           .arg(offer->providerName, offer->whyNone));
    wish->way = offer->ways.front();
    if (fields.has("way")) {
        const auto way = wayNamed(fields.text("way"));
        if (!way || std::ranges::find(offer->ways, *way) == offer->ways.end())
            return refuse(Outcome::Usage,
                          say(QT_TRANSLATE_NOOP("Door", "%1 does not offer this way to sign in: look at "
                                                        "keytenderctl providers."))
                              .arg(offer->providerName));
        wish->way = *way;
    }
    const auto scopes = scopesOf(fields, *offer);
    if (!scopes)
        return base::Unexpected<Refusal>(scopes.error());
    wish->scopes = *scopes;
    wish->opensBrowser = fields.isYes("open");
    return wish;
}

void answerLogin(Inquiry &inquiry, const World &world)
{
    const auto fields = RequestFields::read(
        inquiry.request(), {.optional = {"provider", "profile", "way", "scopes"}, .switches = {"open"}});
    if (!fields)
        return answer(inquiry, fields.error());
    whenSettled(inquiry, world.service, [&inquiry, world, fields = *fields] {
        const auto wish = wishOf(fields, world.service);
        if (!wish)
            return answer(inquiry, wish.error());
        auto session = world.service.newSignIn(*wish);
        if (!session)
            return answer(inquiry, storeIsClosed(world.service));
        auto *story = new SignInStory(inquiry, std::move(session)); // of the inquiry: cancelled with it
        story->start();
    });
}

} // namespace

void addSignInDesk(Door &door, const World &world)
{
    door.add("login", [world](Inquiry &inquiry) { answerLogin(inquiry, world); });
}

} // namespace keytender::ipc
