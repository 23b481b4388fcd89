// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "schemes.h"

#include <QApplication>
#include <QStyle>

namespace keytender::samples {

QPalette scheme(bool isDark)
{
    if (!isDark)
        return QApplication::style()->standardPalette();
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(0x2a, 0x2c, 0x31));
    palette.setColor(QPalette::WindowText, QColor(0xec, 0xed, 0xef));
    palette.setColor(QPalette::Base, QColor(0x20, 0x21, 0x25));
    palette.setColor(QPalette::AlternateBase, QColor(0x2a, 0x2c, 0x31));
    palette.setColor(QPalette::Text, QColor(0xec, 0xed, 0xef));
    palette.setColor(QPalette::Button, QColor(0x2f, 0x32, 0x38));
    palette.setColor(QPalette::ButtonText, QColor(0xec, 0xed, 0xef));
    palette.setColor(QPalette::Highlight, QColor(0x5b, 0x8d, 0xef));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::ToolTipBase, QColor(0x2a, 0x2c, 0x31));
    palette.setColor(QPalette::ToolTipText, QColor(0xec, 0xed, 0xef));
    return palette;
}

} // namespace keytender::samples
