// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdio>

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>

#include "base/timestamp.h"
#include "fakes/fakeclock.h"
#include "fakes/fakekeychain.h"
#include "fakes/temporaryhome.h"
#include "sync/synchronizer.h"
#include "tools/awssso.h"

using namespace keytender;
using sync::Synchronizer;

namespace {

QString cacheFile(int number)
{
    const QByteArray name = QCryptographicHash::hash(QByteArray::number(number), QCryptographicHash::Sha1).toHex();
    return QStringLiteral(".aws/sso/cache/%1.json").arg(QString::fromLatin1(name));
}

QByteArray record(int number, base::Timestamp expiry)
{
    const QByteArray date = base::toRfc3339(expiry).toLatin1();
    const QByteArray token = QByteArray::number(number) + '-' + date;
    QByteArray text = "{'startUrl': 'https://d-1234567890.awsapps.com/start', 'region': 'eu-central-1', "
                      "'accessToken': 'at-"
                      + token + "', 'expiresAt': '" + date
                      + "', 'clientId': 'c', "
                        "'clientSecret': 's', 'refreshToken': 'rt-"
                      + token + "', 'registrationExpiresAt': '2027-02-01T00:00:00Z'}";
    return text.replace('\'', '"');
}

// A home with so many logins in the AWS cache, and a synchronizer that has seen them.
class Crowd final {
public:
    explicit Crowd(int count) : m_count(count)
    {
        for (int i = 0; i < count; ++i)
            m_home.write(cacheFile(i), record(i, m_clock.wall + std::chrono::hours{1}));
    }

    void start()
    {
        std::vector<std::unique_ptr<tools::Tool>> tools;
        tools.push_back(std::make_unique<tools::AwsSso>());
        m_sync = std::make_unique<Synchronizer>(
            std::move(tools),
            sync::SynchronizerWorld{
                .clock = m_clock, .keychain = m_keychain, .environment = m_home.environment(), .extraHomes = {}});
        QElapsedTimer timer;
        timer.start();
        await(&Synchronizer::settled, [this] { m_sync->start(); });
        startTime = timer.nsecsElapsed();
    }

    void keepIn(vault::Vault::Access access)
    {
        QElapsedTimer timer;
        timer.start();
        auto opened =
            vault::Vault::open(m_home.path(QStringLiteral("vault")),
                               vault::MasterKey{.key = base::Secret(vault::MasterKey::size)}, access, m_random);
        await(&Synchronizer::settled, [&] { m_sync->setVault(std::move(opened).value()); });
        vaultTime = timer.nsecsElapsed();
    }

    // From after the rename to the profile that knows of it.
    qint64 change()
    {
        const int number = m_changes++ % m_count;
        const QString path = m_home.path(cacheFile(number));
        const QString temporary =
            m_home.write(QStringLiteral("next"),
                         record(number, m_clock.wall + std::chrono::hours{2} + std::chrono::seconds{m_changes}));
        QElapsedTimer timer;
        timer.start();
        await(&Synchronizer::profileChanged,
              [&] { std::rename(QFile::encodeName(temporary).constData(), QFile::encodeName(path).constData()); });
        return timer.nsecsElapsed();
    }

    [[nodiscard]] std::size_t size() const { return m_sync->profiles().size(); }
    void stop() { m_sync.reset(); }

    qint64 startTime = 0;
    qint64 vaultTime = 0;

private:
    template <class Signal, class Act>
    void await(Signal signal, Act act)
    {
        QEventLoop loop;
        QObject::connect(m_sync.get(), signal, &loop, &QEventLoop::quit, Qt::QueuedConnection);
        act();
        loop.exec();
    }

    int m_count;
    int m_changes = 0;
    base::SystemRandom m_random;
    fakes::TemporaryHome m_home;
    fakes::FakeClock m_clock;
    fakes::FakeKeychain m_keychain;
    std::unique_ptr<Synchronizer> m_sync;
};

// Undisturbed by whatever else the machine does.
qint64 quick(std::vector<qint64> values)
{
    std::ranges::sort(values);
    return values[values.size() / 10];
}

} // namespace

class Scaling final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void oneChange_costsTheSameAmongTenThousand();
};

void Scaling::oneChange_costsTheSameAmongTenThousand()
{
    Crowd few(10);
    Crowd many(10'000);
    few.start();
    many.start();
    QCOMPARE(few.size(), std::size_t{10});
    QCOMPARE(many.size(), std::size_t{10'000});
    qInfo("start: 10 in %.1f ms, 10,000 in %.1f ms", double(few.startTime) / 1e6, double(many.startTime) / 1e6);

    std::vector<qint64> withFew;
    std::vector<qint64> withMany;
    for (int i = 0; i < 200; ++i) { // in turn, so that both see the same machine
        withFew.push_back(few.change());
        withMany.push_back(many.change());
    }
    qInfo("one change: among 10 %.0f µs, among 10,000 %.0f µs (the quickest tenth)", double(quick(withFew)) / 1e3,
          double(quick(withMany)) / 1e3);
    // The goal is 1.2 on a quiet machine; a look at every profile would be hundreds of times slower.
    QVERIFY(quick(withMany) < 3 * quick(withFew));

    if (!qEnvironmentVariableIsSet("KEYTENDER_LONG"))
        return;
    for (Crowd *crowd : {&few, &many}) {
        crowd->keepIn(vault::Vault::Access::ReadWrite);
        const double first = double(crowd->vaultTime) / 1e6;
        crowd->stop();
        crowd->start();
        crowd->keepIn(vault::Vault::Access::ReadWrite);
        qInfo("%zu kept first in %.0f ms; next start %.1f ms, and %.1f ms with the vault", crowd->size(), first,
              double(crowd->startTime) / 1e6, double(crowd->vaultTime) / 1e6);
    }
    withFew.clear();
    withMany.clear();
    for (int i = 0; i < 200; ++i) {
        withFew.push_back(few.change());
        withMany.push_back(many.change());
    }
    qInfo("one change, durable: among 10 %.0f µs, among 10,000 %.0f µs (the quickest tenth)",
          double(quick(withFew)) / 1e3, double(quick(withMany)) / 1e3);
}

QTEST_GUILESS_MAIN(Scaling)
#include "scaling.moc"
