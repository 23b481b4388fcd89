// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "core/refresh/refreshfixture.h"

#include <algorithm>

#include <QSignalSpy>
#include <QTest>

namespace keytender::tests {

using namespace std::chrono_literals;
using refresh::CopiesReading;

namespace {

base::Secret journalKey()
{
    return base::Secret::copyOf(std::string(32, 'j'));
}

base::Error errorOf(base::ErrorKind kind)
{
    return {.kind = kind, .subject = QStringLiteral("fake"), .place = {}, .detail = {}};
}

QString textOf(const base::Secret &secret)
{
    return QString::fromUtf8(secret.expose().data(), static_cast<qsizetype>(secret.size()));
}

} // namespace

void FakeServer::post(oauth::Post request, QObject *context, std::function<void(oauth::Delivery)> done)
{
    const Fault fault = faults.empty() ? Fault::None : faults.front();
    if (!faults.empty())
        faults.pop_front();
    const std::string token = tokenIn(request);
    QTimer::singleShot(0, context, [this, token, fault, done = std::move(done)] {
        if (beforeAnswer)
            beforeAnswer();
        oauth::Delivery delivery = answerTo(token, fault);
        delivery.serverTime = serverTime;
        if (fault != Fault::Silence)
            done(std::move(delivery));
    });
}

oauth::Delivery FakeServer::answered(int status, const std::string &body) const
{
    oauth::Delivery delivery;
    delivery.fate = oauth::Fate::Answered;
    delivery.status = status;
    delivery.headers = {{"Content-Type", body.starts_with('<') ? "text/html" : "application/json"}};
    if (status == 429)
        delivery.headers.emplace_back("Retry-After", "7");
    delivery.body = base::Secret::copyOf(body);
    return delivery;
}

oauth::Delivery FakeServer::answerTo(const std::string &token, Fault fault)
{
    oauth::Delivery unknown;
    unknown.fate = fault == Fault::NotSent ? oauth::Fate::NotSent : oauth::Fate::Unknown;
    unknown.error = errorOf(base::ErrorKind::Unavailable);
    if (fault == Fault::NotSent)
        return unknown;
    spent += QString::fromStdString(token);
    if (fault == Fault::LostRequest)
        return unknown;
    if (fault == Fault::ServerError)
        return answered(503, "{}");
    if (fault == Fault::TooMany)
        return answered(429, "{}");
    if (fault == Fault::Html)
        return answered(200, "<html>please pay</html>");
    if (fault == Fault::BadClient)
        return answered(400, R"({"error":"invalid_client"})");

    const std::size_t dash = token.rfind('-');
    const std::string name = token.substr(0, dash);
    const int number = std::stoi(token.substr(dash + 1));
    Family &family = families[name];
    const bool isRepeat = hasGrace && number == family.current - 1 && !family.isConfirmed;
    if (number == family.current && !family.isRevoked) {
        family.isConfirmed = false;
        family.current += fault == Fault::NoRotation ? 0 : 1;
    } else if (!isRepeat || family.isRevoked) {
        reuses += family.isRevoked ? 0 : 1;
        family.isRevoked = true;
        return answered(400, R"({"error":"invalid_grant","error_description":"spent before"})");
    }
    if (fault == Fault::LostAnswer || fault == Fault::Silence)
        return unknown;
    if (fault == Fault::LateError)
        return answered(503, "{}");
    if (fault == Fault::Junk)
        return answered(200, "[1]");
    const std::string next = name + "-" + std::to_string(family.current);
    if (fault == Fault::NoAccess)
        return answered(200, R"({"token_type":"bearer","refresh_token":")" + next + R"("})");
    const std::string access = "at" + next.substr(2);
    std::string body =
        R"({"token_type":"Bearer","access_token":")" + access + R"(","expires_in":)" + std::to_string(lifetime.count());
    if (fault != Fault::NoRotation)
        body += R"(,"refresh_token":")" + next + '"';
    if (fault == Fault::OtherAccount)
        body += R"(,"account":{"uuid":"somebody-else"})";
    return answered(200, body + "}");
}

base::Result<vault::Record> MemoryCredentials::read(const QString &profileId) const
{
    if (readFault)
        return base::unexpected(errorOf(*readFault));
    const auto found = records.find(profileId);
    if (found == records.end())
        return base::unexpected(errorOf(base::ErrorKind::NotFound));
    return found->second.clone();
}

base::Result<void> MemoryCredentials::write(const vault::Record &record)
{
    if (writeFault)
        return base::unexpected(errorOf(*writeFault));
    ++writes;
    records.insert_or_assign(record.id, record.clone());
    return {};
}

void ScriptedCopies::lock(base::Milliseconds /*deadline*/, QObject *context,
                          std::function<void(base::Result<void>)> done)
{
    diary += QStringLiteral("lock");
    QTimer::singleShot(0, context, [this, done = std::move(done)] {
        if (lockFault)
            return done(base::unexpected(errorOf(*lockFault)));
        isHeld = true;
        done({});
    });
}

void ScriptedCopies::unlock()
{
    if (std::exchange(isHeld, false))
        diary += QStringLiteral("unlock");
}

