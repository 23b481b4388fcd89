// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "base/clock.h"
#include "service/facts.h"
#include "service/neighbours/neighbours.h"
#include "ui/detailssection.h"
#include "ui/profilemodel.h"
#include "ui/timeline.h"

class QBoxLayout;
class QScrollArea;
class QToolButton;

namespace keytender::ui {

class Button;
class Clocks;
class TextLabel;

// The second page of the panel: one login with its two clocks, who renews it, its copies, its twins and its history.
class DetailsPage final : public QWidget {
    Q_OBJECT

public:
    DetailsPage(const ProfileModel &model, const base::Clock &clock, QWidget *parent = nullptr);

    enum class Part { Top, Activity };
    // Shows another login; an empty id shows none. At its activity the steps of its newest trouble are unfolded.
    void open(const QString &id, Part part = Part::Top);
    [[nodiscard]] QString profile() const { return m_id; }
    void setActivity(const std::vector<service::Activity> &newestFirst);
    // What can be said of other tools and done beside them; null while nothing can.
    void setNeighbours(service::Neighbours *neighbours);
    // The words depend on the time.
    void refreshWords();
    void focusBack();

Q_SIGNALS:
    void backRequested();
    void vanished(); // the login that it showed is gone
    void refreshRequested(const QString &id);
    void signInRequested(const QString &id);
    void signOutRequested(const QString &id);
    void careRequested(const QString &id);
    void previewRequested(const QString &id);
    void linksRequested(const QString &id);
    void rescueRequested(const QString &id);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHeader();
    void drawBackArrow();
    void follow();
    void rebuild();
    void addState(QBoxLayout &layout, const service::Row &row);
    void addActions(QBoxLayout &layout, const service::Row &row);
    void addNeighbours(QBoxLayout &layout);
    void addGenerations(QBoxLayout &layout);
    void addCopies(QBoxLayout &layout, const profile::Profile &profile);
    void addTwins(QBoxLayout &layout, const profile::Profile &profile);
    void addActivity(QBoxLayout &layout);
    void scrollToActivity();
    void copyReport();
    void copyCommand();

    const ProfileModel &m_model;
    const base::Clock &m_clock;
    QPointer<service::Neighbours> m_neighbours;
    QTimer m_rebuildSoon; // many changes of the neighbours are one of the page
    SectionWord m_word;   // what was said after the last thing that was asked for here
    QString m_id;
    std::optional<service::Row> m_shown;
    std::optional<std::vector<service::Activity>> m_activity; // nothing until it was told
    Timeline::Unfolded m_unfolded;
    bool m_isAtActivity = false; // it is to be scrolled to as soon as it is there
    QToolButton *m_back = nullptr;
    TextLabel *m_title = nullptr;
    TextLabel *m_account = nullptr;
    QScrollArea *m_scroll = nullptr;
    Clocks *m_clocks = nullptr;
    TextLabel *m_sentence = nullptr;
    QWidget *m_activityHeading = nullptr;
    Button *m_report = nullptr;
};

} // namespace keytender::ui
