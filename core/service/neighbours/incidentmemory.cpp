// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/incidentmemory.h"

#include <utility>

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include "base/durablefile.h"
#include "base/jsonspans.h"

namespace keytender::service {

using base::JsonValue;
using base::Result;
using base::unexpected;

namespace {

constexpr int version = 1;
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
    Result<base::FileContent> content = base::readFile(m_file, {.bytes = mostBytes, .owner = user});
    if (!content)
        return unexpected(std::move(content).error());
    const Result<base::JsonSpans> parsed = base::JsonSpans::parse(std::move(content->bytes), m_file);
    if (!parsed)
        return unexpected(parsed.error());
    const Result<double> written = parsed->root().member("version").number();
    if (!written)
        return unexpected(written.error());
    if (*written != version)
        return unexpected(
            parsed->root().member("version").error(QStringLiteral("is not 1"), base::ErrorKind::UnknownVersion));
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
    const QByteArray text =
        QJsonDocument(QJsonObject{{QStringLiteral("version"), version}, {QStringLiteral("told"), all}}).toJson();
    const QFileInfo place(m_file);
    const base::DurableFile file(place.path(), m_random);
    if (Result<void> prepared = file.prepareDirectory(); !prepared)
        return prepared;
    Result<void> written = file.write(place.fileName(), {text.constData(), static_cast<std::size_t>(text.size())});
    m_isChanged = !written;
    return written;
}

} // namespace keytender::service
