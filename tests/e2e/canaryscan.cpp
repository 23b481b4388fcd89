// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "canaryscan.h"

#include <algorithm>
#include <cstring>
#include <set>

#include <QDirIterator>
#include <QFile>

namespace keytender::e2e {

namespace {

constexpr qsizetype headSize = sizeof(std::uint64_t);
constexpr qsizetype halfSize = 16; // of long canaries: enough to be recognized by
constexpr qsizetype around = 40;

std::uint64_t headOf(const char *bytes)
{
    std::uint64_t head = 0;
    std::memcpy(&head, bytes, sizeof head);
    return head;
}

QByteArray reversed(QByteArray text)
{
    std::reverse(text.begin(), text.end());
    return text;
}

QByteArray eachAs(const QByteArray &text, const QByteArray &prefix, bool isUpper)
{
    QByteArray written;
    for (const char byte : text) {
        const QByteArray digits = QByteArray(1, byte).toHex();
        written += prefix + (isUpper ? digits.toUpper() : digits);
    }
    return written;
}

// What of its base64 does not depend on what stands before and behind it, `offset` bytes into a group of three.
QByteArray base64Of(const QByteArray &text, int offset, QByteArray::Base64Options options)
{
    const QByteArray whole = (QByteArray(offset, '\0') + text).toBase64(options | QByteArray::OmitTrailingEquals);
    const qsizetype first = (offset * 8 + 5) / 6;
    const qsizetype end = (offset + text.size()) * 8 / 6;
    return whole.sliced(first, end - first);
}

QByteArray utf16Of(const QByteArray &text, bool isBigEndian)
{
    QByteArray wide;
    for (const char byte : text) {
        wide += isBigEndian ? '\0' : byte;
        wide += isBigEndian ? byte : '\0';
    }
    return wide;
}

} // namespace

QString Hit::text() const
{
    return QStringLiteral("%1 (%2) in %3: %4")
        .arg(kind, form, where, QString::fromLatin1(around.toPercentEncoding(QByteArrayLiteral(" :/\"'{}<>=,;()"))));
}

std::vector<Form> CanaryScan::formsOf(const QByteArray &text)
{
    std::vector<Form> forms{
        {QStringLiteral("as it is"), text},
        {QStringLiteral("percent-encoded"), text.toPercentEncoding()},
        {QStringLiteral("percent-encoded throughout"), eachAs(text, QByteArrayLiteral("%"), true)},
        {QStringLiteral("percent-encoded throughout, lower case"), eachAs(text, QByteArrayLiteral("%"), false)},
        {QStringLiteral("escaped for JSON"), QByteArray(text).replace('/', QByteArrayLiteral("\\/"))},
        {QStringLiteral("escaped for JSON throughout"), eachAs(text, QByteArrayLiteral("\\u00"), false)},
        {QStringLiteral("hexadecimal"), text.toHex()},
        {QStringLiteral("hexadecimal, upper case"), text.toHex().toUpper()},
        {QStringLiteral("UTF-16 LE"), utf16Of(text, false)},
        {QStringLiteral("UTF-16 BE"), utf16Of(text, true)},
        {QStringLiteral("backwards"), reversed(text)},
        {QStringLiteral("hexadecimal, backwards"), reversed(text).toHex()},
    };
    for (int offset = 0; offset < 3; ++offset) {
        const QString place = QStringLiteral(", %1 in").arg(offset);
        forms.push_back({QStringLiteral("base64") + place, base64Of(text, offset, QByteArray::Base64Encoding)});
        forms.push_back({QStringLiteral("base64url") + place, base64Of(text, offset, QByteArray::Base64UrlEncoding)});
    }
    return forms;
}

void CanaryScan::add(const Canary &canary)
{
    ++m_canaries;
    const qsizetype half = std::min(halfSize, canary.value.size() / 2);
    std::set<QByteArray> known;
    for (const QByteArray &part : {canary.value, canary.value.first(half), canary.value.last(half)}) {
        for (const Form &form : formsOf(part)) {
            if (form.bytes.size() < headSize)
                qFatal("a canary of %d bytes is too short to be looked for", int(canary.value.size()));
            if (known.insert(form.bytes).second)
                m_needles.emplace(headOf(form.bytes.constData()), Needle{.kind = canary.kind, .form = form});
        }
    }
}

std::vector<Hit> CanaryScan::in(const QByteArray &bytes, const QString &where)
{
    std::vector<Hit> hits;
    std::set<std::pair<QString, QString>> known;
    m_scannedBytes += bytes.size();
    const char *const begin = bytes.constData();
    for (qsizetype at = 0; at + headSize <= bytes.size(); ++at) {
        const auto [first, last] = m_needles.equal_range(headOf(begin + at));
        for (auto each = first; each != last; ++each) {
            const Needle &needle = each->second;
            const QByteArray &form = needle.form.bytes;
            if (at + form.size() > bytes.size() || std::memcmp(begin + at, form.constData(), std::size_t(form.size())))
                continue;
            if (known.emplace(needle.kind, needle.form.name).second)
                hits.push_back({.kind = needle.kind,
                                .form = needle.form.name,
                                .where = where,
                                .around = bytes.mid(std::max<qsizetype>(0, at - around), form.size() + 2 * around)});
        }
    }
    return hits;
}

std::vector<Hit> CanaryScan::below(const QString &directory, const QStringList &except)
{
    std::vector<Hit> hits;
    const auto take = [&hits](std::vector<Hit> more) {
        hits.insert(hits.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    QDirIterator each(directory, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QString path = each.next();
        take(in(QFile::encodeName(path), QStringLiteral("the name of a file")));
        if (each.fileInfo().isSymLink())
            take(in(QFile::encodeName(each.fileInfo().symLinkTarget()), path + QStringLiteral(" (link)")));
        const bool isLeftOut =
            std::ranges::any_of(except, [&path](const QString &ending) { return path.endsWith(ending); });
        if (isLeftOut || !each.fileInfo().isFile() || each.fileInfo().isSymLink())
            continue;
        if (QFile file(path); file.open(QIODevice::ReadOnly))
            take(in(file.readAll(), path));
    }
    return hits;
}

} // namespace keytender::e2e
