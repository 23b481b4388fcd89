// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <vector>

#include <QElapsedTimer>
#include <QTimer>
#include <QUrl>
#include <QWidget>

#include "base/clock.h"
#include "service/facts.h"
#include "ui/detailspage.h"
#include "ui/profilemodel.h"

class QStackedWidget;

namespace keytender::ui {

class ListPage;

// The one window: the list of logins, and the details of one inside it. Closing hides it; it ends with the program.
// As a popup it stands beside the click and leaves when the focus does; as a window it is an ordinary one.
class Panel final : public QWidget {
    Q_OBJECT

public:
    enum class Shape { Popup, Window };

    Panel(const ProfileModel &model, const base::Clock &clock, QWidget *parent = nullptr);
    ~Panel() override;

    void setSurroundings(const service::Surroundings &surroundings);
    // A read of all places is under way.
    void setScanning(bool scanning);
    // Keytender itself can sign in and keep what it is given; not before it was said.
    void setCanSignIn(bool canSignIn);
    // What can be said of other tools and done beside them; null while nothing can.
    void setNeighbours(service::Neighbours *neighbours);
    // The history of a login; ignored unless its details are open.
    void setActivity(const QString &profile, const std::vector<service::Activity> &newestFirst);

    // See panelShape().
    void setShape(Shape shape);
    [[nodiscard]] Shape shape() const { return m_shape; }

    // What a click on the tray icon does: shows the panel beside `click`, or hides it when it stands open.
    void toggle(QPoint click);
    // Shows and raises it, wherever it is: for a second start of the program and the menu.
    void present();
    // Shows the details of a login and asks for its activity.
    void presentProfile(const QString &id);
    // The same at its activity, with the steps of its newest trouble: the answer to "Why?".
    void presentReason(const QString &id);
    // The id whose details are open; empty while the list is.
    [[nodiscard]] QString openProfile() const;
    void back();
    // The countdowns are kept up to date; never while the panel is hidden.
    [[nodiscard]] bool isTicking() const { return m_words.isActive(); }

Q_SIGNALS:
    void rescanRequested();
    void unlockRequested();
    void activityRequested(const QString &profile);
    void quitRequested();
    // Of one login, by its id.
    void refreshRequested(const QString &id);
    void signInRequested(const QString &id); // again
    void signOutRequested(const QString &id);
    void addLoginRequested();
    void addKeyRequested();
    void signOutEverythingRequested();
    void openPageRequested(const QUrl &page);
    void retryRevocationsRequested();
    // Of logins that other tools made.
    void careRequested(const QString &id);
    void previewRequested(const QString &id);
    void linksRequested(const QString &id);
    void rescueRequested(const QString &id);
    void neighboursRequested(); // all of them
    void settingsRequested();
    void shown();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void connectPages();
    void openDetails(const QString &id);
    void openReason(const QString &id);
    void open(const QString &id, DetailsPage::Part part);
    void refreshWords();
    void fitToContents();
    void place();
    void raiseAndFocus();

    const ProfileModel &m_model;
    const base::Clock &m_clock;
    Shape m_shape = Shape::Window;
    QStackedWidget *m_pages = nullptr;
    ListPage *m_list = nullptr;
    DetailsPage *m_details = nullptr;
    QTimer m_words;                 // the countdowns; runs only while the panel is visible
    QElapsedTimer m_sinceFocusLeft; // so that the click that took the focus does not open the panel again
    std::optional<QPoint> m_click;
};

// Popups stand beside a tray icon, and only X11 lets a program place them.
[[nodiscard]] Panel::Shape panelShape(bool trayIsPresent);

} // namespace keytender::ui
