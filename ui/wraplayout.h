// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <vector>

#include <QLayout>

namespace keytender::ui {

// Buttons beside one another, at the line's end or its beginning, and below one another where their words take more
// room than that.
class WrapLayout final : public QLayout {
    Q_OBJECT

public:
    enum class Side { End, Start };
    explicit WrapLayout(int gap, Side side = Side::End);
    ~WrapLayout() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override { return int(m_items.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    [[nodiscard]] QLayoutItem *takeAt(int index) override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    using Line = std::vector<QLayoutItem *>;
    [[nodiscard]] std::vector<Line> linesFor(int width) const;
    [[nodiscard]] int widthOf(const Line &line) const;

    int m_gap;
    Side m_side;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace keytender::ui
