// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QUrl>

class QSocketNotifier;

namespace keytender::fakes {

// Debian's Chromium without a window, in a home of its own and with no way beyond loopback, as long as this object
// lives. One tab. It is led over DevTools' pipe. Every call waits until Chromium answered (15 s at most, then as if it
// had failed); the event loop runs meanwhile, so that what the page asks can be served from this thread.
class Chromium final : public QObject {
    Q_OBJECT

public:
    // Why there can be none here, for QSKIP; empty where there can. It is large, so it must be asked for.
    [[nodiscard]] static QString whyNot();

    Chromium();
    ~Chromium() override; // ends it

    [[nodiscard]] bool isRunning() const { return !m_session.isEmpty(); }
    [[nodiscard]] qint64 processId() const { return m_browser.processId(); }

    [[nodiscard]] bool open(const QUrl &url);
    [[nodiscard]] QUrl address(); // where the tab is now
    [[nodiscard]] QString text(); // what a person can read there

    // Of elements by CSS selector, once they are there.
    [[nodiscard]] bool fill(const QString &selector, const QString &text);
    [[nodiscard]] bool press(const QString &selector);

    // Until the script's value is true, across pages. False after 15 s.
    [[nodiscard]] bool waitFor(const QString &script);
    [[nodiscard]] QJsonValue evaluate(const QString &script); // undefined where it fails
    // A PNG of what the tab shows, 900 pixels wide.
    [[nodiscard]] bool screenshot(const QString &path);

private:
    void start();
    void read();
    [[nodiscard]] QJsonObject call(const QString &method, const QJsonObject &parameters = {});

    QTemporaryDir m_home;
    QProcess m_browser;
    QSocketNotifier *m_notifier = nullptr;
    int m_socket = -1;
    QByteArray m_unread;
    QString m_session; // of the tab
    int m_lastCall = 0;
    std::map<int, QJsonObject> m_answers;
};

} // namespace keytender::fakes
