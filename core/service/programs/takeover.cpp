// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Which of the logins that were carried here are taken over, and as what.

#include <algorithm>

#include <QCoreApplication>

#include "refresh/ownprofile.h"
#include "service/programs/transfer.h"

namespace keytender::service {

using profile::CredentialFacts;
using vault::Record;
using vault::RecordFacts;
using Step = TakeOver::Step;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

TakeOver skipped(const QString &line)
{
    return {.step = Step::Skip, .record = {}, .line = line};
}

QString freeId(const Record &login, const std::vector<RecordFacts> &known)
{
    QStringList taken;
    for (const RecordFacts &other : known)
        taken += other.id;
    if (!taken.contains(login.id) && !login.id.isEmpty())
        return login.id;
    provider::Provider provider;
    provider.id = login.providerId;
    return refresh::newProfileId(provider, login.account, taken);
}

// Its access token alone: nothing that could be spent.
void takeRenewalOut(Record &login)
{
    login.credential.tokens.refreshToken = {};
    login.credential.tokens.refreshTokenExpiresAt.reset();
    login.toolRecord = {};
}

const RecordFacts *holderOf(const base::Fingerprint &token, const std::vector<RecordFacts> &known,
                            base::Fingerprint CredentialFacts::*which)
{
    const auto found = std::ranges::find_if(
        known, [&](const RecordFacts &other) { return !token.isNull() && other.credential.*which == token; });
    return found == known.end() ? nullptr : &*found;
}

TakeOver planOne(Record login, bool mayRenew, const TakeOverWorld &world, const std::vector<RecordFacts> &known)
{
    const CredentialFacts facts = profile::factsOf(login.credential, world.key);
    const QString label = QStringLiteral("“%1”: ").arg(login.label);
    if (holderOf(facts.refreshToken, known, &CredentialFacts::refreshToken) != nullptr)
        return skipped(label + say(QT_TRANSLATE_NOOP("Transfer", "is here already")));
    if (!facts.refreshToken.isNull() && world.wasHeld(facts.refreshToken))
        return skipped(label + say(QT_TRANSLATE_NOOP("Transfer", "a newer state of this login is here")));
    const bool isRenewable = facts.canBeRefreshed();
    login.care = profile::Care::Own;
    login.lastChangedAt = world.now;
    const RecordFacts *same = holderOf(facts.accessToken, known, &CredentialFacts::accessToken);
    if (same != nullptr
        && (!isRenewable || !mayRenew || same->credential.canBeRefreshed() || same->care != profile::Care::Own))
        return skipped(label + say(QT_TRANSLATE_NOOP("Transfer", "is here already")));
    login.id = same != nullptr ? same->id : freeId(login, known);
    if (same != nullptr)
        return {.step = Step::Complete,
                .record = std::move(login),
                .line = label + say(QT_TRANSLATE_NOOP("Transfer", "is kept fresh here from now on"))};
    if (!isRenewable || mayRenew) {
        const QString what = isRenewable ? say(QT_TRANSLATE_NOOP("Transfer", "taken over, and kept fresh from now on"))
                                         : say(QT_TRANSLATE_NOOP("Transfer", "taken over"));
        return {.step = Step::Add, .record = std::move(login), .line = label + what};
    }
    if (facts.expiresAt && *facts.expiresAt <= world.now)
        return skipped(label
                       + say(QT_TRANSLATE_NOOP("Transfer", "not taken over: its access token has ended, and the "
                                                           "machine it comes from may still renew it. Once it is "
                                                           "used on this one only, import it with --renew")));
    takeRenewalOut(login);
    return {.step = Step::Add,
            .record = std::move(login),
            .line = label
                    + say(QT_TRANSLATE_NOOP("Transfer", "taken over until its access token ends: the machine it "
                                                        "comes from may still renew it, and two would sign each "
                                                        "other out. Once it is used on this one only, import it "
                                                        "with --renew"))};
}

} // namespace

std::vector<TakeOver> planTakeOver(CarriedLogins carried, const TakeOverWorld &world)
{
    std::vector<RecordFacts> known = world.known;
    std::vector<TakeOver> plan;
    for (Record &login : carried.logins) {
        plan.push_back(planOne(std::move(login), carried.isMoved, world, known));
        const TakeOver &last = plan.back();
        if (last.step == Step::Skip)
            continue;
        std::erase_if(known, [&](const RecordFacts &other) { return other.id == last.record.id; });
        known.push_back(vault::factsOf(last.record, world.key));
    }
    return plan;
}

} // namespace keytender::service
