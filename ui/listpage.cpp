// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/listpage.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

#include "profile/words.h"
#include "ui/button.h"
#include "ui/drawing.h"
#include "ui/emptystate.h"
#include "ui/icons.h"
#include "ui/labels.h"
#include "ui/line.h"
#include "ui/notices.h"
#include "ui/rowlist.h"
#include "ui/rowtext.h"

namespace keytender::ui {

namespace {

// Beyond these the list scrolls.
constexpr int rowsShown = 8;

} // namespace

ListPage::ListPage(const ProfileModel &model, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_model(model), m_clock(clock)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    m_list = new RowList(model, clock);
    m_empty = new EmptyState;
    m_body = new QStackedWidget;
    m_body->addWidget(m_empty);
    m_body->addWidget(m_list);
    m_notices = new Notices;
    m_header = makeHeader();
    m_footer = makeFooter();
    layout->addWidget(m_header);
    layout->addWidget(new Line);
    layout->addWidget(m_notices);
    layout->addWidget(m_body, 1);
    layout->addWidget(new Line);
    layout->addWidget(m_footer);

    connect(m_list, &RowList::detailsRequested, this, &ListPage::detailsRequested);
    connect(m_list, &RowList::reasonRequested, this, &ListPage::reasonRequested);
    connect(m_list, &RowList::unlockRequested, this, &ListPage::unlockRequested);
    connect(m_list, &RowList::refreshRequested, this, &ListPage::refreshRequested);
    connect(m_list, &RowList::signInRequested, this, &ListPage::signInRequested);
    connect(m_list, &RowList::signOutRequested, this, &ListPage::signOutRequested);
    connect(m_list, &RowList::careRequested, this, &ListPage::careRequested);
    connect(m_list, &RowList::rescueRequested, this, &ListPage::rescueRequested);
    connect(m_empty, &EmptyState::addLoginRequested, this, &ListPage::addLoginRequested);
    connect(m_empty, &EmptyState::addKeyRequested, this, &ListPage::addKeyRequested);
    connect(m_notices, &Notices::unlockRequested, this, &ListPage::unlockRequested);
    connect(m_notices, &Notices::openPageRequested, this, &ListPage::openPageRequested);
    connect(m_notices, &Notices::retryRevocationsRequested, this, &ListPage::retryRevocationsRequested);
    connect(m_list, &RowList::heightChanged, this, &ListPage::wantedHeightChanged);
    // One change may say so often; the words follow once.
    m_summarySoon.setSingleShot(true);
    m_summarySoon.setInterval(0);
    connect(&m_summarySoon, &QTimer::timeout, this, &ListPage::showSummary);
    connect(&model, &ProfileModel::summaryChanged, &m_summarySoon, qOverload<>(&QTimer::start));
    setCanSignIn(false);
    dress();
    showSummary();
    showFooter();
}

void ListPage::setSurroundings(const service::Surroundings &surroundings)
{
    if (surroundings == m_surroundings)
        return;
    m_surroundings = surroundings;
    m_notices->setSurroundings(surroundings);
    m_empty->setLooked(surroundings.looked);
    m_unlock->setVisible(surroundings.keychain == service::KeychainState::Locked);
    showSummary();
    showFooter();
}

void ListPage::setCanSignIn(bool canSignIn)
{
    m_addLogin->setEnabled(canSignIn);
    m_addKey->setEnabled(canSignIn);
    m_add->setEnabled(canSignIn);
    m_add->setToolTip(whyNoLogins(canSignIn));
    m_empty->setCanSignIn(canSignIn);
}

void ListPage::setNeighbours(service::Neighbours *neighbours)
{
    m_neighbours = neighbours;
}

void ListPage::setScanning(bool scanning)
{
    m_isScanning = scanning;
    m_rescan->setEnabled(!scanning);
    showFooter();
}

void ListPage::refreshWords()
{
    m_list->refreshWords();
    showFooter();
}

void ListPage::focusList()
{
    QWidget *target = m_model.rowCount() > 0 ? static_cast<QWidget *>(m_list) : m_rescan;
    target->setFocus(Qt::OtherFocusReason);
}

int ListPage::wantedHeight(int width) const
{
    const auto heightOf = [width](const QWidget *part) {
        return part->layout()->hasHeightForWidth() ? part->layout()->heightForWidth(width) : part->sizeHint().height();
    };
    const int body = m_model.rowCount() > 0 ? m_list->heightOf(rowsShown, width) : m_empty->fullHeight(width);
    const int notices = m_notices->isHidden() ? 0 : heightOf(m_notices);
    return heightOf(m_header) + notices + body + heightOf(m_footer) + 2;
}

QWidget *ListPage::makeHeader()
{
    const Measures measures(font());
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setSpacing(3 * measures.unit);
    m_sign = new QLabel;
    m_headline = new QLabel;
    m_headline->setTextFormat(Qt::RichText);
    m_headline->setWordWrap(true);
    m_menu = new QToolButton;
    m_menu->setAutoRaise(true);
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setToolTip(tr("Menu"));
    QMenu *menu = makeMenu();
    connect(m_menu, &QToolButton::clicked, menu,
            [this, menu] { menu->popup(m_menu->mapToGlobal(QPoint(0, m_menu->height()))); });
    layout->addWidget(m_sign, 0, Qt::AlignVCenter);
    layout->addWidget(m_headline, 1);
    layout->addWidget(m_menu, 0, Qt::AlignVCenter);
    return header;
}

QMenu *ListPage::makeMenu()
{
    auto *menu = new QMenu(m_menu);
    m_addLogin = menu->addAction(tr("Add a login…"), this, &ListPage::addLoginRequested);
    m_addKey = menu->addAction(tr("Add a key…"), this, &ListPage::addKeyRequested);
    menu->addSeparator();
    QAction *rescan = menu->addAction(tr("Rescan now"), this, &ListPage::rescanRequested);
    rescan->setShortcut(QKeySequence(Qt::Key_F5));
    rescan->setShortcutContext(Qt::WidgetShortcut); // shown here, answered by the panel
    m_unlock = menu->addAction(tr("Unlock the keychain…"), this, &ListPage::unlockRequested);
    m_unlock->setVisible(false);
    menu->addSeparator();
    QAction *care = menu->addAction(tr("Logins of other tools…"), this, &ListPage::neighboursRequested);
    QAction *signOut = menu->addAction(tr("Sign out of everything…"), this, &ListPage::signOutEverythingRequested);
    connect(menu, &QMenu::aboutToShow, this, [this, care, signOut] {
        care->setEnabled(anyIsAnotherTools());
        signOut->setEnabled(anyCanBeSignedOut());
    });
    menu->addSeparator();
    menu->addAction(tr("Settings…"), this, &ListPage::settingsRequested);
    menu->addAction(tr("Quit Keytender"), this, &ListPage::quitRequested);
    return menu;
}

// Asked when somebody looks, not with every change of the logins.
bool ListPage::anyCanBeSignedOut() const
{
    for (int i = 0; i < m_model.rowCount(); ++i) {
        if (m_model.at(i).actions.signOut)
            return true;
    }
    return false;
}

bool ListPage::anyIsAnotherTools() const
{
    return m_neighbours != nullptr && !m_neighbours->careOffers().empty();
}

QWidget *ListPage::makeFooter()
{
    auto *footer = new QWidget;
    auto *layout = new QHBoxLayout(footer);
    m_checked = new TextLabel({}, TextRole::Muted);
    m_rescan = new QToolButton;
    m_rescan->setAutoRaise(true);
    m_rescan->setAccessibleName(tr("Rescan now"));
    m_rescan->setToolTip(tr("Rescan now (F5)"));
    connect(m_rescan, &QToolButton::clicked, this, &ListPage::rescanRequested);
    m_add = new Button(tr("Add a login…"), Button::Rank::Plain);
    connect(m_add, &QPushButton::clicked, this, &ListPage::addLoginRequested);
    layout->addWidget(m_checked, 1);
    layout->addWidget(m_rescan);
    layout->addWidget(m_add);
    return footer;
}

void ListPage::showSummary()
{
    const service::Summary summary = m_model.summary();
    const Tones tones = tonesOf(palette());
    const QString headline = service::headline(summary);
    const QString rest = service::restOf(summary);
    m_headline->setText(QStringLiteral("<b>%1</b>&nbsp; <span style=\"color:%2\">%3</span>")
                            .arg(headline.toHtmlEscaped(), tones.muted.name(), rest.toHtmlEscaped()));
    m_headline->setAccessibleName(rest.isEmpty() ? headline : headline + QStringLiteral(", ") + rest);
    const int size = 5 * Measures(font()).unit + 4;
    const Sign sign{.look = trayLookOf(summary, m_surroundings),
                    .shade = isDark(palette()) ? PanelShade::Dark : PanelShade::Light,
                    .size = size,
                    .devicePixelRatio = devicePixelRatioF()};
    if (m_shownSign != sign) {
        m_shownSign = sign;
        m_sign->setPixmap(trayIcon(sign.look, sign.shade).pixmap(QSize(size, size), sign.devicePixelRatio));
    }
    const bool isEmpty = m_model.rowCount() == 0;
    m_body->setCurrentWidget(isEmpty ? m_empty : static_cast<QWidget *>(m_list));
    if (m_add->isHidden() != isEmpty) { // the empty page has its own
        m_add->setVisible(!isEmpty);
        dress();
    }
    Q_EMIT wantedHeightChanged();
}

void ListPage::showFooter()
{
    const auto count = static_cast<int>(m_surroundings.looked.size());
    const QString places = count == 1 ? tr("Watching 1 place") : tr("Watching %n places", nullptr, count);
    QString checked = tr("not checked yet");
    if (m_isScanning)
        checked = tr("checking…");
    else if (m_surroundings.lastScanAt)
        checked = tr("checked %1").arg(ago(*m_surroundings.lastScanAt, m_clock.wallTime()));
    m_checked->say(places + QStringLiteral(" · ") + checked);
    m_checked->setToolTip(m_surroundings.lastScanAt ? exactTime(*m_surroundings.lastScanAt) : QString());
}

void ListPage::dress()
{
    const Measures measures(font());
    const Tones tones = tonesOf(palette());
    m_menu->setIcon(glyphIcon(Glyph::Menu, tones.muted));
    m_rescan->setIcon(glyphIcon(Glyph::Rescan, tones.muted));
    const int unit = measures.unit;
    const Qt::LayoutDirection direction = layoutDirection();
    m_header->layout()->setContentsMargins(mirrored({measures.margin(), 4 * unit, 3 * unit, 4 * unit}, direction));
    m_footer->layout()->setContentsMargins(
        mirrored({measures.margin(), 2 * unit, m_add->isHidden() ? 3 * unit : measures.margin(), 2 * unit}, direction));
    m_headline->setAlignment((direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute
                             | Qt::AlignVCenter);
    m_notices->setMargins({measures.margin(), 4 * unit, measures.margin(), 0}, 2 * unit);
}

void ListPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::LayoutDirectionChange) {
        dress();
        showSummary();
    }
}

} // namespace keytender::ui
