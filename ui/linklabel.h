// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>
#include <QUrl>

namespace keytender::ui {

// The address of a page, shown as it is and opened by a click or Enter: by whoever listens.
class LinkLabel final : public QLabel {
    Q_OBJECT

public:
    explicit LinkLabel(QWidget *parent = nullptr);

    // `words` in place of the address, where they say more.
    void setTarget(const QUrl &target, const QString &words = {});

Q_SIGNALS:
    void opened(const QUrl &target);

protected:
    void changeEvent(QEvent *event) override;

private:
    void dress();

    QUrl m_target;
    QString m_words; // as HTML
    bool m_isDressing = false;
};

} // namespace keytender::ui
