// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include <QWidget>

class QVBoxLayout;

namespace keytender::ui {

// Entries of a list in the settings, each with a button that takes it away. Made anew only where they are others.
class RemovableList final : public QWidget {
    Q_OBJECT

public:
    struct Entry {
        QString key;
        QString text;
        QString more = {};    // quiet, below
        QString problem = {}; // why it is of no use just now
        bool operator==(const Entry &) const = default;
    };
    // `none` stands there where there is no entry; may be empty.
    explicit RemovableList(QString none, QWidget *parent = nullptr);

    // Keeps the focus among its buttons where it was there, as long as there are any.
    void show(const std::vector<Entry> &entries);

Q_SIGNALS:
    void removeRequested(const QString &key);

private:
    void add(const Entry &entry);

    const QString m_none;
    std::vector<Entry> m_entries;
    QVBoxLayout *m_list = nullptr;
};

} // namespace keytender::ui
