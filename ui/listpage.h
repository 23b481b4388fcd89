// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QPointer>
#include <QTimer>
#include <QUrl>
#include <QWidget>

#include "base/clock.h"
#include "service/facts.h"
#include "service/neighbours/neighbours.h"
#include "ui/icons.h"
#include "ui/profilemodel.h"

class QLabel;
class QStackedWidget;
class QToolButton;
class QMenu;

namespace keytender::ui {

class Button;
class EmptyState;
class Notices;
class RowList;
class TextLabel;

// The first page of the panel: the answer in one line, what concerns all logins, the logins, and when they were
// checked.
class ListPage final : public QWidget {
    Q_OBJECT

public:
    ListPage(const ProfileModel &model, const base::Clock &clock, QWidget *parent = nullptr);

    void setSurroundings(const service::Surroundings &surroundings);
    void setScanning(bool scanning);
    void setCanSignIn(bool canSignIn);
    void setNeighbours(service::Neighbours *neighbours);
    void refreshWords();
    void focusList();
    [[nodiscard]] RowList *list() const { return m_list; }
    // The height that shows the first eight rows, at this width.
    [[nodiscard]] int wantedHeight(int width) const;

Q_SIGNALS:
    void detailsRequested(const QString &id);
    void reasonRequested(const QString &id); // "Why?"
    void rescanRequested();
    void unlockRequested();
    void quitRequested();
    void refreshRequested(const QString &id);
    void signInRequested(const QString &id);
    void signOutRequested(const QString &id);
    void addLoginRequested();
    void addKeyRequested();
    void signOutEverythingRequested();
    void openPageRequested(const QUrl &page);
    void retryRevocationsRequested();
    void careRequested(const QString &id);
    void rescueRequested(const QString &id);
    void neighboursRequested();
    void settingsRequested();
    void wantedHeightChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Sign {
        TrayLook look = TrayLook::Well;
        PanelShade shade = PanelShade::Light;
        int size = 0;
        qreal devicePixelRatio = 1;
        bool operator==(const Sign &) const = default;
    };

    [[nodiscard]] QWidget *makeHeader();
    [[nodiscard]] QWidget *makeFooter();
    [[nodiscard]] QMenu *makeMenu();
    void showSummary();
    void showFooter();
    [[nodiscard]] bool anyCanBeSignedOut() const;
    [[nodiscard]] bool anyIsAnotherTools() const;
    void dress();

    const ProfileModel &m_model;
    const base::Clock &m_clock;
    QPointer<service::Neighbours> m_neighbours;
    service::Surroundings m_surroundings;
    bool m_isScanning = false;
    QLabel *m_sign = nullptr;
    std::optional<Sign> m_shownSign;
    QTimer m_summarySoon; // many changes of the logins are one of the summary
    QLabel *m_headline = nullptr;
    QToolButton *m_menu = nullptr;
    QAction *m_unlock = nullptr;
    QAction *m_addLogin = nullptr;
    QAction *m_addKey = nullptr;
    QWidget *m_header = nullptr;
    Notices *m_notices = nullptr;
    QStackedWidget *m_body = nullptr;
    RowList *m_list = nullptr;
    EmptyState *m_empty = nullptr;
    QWidget *m_footer = nullptr;
    TextLabel *m_checked = nullptr;
    QToolButton *m_rescan = nullptr;
    Button *m_add = nullptr;
};

} // namespace keytender::ui
