// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/detailspage.h"

#include <algorithm>
#include <chrono>

#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPointer>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>

#include "profile/words.h"
#include "ui/button.h"
#include "ui/clocks.h"
#include "ui/drawing.h"
#include "ui/generations.h"
#include "ui/icons.h"
#include "ui/labels.h"
#include "ui/line.h"
#include "ui/neighbourpart.h"
#include "ui/report.h"
#include "ui/rowgeometry.h"
#include "ui/rowtext.h"
#include "ui/scrollbar.h"
#include "ui/wraplayout.h"

namespace keytender::ui {

namespace {

// A button that was pressed says so for a moment.
void sayDone(Button &button, const QString &done, const QString &afterwards)
{
    button.setText(done);
    const QPointer<Button> held(&button);
    QTimer::singleShot(std::chrono::seconds(2), &button, [held, afterwards] {
        if (held != nullptr)
            held->setText(afterwards);
    });
}

} // namespace

DetailsPage::DetailsPage(const ProfileModel &model, const base::Clock &clock, QWidget *parent)
    : QWidget(parent), m_model(model), m_clock(clock)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(new Line);
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    ScrollBar::dress(*m_scroll);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setAccessibleName(tr("Details"));
    layout->addWidget(m_scroll, 1);
    const Measures measures(font());
    m_report = new Button(tr("Copy redacted report"), Button::Rank::Plain);
    m_report->setToolTip(tr("Without account names and without secrets: fit for a bug report"));
    connect(m_report, &QPushButton::clicked, this, &DetailsPage::copyReport);
    auto *footer = new QHBoxLayout;
    footer->setContentsMargins(measures.margin(), 3 * measures.unit, measures.margin(), 3 * measures.unit);
    footer->addStretch(1);
    footer->addWidget(m_report);
    layout->addWidget(new Line);
    layout->addLayout(footer);

    m_rebuildSoon.setSingleShot(true);
    m_rebuildSoon.setInterval(0);
    connect(&m_rebuildSoon, &QTimer::timeout, this, &DetailsPage::rebuild);
    connect(&model, &QAbstractItemModel::dataChanged, this, &DetailsPage::follow);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &DetailsPage::follow);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &DetailsPage::follow);
}

void DetailsPage::drawBackArrow()
{
    m_back->setIcon(
        glyphIcon(layoutDirection() == Qt::RightToLeft ? Glyph::Forward : Glyph::Back, tonesOf(palette()).text));
}

void DetailsPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_back != nullptr)
        drawBackArrow();
}

void DetailsPage::keyPressEvent(QKeyEvent *event)
{
    const auto action = m_shown ? actionFor(*event, *m_shown) : std::nullopt;
    if (action == RowAction::Renew)
        Q_EMIT refreshRequested(m_id);
    else if (action == RowAction::SignOut)
        Q_EMIT signOutRequested(m_id);
    else if (action == RowAction::KeepFresh)
        Q_EMIT careRequested(m_id);
    else if (action == RowAction::CopyCommand)
        copyCommand();
    else
        QWidget::keyPressEvent(event);
}

QWidget *DetailsPage::makeHeader()
{
    const Measures measures(font());
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    const int unit = measures.unit;
    layout->setContentsMargins(mirrored({3 * unit, 3 * unit, measures.margin(), 3 * unit}, layoutDirection()));
    layout->setSpacing(2 * measures.unit);
    m_back = new QToolButton;
    m_back->setAutoRaise(true);
    m_back->setAccessibleName(tr("Back"));
    m_back->setToolTip(tr("Back (Esc)"));
    drawBackArrow();
    connect(m_back, &QToolButton::clicked, this, &DetailsPage::backRequested);
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    m_title = new TextLabel({}, TextRole::Title);
    m_account = new TextLabel({}, TextRole::Muted);
    names->addWidget(m_title);
    names->addWidget(m_account);
    layout->addWidget(m_back, 0, Qt::AlignVCenter);
    layout->addLayout(names, 1);
    return header;
}

