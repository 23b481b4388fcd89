// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/linesfield.h"

#include <algorithm>

#include <QCoreApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>

#include "ui/drawing.h"

namespace keytender::ui {

namespace {

// It grows with what is written, up to here.
constexpr int fewestLines = 3;
constexpr int mostLines = 8;

} // namespace

LinesField::LinesField(QWidget *parent) : QPlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    const int unit = Measures(font()).unit;
    setViewportMargins(2 * unit + 2, 3 * unit / 2, 2 * unit + 2, 3 * unit / 2);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { updateGeometry(); });
    dress();
}

void LinesField::setLines(const QStringList &lines)
{
    setPlainText(lines.join(u'\n'));
}

QStringList LinesField::lines() const
{
    return toPlainText().split(u'\n', Qt::SkipEmptyParts);
}

QSize LinesField::sizeHint() const
{
    const Measures measures(font());
    const int lines = std::clamp(blockCount(), fewestLines, mostLines);
    return {60 * measures.unit, lines * measures.plainMetrics().lineSpacing() + 3 * measures.unit + 2};
}

void LinesField::dress()
{
    const QScopedValueRollback dressing(m_isDressing, true);
    QPalette dressed;
    dressed.setColor(QPalette::PlaceholderText, activeTones(palette()).muted);
    setPalette(dressed);
    viewport()->setAutoFillBackground(false);
}

void LinesField::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_isDressing)
        dress();
}

void LinesField::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    update();
}

void LinesField::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    update();
}

// Enter writes a line here; with Ctrl it presses the page's button, as elsewhere without.
void LinesField::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || event->modifiers() != Qt::ControlModifier) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    QKeyEvent plain(QEvent::KeyPress, event->key(), Qt::NoModifier);
    QCoreApplication::sendEvent(window(), &plain);
}

// Those of the viewport go elsewhere: this is the ground around it.
bool LinesField::event(QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return QPlainTextEdit::event(event);
    paintFrame();
    return true;
}

void LinesField::paintFrame()
{
    const Measures measures(font());
    const Tones tones = activeTones(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double inset = hasFocus() ? 1 : 0.5;
    painter.setBrush(tones.surface);
    painter.setPen(hasFocus() ? QPen(tones.accent, 2) : QPen(tones.line));
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 1.5 * measures.unit,
                            1.5 * measures.unit);
}

} // namespace keytender::ui
