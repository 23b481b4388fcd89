// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <vector>

#include <QString>

#include "base/environment.h"
#include "base/fingerprint.h"
#include "base/random.h"
#include "base/result.h"
#include "service/neighbours/neighbourfacts.h"

namespace keytender::service {

// Every refresh token that a login ever held, by fingerprint: who wrote it, who spent it, how it ended. A file of our
// own (0600, no secret in it) that outlives the program. It tells which token a copy may be written over with (INV-5):
// a token that is missing here is nobody's ancestor, so that a lost file makes Keytender more careful and not less.
class LineageHistory final {
public:
    static constexpr std::size_t generationsKept = 64; // of one login

    struct Hand {
        QString writer;   // "Keytender", "Claude Code", "unknown"
        QString evidence; // what tells
    };

    LineageHistory(QString file, const base::Environment &environment, base::Random &random);

    // The login holds this token now. Says whether that is another one than before.
    bool noteHeld(const QString &profileId, const base::Fingerprint &refreshToken, const Hand &hand,
                  base::Timestamp at);
    void noteSpent(const QString &profileId, const base::Fingerprint &refreshToken, const QString &by,
                   base::Timestamp at);
    // Who wrote it, where that is known only afterwards.
    void noteHand(const QString &profileId, const base::Fingerprint &refreshToken, const Hand &hand);
    void noteEnd(const QString &profileId, const base::Fingerprint &refreshToken, const QString &how);
    // Another sign-in took the place: what was held before is an ancestor of nothing that follows.
    void noteNewSignIn(const QString &profileId);
    // What is known of one login goes on under another id: it moved.
    void move(const QString &from, const QString &to);
    void forget(const QString &profileId);

    // Held by this login before the one that it holds now, since its sign-in.
    [[nodiscard]] bool isAncestor(const QString &profileId, const base::Fingerprint &refreshToken) const;
    [[nodiscard]] std::vector<Generation> of(const QString &profileId) const; // newest first

    [[nodiscard]] bool isChanged() const { return m_isChanged; }
    [[nodiscard]] base::Result<void> save();                                              // if it is changed
    [[nodiscard]] const std::optional<base::Error> &problem() const { return m_problem; } // of loading

private:
    struct Entry {
        base::Fingerprint token;
        bool beginsSignIn = false;
        Generation facts;
    };

    [[nodiscard]] base::Result<void> load(uid_t user);
    [[nodiscard]] Entry *find(const QString &profileId, const base::Fingerprint &refreshToken);

    QString m_file;
    base::Random &m_random;
    std::map<QString, std::vector<Entry>> m_entries; // by profile, oldest first
    std::map<QString, bool> m_begins;                // the next one is the first of a sign-in
    std::optional<base::Error> m_problem;
    bool m_isChanged = false;
};

} // namespace keytender::service
