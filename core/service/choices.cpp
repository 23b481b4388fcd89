// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/choices.h"

#include <algorithm>

#include <QDir>
#include <QJsonArray>

#include "service/ownfile.h"

namespace keytender::service {

using base::JsonValue;
using base::Result;
using base::unexpected;

namespace {

constexpr std::size_t mostBytes = 4u << 20;

Result<QStringList> readTexts(const JsonValue &list)
{
    QStringList texts;
    for (const JsonValue &entry : list.elements()) {
        Result<QString> text = entry.string();
        if (!text)
            return unexpected(std::move(text).error());
        texts.append(*std::move(text));
    }
    return texts;
}

Result<LinkChoice> readLink(const JsonValue &value)
{
    LinkChoice link;
    QString way;
    for (const Result<void> &read : {takeText(value, "profile", link.profileId), takeText(value, "way", way),
                                     takeText(value, "to", link.toProfile), takeText(value, "file", link.file),
                                     takeText(value, "variable", link.variable)}) {
        if (!read)
            return unexpected(read.error());
    }
    if (way != QStringLiteral("one-way") && way != QStringLiteral("mirror"))
        return unexpected(value.member("way").error(QStringLiteral("is neither one-way nor mirror"),
                                                    base::ErrorKind::UnknownVersion));
    link.way = way == QStringLiteral("mirror") ? LinkWay::Mirror : LinkWay::OneWay;
    if (link.toProfile.isEmpty() && !QDir::isAbsolutePath(link.file))
        return unexpected(value.member("file").error(QStringLiteral("is no absolute path")));
    Result<QStringList> command = readTexts(value.member("command"));
    if (!command)
        return unexpected(std::move(command).error());
    link.command = *std::move(command);
    return link;
}

QJsonObject objectOf(const LinkChoice &link)
{
    QJsonObject object{
        {QStringLiteral("profile"), link.profileId},
        {QStringLiteral("way"), link.way == LinkWay::Mirror ? QStringLiteral("mirror") : QStringLiteral("one-way")}};
    const auto add = [&object](const QString &key, const QString &text) {
        if (!text.isEmpty())
            object.insert(key, text);
    };
    add(QStringLiteral("to"), link.toProfile);
    add(QStringLiteral("file"), link.file);
    add(QStringLiteral("variable"), link.variable);
    if (!link.command.isEmpty())
        object.insert(QStringLiteral("command"), QJsonArray::fromStringList(link.command));
    return object;
}

} // namespace

QString LinkChoice::id() const
{
    if (!toProfile.isEmpty())
        return profileId + u'>' + toProfile;
    return profileId + QStringLiteral(">env:") + file + u':' + variable;
}

Choices::Choices(QString file, const base::Environment &environment, base::Random &random)
    : m_file(std::move(file)), m_random(random)
{
    const Result<void> loaded = load(environment);
    if (loaded || loaded.error().kind == base::ErrorKind::NotFound)
        return;
    m_problem = loaded.error();
    m_asked.clear();
    m_links.clear();
    m_order.clear();
    m_configuredCare.clear();
}

Result<void> Choices::load(const base::Environment &environment)
{
    const Result<base::JsonSpans> parsed = readOwnFile(m_file, {.bytes = mostBytes, .owner = environment.user});
    if (!parsed)
        return unexpected(parsed.error());
    const JsonValue root = parsed->root();
    const Result<QStringList> asked = readTexts(root.member("asked"));
    const Result<QStringList> order = readTexts(root.member("order"));
    if (!asked || !order)
        return unexpected(asked ? order.error() : asked.error());
    for (const JsonValue &value : root.member("links").elements()) {
        Result<LinkChoice> link = readLink(value);
        if (!link)
            return unexpected(std::move(link).error());
        m_links.push_back(*std::move(link));
    }
    for (const auto &[profileId, value] : root.member("configuredCare").members()) { // since 2026-11
        Result<QString> word = value.string();
        if (!word)
            return unexpected(std::move(word).error());
        m_configuredCare[profileId] = *std::move(word);
    }
    m_asked = {asked->begin(), asked->end()};
    m_order = *order;
    return {};
}

Result<void> Choices::noteAsked(const QString &profileId)
{
    std::set<QString> asked = m_asked;
    if (!asked.insert(profileId).second)
        return {};
    return save(asked, m_links, m_order, m_configuredCare);
}

Result<void> Choices::setLink(const LinkChoice &link)
{
    std::vector<LinkChoice> links = m_links;
    const auto known = std::ranges::find(links, link.id(), &LinkChoice::id);
    if (link.way == LinkWay::Off && known == links.end())
        return {};
    if (link.way == LinkWay::Off)
        links.erase(known);
    else if (known != links.end())
        *known = link;
    else
        links.push_back(link);
    return save(m_asked, links, m_order, m_configuredCare);
}

Result<void> Choices::setOrder(const QStringList &profileIds)
{
    return save(m_asked, m_links, profileIds, m_configuredCare);
}

Result<void> Choices::noteConfiguredCare(const ConfiguredCare &care)
{
    return care == m_configuredCare ? Result<void>() : save(m_asked, m_links, m_order, care);
}

Result<void> Choices::save(const std::set<QString> &asked, const std::vector<LinkChoice> &links,
                           const QStringList &order, const ConfiguredCare &configuredCare)
{
    if (m_problem) // it may be a newer Keytender's, or hold links that somebody wrote with care
        return unexpected(*m_problem);
    QJsonArray list;
    for (const LinkChoice &link : links)
        list.append(objectOf(link));
    QJsonObject cares;
    for (const auto &[profileId, word] : configuredCare)
        cares.insert(profileId, word);
    const QJsonObject root{
        {QStringLiteral("asked"), QJsonArray::fromStringList(QStringList(asked.begin(), asked.end()))},
        {QStringLiteral("links"), list},
        {QStringLiteral("order"), QJsonArray::fromStringList(order)},
        {QStringLiteral("configuredCare"), cares}};
    if (auto written = writeOwnFile(m_file, root, m_random); !written)
        return written;
    m_asked = asked;
    m_links = links;
    m_order = order;
    m_configuredCare = configuredCare;
    return {};
}

} // namespace keytender::service
