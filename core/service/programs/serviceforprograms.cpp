// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What programs get of the logins: the third part of Service.

#include "service/deeds.h"
#include "service/neighbours/toolneighbours.h"
#include "service/programs/tokengiver.h"
#include "service/programs/transfer.h"
#include "service/service.h"
#include "service/signin/ownlogins.h"

namespace keytender::service {

namespace {

// Why a login is as it was, in a sentence; empty where it will be tried again by itself.
QString whyNotRenewed(const refresh::Outcome &outcome)
{
    const std::vector<Deed> deeds = deedsOf(outcome);
    if (deeds.empty() || refresh::isRenewal(outcome.ending) || outcome.ending == refresh::Ending::Unsure)
        return {};
    QString text = textOf(deeds.front().kind);
    text.front() = text.front().toUpper();
    if (!deeds.front().detail.isEmpty())
        text += QStringLiteral(": ") + deeds.front().detail;
    return text.endsWith(u'.') ? text : text + u'.';
}

// Opens nothing: the address is told to whoever signs in, on another machine perhaps.
class QuietOpener final : public oauth::UrlOpener {
public:
    [[nodiscard]] base::Result<void> open(const base::Secret &, const oauth::WebAddressRule &, QObject *,
                                          Failed) override
    {
        return {};
    }
};

} // namespace

void Service::openTokens(const vault::Vault &vault)
{
    m_tokens = std::make_unique<TokenGiver>(
        TokenGiverWorld{.now = [this] { return m_logins->now(); },
                        .vault = vault,
                        .rowOf =
                            [this](const QString &id) {
                                const auto found = m_rows.find(id);
                                return found == m_rows.end() ? nullptr : &found->second;
                            },
                        .renew = [this](const QString &id, QObject *context,
                                        const TokenGiverWorld::Ended &ended) { renewForPrograms(id, context, ended); },
                        .knownSecrets = m_world.knownSecrets});
    connect(this, &Service::rowChanged, m_tokens.get(), &TokenGiver::noteChange);
    connect(this, &Service::rowRemoved, m_tokens.get(), &TokenGiver::noteChange);
}

oauth::UrlOpener &Service::openerFor(const SignInWish &wish)
{
    if (wish.opensBrowser)
        return m_world.outside->opener;
    if (!m_quietOpener)
        m_quietOpener = std::make_unique<QuietOpener>();
    return *m_quietOpener;
}

Tokens *Service::tokens() const
{
    return m_tokens.get();
}

void Service::renewForPrograms(const QString &id, QObject *context,
                               const std::function<void(const QString &why)> &ended)
{
    const auto login = m_synchronizer->profiles().find(id);
    const bool isDelegated =
        login != m_synchronizer->profiles().end() && login->second.care == profile::Care::Delegated;
    if (isDelegated && m_neighbours)
        return m_neighbours->askTool(id, context, [label = login->second.label, ended](const QString &why) {
            ended(why.isEmpty() ? tr("%1 was asked to renew it, and did not. Use %1 once.").arg(label)
                                : tr("%1 was asked to renew it, and did not: %2. Use %1 once.").arg(label, why));
        });
    m_logins->refresh(id, context, [ended](const refresh::Outcome &outcome) { ended(whyNotRenewed(outcome)); });
}

namespace {

// What the vault holds of it may be spent already, or about to be.
bool isUnderWay(const Row &row)
{
    using profile::Health;
    return row.condition.health == Health::Refreshing || row.condition.health == Health::Unsure
           || row.condition.reason == profile::Reason::StorageFails;
}

base::Error storeIsClosed(const QString &path)
{
    return {.kind = base::ErrorKind::Locked,
            .subject = path,
            .place = {},
            .detail = Service::tr("Keytender's own store is not open for writing")};
}

} // namespace

base::Result<CarriedLogins> Service::ownLogins() const
{
    const vault::Vault *vault = m_synchronizer->vault();
    if (!m_logins || vault == nullptr)
        return base::unexpected(storeIsClosed(m_places.vault));
    CarriedLogins own;
    for (const auto &[id, row] : m_rows) {
        if (row.profile.care != profile::Care::Own)
            continue;
        if (isUnderWay(row))
            return base::unexpected({.kind = base::ErrorKind::Unavailable,
                                     .subject = row.profile.label,
                                     .place = {},
                                     .detail = tr("is being renewed just now; try again in a moment")});
        auto record = vault->read(id);
        if (!record)
            return base::unexpected(record.error());
        own.logins.push_back(*std::move(record));
    }
    return own;
}

TakenOver Service::takeOver(CarriedLogins carried)
{
    vault::Vault *vault = m_synchronizer->vault();
    if (!m_logins || vault == nullptr)
        return {.lines = {}, .error = storeIsClosed(m_places.vault)};
    const auto wasHeld = [this](const base::Fingerprint &token) {
        for (const auto &[id, row] : m_rows) {
            for (const Generation &generation :
                 m_neighbours ? m_neighbours->generations(id) : std::vector<Generation>()) {
                if (generation.fingerprint == token.shortText())
                    return true;
            }
        }
        return false;
    };
    TakenOver taken;
    for (const TakeOver &one :
         planTakeOver(std::move(carried),
                      {.known = knownLogins(), .key = vault->fingerprintKey(), .wasHeld = wasHeld, .now = now()})) {
        if (one.step != TakeOver::Step::Skip) {
            if (m_world.knownSecrets) {
                m_world.knownSecrets->learn(one.record.credential.tokens.accessToken);
                m_world.knownSecrets->learn(one.record.credential.tokens.refreshToken);
            }
            if (const auto written = vault->write(one.record); !written) {
                taken.error = written.error();
                return taken;
            }
            m_synchronizer->reload(one.record.id);
        }
        taken.lines += one.line;
    }
    return taken;
}

} // namespace keytender::service
