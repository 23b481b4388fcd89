// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tools/copywriter.h"
#include "tools/jsonrewrite.h"

namespace keytender::fakes {

// A tool that others may write beside, with whatever locks and habits a test gives it. One JSON object, a member for
// each login: {"main": {"access": "", "refresh": "", "expires": 1790000000000, "account": "ann"}}. An empty access
// token is a blank record. The account may stand in a companion, too, as the whole of it.
class LockingTool final : public tools::Tool {
public:
    struct Writer final : tools::CopyWriter {
        std::vector<tools::LockSpec> locks;
        std::vector<tools::CompanionChange> beside;
        LinkHabit habit = LinkHabit::Follow;
        std::optional<mode_t> mode;
        base::Milliseconds waits = std::chrono::milliseconds(600);
        base::Milliseconds tolerance = std::chrono::seconds(6);
        std::optional<base::Error> problem; // of its locks
        bool garbles = false;               // writes what it could not read

        [[nodiscard]] QString objection(Purpose, const tools::CopyPlace &, const QString &, const tools::Fetched &,
                                        const tools::ToolWorld &) const override
        {
            return {};
        }
        [[nodiscard]] base::Result<tools::LockPlan> lockPlan(const tools::CopyPlace &, const QString &,
                                                             const tools::ToolWorld &) const override
        {
            if (problem)
                return base::unexpected(*problem);
            return tools::LockPlan{.locks = locks, .tolerance = tolerance};
        }
        [[nodiscard]] base::Result<base::Secret> rewritten(const tools::CopyPlace &place, const QString &slot,
                                                           const tools::Fetched &fetched,
                                                           const tools::Successor &successor) const override
        {
            if (!fetched.content)
                return base::unexpected(fetched.content.error());
            auto rewrite = tools::JsonRewrite::of(place.path, *fetched.content);
            if (!rewrite)
                return base::unexpected(rewrite.error());
            const base::JsonValue login = rewrite->root().member(slot.toStdString());
            rewrite->setText(login, garbles ? "acess" : "access", successor.tokens.accessToken);
            if (!successor.tokens.refreshToken.isEmpty())
                rewrite->setText(login, "refresh", successor.tokens.refreshToken);
            if (successor.tokens.expiresAt)
                rewrite->setTime(login, "expires", *successor.tokens.expiresAt, tools::EpochUnit::Milliseconds);
            return rewrite->finish();
        }
        [[nodiscard]] base::Result<std::vector<tools::CompanionChange>> companionChanges(
            const tools::CopyPlace &, const QString &, const tools::Fetched &, const tools::Successor &,
            const tools::ToolWorld &) const override
        {
            std::vector<tools::CompanionChange> changes;
            for (const tools::CompanionChange &change : beside)
                changes.push_back({change.path, change.locks, change.content.clone()});
            return changes;
        }
        [[nodiscard]] LinkHabit linkHabit() const override { return habit; }
        [[nodiscard]] mode_t modeAfter(mode_t before) const override { return mode.value_or(before); }
        [[nodiscard]] base::Milliseconds patience() const override { return waits; }
    };

    Writer writes;
    tools::ToolFacts named{.id = QStringLiteral("locking"),
                           .name = QStringLiteral("Locking"),
                           .profileName = QStringLiteral("locking-cli"),
                           .providerId = QStringLiteral("fake-provider"),
                           .signInCommand = QStringLiteral("locking login")};

    [[nodiscard]] const tools::ToolFacts &facts() const override { return named; }
    [[nodiscard]] tools::Located locate(const tools::ToolWorld &) const override { return {}; }
    [[nodiscard]] const tools::CopyWriter *writer() const override { return &writes; }

protected:
    [[nodiscard]] std::vector<tools::CopyReading> interpret(const tools::CopyPlace &place,
                                                            const base::FileContent &content,
                                                            const tools::Fetched &fetched,
                                                            base::Timestamp /*now*/) const override
    {
        std::vector<tools::CopyReading> readings;
        const auto document = tools::parseObject(place.path, content);
        if (!document) {
            readings.push_back(tools::unreadable(document.error()));
            return readings;
        }
        QString account;
        for (const auto &[path, beside] : fetched.companions)
            if (beside)
                account = QString::fromUtf8(beside->bytes.expose().data(), qsizetype(beside->bytes.size()));
        for (const auto &[slot, login] : document->root().members())
            if (login.isObject())
                readings.push_back(readingOf(slot, login, account));
        return readings;
    }

private:
    static tools::CopyReading readingOf(const QString &slot, const base::JsonValue &login, const QString &account)
    {
        auto access = tools::secretOrEmpty(login.member("access"));
        auto refresh = tools::secretOrEmpty(login.member("refresh"));
        const auto expires = tools::epochTime(login.member("expires"), tools::EpochUnit::Milliseconds);
        const auto who = login.member("account").optionalString();
        if (!access || !refresh || !expires || !who)
            return tools::unreadable(login.error(QStringLiteral("is odd")), slot);
        profile::Credential credential;
        credential.tokens.accessToken = *std::move(access);
        credential.tokens.refreshToken = *std::move(refresh);
        credential.tokens.expiresAt = *expires;
        const bool isBlank = credential.tokens.accessToken.isEmpty();
        tools::CopyReading reading = tools::held(std::move(credential), slot);
        reading.account.id = account.isEmpty() ? who->value_or(QString()) : account;
        if (isBlank) {
            reading.state = profile::CopyState::Blank;
            reading.credential.reset();
        }
        return reading;
    }
};

} // namespace keytender::fakes
