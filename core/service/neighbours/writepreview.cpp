// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/neighbours/writepreview.h"

#include <algorithm>
#include <map>

#include <QCoreApplication>

#include "base/jsonspans.h"
#include "profile/words.h"
#include "service/neighbours/carewords.h"

namespace keytender::service {

namespace {

using base::JsonType;
using base::JsonValue;
using Line = WritePreview::Line;

// Shorter strings are words such as "Bearer" or "max".
constexpr std::size_t shortestSecret = 16;

QString say(const char *text)
{
    return QCoreApplication::translate("WritePreview", text);
}

struct Leaf {
    QString path;            // "claudeAiOauth.accessToken"
    QString parent;          // "claudeAiOauth"
    QString text;            // redacted
    base::Fingerprint bytes; // of the value as it stands there
};

class Leaves final {
public:
    Leaves(const base::JsonSpans &document, const base::FingerprintKey &key) : m_document(document), m_key(key)
    {
        collect(document.root(), {}, {});
    }
    [[nodiscard]] const std::vector<Leaf> &all() const { return m_leaves; }

private:
    void collect(const JsonValue &value, const QString &path, const QString &parent)
    {
        if (value.type() == JsonType::Object) {
            for (const auto &[name, member] : value.members())
                collect(member, path.isEmpty() ? name : path + u'.' + name, path);
            return;
        }
        if (value.type() == JsonType::Array) {
            int index = 0;
            for (const JsonValue &element : value.elements())
                collect(element, QStringLiteral("%1[%2]").arg(path).arg(index++), parent);
            return;
        }
        m_leaves.push_back({.path = path, .parent = parent, .text = textOf(value), .bytes = m_key.of(raw(value))});
    }

    [[nodiscard]] std::string_view raw(const JsonValue &value) const
    {
        const base::ByteSpan span = value.span();
        return m_document.bytes().substr(span.begin, span.end - span.begin);
    }

    [[nodiscard]] QString textOf(const JsonValue &value) const
    {
        const std::string_view bytes = raw(value);
        if (value.type() != JsonType::String || bytes.size() < shortestSecret + 2)
            return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
        const base::Result<base::Secret> secret = value.secret();
        if (!secret)
            return say(QT_TRANSLATE_NOOP("WritePreview", "(text)"));
        return u'‹' + m_key.of(*secret).shortText() + u'›';
    }

