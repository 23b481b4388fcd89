// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/profilemodel.h"

#include <algorithm>

#include <QCoreApplication>

#include "ui/rowtext.h"

namespace keytender::ui {

namespace {

using profile::Severity;
using service::Row;

// A total order, so that a binary search finds a row again: equals are told apart by their ids.
bool standsBefore(const Row &left, const Row &right)
{
    const Section leftSection = sectionOf(left);
    const Section rightSection = sectionOf(right);
    if (leftSection != rightSection)
        return leftSection < rightSection;
    if (service::comesBefore(left, right))
        return true;
    if (service::comesBefore(right, left))
        return false;
    return left.profile.id < right.profile.id;
}

} // namespace

Section sectionOf(const Row &row)
{
    if (row.condition.severity == Severity::ActNow || row.condition.hasClash)
        return Section::NeedsYou;
    return row.condition.severity == Severity::Due ? Section::Soon : Section::Well;
}

QString title(Section section)
{
    switch (section) {
    case Section::NeedsYou:
        return QCoreApplication::translate("Section", "Needs you");
    case Section::Soon:
        return QCoreApplication::translate("Section", "Soon");
    case Section::Well:
        return QCoreApplication::translate("Section", "Well");
    }
    return {};
}

ProfileModel::ProfileModel(const base::Clock &clock, QObject *parent) : QAbstractListModel(parent), m_clock(clock) {}

ProfileModel::~ProfileModel() = default;

void ProfileModel::setRow(const Row &row)
{
    const auto held = m_rows.find(row.profile.id);
    if (held == m_rows.end())
        insert(row);
    else if (*held->second != row)
        replace(*held->second, row);
    else
        return;
    Q_EMIT summaryChanged();
}

void ProfileModel::removeRow(const QString &id)
{
    const auto held = m_rows.find(id);
    if (held == m_rows.end())
        return;
    const int position = lowerBound(*held->second);
    beginRemoveRows({}, position, position);
    count(*held->second, -1);
    m_order.erase(m_order.begin() + position);
    m_rows.erase(held);
    endRemoveRows();
    Q_EMIT summaryChanged();
}

void ProfileModel::insert(const Row &row)
{
    const int position = lowerBound(row);
    beginInsertRows({}, position, position);
    auto held = std::make_unique<Row>(row);
    m_order.insert(m_order.begin() + position, held.get());
    m_rows.emplace(row.profile.id, std::move(held));
    count(row, 1);
    endInsertRows();
}

void ProfileModel::replace(Row &held, const Row &row)
{
    const int from = lowerBound(held);
    // Where it would stand if it were new; the old one is still counted, so a later place is one too far.
    const int target = lowerBound(row);
    const int to = target > from ? target - 1 : target;
    const bool moves = to != from && beginMoveRows({}, from, from, {}, target);
    count(held, -1);
    held = row;
    count(held, 1);
    if (moves) {
        const auto begin = m_order.begin();
        if (to > from)
            std::rotate(begin + from, begin + from + 1, begin + to + 1);
        else
            std::rotate(begin + to, begin + from, begin + from + 1);
        endMoveRows();
    }
    const QModelIndex changed = index(to);
    Q_EMIT dataChanged(changed, changed);
}

int ProfileModel::lowerBound(const Row &row) const
{
    const auto place = std::lower_bound(m_order.begin(), m_order.end(), row,
                                        [](const Row *left, const Row &right) { return standsBefore(*left, right); });
    return static_cast<int>(place - m_order.begin());
}

void ProfileModel::count(const Row &row, int sign)
{
    service::Summary one;
    service::add(one, row);
    m_counts.needYou += sign * one.needYou;
    m_counts.due += sign * one.due;
    m_counts.endSoon += sign * one.endSoon;
    m_counts.busy += sign * one.busy;
    m_counts.well += sign * one.well;
    m_severities.at(static_cast<std::size_t>(one.loudest)) += sign;
}

const Row *ProfileModel::find(const QString &id) const
{
    const auto held = m_rows.find(id);
    return held == m_rows.end() ? nullptr : held->second.get();
}

const Row &ProfileModel::at(int position) const
{
    return *m_order.at(static_cast<std::size_t>(position));
}

int ProfileModel::positionOf(const QString &id) const
{
    const Row *row = find(id);
    return row == nullptr ? -1 : lowerBound(*row);
}

QString ProfileModel::labelOf(const QString &id) const
{
    const Row *row = find(id);
    return row == nullptr ? id : row->profile.label;
}

service::Summary ProfileModel::summary() const
{
    service::Summary summary = m_counts;
    for (std::size_t i = 0; i < m_severities.size(); ++i) {
        if (m_severities.at(i) > 0)
            summary.loudest = static_cast<Severity>(i);
    }
    return summary;
}

int ProfileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

QVariant ProfileModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.profile.label;
    case Qt::ToolTipRole:
        return exactTimesOf(row);
    case Qt::AccessibleTextRole:
        return spoken(rowTextOf(row, m_clock.wallTime()));
    case Qt::AccessibleDescriptionRole:
        return exactTimesOf(row);
    case IdRole:
        return row.profile.id;
    case SectionRole:
        return static_cast<int>(sectionOf(row));
    default:
        return {};
    }
}

} // namespace keytender::ui
