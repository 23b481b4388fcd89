// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QMenu>
#include <QStringList>
#include <QTimer>

#include "base/clock.h"
#include "service/facts.h"
#include "ui/profilemodel.h"

namespace keytender::ui {

// The menu of the tray icon: what the panel's essentials are where only a menu works. Its entries follow the logins,
// since a host that draws it measures what it knew before; its words are brought up to date each time it is about to
// show.
class TrayMenu final : public QMenu {
    Q_OBJECT

public:
    TrayMenu(const ProfileModel &model, const base::Clock &clock, QWidget *parent = nullptr);

    void setSurroundings(const service::Surroundings &surroundings);

Q_SIGNALS:
    void panelRequested();
    void profileRequested(const QString &id); // its details and activity
    void rescanRequested();
    void unlockRequested();
    void quitRequested();

private:
    void follow();
    [[nodiscard]] QStringList shownIds() const;
    void build(const QStringList &ids);
    void addProfile(const QString &id);
    void refreshWords();

    const ProfileModel &m_model;
    const base::Clock &m_clock;
    bool m_keychainIsLocked = false;
    QStringList m_built; // the ids it was built for
    QTimer m_follow;     // many changes of the logins are one of the menu
    QAction *m_summary = nullptr;
    QAction *m_more = nullptr;
    QAction *m_unlock = nullptr;
    QList<QMenu *> m_profiles;
};

} // namespace keytender::ui
