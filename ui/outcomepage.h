// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

#include "ui/page.h"

namespace keytender::ui {

// How something ended: a sign, a title and a few sentences.
class OutcomePage final : public Page {
    Q_OBJECT

public:
    OutcomePage(Glyph glyph, profile::Severity severity, QWidget *parent = nullptr);

    // Empty sentences are left out; the first speaks louder than the others.
    void say(const QString &title, const QStringList &sentences);
    // In reading order; the primary one last.
    using Page::addButton;

private:
    QVBoxLayout *m_sentences = nullptr;
};

} // namespace keytender::ui
