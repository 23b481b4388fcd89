// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QDir>
#include <QList>

#include "tools/homes.h"
#include "tools/tool.h"

namespace keytender::fakes {

// A tool with the simplest of formats, one login a line, "end" as the last one:
//
//   <slot or -> <access token> <refresh token or -> <expiry, hours since the epoch, or -> <account or ->
//   <slot or -> blank
//
// A text without its end is cut off; every other text is damaged. Lines that begin with "#" are for nobody.
class FakeTool final : public tools::Tool {
public:
    tools::ToolFacts named{.id = QStringLiteral("fake"),
                           .name = QStringLiteral("Fake"),
                           .profileName = QStringLiteral("fake-cli"),
                           .providerId = QStringLiteral("fake-provider"),
                           .signInCommand = QStringLiteral("fake login")};
    QString file = QStringLiteral(".fake/logins"); // in the home; empty = none
    QString cache;                                 // a directory in the home, each file of which holds one login
    QString item;                                  // a keychain item's name
    QString companion;                             // a file in the home that names the account of every login

    [[nodiscard]] const tools::ToolFacts &facts() const override { return named; }

    [[nodiscard]] tools::KeychainAttributes attributes() const { return {{QStringLiteral("name"), item}}; }

    [[nodiscard]] tools::Located locate(const tools::ToolWorld &world) const override
    {
        ++timesLocated;
        tools::Located located;
        for (const tools::Home &home : tools::distinctHomes(world.environment.home, world.extraHomes)) {
            tools::CopyPlace place;
            place.homeName = home.name;
            if (!companion.isEmpty())
                place.companions = QStringList{home.path + u'/' + companion};
            if (!file.isEmpty()) {
                place.path = home.path + u'/' + file;
                located.places.push_back(place);
            }
            if (!cache.isEmpty())
                locateCache(home.path + u'/' + cache, place, located);
            if (!item.isEmpty()) {
                place.kind = tools::CopyPlace::Kind::KeychainItem;
                place.path = QStringLiteral("keychain: ") + item;
                place.attributes = attributes();
                located.places.push_back(place);
            }
        }
        return located;
    }

    // How often it was asked, to prove that nobody asks in vain.
    mutable int timesLocated = 0;
    mutable int timesRead = 0;

protected:
    [[nodiscard]] std::vector<tools::CopyReading> interpret(const tools::CopyPlace &place,
                                                            const base::FileContent &content,
                                                            const tools::Fetched &fetched,
                                                            base::Timestamp /*now*/) const override
    {
        ++timesRead;
        const std::string_view text = content.bytes.expose();
        std::vector<tools::CopyReading> readings;
        if (!text.ends_with("end\n")) {
            const bool isDamaged = text.starts_with("!");
            readings.push_back(unreadable(place, isDamaged ? base::ErrorKind::Malformed : base::ErrorKind::Incomplete));
            return readings;
        }
        QString account;
        for (const auto &[path, beside] : fetched.companions) {
            if (beside)
                account = QString::fromUtf8(beside->bytes.expose().data(), static_cast<qsizetype>(beside->bytes.size()))
                              .trimmed();
        }
        const QByteArray copied(text.data(), static_cast<qsizetype>(text.size())); // no secrets here: all is made up
        for (const QByteArray &line : copied.split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            if (words.size() >= 2 && !line.startsWith('#'))
                readings.push_back(reading(place, words, account));
        }
        return readings;
    }

private:
    static void locateCache(const QString &directory, tools::CopyPlace place, tools::Located &located)
    {
        located.directories.append(directory);
        const QStringList names = QDir(directory).entryList(QDir::Files, QDir::Name);
        for (const QString &name : names) {
            if (!name.endsWith(QStringLiteral(".login")))
                continue;
            place.path = directory + u'/' + name;
            place.slot = name.chopped(6);
            located.places.push_back(place);
        }
    }

    static tools::CopyReading unreadable(const tools::CopyPlace &place, base::ErrorKind kind)
    {
        tools::CopyReading reading;
        reading.slot = place.slot;
        reading.state = profile::CopyState::Unreadable;
        reading.problem = base::Error{.kind = kind, .subject = place.path, .place = {}, .detail = {}};
        return reading;
    }

    static QString textOf(const QByteArray &word) { return word == "-" ? QString() : QString::fromUtf8(word); }
    static base::Secret secretOf(const QByteArray &word)
    {
        return word == "-" ? base::Secret() : base::Secret::copyOf({word.constData(), std::size_t(word.size())});
    }

    static tools::CopyReading reading(const tools::CopyPlace &place, const QList<QByteArray> &words,
                                      const QString &account)
    {
        tools::CopyReading made;
        made.slot = place.slot.isEmpty() ? textOf(words[0]) : place.slot;
        made.state = words[1] == "blank" ? profile::CopyState::Blank : profile::CopyState::Held;
        if (words.size() < 5)
            return made;
        profile::Credential credential;
        credential.tokens.accessToken = secretOf(words[1]);
        credential.tokens.refreshToken = secretOf(words[2]);
        credential.kind = words[2] == "-" ? profile::CredentialKind::Token : profile::CredentialKind::OAuth;
        if (words[3] != "-")
            credential.tokens.expiresAt = base::Timestamp{} + std::chrono::hours{words[3].toLongLong()};
        made.credential = std::move(credential);
        made.account.id = account.isEmpty() ? textOf(words[4]) : account;
        return made;
    }
};

} // namespace keytender::fakes
