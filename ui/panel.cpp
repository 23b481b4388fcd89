// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panel.h"

#include <chrono>

#include <QApplication>
#include <QBoxLayout>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QStackedWidget>

#include "ui/drawing.h"
#include "ui/icons.h"
#include "ui/listpage.h"
#include "ui/popupplacement.h"
#include "ui/rowlist.h"

namespace keytender::ui {

namespace {

// A click on the tray icon first takes the panel's focus and with it hides it, then asks for it.
constexpr qint64 sameClickMilliseconds = 300;
constexpr std::chrono::seconds wordsInterval{15};

} // namespace

Panel::Panel(const ProfileModel &model, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_model(model), m_clock(clock)
{
    setObjectName(QStringLiteral("panel"));
    setWindowTitle(QStringLiteral("Keytender"));
    setWindowIcon(applicationIcon());
    setAutoFillBackground(true);
    m_pages = new QStackedWidget;
    m_list = new ListPage(model, clock);
    m_details = new DetailsPage(model, clock);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_details);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(m_pages);
    m_words.setInterval(wordsInterval);
    m_words.setTimerType(Qt::CoarseTimer);

    connect(&m_words, &QTimer::timeout, this, &Panel::refreshWords);
    connectPages();
    setShape(Shape::Window);
}

void Panel::connectPages()
{
    connect(m_list, &ListPage::detailsRequested, this, &Panel::openDetails);
    connect(m_list, &ListPage::reasonRequested, this, &Panel::openReason);
    connect(m_list, &ListPage::rescanRequested, this, &Panel::rescanRequested);
    connect(m_list, &ListPage::unlockRequested, this, &Panel::unlockRequested);
    connect(m_list, &ListPage::quitRequested, this, &Panel::quitRequested);
    connect(m_list, &ListPage::refreshRequested, this, &Panel::refreshRequested);
    connect(m_list, &ListPage::signInRequested, this, &Panel::signInRequested);
    connect(m_list, &ListPage::signOutRequested, this, &Panel::signOutRequested);
    connect(m_list, &ListPage::addLoginRequested, this, &Panel::addLoginRequested);
    connect(m_list, &ListPage::addKeyRequested, this, &Panel::addKeyRequested);
    connect(m_list, &ListPage::signOutEverythingRequested, this, &Panel::signOutEverythingRequested);
    connect(m_list, &ListPage::openPageRequested, this, &Panel::openPageRequested);
    connect(m_list, &ListPage::retryRevocationsRequested, this, &Panel::retryRevocationsRequested);
    connect(m_list, &ListPage::careRequested, this, &Panel::careRequested);
    connect(m_list, &ListPage::rescueRequested, this, &Panel::rescueRequested);
    connect(m_list, &ListPage::neighboursRequested, this, &Panel::neighboursRequested);
    connect(m_list, &ListPage::settingsRequested, this, &Panel::settingsRequested);
    connect(m_list, &ListPage::wantedHeightChanged, this, &Panel::fitToContents, Qt::QueuedConnection);
    connect(m_details, &DetailsPage::backRequested, this, &Panel::back);
    connect(m_details, &DetailsPage::vanished, this, &Panel::back);
    connect(m_details, &DetailsPage::refreshRequested, this, &Panel::refreshRequested);
    connect(m_details, &DetailsPage::signInRequested, this, &Panel::signInRequested);
    connect(m_details, &DetailsPage::signOutRequested, this, &Panel::signOutRequested);
    connect(m_details, &DetailsPage::careRequested, this, &Panel::careRequested);
    connect(m_details, &DetailsPage::previewRequested, this, &Panel::previewRequested);
    connect(m_details, &DetailsPage::linksRequested, this, &Panel::linksRequested);
    connect(m_details, &DetailsPage::rescueRequested, this, &Panel::rescueRequested);
}

Panel::~Panel() = default;

void Panel::setSurroundings(const service::Surroundings &surroundings)
{
    m_list->setSurroundings(surroundings);
}

void Panel::setScanning(bool scanning)
{
    m_list->setScanning(scanning);
}

void Panel::setCanSignIn(bool canSignIn)
{
    m_list->setCanSignIn(canSignIn);
}

void Panel::setNeighbours(service::Neighbours *neighbours)
{
    m_list->setNeighbours(neighbours);
    m_details->setNeighbours(neighbours);
}

void Panel::setActivity(const QString &profile, const std::vector<service::Activity> &newestFirst)
{
    if (profile == openProfile() && !profile.isEmpty())
        m_details->setActivity(newestFirst);
}

void Panel::setShape(Shape shape)
{
    const Qt::WindowFlags flags =
        shape == Shape::Popup ? Qt::Tool | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint : Qt::Window;
    m_shape = shape;
    if (windowFlags() == flags)
        return;
    const bool wasVisible = isVisible();
    setWindowFlags(flags);
    if (wasVisible)
        present();
}

void Panel::toggle(QPoint click)
{
    if (isVisible() && (m_shape == Shape::Popup || isActiveWindow())) {
        hide();
        return;
    }
    if (m_sinceFocusLeft.isValid() && m_sinceFocusLeft.elapsed() < sameClickMilliseconds) {
        m_sinceFocusLeft.invalidate();
        return;
    }
    m_click = click;
    present();
}

void Panel::present()
{
    fitToContents();
    if (m_shape == Shape::Popup)
        place();
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raiseAndFocus();
}

void Panel::presentProfile(const QString &id)
{
    openDetails(id);
    present();
}

void Panel::presentReason(const QString &id)
{
    openReason(id);
    present();
}

QString Panel::openProfile() const
{
    return m_pages->currentWidget() == m_details ? m_details->profile() : QString();
}

void Panel::back()
{
    m_pages->setCurrentWidget(m_list);
    m_details->open({});
    m_list->focusList();
    fitToContents();
}

void Panel::openDetails(const QString &id)
{
    open(id, DetailsPage::Part::Top);
}

void Panel::openReason(const QString &id)
{
    open(id, DetailsPage::Part::Activity);
}

void Panel::open(const QString &id, DetailsPage::Part part)
{
    if (m_model.find(id) == nullptr)
        return;
    m_details->open(id, part);
    m_pages->setCurrentWidget(m_details);
    m_details->focusBack();
    Q_EMIT activityRequested(id);
}

void Panel::refreshWords()
{
    m_list->refreshWords();
    m_details->refreshWords();
}

// A popup is as high as its list; a window is the user's to size once it was shown.
void Panel::fitToContents()
{
    const Measures measures(font());
    const int width = measures.panelWidth();
    setMinimumWidth(std::min(width, 80 * measures.unit));
    const bool isUsersOwn = m_shape == Shape::Window && isVisible();
    if (isUsersOwn || m_pages->currentWidget() != m_list)
        return;
    const QRect available = screen()->availableGeometry();
    const int wanted = m_list->wantedHeight(width - 2) + 2;
    const int smallest = 60 * measures.unit;
    resize(std::min(width, available.width()),
           std::clamp(wanted, smallest, std::max(smallest, available.height() - 16)));
    if (m_shape == Shape::Popup && isVisible())
        place();
}

void Panel::place()
{
    const QPoint click = m_click.value_or(QCursor::pos());
    const QScreen *there = QGuiApplication::screenAt(click);
    if (there == nullptr)
        there = screen();
    move(popupPlace(click, size(), there->availableGeometry()).topLeft());
}

void Panel::raiseAndFocus()
{
    raise();
    activateWindow();
    if (m_pages->currentWidget() == m_list)
        m_list->focusList();
    else
        m_details->focusBack();
}

void Panel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel)) {
        if (openProfile().isEmpty())
            hide();
        else
            back();
    } else if (event->matches(QKeySequence::Refresh)) {
        Q_EMIT rescanRequested();
    } else if (event->matches(QKeySequence::Back) && !openProfile().isEmpty()) {
        back();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void Panel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    const bool leaves = event->type() == QEvent::ActivationChange && m_shape == Shape::Popup && !isActiveWindow();
    if (!leaves || !isVisible() || QApplication::activePopupWidget() != nullptr)
        return;
    hide();
    m_sinceFocusLeft.start();
}

void Panel::closeEvent(QCloseEvent *event)
{
    // The only window is never lost: it is hidden, and the menu or a second start brings it back.
    event->ignore();
    hide();
}

void Panel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refreshWords();
    m_words.start();
    Q_EMIT shown();
}

void Panel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_words.stop();
}

void Panel::paintEvent(QPaintEvent * /*event*/)
{
    const Tones tones = tonesOf(palette());
    QPainter painter(this);
    painter.fillRect(rect(), tones.surface);
    if (m_shape != Shape::Popup)
        return;
    painter.setPen(tones.line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

Panel::Shape panelShape(bool trayIsPresent)
{
    const bool isX11 = QGuiApplication::platformName() == QStringLiteral("xcb");
    return trayIsPresent && isX11 ? Panel::Shape::Popup : Panel::Shape::Window;
}

} // namespace keytender::ui
