// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "service/programs/transfer.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <QCoreApplication>
#include <QThread>

#include <sodium.h>

#include "base/jsonspans.h"
#include "vault/recordtext.h"

namespace keytender::service {

using base::ErrorKind;

namespace {

constexpr std::string_view magic = "KTEXPORT";
constexpr std::uint16_t knownVersion = 1;
constexpr std::size_t saltAt = 26;
constexpr std::size_t headerAt = saltAt + 16; // of the secretstream
constexpr std::size_t chunksAt = headerAt + crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t chunkBytes = std::size_t{64} * 1024;
constexpr std::size_t tagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr base::JsonLimits limits{.bytes = std::size_t{64} << 20, .depth = 16, .values = 1'000'000};
static_assert(crypto_pwhash_SALTBYTES == 16);

QString say(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

base::Unexpected<base::Error> wrong(ErrorKind kind, const QString &detail)
{
    return base::unexpected({.kind = kind,
                             .subject = say(QT_TRANSLATE_NOOP("Transfer", "the exported file")),
                             .place = {},
                             .detail = detail});
}

void putNumber(std::string &bytes, std::uint64_t number, int size)
{
    for (int at = 0; at < size; ++at)
        bytes += static_cast<char>(number >> (8 * at) & 0xff);
}

std::uint64_t numberAt(std::string_view bytes, std::size_t at, int size)
{
    std::uint64_t number = 0;
    for (int byte = size - 1; byte >= 0; --byte)
        number = number << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(byte)]);
    return number;
}

const unsigned char *raw(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *raw(std::span<char> bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

std::string preambleOf(const KdfParameters &parameters)
{
    std::string bytes(magic);
    putNumber(bytes, knownVersion, 2);
    putNumber(bytes, parameters.operations, 8);
    putNumber(bytes, parameters.memory, 8);
    bytes.append(reinterpret_cast<const char *>(parameters.salt.data()), parameters.salt.size());
    return bytes;
}

base::Secret textOf(const CarriedLogins &carried)
{
    std::vector<base::Secret> texts;
    const std::string head =
        std::string(R"({"version":1,"isMoved":)") + (carried.isMoved ? "true" : "false") + R"(,"logins":[)";
    std::size_t size = head.size() + 2;
    for (const vault::Record &login : carried.logins) {
        texts.push_back(vault::toText(login, login.generation));
        size += texts.back().size() + 1;
    }
    base::Secret text(size);
    std::size_t length = 0;
    const auto append = [&](std::string_view part) {
        std::memcpy(text.writable().data() + length, part.data(), part.size());
        length += part.size();
    };
    append(head);
    for (const base::Secret &each : texts) {
        if (&each != &texts.front())
            append(",");
        append(each.expose());
    }
    append("]}");
    text.truncate(length);
    return text;
}

base::Result<CarriedLogins> loginsIn(base::Secret text)
{
    const auto json =
        base::JsonSpans::parse(std::move(text), say(QT_TRANSLATE_NOOP("Transfer", "the exported file")), limits);
    if (!json)
        return base::unexpected(json.error());
    const auto version = json->root().member("version").number();
    const auto isMoved = json->root().member("isMoved").boolean();
    if (!version || !isMoved)
        return base::unexpected(version ? isMoved.error() : version.error());
    if (*version != 1)
        return wrong(ErrorKind::UnknownVersion, say(QT_TRANSLATE_NOOP("Transfer", "is of a newer Keytender")));
    CarriedLogins carried;
    carried.isMoved = *isMoved;
    for (const base::JsonValue &value : json->root().member("logins").elements()) {
        const base::ByteSpan span = value.span();
        const std::string_view bytes = json->bytes().substr(span.begin, span.end - span.begin);
        base::Secret copy(bytes.size() + 1); // read in place
        std::memcpy(copy.writable().data(), bytes.data(), bytes.size());
        auto parsed = vault::recordFromText(copy.writable(), bytes.size());
        if (!parsed)
            return wrong(parsed.error().kind, parsed.error().detail);
        if (parsed->completeness == vault::Completeness::HasUnknownMembers)
            return wrong(ErrorKind::UnknownVersion, say(QT_TRANSLATE_NOOP("Transfer", "holds something that a newer "
                                                                                      "Keytender put there")));
        carried.logins.push_back(std::move(parsed.value().record));
    }
    return carried;
}

} // namespace

KdfParameters KdfParameters::fresh(base::Random &random)
{
    KdfParameters parameters{.operations = crypto_pwhash_OPSLIMIT_MODERATE, .memory = crypto_pwhash_MEMLIMIT_MODERATE};
    random.fill(std::as_writable_bytes(std::span(parameters.salt)));
    return parameters;
}

base::Result<KdfParameters> KdfParameters::of(std::string_view sealed)
{
    if (!sealed.starts_with(magic.substr(0, std::min(magic.size(), sealed.size()))))
        return wrong(ErrorKind::Malformed, say(QT_TRANSLATE_NOOP("Transfer", "was not made by keytenderctl export")));
    if (sealed.size() < magic.size() + 2)
        return wrong(ErrorKind::Incomplete, say(QT_TRANSLATE_NOOP("Transfer", "is cut off")));
    if (numberAt(sealed, magic.size(), 2) != knownVersion)
        return wrong(ErrorKind::UnknownVersion, say(QT_TRANSLATE_NOOP("Transfer", "is of a newer Keytender")));
    if (sealed.size() <= chunksAt + tagBytes)
        return wrong(ErrorKind::Incomplete, say(QT_TRANSLATE_NOOP("Transfer", "is cut off")));
    KdfParameters parameters{.operations = numberAt(sealed, magic.size() + 2, 8),
                             .memory = numberAt(sealed, magic.size() + 10, 8)};
    std::memcpy(parameters.salt.data(), sealed.data() + saltAt, parameters.salt.size());
    const bool isOurs =
        parameters.operations >= crypto_pwhash_OPSLIMIT_MIN && parameters.operations <= crypto_pwhash_OPSLIMIT_SENSITIVE
        && parameters.memory >= crypto_pwhash_MEMLIMIT_MIN && parameters.memory <= crypto_pwhash_MEMLIMIT_SENSITIVE;
    if (!isOurs)
        return wrong(ErrorKind::TooLarge, say(QT_TRANSLATE_NOOP("Transfer", "asks for more work than any of ours")));
    return parameters;
}

void deriveKey(base::Secret passphrase, const KdfParameters &parameters, QObject *context,
               std::function<void(base::Result<base::Secret>)> done)
{
    struct Work {
        base::Secret passphrase;
        base::Secret key{crypto_secretstream_xchacha20poly1305_KEYBYTES};
        KdfParameters parameters;
        int outcome = -1;
    };
    const auto work = std::make_shared<Work>();
    work->passphrase = std::move(passphrase);
    work->parameters = parameters;
    QThread *thread = QThread::create([work = work.get()] {
        const std::string_view words = work->passphrase.expose();
        work->outcome = crypto_pwhash(raw(work->key.writable()), work->key.size(), words.data(), words.size(),
                                      work->parameters.salt.data(), work->parameters.operations,
                                      static_cast<std::size_t>(work->parameters.memory), crypto_pwhash_ALG_ARGON2ID13);
    });
    // What is worked on lives as long as the thread, whoever waits for it.
    QObject::connect(thread, &QThread::finished, thread, [thread, work] { thread->deleteLater(); });
    QObject::connect(thread, &QThread::finished, context, [work, done = std::move(done)] {
        if (work->outcome != 0)
            return done(
                wrong(ErrorKind::Unavailable,
                      say(QT_TRANSLATE_NOOP("Transfer", "cannot be sealed or opened: too little memory is free"))));
        done(std::move(work->key));
    });
    thread->start();
}

std::string sealed(const CarriedLogins &carried, const KdfParameters &parameters, const base::Secret &key)
{
    const base::Secret text = textOf(carried);
    const std::string preamble = preambleOf(parameters);
    std::string bytes = preamble;
    crypto_secretstream_xchacha20poly1305_state state;
    std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES> header{};
    crypto_secretstream_xchacha20poly1305_init_push(&state, header.data(), raw(key.expose()));
    bytes.append(reinterpret_cast<const char *>(header.data()), header.size());
    std::string chunk;
    for (std::size_t at = 0; at < text.size(); at += chunkBytes) {
        const std::string_view part = text.expose().substr(at, chunkBytes);
        const bool isLast = at + chunkBytes >= text.size();
        chunk.resize(part.size() + tagBytes);
        crypto_secretstream_xchacha20poly1305_push(&state, raw(std::span<char>(chunk)), nullptr, raw(part), part.size(),
                                                   at == 0 ? raw(preamble) : nullptr, at == 0 ? preamble.size() : 0,
                                                   isLast ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                          : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
        bytes += chunk;
    }
    sodium_memzero(&state, sizeof state);
    return bytes;
}

base::Result<CarriedLogins> opened(std::string_view sealed, const base::Secret &key)
{
    const auto parameters = KdfParameters::of(sealed);
    if (!parameters)
        return base::unexpected(parameters.error());
    crypto_secretstream_xchacha20poly1305_state state;
    crypto_secretstream_xchacha20poly1305_init_pull(&state, raw(sealed.substr(headerAt)), raw(key.expose()));
    base::Secret text(sealed.size() - chunksAt);
    std::size_t length = 0;
    unsigned char tag = 0;
    bool isWhole = false;
    bool isOurs = true;
    for (std::size_t at = chunksAt; at < sealed.size() && isOurs && !isWhole; at += chunkBytes + tagBytes) {
        const std::string_view chunk = sealed.substr(at, chunkBytes + tagBytes);
        unsigned long long got = 0;
        isOurs = chunk.size() >= tagBytes
                 && crypto_secretstream_xchacha20poly1305_pull(
                        &state, raw(text.writable().subspan(length)), &got, &tag, raw(chunk), chunk.size(),
                        at == chunksAt ? raw(sealed) : nullptr, at == chunksAt ? headerAt : 0)
                        == 0;
        length += isOurs ? static_cast<std::size_t>(got) : 0;
        isWhole = isOurs && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        if (isWhole && at + chunk.size() != sealed.size())
            isOurs = false;
    }
    sodium_memzero(&state, sizeof state);
    if (!isOurs)
        return wrong(ErrorKind::WrongKey,
                     say(QT_TRANSLATE_NOOP("Transfer", "does not open: the passphrase is another "
                                                       "one, or the file was altered or cut off")));
    if (!isWhole)
        return wrong(ErrorKind::Incomplete, say(QT_TRANSLATE_NOOP("Transfer", "is cut off")));
    text.truncate(length);
    return loginsIn(std::move(text));
}

} // namespace keytender::service