    const base::JsonSpans &m_document;
    const base::FingerprintKey &m_key;
    std::vector<Leaf> m_leaves;
};

std::vector<Line> plainChange(const base::Secret &before, const base::Secret &after)
{
    if (before == after)
        return {{Line::Kind::Same, say(QT_TRANSLATE_NOOP("WritePreview", "Nothing changes."))}};
    return {{Line::Kind::Before, say(QT_TRANSLATE_NOOP("WritePreview", "%n bytes"))
                                     .replace(QStringLiteral("%n"), QString::number(before.size()))},
            {Line::Kind::After, say(QT_TRANSLATE_NOOP("WritePreview", "%n bytes"))
                                    .replace(QStringLiteral("%n"), QString::number(after.size()))}};
}

QString lineOf(const Leaf &leaf)
{
    return leaf.path + QStringLiteral(": ") + leaf.text;
}

profile::TokenSet renewedLike(const profile::Profile &login, const provider::Provider *provider, base::Timestamp now)
{
    profile::TokenSet tokens; // with words where the renewed tokens would be
    tokens.accessToken = base::Secret::copyOf("the-renewed-access-token");
    tokens.refreshToken = base::Secret::copyOf("the-renewed-refresh-token");
    tokens.scopes = login.credential.scopes;
    tokens.refreshTokenExpiresAt = login.credential.refreshTokenExpiresAt;
    tokens.issuedAt = now;
    if (login.credential.expiresAt) {
        const auto lifetime = provider != nullptr && provider->accessTokenLifetime
                                  ? provider->accessTokenLifetime->value
                                  : std::chrono::seconds(std::chrono::hours(8));
        tokens.expiresAt = now + lifetime;
    }
    return tokens;
}

QString wordsOf(const tools::LockSpec &lock, const base::Environment &environment)
{
    const QString path = environment.shortened(lock.path);
    return lock.span == tools::LockSpec::Span::Write
               ? say(QT_TRANSLATE_NOOP("WritePreview", "%1 (only while writing)")).arg(path)
               : path;
}

// What is not known yet is said in words.
std::vector<Line> inWords(std::vector<Line> lines, const profile::TokenSet &tokens, const NeighboursWorld &world)
{
    const base::FingerprintKey &key = world.vault.fingerprintKey();
    for (Line &line : lines) {
        if (line.kind != Line::Kind::After)
            continue;
        for (const base::Secret *token : {&tokens.accessToken, &tokens.refreshToken})
            line.text.replace(u'‹' + key.of(*token).shortText() + u'›',
                              say(QT_TRANSLATE_NOOP("WritePreview", "‹new›")));
        if (!tokens.expiresAt)
            continue;
        const auto lifetime = std::chrono::duration_cast<std::chrono::seconds>(*tokens.expiresAt - *tokens.issuedAt);
        line.text.replace(
            QString::number(tokens.expiresAt->time_since_epoch().count()),
            say(QT_TRANSLATE_NOOP("WritePreview", "‹%1 after the renewal›")).arg(profile::duration(lifetime)));
    }
    return lines;
}

WritePreview::File fileOf(const refresh::OwnedCopy &copy, const tools::Successor &successor,
                          const NeighboursWorld &world)
{
    WritePreview::File file;
    file.toolName = copy.tool->facts().name;
    file.path = world.environment.shortened(copy.place.path);
    const tools::CopyWriter &writer = *copy.tool->writer();
    const auto plan = writer.lockPlan(copy.place, copy.slot, world.synchronizer.toolWorld(copy.tool->facts().id));
    if (!plan) {
        file.problem = base::describe(plan.error());
        return file;
    }
    for (const tools::LockSpec &lock : plan->locks)
        file.locks += wordsOf(lock, world.environment);
    const tools::Fetched fetched = fetchNow(copy.place, world.environment.user);
    if (!fetched.content) {
        file.problem = base::describe(fetched.content.error());
        return file;
    }
    const auto after = writer.rewritten(copy.place, copy.slot, fetched, successor);
    if (!after)
        file.problem = base::describe(after.error());
    else
        file.lines = inWords(changesBetween(fetched.content->bytes, *after, world.vault.fingerprintKey()),
                             successor.tokens, world);
    return file;
}

} // namespace

WritePreview previewOf(const profile::Profile &login, const Sharing &sharing, const NeighboursWorld &world)
{
    WritePreview preview;
    const provider::Provider *provider = world.providerFor(login.providerId);
    if (provider != nullptr)
        preview.summary =
            say(QT_TRANSLATE_NOOP(
                    "WritePreview",
                    "The refresh token ‹%1› is spent %2; what comes back goes into the vault first and then "
                    "into the files below. Nothing is written before that."))
                .arg(login.credential.refreshToken.shortText(), renewalWords(*provider, world.settings.renewalShare()));
    const profile::TokenSet tokens = renewedLike(login, provider, world.now());
    const tools::Successor successor{.tokens = tokens, .account = login.account, .acquiredAt = world.now()};
    for (const refresh::OwnedCopy &copy : sharing.copies) {
        if (copy.tool->writer() != nullptr)
            preview.files.push_back(fileOf(copy, successor, world));
    }
    return preview;
}

std::vector<Line> changesBetween(const base::Secret &before, const base::Secret &after, const base::FingerprintKey &key)
{
    const auto old = base::JsonSpans::parse(before.clone(), {});
    const auto now = base::JsonSpans::parse(after.clone(), {});
    if (!old || !now)
        return plainChange(before, after);
    const Leaves oldLeaves(*old, key);
    const Leaves newLeaves(*now, key);
    std::map<QString, const Leaf *> known;
    for (const Leaf &leaf : oldLeaves.all())
        known.emplace(leaf.path, &leaf);
    QStringList touched; // objects in which something changes
    const auto isChanged = [&](const Leaf &leaf) {
        const auto found = known.find(leaf.path);
        return found == known.end() || found->second->bytes != leaf.bytes;
    };
    for (const Leaf &leaf : newLeaves.all()) {
        if (isChanged(leaf) && !touched.contains(leaf.parent))
            touched.append(leaf.parent);
    }
    std::vector<Line> lines;
    qsizetype untold = 0;
    for (const Leaf &leaf : newLeaves.all()) {
        const auto found = known.find(leaf.path);
        if (!isChanged(leaf)) {
            if (touched.contains(leaf.parent))
                lines.push_back({Line::Kind::Same, leaf.path});
            else
                ++untold;
            continue;
        }
        if (found != known.end())
            lines.push_back({Line::Kind::Before, lineOf(*found->second)});
        lines.push_back({Line::Kind::After, lineOf(leaf)});
    }
    if (untold > 0)
        lines.push_back(
            {Line::Kind::Same,
             say(QT_TRANSLATE_NOOP("WritePreview", "%1 more values stay as they are, byte for byte.")).arg(untold)});
    return lines;
}

} // namespace keytender::service