void ScriptedCopies::reread(const vault::Record & /*known*/, Patience patience, QObject *context,
                            std::function<void(CopiesReading)> done)
{
    diary += patience == Patience::Patient ? QStringLiteral("reread patiently") : QStringLiteral("reread");
    auto reading = std::make_shared<CopiesReading>();
    if (!readings.empty()) {
        *reading = std::move(readings.front());
        readings.pop_front();
    }
    QTimer::singleShot(0, context, [reading, done = std::move(done)] { done(std::move(*reading)); });
}

void ScriptedCopies::publish(const vault::Record &renewed, const base::Fingerprint & /*spent*/, QObject *context,
                             std::function<void(std::vector<refresh::PublishedCopy>)> done)
{
    diary += QStringLiteral("publish ") + textOf(renewed.credential.tokens.refreshToken);
    QTimer::singleShot(0, context, [this, done = std::move(done)] { done(published); });
}

std::string tokenIn(const oauth::Post &request)
{
    const auto found = std::ranges::find(request.parameters, QByteArray("refresh_token"), &oauth::Parameter::name);
    return found == request.parameters.end() ? std::string() : std::string(found->value.expose());
}

provider::Provider someProvider()
{
    provider::Provider provider;
    provider.id = QStringLiteral("some");
    provider.tokenEndpoint = {.value = QUrl(QStringLiteral("https://example.org/token")), .evidence = {}};
    provider.accessTokenLifetime = {.value = 1h, .evidence = {}};
    provider.identity = {.value = {.sources = {provider::IdentitySource::TokenAnswer},
                                   .id = {QStringLiteral("/account/uuid")},
                                   .email = {},
                                   .organizationId = {},
                                   .organizationName = {},
                                   .plan = {}},
                         .evidence = {}};
    const auto code = [&provider](const char *name, provider::Verdict verdict) {
        provider.errorCodes[QString::fromLatin1(name)] = {.value = verdict, .evidence = provider::Evidence::Measured};
    };
    code("invalid_grant", provider::Verdict::GrantRejected);
    code("invalid_client", provider::Verdict::Configuration);
    return provider;
}

CopiesReading newerCopy(const std::string &refreshToken, base::Timestamp lapses)
{
    CopiesReading reading;
    reading.state = CopiesReading::State::Newer;
    reading.newer.tokens.accessToken = base::Secret::copyOf("at" + refreshToken.substr(2));
    reading.newer.tokens.refreshToken = base::Secret::copyOf(refreshToken);
    reading.newer.tokens.expiresAt = lapses;
    return reading;
}

RefreshFixture::RefreshFixture()
    : journal(home.path(), journalKey(), random), archive(home.path(), journalKey(), random)
{
    addLogin(QStringLiteral("own"), "rt-1-1");
}

void RefreshFixture::addLogin(const QString &profileId, const std::string &refreshToken)
{
    vault::Record record;
    record.id = profileId;
    record.providerId = QStringLiteral("some");
    record.care = profile::Care::Own;
    record.account.id = QStringLiteral("me");
    record.credential.tokens.accessToken = base::Secret::copyOf("at" + refreshToken.substr(2));
    record.credential.tokens.refreshToken = base::Secret::copyOf(refreshToken);
    record.credential.tokens.issuedAt = clock.wall;
    record.credential.tokens.expiresAt = clock.wall + server.lifetime;
    credentials.records.insert_or_assign(profileId, std::move(record));
}

refresh::RefreshWorld RefreshFixture::world()
{
    return {.clock = clock,
            .random = random,
            .transport = server,
            .credentials = credentials,
            .journal = journal,
            .archive = archive};
}

refresh::RefreshRequest RefreshFixture::request(const std::string &refreshToken, const QStringList &profiles) const
{
    refresh::RefreshRequest request;
    request.profileIds = profiles;
    request.refreshToken = credentials.of(refreshToken);
    request.provider = someProvider();
    request.copies = copies;
    return request;
}

refresh::Outcome RefreshFixture::run(const refresh::RefreshRequest &request)
{
    refresh::RefreshAttempt attempt(request, world());
    std::optional<refresh::Outcome> outcome;
    QObject::connect(&attempt, &refresh::RefreshAttempt::finished, &attempt, [&outcome](const refresh::Outcome &ended) {
        if (outcome)
            QTest::qFail("finished twice", __FILE__, __LINE__);
        outcome = ended;
    });
    attempt.start();
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); });
    if (!outcome)
        QTest::qFail("did not finish", __FILE__, __LINE__);
    return outcome.value_or(refresh::Outcome());
}

QString RefreshFixture::held(const QString &profileId) const
{
    return textOf(credentials.records.at(profileId).credential.tokens.refreshToken);
}

QString RefreshFixture::accessToken(const QString &profileId) const
{
    return textOf(credentials.records.at(profileId).credential.tokens.accessToken);
}

vault::JournalEntry RefreshFixture::journaled(const QString &profileId) const
{
    const auto lineage = journal.lineage(profileId);
    return lineage ? lineage->current().clone() : vault::JournalEntry();
}

std::vector<vault::ArchivedToken> RefreshFixture::archived(const QString &profileId) const
{
    auto tokens = archive.of(profileId);
    return tokens ? *std::move(tokens) : std::vector<vault::ArchivedToken>();
}

} // namespace keytender::tests
