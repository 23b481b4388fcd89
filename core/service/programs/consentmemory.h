// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/environment.h"
#include "base/random.h"
#include "base/result.h"
#include "profile/credential.h"
#include "service/programs/consentfacts.h"

namespace keytender::service {

// What a person said about programs for good, each with the account that the login had then: consents.json, a file of
// our own in the data directory, 0600. One that cannot be read is no yes and no no: everybody is asked again, and it
// stays as it is.
class ConsentMemory final {
public:
    ConsentMemory(QString file, const base::Environment &environment, base::Random &random);

    // Once more, where another Keytender may have written.
    void read(const base::Environment &environment);

    [[nodiscard]] const std::vector<ConsentRule> &rules() const { return m_rules; }
    [[nodiscard]] const std::optional<base::Error> &problem() const { return m_problem; }

    // Durable when it returns; after an error everything is as it was.
    [[nodiscard]] base::Result<void> keep(const ConsentRule &rule, const profile::Account &account);
    // What ends, ends here at once, whatever becomes of the file; that is told, and made good with the next write.
    [[nodiscard]] base::Result<void> remove(const QString &profileId, const QString &program);
    [[nodiscard]] base::Result<void> endAllowed(const QString &profileId);
    // What was allowed for another account ends.
    [[nodiscard]] base::Result<void> noteAccount(const QString &profileId, const profile::Account &account);
    // On the disk once an hour at most, and without a word when that fails: nothing depends on it.
    void noteUse(const QString &profileId, const QString &program, base::Timestamp when);

private:
    using Accounts = std::map<QString, profile::Account>; // of the logins that a rule speaks of

    [[nodiscard]] base::Result<void> load(const base::Environment &environment);
    [[nodiscard]] base::Result<void> save(const std::vector<ConsentRule> &rules, const Accounts &accounts);
    [[nodiscard]] base::Result<void> saveAsIs();

    QString m_file;
    base::Random &m_random;
    std::vector<ConsentRule> m_rules;
    Accounts m_accounts;
    std::optional<base::Timestamp> m_usesKeptAt;
    std::optional<base::Error> m_problem;
};

} // namespace keytender::service
