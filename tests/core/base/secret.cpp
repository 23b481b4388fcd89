// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "base/secret.h"

#include <ostream>
#include <type_traits>

#include <QFile>
#include <QString>
#include <QTest>
#include <QVariant>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace keytender::base;

namespace {

template <class T>
concept Printable = requires(std::ostream &stream, const T &value)
{
    stream << value;
};

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, QString> && !std::is_constructible_v<QString, Secret>);
static_assert(!std::is_convertible_v<Secret, QByteArray> && !std::is_constructible_v<QByteArray, Secret>);
static_assert(!std::is_constructible_v<std::string, Secret> && !std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_constructible_v<QVariant, Secret>);
static_assert(!std::is_convertible_v<std::size_t, Secret> && !std::is_convertible_v<std::string_view, Secret>);
static_assert(!Printable<Secret>);

QString printed(const Secret &secret)
{
    QString text;
    QDebug(&text) << secret;
    return text.trimmed();
}

// The kernel's flags of the mapping that an address lies in: "rd wr mr mw me lo dd".
QByteArrayList flagsOf(const void *address)
{
    QFile maps(QStringLiteral("/proc/self/smaps"));
    if (!maps.open(QIODevice::ReadOnly))
        return {};
    const auto wanted = reinterpret_cast<quintptr>(address);
    bool isWithin = false;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QByteArrayList bounds = line.split(' ').first().split('-');
        if (bounds.size() == 2)
            isWithin = wanted >= bounds[0].toULongLong(nullptr, 16) && wanted < bounds[1].toULongLong(nullptr, 16);
        else if (isWithin && line.startsWith("VmFlags:"))
            return line.sliced(8).simplified().split(' ');
    }
    return {};
}

} // namespace

class SecretTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void printing_showsOnlyTheSize();
    void newSecret_isZeroed();
    void move_leavesNothingBehind();
    void moveAssignment_wipesWhatWasThereAtOnce();
    void clone_isEqualButElsewhere();
    void truncate_wipesTheRest();
    void truncate_longer_changesNothing();
    void equality_comparesContents_data();
    void equality_comparesContents();
    void memory_staysOutOfCoreDumps();
    void processMemory_isClosedToOthers();
    void initializeCrypto_twice_isFine();
};

void SecretTest::initTestCase()
{
    QVERIFY(initializeCrypto());
}

void SecretTest::printing_showsOnlyTheSize()
{
    QCOMPARE(printed(Secret::copyOf("sk-ant-oat01-abc")), QStringLiteral("Secret(16 bytes)"));
    QCOMPARE(printed(Secret()), QStringLiteral("Secret(empty)"));
}

void SecretTest::newSecret_isZeroed()
{
    const Secret secret(100);
    QCOMPARE(secret.size(), std::size_t(100));
    QVERIFY(secret.expose() == std::string(100, '\0'));
    QVERIFY(Secret(0).isEmpty());
    QVERIFY(Secret(0).expose().empty());
}

void SecretTest::move_leavesNothingBehind()
{
    Secret first = Secret::copyOf("abc");
    const char *const bytes = first.expose().data();
    const Secret second = std::move(first);
    QVERIFY(first.isEmpty());
    QVERIFY(first.expose().empty());
    QVERIFY(second.expose() == "abc");
    QVERIFY(second.expose().data() == bytes); // moved, not copied
}

void SecretTest::moveAssignment_wipesWhatWasThereAtOnce()
{
    Secret first = Secret::copyOf("old");
    Secret second = Secret::copyOf("new");
    first = std::move(second);
    QVERIFY(first.expose() == "new");
    QVERIFY(second.isEmpty());
}

void SecretTest::clone_isEqualButElsewhere()
{
    const Secret first = Secret::copyOf("abc");
    const Secret second = first.clone();
    QVERIFY(first == second);
    QVERIFY(first.expose().data() != second.expose().data());
    QVERIFY(Secret().clone().isEmpty());
}

void SecretTest::truncate_wipesTheRest()
{
    Secret secret = Secret::copyOf("abcdef");
    const char *const bytes = secret.expose().data();
    secret.truncate(2);
    QVERIFY(secret.expose() == "ab");
    QVERIFY(std::string_view(bytes, 6) == std::string_view("ab\0\0\0\0", 6));
}

void SecretTest::truncate_longer_changesNothing()
{
    Secret secret = Secret::copyOf("ab");
    secret.truncate(3);
    QVERIFY(secret.expose() == "ab");
}

void SecretTest::equality_comparesContents_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("same") << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("last differs") << QByteArray("abc") << QByteArray("abd");
    QTest::newRow("shorter") << QByteArray("abc") << QByteArray("ab");
    QTest::newRow("empty and not") << QByteArray() << QByteArray("a");
}

void SecretTest::equality_comparesContents()
{
    QFETCH(const QByteArray, first);
    QFETCH(const QByteArray, second);
    const auto secret = [](const QByteArray &bytes) {
        return Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    };
    QCOMPARE(secret(first) == secret(second), first == second);
}

void SecretTest::memory_staysOutOfCoreDumps()
{
    const Secret secret = Secret::copyOf("abc");
    const QByteArrayList flags = flagsOf(secret.expose().data());
    QVERIFY2(flags.contains("dd"), flags.join(' ').constData()); // MADV_DONTDUMP
    static int ordinary = 0;
    QVERIFY(!flagsOf(&ordinary).contains("dd"));
}

void SecretTest::processMemory_isClosedToOthers()
{
    const pid_t child = fork();
    if (child == 0) {
        forbidMemoryDumps();
        rlimit core{1, 1};
        getrlimit(RLIMIT_CORE, &core);
        _exit(prctl(PR_GET_DUMPABLE) == 0 && core.rlim_cur == 0 && core.rlim_max == 0 ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

void SecretTest::initializeCrypto_twice_isFine()
{
    QVERIFY(initializeCrypto());
}

QTEST_GUILESS_MAIN(SecretTest)
#include "secret.moc"
