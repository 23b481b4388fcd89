// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/linklabel.h"

#include <QEvent>
#include <QScopedValueRollback>

#include "ui/drawing.h"

namespace keytender::ui {

namespace {

// "github.com/login/device": what a person would type.
QString shortAddress(const QUrl &url)
{
    QString text = url.toDisplayString(QUrl::RemoveUserInfo);
    if (text.startsWith(QStringLiteral("https://")))
        text = text.mid(8);
    if (text.endsWith(u'/'))
        text.chop(1);
    return text;
}

QString breakable(QString text)
{
    constexpr QChar zeroWidthSpace(0x200B);
    for (const QChar separator : {u'/', u'.', u'?'})
        text.replace(separator, QString(separator) + zeroWidthSpace);
    return text;
}

} // namespace

LinkLabel::LinkLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setFocusPolicy(Qt::StrongFocus);
    setWordWrap(true);
    connect(this, &QLabel::linkActivated, this, [this] { Q_EMIT opened(m_target); });
    dress();
}

void LinkLabel::setTarget(const QUrl &target, const QString &words)
{
    m_target = target;
    const QString shown = words.isEmpty() ? shortAddress(target) : words;
    const QString inner = words.isEmpty() ? breakable(shown.toHtmlEscaped()) : words.toHtmlEscaped();
    m_words = inner;
    dress();
    setAccessibleName(shown);
    setToolTip(words.isEmpty() ? QString() : shortAddress(target));
}

void LinkLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    const bool isNewGround = event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange
                             || event->type() == QEvent::LayoutDirectionChange;
    if (isNewGround && !m_isDressing)
        dress();
}

void LinkLabel::dress()
{
    const QScopedValueRollback dressing(m_isDressing, true);
    const Tones tones = tonesOf(palette());
    // Made to bear the button's caption, it is as legible on the ground itself.
    // Qt takes the colour of links from the application's palette, not from ours.
    setText(QStringLiteral("<a href=\"#\" style=\"color: %1\">%2</a>").arg(tones.accent.name(), m_words));
    setAlignment((layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute
                 | Qt::AlignVCenter);
}

} // namespace keytender::ui
