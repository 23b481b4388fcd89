// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/toolneighbours.h"

#include <algorithm>

#include <QCoreApplication>

#include "profile/words.h"
#include "service/neighbours/accounts.h"
#include "service/neighbours/carewords.h"
#include "service/neighbours/copymending.h"
#include "service/neighbours/delegatedlogins.h"
#include "service/neighbours/lineagehand.h"
#include "service/neighbours/links.h"
#include "service/neighbours/rescues.h"
#include "service/neighbours/sharing.h"
#include "service/neighbours/undo.h"
#include "service/neighbours/writepreview.h"

namespace keytender::service {

using namespace std::chrono_literals;
using profile::Care;
using profile::Profile;

namespace {

constexpr auto savingPause = 1s;
constexpr auto lookingPause = 500ms;
constexpr qsizetype mostAskedAtOnce = 20; // each costs a look into a file; the others are asked about later

base::Error noSuchLogin(const QString &profileId)
{
    return {.kind = base::ErrorKind::NotFound,
            .subject = profileId,
            .place = {},
            .detail = QCoreApplication::translate("Neighbours", "there is no such login any more")};
}

// A copy that still holds what the login held before.
const profile::Copy *staleCopyOf(const Profile &login, const LineageHistory &history)
{
    const auto isStale = [&](const profile::Copy &copy) {
        return copy.role == profile::CopyRole::Owner && copy.state == profile::CopyState::Held && copy.credential
               && history.isAncestor(login.id, copy.credential->refreshToken);
    };
    const auto found = std::ranges::find_if(login.copies, isStale);
    return found == login.copies.end() ? nullptr : &*found;
}

} // namespace

base::Result<std::unique_ptr<ToolNeighbours>> ToolNeighbours::open(NeighboursWorld world)
{
    auto backups = world.vault.openBackups();
    if (!backups)
        return base::unexpected(std::move(backups).error());
    return std::unique_ptr<ToolNeighbours>(new ToolNeighbours(std::move(world), *std::move(backups)));
}

ToolNeighbours::ToolNeighbours(NeighboursWorld world, std::unique_ptr<vault::CopyBackups> backups)
    : m_world(std::move(world)), m_backups(std::move(backups)),
      m_choices(m_world.places.choices, m_world.environment, m_world.random),
      m_history(m_world.places.lineages, m_world.environment, m_world.random),
      m_mending(std::make_unique<CopyMending>(m_world, [this](const QString &id) { return copiesOf(id); })),
      m_links(std::make_unique<Links>(m_world, m_choices, m_history, *m_backups)),
      m_accounts(std::make_unique<Accounts>(m_world, m_choices, m_history, *m_backups)),
      m_delegated(std::make_unique<DelegatedLogins>(m_world)),
      m_rescues(std::make_unique<Rescues>(WritingWorld{m_world, *m_backups}))
{
    m_saving.setSingleShot(true);
    connect(&m_saving, &QTimer::timeout, this, &ToolNeighbours::keepHistory);
    connect(m_links.get(), &Links::changed, this, &Neighbours::changed);
    connect(m_delegated.get(), &DelegatedLogins::changed, this, &Neighbours::changed);
}

ToolNeighbours::~ToolNeighbours()
{
    keepHistory();
}

const Profile *ToolNeighbours::find(const QString &profileId) const
{
    const auto &profiles = m_world.synchronizer.profiles();
    const auto found = profiles.find(profileId);
    return found == profiles.end() ? nullptr : &found->second;
}

// A tool's login with something to renew.
bool ToolNeighbours::isCandidate(const Profile &login) const
{
    return login.care != Care::Own && login.credential.kind == profile::CredentialKind::OAuth
           && login.credential.canBeRefreshed();
}

QStringList ToolNeighbours::mirrorsOf(const QString &profileId) const
{
    QStringList mirrors;
    for (const LinkChoice &link : m_choices.links()) {
        if (link.way != LinkWay::Mirror)
            continue;
        if (link.profileId == profileId)
            mirrors.append(link.toProfile);
        else if (link.toProfile == profileId)
            mirrors.append(link.profileId);
    }
    return mirrors;
}

std::vector<CareChoice> ToolNeighbours::choicesFor(const Profile &login) const
{
    const auto whereabouts = m_world.synchronizer.whereaboutsOf(login.id);
    const tools::ToolFacts *tool = whereabouts.empty() ? nullptr : &whereabouts.front().tool->facts();
    const provider::Provider *provider = m_world.providerFor(login.providerId);
    CareSubject subject{.login = login,
                        .toolName = tool != nullptr ? tool->name : login.label,
                        .provider = provider,
                        .sharingObjection = {},
                        .delegationObjection = {}};
    subject.sharingObjection =
        sharingOf(login.id, m_world.synchronizer, Others::MustBeShared, mirrorsOf(login.id)).objection;
    if (provider == nullptr || !provider->tokenEndpoint)
        subject.sharingObjection =
            QCoreApplication::translate("Neighbours", "Keytender does not know the server that renews this login.");
    subject.delegationObjection = m_delegated->objection(login.id);
    return careChoices(subject);
}

CareOffer ToolNeighbours::careOffer(const QString &profileId) const
{
    CareOffer offer;
    offer.profileId = profileId;
    const Profile *login = find(profileId);
    if (login == nullptr || !isCandidate(*login))
        return offer;
    const auto whereabouts = m_world.synchronizer.whereaboutsOf(profileId);
    offer.label = login->label;
    offer.toolName = whereabouts.empty() ? login->label : whereabouts.front().tool->facts().name;
    offer.care = login->care;
    offer.choices = choicesFor(*login);
    offer.recommended = offer.choices.front().care;
    offer.wasAsked = m_choices.wasAsked(profileId);
    return offer;
}

std::vector<CareOffer> ToolNeighbours::careOffers() const
{
    std::vector<CareOffer> offers;
    for (const auto &[id, login] : m_world.synchronizer.profiles()) {
        if (isCandidate(login))
            offers.push_back(careOffer(id));
    }
    return offers;
}

QStringList ToolNeighbours::unasked() const
{
    QStringList ids;
    for (const auto &[id, login] : m_world.synchronizer.profiles()) {
        if (!isCandidate(login) || login.care != Care::Watched || m_choices.wasAsked(id))
            continue;
        const std::vector<CareChoice> choices = choicesFor(login);
        if (choices.front().care != Care::Watched && choices.front().isOffered)
            ids.append(id);
        if (ids.size() == mostAskedAtOnce)
            break;
    }
    return ids;
}

WritePreview ToolNeighbours::preview(const QString &profileId) const
{
    const Profile *login = find(profileId);
    if (login == nullptr)
        return {};
    return previewOf(*login, sharingOf(profileId, m_world.synchronizer, Others::MayBeAsked), m_world);
}

base::Result<void> ToolNeighbours::setCare(const QString &profileId, Care care)
{
    const Profile *login = find(profileId);
    if (login == nullptr || !isCandidate(*login))
        return base::unexpected(noSuchLogin(profileId));
    // What is no choice is refused like one that is not offered: nobody may make a tool's login ours by a word.
    const std::vector<CareChoice> choices = choicesFor(*login);
    const auto choice = std::ranges::find(choices, care, &CareChoice::care);
    if (choice == choices.end() || !choice->isOffered)
        return base::unexpected(
            {.kind = base::ErrorKind::Refused,
             .subject = login->label,
             .place = {},
             .detail = choice != choices.end() ? choice->whyNot : m_delegated->objection(profileId)});
    // The tool was signed in to somebody else meanwhile, and is to be followed: what the vault holds is put away first.
    if (care == Care::Watched && login->accord == profile::Accord::DifferentAccount) {
        if (auto kept = m_accounts->putAwayKnown(*login); !kept)
            return kept;
    }
    const bool isNew = login->care != care;
    if (isNew) {
        if (auto set = m_world.synchronizer.setCare(profileId, care); !set)
            return set;
        m_world.activity.add({.profile = profileId, .kind = Deed::Kind::CareChosen, .detail = profile::name(care)},
                             m_world.now());
    }
    const auto asked = m_choices.noteAsked(profileId);
    Q_EMIT changed(profileId);
    Q_EMIT unaskedChanged();
    return asked;
}

std::optional<LastWrite> ToolNeighbours::lastWrite(const QString &profileId) const
{
    return lastWriteOf(profileId, {m_world, *m_backups});
}

base::Result<void> ToolNeighbours::undoLastWrite(const QString &profileId)
{
    const auto undone = undoLast(profileId, {m_world, *m_backups});
    if (undone) {
        m_links->turnOffInto(profileId);
        m_world.activity.add({.profile = profileId, .kind = Deed::Kind::WriteUndone}, m_world.now());
        Q_EMIT changed(profileId);
    }
    return undone;
}

std::vector<Link> ToolNeighbours::links(const QString &profileId) const
{
    return m_links->of(profileId);
}

base::Result<void> ToolNeighbours::setLink(const Link &link)
{
    return m_links->set(link);
}

std::vector<AccountGroup> ToolNeighbours::accounts() const
{
    return m_accounts->groups();
}

base::Result<void> ToolNeighbours::useAccount(const QString &profileId, const QString &inPlaceOf)
{
    auto used = m_accounts->use(profileId, inPlaceOf);
    m_saving.start(savingPause);
    Q_EMIT changed(inPlaceOf);
    return used;
}

base::Result<void> ToolNeighbours::orderAccounts(const QStringList &profileIds)
{
    auto ordered = m_choices.setOrder(profileIds);
    if (ordered && !profileIds.isEmpty())
        Q_EMIT changed(profileIds.front());
    return ordered;
}

std::vector<Generation> ToolNeighbours::generations(const QString &profileId) const
{
    return m_history.of(profileId);
}

QString ToolNeighbours::timelineReport(const QString &profileId) const
{
    const Profile *login = find(profileId);
    return login == nullptr ? QString() : lineageReport(*login, m_history.of(profileId), m_world.environment);
}

std::optional<RescueOffer> ToolNeighbours::rescueOffer(const QString &profileId) const
{
    const Profile *login = find(profileId);
    return login == nullptr ? std::nullopt : m_rescues->offerFor(*login);
}

base::Result<void> ToolNeighbours::rescue(const QString &profileId)
{
    const Profile *login = find(profileId);
    if (login == nullptr)
        return base::unexpected(noSuchLogin(profileId));
    auto rescued = m_rescues->rescue(*login);
    if (rescued)
        m_world.activity.add({.profile = profileId, .kind = Deed::Kind::Rescued}, m_world.now());
    Q_EMIT changed(profileId);
    return rescued;
}

std::shared_ptr<refresh::OwnerCopies> ToolNeighbours::copiesOf(const QString &profileId) const
{
    if (find(profileId) == nullptr) // neither found nor in the vault: what is left of it is in the journal
        return nullptr;
    Sharing sharing = sharingOf(profileId, m_world.synchronizer, Others::MustBeShared, mirrorsOf(profileId));
    if (!sharing.isAllowed())
        return lockedOut(profileId, sharing.objection);
    if (sharing.copies.empty())
        return nullptr;
    return copiesFor(
        profileId, std::move(sharing.copies), {m_world, *m_backups},
        [this, profileId](const base::Fingerprint &token) { return m_history.isAncestor(profileId, token); });
}

void ToolNeighbours::note(const sync::Sighting &sighting)
{
    const auto takes = sync::Decision{.step = sighting.step};
    if (takes.takesCopy())
        m_sightings.insert_or_assign(sighting.profile, sighting);
    if (sighting.state == profile::CopyState::Blank || sighting.state == profile::CopyState::Fenced) {
        if (const Profile *login = find(sighting.profile))
            m_history.noteEnd(login->id, login->credential.refreshToken,
                              endWords(sighting.state, m_world.synchronizer.whereaboutsOf(login->id)));
        m_saving.start(savingPause);
    }
}

// Says whether the login did not hold this token before: one of ours, or one that some program left in a copy.
bool ToolNeighbours::noteToken(const Profile &login)
{
    const auto sighting = m_sightings.find(login.id);
    if (sighting != m_sightings.end() && sighting->second.step != sync::Step::AdoptNewer)
        m_history.noteNewSignIn(login.id);
    const LineageHistory::Hand ours{.writer = QStringLiteral("Keytender"), .evidence = {}};
    return m_history.noteHeld(login.id, login.credential.refreshToken, ours, m_world.now());
}

// Tells who left the new token, which costs a look into the copy.
void ToolNeighbours::noteWriter(const Profile &login)
{
    if (const auto sighting = m_sightings.find(login.id); sighting != m_sightings.end())
        m_history.noteHand(login.id, login.credential.refreshToken, handIn(sighting->second, m_world));
    m_saving.start(savingPause);
    if (login.care != Care::Watched) // of the others nothing but this list has changed
        Q_EMIT changed(login.id);
}

void ToolNeighbours::follow(const Profile &login)
{
    const bool isKept = login.firstSeenAt != base::Timestamp() && !login.credential.refreshToken.isNull();
    const bool isNew = isKept && noteToken(login);
    m_links->follow(login); // a mirror goes by what the login held before; whoever reads waits for nothing else
    if (isNew)
        noteWriter(login);
    if (isKept)
        m_sightings.erase(login.id);
    m_delegated->follow(login);
    m_rescues->note(login);
    const bool isRunning = m_world.logins.renewalOf(login.id).state == profile::Renewal::State::Running;
    if (login.care == Care::Shared && !isRunning) {
        if (const profile::Copy *stale = staleCopyOf(login, m_history))
            m_mending->mend(login.id, stale->credential->refreshToken);
    }
}

void ToolNeighbours::release(const QString &profileId)
{
    m_mending->release(profileId);
    m_delegated->release(profileId);
    m_history.forget(profileId);
    m_saving.start(savingPause);
}

void ToolNeighbours::noteScanned()
{
    applyConfiguredCare();
    Q_EMIT unaskedChanged();
}

void ToolNeighbours::note(const refresh::Outcome &outcome)
{
    const base::Timestamp now = m_world.now();
    m_rescues->note(outcome);
    for (const QString &id : outcome.profileIds) {
        if (outcome.ending == refresh::Ending::Renewed) {
            m_history.noteSpent(id, outcome.spent, QStringLiteral("Keytender"), now);
            m_history.noteHand(
                id, outcome.held.refreshToken,
                {.writer = QStringLiteral("Keytender"),
                 .evidence = QCoreApplication::translate("Neighbours", "attempt %1").arg(outcome.attemptId)});
        }
        if (refresh::needsSignIn(outcome.ending)) {
            m_history.noteEnd(id, outcome.spent, QCoreApplication::translate("Neighbours", "refused by the provider"));
            m_world.synchronizer.noteEnded(id, outcome.spent);
        }
        m_world.synchronizer.lookAgain(id);
    }
    // By then the copies have been read as they are after it.
    QTimer::singleShot(lookingPause, this, [this, ids = outcome.profileIds] {
        for (const QString &id : ids) {
            if (const Profile *login = find(id))
                follow(*login);
        }
    });
    m_saving.start(savingPause);
}

void ToolNeighbours::look()
{
    m_links->look();
    m_delegated->look();
    for (const auto &[id, login] : m_world.synchronizer.profiles()) {
        if (login.care == Care::Shared)
            follow(login);
    }
}

void ToolNeighbours::askTool(const QString &profileId)
{
    m_delegated->askNow(profileId);
}

void ToolNeighbours::askTool(const QString &profileId, QObject *context,
                             const std::function<void(const QString &why)> &ended)
{
    m_delegated->ask(profileId, context, ended);
}

void ToolNeighbours::stop()
{
    m_delegated->stop();
    m_links->stop();
    keepHistory();
}

void ToolNeighbours::keepHistory()
{
    if (const auto saved = m_history.save(); !saved)
        Q_EMIT m_world.logins.problemFound(saved.error());
}

} // namespace keytender::service
