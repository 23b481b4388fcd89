// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `lockhold HOME PORT COUNT`: that many refreshes of a login that Claude Code keeps in HOME, under its own locks, by
// the token server at PORT. A line for each: for how many microseconds the first of the lock directories stood there,
// as seen from outside, and how long it was from the decision to the end.

#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <poll.h>
#include <sys/inotify.h>

#include "ownlogins.h"
#include "refresh/refreshattempt.h"
#include "refresh/toolcopies.h"

using namespace keytender;
using refresh::Ending;
using refresh::Outcome;
using Instant = std::chrono::steady_clock::time_point;

namespace {

const QString login = QStringLiteral("own");

class NoKeychain final : public tools::KeychainItems {
public:
    void read(const tools::KeychainAttributes &, QObject *, Callback) override { std::abort(); }
    void write(const tools::KeychainAttributes &, base::Secret, QObject *, WriteCallback) override { std::abort(); }
};

// Sees from outside, in a thread of its own, when a lock directory is made and when it goes.
class LockWatch final {
public:
    explicit LockWatch(const QString &directory) : m_queue(inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
    {
        if (inotify_add_watch(m_queue, QFile::encodeName(directory).constData(), IN_CREATE | IN_DELETE) < 0)
            std::abort();
        m_thread = std::thread([this] { watch(); });
    }
    ~LockWatch()
    {
        m_isOver = true;
        m_thread.join();
        ::close(m_queue);
    }
    LockWatch(const LockWatch &) = delete;
    LockWatch &operator=(const LockWatch &) = delete;

    // The last time that it stood there; to be asked some time after it went.
    [[nodiscard]] long long microseconds() const { return m_microseconds; }

private:
    void watch()
    {
        Instant made;
        alignas(inotify_event) std::array<char, 64 * (sizeof(inotify_event) + NAME_MAX + 1)> events{};
        while (!m_isOver) {
            pollfd waiting{.fd = m_queue, .events = POLLIN, .revents = 0};
            if (poll(&waiting, 1, 50) != 1)
                continue;
            const Instant now = std::chrono::steady_clock::now();
            const ssize_t size = read(m_queue, events.data(), events.size());
            for (ssize_t at = 0; at < size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(events.data() + at);
                at += ssize_t(sizeof(inotify_event) + event->len);
                if (event->len == 0 || std::string_view(event->name) != ".oauth_refresh.lock")
                    continue;
                if ((event->mask & IN_CREATE) != 0)
                    made = now;
                else
                    m_microseconds = (now - made) / std::chrono::microseconds(1);
            }
        }
    }

    int m_queue;
    std::atomic<long long> m_microseconds{0};
    std::atomic<bool> m_isOver{false};
    std::thread m_thread;
};

std::unique_ptr<tools::Tool> claudeCode()
{
    for (auto &tool : tools::allTools()) {
        if (tool->facts().id == QStringLiteral("claude-code"))
            return std::move(tool);
    }
    std::abort();
}

class SharedLogin final : public QObject {
public:
    SharedLogin(const QString &home, int port)
        : m_home(home), m_logins(home + QStringLiteral("/vault")),
          m_provider(bench::loopbackProvider(QStringLiteral("anthropic"), port)), m_tool(claudeCode())
    {
        m_logins.add(login, m_provider.id);
        const auto record = m_logins.vault().read(login);
        m_token = profile::factsOf(record.value().credential, m_logins.vault().fingerprintKey()).refreshToken;
        const profile::TokenSet &tokens = record.value().credential.tokens;
        QDir().mkpath(directory());
        QFile file(directory() + QStringLiteral("/.credentials.json"));
        if (!file.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner))
            std::abort();
        file.write(R"({"claudeAiOauth":{"accessToken":")");
        file.write(tokens.accessToken.expose().data(), qint64(tokens.accessToken.size()));
        file.write(R"(","refreshToken":")");
        file.write(tokens.refreshToken.expose().data(), qint64(tokens.refreshToken.size()));
        file.write(R"(","expiresAt":1795356000123,"scopes":["user:inference","user:profile"]}})");
    }

    [[nodiscard]] QString directory() const { return m_home + QStringLiteral("/.claude"); }

    // The microseconds that it took.
    [[nodiscard]] long long refreshOnce()
    {
        const Instant begin = std::chrono::steady_clock::now();
        refresh::RefreshRequest request;
        request.profileIds = QStringList{login};
        request.refreshToken = m_token;
        request.provider = m_provider;
        request.copies = copies();
        refresh::RefreshAttempt attempt(std::move(request), m_logins.world());
        std::optional<Outcome> outcome;
        connect(&attempt, &refresh::RefreshAttempt::finished, this, [&](const Outcome &ended) { outcome = ended; });
        attempt.start();
        while (!outcome)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (outcome->ending != Ending::Renewed) {
            std::fprintf(stderr, "ended %d: %s\n", int(outcome->ending),
                         outcome->error ? qPrintable(base::describe(*outcome->error)) : "");
            std::exit(1);
        }
        m_token = outcome->held.refreshToken;
        return (std::chrono::steady_clock::now() - begin) / std::chrono::microseconds(1);
    }

private:
    std::shared_ptr<refresh::OwnerCopies> copies()
    {
        tools::ToolWorld world;
        world.environment.home = m_home;
        world.environment.user = geteuid();
        std::vector<refresh::OwnedCopy> owned;
        for (const tools::CopyPlace &place : m_tool->locate(world).places) {
            if (place.path.startsWith(directory() + u'/'))
                owned.push_back({.tool = m_tool.get(), .place = place, .slot = place.slot});
        }
        return std::make_shared<refresh::ToolCopies>(
            std::move(owned), refresh::ToolCopiesWorld{.clock = m_clock,
                                                       .random = m_random,
                                                       .keychain = m_keychain,
                                                       .fingerprintKey = m_logins.vault().fingerprintKey(),
                                                       .toolWorld = [world](const QString &) { return world; },
                                                       .isAncestor = [](const base::Fingerprint &) { return false; }});
    }

    const QString m_home;
    bench::OwnLogins m_logins;
    const provider::Provider m_provider;
    std::unique_ptr<tools::Tool> m_tool;
    base::SystemClock m_clock;
    base::SystemRandom m_random;
    NoKeychain m_keychain;
    base::Fingerprint m_token;
};

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 4)
        return 2;
    QCoreApplication application(argc, argv);
    qRegisterMetaType<Outcome>();
    SharedLogin shared(QString::fromLocal8Bit(argv[1]), std::atoi(argv[2]));
    (void)shared.refreshOnce(); // makes the journal
    LockWatch lock(shared.directory());
    for (int number = 0; number < std::atoi(argv[3]); ++number) {
        const long long whole = shared.refreshOnce();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        std::printf("%lld %lld\n", lock.microseconds(), whole);
        std::fflush(stdout);
    }
    return 0;
}
