// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/keychainitems.h"

#include <csignal>

#include <QSignalSpy>
#include <QTest>

#include "fakes/privatekeyring.h"

using namespace keytender;
using namespace std::chrono_literals;

namespace {

const tools::KeychainAttributes asked{{QStringLiteral("service"), QStringLiteral("Codex Auth")},
                                      {QStringLiteral("username"), QStringLiteral("cli|0123456789abcdef")}};

tools::KeychainAttributes with(const QString &name, const QString &value)
{
    tools::KeychainAttributes attributes = asked;
    attributes[name] = value;
    return attributes;
}

// But for the schema, which libsecret adds on its own and the keyring names a moment later than the rest.
QStringList inWords(std::map<QString, QString> attributes)
{
    attributes.erase(QStringLiteral("xdg:schema"));
    QStringList words;
    for (const auto &[name, value] : attributes)
        words.append(name + u'=' + value);
    return words;
}

// One read or write and what came of it.
struct Answer {
    QObject context;
    std::optional<base::Result<base::Secret>> result;
    int calls = 0;

    void ask(tools::KeychainItems &keychain, const tools::KeychainAttributes &attributes = asked)
    {
        keychain.read(attributes, &context, [this](base::Result<base::Secret> given) {
            result.emplace(std::move(given));
            ++calls;
        });
    }
    void give(tools::KeychainItems &keychain, std::string_view secret,
              const tools::KeychainAttributes &attributes = asked)
    {
        keychain.write(attributes, base::Secret::copyOf(secret), &context, [this](const base::Result<void> &given) {
            if (given)
                result.emplace(base::Secret());
            else
                result.emplace(base::unexpected(given.error()));
            ++calls;
        });
    }
    [[nodiscard]] bool isDone() const { return result && *result; }
    [[nodiscard]] bool isSecret(std::string_view expected) const
    {
        return result && *result && (*result)->expose() == expected;
    }
    [[nodiscard]] bool isError(base::ErrorKind kind) const
    {
        return result && !*result && result->error().kind == kind;
    }
};

} // namespace

// Against a real gnome-keyring on a bus of its own.
class KeychainItemsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_keyring.start(); }
    void cleanup() { m_keyring.erase(); }

    void item_inUnlockedKeyring_isRead();
    void answer_comesLater_andOnce();
    void item_missing_isNotFound();
    void item_inLockedKeyring_isLocked_withoutPrompt();
    void item_missingInLockedKeyring_isNotFound();
    void keyring_unlockedLater_isAnnounced_andRead();
    void keyring_absent_isUnavailable();
    void sessionBus_absent_isUnavailable();
    void keyring_appearingLater_isAnnounced_andRead();
    void keyring_restartedBetweenReads_isReadAgain();
    void keyring_thatHangs_endsWithinDeadline();
    void severalItems_theExactThenTheNewestCounts();
    void binarySecret_isReadWhole();
    void callback_afterContextIsGone_staysSilent();
    void destruction_whileReading_staysSilent();
    void manyReads_atOnce_areAllAnswered();
    void write_replacesTheSecretAlone();
    void write_ofSeveralItems_meetsTheOneThatIsRead();
    void write_withoutItem_isNotFound_andMakesNone();
    void write_inLockedKeyring_isLocked_andChangesNothing();
    void write_withoutService_isUnavailable();
    void write_intoAHangingKeyring_endsWithinDeadline();
    void write_ofAMegabyte_arrivesWhole();

private:
    fakes::PrivateKeyring m_keyring;
};

void KeychainItemsTest::item_inUnlockedKeyring_isRead()
{
    m_keyring.store(with(QStringLiteral("application"), QStringLiteral("rust-keyring")), "dummy-token-1");
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.ask(keychain);
    QTRY_VERIFY(answer.isSecret("dummy-token-1"));
}

void KeychainItemsTest::answer_comesLater_andOnce()
{
    m_keyring.store(asked, "dummy");
    tools::SecretServiceItems keychain(200ms);
    Answer answer;
    answer.ask(keychain);
    QCOMPARE(answer.calls, 0);
    QTRY_COMPARE(answer.calls, 1);
    QTest::qWait(300); // past the deadline, which must not answer a second time
    QCOMPARE(answer.calls, 1);
}

void KeychainItemsTest::item_missing_isNotFound()
{
    m_keyring.store(with(QStringLiteral("username"), QStringLiteral("cli|somebody")), "dummy");
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.ask(keychain);
    QTRY_VERIFY(answer.isError(base::ErrorKind::NotFound));
    QVERIFY(answer.result->error().subject.contains(QStringLiteral("Codex Auth")));
}

void KeychainItemsTest::item_inLockedKeyring_isLocked_withoutPrompt()
{
    m_keyring.store(asked, "dummy");
    m_keyring.lock();
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.ask(keychain);
    QTRY_VERIFY(answer.isError(base::ErrorKind::Locked));
}

