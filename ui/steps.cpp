// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/steps.h"

#include <QGridLayout>
#include <QPainter>

#include "ui/busysign.h"
#include "ui/drawing.h"
#include "ui/glyphsign.h"
#include "ui/labels.h"

namespace keytender::ui {

namespace {

// Of a step that is still to come.
class Dot final : public QWidget {
public:
    Dot() { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }

    [[nodiscard]] QSize sizeHint() const override
    {
        const Measures measures(font());
        return {measures.glyph, std::max(measures.glyph, measures.boldMetrics().height())};
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(tonesOf(palette()).muted, 1.2));
        const double radius = Measures(font()).glyph / 6.0;
        painter.drawEllipse(QRectF(rect()).center(), radius, radius);
    }
};

QWidget *signFor(int index, int current)
{
    if (index < current)
        return new GlyphSign(Glyph::Tick, profile::Severity::Well);
    if (index == current)
        return new BusySign;
    return new Dot;
}

} // namespace

Steps::Steps(QWidget *parent) : QWidget(parent)
{
    m_layout = new QGridLayout(this);
    m_layout->setContentsMargins({});
    const int unit = Measures(font()).unit;
    m_layout->setHorizontalSpacing(2 * unit);
    m_layout->setVerticalSpacing(2 * unit);
    m_layout->setColumnStretch(1, 1);
}

void Steps::show(const QStringList &steps, int current)
{
    if (steps == m_steps && current == m_current)
        return;
    m_steps = steps;
    m_current = current;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int i = 0; i < m_steps.size(); ++i)
        addStep(i);
}

void Steps::addStep(int index)
{
    const QString &words = m_steps.at(index);
    auto *label = new TextLabel(words, index == m_current ? TextRole::Strong : TextRole::Muted);
    label->setMinimumHeight(Measures(font()).boldMetrics().height()); // the same in either weight
    QString spoken = tr("Still to come: %1");
    if (index <= m_current)
        spoken = index < m_current ? tr("Done: %1") : tr("Under way: %1");
    label->setAccessibleName(spoken.arg(words));
    m_layout->addWidget(signFor(index, m_current), index, 0, Qt::AlignTop);
    m_layout->addWidget(label, index, 1);
}

} // namespace keytender::ui
