// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include <QString>
#include <QStringList>

#include "base/environment.h"
#include "base/random.h"
#include "base/result.h"
#include "service/neighbours/neighbourfacts.h"

namespace keytender::service {

// Where a link leads, as it is kept.
struct LinkChoice {
    QString profileId; // whose token it is
    LinkWay way = LinkWay::OneWay;
    QString toProfile = {}; // another tool's login; empty = an environment file
    QString file = {};      // absolute
    QString variable = {};
    QStringList command = {};

    [[nodiscard]] QString id() const;
    bool operator==(const LinkChoice &) const = default;
};

// What a person decided about logins that other tools made, beside who may renew them (that stands in the vault): whom
// Keytender has asked about, links, the order of accounts, and what of the settings' care was taken. A file of our own
// in the data directory, 0600; one that cannot be read is an error and stays as it is, because links in it may run
// commands.
class Choices final {
public:
    Choices(QString file, const base::Environment &environment, base::Random &random);

    [[nodiscard]] bool wasAsked(const QString &profileId) const { return m_asked.contains(profileId); }
    [[nodiscard]] const std::vector<LinkChoice> &links() const { return m_links; }
    [[nodiscard]] const QStringList &order() const { return m_order; }
    // By login, in the settings' own words: what they said when it was last taken. A later choice in the panel stands
    // until they say something else.
    using ConfiguredCare = std::map<QString, QString>;
    [[nodiscard]] const ConfiguredCare &configuredCare() const { return m_configuredCare; }
    [[nodiscard]] const std::optional<base::Error> &problem() const { return m_problem; }

    // Each is durable when it returns; after an error everything is as it was.
    [[nodiscard]] base::Result<void> noteAsked(const QString &profileId);
    [[nodiscard]] base::Result<void> setLink(const LinkChoice &link); // LinkWay::Off removes it
    [[nodiscard]] base::Result<void> setOrder(const QStringList &profileIds);
    [[nodiscard]] base::Result<void> noteConfiguredCare(const ConfiguredCare &care);

private:
    [[nodiscard]] base::Result<void> load(const base::Environment &environment);
    [[nodiscard]] base::Result<void> save(const std::set<QString> &asked, const std::vector<LinkChoice> &links,
                                          const QStringList &order, const ConfiguredCare &configuredCare);

    QString m_file;
    base::Random &m_random;
    std::set<QString> m_asked;
    std::vector<LinkChoice> m_links;
    QStringList m_order;
    ConfiguredCare m_configuredCare;
    std::optional<base::Error> m_problem;
};

} // namespace keytender::service
