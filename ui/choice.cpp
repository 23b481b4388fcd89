// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/choice.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include "ui/drawing.h"

namespace keytender::ui {

namespace {

// Names of scopes are long words: they may break after their separators.
QString breakable(QString text)
{
    constexpr QChar zeroWidthSpace(0x200B);
    for (const QChar separator : {u'/', u':', u'.', u'_'})
        text.replace(separator, QString(separator) + zeroWidthSpace);
    return text;
}

int heightOf(const QFontMetrics &metrics, const QString &text, int width)
{
    if (text.isEmpty())
        return 0;
    constexpr int endless = 1 << 20;
    return metrics.boundingRect(QRect(0, 0, std::max(1, width), endless), Qt::TextWordWrap, text).height();
}

} // namespace

Choice::Choice(Kind kind, const QString &title, const QString &description, QWidget *parent)
    : QCheckBox(parent), m_kind(kind), m_title(breakable(title)), m_description(breakable(description))
{
    // An ampersand of a name is no key.
    setText(QString(title).replace(u'&', QStringLiteral("&&")));
    setAccessibleName(title);
    setAccessibleDescription(description);
    setAutoExclusive(kind == Kind::Radio);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void Choice::setBrief(bool isBrief)
{
    if (isBrief == m_isBrief)
        return;
    m_isBrief = isBrief;
    updateGeometry();
    connect(this, &QAbstractButton::toggled, this, &Choice::updateGeometry);
}

QString Choice::description() const
{
    return m_isBrief && !isChecked() ? QString() : m_description;
}

int Choice::indent() const
{
    const Measures measures(font());
    return measures.glyph + 2 * measures.unit;
}

QSize Choice::sizeHint() const
{
    const Measures measures(font());
    const int words = std::max(measures.plainMetrics().horizontalAdvance(m_title),
                               measures.smallMetrics().horizontalAdvance(description()));
    const int width = std::min(indent() + words, 75 * measures.unit);
    return {width, heightForWidth(width)};
}

QSize Choice::minimumSizeHint() const
{
    const Measures measures(font());
    return {indent() + 20 * measures.unit, measures.plainMetrics().height() + 3 * measures.unit};
}

int Choice::heightForWidth(int width) const
{
    const Measures measures(font());
    const int room = width - indent();
    return heightOf(measures.plainMetrics(), m_title, room) + heightOf(measures.smallMetrics(), description(), room)
           + 3 * measures.unit;
}

void Choice::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    const Tones tones = activeTones(palette());
    QPainter painter(this);
    const int line = measures.plainMetrics().height();
    int top = 3 * measures.unit / 2;
    const QRect mark(0, top + (line - measures.glyph) / 2, measures.glyph, measures.glyph);
    paintMark(painter, QStyle::visualRect(layoutDirection(), rect(), mark));
    const auto write = [&](const QFont &face, const QColor &colour, const QString &text) {
        painter.setFont(face);
        painter.setPen(colour);
        const int room = width() - indent();
        const QRect place(indent(), top, room, heightOf(QFontMetrics(face), text, room));
        // It stands at the line's beginning, and is read in its own direction.
        const Qt::Alignment side = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
        painter.setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), place),
                         int(side | Qt::AlignAbsolute) | Qt::TextWordWrap, text);
        top += place.height();
    };
    write(measures.plain, isEnabled() || isChecked() ? tones.text : tones.muted, m_title);
    if (!description().isEmpty())
        write(measures.small, tones.muted, description());
}

void Choice::paintMark(QPainter &painter, const QRect &place) const
{
    const Tones tones = activeTones(palette());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(place).adjusted(1, 1, -1, -1);
    const double radius = m_kind == Kind::Radio ? body.width() / 2 : body.width() / 4;
    const QColor ground = isEnabled() ? tones.accent : tones.line;
    const QColor rim = underMouse() && isEnabled() ? tones.text : tones.muted;
    painter.setBrush(isChecked() ? ground : Qt::transparent);
    painter.setPen(isChecked() ? QPen(Qt::NoPen) : QPen(isEnabled() ? rim : tones.line, 1.2));
    painter.drawRoundedRect(body, radius, radius);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(isChecked() ? tones.text : tones.accent, 2));
        painter.drawRoundedRect(body, radius, radius);
    }
    const QColor ink = isEnabled() ? tones.onAccent : tones.text;
    if (isChecked() && m_kind == Kind::Radio) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        painter.drawEllipse(body.center(), body.width() / 5, body.width() / 5);
    } else if (isChecked()) {
        QPainterPath tick(body.topLeft() + QPointF(0.24, 0.53) * body.width());
        tick.lineTo(body.topLeft() + QPointF(0.43, 0.72) * body.width());
        tick.lineTo(body.topLeft() + QPointF(0.77, 0.31) * body.width());
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, body.width() / 8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(tick);
    }
    painter.restore();
}

} // namespace keytender::ui
