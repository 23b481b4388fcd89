// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QStringList>

#include "provider/provider.h"
#include "vault/vault.h"

namespace keytender::refresh {

// Where a fresh sign-in goes: values in, values out.

struct Placement {
    QString profileId;
    // Its login is replaced, once the new one is durable (F-108). Else a new profile of this id.
    bool isKnown = false;
    // The person wanted to renew one login and signed in to another account: that one stays as it is.
    bool isOtherAccount = false;

    bool operator==(const Placement &) const = default;
};

// `renewed` is the profile that the person wanted to sign in to again; empty = none. Only logins of our own are
// replaced, and only by the same account; where nobody knows the accounts, only the one that was to be renewed.
[[nodiscard]] Placement placeFor(const provider::Provider &provider, const profile::Account &account,
                                 const std::vector<vault::RecordFacts> &known, const QString &renewed = {});

// "anthropic" for the first login, then "anthropic:me", "anthropic:me-2"; none of `taken`. Never changes afterwards.
[[nodiscard]] QString newProfileId(const provider::Provider &provider, const profile::Account &account,
                                   const QStringList &taken);

// "Anthropic · me@example.com"; without a name of the account "Anthropic".
[[nodiscard]] QString labelOf(const provider::Provider &provider, const profile::Account &account);

// The record of a fresh sign-in.
[[nodiscard]] vault::Record recordOf(const QString &profileId, const provider::Provider &provider,
                                     profile::Account account, profile::TokenSet tokens, base::Timestamp now);

// Whether the login that was replaced may be ended at the provider: not where that is known to end more than itself,
// and not at servers of which nobody has measured it. Nothing assumed ever ends a login.
[[nodiscard]] bool mayRevokeReplaced(const provider::Provider &provider);

} // namespace keytender::refresh
