// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/askedconsent.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

#include <QFileInfo>

namespace keytender::service {

using base::Result;
using base::unexpected;

namespace {

const QString &programOf(const Consent::Request &request)
{
    return request.consumer.program.executable;
}

// What a person reads in the window is the same; whose path is not known is nobody else.
bool isSameQuestion(const Consent::Request &one, const Consent::Request &other)
{
    const auto parentOf = [](const Consent::Request &request) {
        return request.consumer.parent ? request.consumer.parent->executable : QString();
    };
    const bool isSameProgram = isRememberable(programOf(one)) ? programOf(one) == programOf(other)
                                                              : one.consumer.program == other.consumer.program;
    return isSameProgram && one.profileId == other.profileId && one.purpose == other.purpose
           && parentOf(one) == parentOf(other);
}

bool isFor(const ConsentRule &rule, const QString &profileId, const QString &program)
{
    return rule.profileId == profileId && rule.program == program;
}

} // namespace

AskedConsent::AskedConsent(const World &world, ConsentLimits limits, QObject *parent)
    : Consent(parent), m_world(world), m_limits(limits), m_memory(world.file, world.environment, world.random),
      m_pace(limits.requestsAMinute)
{
}

void AskedConsent::ask(const Request &request, QObject *context, std::function<void(Verdict)> done)
{
    const bool isTooOften = !m_pace.take(request.profileId, programOf(request), m_world.clock.bootTime());
    const ConsentGround ground = decide(request, isTooOften);
    if (ground == ConsentGround::Ask)
        return putQuestion(request, {.context = context, .done = std::move(done)});
    if (allows(ground))
        noteUse(request);
    done(verdictOf(ground, request));
}

ConsentGround AskedConsent::decide(const Request &request, bool isTooOften)
{
    const auto refused = m_refusedUntil.find({request.profileId, programOf(request)});
    return groundOf({.settings = settingsRuleFor(request),
                     .said = saidOf(request),
                     .isTooOften = isTooOften,
                     .isLocked = m_isLocked,
                     .canAsk = m_canAsk,
                     .isAsked = openFor(request) != nullptr,
                     .wasRefusedJustNow = refused != m_refusedUntil.end() && m_world.clock.bootTime() < refused->second,
                     .hasRoom = m_open.size() < m_limits.openQuestions});
}

const ConsentRule *AskedConsent::saidOf(const Request &request)
{
    const base::Milliseconds now = m_world.clock.bootTime();
    std::erase_if(m_whiles, [now](const ForAWhile &given) { return now >= given.until; });
    if (const ConsentRule *rule = ruleFor(m_memory.rules(), request.profileId, programOf(request)))
        return rule;
    const auto given = std::ranges::find_if(
        m_whiles, [&request](const ForAWhile &one) { return isFor(one.rule, request.profileId, programOf(request)); });
    return given == m_whiles.end() ? nullptr : &given->rule;
}

ConsentRule *AskedConsent::settingsRuleFor(const Request &request)
{
    const ConsentRule *rule = ruleFor(m_resolved, request.profileId, programOf(request));
    return rule == nullptr ? nullptr : &m_settings[static_cast<std::size_t>(rule - m_resolved.data())];
}

AskedConsent::Open *AskedConsent::openFor(const Request &request)
{
    const auto found =
        std::ranges::find_if(m_open, [&request](const Open &open) { return isSameQuestion(open.request, request); });
    return found == m_open.end() ? nullptr : &*found;
}

Consent::Verdict AskedConsent::verdictOf(ConsentGround ground, const Request &request) const
{
    if (allows(ground))
        return {.isAllowed = true};
    return {.isAllowed = false,
            .text = refusal(ground, {.program = programName(programOf(request)),
                                     .label = legible(request.label),
                                     .profileId = request.profileId,
                                     .executable = programOf(request),
                                     .configuration = m_world.configuration,
                                     .limits = m_limits})};
}

void AskedConsent::putQuestion(const Request &request, const Asker &asker)
{
    connect(asker.context, &QObject::destroyed, this, &AskedConsent::dropGone, Qt::UniqueConnection);
    if (Open *open = openFor(request))
        return open->askers.push_back(asker);
    m_open.push_back({.request = request, .id = ++m_lastId, .askers = {asker}});
    m_questions.push_back({.id = m_lastId,
                           .profileId = request.profileId,
                           .label = legible(request.label),
                           .consumer = request.consumer,
                           .purpose = legible(request.purpose),
                           .askedAt = m_world.clock.wallTime()});
    Q_EMIT questionsChanged();
}

void AskedConsent::answer(quint64 questionId, ConsentAnswer answer)
{
    const auto open = std::ranges::find(m_open, questionId, &Open::id);
    if (open == m_open.end())
        return;
    const Request request = open->request; // what follows may close others, and this one with them
    remember(request, answer);
    const bool isYes = answer != ConsentAnswer::Never && answer != ConsentAnswer::NotNow;
    const ConsentGround no = saidOf(request) == nullptr ? ConsentGround::NotNow : ConsentGround::SaidNever;
    close([questionId](const Open &one) { return one.id == questionId; }, isYes ? ConsentGround::SaidYes : no);
    decideAnew();
    Q_EMIT rulesChanged();
}

void AskedConsent::remember(const Request &request, ConsentAnswer answer)
{
    const base::Milliseconds now = m_world.clock.bootTime();
    std::erase_if(m_refusedUntil, [now](const auto &refused) { return now >= refused.second; });
    m_problem.reset();
    if (answer == ConsentAnswer::NotNow || answer == ConsentAnswer::Never)
        m_refusedUntil[{request.profileId, programOf(request)}] = now + m_limits.pauseAfterNo;
    if (answer == ConsentAnswer::NotNow || answer == ConsentAnswer::ThisTime || !isRememberable(programOf(request)))
        return;
    const base::Timestamp time = m_world.clock.wallTime();
    ConsentRule rule{.profileId = request.profileId,
                     .program = programOf(request),
                     .isAllowed = answer != ConsentAnswer::Never,
                     .since = time};
    if (rule.isAllowed)
        rule.lastUsedAt = time;
    if (answer != ConsentAnswer::ForAWhile)
        return keepForGood(rule);
    rule.until = time + m_limits.aWhile;
    m_whiles.push_back({.rule = rule, .until = now + m_limits.aWhile});
}

void AskedConsent::keepForGood(const ConsentRule &rule)
{
    std::erase_if(m_whiles,
                  [&rule](const ForAWhile &given) { return isFor(given.rule, rule.profileId, rule.program); });
    const auto account = m_accounts.find(rule.profileId);
    note(m_memory.keep(rule, account == m_accounts.end() ? profile::Account() : account->second));
}

void AskedConsent::note(const Result<void> &written)
{
    if (!written)
        m_problem = written.error();
}

void AskedConsent::noteUse(const Request &request)
{
    const base::Timestamp now = m_world.clock.wallTime();
    if (ConsentRule *rule = settingsRuleFor(request)) {
        rule->lastUsedAt = now;
        return;
    }
    for (ForAWhile &given : m_whiles) {
        if (isFor(given.rule, request.profileId, programOf(request))) {
            given.rule.lastUsedAt = now;
            return;
        }
    }
    m_memory.noteUse(request.profileId, programOf(request), now);
}

void AskedConsent::close(const std::function<bool(const Open &)> &applies, ConsentGround ground)
{
    const auto closed = std::stable_partition(m_open.begin(), m_open.end(), std::not_fn(applies));
    if (closed == m_open.end())
        return;
    const std::vector<Open> over(std::make_move_iterator(closed), std::make_move_iterator(m_open.end()));
    m_open.erase(closed, m_open.end());
    listQuestions();
    for (const Open &open : over) {
        const Verdict verdict = verdictOf(ground, open.request);
        for (const Asker &asker : open.askers) {
            if (asker.context)
                asker.done(verdict);
        }
    }
}

// One answer may be that of other questions too.
void AskedConsent::decideAnew()
{
    std::map<quint64, ConsentGround> decided;
    for (const Open &open : m_open) {
        const ConsentGround ground = decide(open.request, false);
        if (ground != ConsentGround::Ask)
            decided[open.id] = ground;
    }
    for (const auto &[id, ground] : decided)
        close([id = id](const Open &open) { return open.id == id; }, ground);
}

void AskedConsent::dropGone()
{
    for (Open &open : m_open)
        std::erase_if(open.askers, [](const Asker &asker) { return asker.context.isNull(); });
    if (std::erase_if(m_open, [](const Open &open) { return open.askers.empty(); }) > 0)
        listQuestions();
}

void AskedConsent::listQuestions()
{
    std::erase_if(m_questions, [this](const ConsentQuestion &question) {
        return std::ranges::find(m_open, question.id, &Open::id) == m_open.end();
    });
    Q_EMIT questionsChanged();
}

void AskedConsent::setCanAsk(bool canAsk)
{
    m_canAsk = canAsk;
    if (!canAsk)
        close([](const Open &) { return true; }, ConsentGround::NobodyToAsk);
}

void AskedConsent::setLocked(bool isLocked)
{
    m_isLocked = isLocked;
    if (isLocked)
        close([](const Open &) { return true; }, ConsentGround::ScreenLocked);
}

void AskedConsent::setLookingOn(bool isLookingOn)
{
    if (std::exchange(m_isLookingOn, isLookingOn) && !isLookingOn)
        m_memory.read(m_world.environment);
    Q_EMIT rulesChanged();
}

void AskedConsent::setSettings(std::vector<ConsentRule> rules)
{
    m_settings = std::move(rules);
    m_resolved = m_settings;
    for (ConsentRule &rule : m_resolved) {
        rule.isFromSettings = true;
        // What runs is known by the file that links lead to: "/usr/bin/python3" is some other one.
        if (const QString file = QFileInfo(rule.program).canonicalFilePath();
            isRememberable(rule.program) && !file.isEmpty())
            rule.program = file;
    }
    for (ConsentRule &rule : m_settings)
        rule.isFromSettings = true;
    decideAnew();
    Q_EMIT rulesChanged();
}

std::vector<ConsentRule> AskedConsent::rules() const
{
    std::vector<ConsentRule> all = m_settings;
    all.insert(all.end(), m_memory.rules().begin(), m_memory.rules().end());
    for (const ForAWhile &given : m_whiles) {
        if (m_world.clock.bootTime() < given.until)
            all.push_back(given.rule);
    }
    // The first rule of the settings counts: their order is what they say.
    const auto placeOf = [](const ConsentRule &rule) {
        return std::tuple(rule.profileId, !rule.isFromSettings, rule.isFromSettings ? QString() : rule.program);
    };
    std::ranges::stable_sort(all, std::less(), placeOf);
    return all;
}

Result<void> AskedConsent::revoke(const ConsentRule &rule)
{
    if (rule.isFromSettings)
        return unexpected({.kind = base::ErrorKind::Refused,
                           .subject = m_world.configuration,
                           .place = QStringLiteral("consent"),
                           .detail = tr("what the settings say is taken back there")});
    if (m_isLookingOn)
        return unexpected({.kind = base::ErrorKind::AlreadyRunning,
                           .subject = m_world.file,
                           .place = {},
                           .detail = tr("another Keytender tends these logins; take it back there, or end that one")});
    std::erase_if(m_whiles,
                  [&rule](const ForAWhile &given) { return isFor(given.rule, rule.profileId, rule.program); });
    m_refusedUntil.erase({rule.profileId, rule.program}); // a "never" that is taken back may be asked about at once
    const Result<void> removed = m_memory.remove(rule.profileId, rule.program);
    m_problem.reset();
    note(removed);
    Q_EMIT rulesChanged();
    return removed;
}

void AskedConsent::forget(const QString &profileId)
{
    m_accounts.erase(profileId);
    endWhiles(profileId);
    note(m_memory.endAllowed(profileId));
    Q_EMIT rulesChanged();
}

void AskedConsent::endWhiles(const QString &profileId)
{
    std::erase_if(m_whiles, [&profileId](const ForAWhile &given) { return given.rule.profileId == profileId; });
    close([&profileId](const Open &open) { return open.request.profileId == profileId; }, ConsentGround::Ended);
}

void AskedConsent::noteAccount(const QString &profileId, const profile::Account &account)
{
    if (!account.isKnown() || m_accounts[profileId] == account)
        return;
    const bool isAnother = m_accounts[profileId].differsFrom(account);
    m_accounts[profileId] = account;
    note(m_memory.noteAccount(profileId, account));
    if (isAnother)
        endWhiles(profileId);
    Q_EMIT rulesChanged();
}

QString AskedConsent::problem() const
{
    if (m_memory.problem())
        return base::describe(*m_memory.problem());
    return m_problem ? base::describe(*m_problem) : QString();
}

} // namespace keytender::service
