// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include <QTimer>
#include <QWidget>

#include "base/clock.h"
#include "base/secret.h"

class QLabel;

namespace keytender::ui {

class Button;
class LinkLabel;
class QrCode;
class TextLabel;

// The codes of a device grant (RFC 8628 section 3.3): where to go, what to enter, how long it is good for.
class DeviceCodes final : public QWidget {
    Q_OBJECT

public:
    explicit DeviceCodes(const base::Clock &clock, QWidget *parent = nullptr);

    void show(const base::Secret &userCode, const QUrl &verificationUri, const base::Secret &completeUri);
    void setEnd(std::optional<base::Timestamp> end);
    // The codes are gone from every widget.
    void wipe();

Q_SIGNALS:
    void openRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QWidget *makeCode();
    void sayEnd();
    void copy();

    const base::Clock &m_clock;
    base::Secret m_userCode;
    std::optional<base::Timestamp> m_end;
    LinkLabel *m_address = nullptr;
    QWidget *m_box = nullptr;
    QLabel *m_code = nullptr;
    Button *m_copy = nullptr;
    QrCode *m_picture = nullptr;
    TextLabel *m_scan = nullptr;
    TextLabel *m_left = nullptr;
    QTimer m_countdown; // runs only while it is visible
};

} // namespace keytender::ui
