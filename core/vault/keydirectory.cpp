// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "vault/keydirectory.h"

#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

#include "vault/masterkey.h"

namespace keytender::vault {

namespace {

const QString noteName = QStringLiteral("key.place");
const QString keyName = QStringLiteral("master.key");
constexpr std::string_view noteStart = "keytender-key ";
constexpr std::string_view inKeychain = "1 keychain ";
constexpr std::string_view inFile = "1 file ";
constexpr std::size_t idLength = 16;

std::optional<KeyNote> noteFromText(std::string_view text)
{
    KeyNote note;
    if (text.starts_with(inKeychain)) {
        note.place = KeyNote::Place::Keychain;
        text.remove_prefix(inKeychain.size());
    } else if (text.starts_with(inFile)) {
        note.place = KeyNote::Place::File;
        text.remove_prefix(inFile.size());
    } else {
        return std::nullopt;
    }
    if (text.size() != idLength + 1 || text.find_first_not_of("0123456789abcdef") != idLength || text.back() != '\n')
        return std::nullopt;
    note.keyId = QString::fromLatin1(text.data(), idLength);
    return note;
}

} // namespace

KeyDirectory::KeyDirectory(const QString &directory, base::Random &random) : m_files(directory, random) {}

base::Result<base::FileContent> KeyDirectory::readOwn(const QString &name) const
{
    const QString file = path() + u'/' + name;
    base::Result<base::FileContent> content = base::readFile(file, {.bytes = 4096, .owner = geteuid()});
    if (content && content->facts.isReadableByOthers()) {
        qWarning("%s was readable by others; made private again", qPrintable(file));
        chmod(QFile::encodeName(file).constData(), 0600);
    }
    return content;
}

base::Result<std::optional<KeyNote>> KeyDirectory::note() const
{
    const base::Result<base::FileContent> content = readOwn(noteName);
    if (!content && content.error().kind == base::ErrorKind::NotFound)
        return std::optional<KeyNote>();
    if (!content)
        return base::unexpected(content.error());
    std::string_view text = content->bytes.expose();
    const bool isOurs = text.starts_with(noteStart);
    if (isOurs)
        text.remove_prefix(noteStart.size());
    if (std::optional<KeyNote> note = isOurs ? noteFromText(text) : std::nullopt)
        return note;
    const bool isNewer = isOurs && !text.starts_with("1 ");
    return base::unexpected(
        {.kind = isNewer ? base::ErrorKind::UnknownVersion : base::ErrorKind::Malformed,
         .subject = path() + u'/' + noteName,
         .place = {},
         .detail = isNewer ? QString() : QStringLiteral("does not say where the vault's key lies")});
}

base::Result<void> KeyDirectory::write(const KeyNote &note) const
{
    std::string text(noteStart);
    text += note.place == KeyNote::Place::Keychain ? inKeychain : inFile;
    text += note.keyId.toStdString() + '\n';
    return m_files.write(noteName, text);
}

base::Result<base::Secret> KeyDirectory::keyFile() const
{
    base::Result<base::FileContent> content = readOwn(keyName);
    if (!content)
        return base::unexpected(content.error());
    if (content->bytes.size() == MasterKey::size)
        return std::move(content.value().bytes);
    return base::unexpected(
        {.kind = base::ErrorKind::Malformed,
         .subject = path() + u'/' + keyName,
         .place = {},
         .detail = QStringLiteral("has %1 bytes, a key has %2").arg(content->bytes.size()).arg(MasterKey::size)});
}

base::Result<void> KeyDirectory::writeKeyFile(const base::Secret &key) const
{
    const base::Result<base::Secret> present = keyFile();
    if (!present && present.error().kind == base::ErrorKind::NotFound)
        return m_files.write(keyName, key.expose());
    if (!present)
        return base::unexpected(present.error());
    return base::unexpected({.kind = base::ErrorKind::AlreadyRunning,
                             .subject = path() + u'/' + keyName,
                             .place = {},
                             .detail = QStringLiteral("somebody else made a key meanwhile")});
}

} // namespace keytender::vault
