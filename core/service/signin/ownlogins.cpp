// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/signin/ownlogins.h"

#include <algorithm>
#include <utility>

#include <QCoreApplication>

#include "oauth/devicegrant.h"
#include "service/renewal.h"

namespace keytender::service {

using refresh::Ending;

// The vault, as a refresh sees it: what passes is known from then on to whatever keeps messages clean (S-20).
class OwnLogins::Credentials final : public refresh::CredentialStore {
public:
    explicit Credentials(const OwnLoginsWorld &world) : m_vault(world.vault), m_known(world.knownSecrets) {}

    [[nodiscard]] base::Result<vault::Record> read(const QString &profileId) const override
    {
        base::Result<vault::Record> record = m_vault.read(profileId);
        if (record)
            learn(*record);
        return record;
    }
    [[nodiscard]] base::Result<void> write(const vault::Record &record) override
    {
        learn(record);
        return m_vault.write(record);
    }
    [[nodiscard]] const base::FingerprintKey &fingerprintKey() const override { return m_vault.fingerprintKey(); }

private:
    void learn(const vault::Record &record) const
    {
        if (!m_known)
            return;
        m_known->learn(record.credential.tokens.accessToken);
        m_known->learn(record.credential.tokens.refreshToken);
    }

    vault::Vault &m_vault;
    std::shared_ptr<base::KnownSecrets> m_known;
};

// What lies beside the records.
struct OwnLogins::Stores {
    std::unique_ptr<vault::RefreshJournal> journal;
    std::unique_ptr<vault::TokenArchive> archive;
    std::unique_ptr<vault::RevocationNotes> notes;
};

base::Result<std::unique_ptr<OwnLogins>> OwnLogins::open(OwnLoginsWorld world)
{
    auto journal = world.vault.openJournal();
    if (!journal)
        return base::unexpected(std::move(journal).error());
    auto archive = world.vault.openArchive();
    if (!archive)
        return base::unexpected(std::move(archive).error());
    auto notes = world.vault.openRevocations();
    if (!notes)
        return base::unexpected(std::move(notes).error());
    auto stores = std::make_unique<Stores>(
        Stores{.journal = *std::move(journal), .archive = *std::move(archive), .notes = *std::move(notes)});
    return std::unique_ptr<OwnLogins>(new OwnLogins(std::move(world), std::move(stores)));
}

OwnLogins::OwnLogins(OwnLoginsWorld world, std::unique_ptr<Stores> stores)
    : m_world(std::move(world)), m_stores(std::move(stores)), m_credentials(std::make_unique<Credentials>(m_world)),
      m_revocations(
          std::make_unique<refresh::PendingRevocations>(signOutWorld(), m_world.providerFor, oauth::afterByTimer())),
      m_rollForward(std::make_unique<refresh::RollForward>(
          refreshWorld(),
          [this](const vault::JournalEntry &entry) -> std::optional<refresh::RefreshRequest> {
              std::optional<provider::Provider> provider = m_world.providerFor(entry.providerId);
              if (!provider)
                  return std::nullopt;
              refresh::RefreshRequest request;
              request.provider = *std::move(provider);
              if (m_world.copiesOf)
                  request.copies = m_world.copiesOf(entry.profileIds.value(0));
              return request;
          })),
      m_schedule(std::make_unique<refresh::RefreshSchedule>(refreshWorld()))
{
    connect(m_revocations.get(), &refresh::PendingRevocations::problemFound, this, &OwnLogins::problemFound);
    connect(m_revocations.get(), &refresh::PendingRevocations::tried, this,
            [this](const refresh::SignOutOutcome &outcome) {
                Q_EMIT recordChanged(outcome.profileId);
                Q_EMIT revocationTried(outcome);
                readLeftovers();
            });
    connect(m_rollForward.get(), &refresh::RollForward::problemFound, this, &OwnLogins::problemFound);
    connect(m_rollForward.get(), &refresh::RollForward::rolled, this, &OwnLogins::conclude);
    connect(m_rollForward.get(), &refresh::RollForward::finished, this, [this] {
        m_isRolling = false;
        if (m_isStopping)
            return settle();
        m_schedule->start();
        m_isTending = true;
        for (const auto &ask : std::exchange(m_early, {}))
            ask();
    });

    connect(m_schedule.get(), &refresh::RefreshSchedule::attemptStarted, this, [this](const QStringList &ids) {
        for (const QString &id : ids) {
            m_underWay.try_emplace(id);
            Q_EMIT renewalChanged(id);
        }
    });
    // The ledger must know before anybody else has a turn: it writes whole records, and an old one would take the new
    // token's place.
    connect(m_schedule.get(), &refresh::RefreshSchedule::stepTaken, this,
            [this](const QStringList &ids, refresh::Step step) {
                if (step != refresh::Step::Stored && step != refresh::Step::Adopted)
                    return;
                for (const QString &id : ids)
                    Q_EMIT recordChanged(id);
            });
    connect(m_schedule.get(), &refresh::RefreshSchedule::storageFailing, this,
            [this](const QStringList &ids, const base::Error &error) {
                for (const QString &id : ids) {
                    m_unstored.insert_or_assign(id, error);
                    Q_EMIT renewalChanged(id);
                }
            });
    connect(m_schedule.get(), &refresh::RefreshSchedule::attemptFinished, this, &OwnLogins::conclude);
    connect(m_schedule.get(), &refresh::RefreshSchedule::settled, this, &OwnLogins::settle);
}

OwnLogins::~OwnLogins() = default;

refresh::SignOutWorld OwnLogins::signOutWorld()
{
    return {.clock = m_world.clock,
            .random = m_world.random,
            .transport = m_world.transport,
            .vault = m_world.vault,
            .journal = *m_stores->journal,
            .archive = *m_stores->archive,
            .notes = *m_stores->notes};
}

refresh::RefreshWorld OwnLogins::refreshWorld()
{
    return {.clock = m_world.clock,
            .random = m_world.random,
            .transport = m_world.transport,
            .credentials = *m_credentials,
            .journal = *m_stores->journal,
            .archive = *m_stores->archive};
}

void OwnLogins::start()
{
    connect(
        m_revocations.get(), &refresh::PendingRevocations::caughtUp, this,
        [this] {
            if (m_isStopping)
                return;
            m_isRolling = true;
            m_rollForward->start();
        },
        Qt::SingleShotConnection);
    readLeftovers();
    m_revocations->start();
}

void OwnLogins::stop()
{
    if (m_isStopping)
        return;
    m_isStopping = true;
    m_rollForward->cancel();
    m_schedule->stop(); // settled() follows
}

void OwnLogins::settle()
{
    if (!m_isStopping || m_isStopped || m_isRolling || m_schedule->isInFlight())
        return;
    m_isStopped = true;
    Q_EMIT stopped();
}

void OwnLogins::follow(const profile::Profile &login)
{
    if (const auto underWay = m_underWay.find(login.id); underWay != m_underWay.end()) {
        underWay->second = login;
        return;
    }
    const std::optional<provider::Provider> provider = m_world.providerFor(login.providerId);
    const bool isOurs = login.care == profile::Care::Own || (login.care == profile::Care::Shared && m_world.copiesOf);
    if (!isOurs || !login.credential.canBeRefreshed() || !provider)
        return release(login.id);
    refresh::TendedLogin tended;
    tended.profileId = login.id;
    tended.credential = login.credential;
    tended.care = login.care;
    tended.firstSeenAt = login.firstSeenAt;
    tended.provider = std::make_shared<const provider::Provider>(*provider);
    if (m_world.copiesOf)
        tended.copies = [this, id = login.id] { return m_world.copiesOf(id); };
    if (m_world.renewalShare)
        tended.renewalShare = m_world.renewalShare();
    m_tokens.insert_or_assign(login.id, login.credential.refreshToken);
    m_schedule->tend(std::move(tended));
}

void OwnLogins::release(const QString &profileId)
{
    m_schedule->release(profileId);
    if (const auto underWay = m_underWay.find(profileId); underWay != m_underWay.end())
        underWay->second.reset();
    m_tokens.erase(profileId);
    m_unstored.erase(profileId);
    m_unreached.erase(profileId);
}

void OwnLogins::refresh(const QString &profileId)
{
    // Whatever comes of it is told by attemptFinished().
    refresh(profileId, this, [](const refresh::Outcome &) {});
}

void OwnLogins::refresh(const QString &profileId, QObject *context, std::function<void(const refresh::Outcome &)> done)
{
    if (!m_isTending && !m_isStopping) {
        m_early.push_back([this, profileId, context = QPointer(context), done = std::move(done)] {
            if (context)
                refresh(profileId, context, done);
        });
        return;
    }
    m_schedule->refresh(profileId, context, [this, profileId, done = std::move(done)](const refresh::Outcome &outcome) {
        Q_EMIT renewalChanged(profileId); // that it is too soon shows in the row
        done(outcome);
    });
}

void OwnLogins::look()
{
    m_schedule->look();
}

void OwnLogins::noteOnline()
{
    m_schedule->noteOnline();
    m_revocations->tryNow();
}

void OwnLogins::retryRevocations()
{
    m_revocations->tryNow();
}

void OwnLogins::conclude(const refresh::Outcome &outcome)
{
    noteReach(outcome);
    for (const QString &id : outcome.profileIds) {
        m_unstored.erase(id);
        const auto said = m_underWay.extract(id);
        if (!said.empty() && said.mapped())
            follow(*said.mapped());
        Q_EMIT recordChanged(id);
        Q_EMIT renewalChanged(id);
    }
    Q_EMIT attempted(outcome);
}

void OwnLogins::noteReach(const refresh::Outcome &outcome)
{
    const bool wasOffline = std::exchange(m_isOffline, false);
    if (outcome.deliveries > 0) // one that answers is enough
        m_unreached.clear();
    else if (outcome.ending == Ending::NotSent)
        m_unreached.insert(outcome.profileIds.begin(), outcome.profileIds.end());
    // Only those that are tried again and again can tell that it is still so.
    m_isOffline = std::ranges::any_of(
        m_unreached, [this](const QString &id) { return renewalOf(id).reason == profile::Reason::Offline; });
    if (m_isOffline != wasOffline)
        Q_EMIT surroundingsChanged();
}

profile::Renewal OwnLogins::renewalOf(const QString &profileId) const
{
    if (const auto unstored = m_unstored.find(profileId); unstored != m_unstored.end())
        return {.state = profile::Renewal::State::Waiting,
                .reason = profile::Reason::StorageFails,
                .nextTry = {},
                .detail = base::describe(unstored->second)};
    profile::Renewal renewal;
    const std::optional<refresh::Outcome> last = m_schedule->lastOf(profileId);
    const auto token = m_tokens.find(profileId);
    // What became of the token of another sign-in says nothing of this one.
    if (last && token != m_tokens.end() && last->spent == token->second)
        renewal = renewalAfter(*last, m_schedule->dueOf(profileId), m_world.clock.wallTime());
    if (!m_schedule->isRefreshing(profileId))
        return renewal;
    // Why it is tried once more stays known meanwhile.
    renewal.state = profile::Renewal::State::Running;
    renewal.nextTry.reset();
    return renewal;
}

void OwnLogins::readLeftovers()
{
    std::vector<Surroundings::Leftover> leftovers;
    for (const vault::RevocationNote &note : m_stores->notes->readAll().notes) {
        const std::optional<provider::Provider> provider = m_world.providerFor(note.providerId);
        Surroundings::Leftover leftover;
        leftover.label = note.label;
        leftover.text = QCoreApplication::translate("Service", "“%1” was signed out here and is still valid at %2.")
                            .arg(note.label, provider ? provider->name : note.providerId);
        if (provider && provider->revokeByHand)
            leftover.revokeByHand = provider->revokeByHand->value;
        leftover.nextTry = note.nextTry;
        leftovers.push_back(std::move(leftover));
    }
    if (leftovers == m_leftovers)
        return;
    m_leftovers = std::move(leftovers);
    Q_EMIT surroundingsChanged();
}

} // namespace keytender::service
