// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// What is killed, starved and cut off from power: one refresh, one sign-in, one sign-out, each with the real vault,
// against servers whose memory outlives the process, and the start of a program after that.

#pragma once

#include <atomic>
#include <new>

#include "core/refresh/refreshfixture.h"
#include "core/refresh/signoutfixture.h"
#include "oauth/delivery.h"
#include "refresh/keepsignin.h"
#include "refresh/rollforward.h"

namespace keytender::tests {

// A token endpoint that rotates on every refresh and revokes the family when a token comes twice: "rt-1-<number>".
struct RotationBook {
    std::atomic<int> current{1};
    std::atomic<int> refreshes{0};
    std::atomic<int> reuses{0};
    std::atomic<bool> isRevoked{false};
    std::atomic<bool> isAnswerOnDisk{false}; // somebody has seen the last answer safely home
    bool hasGrace = true;                    // the token before the current one gets the same answer again
};

// Shared by all processes.
class SharedRotationBook final {
public:
    SharedRotationBook();
    ~SharedRotationBook();
    Q_DISABLE_COPY_MOVE(SharedRotationBook)
    [[nodiscard]] RotationBook &operator*() const { return *m_book; }
    [[nodiscard]] RotationBook *operator->() const { return m_book; }

private:
    RotationBook *m_book;
};

// One delivery, in the turn in which it is sent; the steps "arrival" and "answer" stand around what it does; "repeat"
// and "refusal" are answers too.
class RotatingServer final : public oauth::TokenTransport {
public:
    explicit RotatingServer(RotationBook &book) : m_book(book) {}
    void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override;

private:
    [[nodiscard]] oauth::Delivery take(int number);
    RotationBook &m_book;
};

// The real vault, journal and archive in one directory.
struct RefreshDisk {
    explicit RefreshDisk(const QString &directory);
    [[nodiscard]] refresh::RefreshWorld world(oauth::TokenTransport &server);
    [[nodiscard]] base::Fingerprint held() const;
    [[nodiscard]] bool holds(int number) const;
    [[nodiscard]] refresh::RefreshRequest request() const;

    base::SystemClock clock;
    base::SystemRandom random;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<vault::RefreshJournal> journal;
    std::unique_ptr<vault::TokenArchive> archive;
    refresh::VaultCredentials credentials;
};

// With "rt-1-1", to be refreshed.
void makeRefreshableVault(const QString &directory);
// With "rt-1", a journal and something archived, to be signed out or replaced.
void makeOwnVault(const QString &directory);

[[nodiscard]] refresh::Outcome runRefresh(refresh::RefreshAttempt &attempt);
[[nodiscard]] refresh::SignOutOutcome runSignOut(
    SignOutDisk &disk, oauth::TokenTransport &server,
    refresh::SignOutRequest::Purpose purpose = refresh::SignOutRequest::Purpose::SignOut);
// "rt-2" becomes the login of the profile; in place of the one that is there, or where there was none.
enum class Place { Free, Taken };
[[nodiscard]] refresh::SignInToKeep freshSignIn(Place place);
// Until the provider was told of what was replaced, too; true if it was kept.
[[nodiscard]] bool finishSignIn(refresh::KeepSignIn &keep, refresh::PendingRevocations &pending);
[[nodiscard]] bool runSignIn(SignOutDisk &disk, oauth::TokenTransport &server, Place place);

[[nodiscard]] std::unique_ptr<refresh::PendingRevocations> pendingOf(SignOutDisk &disk, oauth::TokenTransport &server);

// A program that starts after a crash, the servers being well. What is wrong then, or nothing.
[[nodiscard]] QString recover(RefreshDisk &disk, oauth::TokenTransport &server);
[[nodiscard]] QString recover(SignOutDisk &disk, oauth::TokenTransport &server);

// For QTemporaryDir, where a sync costs nothing: of the thousands that a sweep makes, a kill takes none back.
[[nodiscard]] QString quickHome();

// Unfinished files of the vault at `directory`.
[[nodiscard]] QStringList leftoversIn(const QString &directory);

} // namespace keytender::tests
