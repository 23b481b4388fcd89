// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/qwencodewriter.h"

#include <QCoreApplication>

#include "tools/jsonrewrite.h"
#include "tools/refusingwriter.h"

namespace keytender::tools {

namespace {

using namespace std::chrono_literals;

constexpr const char *serviceEnded = QT_TRANSLATE_NOOP(
    "Neighbours", "The service behind this login ended on 2026-04-15: a fresh token would open nothing.");

} // namespace

QString QwenCodeWriter::objection(Purpose /*purpose*/, const CopyPlace & /*place*/, const QString & /*slot*/,
                                  const Fetched & /*fetched*/, const ToolWorld & /*world*/) const
{
    return neighbourText(serviceEnded);
}

base::Result<LockPlan> QwenCodeWriter::lockPlan(const CopyPlace &place, const QString & /*slot*/,
                                                const ToolWorld & /*world*/) const
{
    QString path = place.path;
    path.replace(path.lastIndexOf(u'.'), path.size(), QStringLiteral(".lock"));
    LockPlan plan;
    plan.locks.push_back({.kind = LockSpec::Kind::TokenFile,
                          .span = LockSpec::Span::Refresh,
                          .path = path,
                          .stale = 10s, // the shorter one of the two versions
                          .heartbeat = 0ms,
                          .longestHold = 9s});
    plan.tolerance = 6s;
    return plan;
}

base::Result<base::Secret> QwenCodeWriter::rewritten(const CopyPlace &place, const QString & /*slot*/,
                                                     const Fetched &fetched, const Successor &successor) const
{
    const profile::TokenSet &tokens = successor.tokens;
    if (!fetched.content)
        return base::unexpected(fetched.content.error());
    // Without one of these the client takes the record for a sign-out.
    if (tokens.accessToken.isEmpty() || tokens.refreshToken.isEmpty() || !tokens.expiresAt)
        return base::unexpected({.kind = base::ErrorKind::Malformed,
                                 .subject = place.path,
                                 .place = {},
                                 .detail = QStringLiteral("the new record would not be whole")});
    auto rewrite = JsonRewrite::of(place.path, *fetched.content);
    if (!rewrite)
        return base::unexpected(rewrite.error());
    const base::JsonValue record = rewrite->root();
    rewrite->setText(record, "access_token", tokens.accessToken);
    if (record.member("token_type").isMissing())
        rewrite->setText(record, "token_type", std::string_view("Bearer"));
    rewrite->setText(record, "refresh_token", tokens.refreshToken);
    rewrite->setTime(record, "expiry_date", *tokens.expiresAt, EpochUnit::Milliseconds);
    return rewrite->finish(); // resource_url is the service's, and stays
}

} // namespace keytender::tools
