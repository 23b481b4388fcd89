// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/tokenarchive.h"

#include <algorithm>
#include <cerrno>

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

#include "base/durablefile.h"
#include "vault/framing.h"

namespace keytender::vault {

namespace {

constexpr std::uint64_t archiveVersion = 1;
constexpr std::size_t largestFile = std::size_t{64} << 20;
// Answers of which nothing could be made may come every minute; the newest are worth keeping. Tokens always stay.
constexpr std::ptrdiff_t mostUnusable = 8;

base::Secret bytesOf(const std::vector<ArchivedToken> &tokens)
{
    FrameWriter writer;
    writer.number(archiveVersion);
    for (const ArchivedToken &token : tokens) {
        writer.number(static_cast<std::uint64_t>(token.why));
        writer.text(token.profileId);
        writer.fingerprint(token.spent);
        writer.time(token.at);
        writer.text(token.attemptId);
        writer.text(token.reason);
        writer.text(token.bytes.expose());
    }
    return writer.take();
}

base::Result<std::vector<ArchivedToken>> tokensFrom(std::string_view bytes, const QString &path)
{
    FrameReader reader(bytes);
    const std::uint64_t version = reader.number();
    if (version != archiveVersion)
        return base::unexpected({.kind = base::ErrorKind::UnknownVersion,
                                 .subject = path,
                                 .place = {},
                                 .detail = QStringLiteral("has version %1").arg(version)});
    std::vector<ArchivedToken> tokens;
    while (reader.hasMore()) {
        ArchivedToken token;
        token.why = static_cast<ArchivedToken::Why>(reader.number());
        token.profileId = reader.words();
        token.spent = reader.fingerprint();
        token.at = reader.time();
        token.attemptId = reader.words();
        token.reason = reader.words();
        token.bytes = base::Secret::copyOf(reader.text());
        tokens.push_back(std::move(token));
    }
    if (reader.isWhole())
        return tokens;
    return base::unexpected(
        {.kind = base::ErrorKind::Malformed, .subject = path, .place = {}, .detail = QStringLiteral("is cut off")});
}

bool isUnusable(const ArchivedToken &token)
{
    return token.why == ArchivedToken::Why::Unusable;
}

} // namespace

TokenArchive::TokenArchive(QString directory, const base::Secret &key, base::Random &random)
    : m_directory(std::move(directory)), m_seal(std::make_shared<const Seal>(key)), m_random(random)
{
}

base::Result<void> TokenArchive::keep(const ArchivedToken &token)
{
    auto tokens = of(token.profileId);
    if (!tokens)
        return base::unexpected(tokens.error());
    const auto isSame = [&token](const ArchivedToken &other) {
        return other.why == token.why && other.spent == token.spent && other.bytes == token.bytes;
    };
    if (std::ranges::any_of(*tokens, isSame))
        return {};
    if (isUnusable(token) && std::ranges::count_if(*tokens, isUnusable) >= mostUnusable)
        tokens->erase(std::ranges::find_if(*tokens, isUnusable));
    tokens->push_back({.why = token.why,
                       .profileId = token.profileId,
                       .spent = token.spent,
                       .at = token.at,
                       .attemptId = token.attemptId,
                       .reason = token.reason,
                       .bytes = token.bytes.clone()});
    const QString name = fileName(token.profileId);
    const base::Secret plain = bytesOf(*tokens);
    return base::DurableFile(m_directory, m_random)
        .write(name, m_seal->seal(plain.expose(), name.toStdString(), m_random));
}

base::Result<std::vector<ArchivedToken>> TokenArchive::of(const QString &profileId) const
{
    const QString name = fileName(profileId);
    const QString path = m_directory + u'/' + name;
    struct stat status {};
    if (lstat(QFile::encodeName(path).constData(), &status) != 0 && errno == ENOENT)
        return std::vector<ArchivedToken>(); // as it is with most profiles: not worth the careful way there
    const auto content = base::readFile(path, {.bytes = largestFile, .owner = geteuid()});
    if (!content && content.error().kind == base::ErrorKind::NotFound)
        return std::vector<ArchivedToken>();
    if (!content)
        return base::unexpected(content.error());
    base::Secret plain(content->bytes.size());
    const auto length = m_seal->open(content->bytes.expose(), name.toStdString(), plain.writable());
    if (!length) {
        base::Error error = length.error();
        error.subject = path;
        return base::unexpected(std::move(error));
    }
    return tokensFrom(plain.expose().substr(0, *length), path);
}

base::Result<void> TokenArchive::forget(const QString &profileId)
{
    return base::DurableFile(m_directory, m_random).remove(fileName(profileId));
}

QString TokenArchive::fileName(const QString &profileId) const
{
    return QString::fromStdString(m_seal->fileName(profileId)).first(32) + QStringLiteral(".archive");
}

} // namespace keytender::vault
