// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <utility>

#include <QPointer>

#include "base/clock.h"
#include "base/environment.h"
#include "base/random.h"
#include "service/programs/consent.h"
#include "service/programs/consentmemory.h"
#include "service/programs/consentpace.h"
#include "service/programs/consentrules.h"

namespace keytender::service {

// Consent that asks a person where nothing else decides:
//
//   settings ─▶ too often? ─▶ said: never ─▶ screen locked? ─▶ said: yes ─▶ nobody there? ─▶ asked
//
// What is said for good stands in consents.json; what holds for an hour lives here, by the clock that never jumps, and
// no longer than Keytender. All of it but a "never" ends with the login: with its sign-out and with another account in
// its place (S-56). Tokens that a program has by then stay valid until they run out.
class AskedConsent final : public Consent {
    Q_OBJECT

public:
    struct World {
        const base::Clock &clock;
        base::Random &random;
        const base::Environment &environment;
        QString file;          // consents.json
        QString configuration; // config.json, as people are told of it
    };
    explicit AskedConsent(const World &world, ConsentLimits limits = {}, QObject *parent = nullptr);

    void ask(const Request &request, QObject *context, std::function<void(Verdict)> done) override;
    void setCanAsk(bool canAsk) override;
    [[nodiscard]] const std::vector<ConsentQuestion> &questions() const override { return m_questions; }
    void answer(quint64 questionId, ConsentAnswer answer) override;
    [[nodiscard]] std::vector<ConsentRule> rules() const override;
    [[nodiscard]] base::Result<void> revoke(const ConsentRule &rule) override;
    [[nodiscard]] QString problem() const override;

    // Those of the settings, in their order.
    void setSettings(std::vector<ConsentRule> rules);
    // Another Keytender keeps consents.json, and answers: nothing is taken back here until it has ended. Then the file
    // is read again.
    void setLookingOn(bool isLookingOn);
    // The screen. What is being asked when it locks is refused.
    void setLocked(bool isLocked);
    // The login was signed out, or is gone.
    void forget(const QString &profileId);
    // As often as one looks; an account that is not known changes nothing.
    void noteAccount(const QString &profileId, const profile::Account &account);

private:
    struct Asker {
        QPointer<QObject> context;
        std::function<void(Verdict)> done;
    };
    struct Open {
        Request request;
        quint64 id = 0;
        std::vector<Asker> askers;
    };
    struct ForAWhile {
        ConsentRule rule;
        base::Milliseconds until{}; // boot time
    };
    using Place = std::pair<QString, QString>; // login and program

    [[nodiscard]] ConsentGround decide(const Request &request, bool isTooOften);
    [[nodiscard]] const ConsentRule *saidOf(const Request &request);
    [[nodiscard]] ConsentRule *settingsRuleFor(const Request &request);
    [[nodiscard]] Open *openFor(const Request &request);
    [[nodiscard]] Verdict verdictOf(ConsentGround ground, const Request &request) const;
    void putQuestion(const Request &request, const Asker &asker);
    void remember(const Request &request, ConsentAnswer answer);
    void keepForGood(const ConsentRule &rule);
    void noteUse(const Request &request);
    void endWhiles(const QString &profileId);
    void note(const base::Result<void> &written);
    // Those of which `applies` is true hear this, and are open no more.
    void close(const std::function<bool(const Open &)> &applies, ConsentGround ground);
    void decideAnew(); // after rules have changed
    void dropGone();
    void listQuestions();

    const World m_world;
    const ConsentLimits m_limits;
    ConsentMemory m_memory;
    ConsentPace m_pace;
    std::vector<ConsentRule> m_settings;
    std::vector<ConsentRule> m_resolved; // the same with the files that their paths lead to
    std::vector<ForAWhile> m_whiles;
    std::map<QString, profile::Account> m_accounts;     // as last seen
    std::map<Place, base::Milliseconds> m_refusedUntil; // boot time
    std::vector<Open> m_open;
    std::vector<ConsentQuestion> m_questions; // of those
    std::optional<base::Error> m_problem;     // of the last write
    quint64 m_lastId = 0;
    bool m_canAsk = false;
    bool m_isLocked = false;
    bool m_isLookingOn = false;
};

} // namespace keytender::service
