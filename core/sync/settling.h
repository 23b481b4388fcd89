// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>

namespace keytender::sync {

// Waits until something that changes in many steps comes to rest, but not for ever: a writer that never pauses would
// starve a mere debounce.
class Settling final : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds quiet{30};
    static constexpr std::chrono::milliseconds longest{250};

    explicit Settling(QObject *parent = nullptr);

    void stir(const QString &key);
    void forget(const QString &key) { m_stirred.remove(key); }
    void forgetAll() { m_stirred.clear(); }

Q_SIGNALS:
    void settled(const QSet<QString> &keys);

private:
    struct Span {
        qint64 first = 0; // milliseconds of m_clock
        qint64 last = 0;
        [[nodiscard]] qint64 due() const { return std::min(last + quiet.count(), first + longest.count()); }
    };
    void check();

    QElapsedTimer m_clock;
    QTimer m_timer;
    QHash<QString, Span> m_stirred;
};

} // namespace keytender::sync
