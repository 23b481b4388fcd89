// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "dialogs.h"

#include <QClipboard>
#include <QGuiApplication>

#include "base/durablefile.h"
#include "ui/doctordialog.h"
#include "ui/keydialog.h"
#include "ui/settingsdialog.h"
#include "ui/signindialog.h"
#include "ui/signoutdialog.h"

namespace keytender::tray {

using service::SignInSession;
using service::SignInStage;
using service::SignOutScope;

namespace {

constexpr std::size_t largestKeyFile = std::size_t{64} * 1024;

} // namespace

Dialogs::Dialogs(World world, QObject *parent) : QObject(parent), m_world(world) {}

Dialogs::~Dialogs()
{
    delete m_signIn;
    delete m_signOut;
    delete m_key;
    delete m_checkUp;
    delete m_settings;
    setNeighbours(nullptr);
}

ui::SignInDialog &Dialogs::signInDialog()
{
    using ui::SignInDialog;
    if (m_signIn)
        return *m_signIn;
    m_signIn = new SignInDialog(m_world.clock);
    m_signIn->setAttribute(Qt::WA_DeleteOnClose);
    m_signIn->setOffers(m_world.service.signInOffers());
    connect(m_signIn, &SignInDialog::startRequested, this, &Dialogs::begin);
    connect(m_signIn, &SignInDialog::storeAgainRequested, this, [this] {
        if (m_session)
            m_session->retry();
    });
    connect(m_signIn, &SignInDialog::pasted, this, [this](const base::Secret &text) {
        if (!m_session)
            return;
        if (const auto taken = m_session->paste(text); !taken && m_signIn)
            m_signIn->setPasteProblem(taken.error().detail.isEmpty() ? base::describe(taken.error())
                                                                     : taken.error().detail);
    });
    connect(m_signIn, &SignInDialog::copyLinkRequested, this, &Dialogs::copyLink);
    connect(m_signIn, &SignInDialog::openVerificationRequested, this, [this] {
        if (m_session)
            openPage(m_session->facts().verificationUri);
    });
    connect(m_signIn, &SignInDialog::cancelRequested, this, [this] {
        if (m_session)
            m_session->cancel();
    });
    connect(m_signIn, &SignInDialog::discoverRequested, this, [this](const service::CustomServer &server) {
        m_world.service.discover(server, m_signIn, [this](const base::Result<QString> &found) {
            if (!found)
                return m_signIn->setDiscoveryProblem(base::describe(found.error()));
            m_signIn->setOffers(m_world.service.signInOffers());
            m_signIn->setDiscovered(*found);
        });
    });
    return *m_signIn;
}

void Dialogs::signIn(const QString &providerId)
{
    ui::SignInDialog &dialog = signInDialog();
    if (!providerId.isEmpty() && !dialog.isUnderWay())
        dialog.preselect(providerId);
    dialog.present();
}

void Dialogs::addServer()
{
    ui::SignInDialog &dialog = signInDialog();
    if (!dialog.isUnderWay())
        dialog.describeServer();
    dialog.present();
}

void Dialogs::signInAgain(const QString &profileId)
{
    const auto row = m_world.service.rows().find(profileId);
    if (row == m_world.service.rows().end())
        return;
    ui::SignInDialog &dialog = signInDialog();
    if (!dialog.isUnderWay())
        dialog.setWish({.providerId = row->second.profile.providerId,
                        .profileId = profileId,
                        .way = provider::SignInWay::Browser,
                        .scopes = row->second.profile.credential.scopes},
                       row->second.profile.label);
    dialog.present();
}

void Dialogs::begin(const service::SignInWish &wish)
{
    m_session = m_world.service.newSignIn(wish); // one that is over, or cancelled by this
    if (!m_session)
        return;
    connect(m_session.get(), &SignInSession::changed, this, &Dialogs::showSession);
    m_session->start();
}

void Dialogs::showSession()
{
    if (!m_signIn || !m_session)
        return;
    const service::SignInFacts &facts = m_session->facts();
    m_signIn->setFacts(facts);
    if (facts.stage != SignInStage::ShowingCodes)
        return;
    if (const auto codes = m_session->codes())
        m_signIn->setCodes(codes->userCode, facts.verificationUri, codes->completeUri);
}

// The person asked for it in so many words: the one way in which the address leaves us beside the browser's own.
void Dialogs::copyLink()
{
    if (!m_session)
        return;
    const base::Secret address = m_session->address();
    QGuiApplication::clipboard()->setText(
        QString::fromUtf8(address.expose().data(), static_cast<qsizetype>(address.size())));
}

void Dialogs::signOutOf(const QString &profileId)
{
    signOut({.what = SignOutScope::What::Profile, .id = profileId});
}

void Dialogs::signOutOfEverything()
{
    signOut({.what = SignOutScope::What::Everything, .id = {}});
}

void Dialogs::signOut(const SignOutScope &scope)
{
    using ui::SignOutDialog;
    service::Service &service = m_world.service;
    if (!m_signOut) {
        m_signOut = new SignOutDialog;
        m_signOut->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_signOut, &SignOutDialog::previewRequested, this,
                [this](const SignOutScope &wanted) { signOut(wanted); });
        connect(m_signOut, &SignOutDialog::confirmed, &service, &service::Service::signOut);
        connect(m_signOut, &SignOutDialog::openPageRequested, this, &Dialogs::openPage);
        connect(&service, &service::Service::signOutFinished, m_signOut, &SignOutDialog::setResults);
    }
    QString providerName;
    for (const service::SignInOffer &offer : service.signInOffers()) {
        if (scope.what == SignOutScope::What::Provider && offer.providerId == scope.id)
            providerName = offer.providerName;
    }
    m_signOut->setPreview(service.signOutPreview(scope), scope, providerName);
    m_signOut->present();
}

void Dialogs::checkUp(service::Doctor &doctor)
{
    if (!m_checkUp) {
        m_checkUp = new ui::DoctorDialog(doctor);
        m_checkUp->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_checkUp->look();
    m_checkUp->present();
}

void Dialogs::addKey()
{
    using ui::KeyDialog;
    if (!m_key) {
        m_key = new KeyDialog(m_world.clock);
        m_key->setAttribute(Qt::WA_DeleteOnClose);
        m_key->setProviders(m_world.service.signInOffers());
        connect(m_key, &KeyDialog::fileChosen, this, &Dialogs::readKeyFile);
        connect(m_key, &KeyDialog::keepRequested, this, &Dialogs::keepKey);
    }
    m_key->present();
}

void Dialogs::readKeyFile(const QString &path)
{
    const auto content = base::readFile(path, {.bytes = largestKeyFile, .owner = m_world.environment.user});
    if (content)
        m_key->setSecret(content->bytes);
    else
        m_key->setProblem(base::describe(content.error()));
}

void Dialogs::keepKey(const service::StaticCredentialFacts &facts, const base::Secret &secret)
{
    const base::Result<QString> kept = m_world.service.keepStatic(facts, secret);
    if (!kept)
        return m_key->setProblem(base::describe(kept.error()));
    const auto row = m_world.service.rows().find(*kept);
    m_key->setKept(row == m_world.service.rows().end() ? *kept : row->second.profile.label);
}

// https alone: what a provider file or a server names is no command.
void Dialogs::openPage(const QUrl &page)
{
    const QByteArray text = page.toEncoded();
    (void)m_world.opener.open(base::Secret::copyOf({text.constData(), static_cast<std::size_t>(text.size())}),
                              {.scheme = m_world.rule, .hosts = QStringList{page.host()}}, this,
                              [](const base::Error &) {});
}

} // namespace keytender::tray
