// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QProcess>
#include <QSize>
#include <QString>
#include <QStringList>

namespace keytender::fakes {

// A screen of the test's own (Xvfb) with a window manager, a keyboard that can be played on and a camera, as long as
// this object lives. DISPLAY points to it, and programs that are started meanwhile draw on it.
class Screen final {
public:
    // Why there can be none here, for QSKIP; empty where there can.
    [[nodiscard]] static QString whyNot();

    explicit Screen(QSize size = {1100, 820});
    ~Screen(); // ends it

    [[nodiscard]] bool isRunning() const { return !m_display.isEmpty(); }
    // The titles of the windows that can be seen.
    [[nodiscard]] QStringList windows() const;
    // Until a window's title holds this text; false after 15 s.
    [[nodiscard]] bool waitForWindow(const QString &title) const;
    // To the window that has the focus: "Return", "Escape", "ctrl+a".
    void press(const QString &key) const;
    void pressIn(const QString &title, const QString &key) const; // after giving it the focus
    void type(const QString &text) const;
    // A PNG of the whole screen; does nothing unless KEYTENDER_PICTURES names a directory.
    void picture(const QString &name) const;

private:
    [[nodiscard]] QByteArray ask(const QString &program, const QStringList &arguments) const;

    QProcess m_server;
    QProcess m_manager;
    QString m_display;
    QByteArray m_before;
};

} // namespace keytender::fakes
