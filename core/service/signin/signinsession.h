// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QPointer>

#include "oauth/signin.h"
#include "refresh/keepsignin.h"
#include "service/signin/ownlogins.h"
#include "service/signin/signinfacts.h"

namespace keytender::service {

struct SignInSessionWorld {
    oauth::SignInWorld oauth;
    QPointer<OwnLogins> logins;
    std::function<std::vector<vault::RecordFacts>()> known; // all logins there are
};

// One sign-in, from a person's click until it is durable, as a dialog shows it. Cancelled when it is destroyed.
//
//   oauth::SignIn ─▶ whose is it? ─▶ refresh::KeepSignIn ─▶ Done
//
// What was granted and nobody wants any more is noted to be revoked.
class SignInSession final : public QObject {
    Q_OBJECT

public:
    SignInSession(SignInWish wish, provider::Provider provider, SignInSessionWorld world, QObject *parent = nullptr);
    ~SignInSession() override;

    void start();
    void cancel();
    // Where facts().canRetry: what was granted is to be stored once more.
    void retry();
    // What the person brings back from the browser. The error says what is wrong with it; the attempt lives on.
    [[nodiscard]] base::Result<void> paste(const base::Secret &text);

    [[nodiscard]] const SignInFacts &facts() const { return m_facts; }
    // For "copy link"; empty before and after it is of use.
    [[nodiscard]] base::Secret address() const { return m_signIn.address(); }
    struct Codes {
        base::Secret userCode;
        base::Secret completeUri; // empty = none
    };
    [[nodiscard]] std::optional<Codes> codes() const;
    [[nodiscard]] bool isOver() const;

Q_SIGNALS:
    void changed(); // facts()
    // Durable in the vault.
    void kept(const QString &profileId, bool isNew, const QStringList &oddities);
    void finished();

private:
    void follow(oauth::SignInStep step);
    void receive();
    void keep(oauth::SignedIn signedIn);
    void store();
    void conclude(const refresh::KeptSignIn &kept);
    void failWith(const oauth::SignInFailure &failure);
    void dropStory();
    void renounce(const profile::TokenSet &tokens);
    void enter(SignInStage stage, const QString &text);
    void end(SignInStage stage, const QString &text);

    const SignInWish m_wish;
    const provider::Provider m_provider;
    const SignInSessionWorld m_world;
    oauth::SignIn m_signIn;
    SignInFacts m_facts;
    std::unique_ptr<refresh::KeepSignIn> m_keeping;
    refresh::Placement m_placement;
    QString m_label;
    QStringList m_oddities;
    profile::TokenSet m_granted; // until it is durable
    profile::Account m_account;  // likewise
};

} // namespace keytender::service
