// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/consentmemory.h"

#include <algorithm>
#include <chrono>

#include <QJsonArray>

#include "service/ownfile.h"
#include "service/programs/consentrules.h"

namespace keytender::service {

using base::JsonValue;
using base::Result;
using base::unexpected;

namespace {

constexpr std::size_t mostBytes = 1u << 20;
constexpr std::size_t mostRules = 2000;
constexpr auto usesKeptEvery = std::chrono::hours{1};

Result<base::Timestamp> readTime(const JsonValue &value)
{
    const Result<QString> text = value.string();
    if (!text)
        return unexpected(text.error());
    const auto time = base::fromRfc3339(*text);
    if (!time)
        return unexpected(value.error(QStringLiteral("is no time such as 2026-11-22T04:52:55Z")));
    return *time;
}

Result<ConsentRule> readRule(const JsonValue &value)
{
    const Result<QString> profile = value.member("profile").string();
    const Result<QString> program = value.member("program").string();
    if (!profile || !program)
        return unexpected(profile ? program.error() : profile.error());
    if (profile->isEmpty())
        return unexpected(value.member("profile").error(QStringLiteral("is empty")));
    if (!isRememberable(*program)) // not "*" either: for all programs the settings alone may speak
        return unexpected(value.member("program").error(QStringLiteral("is no absolute path")));
    const Result<bool> isAllowed = value.member("allow").boolean();
    if (!isAllowed)
        return unexpected(isAllowed.error());
    const Result<base::Timestamp> since = readTime(value.member("since"));
    if (!since)
        return unexpected(since.error());
    ConsentRule rule{.profileId = *profile, .program = *program, .isAllowed = *isAllowed, .since = *since};
    if (value.member("used").isMissing())
        return rule;
    const Result<base::Timestamp> used = readTime(value.member("used"));
    if (!used)
        return unexpected(used.error());
    rule.lastUsedAt = *used;
    return rule;
}

Result<profile::Account> readAccount(const JsonValue &value)
{
    profile::Account account;
    for (const Result<void> &read : {takeText(value, "id", account.id), takeText(value, "email", account.email),
                                     takeText(value, "organization", account.organizationId)}) {
        if (!read)
            return unexpected(read.error());
    }
    return account;
}

QJsonObject objectOf(const ConsentRule &rule)
{
    QJsonObject object{{QStringLiteral("profile"), rule.profileId},
                       {QStringLiteral("program"), rule.program},
                       {QStringLiteral("allow"), rule.isAllowed},
                       {QStringLiteral("since"), base::toRfc3339(rule.since)}};
    if (rule.lastUsedAt)
        object.insert(QStringLiteral("used"), base::toRfc3339(*rule.lastUsedAt));
    return object;
}

QJsonObject objectOf(const profile::Account &account)
{
    return {{QStringLiteral("id"), account.id},
            {QStringLiteral("email"), account.email},
            {QStringLiteral("organization"), account.organizationId}};
}

bool isOf(const ConsentRule &rule, const QString &profileId, const QString &program)
{
    return rule.profileId == profileId && rule.program == program;
}

} // namespace

ConsentMemory::ConsentMemory(QString file, const base::Environment &environment, base::Random &random)
    : m_file(std::move(file)), m_random(random)
{
    read(environment);
}

void ConsentMemory::read(const base::Environment &environment)
{
    m_problem.reset();
    m_rules.clear();
    m_accounts.clear();
    const Result<void> loaded = load(environment);
    if (loaded || loaded.error().kind == base::ErrorKind::NotFound)
        return;
    m_problem = loaded.error();
    m_rules.clear();
    m_accounts.clear();
}

Result<void> ConsentMemory::load(const base::Environment &environment)
{
    const Result<base::JsonSpans> parsed = readOwnFile(m_file, {.bytes = mostBytes, .owner = environment.user});
    if (!parsed)
        return unexpected(parsed.error());
    const JsonValue root = parsed->root();
    const JsonValue rules = root.member("rules");
    if (rules.type() != base::JsonType::Array)
        return unexpected(rules.error(QStringLiteral("is not a list of rules")));
    for (const JsonValue &value : rules.elements()) {
        Result<ConsentRule> rule = readRule(value);
        if (!rule)
            return unexpected(std::move(rule).error());
        if (ruleFor(m_rules, rule->profileId, rule->program) != nullptr)
            return unexpected(value.error(QStringLiteral("speaks of what a rule before it speaks of")));
        m_rules.push_back(*std::move(rule));
    }
    for (const auto &[profile, value] : root.member("accounts").members()) {
        Result<profile::Account> account = readAccount(value);
        if (!account)
            return unexpected(std::move(account).error());
        m_accounts[profile] = *std::move(account);
    }
    return {};
}

Result<void> ConsentMemory::keep(const ConsentRule &rule, const profile::Account &account)
{
    std::vector<ConsentRule> rules = m_rules;
    std::erase_if(rules, [&](const ConsentRule &known) { return isOf(known, rule.profileId, rule.program); });
    if (rules.size() >= mostRules)
        return unexpected({.kind = base::ErrorKind::TooLarge,
                           .subject = m_file,
                           .place = {},
                           .detail = QStringLiteral("holds %1 rules already").arg(mostRules)});
    rules.push_back(rule);
    Accounts accounts = m_accounts;
    if (account.isKnown())
        accounts[rule.profileId] = account;
    return save(rules, accounts);
}

Result<void> ConsentMemory::remove(const QString &profileId, const QString &program)
{
    const auto ended = std::erase_if(m_rules, [&](const ConsentRule &rule) { return isOf(rule, profileId, program); });
    return ended == 0 ? Result<void>() : saveAsIs();
}

Result<void> ConsentMemory::endAllowed(const QString &profileId)
{
    const auto ended =
        std::erase_if(m_rules, [&](const ConsentRule &rule) { return rule.profileId == profileId && rule.isAllowed; });
    return ended == 0 ? Result<void>() : saveAsIs();
}

Result<void> ConsentMemory::noteAccount(const QString &profileId, const profile::Account &account)
{
    const bool isSpokenOf = std::ranges::find(m_rules, profileId, &ConsentRule::profileId) != m_rules.end();
    if (!account.isKnown() || !isSpokenOf || m_accounts[profileId] == account)
        return {};
    if (m_accounts[profileId].differsFrom(account))
        std::erase_if(m_rules, [&](const ConsentRule &rule) { return rule.profileId == profileId && rule.isAllowed; });
    m_accounts[profileId] = account;
    return saveAsIs();
}

void ConsentMemory::noteUse(const QString &profileId, const QString &program, base::Timestamp when)
{
    for (ConsentRule &rule : m_rules) {
        if (isOf(rule, profileId, program))
            rule.lastUsedAt = when;
    }
    if (m_usesKeptAt && when - *m_usesKeptAt < usesKeptEvery && when >= *m_usesKeptAt)
        return;
    m_usesKeptAt = when;
    (void)saveAsIs();
}

Result<void> ConsentMemory::saveAsIs()
{
    const Accounts accounts = m_accounts;
    const std::vector<ConsentRule> rules = m_rules;
    return save(rules, accounts);
}

Result<void> ConsentMemory::save(const std::vector<ConsentRule> &rules, const Accounts &accounts)
{
    if (m_problem) // it may be a newer Keytender's
        return unexpected(*m_problem);
    QJsonArray list;
    QJsonObject whose;
    for (const ConsentRule &rule : rules) {
        list.append(objectOf(rule));
        if (const auto account = accounts.find(rule.profileId); account != accounts.end())
            whose.insert(rule.profileId, objectOf(account->second));
    }
    if (auto written =
            writeOwnFile(m_file, {{QStringLiteral("rules"), list}, {QStringLiteral("accounts"), whose}}, m_random);
        !written)
        return written;
    m_rules = rules;
    m_accounts = accounts;
    return {};
}

} // namespace keytender::service
