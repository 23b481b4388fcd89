// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What people want of the logins of their own: the second half of Service.

#include <algorithm>

#include <QCoreApplication>

#include "service/neighbours/sharing.h"
#include "service/neighbours/toolneighbours.h"
#include "service/service.h"
#include "service/settings/settingsfile.h"
#include "service/signin/customservers.h"
#include "service/signin/ownlogins.h"
#include "service/signin/signinoffers.h"
#include "service/signin/signinsession.h"
#include "service/signin/signoutround.h"
#include "service/signin/staticcredential.h"
#include "tools/locks/lockledger.h"

namespace keytender::service {

using profile::Care;

// From here on Keytender renews, signs in and out. Where this program only looks, or another one keeps the vault, it
// does none of it.
void Service::openLogins(vault::Vault &vault)
{
    if (!m_world.outside || vault.access() != vault::Vault::Access::ReadWrite)
        return;
    auto opened = OwnLogins::open({.clock = m_world.clock,
                                   .random = m_world.random,
                                   .transport = m_world.outside->tokens,
                                   .vault = vault,
                                   .providerFor = [this](const QString &id) -> std::optional<provider::Provider> {
                                       const provider::Provider *found = m_providers.find(id);
                                       return found != nullptr ? std::optional(*found) : std::nullopt;
                                   },
                                   .knownSecrets = m_world.knownSecrets,
                                   .copiesOf = [this](const QString &id) -> std::shared_ptr<refresh::OwnerCopies> {
                                       // Without them nobody can tell who else holds the token: nothing is spent then.
                                       return m_neighbours ? m_neighbours->copiesOf(id)
                                                           : lockedOut(id, tr("What lies beside Keytender's store "
                                                                              "cannot be opened."));
                                   },
                                   .renewalShare = [this] { return settings().renewalShare(); }});
    if (!opened)
        return note(opened.error());
    m_logins = *std::move(opened);
    connect(m_logins.get(), &OwnLogins::renewalChanged, this, &Service::updateRow);
    connect(m_logins.get(), &OwnLogins::recordChanged, m_synchronizer.get(), &sync::Synchronizer::reload);
    connect(m_logins.get(), &OwnLogins::surroundingsChanged, this, &Service::surroundingsChanged);
    connect(m_logins.get(), &OwnLogins::problemFound, this, &Service::note);
    connect(m_logins.get(), &OwnLogins::stopped, this, &Service::settleStop);
    connect(m_logins.get(), &OwnLogins::attempted, this, [this](const refresh::Outcome &outcome) {
        for (const Deed &deed : deedsOf(outcome))
            m_activity->add(deed, now());
        if (m_neighbours)
            m_neighbours->note(outcome);
    });
    connect(m_logins.get(), &OwnLogins::revocationTried, this, [this](const refresh::SignOutOutcome &outcome) {
        if (const auto deed = deedOf(outcome, SignOutOccasion::TriedAgain))
            m_activity->add(*deed, now());
    });
    openNeighbours(vault);
    openTokens(vault);
    for (const auto &[id, profile] : m_synchronizer->profiles()) {
        followLogin(profile);
        updateRow(id);
    }
    // Nothing is spent before every tool's copies were looked at: whoever holds the same token counts.
    connect(m_synchronizer.get(), &sync::Synchronizer::scanned, m_logins.get(), &OwnLogins::start,
            Qt::SingleShotConnection);
    Q_EMIT canSignInChanged();
    if (m_neighbours)
        Q_EMIT neighboursChanged();
}

void Service::openNeighbours(vault::Vault &vault)
{
    // Before any lock is taken, and anything spent.
    auto locks = std::make_shared<tools::LockLedger>(m_places.locks, m_world.random);
    if (const auto removed = locks->removeOrphans(); !removed)
        note(removed.error());
    auto opened = ToolNeighbours::open({.clock = m_world.clock,
                                        .random = m_world.random,
                                        .keychain = m_world.keychain,
                                        .environment = m_world.environment,
                                        .synchronizer = *m_synchronizer,
                                        .vault = vault,
                                        .logins = *m_logins,
                                        .activity = *m_activity,
                                        .settings = settings(),
                                        .settingsAreRead = [this] { return !settingsProblem(); },
                                        .places = m_places,
                                        .providerFor = [this](const QString &id) { return m_providers.find(id); },
                                        .knownSecrets = m_world.knownSecrets,
                                        .locks = std::move(locks)});
    if (!opened)
        return note(opened.error());
    m_neighbours = *std::move(opened);
    connect(m_neighbours.get(), &Neighbours::changed, this, &Service::updateRow);
}

Neighbours *Service::neighbours() const
{
    return m_neighbours.get();
}

void Service::followLogin(const profile::Profile &profile)
{
    if (m_logins && (profile.care == Care::Own || profile.care == Care::Shared))
        m_logins->follow(profile);
    else if (m_logins)
        m_logins->release(profile.id);
}

Row::Actions Service::actionsOf(const profile::Profile &profile, const provider::Provider *provider) const
{
    if (!m_logins)
        return {};
    if (profile.care != Care::Own)
        return actionsOnToolsLogin(profile);
    using provider::SignInWay;
    const bool isSignIn = profile.credential.kind == profile::CredentialKind::OAuth;
    const bool offers = provider != nullptr
                        && (provider->offers(SignInWay::Browser) || provider->offers(SignInWay::Paste)
                            || provider->offers(SignInWay::Device));
    return {.refresh = isSignIn && profile.credential.canBeRefreshed(), .signIn = isSignIn && offers, .signOut = true};
}

// Whether it could be kept fresh is told by the neighbours when somebody asks: that costs a look into a file.
Row::Actions Service::actionsOnToolsLogin(const profile::Profile &profile) const
{
    if (!m_neighbours)
        return {};
    const bool isRenewable =
        profile.credential.kind == profile::CredentialKind::OAuth && profile.credential.canBeRefreshed();
    const auto isFenced = [](const profile::Copy &copy) { return copy.state == profile::CopyState::Fenced; };
    return {.refresh = isRenewable && profile.care != Care::Watched,
            .keepFresh = isRenewable && profile.care == Care::Watched && m_keepable.contains(profile.toolId),
            .rescue = std::ranges::any_of(profile.copies, isFenced)};
}

std::vector<vault::RecordFacts> Service::knownLogins() const
{
    std::vector<vault::RecordFacts> known;
    for (const auto &[id, profile] : m_synchronizer->profiles())
        known.push_back({.id = id,
                         .providerId = profile.providerId,
                         .toolId = profile.toolId,
                         .label = profile.label,
                         .account = profile.account,
                         .care = profile.care,
                         .credential = profile.credential,
                         .firstSeenAt = profile.firstSeenAt,
                         .lastChangedAt = profile.lastChangedAt});
    return known;
}

void Service::refresh(const QString &profileId)
{
    const auto login = m_synchronizer->profiles().find(profileId);
    if (login == m_synchronizer->profiles().end())
        return;
    if (m_neighbours && login->second.care == Care::Delegated)
        m_neighbours->askTool(profileId);
    else if (m_logins)
        m_logins->refresh(profileId);
}

std::vector<SignInOffer> Service::signInOffers() const
{
    return signInOffersOf(m_providers);
}

std::unique_ptr<SignInSession> Service::newSignIn(const SignInWish &wish)
{
    const provider::Provider *provider = m_providers.find(wish.providerId);
    if (provider == nullptr || !m_logins || m_isStopping)
        return nullptr;
    auto session = std::make_unique<SignInSession>(wish, *provider,
                                                   SignInSessionWorld{.oauth = {.clock = m_world.clock,
                                                                                .random = m_world.random,
                                                                                .tokens = m_world.outside->tokens,
                                                                                .documents = m_world.outside->documents,
                                                                                .opener = openerFor(wish),
                                                                                .after = oauth::afterByTimer(),
                                                                                .rule = m_world.endpointRule},
                                                                      .logins = m_logins.get(),
                                                                      .known = [this] { return knownLogins(); }});
    connect(session.get(), &SignInSession::kept, this,
            [this](const QString &id, bool isNew, const QStringList &oddities) {
                m_activity->add({.profile = id,
                                 .kind = isNew ? Deed::Kind::SignedIn : Deed::Kind::SignedInAgain,
                                 .detail = oddities.join(QStringLiteral("; "))},
                                now());
                m_synchronizer->reload(id);
            });
    std::erase_if(m_sessions, [](const QPointer<SignInSession> &known) { return known.isNull(); });
    m_sessions.emplace_back(session.get());
    return session;
}

void Service::discover(const CustomServer &server, QObject *context,
                       const std::function<void(const base::Result<QString> &)> &done)
{
    if (!m_world.outside)
        return;
    if (!m_servers)
        m_servers = std::make_unique<CustomServers>(
            CustomServers::World{.documents = m_world.outside->documents,
                                 .random = m_world.random,
                                 .directory = m_places.configuration + QStringLiteral("/providers"),
                                 .rule = m_world.endpointRule});
    m_servers->add(server, m_providers, context, [this, done](const base::Result<provider::Provider> &found) {
        if (!found)
            return done(base::unexpected(found.error()));
        loadProviderFiles();
        for (const auto &[id, profile] : m_synchronizer->profiles())
            followLogin(profile); // by what its provider says now
        Q_EMIT offersChanged();
        done(found->id);
    });
}

SignOutPreview Service::signOutPreview(const SignOutScope &scope) const
{
    using What = SignOutScope::What;
    SignOutPreview preview;
    for (const auto &[id, row] : m_rows) {
        const profile::Profile &login = row.profile;
        const bool isMeant = scope.what == What::Everything
                             || (scope.what == What::Provider && login.providerId == scope.id)
                             || (scope.what == What::Profile && id == scope.id);
        if (!isMeant)
            continue;
        if (login.care != Care::Own) {
            preview.staysWithTools += login.label;
            continue;
        }
        const bool isKey = login.credential.kind != profile::CredentialKind::OAuth;
        if (isKey && scope.keepsKeys && scope.what != What::Profile)
            continue;
        const provider::Provider *provider = m_providers.find(login.providerId);
        preview.logins.push_back(previewOf(login, provider != nullptr ? *provider : provider::Provider{}, scope));
    }
    return preview;
}

void Service::signOut(const SignOutScope &scope)
{
    if (!m_logins || m_isStopping)
        return;
    std::vector<refresh::SignOutRequest> requests;
    for (const SignOutPreview::Login &login : signOutPreview(scope).logins) {
        const auto row = m_rows.find(login.profileId);
        const provider::Provider *provider = m_providers.find(row->second.profile.providerId);
        provider::Provider unknown; // of a key that was handed out by nobody we know
        unknown.id = row->second.profile.providerId;
        m_logins->release(login.profileId); // N-42: stop first
        requests.push_back(requestFor(login, provider != nullptr ? *provider : unknown));
    }
    if (m_signOuts)
        return m_signOuts->add(std::move(requests));
    m_signOuts = std::make_unique<SignOutRound>(std::move(requests), m_logins->signOutWorld());
    auto results = std::make_shared<std::vector<SignOutResult>>();
    connect(m_signOuts.get(), &SignOutRound::ended, this,
            [this, results](const refresh::SignOutOutcome &outcome, const provider::Provider &provider) {
                results->push_back(resultOf(outcome, provider));
                if (const auto deed = deedOf(outcome))
                    m_activity->add(*deed, now());
                m_synchronizer->reload(outcome.profileId); // gone, or to be tended again
            });
    connect(m_signOuts.get(), &SignOutRound::finished, this, [this, results] {
        m_signOuts.release()->deleteLater(); // it is still telling us this
        m_logins->pendingRevocations().expect();
        m_logins->readLeftovers();
        for (const SignOutResult &result : *results) {
            const auto left = m_synchronizer->profiles().find(result.profileId);
            if (left != m_synchronizer->profiles().end())
                followLogin(left->second);
        }
        Q_EMIT signOutFinished(*results);
        settleStop();
    });
    m_signOuts->start();
}

base::Result<QString> Service::keepStatic(const StaticCredentialFacts &facts, const base::Secret &secret)
{
    vault::Vault *vault = m_synchronizer->vault();
    if (!m_logins || vault == nullptr)
        return base::unexpected({.kind = base::ErrorKind::Locked,
                                 .subject = m_places.vault,
                                 .place = {},
                                 .detail = tr("Keytender's own store is not open for writing")});
    const provider::Provider *provider = m_providers.find(facts.providerId);
    const base::Result<vault::Record> record =
        staticRecord(facts, secret,
                     {.known = knownLogins(),
                      .key = vault->fingerprintKey(),
                      .now = now(),
                      .provider = provider != nullptr ? std::optional(*provider) : std::nullopt});
    if (!record)
        return base::unexpected(record.error());
    if (m_world.knownSecrets)
        m_world.knownSecrets->learn(record->credential.tokens.accessToken);
    if (const auto written = vault->write(*record); !written)
        return base::unexpected(written.error());
    m_activity->add({.profile = record->id, .kind = Deed::Kind::KeyAdded}, now());
    m_synchronizer->reload(record->id);
    return record->id;
}

void Service::retryRevocations()
{
    if (m_logins)
        m_logins->retryRevocations();
}

const Settings &Service::settings() const
{
    return m_settings->current();
}

const std::optional<base::Error> &Service::settingsProblem() const
{
    return m_settings->problem();
}

base::Result<void> Service::changeSettings(const Settings &settings)
{
    return m_settings->change(settings); // applySettings() follows
}

// The consent and the git hosts are looked up when somebody asks; the language is spoken from the next start on.
void Service::applySettings()
{
    m_synchronizer->setExtraHomes(settings().homes);
    if (m_neighbours)
        m_neighbours->applyConfiguredCare();
    for (const auto &[id, profile] : m_synchronizer->profiles()) {
        followLogin(profile);
        updateRow(id);
    }
    Q_EMIT settingsChanged();
}

std::optional<base::Milliseconds> Service::serverAhead() const
{
    return m_logins ? m_logins->serverAhead() : std::nullopt;
}

void Service::noteOnline()
{
    if (m_logins)
        m_logins->noteOnline();
}

void Service::noteClockChange()
{
    look();
    if (m_logins)
        m_logins->look();
}

void Service::stop()
{
    if (m_isStopping)
        return;
    m_isStopping = true;
    for (const QPointer<SignInSession> &session : m_sessions) {
        if (session)
            session->cancel();
    }
    if (m_signOuts)
        m_signOuts->cancel();
    if (m_neighbours)
        m_neighbours->stop();
    if (m_logins)
        m_logins->stop();
    else
        QMetaObject::invokeMethod(this, &Service::stopped, Qt::QueuedConnection);
}

void Service::settleStop()
{
    if (m_isStopping && !m_signOuts && (!m_logins || m_logins->isStopped()))
        Q_EMIT stopped();
}

} // namespace keytender::service
