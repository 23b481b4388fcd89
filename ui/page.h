// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QWidget>

#include "ui/button.h"
#include "ui/icons.h"
#include "ui/labels.h"

class QBoxLayout;
class QHBoxLayout;
class QLayout;
class QScrollArea;
class QVBoxLayout;

namespace keytender::ui {

// One page of a dialog: a title, what it says or asks, and its buttons below a hairline. What does not fit scrolls; the
// buttons never do.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    [[nodiscard]] QString title() const;
    // In front of the title.
    void setSign(Glyph glyph, profile::Severity severity);

    [[nodiscard]] int wantedHeight(int width) const;
    // What Enter presses; may be none.
    [[nodiscard]] Button *primary() const { return m_primary; }
    // Where the focus goes when the page is shown.
    [[nodiscard]] virtual QWidget *firstFocus();
    // After parts were added or shown: Qt counts them in when the events are through, and a window opens before that.
    void settle();
    // Puts what was written or found last into view.
    void reveal(QWidget &part);

Q_SIGNALS:
    void wantedHeightChanged();

protected:
    [[nodiscard]] QVBoxLayout &body() { return *m_layout; }
    // In reading order; the primary one last.
    Button *addButton(const QString &text, Button::Rank rank);
    void setPrimary(Button *button) { m_primary = button; }

    TextLabel *addText(const QString &text, TextRole role);
    void addHeading(const QString &text);
    // The field's name above it, for eyes and for screen readers.
    void addField(const QString &name, QWidget &field);
    void addGap(int units);
    [[nodiscard]] int unit() const { return m_unit; }

    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int m_unit;
    TextLabel *m_title = nullptr;
    QHBoxLayout *m_header = nullptr;
    QWidget *m_sign = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_body = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QWidget *m_footer = nullptr;
    Button *m_primary = nullptr;
};

// Takes everything out of it. What is under way in a part that goes, a click of its own say, comes to its end.
void clear(QLayout &layout);

// A sign and the words that it belongs to.
[[nodiscard]] QWidget *beside(QWidget *sign, QWidget *words);

} // namespace keytender::ui
