// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>

#include <QStringList>
#include <QTemporaryDir>
#include <QTimer>

#include "fakes/fakeclock.h"
#include "refresh/refreshattempt.h"

namespace keytender::tests {

// A token endpoint that rotates refresh tokens, notices when one comes a second time, and then revokes the family:
// "rt-<family>-<number>". What comes over the wire is asserted by whoever reads `spent`.
class FakeServer final : public oauth::TokenTransport {
public:
    enum class Fault {
        None,
        NotSent,      // no byte leaves
        LostRequest,  // sent, never arrived
        LostAnswer,   // taken by the server, no answer comes back
        Silence,      // like LostAnswer, and not even the transport says so
        ServerError,  // 503, nothing done
        LateError,    // 503, although the token was rotated
        TooMany,      // 429 with Retry-After: 7
        Html,         // 200 of a captive portal
        NoAccess,     // 200 with a new refresh token and no access token
        Junk,         // 200 and a JSON array, although the token was rotated
        BadClient,    // invalid_client
        OtherAccount, // granted, for somebody else
        NoRotation,   // granted, without a refresh token
    };
    struct Family {
        int current = 1;
        bool isRevoked = false;
        bool isConfirmed = true; // the current one was used, or its delivery is known
    };

    void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override;

    // The next answers; afterwards all is well.
    std::deque<Fault> faults;
    bool hasGrace = false; // a token whose successor was never used may come again
    std::chrono::seconds lifetime{3600};
    std::map<std::string, Family> families;
    std::optional<base::Timestamp> serverTime;

    QStringList spent; // made up, hence no secrets
    int reuses = 0;
    std::function<void()> beforeAnswer; // in the turn in which a request arrives

private:
    [[nodiscard]] oauth::Delivery answerTo(const std::string &token, Fault fault);
    [[nodiscard]] oauth::Delivery answered(int status, const std::string &body) const;
};

// Records in memory, with a disk that may be full.
class MemoryCredentials final : public refresh::CredentialStore {
public:
    [[nodiscard]] base::Result<vault::Record> read(const QString &profileId) const override;
    [[nodiscard]] base::Result<void> write(const vault::Record &record) override;
    [[nodiscard]] const base::FingerprintKey &fingerprintKey() const override { return m_key; }
    [[nodiscard]] base::Fingerprint of(const std::string &token) const { return m_key.of(token); }

    std::map<QString, vault::Record> records;
    std::optional<base::ErrorKind> readFault;
    std::optional<base::ErrorKind> writeFault;
    int writes = 0;

private:
    base::FingerprintKey m_key{base::Secret::copyOf(std::string(base::FingerprintKey::size, 'f'))};
};

// Owner copies that do as they are told and keep a diary.
class ScriptedCopies final : public refresh::OwnerCopies {
public:
    void lock(base::Milliseconds deadline, QObject *context, std::function<void(base::Result<void>)> done) override;
    void unlock() override;
    [[nodiscard]] bool isLocked() const override { return isHeld && !isStolen; }
    [[nodiscard]] base::Milliseconds tolerance() const override { return bears; }
    void reread(const vault::Record &known, Patience patience, QObject *context,
                std::function<void(refresh::CopiesReading)> done) override;
    void publish(const vault::Record &renewed, const base::Fingerprint &spent, QObject *context,
                 std::function<void(std::vector<refresh::PublishedCopy>)> done) override;

    std::optional<base::ErrorKind> lockFault;
    bool isHeld = false;
    bool isStolen = false;
    base::Milliseconds bears = std::chrono::seconds(60);
    std::deque<refresh::CopiesReading> readings; // afterwards: Unchanged
    std::vector<refresh::PublishedCopy> published{{.path = QStringLiteral("/copy"), .state = {}, .error = {}}};
    QStringList diary; // "lock", "unlock", "reread", "reread patiently", "publish rt-1-2"
};

// The refresh token in a request.
[[nodiscard]] std::string tokenIn(const oauth::Post &request);
[[nodiscard]] provider::Provider someProvider();
[[nodiscard]] refresh::CopiesReading newerCopy(const std::string &refreshToken, base::Timestamp lapses);

// All that an attempt needs, in a directory of its own.
struct RefreshFixture {
    RefreshFixture();

    void addLogin(const QString &profileId, const std::string &refreshToken);
    [[nodiscard]] refresh::RefreshWorld world();
    [[nodiscard]] refresh::RefreshRequest request(const std::string &refreshToken = "rt-1-1",
                                                  const QStringList &profiles = {QStringLiteral("own")}) const;
    // Runs an attempt to its end, or for 5 s.
    refresh::Outcome run(const refresh::RefreshRequest &request);
    [[nodiscard]] QString held(const QString &profileId = QStringLiteral("own")) const; // its refresh token
    [[nodiscard]] QString accessToken(const QString &profileId = QStringLiteral("own")) const;
    [[nodiscard]] vault::JournalEntry journaled(const QString &profileId = QStringLiteral("own")) const;
    [[nodiscard]] std::vector<vault::ArchivedToken> archived(const QString &profileId = QStringLiteral("own")) const;

    QTemporaryDir home;
    fakes::FakeClock clock;
    base::SystemRandom random;
    FakeServer server;
    MemoryCredentials credentials;
    vault::RefreshJournal journal;
    vault::TokenArchive archive;
    std::shared_ptr<ScriptedCopies> copies; // null: a login of our own
};

} // namespace keytender::tests
