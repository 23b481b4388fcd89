// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/glyphsign.h"

#include <QPainter>

#include "ui/drawing.h"

namespace keytender::ui {

GlyphSign::GlyphSign(Glyph glyph, profile::Severity severity, QWidget *parent)
    : QWidget(parent), m_glyph(glyph), m_severity(severity)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize GlyphSign::sizeHint() const
{
    const Measures measures(font());
    return {measures.glyph, std::max(measures.glyph, measures.boldMetrics().height())};
}

void GlyphSign::paintEvent(QPaintEvent * /*event*/)
{
    const Measures measures(font());
    QPainter painter(this);
    painter.drawPixmap(0, (height() - measures.glyph) / 2,
                       glyphPixmap(m_glyph, tonesOf(palette()).of(m_severity), measures.glyph, devicePixelRatioF()));
}

} // namespace keytender::ui
