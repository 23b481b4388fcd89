// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>
#include <QWidget>

class QGridLayout;

namespace keytender::ui {

// What has to be done, in order: done, under way, still to come. Told apart by sign, weight and the spoken name.
class Steps final : public QWidget {
    Q_OBJECT

public:
    explicit Steps(QWidget *parent = nullptr);

    void show(const QStringList &steps, int current);

private:
    void addStep(int index);

    QGridLayout *m_layout = nullptr;
    QStringList m_steps;
    int m_current = -1;
};

} // namespace keytender::ui
