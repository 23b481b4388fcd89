// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Searches this process's own memory for a token after it was read, parsed, edited, fingerprinted and dropped.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

#include "base/durablefile.h"
#include "base/fingerprint.h"
#include "base/jsonspans.h"

using namespace keytender::base;

namespace {

constexpr std::size_t tokenSize = 48;

// Known here only upside down, so that the search does not find itself.
using HiddenToken = std::array<unsigned char, tokenSize>;

HiddenToken hiddenToken()
{
    HiddenToken token{};
    for (std::size_t i = 0; i < token.size(); ++i)
        token[i] = static_cast<unsigned char>(~('A' + i * 7 % 26));
    return token;
}

bool isTokenAt(const char *bytes, const HiddenToken &token)
{
    for (std::size_t i = 0; i < token.size(); ++i)
        if (static_cast<unsigned char>(~static_cast<unsigned char>(bytes[i])) != token[i])
            return false;
    return true;
}

Secret tokenFile(const HiddenToken &token)
{
    // The padding before keeps the token clear of what an allocator writes into the first bytes of a freed block; the
    // padding behind makes buffers grow and move while they hold it.
    constexpr std::string_view before =
        R"({"claudeAiOauth":{"accessToken":"padding-padding-padding-padding-padding-padding-padding-)";
    constexpr std::string_view after = R"(\n","expiresAt":1790000000000}})";
    constexpr std::size_t padding = 100'000;
    Secret text(before.size() + token.size() + padding + after.size());
    char *to = std::ranges::copy(before, text.writable().data()).out;
    for (const unsigned char byte : token)
        *to++ = static_cast<char>(~byte);
    to = std::fill_n(to, padding, 'x');
    std::ranges::copy(after, to);
    return text;
}

// How often the token stands in the writable memory of this process.
int tracesOf(const HiddenToken &token)
{
    int traces = 0;
    const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (memory < 0 || !maps.open(QIODevice::ReadOnly))
        return -1;
    Secret window(1 << 20); // freed and wiped again, so that the search leaves no trace either
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QByteArrayList words = line.split(' ');
        const QByteArrayList bounds = words.first().split('-');
        if (bounds.size() != 2 || !words[1].startsWith("rw"))
            continue;
        const auto end = bounds[1].toULongLong(nullptr, 16);
        const auto own = reinterpret_cast<quintptr>(window.expose().data());
        for (auto at = bounds[0].toULongLong(nullptr, 16); at < end; at += window.size() - tokenSize) {
            if (own >= at && own < end)
                break;
            const auto wanted = std::min<std::size_t>(window.size(), end - at);
            const ssize_t got = pread(memory, window.writable().data(), wanted, static_cast<off_t>(at));
            for (ssize_t i = 0; i + ssize_t(tokenSize) <= got; ++i)
                traces += isTokenAt(window.expose().data() + i, token) ? 1 : 0;
        }
    }
    close(memory);
    return traces;
}

} // namespace

class MemoryTracesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void freedCopyOnTheHeap_isFound();
    void liveSecrets_areTheOnlyCopies();
    void droppedSecrets_leaveNothing();

private:
    const HiddenToken m_token = hiddenToken();
};

void MemoryTracesTest::initTestCase()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("sanitizers map too much memory of their own to search it");
#endif
    QVERIFY(initializeCrypto());
    QCOMPARE(tracesOf(m_token), 0);
}

void MemoryTracesTest::freedCopyOnTheHeap_isFound()
{
    const Secret text = tokenFile(m_token);
    auto copy = std::make_unique<std::string>(text.expose());
    QCOMPARE(tracesOf(m_token), 2);
    std::ranges::fill(*copy, 'x');
    QCOMPARE(tracesOf(m_token), 1);
}

void MemoryTracesTest::liveSecrets_areTheOnlyCopies()
{
    const auto document = JsonSpans::parse(tokenFile(m_token), QStringLiteral("file"));
    QVERIFY(document);
    QCOMPARE(tracesOf(m_token), 1);
    const auto token = document->root().member("claudeAiOauth").member("accessToken").secret();
    QVERIFY(token);
    QCOMPARE(tracesOf(m_token), 2);
}

void MemoryTracesTest::droppedSecrets_leaveNothing()
{
    QTemporaryDir directory;
    SystemRandom random;
    const DurableFile files(directory.path(), random);
    {
        QVERIFY(files.write(QStringLiteral("a"), tokenFile(m_token).expose()));
        auto content = readFile(directory.filePath(QStringLiteral("a")), {.owner = geteuid()});
        QVERIFY(content);
        const auto document = JsonSpans::parse(std::move(content->bytes), QStringLiteral("file"));
        QVERIFY(document);
        const JsonValue value = document->root().member("claudeAiOauth").member("accessToken");
        const auto token = value.secret();
        QVERIFY(token);
        QVERIFY(!FingerprintKey::random(random).of(*token).isNull());
        std::vector<JsonEdit> edits;
        edits.push_back({value.span(), JsonSpans::quoted(token->expose())});
        QVERIFY(document->spliced(std::move(edits)));
        QVERIFY(!value.number()); // an error about it says nothing of it either
    }
    QCOMPARE(tracesOf(m_token), 0);
}

QTEST_GUILESS_MAIN(MemoryTracesTest)
#include "memorytraces.moc"
