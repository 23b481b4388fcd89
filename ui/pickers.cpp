// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/pickers.h"

#include <QEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionSpinBox>
#include <QWheelEvent>

#include "ui/drawing.h"
#include "ui/field.h"

namespace keytender::ui {

namespace {

int heightOf(const QFont &font)
{
    return Measures(font).buttonSize({}).height();
}

void paintFrame(QWidget &picker, bool isFocused)
{
    const Measures measures(picker.font());
    const Tones tones = activeTones(picker.palette());
    QPainter painter(&picker);
    painter.setRenderHint(QPainter::Antialiasing);
    const double inset = isFocused ? 1 : 0.5;
    painter.setBrush(tones.surface);
    painter.setPen(isFocused ? QPen(tones.accent, 2) : QPen(tones.line));
    painter.drawRoundedRect(QRectF(picker.rect()).adjusted(inset, inset, -inset, -inset), 1.5 * measures.unit,
                            1.5 * measures.unit);
}

enum class Arrow { Down, Up };

void paintArrow(QWidget &picker, QPointF centre, Arrow arrow)
{
    const Measures measures(picker.font());
    const Tones tones = activeTones(picker.palette());
    QPainter painter(&picker);
    painter.setRenderHint(QPainter::Antialiasing);
    const double half = measures.unit * 0.9;
    const double rise = arrow == Arrow::Down ? half / 2 : -half / 2;
    painter.setPen(QPen(picker.isEnabled() ? tones.text : tones.line, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPolygonF line{centre + QPointF(-half, -rise), centre + QPointF(0, rise), centre + QPointF(half, -rise)};
    painter.drawPolyline(line);
}

// Frame, ground and the arrow at the end of the line; the text is a line edit's of its own.
void paintPicker(QWidget &picker, bool isFocused)
{
    paintFrame(picker, isFocused);
    const int unit = Measures(picker.font()).unit;
    const QRect rect = picker.rect();
    const QRect end(rect.right() - 5 * unit, rect.top(), 5 * unit, rect.height());
    paintArrow(picker, QRectF(QStyle::visualRect(picker.layoutDirection(), rect, end)).center(), Arrow::Down);
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

WordPicker::WordPicker(QWidget *parent) : QComboBox(parent)
{
    setFrame(false);
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
}

void WordPicker::setWords(const std::vector<Word> &words)
{
    bool areSame = count() == static_cast<int>(words.size());
    for (int i = 0; areSame && i < count(); ++i) {
        const Word &word = words.at(static_cast<std::size_t>(i));
        areSame = itemText(i) == word.text && itemData(i) == word.data;
    }
    if (areSame)
        return;
    const QVariant chosen = currentData();
    clear();
    for (const Word &word : words)
        addItem(word.text, word.data);
    setCurrentIndex(std::max(0, findData(chosen)));
    updateGeometry();
}

QSize WordPicker::sizeHint() const
{
    const Measures measures(font());
    int words = 0;
    for (int i = 0; i < count(); ++i)
        words = std::max(words, measures.plainMetrics().horizontalAdvance(itemText(i)));
    return {std::min(words + 10 * measures.unit, 70 * measures.unit), heightOf(font())};
}

QSize WordPicker::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 30 * Measures(font()).unit), heightOf(font())};
}

void WordPicker::paintEvent(QPaintEvent * /*event*/)
{
    paintPicker(*this, hasFocus());
    const Measures measures(font());
    const Tones tones = activeTones(palette());
    const QRect words =
        QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(3 * measures.unit, 0, -6 * measures.unit, 0));
    QPainter painter(this);
    painter.setFont(measures.plain);
    painter.setPen(isEnabled() ? tones.text : tones.muted);
    const Qt::Alignment side = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(words, int(side | Qt::AlignAbsolute | Qt::AlignVCenter) | Qt::TextSingleLine,
                     measures.plainMetrics().elidedText(currentText(), Qt::ElideRight, words.width()));
}

// Who scrolls the page does not mean to choose.
void WordPicker::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

NumberPicker::NumberPicker(int least, int most, QWidget *parent) : QSpinBox(parent)
{
    setRange(least, most);
    setKeyboardTracking(false);
    lineEdit()->setFrame(false);
    lineEdit()->setTextMargins(2 * Measures(font()).unit - 2, 0, 0, 0);
}

QSize NumberPicker::sizeHint() const
{
    const Measures measures(font());
    const QString widest = prefix() + QString::number(maximum()) + suffix();
    return {steadyWidth(measures.plainMetrics(), widest) + 11 * measures.unit, heightOf(font())};
}

void NumberPicker::paintEvent(QPaintEvent * /*event*/)
{
    paintFrame(*this, hasFocus());
    QStyleOptionSpinBox option;
    initStyleOption(&option);
    const auto centreOf = [&](QStyle::SubControl part) {
        return QRectF(style()->subControlRect(QStyle::CC_SpinBox, &option, part, this)).center();
    };
    paintArrow(*this, centreOf(QStyle::SC_SpinBoxUp), Arrow::Up);
    paintArrow(*this, centreOf(QStyle::SC_SpinBoxDown), Arrow::Down);
}

void NumberPicker::wheelEvent(QWheelEvent *event)
{
    event->ignore();
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
