// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// Logins in a sealed file: what opens it, and what is taken over from it.

#include "service/programs/transfer.h"

#include <QSignalSpy>
#include <QTest>

#include <sodium.h>

#include "core/service/keptlogin.h"

using namespace keytender;
using namespace std::chrono_literals;
using base::ErrorKind;
using fakes::KeptLogin;
using service::CarriedLogins;
using service::KdfParameters;
using service::TakeOver;

namespace {

base::SystemRandom random_;

// The least that libsodium takes: this is not about the time that it takes.
KdfParameters quick()
{
    KdfParameters parameters = KdfParameters::fresh(random_);
    parameters.operations = crypto_pwhash_OPSLIMIT_MIN;
    parameters.memory = crypto_pwhash_MEMLIMIT_MIN;
    return parameters;
}

base::Secret keyOf(const char *passphrase, const KdfParameters &parameters)
{
    QObject context;
    base::Secret derived;
    bool isOver = false;
    service::deriveKey(base::Secret::copyOf(passphrase), parameters, &context, [&](base::Result<base::Secret> key) {
        derived = key ? *std::move(key) : base::Secret();
        isOver = true;
    });
    (void)QTest::qWaitFor([&] { return isOver; }, 20'000);
    return derived;
}

CarriedLogins some(bool isMoved = false)
{
    CarriedLogins carried;
    carried.isMoved = isMoved;
    carried.logins.push_back(fakes::keptRecord({}));
    carried.logins.push_back(fakes::keptRecord({.id = QStringLiteral("key"),
                                                .providerId = QStringLiteral("example.com"),
                                                .label = QStringLiteral("CI key"),
                                                .refreshToken = {},
                                                .accessToken = "sk-dummy-ci-key-0123456789",
                                                .kind = profile::CredentialKind::ApiKey,
                                                .left = std::nullopt}));
    return carried;
}

bool contains(const std::string &bytes, std::string_view text)
{
    return bytes.find(text) != std::string::npos;
}

} // namespace

class TestTransfer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }

    void sealedLogins_open_andShowNothingBefore();
    void wrongPassphrase_opensNothing();
    void alteredOrCutFile_isRefused_whereverItIs();
    void bytesBehindTheEnd_areRefused();
    void foreignOrNewerFile_isNamed_data();
    void foreignOrNewerFile_isNamed();
    void largeExport_goesInChunks();
    void theRealEffort_isModerate_andLeavesTheEventLoopFree();

    void loginThatIsHere_isSkipped();
    void olderStateOfALoginThatIsHere_isSkipped();
    void anotherLineageOfTheAccount_isANewLogin();
    void loginThatMayBeRenewedElsewhere_comesWithoutItsRefreshToken();
    void theSameWithAPersonsWord_isCompleted();
    void toolsLogin_isNeverReplaced();
};

void TestTransfer::sealedLogins_open_andShowNothingBefore()
{
    const KdfParameters parameters = quick();
    const base::Secret key = keyOf("correct horse", parameters);
    const std::string file = service::sealed(some(true), parameters, key);
    for (const char *text : {"oat01", "ort01", "bob@example.org", "anthropic", "CI key", "logins"})
        QVERIFY2(!contains(file, text), text);
    QVERIFY(*KdfParameters::of(file) == parameters);
    const auto opened = service::opened(file, key);
    QVERIFY2(opened.has_value(), opened ? "" : qPrintable(base::describe(opened.error())));
    QVERIFY(opened->isMoved);
    QCOMPARE(opened->logins.size(), std::size_t{2});
    const vault::Record &bob = opened->logins[0];
    const vault::Record before = fakes::keptRecord({});
    QVERIFY(bob.credential.tokens.refreshToken == before.credential.tokens.refreshToken);
    QVERIFY(bob.credential.tokens.accessToken == before.credential.tokens.accessToken);
    QCOMPARE(bob.label, before.label);
    QVERIFY(bob.account == before.account);
}

void TestTransfer::wrongPassphrase_opensNothing()
{
    const KdfParameters parameters = quick();
    const std::string file = service::sealed(some(), parameters, keyOf("correct horse", parameters));
    const auto opened = service::opened(file, keyOf("correct horsf", parameters));
    QVERIFY(!opened && opened.error().kind == ErrorKind::WrongKey);
    QVERIFY(base::describe(opened.error()).contains(QStringLiteral("passphrase")));
}

