// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/sectionrow.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include "ui/drawing.h"
#include "ui/icons.h"

namespace keytender::ui {

namespace {

constexpr int endless = 1 << 20;

int heightOf(const QFontMetrics &metrics, const QString &text, int width)
{
    if (text.isEmpty())
        return 0;
    return metrics.boundingRect(QRect(0, 0, std::max(1, width), endless), Qt::TextWordWrap, text).height();
}

} // namespace

SectionRow::SectionRow(const QString &title, QWidget *parent) : QAbstractButton(parent), m_title(title)
{
    setText(QString(title).replace(u'&', QStringLiteral("&&")));
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void SectionRow::setSummary(const QString &summary)
{
    m_summary = summary;
    setAccessibleDescription(summary);
    updateGeometry();
    update();
}

// What is left of a line beside its margins and the arrow.
QRect SectionRow::words(int width) const
{
    const Measures measures(font());
    const int side = 3 * measures.unit;
    const int top = 2 * measures.unit;
    return {side, top, width - 2 * side - measures.glyph - 2 * measures.unit, endless};
}

QSize SectionRow::sizeHint() const
{
    const int width = 75 * Measures(font()).unit;
    return {width, heightForWidth(width)};
}

QSize SectionRow::minimumSizeHint() const
{
    const Measures measures(font());
    return {40 * measures.unit, measures.plainMetrics().height() + 4 * measures.unit};
}

int SectionRow::heightForWidth(int width) const
{
    const Measures measures(font());
    const int room = words(width).width();
    return heightOf(measures.plainMetrics(), m_title, room) + heightOf(measures.smallMetrics(), m_summary, room)
           + 4 * measures.unit;
}

void SectionRow::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    const Tones tones = activeTones(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tones.hover);
        painter.drawRoundedRect(rect(), 2 * measures.unit, 2 * measures.unit);
    }
    QRect place = words(width());
    const auto write = [&](const QFont &face, const QColor &colour, const QString &text) {
        painter.setFont(face);
        painter.setPen(colour);
        place.setHeight(heightOf(QFontMetrics(face), text, place.width()));
        const Qt::Alignment side = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
        painter.setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), place),
                         int(side | Qt::AlignAbsolute) | Qt::TextWordWrap, text);
        place.moveTop(place.top() + place.height());
    };
    write(measures.plain, tones.text, m_title);
    write(measures.small, tones.muted, m_summary);
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const QRect arrow(width() - 3 * measures.unit - measures.glyph, (height() - measures.glyph) / 2, measures.glyph,
                      measures.glyph);
    painter.drawPixmap(
        QStyle::visualRect(layoutDirection(), rect(), arrow).topLeft(),
        glyphPixmap(isMirrored ? Glyph::Back : Glyph::Forward, tones.muted, measures.glyph, devicePixelRatioF()));
    if (!hasFocus())
        return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tones.accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 2 * measures.unit, 2 * measures.unit);
}

void SectionRow::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter)
        return QAbstractButton::keyPressEvent(event);
    if (!event->isAutoRepeat())
        click();
}

} // namespace keytender::ui
