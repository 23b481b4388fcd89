// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/lineagehistory.h"

#include <algorithm>

#include <QJsonArray>

#include "service/ownfile.h"

namespace keytender::service {

using base::JsonValue;
using base::Result;
using base::unexpected;

namespace {

constexpr std::size_t mostBytes = 16u << 20;

base::Timestamp timeFrom(double milliseconds)
{
    return base::Timestamp(base::Milliseconds(static_cast<qint64>(milliseconds)));
}

double number(base::Timestamp at)
{
    return static_cast<double>(at.time_since_epoch().count());
}

QString textOf(const JsonValue &value)
{
    const Result<QString> text = value.string();
    return text ? *text : QString();
}

} // namespace

LineageHistory::LineageHistory(QString file, const base::Environment &environment, base::Random &random)
    : m_file(std::move(file)), m_random(random)
{
    if (const Result<void> loaded = load(environment.user);
        !loaded && loaded.error().kind != base::ErrorKind::NotFound) {
        m_entries.clear();
        m_problem = loaded.error();
    }
}

Result<void> LineageHistory::load(uid_t user)
{
    const Result<base::JsonSpans> parsed = readOwnFile(m_file, {.bytes = mostBytes, .owner = user});
    if (!parsed)
        return unexpected(parsed.error());
    for (const auto &[profile, list] : parsed->root().member("lineages").members()) {
        for (const JsonValue &value : list.elements()) {
            Entry entry;
            entry.token = base::Fingerprint::fromHex(textOf(value.member("token")));
            if (entry.token.isNull())
                return unexpected(value.member("token").error(QStringLiteral("is no fingerprint")));
            const Result<bool> begins = value.member("beginsSignIn").boolean();
            const Result<double> seenAt = value.member("seenAt").number();
            if (!begins || !seenAt)
                return unexpected(begins ? seenAt.error() : begins.error());
            entry.beginsSignIn = *begins;
            entry.facts = {.fingerprint = entry.token.shortText(),
                           .seenAt = timeFrom(*seenAt),
                           .writer = textOf(value.member("writer")),
                           .evidence = textOf(value.member("evidence")),
                           .spentBy = textOf(value.member("spentBy")),
                           .end = textOf(value.member("end"))};
            if (const auto spentAt = value.member("spentAt").number())
                entry.facts.spentAt = timeFrom(*spentAt);
            m_entries[profile].push_back(std::move(entry));
        }
    }
    return {};
}

LineageHistory::Entry *LineageHistory::find(const QString &profileId, const base::Fingerprint &refreshToken)
{
    const auto found = m_entries.find(profileId);
    if (found == m_entries.end())
        return nullptr;
    const auto entry = std::ranges::find(found->second, refreshToken, &Entry::token);
    return entry == found->second.end() ? nullptr : &*entry;
}

bool LineageHistory::noteHeld(const QString &profileId, const base::Fingerprint &refreshToken, const Hand &hand,
                              base::Timestamp at)
{
    if (refreshToken.isNull())
        return false;
    std::vector<Entry> &entries = m_entries[profileId];
    if (!entries.empty() && entries.back().token == refreshToken)
        return false;
    const bool beginsSignIn = std::exchange(m_begins[profileId], false) || entries.empty();
    // A token of before that is held again is the newest once more.
    std::erase_if(entries, [&](const Entry &entry) { return entry.token == refreshToken; });
    entries.push_back(
        {.token = refreshToken,
         .beginsSignIn = beginsSignIn,
         .facts = {
             .fingerprint = refreshToken.shortText(), .seenAt = at, .writer = hand.writer, .evidence = hand.evidence}});
    if (entries.size() > generationsKept)
        entries.erase(entries.begin());
    m_isChanged = true;
    return true;
}

void LineageHistory::noteSpent(const QString &profileId, const base::Fingerprint &refreshToken, const QString &by,
                               base::Timestamp at)
{
    Entry *entry = find(profileId, refreshToken);
    if (entry == nullptr || entry->facts.spentAt)
        return;
    entry->facts.spentAt = at;
    entry->facts.spentBy = by;
    m_isChanged = true;
}

void LineageHistory::noteHand(const QString &profileId, const base::Fingerprint &refreshToken, const Hand &hand)
{
    Entry *entry = find(profileId, refreshToken);
    if (entry == nullptr || (entry->facts.writer == hand.writer && entry->facts.evidence == hand.evidence))
        return;
    entry->facts.writer = hand.writer;
    entry->facts.evidence = hand.evidence;
    m_isChanged = true;
}

void LineageHistory::noteEnd(const QString &profileId, const base::Fingerprint &refreshToken, const QString &how)
{
    Entry *entry = find(profileId, refreshToken);
    if (entry == nullptr || entry->facts.end == how)
        return;
    entry->facts.end = how;
    m_isChanged = true;
}

void LineageHistory::noteNewSignIn(const QString &profileId)
{
    m_begins[profileId] = true;
}

void LineageHistory::move(const QString &from, const QString &to)
{
    auto moved = m_entries.extract(from);
    m_entries.erase(to);
    m_isChanged = true;
    if (moved.empty())
        return;
    moved.key() = to;
    m_entries.insert(std::move(moved));
}

void LineageHistory::forget(const QString &profileId)
{
    m_begins.erase(profileId);
    m_isChanged = m_entries.erase(profileId) > 0 || m_isChanged;
}

bool LineageHistory::isAncestor(const QString &profileId, const base::Fingerprint &refreshToken) const
{
    const auto found = m_entries.find(profileId);
    if (found == m_entries.end() || found->second.empty() || refreshToken.isNull())
        return false;
    const std::vector<Entry> &entries = found->second;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (entry != entries.rbegin() && entry->token == refreshToken)
            return true;
        if (entry->beginsSignIn)
            return false;
    }
    return false;
}

std::vector<Generation> LineageHistory::of(const QString &profileId) const
{
    std::vector<Generation> generations;
    const auto found = m_entries.find(profileId);
    if (found == m_entries.end())
        return generations;
    for (auto entry = found->second.rbegin(); entry != found->second.rend(); ++entry)
        generations.push_back(entry->facts);
    return generations;
}

Result<void> LineageHistory::save()
{
    if (!m_isChanged)
        return {};
    QJsonObject lineages;
    for (const auto &[profile, entries] : m_entries) {
        QJsonArray list;
        for (const Entry &entry : entries) {
            QJsonObject object{{QStringLiteral("token"), entry.token.hex()},
                               {QStringLiteral("seenAt"), number(entry.facts.seenAt)},
                               {QStringLiteral("writer"), entry.facts.writer},
                               {QStringLiteral("evidence"), entry.facts.evidence},
                               {QStringLiteral("beginsSignIn"), entry.beginsSignIn}};
            if (entry.facts.spentAt)
                object.insert(QStringLiteral("spentAt"), number(*entry.facts.spentAt));
            if (!entry.facts.spentBy.isEmpty())
                object.insert(QStringLiteral("spentBy"), entry.facts.spentBy);
            if (!entry.facts.end.isEmpty())
                object.insert(QStringLiteral("end"), entry.facts.end);
            list.append(object);
        }
        lineages.insert(profile, list);
    }
    auto written = writeOwnFile(m_file, {{QStringLiteral("lineages"), lineages}}, m_random, QJsonDocument::Compact);
    m_isChanged = m_isChanged && !written;
    return written;
}

} // namespace keytender::service