void TestTransfer::alteredOrCutFile_isRefused_whereverItIs()
{
    const KdfParameters parameters = quick();
    const base::Secret key = keyOf("correct horse", parameters);
    const std::string file = service::sealed(some(), parameters, key);
    for (std::size_t at = 0; at < file.size(); ++at) {
        std::string altered = file;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        QVERIFY2(!service::opened(altered, key), qPrintable(QString::number(at)));
        QVERIFY2(!service::opened(std::string_view(file).substr(0, at), key), qPrintable(QString::number(at)));
    }
}

void TestTransfer::bytesBehindTheEnd_areRefused()
{
    const KdfParameters parameters = quick();
    const base::Secret key = keyOf("correct horse", parameters);
    const std::string file = service::sealed(some(), parameters, key);
    QVERIFY(!service::opened(file + "x", key));
    QVERIFY(!service::opened(file + file, key));
}

void TestTransfer::foreignOrNewerFile_isNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    const std::string ours = service::sealed(some(), quick(), base::Secret(32));
    const auto with = [&](std::size_t at, char byte) {
        std::string changed = ours;
        changed[at] = byte;
        return QByteArray::fromStdString(changed);
    };
    QTest::newRow("nothing") << QByteArray() << int(ErrorKind::Incomplete);
    QTest::newRow("the beginning of it") << QByteArray("KTEXP") << int(ErrorKind::Incomplete);
    QTest::newRow("no chunk") << QByteArray::fromStdString(ours.substr(0, 66)) << int(ErrorKind::Incomplete);
    QTest::newRow("something else") << QByteArray(1000, 'x') << int(ErrorKind::Malformed);
    QTest::newRow("newer") << with(8, 2) << int(ErrorKind::UnknownVersion);
    QTest::newRow("endless operations") << with(17, 0x7f) << int(ErrorKind::TooLarge);
    QTest::newRow("endless memory") << with(25, 0x7f) << int(ErrorKind::TooLarge);
    QTest::newRow("no operations") << with(10, 0) << int(ErrorKind::TooLarge);
}

void TestTransfer::foreignOrNewerFile_isNamed()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, kind);
    const auto parameters = KdfParameters::of(bytes.toStdString());
    QVERIFY(!parameters);
    QCOMPARE(int(parameters.error().kind), kind);
}

void TestTransfer::largeExport_goesInChunks()
{
    CarriedLogins carried;
    for (int number = 0; number < 400; ++number)
        carried.logins.push_back(fakes::keptRecord({.id = QStringLiteral("login-%1").arg(number)}));
    const KdfParameters parameters = quick();
    const base::Secret key = keyOf("correct horse", parameters);
    const std::string file = service::sealed(carried, parameters, key);
    QVERIFY(file.size() > 130'000);
    QCOMPARE(service::opened(file, key)->logins.size(), std::size_t{400});
    // Whole chunks that are missing are noticed too.
    const auto cut = service::opened(std::string_view(file).substr(0, 66 + 65536 + 17), key);
    QVERIFY(!cut && cut.error().kind == ErrorKind::Incomplete);
    QCOMPARE(cut.error().place, QString()); // before anybody reads what is in it
}

void TestTransfer::theRealEffort_isModerate_andLeavesTheEventLoopFree()
{
    const KdfParameters parameters = KdfParameters::fresh(random_);
    QCOMPARE(parameters.memory, std::uint64_t{crypto_pwhash_MEMLIMIT_MODERATE});
    QVERIFY(!(parameters == KdfParameters::fresh(random_))); // its salt
    bool isOver = false;
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] { ++turns; });
    timer.start(5);
    service::deriveKey(base::Secret::copyOf("correct horse"), parameters, this,
                       [&](const base::Result<base::Secret> &key) { isOver = key && key->size() == 32; });
    QTRY_VERIFY_WITH_TIMEOUT(isOver, 60'000);
    QVERIFY2(turns >= 5, qPrintable(QString::number(turns)));
}

namespace {

struct Here {
    std::vector<vault::RecordFacts> known;
    base::FingerprintKey key = base::FingerprintKey::random(random_);
    base::Fingerprint held;

    void add(const vault::Record &record) { known.push_back(vault::factsOf(record, key)); }
    [[nodiscard]] std::vector<TakeOver> plan(CarriedLogins carried) const
    {
        return service::planTakeOver(std::move(carried),
                                     {.known = known,
                                      .key = key,
                                      .wasHeld = [this](const base::Fingerprint &token) { return token == held; },
                                      .now = base::SystemClock().wallTime()});
    }
    [[nodiscard]] std::vector<TakeOver> plan(const KeptLogin &login, bool isMoved = true) const
    {
        CarriedLogins carried;
        carried.isMoved = isMoved;
        carried.logins.push_back(fakes::keptRecord(login));
        return plan(std::move(carried));
    }
};

} // namespace

