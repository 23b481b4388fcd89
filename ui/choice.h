// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QCheckBox>

namespace keytender::ui {

// A check box or radio button with a quiet second line; both wrap. A locked one cannot be changed and is no less
// legible for it.
class Choice final : public QCheckBox {
    Q_OBJECT

public:
    enum class Kind { Check, Radio };

    Choice(Kind kind, const QString &title, const QString &description, QWidget *parent = nullptr);

    // Its second line is shown only while it is chosen; screen readers hear it all the same.
    void setBrief(bool isBrief);
    [[nodiscard]] bool isBrief() const { return m_isBrief; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    [[nodiscard]] bool hitButton(const QPoint &at) const override { return rect().contains(at); }
    void paintEvent(QPaintEvent *event) override;

private:
    void paintMark(QPainter &painter, const QRect &place) const;
    [[nodiscard]] int indent() const;
    [[nodiscard]] QString description() const; // as it is shown now

    Kind m_kind;
    bool m_isBrief = false;
    QString m_title;
    QString m_description;
};

} // namespace keytender::ui
