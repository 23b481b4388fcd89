// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/jsonrecord.h"

namespace keytender::tools {

base::Result<base::JsonSpans> parseObject(const QString &path, const base::FileContent &content)
{
    auto document = base::JsonSpans::parse(content.bytes.clone(), path);
    if (!document)
        return base::unexpected(document.error());
    if (auto object = document->root().object(); !object)
        return base::unexpected(object.error());
    return document;
}

base::Result<std::optional<base::Timestamp>> epochTime(const base::JsonValue &value, EpochUnit unit)
{
    const auto number = value.optionalNumber();
    if (!number)
        return base::unexpected(number.error());
    if (!number->has_value())
        return std::optional<base::Timestamp>();
    const bool inSeconds = unit == EpochUnit::Seconds;
    const auto time = inSeconds ? base::fromEpochSeconds(**number) : base::fromEpochMilliseconds(**number);
    if (time)
        return time;
    return base::unexpected(value.error(inSeconds ? QStringLiteral("is not a time in seconds since 1970")
                                                  : QStringLiteral("is not a time in milliseconds since 1970")));
}

base::Result<std::optional<base::Timestamp>> rfc3339Time(const base::JsonValue &value)
{
    const auto text = value.optionalString();
    if (!text)
        return base::unexpected(text.error());
    if (!text->has_value())
        return std::optional<base::Timestamp>();
    if (const auto time = base::fromRfc3339(**text))
        return time;
    return base::unexpected(value.error(QStringLiteral("is not a date and time of RFC 3339")));
}

base::Result<base::Secret> secretOrEmpty(const base::JsonValue &value)
{
    auto secret = value.optionalSecret();
    if (!secret)
        return base::unexpected(secret.error());
    return secret->has_value() ? std::move(**secret) : base::Secret();
}

CopyReading unreadable(base::Error problem, const QString &slot)
{
    CopyReading reading;
    reading.slot = slot;
    reading.state = profile::CopyState::Unreadable;
    reading.problem = std::move(problem);
    return reading;
}

CopyReading held(profile::Credential credential, const QString &slot)
{
    CopyReading reading;
    reading.slot = slot;
    reading.state = profile::CopyState::Held;
    reading.credential = std::move(credential);
    return reading;
}

void Remarks::add(base::Error error)
{
    if (!m_first)
        m_first = std::move(error);
}

QString Remarks::text(const base::JsonValue &value)
{
    const auto text = value.optionalString();
    if (text)
        return text->value_or(QString());
    add(text.error());
    return {};
}

QStringList Remarks::texts(const base::JsonValue &value)
{
    if (value.type() == base::JsonType::String)
        return text(value).split(u' ', Qt::SkipEmptyParts);
    if (!value.isMissing() && !value.isNull() && value.type() != base::JsonType::Array)
        add(value.error(QStringLiteral("is not a list")));
    QStringList texts;
    for (const base::JsonValue &element : value.elements()) {
        if (const QString one = text(element); !one.isEmpty())
            texts.append(one);
    }
    return texts;
}

std::optional<base::JsonSpans> companionOf(const Fetched &fetched, const QString &path, Remarks &remarks)
{
    const auto companion = fetched.companions.find(path);
    if (companion == fetched.companions.end())
        return std::nullopt;
    if (!companion->second) {
        if (companion->second.error().kind != base::ErrorKind::NotFound)
            remarks.add(companion->second.error());
        return std::nullopt;
    }
    auto document = parseObject(path, *companion->second);
    if (document)
        return std::move(*document);
    remarks.add(document.error());
    return std::nullopt;
}

} // namespace keytender::tools
