// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "core/refresh/crashstories.h"

#include <QCoreApplication>

#include <sys/mman.h>

namespace keytender::tests {

using namespace std::chrono_literals;
using refresh::KeepSignIn;
using refresh::PendingRevocations;
using refresh::SignOut;

namespace {

const QString own = QStringLiteral("own");

void reach(const char *step)
{
    if (fakes::answerTo())
        (void)fakes::answerTo()(step);
}

void waitUntil(const std::function<bool()> &isSo)
{
    while (!isSo())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

// Without the pauses of runToItsEnd(), for stories whose every system call is a point.
template <class Outcome, class Story>
Outcome finish(Story &story, void (Story::*finished)(const Outcome &))
{
    std::optional<Outcome> outcome;
    QObject::connect(&story, finished, &story, [&outcome](const Outcome &ended) { outcome = ended; });
    story.start();
    waitUntil([&outcome] { return outcome.has_value(); });
    return *outcome;
}

} // namespace

SharedRotationBook::SharedRotationBook()
{
    void *memory = mmap(nullptr, sizeof(RotationBook), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        qFatal("no memory to share");
    m_book = new (memory) RotationBook;
}

SharedRotationBook::~SharedRotationBook()
{
    munmap(m_book, sizeof(RotationBook));
}

void RotatingServer::post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done)
{
    const std::string token = tokenIn(request);
    QTimer::singleShot(0, context, [this, token, done = std::move(done)] {
        reach("arrival");
        const int before = m_book.current;
        oauth::Delivery delivery = take(std::stoi(token.substr(token.rfind('-') + 1)));
        reach(delivery.status != 200 ? "refusal" : m_book.current > before ? "answer" : "repeat");
        done(std::move(delivery));
    });
}

oauth::Delivery RotatingServer::take(int number)
{
    oauth::Delivery delivery;
    delivery.fate = oauth::Fate::Answered;
    delivery.status = 200;
    int expected = number;
    const bool isRepeat = m_book.hasGrace && number == m_book.current - 1;
    if (!m_book.isRevoked && (isRepeat || m_book.current.compare_exchange_strong(expected, number + 1))) {
        ++m_book.refreshes;
        const std::string next = std::to_string(number + 1);
        delivery.body = base::Secret::copyOf(R"({"token_type":"bearer","expires_in":3600,"access_token":"at-1-)" + next
                                             + R"(","refresh_token":"rt-1-)" + next + R"("})");
        return delivery;
    }
    m_book.reuses += m_book.isRevoked.exchange(true) ? 0 : 1;
    delivery.status = 400;
    delivery.body = base::Secret::copyOf(R"({"error":"invalid_grant"})");
    return delivery;
}

RefreshDisk::RefreshDisk(const QString &directory)
    : vault(*vault::Vault::open(directory, masterKey(), vault::Vault::Access::ReadWrite, random)),
      journal(*vault->openJournal()), archive(*vault->openArchive()), credentials(*vault)
{
}

refresh::RefreshWorld RefreshDisk::world(oauth::TokenTransport &server)
{
    return {.clock = clock,
            .random = random,
            .transport = server,
            .credentials = credentials,
            .journal = *journal,
            .archive = *archive};
}

base::Fingerprint RefreshDisk::held() const
{
    const auto record = vault->read(own);
    return record ? vault->fingerprintKey().of(record->credential.tokens.refreshToken) : base::Fingerprint();
}

bool RefreshDisk::holds(int number) const
{
    return held() == vault->fingerprintKey().of(base::Secret::copyOf("rt-1-" + std::to_string(number)));
}

refresh::RefreshRequest RefreshDisk::request() const
{
    refresh::RefreshRequest request;
    request.profileIds = QStringList{own};
    request.refreshToken = held();
    request.provider = someProvider();
    return request;
}

void makeRefreshableVault(const QString &directory)
{
    base::SystemRandom random;
    vault::Record refreshable = record(own);
    refreshable.credential.tokens.refreshToken = base::Secret::copyOf("rt-1-1");
    auto opened = vault::Vault::open(directory, masterKey(), vault::Vault::Access::ReadWrite, random);
    if (!opened || !(*opened)->write(refreshable))
        qFatal("no vault");
}

