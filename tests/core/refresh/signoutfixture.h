// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <new>

#include <QDir>
#include <QTest>
#include <QTimer>

#include <sys/mman.h>

#include "core/vault/records.h"
#include "fakes/fakeclock.h"
#include "fakes/faultycalls.h"
#include "refresh/pendingrevocations.h"

namespace keytender::tests {

// What a provider knows of its tokens; shared by processes, so that it outlives those that are killed.
struct RevocationBook {
    std::atomic<bool> isRefreshTokenDead{false}; // "rt-1"
    std::atomic<bool> isAccessTokenDead{false};  // "at-1"
    std::atomic<bool> isNewLoginDead{false};     // anything else
    std::atomic<int> posts{0};
};

class SharedRevocationBook final {
public:
    SharedRevocationBook()
    {
        void *memory = mmap(nullptr, sizeof(RevocationBook), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            qFatal("no memory to share");
        m_book = new (memory) RevocationBook;
    }
    ~SharedRevocationBook() { munmap(m_book, sizeof(RevocationBook)); }
    Q_DISABLE_COPY_MOVE(SharedRevocationBook)
    [[nodiscard]] RevocationBook &operator*() const { return *m_book; }
    [[nodiscard]] RevocationBook *operator->() const { return m_book; }

private:
    RevocationBook *m_book;
};

inline oauth::Delivery revocationAnswer(int status, const char *body = "",
                                        std::vector<std::pair<QByteArray, QByteArray>> headers = {})
{
    oauth::Delivery delivery;
    delivery.fate = status > 0 ? oauth::Fate::Answered : status == 0 ? oauth::Fate::NotSent : oauth::Fate::Unknown;
    delivery.status = std::max(status, 0);
    delivery.headers = std::move(headers);
    delivery.body = base::Secret::copyOf(body);
    if (status <= 0)
        delivery.error = base::Error{.kind = base::ErrorKind::Unavailable,
                                     .subject = QStringLiteral("a.example"),
                                     .place = {},
                                     .detail = QStringLiteral("nobody answers")};
    return delivery;
}

// A revocation endpoint. Each request is answered in a later turn; the steps "arrival" and "answer" stand around what
// it does.
class RevocationServer final : public oauth::TokenTransport {
public:
    explicit RevocationServer(RevocationBook &book) : m_book(book) {}
    void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override
    {
        const auto found = std::ranges::find(request.parameters, QByteArray("token"), &oauth::Parameter::name);
        const std::string token(found->value.expose());
        told += QString::fromStdString(token);
        if (beforeAnswer)
            beforeAnswer();
        if (isSilent)
            return;
        QTimer::singleShot(0, context, [this, token, done = std::move(done)] {
            reach("arrival");
            oauth::Delivery delivery = take(token);
            reach("answer");
            done(std::move(delivery));
        });
    }

    std::deque<oauth::Delivery> answers; // in place of the usual one, which ends the token
    bool isDown = false;
    bool isSilent = false;
    std::function<void()> beforeAnswer;
    QStringList told; // made up, hence no secrets

private:
    static void reach(const char *what)
    {
        if (fakes::answerTo())
            (void)fakes::answerTo()(what);
    }
    oauth::Delivery take(const std::string &token)
    {
        if (isDown)
            return revocationAnswer(0);
        ++m_book.posts;
        if (!answers.empty()) {
            oauth::Delivery delivery = std::move(answers.front());
            answers.pop_front();
            return delivery;
        }
        (token == "rt-1"   ? m_book.isRefreshTokenDead
         : token == "at-1" ? m_book.isAccessTokenDead
                           : m_book.isNewLoginDead) = true;
        return revocationAnswer(200);
    }
    RevocationBook &m_book;
};

inline provider::Provider revokingProvider()
{
    provider::Provider provider;
    provider.id = QStringLiteral("some");
    provider.name = QStringLiteral("Some");
    provider.tokenEndpoint = {QUrl(QStringLiteral("https://a.example/token")), provider::Evidence::Measured};
    provider.revocationEndpoint = {QUrl(QStringLiteral("https://a.example/revoke")), provider::Evidence::Measured};
    provider.revokeByHand = {QUrl(QStringLiteral("https://a.example/apps")), provider::Evidence::Measured};
    return provider;
}

inline vault::Record ownRecord(const char *renewing = "rt-1", const char *accessing = "at-1")
{
    vault::Record own = record(QStringLiteral("own"));
    own.providerId = QStringLiteral("some");
    own.care = profile::Care::Own;
    own.credential.tokens.refreshToken = base::Secret::copyOf(renewing);
    own.credential.tokens.accessToken = base::Secret::copyOf(accessing);
    return own;
}

// The real vault with all that lies beside it.
struct SignOutDisk {
    explicit SignOutDisk(const QString &path)
        : directory(path), vault(*vault::Vault::open(path, masterKey(), vault::Vault::Access::ReadWrite, random)),
          journal(*vault->openJournal()), archive(*vault->openArchive()), notes(*vault->openRevocations())
    {
    }
    [[nodiscard]] refresh::SignOutWorld world(oauth::TokenTransport &server)
    {
        return {.clock = clock,
                .random = random,
                .transport = server,
                .vault = *vault,
                .journal = *journal,
                .archive = *archive,
                .notes = *notes};
    }
    [[nodiscard]] bool holds(const char *token) const
    {
        const auto found = vault->read(QStringLiteral("own"));
        return found && found->credential.tokens.refreshToken.expose() == token;
    }
    [[nodiscard]] bool isEmpty() const
    {
        return vault->readFacts().records.empty() && vault->readFacts().problems.empty()
               && filesBeside(QStringLiteral("*")).isEmpty();
    }
    // But for locks, which stay.
    [[nodiscard]] QStringList filesBeside(const QString &pattern) const
    {
        QStringList names = QDir(journal->directory()).entryList({pattern}, QDir::Files | QDir::Hidden);
        names.removeIf([](const QString &name) { return name.endsWith(QStringLiteral(".lock")); });
        return names;
    }

    QString directory;
    fakes::FakeClock clock;
    base::SystemRandom random;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<vault::RefreshJournal> journal;
    std::unique_ptr<vault::TokenArchive> archive;
    std::unique_ptr<vault::RevocationNotes> notes;
};

// A refresh of "rt-1" whose answer, "rt-2", a full disk kept out of the vault.
inline bool journalAnAnswer(const SignOutDisk &disk)
{
    vault::JournalEntry entry;
    entry.phase = vault::JournalEntry::Phase::Received;
    entry.profileIds = QStringList{QStringLiteral("own")};
    entry.providerId = QStringLiteral("some");
    entry.spent = disk.vault->fingerprintKey().of(base::Secret::copyOf("rt-1"));
    entry.answer.status = 200;
    entry.answer.body = base::Secret::copyOf(R"({"token_type":"bearer","access_token":"at-2","refresh_token":"rt-2"})");
    auto lineage = disk.journal->lineage(QStringLiteral("own"));
    return lineage && lineage->write(std::move(entry));
}

// Runs a story to its finished(), whose argument it returns.
template <class Outcome, class Story>
Outcome runToItsEnd(Story &story, void (Story::*finished)(const Outcome &))
{
    std::optional<Outcome> outcome;
    const QObject untilHere; // a story may run again, when this outcome is gone
    QObject::connect(&story, finished, &untilHere, [&outcome](const Outcome &ended) { outcome = ended; });
    story.start();
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 60'000);
    return outcome.value_or(Outcome());
}

} // namespace keytender::tests
