// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include <QObject>
#include <QTimer>

#include "base/clock.h"
#include "service/neighbours/incidentmemory.h"
#include "service/neighbours/incidents.h"
#include "ui/desktopnotifications.h"

namespace keytender::ui {

// Where no notification service is: shows a message at the tray icon. Its click is not to be acted upon, as it is
// reported for other programs' notifications too.
using Fallback = std::function<void(const QString &title, const QString &text, bool isUrgent)>;

struct NotifierWorld {
    QDBusConnection bus;
    service::IncidentMemory &memory;
    const base::Clock &clock;
    Fallback fallback;
};

// Tells a person of incidents: one notification each, replaced when it says something else and withdrawn when it is
// over. Each is told once, and again when its stage rises, when the notification service was started anew, and, unless
// it is a reminder or was put away, in the next run of the program. Three may speak for themselves at a time and in ten
// minutes; the others share one notification.
class Notifier final : public QObject {
    Q_OBJECT

public:
    explicit Notifier(NotifierWorld world, QObject *parent = nullptr);
    ~Notifier() override; // withdraws all: their buttons would lead nowhere

    // What is not among them is over: not to be called before the service has settled.
    void setIncidents(const service::Findings &findings);

Q_SIGNALS:
    // A person asks for it; without a profile where it concerns all. The token is empty where the desktop gives none.
    void actionInvoked(const QString &profileId, keytender::service::Incident::Action action,
                       const QString &activationToken);

private:
    // How an incident is told.
    enum class Voice {
        Unheard, // not yet
        Alone,
        InGroup,
        Silent, // it was, and no more
    };
    struct Standing {
        service::Incident incident;
        Voice voice = Voice::Unheard;
        bool wasRetried = false;
    };
    struct Message {
        Notification notification;
        QString profileId;
        std::vector<service::Incident::Action> actions;
        std::map<QString, int> members; // the incidents it tells of, with their stages
        QString gist;                   // another one is news, though no reason to speak up
        [[nodiscard]] bool saysTheSameAs(const Message &other) const;
    };
    // One place on the screen, or for one.
    struct Bubble {
        DesktopNotifications::Id id = 0;
        bool isAsked = false;         // no answer yet
        std::optional<Message> said;  // last
        std::map<QString, int> heard; // the members of what was shown last
    };

    void follow(const service::Incident &incident);
    void endAllBut(const std::set<QString> &named, const std::set<QString> &undecided);
    void handOver(const service::Incident &incident, const std::set<QString> &named);
    void giveVoice(Standing &standing);
    [[nodiscard]] bool mayAnotherSpeak() const;

    [[nodiscard]] std::optional<Message> messageOf(const QString &bubble) const;
    [[nodiscard]] Message alone(const service::Incident &incident) const;
    [[nodiscard]] Message together(const std::vector<const Standing *> &members) const;
    void updateAll();
    void update(const QString &key);
    void hearShown(const QString &key, DesktopNotifications::Id id);
    void silence(const Bubble &bubble, bool isPutAway);
    void press(DesktopNotifications::Id id, const QString &key, const QString &activationToken);
    void close(DesktopNotifications::Id id, DesktopNotifications::Closed reason);
    void loseServer();
    void showAgain();
    void save();

    NotifierWorld m_world;
    DesktopNotifications m_desktop;
    std::map<QString, Standing> m_standing; // by the incident's key
    std::map<QString, Bubble> m_bubbles;    // by the incident's key, or the empty one for the group
    std::deque<base::Milliseconds> m_spoke; // when one began to speak for itself
    QTimer m_save;
    bool m_hasComplained = false;
};

} // namespace keytender::ui