void KeychainItemsTest::item_missingInLockedKeyring_isNotFound()
{
    m_keyring.lock();
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.ask(keychain);
    QTRY_VERIFY(answer.isError(base::ErrorKind::NotFound));
}

void KeychainItemsTest::keyring_unlockedLater_isAnnounced_andRead()
{
    m_keyring.store(asked, "dummy-late");
    m_keyring.stop();
    m_keyring.startLocked();
    tools::SecretServiceItems keychain;
    Answer before;
    before.ask(keychain);
    QTRY_VERIFY(before.isError(base::ErrorKind::Locked));

    QSignalSpy announced(&keychain, &tools::KeychainItems::availabilityChanged);
    m_keyring.unlock();
    QVERIFY(announced.wait());
    Answer after;
    after.ask(keychain);
    QTRY_VERIFY(after.isSecret("dummy-late"));
}

void KeychainItemsTest::keyring_absent_isUnavailable()
{
    m_keyring.stop();
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.ask(keychain);
    QTRY_VERIFY(answer.isError(base::ErrorKind::Unavailable));
}

void KeychainItemsTest::sessionBus_absent_isUnavailable()
{
    const QByteArray address = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.ask(keychain);
    QTRY_VERIFY(answer.isError(base::ErrorKind::Unavailable));
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
}

void KeychainItemsTest::keyring_appearingLater_isAnnounced_andRead()
{
    m_keyring.store(asked, "dummy-late");
    m_keyring.stop();
    tools::SecretServiceItems keychain;
    Answer before;
    before.ask(keychain);
    QTRY_VERIFY(before.isError(base::ErrorKind::Unavailable));

    QSignalSpy announced(&keychain, &tools::KeychainItems::availabilityChanged);
    m_keyring.start();
    QVERIFY(announced.wait());
    Answer after;
    after.ask(keychain);
    QTRY_VERIFY(after.isSecret("dummy-late"));
}

void KeychainItemsTest::keyring_restartedBetweenReads_isReadAgain()
{
    m_keyring.store(asked, "dummy");
    tools::SecretServiceItems keychain;
    Answer before;
    before.ask(keychain);
    QTRY_VERIFY(before.isSecret("dummy"));

    QSignalSpy announced(&keychain, &tools::KeychainItems::availabilityChanged);
    m_keyring.stop();
    m_keyring.start();
    QVERIFY(announced.wait());
    Answer after;
    after.ask(keychain);
    QTRY_VERIFY(after.isSecret("dummy"));
}

void KeychainItemsTest::keyring_thatHangs_endsWithinDeadline()
{
    m_keyring.store(asked, "dummy");
    const auto process = static_cast<pid_t>(m_keyring.processId());
    QCOMPARE(::kill(process, SIGSTOP), 0);
    tools::SecretServiceItems keychain(300ms);
    Answer answer;
    answer.ask(keychain);
    QTRY_VERIFY_WITH_TIMEOUT(answer.isError(base::ErrorKind::TimedOut), 2000);
    QCOMPARE(::kill(process, SIGCONT), 0);
    Answer after;
    after.ask(keychain);
    QTRY_VERIFY(after.isSecret("dummy"));
}

void KeychainItemsTest::severalItems_theExactThenTheNewestCounts()
{
    const auto looser = with(QStringLiteral("target"), QStringLiteral("default"));
    m_keyring.store(asked, "exact");
    m_keyring.store(looser, "looser, but newer");
    tools::SecretServiceItems keychain;
    Answer exact;
    exact.ask(keychain);
    QTRY_VERIFY(exact.isSecret("exact"));
}

