// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/linklabel.h"

#include <QPainter>

#include "ui/drawing.h"

namespace keytender::ui {

namespace {

// "github.com/login/device": what a person would type.
QString shortAddress(const QUrl &url)
{
    QString text = url.toDisplayString(QUrl::RemoveUserInfo);
    if (text.startsWith(QStringLiteral("https://")))
        text = text.mid(8);
    if (text.endsWith(u'/'))
        text.chop(1);
    return text;
}

QString breakable(QString text)
{
    constexpr QChar zeroWidthSpace(0x200B);
    for (const QChar separator : {u'/', u'.', u'?', u'&'})
        text.replace(separator, QString(separator) + zeroWidthSpace);
    return text;
}

QFont linkFont(const QFont &plain)
{
    QFont font = plain;
    font.setUnderline(true);
    return font;
}

} // namespace

LinkLabel::LinkLabel(QWidget *parent) : QPushButton(parent)
{
    setAutoDefault(false);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    connect(this, &QPushButton::clicked, this, [this] { Q_EMIT opened(m_target); });
}

void LinkLabel::setTarget(const QUrl &target)
{
    m_target = target;
    m_shown = breakable(shortAddress(target));
    setAccessibleName(shortAddress(target));
    setToolTip(target.toDisplayString(QUrl::RemoveUserInfo));
    updateGeometry();
    update();
}

int LinkLabel::flags() const
{
    return int(layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute
           | Qt::TextWordWrap;
}

QRect LinkLabel::textPlace() const
{
    constexpr int endless = 1 << 20;
    return Measures(font()).plainMetrics().boundingRect(QRect(0, 0, width(), endless), flags(), m_shown);
}

QSize LinkLabel::sizeHint() const
{
    const Measures measures(font());
    return {std::min(measures.plainMetrics().horizontalAdvance(m_shown), 75 * measures.unit),
            measures.plainMetrics().height()};
}

QSize LinkLabel::minimumSizeHint() const
{
    const Measures measures(font());
    return {20 * measures.unit, measures.plainMetrics().height()};
}

int LinkLabel::heightForWidth(int width) const
{
    constexpr int endless = 1 << 20;
    return Measures(font())
        .plainMetrics()
        .boundingRect(QRect(0, 0, std::max(1, width), endless), flags(), m_shown)
        .height();
}

void LinkLabel::paintEvent(QPaintEvent * /*event*/)
{
    const Tones tones = activeTones(palette());
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // an address, whatever is around it
    painter.setFont(linkFont(font()));
    // Made to bear a button's caption, the accent is as legible on the ground itself.
    painter.setPen(underMouse() ? tones.text : tones.accent);
    painter.drawText(rect(), flags(), m_shown);
    if (!hasFocus())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tones.accent, 1.5));
    painter.drawRoundedRect(QRectF(textPlace()).intersected(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3);
}

} // namespace keytender::ui
