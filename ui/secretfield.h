// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QClipboard>

#include "base/secret.h"
#include "ui/field.h"

namespace keytender::ui {

// Where a person writes or pastes a secret. The line itself holds bullets, one for each character; the characters go
// straight into guarded memory, so that undo, drag, screen readers and whoever walks the widgets find none. What was
// pasted leaves the clipboard and the selection when it is taken.
class SecretField final : public Field {
    Q_OBJECT

public:
    explicit SecretField(QWidget *parent = nullptr);

    [[nodiscard]] bool holdsNothing() const { return m_secret.isEmpty(); }
    // Moves it out and empties the field and the clipboards.
    [[nodiscard]] base::Secret take();
    // In place of what it holds; white space around it is dropped.
    void put(const base::Secret &secret);
    void wipe();

    // Line breaks inside it, as terminals make them, are dropped.
    void pasteFrom(QClipboard::Mode mode);

Q_SIGNALS:
    void changed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void insertSecret(const base::Secret &characters);
    void followErasure();
    void forgetClipboards(const base::Secret &taken);

    base::Secret m_secret; // UTF-8
    base::Secret m_pasted; // what came from a clipboard last
    int m_count = 0;       // of characters, and of bullets
};

} // namespace keytender::ui