void KeychainItemsTest::binarySecret_isReadWhole()
{
    const QByteArray bytes = QByteArray("{\"a\":\"\xc3\xa4\"}") + QByteArray(100'000, 'x');
    m_keyring.store(asked, bytes);
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.ask(keychain);
    QTRY_VERIFY(answer.isSecret(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

void KeychainItemsTest::callback_afterContextIsGone_staysSilent()
{
    m_keyring.store(asked, "dummy");
    tools::SecretServiceItems keychain;
    int calls = 0;
    auto context = std::make_unique<QObject>();
    keychain.read(asked, context.get(), [&calls](const base::Result<base::Secret> &) { ++calls; });
    context.reset();
    Answer later;
    later.ask(keychain);
    QTRY_VERIFY(later.isSecret("dummy"));
    QCOMPARE(calls, 0);
}

void KeychainItemsTest::destruction_whileReading_staysSilent()
{
    m_keyring.store(asked, "dummy");
    Answer dropped;
    {
        tools::SecretServiceItems keychain;
        dropped.ask(keychain);
    }
    tools::SecretServiceItems keychain;
    Answer later;
    later.ask(keychain);
    QTRY_VERIFY(later.isSecret("dummy"));
    QCOMPARE(dropped.calls, 0);
}

void KeychainItemsTest::manyReads_atOnce_areAllAnswered()
{
    m_keyring.store(asked, "dummy");
    tools::SecretServiceItems keychain;
    std::array<Answer, 20> answers;
    for (Answer &answer : answers)
        answer.ask(keychain);
    for (const Answer &answer : answers)
        QTRY_VERIFY(answer.isSecret("dummy"));
}

void KeychainItemsTest::write_replacesTheSecretAlone()
{
    m_keyring.store(with(QStringLiteral("application"), QStringLiteral("rust-keyring")), "dummy-old");
    const auto before = m_keyring.items();
    QCOMPARE(before.size(), std::size_t{1});
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.give(keychain, "dummy-new");
    QCOMPARE(answer.calls, 0);
    QTRY_VERIFY(answer.isDone());

    const auto after = m_keyring.items();
    QCOMPARE(after.size(), std::size_t{1});
    QCOMPARE(after.front().secret, QByteArray("dummy-new"));
    QCOMPARE(after.front().path, before.front().path);
    QCOMPARE(after.front().label, before.front().label);
    QCOMPARE(inWords(after.front().attributes), inWords(before.front().attributes));
    QCOMPARE(after.front().contentType, before.front().contentType);
    QCOMPARE(answer.calls, 1);
}

void KeychainItemsTest::write_ofSeveralItems_meetsTheOneThatIsRead()
{
    m_keyring.store(asked, "exact");
    m_keyring.store(with(QStringLiteral("target"), QStringLiteral("default")), "looser, but newer");
    tools::SecretServiceItems keychain;
    Answer written;
    written.give(keychain, "dummy-new");
    QTRY_VERIFY(written.isDone());
    Answer read;
    read.ask(keychain);
    QTRY_VERIFY(read.isSecret("dummy-new"));
    QCOMPARE(m_keyring.items().size(), std::size_t{2});
    for (const auto &item : m_keyring.items()) {
        if (item.attributes.contains(QStringLiteral("target")))
            QCOMPARE(item.secret, QByteArray("looser, but newer"));
    }
}

void KeychainItemsTest::write_withoutItem_isNotFound_andMakesNone()
{
    m_keyring.store(with(QStringLiteral("username"), QStringLiteral("cli|somebody")), "dummy");
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.give(keychain, "dummy-new");
    QTRY_VERIFY(answer.isError(base::ErrorKind::NotFound));
    QCOMPARE(m_keyring.items().size(), std::size_t{1});
    QCOMPARE(m_keyring.items().front().secret, QByteArray("dummy"));
}

void KeychainItemsTest::write_inLockedKeyring_isLocked_andChangesNothing()
{
    m_keyring.store(asked, "dummy");
    m_keyring.lock();
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.give(keychain, "dummy-new");
    QTRY_VERIFY(answer.isError(base::ErrorKind::Locked));
    m_keyring.unlock();
    QCOMPARE(m_keyring.items().front().secret, QByteArray("dummy"));
}

void KeychainItemsTest::write_withoutService_isUnavailable()
{
    m_keyring.stop();
    tools::SecretServiceItems keychain;
    Answer answer;
    answer.give(keychain, "dummy-new");
    QTRY_VERIFY(answer.isError(base::ErrorKind::Unavailable));
}

void KeychainItemsTest::write_intoAHangingKeyring_endsWithinDeadline()
{
    m_keyring.store(asked, "dummy");
    const auto process = static_cast<pid_t>(m_keyring.processId());
    QCOMPARE(::kill(process, SIGSTOP), 0);
    tools::SecretServiceItems keychain(300ms);
    Answer answer;
    answer.give(keychain, "dummy-new");
    QTRY_VERIFY_WITH_TIMEOUT(answer.isError(base::ErrorKind::TimedOut), 2000);
    QCOMPARE(::kill(process, SIGCONT), 0);
    // What was given up before it was sent is not sent when the keyring comes round.
    Answer after;
    after.ask(keychain);
    QTRY_VERIFY(after.isSecret("dummy"));
}

void KeychainItemsTest::write_ofAMegabyte_arrivesWhole()
{
    m_keyring.store(asked, "dummy");
    const QByteArray bytes(1'000'000, 'x');
    tools::SecretServiceItems keychain;
    Answer written;
    written.give(keychain, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
    QTRY_VERIFY(written.isDone());
    QCOMPARE(m_keyring.items().front().secret, bytes);
}

int main(int count, char **arguments)
{
    fakes::enterPrivateSession(arguments);
    if (!base::initializeCrypto())
        return 1;
    QCoreApplication application(count, arguments);
    KeychainItemsTest test;
    return QTest::qExec(&test, count, arguments);
}

#include "keychainitems.moc"
