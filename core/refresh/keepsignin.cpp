// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/keepsignin.h"

#include <utility>

namespace keytender::refresh {

using Phase = vault::RevocationNote::Phase;

KeepSignIn::KeepSignIn(SignInToKeep signIn, SignOutWorld world, PendingRevocations &pending, QObject *parent)
    : QObject(parent), m_signIn(std::move(signIn)), m_world(world), m_pending(pending),
      m_lock(m_world.journal.directory(), {m_world.journal.lockName(m_signIn.record.id)}, m_world.clock)
{
}

void KeepSignIn::start()
{
    m_isOver = false;
    // Longer than a refresh takes: what was granted is worth waiting for.
    m_lock.take(std::chrono::minutes(2), [this](const base::Result<void> &taken) {
        if (!taken)
            return end(taken.error());
        keep();
    });
}

// All of it in one turn, see PendingRevocations.
void KeepSignIn::keep()
{
    if (const auto noted = noteTheOneBefore(); !noted)
        return end(noted.error());
    m_hasTried = true;
    if (auto written = m_world.vault.write(m_signIn.record); !written)
        return end(written.error()); // a note of what still is in the vault is dropped when it is looked at
    // The new one is durable. What fails from here on leaves dead weight, and no lie.
    (void)m_world.journal.forget(m_signIn.record.id);
    (void)m_world.archive.forget(m_signIn.record.id);
    if (m_before.hasTokens()) {
        m_before.phase = Phase::Pending;
        if (!m_pending.add(m_before))
            m_pending.expect(); // the note stands in any case
    }
    end();
}

base::Result<void> KeepSignIn::noteTheOneBefore()
{
    // Best effort: it is only for what is to be ended, and no reason to keep a new login out.
    const auto settled = m_signIn.placement.isKnown ? settleJournal(m_signIn.record.id, m_signIn.provider, m_world)
                                                    : base::Result<bool>(false);
    const auto before = m_world.vault.read(m_signIn.record.id);
    if (!before && before.error().kind == base::ErrorKind::NotFound)
        return {};
    if (!before)
        return base::unexpected(before.error());
    // Put there by an earlier try, and not known to be durable: it is written once more, and what was noted then
    // stands.
    const profile::TokenSet &tokens = m_signIn.record.credential.tokens;
    const profile::TokenSet &held = before->credential.tokens;
    if (m_hasTried && held.refreshToken == tokens.refreshToken && held.accessToken == tokens.accessToken)
        return {};
    if (!m_signIn.placement.isKnown || before->care != profile::Care::Own
        || m_signIn.record.account.differsFrom(before->account))
        return base::unexpected({.kind = base::ErrorKind::Overridden,
                                 .subject = m_signIn.record.id,
                                 .place = {},
                                 .detail = QStringLiteral("holds another login by now, which stays")});
    vault::RevocationNote note = noteOf(*before, Phase::Replacing, m_world);
    // A server may give the same one again: it is not to be ended.
    if (note.refreshToken == tokens.refreshToken || note.accessToken == tokens.accessToken
        || !mayRevokeReplaced(m_signIn.provider))
        return {};
    note.mayHaveSuccessor = settled && *settled;
    if (auto written = m_world.notes.write(note); !written)
        return written;
    m_before = std::move(note);
    return {};
}

void KeepSignIn::cancel()
{
    if (!m_isOver)
        end(base::Error{.kind = base::ErrorKind::Cancelled, .subject = m_signIn.record.id, .place = {}, .detail = {}});
}

void KeepSignIn::end(std::optional<base::Error> error)
{
    m_isOver = true;
    KeptSignIn kept{.error = std::move(error), .isRevoking = false};
    kept.isRevoking = !kept.error && m_before.hasTokens();
    if (!kept.error)
        m_before = {};
    m_lock.letGo();
    Q_EMIT finished(kept);
}

} // namespace keytender::refresh
