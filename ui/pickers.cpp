// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/pickers.h"

#include <QEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include "ui/drawing.h"
#include "ui/field.h"

namespace keytender::ui {

namespace {

int heightOf(const QFont &font)
{
    return Measures(font).buttonSize({}).height();
}

// Frame, ground and the arrow at the end of the line; the text is a line edit's of its own.
void paintPicker(QWidget &picker, bool isFocused)
{
    const Measures measures(picker.font());
    const Tones tones = activeTones(picker.palette());
    const QRect rect = picker.rect();
    QPainter painter(&picker);
    painter.setRenderHint(QPainter::Antialiasing);
    const double inset = isFocused ? 1 : 0.5;
    painter.setBrush(tones.surface);
    painter.setPen(isFocused ? QPen(tones.accent, 2) : QPen(tones.line));
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), 1.5 * measures.unit,
                            1.5 * measures.unit);
    const QRect end(rect.right() - 5 * measures.unit, rect.top(), 5 * measures.unit, rect.height());
    const QPointF centre = QRectF(QStyle::visualRect(picker.layoutDirection(), rect, end)).center();
    const double half = measures.unit * 0.9;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(picker.isEnabled() ? tones.text : tones.line, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPolygonF arrow{centre + QPointF(-half, -half / 2), centre + QPointF(0, half / 2),
                          centre + QPointF(half, -half / 2)};
    painter.drawPolyline(arrow);
}

} // namespace

ListPicker::ListPicker(QWidget *parent) : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setFrame(false);
    const int unit = Measures(font()).unit;
    lineEdit()->setFrame(false);
    lineEdit()->setTextMargins(2 * unit - 2, 0, 0, 0);
    lineEdit()->installEventFilter(this);
    dressPlaceholder(*lineEdit());
}

void ListPicker::changeEvent(QEvent *event)
{
    QComboBox::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dressPlaceholder(*lineEdit());
}

QSize ListPicker::sizeHint() const
{
    return {60 * Measures(font()).unit, heightOf(font())};
}

QSize ListPicker::minimumSizeHint() const
{
    return {30 * Measures(font()).unit, heightOf(font())};
}

void ListPicker::paintEvent(QPaintEvent * /*event*/)
{
    paintPicker(*this, lineEdit()->hasFocus());
}

// The frame is ours, the focus is the line's.
bool ListPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QComboBox::eventFilter(watched, event);
}

DayPicker::DayPicker(const QDate &day, QWidget *parent) : QDateEdit(day, parent)
{
    setCalendarPopup(true);
    setFrame(false);
    QString format = QLocale().dateFormat(QLocale::ShortFormat);
    if (!format.contains(QStringLiteral("yyyy"))) // a year of two digits could be any part of a date
        format.replace(QStringLiteral("yy"), QStringLiteral("yyyy"));
    setDisplayFormat(format);
    lineEdit()->setFrame(false);
    lineEdit()->setTextMargins(2 * Measures(font()).unit - 2, 0, 0, 0);
}

QSize DayPicker::sizeHint() const
{
    const Measures measures(font());
    const int text = steadyWidth(measures.plainMetrics(), displayFormat().toUpper());
    return {text + 11 * measures.unit, heightOf(font())};
}

void DayPicker::paintEvent(QPaintEvent * /*event*/)
{
    paintPicker(*this, hasFocus());
}

} // namespace keytender::ui
