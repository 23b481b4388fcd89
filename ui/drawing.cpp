// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/drawing.h"

#include <algorithm>

#include <QPainter>
#include <QPainterPath>

#include "profile/health.h"

namespace keytender::ui {

namespace {

QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qRound(font.pixelSize() * factor));
    return font;
}

QColor shaded(const QColor &colour, const ButtonLook &look)
{
    if (look.isDown)
        return colour.darker(112);
    return look.isUnderPointer ? colour.lighter(108) : colour;
}

} // namespace

Measures::Measures(const QFont &font) : plain(font), bold(font), small(scaled(font, 0.92))
{
    bold.setWeight(QFont::DemiBold);
    const int height = QFontMetrics(font).height();
    unit = std::max(4, qRound(height / 4.0));
    glyph = std::max(16, height / 4 * 4);
}

QSize Measures::buttonSize(const QString &text) const
{
    const QFontMetrics metrics = plainMetrics();
    return {metrics.horizontalAdvance(text) + 6 * unit, metrics.height() + 3 * unit};
}

int Measures::panelWidth() const
{
    return std::max(420, 105 * unit);
}

int steadyWidth(const QFontMetrics &metrics, const QString &text)
{
    int digit = 0;
    for (char16_t c = u'0'; c <= u'9'; ++c)
        digit = std::max(digit, metrics.horizontalAdvance(QChar(c)));
    int width = metrics.horizontalAdvance(text);
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9')
            width += digit - metrics.horizontalAdvance(c);
    }
    return width;
}

QMargins mirrored(const QMargins &margins, Qt::LayoutDirection direction)
{
    if (direction == Qt::LeftToRight)
        return margins;
    return {margins.right(), margins.top(), margins.left(), margins.bottom()};
}

void paintButton(QPainter &painter, const QRect &rect, const QString &text, const Measures &measures,
                 const Tones &tones, ButtonLook look)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = 1.5 * measures.unit;
    const QRectF body = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const QColor ground = look.isPrimary ? tones.accent : tones.surface;
    painter.setBrush(shaded(ground, look));
    painter.setPen(look.isPrimary ? Qt::NoPen : QPen(tones.line));
    painter.drawRoundedRect(body, radius, radius);
    if (look.hasFocus) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(look.isPrimary ? tones.text : tones.accent, 2));
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    painter.setFont(measures.plain);
    painter.setPen(look.isPrimary ? tones.onAccent : tones.text);
    painter.setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextShowMnemonic, text);
    painter.restore();
}

void paintLifeBar(QPainter &painter, const QRect &rect, const Tones &tones, const LifeBar &bar)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (bar.isMirrored) {
        painter.translate(rect.left() * 2 + rect.width(), 0);
        painter.scale(-1, 1);
    }
    const double radius = rect.height() / 2.0;
    QPainterPath track;
    track.addRoundedRect(rect, radius, radius);
    painter.fillPath(track, tones.line);
    QRectF gone = rect;
    gone.setWidth(rect.width() * std::clamp(bar.elapsed, 0.0, 1.0));
    painter.setClipPath(track);
    painter.fillRect(gone, bar.colour);
    painter.setClipping(false);
    // The mark stands in a gap of its own, so that it is seen on both halves of the bar.
    const double mark = rect.left() + qRound(rect.width() * bar.renewalShare);
    painter.fillRect(QRectF(mark - 2, rect.top(), 5, rect.height()), tones.surface);
    painter.fillRect(QRectF(mark, rect.top() - 2, 1, rect.height() + 4), tones.muted);
    painter.restore();
}

} // namespace keytender::ui
