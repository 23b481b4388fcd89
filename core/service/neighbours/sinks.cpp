// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/sinks.h"

#include <QCoreApplication>

#include "service/neighbours/sharing.h"
#include "tools/envfile.h"
#include "tools/replacecopy.h"

namespace keytender::service {

namespace {

using profile::Profile;
using tools::CopyWriter;

QString say(const char *text)
{
    return QCoreApplication::translate("Links", text);
}

base::Error refusal(const QString &subject, const QString &detail)
{
    return {.kind = base::ErrorKind::Refused, .subject = subject, .place = {}, .detail = detail};
}

bool sharesLineage(const Profile &login, const Profile &other)
{
    return login.credential.canBeRefreshed() && login.credential.refreshToken == other.credential.refreshToken;
}

// The reader's share: nothing that could be spent.
profile::TokenSet withoutRefreshToken(const profile::TokenSet &tokens)
{
    profile::TokenSet share = tokens.clone();
    share.refreshToken = {};
    share.idToken = {};
    return share;
}

} // namespace

Sinks::Candidate Sinks::candidate(const Profile &login, const Profile &other) const
{
    Candidate candidate{.toProfile = other.id, .label = other.label, .ways = {}, .whyNot = {}};
    if (login.account.differsFrom(other.account)) {
        candidate.whyNot = say(QT_TRANSLATE_NOOP("Links", "It belongs to another account."));
        return candidate;
    }
    for (const auto &where : m_world.synchronizer.whereaboutsOf(other.id)) {
        const CopyWriter *writer = where.tool->writer();
        if (writer == nullptr)
            continue;
        const tools::ToolWorld world = m_world.synchronizer.toolWorld(where.tool->facts().id);
        const tools::Fetched fetched = fetchNow(where.place, m_world.environment.user);
        const QString feeding = writer->objection(CopyWriter::Purpose::Feed, where.place, where.slot, fetched, world);
        const QString sharing = writer->objection(CopyWriter::Purpose::Share, where.place, where.slot, fetched, world);
        if (feeding.isEmpty() && !other.credential.canBeRefreshed())
            candidate.ways.push_back(LinkWay::OneWay);
        if (sharing.isEmpty() && sharesLineage(login, other))
            candidate.ways.push_back(LinkWay::Mirror);
        if (!candidate.ways.empty())
            return candidate;
        candidate.whyNot =
            feeding.isEmpty() ? say(QT_TRANSLATE_NOOP("Links", "It has a login of its own there, which would be lost."))
                              : feeding;
    }
    if (candidate.whyNot.isEmpty())
        candidate.whyNot = say(QT_TRANSLATE_NOOP("Links", "Its tool offers no safe way to write there."));
    return candidate;
}

std::vector<Sinks::Candidate> Sinks::candidatesFor(const Profile &login) const
{
    std::vector<Candidate> candidates;
    if (login.credential.kind != profile::CredentialKind::OAuth)
        return candidates;
    for (const auto &[id, other] : m_world.synchronizer.profiles()) {
        const bool isElsewhere = id != login.id && other.providerId == login.providerId && other.toolId != login.toolId
                                 && other.care != profile::Care::Own
                                 && other.credential.kind != profile::CredentialKind::ApiKey;
        if (isElsewhere)
            candidates.push_back(candidate(login, other));
    }
    return candidates;
}

base::Result<QString> Sinks::write(const LinkChoice &choice, const vault::Record &record) const
{
    if (!choice.toProfile.isEmpty()) {
        const auto written = writeCopy(choice, record);
        return written ? base::Result<QString>(QString()) : base::unexpected(written.error());
    }
    // Whose the value is cannot be told from it: the person named the variable.
    const auto written = tools::writeEnvironmentVariable(
        {.file = choice.file, .name = choice.variable}, record.credential.tokens.accessToken,
        [](const base::Secret *) { return true; }, m_world.random);
    if (!written)
        return base::unexpected(written.error());
    return written->remark ? base::describe(*written->remark) : QString();
}

base::Result<void> Sinks::writeCopy(const LinkChoice &choice, const vault::Record &record) const
{
    const base::FingerprintKey &key = m_world.vault.fingerprintKey();
    const bool isMirror = choice.way == LinkWay::Mirror;
    const profile::TokenSet tokens =
        isMirror ? record.credential.tokens.clone() : withoutRefreshToken(record.credential.tokens);
    const base::Fingerprint current = key.of(record.credential.tokens.refreshToken);
    for (const auto &where : m_world.synchronizer.whereaboutsOf(choice.toProfile)) {
        const CopyWriter *writer = where.tool->writer();
        if (writer == nullptr)
            continue;
        const tools::ReplacementWorld around = replacementWorld(m_world, *where.tool);
        const QString objection =
            writer->objection(isMirror ? CopyWriter::Purpose::Share : CopyWriter::Purpose::Feed, where.place,
                              where.slot, fetchNow(where.place, m_world.environment.user), around.tool);
        if (!objection.isEmpty())
            return base::unexpected(refusal(where.place.path, objection));
        const tools::Replacement replacement{
            .tool = *where.tool,
            .place = where.place,
            .slot = where.slot,
            .successor = {.tokens = tokens, .account = record.account, .acquiredAt = m_world.now()},
            .mayReplace =
                [&](const tools::CopyReading &there) {
                    if (record.account.differsFrom(there.account))
                        return false; // the identity guard
                    const base::Fingerprint held =
                        there.credential ? key.of(there.credential->tokens.refreshToken) : base::Fingerprint();
                    if (isMirror)
                        return held == current || m_history.isAncestor(record.id, held);
                    return held.isNull() && there.state == profile::CopyState::Held;
                },
            .keepBefore = keepingBefore({m_world, m_backups}, choice.toProfile, where.place.path,
                                        isMirror ? vault::CopyBackup::Why::Renewed : vault::CopyBackup::Why::Fed),
            .locks = tools::Replacement::Locks::All};
        const auto replaced = tools::replaceCopy(replacement, around);
        if (!replaced)
            return base::unexpected(replaced.error());
        if (*replaced == tools::ReplacementState::ChangedMeanwhile)
            return base::unexpected(refusal(
                where.place.path, say(QT_TRANSLATE_NOOP("Links", "it holds another login now; nothing was written"))));
        return {};
    }
    return base::unexpected(
        refusal(choice.toProfile, say(QT_TRANSLATE_NOOP("Links", "there is no such login any more"))));
}

} // namespace keytender::service
