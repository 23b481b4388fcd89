// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/sharing.h"

#include <algorithm>

#include <QCoreApplication>
#include <QTimer>

#include "sync/copyfetch.h"

namespace keytender::service {

namespace {

using profile::Copy;
using profile::CopyState;
using profile::Profile;

QString say(const char *text)
{
    return QCoreApplication::translate("Sharing", text);
}

class LockedOut final : public refresh::OwnerCopies {
public:
    explicit LockedOut(base::Error why) : m_why(std::move(why)) {}

    void lock(base::Milliseconds, QObject *context, std::function<void(base::Result<void>)> done) override
    {
        QTimer::singleShot(0, context, [done = std::move(done), why = m_why] { done(base::unexpected(why)); });
    }
    void unlock() override {}
    [[nodiscard]] bool isLocked() const override { return false; }
    [[nodiscard]] base::Milliseconds tolerance() const override { return base::Milliseconds(0); }
    void reread(const vault::Record &, Patience, QObject *context,
                std::function<void(refresh::CopiesReading)> done) override
    {
        QTimer::singleShot(0, context, [done = std::move(done), why = m_why] {
            done({.state = refresh::CopiesReading::State::Unreadable, .newer = {}, .account = {}, .error = why});
        });
    }
    void publish(const vault::Record &, const base::Fingerprint &, QObject *context,
                 std::function<void(std::vector<refresh::PublishedCopy>)> done) override
    {
        QTimer::singleShot(0, context, [done = std::move(done), why = m_why] {
            done({{.path = why.subject, .state = refresh::PublishedCopy::State::Failed, .error = why}});
        });
    }

private:
    const base::Error m_why;
};

const Copy *copyAt(const Profile &profile, const sync::Synchronizer::Whereabouts &where)
{
    const auto found = std::ranges::find(profile.copies, where.place.path, &Copy::path);
    return found == profile.copies.end() ? nullptr : &*found;
}

// An empty place beside one that holds the login decides nothing; alone it tells that the login is gone.
// Of another login only what holds this very token.
bool concerns(const Copy &copy, const base::Fingerprint &token, bool isAnother, bool isHeldSomewhere)
{
    if (copy.role != profile::CopyRole::Owner)
        return false;
    if (copy.state == CopyState::Held)
        return copy.credential
               && (copy.credential->refreshToken == token || (!isAnother && copy.credential->canBeRefreshed()));
    if (copy.state == CopyState::Unreadable)
        return !copy.problem || copy.problem->kind != base::ErrorKind::Unavailable || !isHeldSomewhere;
    return !isHeldSomewhere;
}

QString objectionTo(const sync::Synchronizer::Whereabouts &where, const sync::Synchronizer &synchronizer)
{
    const tools::CopyWriter *writer = where.tool->writer();
    const QString &name = where.tool->facts().name;
    if (writer == nullptr)
        return say(QT_TRANSLATE_NOOP("Sharing",
                                     "%1 holds this login, and it offers no safe way to renew it beside itself."))
            .arg(name);
    const tools::ToolWorld world = synchronizer.toolWorld(where.tool->facts().id);
    return writer->objection(tools::CopyWriter::Purpose::Share, where.place, where.slot,
                             fetchNow(where.place, world.environment.user), world);
}

// A login beside the one that is meant, with the same refresh token.
QString objectionToOther(const Profile &other)
{
    if (other.care == profile::Care::Shared)
        return {};
    return say(QT_TRANSLATE_NOOP("Sharing", "%1 holds the same login: who renews one of them ends the other. Sign in "
                                            "to one of them anew, so that each has a login of its own, or make the "
                                            "other one a mirror of this one."))
        .arg(other.label);
}

} // namespace

tools::Fetched fetchNow(const tools::CopyPlace &place, uid_t user)
{
    if (place.kind == tools::CopyPlace::Kind::File)
        return sync::fetchFile(place, user);
    return sync::fetchedItem(place,
                             base::unexpected({.kind = base::ErrorKind::Unavailable,
                                               .subject = place.path,
                                               .place = {},
                                               .detail = QStringLiteral("is asked for when it is needed")}),
                             user);
}

Sharing sharingOf(const QString &profileId, const sync::Synchronizer &synchronizer, Others others,
                  const QStringList &mirrors)
{
    Sharing sharing;
    const auto &profiles = synchronizer.profiles();
    const auto login = profiles.find(profileId);
    if (login == profiles.end())
        return {.copies = {}, .objection = say(QT_TRANSLATE_NOOP("Sharing", "There is no such login any more."))};
    const base::Fingerprint token = login->second.credential.refreshToken;
    // Whoever holds it in a copy counts, whatever the vault says of that login: an exchange may have been cut off.
    const auto holdsIt = [&token](const Copy &copy) {
        return copy.state == CopyState::Held && copy.credential && copy.credential->refreshToken == token;
    };
    QStringList ids{profileId};
    for (const auto &[id, other] : profiles) {
        if (id != profileId && !token.isNull() && std::ranges::any_of(other.copies, holdsIt))
            ids.append(id);
    }
    for (const QString &id : ids) {
        const Profile &holder = profiles.at(id);
        const bool isHeld =
            std::ranges::any_of(holder.copies, [](const Copy &copy) { return copy.state == CopyState::Held; });
        const bool isAnother = id != profileId && !mirrors.contains(id);
        if (isAnother && others == Others::MustBeShared && sharing.objection.isEmpty() && isHeld)
            sharing.objection = objectionToOther(holder);
        for (const auto &where : synchronizer.whereaboutsOf(id)) {
            const Copy *copy = copyAt(holder, where);
            if (copy == nullptr || !concerns(*copy, token, id != profileId, isHeld))
                continue;
            if (sharing.objection.isEmpty())
                sharing.objection = objectionTo(where, synchronizer);
            sharing.copies.push_back({.tool = where.tool, .place = where.place, .slot = where.slot});
        }
    }
    if (sharing.copies.empty() && sharing.objection.isEmpty() && login->second.care != profile::Care::Own)
        sharing.objection =
            say(QT_TRANSLATE_NOOP("Sharing", "Its tool's own copy has not been found on this machine."));
    return sharing;
}

std::shared_ptr<refresh::OwnerCopies> lockedOut(const QString &profileId, const QString &why)
{
    return std::make_shared<LockedOut>(
        base::Error{.kind = base::ErrorKind::Refused, .subject = profileId, .place = {}, .detail = why});
}

} // namespace keytender::service
