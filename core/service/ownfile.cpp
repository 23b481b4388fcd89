// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/ownfile.h"

#include <QFileInfo>

namespace keytender::service {

using base::Result;
using base::unexpected;

namespace {

constexpr int version = 1;

} // namespace

Result<base::JsonSpans> readOwnFile(const QString &file, const base::ReadLimits &limits)
{
    Result<base::FileContent> content = base::readFile(file, limits);
    if (!content)
        return unexpected(std::move(content).error());
    Result<base::JsonSpans> parsed = base::JsonSpans::parse(std::move(content->bytes), file);
    if (!parsed)
        return parsed;
    const base::JsonValue written = parsed->root().member("version");
    if (const Result<double> known = written.number(); !known)
        return unexpected(known.error());
    else if (*known != version)
        return unexpected(written.error(QStringLiteral("is not 1"), base::ErrorKind::UnknownVersion));
    return parsed;
}

Result<void> writeOwnFile(const QString &file, QJsonObject root, base::Random &random, QJsonDocument::JsonFormat form)
{
    root.insert(QStringLiteral("version"), version);
    const QByteArray bytes = QJsonDocument(root).toJson(form);
    const QFileInfo place(file);
    const base::DurableFile target(place.path(), random);
    if (Result<void> made = target.prepareDirectory(); !made)
        return made;
    return target.write(place.fileName(), {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

Result<void> takeText(const base::JsonValue &object, const char *key, QString &text)
{
    Result<std::optional<QString>> read = object.member(key).optionalString();
    if (!read)
        return unexpected(std::move(read).error());
    text = std::move(*read).value_or(QString());
    return {};
}

} // namespace keytender::service
