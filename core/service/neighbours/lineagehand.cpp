// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/lineagehand.h"

#include <algorithm>

#include <QCoreApplication>

#include "base/jsonspans.h"
#include "service/neighbours/sharing.h"

namespace keytender::service {

namespace {

using Hand = LineageHistory::Hand;

QString say(const char *text)
{
    return QCoreApplication::translate("Lineage", text);
}

// Claude Code writes one line and names the subscription; Hermes puts a whole object of four members in its place.
Hand handOnClaudes(const base::JsonSpans &record)
{
    const base::JsonValue login = record.root().member("claudeAiOauth");
    if (!login.isObject())
        return {};
    if (login.member("subscriptionType").isMissing() && login.members().size() <= 4)
        return {.writer = QStringLiteral("Hermes"),
                .evidence = say(QT_TRANSLATE_NOOP("Lineage", "the subscription is missing from the record"))};
    if (record.bytes().find('\n') == std::string_view::npos)
        return {.writer = QStringLiteral("Claude Code"),
                .evidence = say(QT_TRANSLATE_NOOP("Lineage", "the record is on one line and whole"))};
    return {.writer = say(QT_TRANSLATE_NOOP("Lineage", "unknown")),
            .evidence = say(QT_TRANSLATE_NOOP("Lineage", "the record is not written as Claude Code does"))};
}

// Codex writes two spaces and no line end at the end.
Hand handOnCodexs(const base::JsonSpans &record)
{
    const std::string_view bytes = record.bytes();
    const bool isIndented =
        bytes.find("\n  \"") != std::string_view::npos && bytes.find("\n    \"") != std::string_view::npos;
    if (isIndented && !bytes.ends_with('\n'))
        return {.writer = QStringLiteral("Codex"),
                .evidence = say(QT_TRANSLATE_NOOP("Lineage", "the record is indented as Codex does"))};
    return {.writer = say(QT_TRANSLATE_NOOP("Lineage", "unknown")),
            .evidence = say(QT_TRANSLATE_NOOP("Lineage", "the record is not written as Codex does"))};
}

} // namespace

Hand handOf(const tools::ToolFacts &tool, const base::Secret &record)
{
    const auto parsed = base::JsonSpans::parse(record.clone(), {});
    Hand hand;
    if (parsed && tool.id == QStringLiteral("claude-code"))
        hand = handOnClaudes(*parsed);
    else if (parsed && tool.id == QStringLiteral("codex"))
        hand = handOnCodexs(*parsed);
    if (hand.writer.isEmpty())
        hand = {.writer = tool.name,
                .evidence = say(QT_TRANSLATE_NOOP("Lineage", "no other program is known to write there"))};
    return hand;
}

Hand handIn(const sync::Sighting &sighting, const NeighboursWorld &world)
{
    const auto whereabouts = world.synchronizer.whereaboutsOf(sighting.profile);
    const auto where =
        std::ranges::find_if(whereabouts, [&](const auto &candidate) { return candidate.place.path == sighting.path; });
    if (where == whereabouts.end())
        return {.writer = say(QT_TRANSLATE_NOOP("Lineage", "unknown")), .evidence = {}};
    if (sighting.step == sync::Step::Import) // whoever wrote it did so before we looked
        return {.writer = where->tool->facts().name, .evidence = say(QT_TRANSLATE_NOOP("Lineage", "found there"))};
    const tools::Fetched fetched = fetchNow(where->place, world.environment.user);
    if (!fetched.content)
        return {.writer = where->tool->facts().name, .evidence = {}};
    return handOf(where->tool->facts(), fetched.content->bytes);
}

QString endWords(profile::CopyState state, const std::vector<sync::Synchronizer::Whereabouts> &whereabouts)
{
    const QString tool =
        whereabouts.empty() ? say(QT_TRANSLATE_NOOP("Lineage", "its tool")) : whereabouts.front().tool->facts().name;
    if (state == profile::CopyState::Fenced)
        return say(QT_TRANSLATE_NOOP("Lineage", "locked away by %1 for a renewal")).arg(tool);
    return say(QT_TRANSLATE_NOOP("Lineage", "blanked by %1")).arg(tool);
}

} // namespace keytender::service