void DetailsPage::open(const QString &id, Part part)
{
    m_id = id;
    m_shown.reset();
    m_activity.reset();
    m_unfolded.clear();
    m_word = {};
    m_isAtActivity = part == Part::Activity;
    m_scroll->verticalScrollBar()->setValue(0);
    follow();
}

void DetailsPage::setActivity(const std::vector<service::Activity> &newestFirst)
{
    if (m_activity == newestFirst)
        return;
    m_activity = newestFirst;
    if (!m_isAtActivity) {
        rebuild();
        return;
    }
    m_isAtActivity = false;
    const auto trouble = std::ranges::find_if(newestFirst, [](const service::Activity &activity) {
        return activity.severity >= profile::Severity::Due && !activity.steps.empty();
    });
    if (trouble != newestFirst.end())
        m_unfolded.insert(trouble->at);
    rebuild();
    // Once it is laid out.
    QTimer::singleShot(0, m_activityHeading, [this] { scrollToActivity(); });
}

void DetailsPage::setNeighbours(service::Neighbours *neighbours)
{
    if (m_neighbours == neighbours)
        return;
    if (m_neighbours != nullptr)
        m_neighbours->disconnect(&m_rebuildSoon);
    m_neighbours = neighbours;
    if (neighbours != nullptr)
        connect(neighbours, &service::Neighbours::changed, &m_rebuildSoon, qOverload<>(&QTimer::start));
    m_word = {};
    rebuild();
}

void DetailsPage::scrollToActivity()
{
    m_scroll->widget()->layout()->activate();
    m_scroll->verticalScrollBar()->setValue(m_activityHeading->y() - 4 * Measures(font()).unit);
}

void DetailsPage::focusBack()
{
    m_back->setFocus(Qt::OtherFocusReason);
}

void DetailsPage::follow()
{
    if (m_id.isEmpty())
        return;
    const service::Row *row = m_model.find(m_id);
    if (row == nullptr) {
        Q_EMIT vanished();
        return;
    }
    if (m_shown == *row)
        return;
    // A countdown that went on changes words, and leaves the page and the focus where they are.
    const bool wordsOnly = m_shown && m_shown->profile == row->profile
                           && m_shown->condition.reason == row->condition.reason
                           && m_shown->condition.health == row->condition.health && m_shown->actions == row->actions;
    m_shown = *row;
    if (wordsOnly)
        refreshWords();
    else
        rebuild();
}

