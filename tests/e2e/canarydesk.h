// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>

#include <QList>
#include <QObject>
#include <QPair>
#include <QTemporaryDir>
#include <QUrl>

#include "accessiblescreen.h"
#include "canaryscan.h"
#include "canaryserver.h"
#include "canarywatch.h"
#include "fakes/notificationserver.h"
#include "fakes/screen.h"
#include "faketrayhost.h"

namespace keytender::e2e {

// A desktop on which everything that can be watched is watched: the tray program with a person at it, keytenderd beside
// it, both as talkative as they can be made, and the authorization server that blurts things out.
class CanaryDesk final : public QObject {
    Q_OBJECT

public:
    CanaryDesk();
    ~CanaryDesk() override;

    // Both programs, until they show what they know; false where they do not.
    [[nodiscard]] bool start();
    // As people and sessions end them.
    [[nodiscard]] bool quit();
    [[nodiscard]] QString ends() const; // what became of them

    // Clicks the entry of the tray's menu at this path, each a part of a label; false where there is none.
    [[nodiscard]] bool choose(const QStringList &path);
    // Again and again: a menu that is made anew in that moment takes no click.
    [[nodiscard]] bool chooseUntil(const QStringList &path, const std::function<bool()> &isDone);
    // At a provider with this one way to sign in: "browser", "paste", "device".
    [[nodiscard]] bool beginSignIn(const QString &way);
    // That the program gave to the browser: the one place where the state may be read. Empty after 20 s without one.
    [[nodiscard]] QUrl openedAddress();
    // As the browser that is sent back with these members.
    void comeBack(const QUrl &opened, const QList<QPair<QString, QString>> &answer);
    void typeSecretly(const QByteArray &text); // by a keyboard, and by no argument of a program
    [[nodiscard]] bool pasteInto(const QString &field, const QByteArray &text);

    // Waits for the page with this title, notes what it says and closes its window.
    [[nodiscard]] bool dismiss(const QString &title);
    // Takes down what can be read of every widget and title now, and is gone in a moment.
    void note();
    // Once a program has taken what a person had put there.
    void noteClipboards();
    // Everything that was seen and whatever lies in the files, for good: watching ends with it.
    [[nodiscard]] std::vector<Hit> hits();

    CanaryServer server;
    AccessibleScreen screenReader;
    fakes::Screen screen;

private:
    [[nodiscard]] std::unique_ptr<QProcess> run(const QString &name, const QStringList &arguments);
    [[nodiscard]] QString said(const QString &stream) const; // the file
    [[nodiscard]] QByteArray everythingSaid() const;         // by both programs, so far
    [[nodiscard]] QVariant ask(const QString &method, const QVariantList &arguments);
    void prepareHome();

    QTemporaryDir m_evidence; // of what was watched: outside the home, which is scanned
    fakes::PrivateBus m_bus;
    fakes::FakeTrayHost m_host;

public:
    fakes::NotificationServer notices;
    BusRecorder traffic;
    BusRecorder accessibleTraffic;
    std::unique_ptr<Clipboards> clipboards;
    std::unique_ptr<ProcessSampler> processes;

private:
    std::unique_ptr<QProcess> m_tray;
    std::unique_ptr<QProcess> m_daemon;
    QByteArray m_seen; // widgets and titles
    QByteArray m_clipped;
};

} // namespace keytender::e2e
