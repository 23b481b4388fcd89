// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <initializer_list>
#include <memory>
#include <utility>

#include <QTest>

#include "core/service/keptlogin.h"
#include "fakes/fakedoctor.h"
#include "fakes/fakeneighbours.h"
#include "fakes/recordedinquiry.h"
#include "ipc/desks/world.h"

namespace keytender::fakes {

// A person who says what the test wants, at once or later.
class SpokenConsent final : public service::Consent {
public:
    void ask(const Request &request, QObject *context, std::function<void(Verdict)> done) override
    {
        asked.push_back(request);
        waiting.emplace_back(context, std::move(done));
        if (verdict)
            speak(*verdict);
    }
    void speak(const Verdict &said)
    {
        for (const auto &[context, done] : std::exchange(waiting, {})) {
            if (context)
                done(said);
        }
    }
    void setCanAsk(bool) override {}
    [[nodiscard]] const std::vector<service::ConsentQuestion> &questions() const override { return m_questions; }
    void answer(quint64, service::ConsentAnswer) override {}
    [[nodiscard]] std::vector<service::ConsentRule> rules() const override { return known; }
    [[nodiscard]] base::Result<void> revoke(const service::ConsentRule &rule) override
    {
        std::erase(known, rule);
        return {};
    }

    std::optional<Verdict> verdict = Verdict{.isAllowed = true};
    std::vector<Request> asked;
    std::vector<std::pair<QPointer<QObject>, std::function<void(Verdict)>>> waiting;
    std::vector<service::ConsentRule> known;

private:
    std::vector<service::ConsentQuestion> m_questions;
};

// A whole program and the door before it.
struct Counter {
    Counter(const TemporaryHome &home, RotatingIssuer &issuer)
        : program(home, issuer), world(ipc::worldOf(program.service, consent, doctor))
    {
        ipc::addDesks(door, world);
    }

    using Fields = std::initializer_list<std::pair<std::string, std::string>>;
    // Not waited for.
    std::unique_ptr<RecordedInquiry> begin(const std::string &command, Fields fields = {}) const
    {
        wire::Message request(wire::Kind::Request);
        request.set("command", command);
        for (const auto &[key, value] : fields)
            request.set(key, value);
        service::Consumer consumer;
        consumer.program.pid = 4711;
        consumer.program.executable = QStringLiteral("/usr/bin/git");
        auto inquiry = std::make_unique<RecordedInquiry>(std::move(request), consumer);
        door.receive(*inquiry);
        return inquiry;
    }
    std::unique_ptr<RecordedInquiry> ask(const std::string &command, Fields fields = {}) const
    {
        auto inquiry = begin(command, fields);
        (void)QTest::qWaitFor([&] { return inquiry->isAnswered; }, 20'000);
        return inquiry;
    }

    SpokenConsent consent;
    FakeDoctor doctor;
    NeighbourProgram program;
    ipc::World world;
    ipc::Door door;
};

[[nodiscard]] inline std::string textOf(const RecordedInquiry &inquiry)
{
    std::string whole;
    for (const std::string &part : inquiry.texts)
        whole += part;
    return whole;
}

// Of one key of all that was told.
[[nodiscard]] inline std::string joined(const RecordedInquiry &inquiry, const std::string &key)
{
    std::string whole;
    for (const std::string &part : inquiry.toldFields(key))
        whole += part;
    return whole;
}

// Nothing of what a client hears may hold a refresh token (S-53).
[[nodiscard]] inline bool holds(const RecordedInquiry &inquiry, const std::string &text)
{
    const auto isIn = [&](const RecordedInquiry::Fields &fields) {
        return std::ranges::any_of(fields,
                                   [&](const auto &field) { return field.second.find(text) != std::string::npos; });
    };
    return isIn(inquiry.fields) || std::ranges::any_of(inquiry.told, isIn);
}

} // namespace keytender::fakes