void DetailsPage::refreshWords()
{
    if (!m_shown || m_clocks == nullptr)
        return;
    const base::Timestamp now = m_clock.wallTime();
    m_clocks->show(*m_shown, now);
    const QString sentence = rowTextOf(*m_shown, now).sentence;
    m_sentence->say(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void DetailsPage::rebuild()
{
    if (!m_shown)
        return;
    const service::Row &row = *m_shown;
    const RowText text = rowTextOf(row, m_clock.wallTime());
    m_title->say(text.who);
    m_account->say(text.account);
    m_account->setVisible(!text.account.isEmpty());
    const Measures measures(font());
    const int place = m_scroll->verticalScrollBar()->value();
    const QString focused = m_scroll->isAncestorOf(focusWidget()) ? focusWidget()->objectName() : QString();
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(measures.margin(), 4 * measures.unit, measures.margin(), 4 * measures.unit);
    layout->setSpacing(0);
    addState(*layout, row);
    addNeighbours(*layout);
    addCopies(*layout, row.profile);
    addTwins(*layout, row.profile);
    addGenerations(*layout);
    addActivity(*layout);
    layout->addStretch(1);
    // Not at once: it may be a part of it that asked for this.
    if (QWidget *before = m_scroll->takeWidget())
        before->deleteLater();
    m_scroll->setWidget(page);
    page->setAutoFillBackground(false); // the panel paints it
    m_scroll->verticalScrollBar()->setValue(place);
    refreshWords();
    // Who pressed a button that is still there stays on it.
    if (focused.isEmpty())
        return;
    auto *again = page->findChild<QWidget *>(focused);
    if (again != nullptr && !again->isEnabled()) // an account that arrived at the top moves up no more
        again = again->nextInFocusChain();
    (again == nullptr ? m_back : again)->setFocus(Qt::OtherFocusReason);
}

void DetailsPage::addState(QBoxLayout &layout, const service::Row &row)
{
    const int unit = Measures(font()).unit;
    m_clocks = new Clocks;
    layout.addWidget(m_clocks);
    layout.addSpacing(3 * unit);
    m_sentence = new TextLabel({}, TextRole::Plain);
    m_sentence->setContentsMargins(0, 0, 0, 2 * unit);
    layout.addWidget(m_sentence);
    addActions(layout, row);
    const QString renewal = profile::renewal(row.profile, row.condition);
    // Of a shared one both would say the same.
    const bool isShared = row.profile.care == profile::Care::Shared;
    QStringList care = {isShared && !renewal.isEmpty() ? QString() : origin(row.profile), renewal};
    care.removeAll(QString());
    layout.addWidget(new TextLabel(care.join(QStringLiteral(" · ")), TextRole::Muted));
    if (!row.profile.credential.scopes.isEmpty())
        layout.addWidget(new TextLabel(tr("Scopes: %1").arg(row.profile.credential.scopes.join(QStringLiteral(", "))),
                                       TextRole::Path));
}

// What helps stands first and is the only one that shines.
void DetailsPage::addActions(QBoxLayout &layout, const service::Row &row)
{
    const int unit = Measures(font()).unit;
    auto *flow = new WrapLayout(2 * unit, WrapLayout::Side::Start);
    const auto add = [&](const char *name, const QString &text, bool helps) {
        auto *button = new Button(text, helps ? Button::Rank::Primary : Button::Rank::Plain);
        button->setObjectName(QLatin1String(name));
        flow->addWidget(button);
        return button;
    };
    const QString id = row.profile.id;
    const auto addSignIn = [&](bool helps) {
        connect(add("signIn", tr("Sign in again…"), helps), &QPushButton::clicked, this,
                [this, id] { Q_EMIT signInRequested(id); });
    };
    const bool wantsIt = wantsSignIn(row);
    if (row.actions.rescue)
        connect(add("rescue", title(RowAction::Rescue), true), &QPushButton::clicked, this,
                [this, id] { Q_EMIT rescueRequested(id); });
    if (row.actions.signIn && wantsIt)
        addSignIn(!row.actions.rescue);
    if (offersSignInCommand(row)) {
        Button *copy = add("copyCommand", tr("Copy “%1”").arg(row.signInCommand), !row.actions.rescue);
        connect(copy, &QPushButton::clicked, this, &DetailsPage::copyCommand);
    }
    if (offersRenewal(row))
        connect(add("refresh", wantsRetry(row) ? title(RowAction::Renew) : tr("Renew now"), false),
                &QPushButton::clicked, this, [this, id] { Q_EMIT refreshRequested(id); });
    if (row.actions.signIn && !wantsIt)
        addSignIn(false);
    if (row.actions.signOut)
        connect(add("signOut", signOutTitle(row.profile), false), &QPushButton::clicked, this,
                [this, id] { Q_EMIT signOutRequested(id); });
    layout.addLayout(flow);
    if (flow->count() > 0)
        layout.addSpacing(3 * unit);
}

void DetailsPage::addNeighbours(QBoxLayout &layout)
{
    if (m_neighbours == nullptr)
        return;
    auto *part = new NeighbourPart(*m_neighbours, m_id, m_clock.wallTime(), m_word);
    connect(part, &NeighbourPart::careRequested, this, &DetailsPage::careRequested);
    connect(part, &NeighbourPart::previewRequested, this, &DetailsPage::previewRequested);
    connect(part, &NeighbourPart::linksRequested, this, &DetailsPage::linksRequested);
    connect(part, &NeighbourPart::told, this, [this](const SectionWord &word) {
        m_word = word;
        m_rebuildSoon.start();
    });
    layout.addWidget(part);
}

void DetailsPage::addGenerations(QBoxLayout &layout)
{
    const auto generations =
        m_neighbours == nullptr ? std::vector<service::Generation>() : m_neighbours->generations(m_id);
    if (generations.empty())
        return;
    addSectionHeading(layout, tr("Generations"));
    layout.addWidget(new TextLabel(tr("What renewed this login, by fingerprint: who wrote it, and what became of it."),
                                   TextRole::Muted));
    layout.addSpacing(2 * Measures(font()).unit);
    layout.addWidget(new Generations(generations, m_clock.wallTime()));
}

void DetailsPage::addCopies(QBoxLayout &layout, const profile::Profile &profile)
{
    addSectionHeading(layout, tr("Copies"));
    const int unit = Measures(font()).unit;
    if (profile.care == profile::Care::Own) {
        layout.addWidget(new TextLabel(tr("Keytender’s own store"), TextRole::Plain));
        layout.addWidget(new TextLabel(name(profile.protection), TextRole::Muted));
        layout.addSpacing(2 * unit);
    }
    for (const profile::Copy &copy : profile.copies) {
        auto *path = new TextLabel(shortPath(copy.path), TextRole::Plain);
        path->setToolTip(copy.path);
        layout.addWidget(path);
        QStringList facts = {name(copy.state), name(copy.protection)};
        if (copy.changedAt)
            facts += tr("changed %1").arg(ago(*copy.changedAt, m_clock.wallTime()));
        facts.removeAll(QString());
        auto *state = new TextLabel(facts.join(QStringLiteral(" · ")), TextRole::Muted);
        if (copy.changedAt)
            state->setToolTip(exactTime(*copy.changedAt));
        layout.addWidget(state);
        if (copy.problem)
            layout.addWidget(new TextLabel(describe(*copy.problem), TextRole::Plain));
        layout.addSpacing(2 * unit);
    }
    if (profile.copies.empty())
        layout.addWidget(new TextLabel(tr("No tool on this machine holds one."), TextRole::Muted));
}

void DetailsPage::addTwins(QBoxLayout &layout, const profile::Profile &profile)
{
    if (profile.duplicates.empty())
        return;
    addSectionHeading(layout, tr("Held elsewhere too"));
    for (const profile::Duplicate &duplicate : profile.duplicates) {
        const QString other = m_model.labelOf(duplicate.profile);
        const bool willClash = duplicate.kind == profile::DuplicateKind::SameLineage;
        const QString text =
            willClash ? tr("%1 holds this very login. Whichever of the two renews it second is logged "
                           "out: sign in to one of them again, so that each has its own.")
                            .arg(other)
                      : tr("%1 is signed in to the same account with a login of its own. That is fine.").arg(other);
        layout.addWidget(new TextLabel(text, TextRole::Plain));
        layout.addSpacing(Measures(font()).unit);
    }
}

void DetailsPage::addActivity(QBoxLayout &layout)
{
    m_activityHeading = addSectionHeading(layout, tr("Activity"));
    if (m_activity && !m_activity->empty()) {
        auto *timeline = new Timeline(*m_activity, m_clock.wallTime(), m_unfolded);
        connect(timeline, &Timeline::folded, this, [this](qint64 at, bool isUnfolded) {
            const base::Timestamp time{base::Milliseconds{at}};
            if (isUnfolded)
                m_unfolded.insert(time);
            else
                m_unfolded.erase(time);
        });
        layout.addWidget(timeline);
        return;
    }
    layout.addWidget(
        new TextLabel(m_activity ? tr("Nothing has happened yet.") : tr("Reading the history…"), TextRole::Muted));
}

void DetailsPage::copyReport()
{
    if (!m_shown)
        return;
    const QString lineage = m_neighbours == nullptr ? QString() : m_neighbours->timelineReport(m_id);
    QGuiApplication::clipboard()->setText(
        reportOf(*m_shown, m_activity.value_or(std::vector<service::Activity>()), m_clock.wallTime()) + lineage);
    sayDone(*m_report, tr("Copied"), tr("Copy redacted report"));
}

void DetailsPage::copyCommand()
{
    if (!m_shown)
        return;
    QGuiApplication::clipboard()->setText(m_shown->signInCommand);
    if (auto *button = m_scroll->findChild<Button *>(QStringLiteral("copyCommand")))
        sayDone(*button, tr("Copied"), tr("Copy “%1”").arg(m_shown->signInCommand));
}

} // namespace keytender::ui
