// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <memory>
#include <unordered_map>
#include <vector>

#include <QAbstractListModel>

#include "base/clock.h"
#include "service/facts.h"

namespace keytender::ui {

// Where a row stands in the list, in this order.
enum class Section { NeedsYou, Soon, Well };

[[nodiscard]] Section sectionOf(const service::Row &row);
[[nodiscard]] QString title(Section section);

// The rows of all logins, trouble first. A change costs one hash look-up and one binary search, however many rows there
// are. Shared by panel and menu; lives longer than both.
class ProfileModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole, SectionRole };

    explicit ProfileModel(const base::Clock &clock, QObject *parent = nullptr);
    ~ProfileModel() override;

    void setRow(const service::Row &row);
    void removeRow(const QString &id);

    // Valid until the next change; null where there is no such login.
    [[nodiscard]] const service::Row *find(const QString &id) const;
    [[nodiscard]] const service::Row &at(int position) const;
    // -1 where there is no such login.
    [[nodiscard]] int positionOf(const QString &id) const;
    // What people call a login: its label, or its id where it is not among the rows.
    [[nodiscard]] QString labelOf(const QString &id) const;
    [[nodiscard]] service::Summary summary() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void summaryChanged();

private:
    void count(const service::Row &row, int sign);
    void insert(const service::Row &row);
    void replace(service::Row &held, const service::Row &row);
    [[nodiscard]] int lowerBound(const service::Row &row) const;

    const base::Clock &m_clock;
    std::unordered_map<QString, std::unique_ptr<service::Row>> m_rows;
    std::vector<const service::Row *> m_order;
    service::Summary m_counts;            // its `loudest` is unused
    std::array<int, 4> m_severities = {}; // how many rows of each profile::Severity
};

} // namespace keytender::ui