void makeOwnVault(const QString &directory)
{
    SignOutDisk disk(directory);
    vault::ArchivedToken archived;
    archived.profileId = own;
    archived.bytes = base::Secret::copyOf("rt-0");
    if (!disk.vault->write(ownRecord()) || !disk.archive->keep(archived) || !disk.journal->lineage(own))
        qFatal("no vault");
}

refresh::Outcome runRefresh(refresh::RefreshAttempt &attempt)
{
    return finish(attempt, &refresh::RefreshAttempt::finished);
}

refresh::SignOutOutcome runSignOut(SignOutDisk &disk, oauth::TokenTransport &server,
                                   refresh::SignOutRequest::Purpose purpose)
{
    SignOut story({.purpose = purpose, .profileId = own, .provider = revokingProvider()}, disk.world(server));
    return finish(story, &SignOut::finished);
}

refresh::SignInToKeep freshSignIn(Place place)
{
    return {.record = ownRecord("rt-2", "at-2"),
            .placement = {.profileId = own, .isKnown = place == Place::Taken, .isOtherAccount = false},
            .provider = revokingProvider()};
}

bool finishSignIn(KeepSignIn &keep, PendingRevocations &pending)
{
    bool isTold = false;
    QObject::connect(&pending, &PendingRevocations::tried, &keep, [&] { isTold = true; });
    const refresh::KeptSignIn kept = finish(keep, &KeepSignIn::finished);
    // All that follows comes turn by turn. Where the disk fails nothing may follow until the next start.
    for (int turn = 0; turn < 1000 && kept.isRevoking && !isTold; ++turn)
        QCoreApplication::processEvents();
    return !kept.error;
}

bool runSignIn(SignOutDisk &disk, oauth::TokenTransport &server, Place place)
{
    const auto pending = pendingOf(disk, server);
    KeepSignIn keep(freshSignIn(place), disk.world(server), *pending);
    return finishSignIn(keep, *pending);
}

std::unique_ptr<PendingRevocations> pendingOf(SignOutDisk &disk, oauth::TokenTransport &server)
{
    return std::make_unique<PendingRevocations>(
        disk.world(server), [](const QString &) { return std::optional(revokingProvider()); },
        [](base::Milliseconds pause, QObject *context, std::function<void()> next) {
            if (pause == 0ms)
                QTimer::singleShot(0, context, std::move(next));
        });
}

QString recover(RefreshDisk &disk, oauth::TokenTransport &server)
{
    refresh::RollForward roll(disk.world(server), [&](const vault::JournalEntry &) { return disk.request(); });
    bool isOver = false;
    QString problem;
    QObject::connect(&roll, &refresh::RollForward::finished, &roll, [&] { isOver = true; });
    QObject::connect(&roll, &refresh::RollForward::problemFound, &roll,
                     [&](const base::Error &error) { problem = error.subject + u' ' + error.detail; });
    roll.start();
    waitUntil([&isOver] { return isOver; });
    if (!problem.isEmpty())
        return problem;
    if (!disk.journal->readOpen().open.empty())
        return QStringLiteral("something is left open in the journal");
    return disk.vault->readFacts().problems.empty() ? QString() : QStringLiteral("the vault has a bad file");
}

QString recover(SignOutDisk &disk, oauth::TokenTransport &server)
{
    disk.clock.advance(1h);
    const auto pending = pendingOf(disk, server);
    QString problem;
    QObject::connect(pending.get(), &PendingRevocations::problemFound, pending.get(),
                     [&](const base::Error &error) { problem = error.subject + u' ' + error.detail; });
    pending->start();
    const bool isOver =
        QTest::qWaitFor([&] { return !problem.isEmpty() || disk.notes->readAll().notes.empty(); }, 2000);
    if (!problem.isEmpty())
        return problem;
    if (!isOver)
        return QStringLiteral("a note stays");
    return disk.vault->readFacts().problems.empty() ? QString() : QStringLiteral("the vault has a bad file");
}

QString quickHome()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + QStringLiteral("/keytender-XXXXXX");
}

QStringList leftoversIn(const QString &directory)
{
    const QStringList names{QStringLiteral(".keytender-*")};
    return QDir(directory).entryList(names, QDir::Files | QDir::Hidden)
           + QDir(directory + QStringLiteral("/journal")).entryList(names, QDir::Files | QDir::Hidden);
}

} // namespace keytender::tests
