// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/incidentmemory.h"

#include <utility>

#include "service/ownfile.h"

namespace keytender::service {

using base::JsonValue;
using base::Result;
using base::unexpected;

namespace {

constexpr std::size_t mostBytes = 4u << 20;

// "signInEnds/anthropic" is about "anthropic".
QString profileOf(const QString &key)
{
    const qsizetype slash = key.indexOf(u'/');
    return slash < 0 ? QString() : key.mid(slash + 1);
}

Result<IncidentMemory::Told> readTold(const JsonValue &value)
{
    const Result<double> stage = value.member("stage").number();
    if (!stage)
        return unexpected(stage.error());
    const Result<bool> isPutAway = value.member("putAway").boolean();
    if (!isPutAway)
        return unexpected(isPutAway.error());
    if (!(*stage >= 0 && *stage < 1000))
        return unexpected(value.member("stage").error(QStringLiteral("is no stage")));
    return IncidentMemory::Told{.stage = static_cast<int>(*stage), .isPutAway = *isPutAway};
}

} // namespace

IncidentMemory::IncidentMemory(QString file, const base::Environment &environment, base::Random &random)
    : m_file(std::move(file)), m_random(random)
{
    if (const Result<void> loaded = load(environment.user); !loaded)
        m_told.clear();
}

Result<void> IncidentMemory::load(uid_t user)
{
    const Result<base::JsonSpans> parsed = readOwnFile(m_file, {.bytes = mostBytes, .owner = user});
    if (!parsed)
        return unexpected(parsed.error());
    for (const auto &[key, value] : parsed->root().member("told").members()) {
        const Result<Told> told = readTold(value);
        if (!told)
            return unexpected(told.error());
        m_told[key] = *told;
    }
    return {};
}

const IncidentMemory::Told *IncidentMemory::find(const QString &key) const
{
    const auto found = m_told.find(key);
    return found == m_told.end() ? nullptr : &found->second;
}

void IncidentMemory::keep(const QString &key, Told told)
{
    const auto [held, isNew] = m_told.try_emplace(key, told);
    m_isChanged = m_isChanged || isNew || held->second != told;
    held->second = told;
}

void IncidentMemory::forget(const QString &key)
{
    m_isChanged = m_told.erase(key) > 0 || m_isChanged;
}

void IncidentMemory::forgetAllBut(const Findings &findings)
{
    std::set<QString> named;
    for (const Incident &incident : findings.incidents)
        named.insert(incident.key);
    const auto isOver = [&](const auto &entry) {
        return !named.contains(entry.first) && findings.isWhole && !findings.undecided.contains(profileOf(entry.first));
    };
    m_isChanged = std::erase_if(m_told, isOver) > 0 || m_isChanged;
}

bool IncidentMemory::wantsToHear(const Incident &incident) const
{
    const Told *told = find(incident.key);
    if (told == nullptr || told->stage < incident.stage)
        return true;
    return !told->isPutAway && !incident.isReminder();
}

Result<void> IncidentMemory::save()
{
    if (!m_isChanged)
        return {};
    QJsonObject all;
    for (const auto &[key, told] : m_told)
        all.insert(key,
                   QJsonObject{{QStringLiteral("stage"), told.stage}, {QStringLiteral("putAway"), told.isPutAway}});
    Result<void> written = writeOwnFile(m_file, {{QStringLiteral("told"), all}}, m_random);
    m_isChanged = !written;
    return written;
}

} // namespace keytender::service
