// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPushButton>
#include <QUrl>

namespace keytender::ui {

// The address of a page, shown as people would type it; whoever listens opens it.
class LinkLabel final : public QPushButton {
    Q_OBJECT

public:
    explicit LinkLabel(QWidget *parent = nullptr);

    void setTarget(const QUrl &target);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void opened(const QUrl &target);

protected:
    [[nodiscard]] bool hitButton(const QPoint &at) const override { return textPlace().contains(at); }
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRect textPlace() const;
    [[nodiscard]] int flags() const;

    QUrl m_target;
    QString m_shown; // with places to break it
};

} // namespace keytender::ui
