// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/secretfield.h"

#include <algorithm>

#include <sodium.h>

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QStringEncoder>

namespace keytender::ui {

namespace {

constexpr int mostCharacters = 16'384; // QLineEdit holds twice as many; no code, key or address is as long
constexpr QChar bullet(0x2022);

// Qt hands text over in a QString and in nothing else. One that is shared is the clipboard's own.
void overwrite(QString &text)
{
    if (text.isDetached())
        sodium_memzero(text.data(), std::size_t(text.size()) * sizeof(QChar));
    text.clear();
}

// As UTF-8, without white space around each of its lines and without the line breaks.
base::Secret joinedLines(QStringView text)
{
    QStringEncoder encoder(QStringEncoder::Utf8);
    base::Secret bytes(std::size_t(encoder.requiredSpace(text.size())));
    char *end = bytes.writable().data();
    while (!text.isEmpty()) {
        const qsizetype length = text.indexOf(u'\n') < 0 ? text.size() : text.indexOf(u'\n') + 1;
        if (const QStringView line = text.first(length).trimmed(); !line.isEmpty())
            end = encoder.appendToBuffer(end, line);
        text = text.sliced(length);
    }
    bytes.truncate(end == nullptr ? 0 : std::size_t(end - bytes.writable().data()));
    return bytes;
}

bool startsCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

int charactersOf(const base::Secret &secret)
{
    const std::string_view bytes = secret.expose();
    return int(std::count_if(bytes.begin(), bytes.end(), startsCharacter));
}

// Where the character at `index` begins.
std::size_t byteOf(std::string_view bytes, int index)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (startsCharacter(bytes[i]) && index-- == 0)
            return i;
    }
    return bytes.size();
}

// A copy with the bytes from `begin` to `end` replaced.
base::Secret spliced(const base::Secret &secret, std::size_t begin, std::size_t end, std::string_view between)
{
    const std::string_view bytes = secret.expose();
    base::Secret result(bytes.size() - (end - begin) + between.size());
    char *out = std::copy_n(bytes.data(), begin, result.writable().data());
    out = std::copy_n(between.data(), between.size(), out);
    std::copy_n(bytes.data() + end, bytes.size() - end, out);
    return result;
}

base::Secret textOf(QClipboard::Mode mode)
{
    QString text = QGuiApplication::clipboard()->text(mode);
    base::Secret bytes = joinedLines(text);
    overwrite(text);
    return bytes;
}

bool isWhiteSpace(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

} // namespace

SecretField::SecretField(QWidget *parent) : Field(parent)
{
    setEchoMode(QLineEdit::Password); // of bullets: for screen readers, which say "password"
    setDragEnabled(false);
    setAcceptDrops(false);
    setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    connect(this, &QLineEdit::textChanged, this, &SecretField::followErasure);
}

base::Secret SecretField::take()
{
    base::Secret taken = m_secret.clone();
    forgetClipboards(taken);
    wipe();
    return taken;
}

void SecretField::put(const base::Secret &secret)
{
    std::string_view bytes = secret.expose();
    while (!bytes.empty() && isWhiteSpace(bytes.front()))
        bytes.remove_prefix(1);
    while (!bytes.empty() && isWhiteSpace(bytes.back()))
        bytes.remove_suffix(1);
    wipe();
    insertSecret(base::Secret::copyOf(bytes));
}

void SecretField::wipe()
{
    m_secret = {};
    m_pasted = {};
    m_count = 0;
    setText({}); // forgets what could be undone, too
    Q_EMIT changed();
}

void SecretField::pasteFrom(QClipboard::Mode mode)
{
    base::Secret text = textOf(mode);
    insertSecret(text);
    m_pasted = std::move(text);
}

void SecretField::insertSecret(const base::Secret &characters)
{
    const int more = charactersOf(characters);
    if (more == 0 || m_count + more > mostCharacters)
        return;
    if (hasSelectedText())
        del();
    const std::size_t at = byteOf(m_secret.expose(), cursorPosition());
    m_secret = spliced(m_secret, at, at, characters.expose());
    m_count += more;
    insert(QString(more, bullet));
    Q_EMIT changed();
}

// Everything but inserting is left to QLineEdit: however it erases bullets, they stood behind the cursor's new place.
void SecretField::followErasure()
{
    const int left = int(text().size());
    if (left == m_count)
        return;
    if (left > m_count) { // somebody wrote around this class
        wipe();
        return;
    }
    const std::size_t begin = byteOf(m_secret.expose(), cursorPosition());
    const std::size_t end = byteOf(m_secret.expose(), cursorPosition() + m_count - left);
    m_secret = spliced(m_secret, begin, end, {});
    m_count = left;
    Q_EMIT changed();
}

void SecretField::forgetClipboards(const base::Secret &taken)
{
    if (m_pasted.isEmpty())
        return;
    QClipboard &clipboard = *QGuiApplication::clipboard();
    for (const QClipboard::Mode mode : {QClipboard::Clipboard, QClipboard::Selection}) {
        if (mode == QClipboard::Selection && !clipboard.supportsSelection())
            continue;
        const base::Secret there = textOf(mode);
        if (!there.isEmpty() && (there == m_pasted || there == taken))
            clipboard.clear(mode);
    }
}

void SecretField::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste)) {
        pasteFrom(QClipboard::Clipboard);
        return;
    }
    if (event->matches(QKeySequence::Redo))
        return;
    const bool isCommand = event->modifiers() & (Qt::ControlModifier | Qt::MetaModifier | Qt::AltModifier);
    QString text = event->text();
    if (isCommand || text.isEmpty() || !text.front().isPrint()) {
        Field::keyPressEvent(event);
        return;
    }
    insertSecret(joinedLines(text));
    overwrite(text);
    event->accept();
}

void SecretField::inputMethodEvent(QInputMethodEvent *event)
{
    insertSecret(joinedLines(event->commitString()));
    event->accept();
}

void SecretField::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection()) {
        deselect();
        pasteFrom(QClipboard::Selection);
        return;
    }
    Field::mouseReleaseEvent(event);
}

void SecretField::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Paste")), &QAction::triggered, this, [this] { pasteFrom(QClipboard::Clipboard); });
    connect(menu->addAction(tr("Empty this field")), &QAction::triggered, this, &SecretField::wipe);
    menu->popup(event->globalPos());
}

} // namespace keytender::ui
