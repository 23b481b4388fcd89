// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPlainTextEdit>
#include <QStringList>

namespace keytender::ui {

// Some lines to write in, each a word of its own whatever is in it; looks like a Field. Tab leaves it.
class LinesField final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit LinesField(QWidget *parent = nullptr);

    void setLines(const QStringList &lines);
    [[nodiscard]] QStringList lines() const; // without empty ones

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void dress();
    void paintFrame();

    bool m_isDressing = false;
};

} // namespace keytender::ui
