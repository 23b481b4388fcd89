// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/accounts.h"

#include <algorithm>
#include <set>

#include <QCoreApplication>

#include "service/neighbours/sharing.h"
#include "tools/replacecopy.h"

namespace keytender::service {

namespace {

using profile::Care;
using profile::Profile;
using tools::CopyWriter;

QString say(const char *text)
{
    return QCoreApplication::translate("Accounts", text);
}

base::Error refusal(const QString &subject, const QString &detail, base::ErrorKind kind = base::ErrorKind::Refused)
{
    return {.kind = kind, .subject = subject, .place = {}, .detail = detail};
}

QString labelOf(const Profile &login)
{
    const QString name = login.account.email.isEmpty() ? login.account.id : login.account.email;
    if (name.isEmpty())
        return login.label;
    if (login.account.organizationName.isEmpty())
        return name;
    return name + QStringLiteral(" · ") + login.account.organizationName;
}

} // namespace

// The place that a tool's login has, with what is needed to exchange it.
struct Accounts::Seat {
    const Profile &login;
    sync::Synchronizer::Whereabouts where;
    const CopyWriter &writer;
    tools::Fetched fetched;
};

Accounts::Accounts(const NeighboursWorld &world, Choices &choices, LineageHistory &history,
                   const vault::CopyBackups &backups)
    : m_world(world), m_choices(choices), m_history(history), m_backups(backups)
{
}

// Nothing for a tool whose accounts cannot be exchanged here.
std::optional<Accounts::Seat> Accounts::seatOf(const Profile &login) const
{
    if (login.care == Care::Own || login.credential.kind != profile::CredentialKind::OAuth)
        return std::nullopt;
    for (const auto &where : m_world.synchronizer.whereaboutsOf(login.id)) {
        const CopyWriter *writer = where.tool->writer();
        if (writer == nullptr || where.place.kind != tools::CopyPlace::Kind::File)
            continue;
        const tools::ToolWorld toolWorld = m_world.synchronizer.toolWorld(where.tool->facts().id);
        tools::Fetched fetched = fetchNow(where.place, m_world.environment.user);
        if (!writer->objection(CopyWriter::Purpose::Switch, where.place, where.slot, fetched, toolWorld).isEmpty())
            continue;
        return Seat{login, where, *writer, std::move(fetched)};
    }
    return std::nullopt;
}

QString Accounts::whyNotUsable(const Profile &login) const
{
    if (!login.credential.canBeRefreshed())
        return say(QT_TRANSLATE_NOOP("Accounts", "It cannot be renewed; the tool would lose it when it ends."));
    if (m_world.logins.renewalOf(login.id).state == profile::Renewal::State::Running)
        return say(QT_TRANSLATE_NOOP("Accounts", "It is being renewed just now."));
    return {};
}

std::vector<AccountGroup::Account> Accounts::accountsFor(const Profile &login) const
{
    std::vector<AccountGroup::Account> accounts{
        {.profileId = login.id, .label = labelOf(login), .isInUse = true, .whyNot = {}}};
    for (const auto &[id, other] : m_world.synchronizer.profiles()) {
        const bool fits = other.care == Care::Own && other.providerId == login.providerId
                          && other.credential.kind == profile::CredentialKind::OAuth
                          && (other.toolId.isEmpty() || other.toolId == login.toolId);
        if (fits)
            accounts.push_back(
                {.profileId = id, .label = labelOf(other), .isInUse = false, .whyNot = whyNotUsable(other)});
    }
    // As the person has put them; the others by name.
    const auto rank = [this](const AccountGroup::Account &account) {
        const qsizetype index = m_choices.order().indexOf(account.profileId);
        return index < 0 ? m_choices.order().size() : index;
    };
    std::ranges::stable_sort(accounts, [&](const auto &left, const auto &right) {
        return std::make_pair(rank(left), left.label) < std::make_pair(rank(right), right.label);
    });
    return accounts;
}

std::vector<AccountGroup> Accounts::groups() const
{
    std::vector<AccountGroup> groups;
    const auto &profiles = m_world.synchronizer.profiles();
    std::set<QString> providers; // of which there is another account
    for (const auto &[id, login] : profiles) {
        if (login.care == Care::Own && login.credential.kind == profile::CredentialKind::OAuth)
            providers.insert(login.providerId);
    }
    for (const auto &[id, login] : profiles) {
        if (login.care == Care::Own || !providers.contains(login.providerId))
            continue;
        std::vector<AccountGroup::Account> accounts = accountsFor(login);
        if (accounts.size() < 2)
            continue;
        if (const auto seat = seatOf(login))
            groups.push_back({.profileId = id,
                              .toolName = seat->where.tool->facts().name,
                              .notice = seat->writer.noticeAfterSwitch(),
                              .accounts = std::move(accounts)});
    }
    return groups;
}

QString Accounts::parkedId(const Profile &login) const
{
    QString tag = login.account.email.isEmpty() ? login.account.id : login.account.email;
    if (tag.isEmpty())
        tag = login.credential.refreshToken.shortText();
    const QString stem = login.id + u':' + tag.section(u'@', 0, 0).toLower();
    QString id = stem;
    for (int number = 2; m_world.synchronizer.profiles().contains(id); ++number)
        id = QStringLiteral("%1-%2").arg(stem).arg(number);
    return id;
}

// The login that has the seat goes into the vault under an id of its own, with its tool's record. Nothing where nobody
// has it: the tool is signed out.
base::Result<std::optional<vault::Record>> Accounts::putAway(const Seat &seat)
{
    using State = profile::CopyState;
    const auto readings = seat.where.tool->read(seat.where.place, seat.fetched, m_world.now());
    const auto reading = std::ranges::find(readings, seat.where.slot, &tools::CopyReading::slot);
    if (reading == readings.end() || reading->state == State::Absent || reading->state == State::Blank)
        return std::optional<vault::Record>();
    if (reading->state != State::Held || !reading->credential)
        return base::unexpected(reading->problem.value_or(
            refusal(seat.where.place.path, say(QT_TRANSLATE_NOOP("Accounts", "cannot be read as a login just now")),
                    base::ErrorKind::Malformed)));
    auto known = m_world.vault.read(seat.login.id);
    if (!known)
        return base::unexpected(known.error());
    const base::FingerprintKey &key = m_world.vault.fingerprintKey();
    if (key.of(known->credential.tokens.refreshToken) != key.of(reading->credential->tokens.refreshToken))
        return base::unexpected(refusal(
            seat.where.place.path,
            say(QT_TRANSLATE_NOOP("Accounts", "was changed by its tool a moment ago; try again in a few seconds"))));
    auto toolRecord = seat.writer.recordOf(seat.where.place, seat.where.slot, seat.fetched);
    if (!toolRecord)
        return base::unexpected(toolRecord.error());
    vault::Record parked = known->clone();
    parked.id = parkedId(seat.login);
    parked.label = seat.where.tool->facts().name + QStringLiteral(" · ") + labelOf(seat.login);
    parked.care = Care::Own;
    parked.toolRecord = *std::move(toolRecord);
    if (const auto written = m_world.vault.write(parked); !written)
        return base::unexpected(written.error());
    return std::optional<vault::Record>(std::move(parked));
}

base::Result<void> Accounts::putAwayKnown(const Profile &login)
{
    auto known = m_world.vault.read(login.id);
    if (!known)
        return base::unexpected(known.error());
    const QString id = parkedId(login);
    known->id = id;
    known->label = login.label + QStringLiteral(" · ") + labelOf(login);
    known->care = Care::Own;
    if (const auto written = m_world.vault.write(*known); !written)
        return written;
    m_world.activity.add({.profile = id, .kind = Deed::Kind::AccountPutAway}, m_world.now());
    m_world.synchronizer.reload(id);
    return {};
}

base::Result<Accounts::Seated> Accounts::seat(const Seat &seat, vault::Record next)
{
    const base::FingerprintKey &key = m_world.vault.fingerprintKey();
    const base::Fingerprint before = seat.login.credential.refreshToken;
    const tools::Successor successor{.tokens = next.credential.tokens,
                                     .account = next.account,
                                     .acquiredAt = m_world.now(),
                                     .toolRecord = &next.toolRecord};
    const tools::Replacement replacement{
        .tool = *seat.where.tool,
        .place = seat.where.place,
        .slot = seat.where.slot,
        .successor = successor,
        .mayReplace =
            [&](const tools::CopyReading &there) {
                return !there.credential || key.of(there.credential->tokens.refreshToken) == before;
            },
        .keepBefore = keepingBefore({m_world, m_backups}, seat.login.id, seat.where.place.path,
                                    vault::CopyBackup::Why::OtherAccount),
        .locks = tools::Replacement::Locks::All};
    const tools::ReplacementWorld around = replacementWorld(m_world, *seat.where.tool);
    const auto replaced = tools::replaceCopy(replacement, around);
    if (!replaced)
        return base::unexpected(replaced.error());
    if (*replaced == tools::ReplacementState::ChangedMeanwhile)
        return base::unexpected(refusal(
            seat.where.place.path,
            say(QT_TRANSLATE_NOOP("Accounts", "was changed by its tool a moment ago; try again in a few seconds"))));
    return Seated{.companions = tools::replaceCompanions(replacement, seat.fetched, around)};
}

base::Result<void> Accounts::use(const QString &profileId, const QString &inPlaceOf)
{
    const auto &profiles = m_world.synchronizer.profiles();
    const auto place = profiles.find(inPlaceOf);
    const auto wanted = profiles.find(profileId);
    if (place == profiles.end() || wanted == profiles.end() || wanted->second.care != Care::Own)
        return base::unexpected(
            refusal(profileId, say(QT_TRANSLATE_NOOP("Accounts", "is not among the logins that can be used there"))));
    if (const QString whyNot = whyNotUsable(wanted->second); !whyNot.isEmpty())
        return base::unexpected(refusal(wanted->second.label, whyNot));
    if (m_world.logins.renewalOf(inPlaceOf).state == profile::Renewal::State::Running)
        return base::unexpected(
            refusal(place->second.label,
                    say(QT_TRANSLATE_NOOP("Accounts", "is being renewed just now; try again in a moment"))));
    const auto seat = seatOf(place->second);
    if (!seat)
        return base::unexpected(refusal(
            place->second.label, say(QT_TRANSLATE_NOOP("Accounts", "does not let its account be exchanged here"))));
    auto next = m_world.vault.read(profileId);
    auto before = m_world.vault.read(inPlaceOf);
    if (!next || !before)
        return base::unexpected(next ? before.error() : next.error());

    const auto parked = putAway(*seat);
    if (!parked)
        return base::unexpected(parked.error());
    vault::Record seated = next->clone();
    seated.id = inPlaceOf;
    seated.toolId = place->second.toolId;
    seated.label = place->second.label;
    seated.toolRecord = {};
    // It was ours to renew, and it stays so where that can be done beside the tool.
    const bool canBeShared = sharingOf(inPlaceOf, m_world.synchronizer, Others::MayBeAsked).isAllowed();
    seated.care = canBeShared ? Care::Shared : before->care;
    if (const auto written = m_world.vault.write(seated); !written)
        return written;
    const auto done = this->seat(*seat, *std::move(next));
    if (!done) {
        if (const auto restored = m_world.vault.write(*before); restored && *parked)
            (void)m_world.vault.remove((*parked)->id); // it stays twice at worst
        return base::unexpected(done.error());
    }
    const base::Result<void> removed = m_world.vault.remove(profileId);
    if (*parked)
        m_history.move(inPlaceOf, (*parked)->id);
    m_history.move(profileId, inPlaceOf);
    const base::Timestamp now = m_world.now();
    m_world.activity.add({.profile = inPlaceOf, .kind = Deed::Kind::AccountUsed, .detail = labelOf(wanted->second)},
                         now);
    if (*parked)
        m_world.activity.add({.profile = (*parked)->id, .kind = Deed::Kind::AccountPutAway}, now);
    m_world.synchronizer.reload(inPlaceOf);
    if (*parked)
        m_world.synchronizer.reload((*parked)->id);
    m_world.synchronizer.reload(profileId);
    return done->companions ? removed : done->companions;
}

} // namespace keytender::service
