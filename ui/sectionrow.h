// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractButton>

namespace keytender::ui {

// The name of a page and what stands in it, with an arrow: leads there.
class SectionRow final : public QAbstractButton {
    Q_OBJECT

public:
    explicit SectionRow(const QString &title, QWidget *parent = nullptr);

    void setSummary(const QString &summary);
    [[nodiscard]] QString summary() const { return m_summary; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QRect words(int width) const;

    QString m_title;
    QString m_summary;
};

} // namespace keytender::ui
