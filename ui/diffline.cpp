// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/diffline.h"

#include <QFontDatabase>
#include <QPainter>

#include "ui/drawing.h"

namespace keytender::ui {

using Kind = service::WritePreview::Line::Kind;

namespace {

QString signOf(Kind kind)
{
    switch (kind) {
    case Kind::Same:
        return {};
    case Kind::Before:
        return QStringLiteral("−");
    case Kind::After:
        return QStringLiteral("+");
    }
    return {};
}

QString spokenOf(const service::WritePreview::Line &line)
{
    switch (line.kind) {
    case Kind::Same:
        return DiffLine::tr("unchanged: %1").arg(line.text);
    case Kind::Before:
        return DiffLine::tr("before: %1").arg(line.text);
    case Kind::After:
        return DiffLine::tr("after: %1").arg(line.text);
    }
    return {};
}

} // namespace

DiffLine::DiffLine(const service::WritePreview::Line &line, QWidget *parent) : QLabel(parent), m_kind(line.kind)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setText(line.text);
    setAccessibleName(spokenOf(line));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QFont DiffLine::face() const
{
    const QFont usual = parentWidget() == nullptr ? font() : parentWidget()->font();
    const Measures measures(usual);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (measures.small.pointSizeF() > 0)
        fixed.setPointSizeF(measures.small.pointSizeF());
    else
        fixed.setPixelSize(measures.small.pixelSize());
    return fixed;
}

int DiffLine::indent() const
{
    return 4 * Measures(font()).unit;
}

QSize DiffLine::sizeHint() const
{
    const QFontMetrics metrics(face());
    return {indent() + metrics.horizontalAdvance(text()), metrics.height()};
}

QSize DiffLine::minimumSizeHint() const
{
    const QFontMetrics metrics(face());
    return {indent() + 8 * metrics.averageCharWidth(), metrics.height()};
}

int DiffLine::heightForWidth(int width) const
{
    constexpr int endless = 1 << 20;
    const QFontMetrics metrics(face());
    const int room = std::max(1, width - indent() - Measures(font()).unit);
    const QRect needed = metrics.boundingRect(QRect(0, 0, room, endless), Qt::TextWrapAnywhere, text());
    return std::max(metrics.height(), needed.height()) + 2;
}

void DiffLine::paintEvent(QPaintEvent * /*event*/)
{
    const Tones tones = tonesOf(parentWidget()->palette());
    QPainter painter(this);
    if (m_kind != Kind::Same) {
        // What comes is nearly the text's own colour, and would be paler than what goes.
        const float share = m_kind == Kind::Before ? 0.12F : 0.2F;
        QColor ground = m_kind == Kind::Before ? tones.actNow : tones.well;
        ground.setAlphaF(isDark(parentWidget()->palette()) ? share + 0.04F : share);
        painter.fillRect(rect(), ground);
    }
    painter.setFont(face());
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.setPen(m_kind == Kind::Same ? tones.muted : tones.text);
    const int unit = Measures(font()).unit;
    painter.drawText(QRect(0, 1, indent(), QFontMetrics(face()).height()), Qt::AlignCenter, signOf(m_kind));
    painter.drawText(rect().adjusted(indent(), 1, -unit, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere,
                     text());
}

} // namespace keytender::ui
