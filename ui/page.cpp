// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/page.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>

#include "ui/drawing.h"
#include "ui/glyphsign.h"
#include "ui/line.h"
#include "ui/scrollbar.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

namespace {

int heightFor(const QLayout &layout, int width)
{
    return layout.hasHeightForWidth() ? layout.totalHeightForWidth(width) : layout.totalSizeHint().height();
}

// Shows all that the layout places, and lets it measure anew.
void settleIn(QLayout &layout)
{
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem &item = *layout.itemAt(i);
        if (item.layout() != nullptr)
            settleIn(*item.layout());
        if (item.widget() == nullptr)
            continue;
        if (!item.widget()->testAttribute(Qt::WA_WState_ExplicitShowHide))
            item.widget()->show();
        if (item.widget()->layout() != nullptr)
            settleIn(*item.widget()->layout());
        item.widget()->updateGeometry();
    }
    layout.invalidate();
}

} // namespace

Page::Page(const QString &title, QWidget *parent) : QWidget(parent), m_unit(Measures(font()).unit)
{
    const int margin = Measures(font()).margin();
    m_body = new QWidget;
    m_layout = new QVBoxLayout(m_body);
    m_layout->setContentsMargins(margin, margin, margin, margin);
    m_layout->setSpacing(0);
    m_title = new TextLabel(title, TextRole::Title);
    m_header = new QHBoxLayout;
    m_header->setSpacing(2 * m_unit);
    m_header->addWidget(m_title, 1);
    m_layout->addLayout(m_header);
    addGap(3);
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus); // the page scrolls with PageUp and PageDown from wherever the focus is
    ScrollBar::dress(*m_scroll);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(m_body);
    m_body->setAutoFillBackground(false); // the dialog paints it
    m_body->installEventFilter(this);
    m_footer = new QWidget;
    auto *buttons = new WrapLayout(2 * m_unit);
    buttons->setContentsMargins(margin, 3 * m_unit, margin, 3 * m_unit);
    m_footer->setLayout(buttons);
    m_footer->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(new Line);
    layout->addWidget(m_footer);
    setTitle(title);
}

void Page::setTitle(const QString &title)
{
    m_title->say(title);
    m_scroll->setAccessibleName(title);
}

QString Page::title() const
{
    return m_title->text();
}

void Page::setSign(Glyph glyph, profile::Severity severity)
{
    delete m_sign;
    m_sign = new GlyphSign(glyph, severity);
    m_header->insertWidget(0, m_sign, 0, Qt::AlignTop);
}

int Page::wantedHeight(int width) const
{
    return heightFor(*m_layout, width) + heightFor(*m_footer->layout(), width) + 1;
}

QWidget *Page::firstFocus()
{
    return m_primary;
}

void Page::settle()
{
    settleIn(*m_layout);
}

void Page::reveal(QWidget &part)
{
    m_layout->activate();
    m_scroll->ensureWidgetVisible(&part);
}

Button *Page::addButton(const QString &text, Button::Rank rank)
{
    auto *button = new Button(text, rank);
    m_footer->layout()->addWidget(button);
    if (rank != Button::Rank::Plain)
        m_primary = button;
    return button;
}

TextLabel *Page::addText(const QString &text, TextRole role)
{
    auto *label = new TextLabel(text, role);
    m_layout->addWidget(label);
    return label;
}

void Page::addHeading(const QString &text)
{
    addGap(4);
    addText(text, TextRole::Strong);
    addGap(1);
}

void Page::addField(const QString &name, QWidget &field)
{
    addGap(3);
    TextLabel *label = addText(name, TextRole::Muted);
    label->setBuddy(&field);
    field.setAccessibleName(name);
    addGap(1);
    m_layout->addWidget(&field);
}

void Page::addGap(int units)
{
    m_layout->addSpacing(units * m_unit);
}

bool Page::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_body && event->type() == QEvent::LayoutRequest)
        Q_EMIT wantedHeightChanged();
    return QWidget::eventFilter(watched, event);
}

void Page::keyPressEvent(QKeyEvent *event)
{
    QScrollBar &bar = *m_scroll->verticalScrollBar();
    if (event->key() == Qt::Key_PageDown)
        bar.triggerAction(QAbstractSlider::SliderPageStepAdd);
    else if (event->key() == Qt::Key_PageUp)
        bar.triggerAction(QAbstractSlider::SliderPageStepSub);
    else
        QWidget::keyPressEvent(event);
}

void clear(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->setParent(nullptr);
            widget->deleteLater();
        }
        delete item;
    }
}

QWidget *beside(QWidget *sign, QWidget *words)
{
    auto *both = new QWidget;
    auto *layout = new QHBoxLayout(both);
    layout->setContentsMargins({});
    layout->setSpacing(2 * Measures(both->font()).unit);
    layout->addWidget(sign, 0, Qt::AlignTop);
    layout->addWidget(words, 1);
    return both;
}

} // namespace keytender::ui
