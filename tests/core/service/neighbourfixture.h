// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <set>

#include <QTest>
#include <QTimer>

#include "base/clock.h"
#include "base/random.h"
#include "fakes/fakekeychain.h"
#include "fakes/fakeurlopener.h"
#include "fakes/temporaryhome.h"
#include "oauth/delivery.h"
#include "service/neighbours/neighbours.h"
#include "service/service.h"

namespace keytender::fakes {

// An authorization server without a wire: strict rotation, and the whole family is dead once a spent token comes back.
class RotatingIssuer final : public oauth::TokenTransport, public oauth::DocumentTransport {
public:
    void post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done) override
    {
        if (isDown)
            return refuseToReach(context, std::move(done));
        ++posts;
        if (atPost)
            atPost();
        QByteArray spent;
        for (const oauth::Parameter &parameter : request.parameters) {
            if (parameter.name == "code") { // any code is good for the first token of a family
                spent = "sk-ant-ort01-new-0";
                m_alive.insert(spent);
            }
            if (parameter.name == "refresh_token")
                spent = QByteArray(parameter.value.expose().data(), static_cast<qsizetype>(parameter.value.size()));
        }
        answer(isAlive(spent) ? renewal(spent) : refusal(spent), context, std::move(done));
    }
    void get(oauth::Get, QObject *context, std::function<void(oauth::Delivery)> done) override
    {
        QTimer::singleShot(0, context, [done = std::move(done)] { done({}); });
    }

    void issue(const QByteArray &refreshToken) { m_alive.insert(refreshToken); }
    [[nodiscard]] bool isAlive(const QByteArray &refreshToken) const { return m_alive.contains(refreshToken); }

    bool isDown = false;                          // nothing leaves this machine
    std::optional<base::Milliseconds> ahead = {}; // of our clock; nothing: it does not tell
    int posts = 0;
    int reuses = 0;
    std::function<void()> atPost;

private:
    // "sk-ant-ort01-a-3" after "sk-ant-ort01-a-2"
    QByteArray renewal(const QByteArray &spent)
    {
        const qsizetype dash = spent.lastIndexOf('-');
        const QByteArray number = QByteArray::number(spent.mid(dash + 1).toInt() + 1);
        const QByteArray next = spent.first(dash + 1) + number;
        m_alive.erase(spent);
        m_spent.insert(spent);
        m_alive.insert(next);
        QByteArray access = next;
        access.replace("ort01", "oat01");
        return R"({"token_type":"Bearer","access_token":")" + access + R"(","refresh_token":")" + next
               + R"(","expires_in":28800})";
    }
    QByteArray refusal(const QByteArray &spent)
    {
        if (m_spent.contains(spent)) {
            ++reuses;
            const QByteArray family = spent.first(spent.lastIndexOf('-'));
            std::erase_if(m_alive, [&](const QByteArray &token) { return token.startsWith(family); });
        }
        return R"({"error":"invalid_grant"})";
    }
    static void refuseToReach(QObject *context, std::function<void(oauth::Delivery)> done)
    {
        auto lost = std::make_shared<oauth::Delivery>();
        lost->error = base::Error{.kind = base::ErrorKind::Unavailable,
                                  .subject = QStringLiteral("the line"),
                                  .place = {},
                                  .detail = QStringLiteral("unplugged")};
        QTimer::singleShot(0, context, [done = std::move(done), lost] { done(std::move(*lost)); });
    }
    void answer(const QByteArray &body, QObject *context, std::function<void(oauth::Delivery)> done)
    {
        auto delivery = std::make_shared<oauth::Delivery>();
        delivery->fate = oauth::Fate::Answered;
        delivery->status = body.contains("error") ? 400 : 200;
        delivery->body = base::Secret::copyOf({body.constData(), static_cast<std::size_t>(body.size())});
        delivery->headers = {{"Content-Type", "application/json"}};
        if (ahead)
            delivery->serverTime = base::SystemClock().wallTime() + *ahead;
        QTimer::singleShot(0, context, [done = std::move(done), delivery] { done(std::move(*delivery)); });
    }

    std::set<QByteArray> m_alive;
    std::set<QByteArray> m_spent;
};

class FixedKey final : public vault::MasterKeySource {
public:
    void start() override { QMetaObject::invokeMethod(this, &FixedKey::ready, Qt::QueuedConnection); }
    void unlock() override {}
    [[nodiscard]] base::Result<vault::MasterKey> takeKey() override
    {
        return vault::MasterKey{.key = base::Secret(vault::MasterKey::size), .protection = profile::Protection::Sealed};
    }
};

// One run of the program in a home.
struct NeighbourProgram {
    NeighbourProgram(const TemporaryHome &home, RotatingIssuer &issuer)
        : service({.clock = clock,
                   .random = random,
                   .keychain = keychain,
                   .masterKey = key,
                   .environment = home.environment(),
                   .endpointRule = provider::EndpointRule::HttpsOrLoopback,
                   .outside = service::Outside{.tokens = issuer, .documents = issuer, .opener = opener}})
    {
        service.start();
        (void)QTest::qWaitFor([this] { return service.isSettled() && service.surroundings().lastScanAt; }, 10'000);
    }

    [[nodiscard]] service::Neighbours &neighbours() const { return *service.neighbours(); }
    [[nodiscard]] service::Row row(const QString &id) const
    {
        const auto found = service.rows().find(id);
        return found == service.rows().end() ? service::Row{} : found->second;
    }
    [[nodiscard]] QStringList history(const QString &id) const
    {
        QStringList texts;
        for (const service::Activity &entry : service.activityOf(id))
            texts += entry.text;
        return texts;
    }

    base::SystemClock clock;
    base::SystemRandom random;
    FakeKeychain keychain;
    FixedKey key;
    FakeUrlOpener opener;
    service::Service service;
};

// Claude Code's record of a login: which one of whom, and for how long yet.
struct ClaudeLogin {
    QByteArray refreshToken = "sk-ant-ort01-ada-1";
    std::chrono::milliseconds left = std::chrono::minutes(20);
    QByteArray account = "11111111-aaaa-4bbb-8ccc-000000000001";
};
[[nodiscard]] inline QByteArray recordOf(const ClaudeLogin &login)
{
    QByteArray access = login.refreshToken;
    access.replace("ort01", "oat01");
    const qint64 now = base::SystemClock().wallTime().time_since_epoch().count();
    return R"({"mcpOAuth":{"x":{"big":12345678901234567890,"text":"a\/b"}},"claudeAiOauth":{"accessToken":")" + access
           + R"(","refreshToken":")" + login.refreshToken + R"(","expiresAt":)"
           + QByteArray::number(now + qint64{login.left.count()}) + R"(,"refreshTokenExpiresAt":)"
           + QByteArray::number(now + qint64{20} * 24 * 3600 * 1000)
           + R"(,"scopes":["user:inference","user:profile"],"subscriptionType":"max","rateLimitTier":"t","accountUuid":")"
           + login.account
           + R"(","organizationUuid":"22222222-aaaa-4bbb-8ccc-000000000002","newMember":[1.50,"ü"]},"trustedDeviceToken":"dummy-device"})";
}

} // namespace keytender::fakes
