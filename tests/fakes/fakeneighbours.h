// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <array>
#include <map>

#include "service/neighbours/neighbours.h"

namespace keytender::fakes {

// Says what it was given, notes what it is told, and does as told unless it is to refuse.
class FakeNeighbours final : public service::Neighbours {
public:
    using Neighbours::Neighbours;

    std::vector<service::CareOffer> offers;
    std::map<QString, service::WritePreview> previews;
    std::map<QString, service::LastWrite> writes;
    std::vector<service::Link> linked;
    std::vector<service::AccountGroup> groups;
    std::map<QString, std::vector<service::Generation>> histories;
    std::map<QString, QString> reports;
    std::map<QString, service::RescueOffer> rescues;

    QStringList calls;                  // "care claude-cli shared", in their order
    std::optional<base::Error> refusal; // of every intent

    [[nodiscard]] std::vector<service::CareOffer> careOffers() const override { return offers; }
    [[nodiscard]] service::CareOffer careOffer(const QString &profileId) const override
    {
        const auto found = std::ranges::find(offers, profileId, &service::CareOffer::profileId);
        return found == offers.end() ? service::CareOffer() : *found;
    }
    [[nodiscard]] QStringList unasked() const override
    {
        QStringList ids;
        for (const service::CareOffer &offer : offers) {
            if (!offer.wasAsked && offer.recommended != profile::Care::Watched)
                ids += offer.profileId;
        }
        return ids;
    }
    [[nodiscard]] service::WritePreview preview(const QString &profileId) const override
    {
        const auto found = previews.find(profileId);
        return found == previews.end() ? service::WritePreview() : found->second;
    }
    [[nodiscard]] base::Result<void> setCare(const QString &profileId, profile::Care care) override
    {
        const auto told = note({QStringLiteral("care"), profileId, words.at(static_cast<std::size_t>(care))});
        for (service::CareOffer &offer : offers) {
            if (!told || offer.profileId != profileId)
                continue;
            offer.care = care;
            offer.wasAsked = true;
        }
        return tell(told, profileId);
    }
    [[nodiscard]] std::optional<service::LastWrite> lastWrite(const QString &profileId) const override
    {
        return found(writes, profileId);
    }
    [[nodiscard]] base::Result<void> undoLastWrite(const QString &profileId) override
    {
        return tell(note({QStringLiteral("undo"), profileId}), profileId);
    }

    [[nodiscard]] std::vector<service::Link> links(const QString &profileId) const override
    {
        std::vector<service::Link> its;
        std::ranges::copy_if(linked, std::back_inserter(its),
                             [&](const service::Link &link) { return link.profileId == profileId; });
        return its;
    }
    [[nodiscard]] base::Result<void> setLink(const service::Link &link) override
    {
        static const QStringList ways = {QStringLiteral("off"), QStringLiteral("one-way"), QStringLiteral("mirror")};
        const auto told = note({QStringLiteral("link"), link.id, ways.at(static_cast<int>(link.way))});
        const auto known = std::ranges::find(linked, link.id, &service::Link::id);
        if (told && known != linked.end())
            *known = link;
        else if (told)
            linked.push_back(link);
        return tell(told, link.profileId);
    }

    [[nodiscard]] std::vector<service::AccountGroup> accounts() const override { return groups; }
    [[nodiscard]] base::Result<void> useAccount(const QString &profileId, const QString &inPlaceOf) override
    {
        const auto told = note({QStringLiteral("use"), profileId, inPlaceOf});
        for (service::AccountGroup &group : groups) {
            if (!told || group.profileId != inPlaceOf)
                continue;
            for (service::AccountGroup::Account &account : group.accounts)
                account.isInUse = account.profileId == profileId;
        }
        return tell(told, inPlaceOf);
    }
    [[nodiscard]] base::Result<void> orderAccounts(const QStringList &profileIds) override
    {
        const auto told = note({QStringLiteral("order"), profileIds.join(u',')});
        for (service::AccountGroup &group : groups) {
            if (told)
                std::ranges::sort(group.accounts, {},
                                  [&](const auto &account) { return profileIds.indexOf(account.profileId); });
        }
        return tell(told, profileIds.value(0));
    }

    [[nodiscard]] std::vector<service::Generation> generations(const QString &profileId) const override
    {
        return found(histories, profileId).value_or(std::vector<service::Generation>());
    }
    [[nodiscard]] QString timelineReport(const QString &profileId) const override
    {
        return found(reports, profileId).value_or(QString());
    }

    [[nodiscard]] std::optional<service::RescueOffer> rescueOffer(const QString &profileId) const override
    {
        return found(rescues, profileId);
    }
    [[nodiscard]] base::Result<void> rescue(const QString &profileId) override
    {
        const auto told = note({QStringLiteral("rescue"), profileId});
        if (told)
            rescues.erase(profileId);
        return tell(told, profileId);
    }

private:
    inline static const std::array<QString, 4> words = {QStringLiteral("own"), QStringLiteral("shared"),
                                                        QStringLiteral("delegated"), QStringLiteral("watched")};

    template <class T>
    [[nodiscard]] static std::optional<T> found(const std::map<QString, T> &all, const QString &id)
    {
        const auto one = all.find(id);
        return one == all.end() ? std::nullopt : std::optional(one->second);
    }
    [[nodiscard]] base::Result<void> note(const QStringList &call)
    {
        calls += call.join(u' ');
        return refusal ? base::Result<void>(base::Unexpected(*refusal)) : base::Result<void>();
    }
    // As the real one: whoever asked hears of it before the call returns.
    [[nodiscard]] base::Result<void> tell(const base::Result<void> &told, const QString &profileId)
    {
        if (told) {
            Q_EMIT changed(profileId);
            Q_EMIT unaskedChanged();
        }
        return told;
    }
};

} // namespace keytender::fakes
