// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/ghhosts.h"

#include <algorithm>

namespace keytender::tools {

namespace {

constexpr QStringView tokenKey = u"oauth_token";

// Both become parts of ids and of keychain attributes.
bool isPlainName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 255 && std::ranges::all_of(name, [](QChar letter) {
        return letter.isLetterOrNumber() || letter == u'-' || letter == u'.' || letter == u'_' || letter == u':';
    });
}

// The map under a key that may be missing or null; an empty one for those.
base::Result<const YamlNode *> optionalMap(const YamlTree &tree, const YamlNode &parent, QStringView key)
{
    static const YamlNode nothing;
    const YamlNode *node = parent.member(key);
    if (node == nullptr || node->type == YamlNode::Type::Null)
        return &nothing;
    if (!node->isMap())
        return base::unexpected(tree.error(*node, QStringLiteral("is not a map")));
    return node;
}

base::Result<QString> activeUser(const YamlTree &tree, const YamlNode &host)
{
    const YamlNode *node = host.member(u"user");
    if (node == nullptr)
        return QString();
    auto user = tree.string(*node);
    if (user && !user->isEmpty() && !isPlainName(*user))
        return base::unexpected(tree.error(*node, QStringLiteral("is not a user name")));
    return user;
}

base::Result<std::vector<GhLogin>> loginsOf(const YamlTree &tree, const YamlMember &host)
{
    if (!isPlainName(host.key))
        return base::unexpected(tree.error(host.value, QStringLiteral("is not below the name of a host")));
    std::vector<GhLogin> logins;
    if (host.value.type == YamlNode::Type::Null)
        return logins;
    if (!host.value.isMap())
        return base::unexpected(tree.error(host.value, QStringLiteral("is not a map")));
    const auto user = activeUser(tree, host.value);
    if (!user)
        return base::unexpected(user.error());
    const auto users = optionalMap(tree, host.value, u"users");
    if (!users)
        return base::unexpected(users.error());
    if (user->isEmpty() && !(*users)->members.empty())
        return base::unexpected(tree.error(host.value, QStringLiteral("names users, but none that is active"),
                                           base::ErrorKind::Incomplete));

    GhLogin active{.host = host.key, .user = *user, .isActive = true, .token = host.value.member(tokenKey)};
    for (const YamlMember &entry : (*users)->members) {
        if (!isPlainName(entry.key))
            return base::unexpected(tree.error(entry.value, QStringLiteral("is not below a user name")));
        const YamlNode *token = entry.value.member(tokenKey);
        if (entry.key != *user)
            logins.push_back({.host = host.key, .user = entry.key, .isActive = false, .token = token});
        else if (active.token == nullptr)
            active.token = token;
    }
    if (!active.user.isEmpty() || active.token != nullptr)
        logins.insert(logins.begin(), active);
    return logins;
}

} // namespace

QString GhLogin::slot() const
{
    if (isActive && host == QStringLiteral("github.com"))
        return {};
    return user.isEmpty() ? host : host + u'/' + user;
}

base::Result<std::vector<GhLogin>> ghLogins(const YamlTree &hosts)
{
    std::vector<GhLogin> logins;
    const YamlNode &root = hosts.root();
    if (root.type == YamlNode::Type::Null)
        return logins;
    if (!root.isMap())
        return base::unexpected(hosts.error(root, QStringLiteral("is not a map of hosts")));
    // gh writes in place. A text in braces that is cut off is no YAML any more, any other one may still be.
    if (!root.isFlow && !hosts.bytes().ends_with('\n'))
        return base::unexpected(hosts.error(root, QStringLiteral("does not end with a line break: it may be cut off"),
                                            base::ErrorKind::Incomplete));
    for (const YamlMember &host : root.members) {
        auto found = loginsOf(hosts, host);
        if (!found)
            return found;
        std::ranges::move(*found, std::back_inserter(logins));
    }
    return logins;
}

} // namespace keytender::tools