void TestTransfer::loginThatIsHere_isSkipped()
{
    Here here;
    const auto fresh = here.plan(some(true));
    QCOMPARE(int(fresh[0].step), int(TakeOver::Step::Add));
    QCOMPARE(fresh[0].record.id, QStringLiteral("anthropic"));
    QVERIFY(!fresh[0].record.credential.tokens.refreshToken.isEmpty());
    QCOMPARE(int(fresh[1].step), int(TakeOver::Step::Add));
    here.add(fakes::keptRecord({}));
    const auto again = here.plan(some(true));
    QCOMPARE(int(again[0].step), int(TakeOver::Step::Skip));
    QCOMPARE(int(again[1].step), int(TakeOver::Step::Add)); // the key is another one
    // Twice in one file is once here.
    CarriedLogins twice;
    twice.isMoved = true;
    twice.logins.push_back(fakes::keptRecord({}));
    twice.logins.push_back(fakes::keptRecord({.id = QStringLiteral("other")}));
    const auto plan = Here().plan(std::move(twice));
    QCOMPARE(int(plan[1].step), int(TakeOver::Step::Skip));
}

void TestTransfer::olderStateOfALoginThatIsHere_isSkipped()
{
    Here here;
    here.add(fakes::keptRecord({.refreshToken = "sk-ant-ort01-bob-7"}));
    here.held = here.key.of(base::Secret::copyOf("sk-ant-ort01-bob-1"));
    const auto plan = here.plan(KeptLogin{});
    QCOMPARE(int(plan[0].step), int(TakeOver::Step::Skip));
    QVERIFY(plan[0].line.contains(QStringLiteral("newer")));
}

void TestTransfer::anotherLineageOfTheAccount_isANewLogin()
{
    Here here;
    here.add(fakes::keptRecord({.refreshToken = "sk-ant-ort01-fresh-1"}));
    const auto plan = here.plan(KeptLogin{});
    QCOMPARE(int(plan[0].step), int(TakeOver::Step::Add));
    QVERIFY(plan[0].record.id != QStringLiteral("anthropic"));
    QCOMPARE(plan[0].record.care, profile::Care::Own);
}

void TestTransfer::loginThatMayBeRenewedElsewhere_comesWithoutItsRefreshToken()
{
    const auto plan = Here().plan(KeptLogin{}, false);
    QCOMPARE(int(plan[0].step), int(TakeOver::Step::Add));
    QVERIFY(plan[0].record.credential.tokens.refreshToken.isEmpty());
    QVERIFY(plan[0].record.toolRecord.isEmpty());
    QVERIFY(!plan[0].record.credential.tokens.accessToken.isEmpty());
    QVERIFY(plan[0].line.contains(QStringLiteral("--renew")));
    // Its access token has ended: there is nothing to be had of it.
    const auto ended = Here().plan(KeptLogin{.left = -1min}, false);
    QCOMPARE(int(ended[0].step), int(TakeOver::Step::Skip));
    QVERIFY(ended[0].line.contains(QStringLiteral("--renew")));
}

void TestTransfer::theSameWithAPersonsWord_isCompleted()
{
    Here here;
    vault::Record half = fakes::keptRecord({.id = QStringLiteral("anthropic:bob")});
    half.credential.tokens.refreshToken = {};
    here.add(half);
    QCOMPARE(int(here.plan(KeptLogin{}, false)[0].step), int(TakeOver::Step::Skip));
    const auto plan = here.plan(KeptLogin{});
    QCOMPARE(int(plan[0].step), int(TakeOver::Step::Complete));
    QCOMPARE(plan[0].record.id, QStringLiteral("anthropic:bob"));
    QVERIFY(!plan[0].record.credential.tokens.refreshToken.isEmpty());
}

void TestTransfer::toolsLogin_isNeverReplaced()
{
    Here here;
    vault::Record tools = fakes::keptRecord({.refreshToken = "sk-ant-ort01-tool-1"});
    tools.care = profile::Care::Shared;
    here.add(tools);
    const auto plan = here.plan(KeptLogin{}); // under the same id
    QCOMPARE(int(plan[0].step), int(TakeOver::Step::Add));
    QVERIFY(plan[0].record.id != QStringLiteral("anthropic"));
    tools.credential.tokens.refreshToken = {};
    tools.credential.tokens.accessToken = base::Secret::copyOf("sk-ant-oat01-bob-1");
    Here other;
    other.add(tools);
    QCOMPARE(int(other.plan(KeptLogin{})[0].step), int(TakeOver::Step::Skip));
}

QTEST_GUILESS_MAIN(TestTransfer)
#include "transfer.moc"
