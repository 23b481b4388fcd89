// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/dialog.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>

#include "ui/drawing.h"
#include "ui/icons.h"
#include "ui/page.h"

namespace keytender::ui {

Dialog::Dialog(QWidget *parent) : QDialog(parent)
{
    setWindowIcon(applicationIcon());
    setModal(false);
    m_pages = new QStackedWidget;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_pages);
    // A page asks for its own height; the stack would ask for that of the highest.
    m_pages->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
}

void Dialog::present()
{
    comeUp();
    activateWindow();
}

void Dialog::comeUp()
{
    if (!isVisible())
        fit();
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
}

Page *Dialog::page() const
{
    return qobject_cast<Page *>(m_pages->currentWidget());
}

void Dialog::addPage(Page &page)
{
    m_pages->addWidget(&page);
    // Queued: a page that is being filled asks more than once.
    connect(
        &page, &Page::wantedHeightChanged, this,
        [this, &page] {
            if (&page == this->page())
                grow();
        },
        Qt::QueuedConnection);
}

void Dialog::showPage(Page &page)
{
    const bool isNew = this->page() != &page;
    m_pages->setCurrentWidget(&page);
    page.settle();
    if (QWidget *first = page.firstFocus(); first != nullptr && (isNew || focusWidget() == nullptr))
        first->setFocus(Qt::OtherFocusReason);
    if (isNew)
        fit();
    else
        grow();
}

int Dialog::wantedHeight() const
{
    const Measures measures(font());
    const int available = screen()->availableGeometry().height() - 8 * measures.unit; // the window's own frame
    return std::min(page()->wantedHeight(std::max(width(), minimumWidth())), available);
}

void Dialog::fit()
{
    if (page() == nullptr)
        return;
    page()->settle();
    const Measures measures(font());
    const int width = std::min(measures.panelWidth(), screen()->availableGeometry().width());
    setMinimumSize(std::min(width, 80 * measures.unit), std::min(40 * measures.unit, wantedHeight()));
    if (!isVisible())
        resize(width, height());
    resize(std::max(width, this->width()), wantedHeight());
}

// Never smaller under the pointer: what was read a moment ago stays where it is.
void Dialog::grow()
{
    if (const int wanted = wantedHeight(); wanted > height())
        resize(width(), wanted);
}

void Dialog::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || event->modifiers() & ~Qt::KeypadModifier) {
        QDialog::keyPressEvent(event);
        return;
    }
    auto *focused = qobject_cast<QPushButton *>(focusWidget());
    QPushButton *pressed = focused != nullptr ? focused : page()->primary();
    // A key held down is no second answer.
    if (pressed != nullptr && pressed->isVisible() && pressed->isEnabled() && !event->isAutoRepeat())
        pressed->click();
}

void Dialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (page() == nullptr)
        return;
    if (QWidget *first = page()->firstFocus(); first != nullptr)
        first->setFocus(Qt::OtherFocusReason);
}

void Dialog::paintEvent(QPaintEvent * /*event*/)
{
    QPainter(this).fillRect(rect(), tonesOf(palette()).surface);
}

} // namespace keytender::ui
