// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include "fakes/temporaryhome.h"
#include "provider/providerloader.h"

using namespace keytender;
using namespace keytender::provider;

namespace {

const QString folder = QStringLiteral("providers");

QByteArray textOf(const char *id, const char *name)
{
    const QByteArray quote = "\"";
    return "{\"version\": 1, \"id\": " + quote + id + quote + ", \"name\": " + quote + name + quote + "}";
}

void setMode(const QString &path, mode_t mode)
{
    QCOMPARE(chmod(QFile::encodeName(path).constData(), mode), 0);
}

} // namespace

// Providers of the user's own, from a directory in a home of the test's own.
class OverridesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(base::initializeCrypto()); }
    void init() { m_home.emplace(); }

    void missingDirectory_isFine()
    {
        QCOMPARE(load().byId.size(), builtInCount);
        QVERIFY(load().problems.empty());
    }

    void emptyDirectory_isFine()
    {
        QVERIFY(QDir().mkpath(m_home->path(folder)));
        QCOMPARE(load().byId.size(), builtInCount);
        QVERIFY(load().problems.empty());
    }

    void newProvider_isAdded()
    {
        write("example", textOf("example", "Example"));
        const ProviderSet set = load();
        QCOMPARE(set.byId.size(), builtInCount + 1);
        const Provider *example = set.find(QStringLiteral("example"));
        QVERIFY(example != nullptr && !example->isBuiltIn);
        QCOMPARE(example->name, QStringLiteral("Example"));
    }

    void builtIn_isReplacedAsAWhole()
    {
        write("anthropic", textOf("anthropic", "Anthropic here"));
        const ProviderSet set = load();
        QCOMPARE(set.byId.size(), builtInCount);
        const Provider *anthropic = set.find(QStringLiteral("anthropic"));
        QVERIFY(anthropic != nullptr && !anthropic->isBuiltIn);
        QCOMPARE(anthropic->name, QStringLiteral("Anthropic here"));
        QVERIFY(!anthropic->tokenEndpoint);
    }

    void oneBadFile_takesNoOtherDown()
    {
        write("anthropic", "{");
        write("bad", R"({"version": 1, "id": "bad", "name": "Bad", "oops": 1})");
        write("good", textOf("good", "Good"));
        const ProviderSet set = load();
        QCOMPARE(set.problems.size(), std::size_t(2));
        QVERIFY(set.problems[0].subject.endsWith(QLatin1String("/anthropic.json")));
        QVERIFY(set.problems[1].subject.endsWith(QLatin1String("/bad.json")));
        QVERIFY(set.find(QStringLiteral("anthropic"))->isBuiltIn);
        QVERIFY(set.find(QStringLiteral("good")) != nullptr);
        QVERIFY(set.find(QStringLiteral("bad")) == nullptr);
    }

    void otherFiles_areNotLookedAt()
    {
        m_home->write(folder + QStringLiteral("/README.md"), "hello");
        m_home->write(folder + QStringLiteral("/.#example.json"), "{");
        m_home->write(folder + QStringLiteral("/example.json~"), "{");
        QVERIFY(load().problems.empty());
    }

    void modes_decideWhoIsBelieved_data()
    {
        QTest::addColumn<int>("directoryMode");
        QTest::addColumn<int>("fileMode");
        QTest::addColumn<bool>("isBelieved");
        QTest::newRow("0700 0600") << 0700 << 0600 << true;
        QTest::newRow("0755 0644") << 0755 << 0644 << true;
        QTest::newRow("file for the group") << 0700 << 0664 << false;
        QTest::newRow("file for everybody") << 0700 << 0606 << false;
        QTest::newRow("directory for the group") << 0775 << 0600 << false;
        QTest::newRow("directory for everybody") << 0707 << 0600 << false;
        QTest::newRow("sticky directory for everybody") << 01777 << 0600 << false;
    }

    void modes_decideWhoIsBelieved()
    {
        QFETCH(int, directoryMode);
        QFETCH(int, fileMode);
        QFETCH(bool, isBelieved);
        const QString path = write("example", textOf("example", "Example"));
        setMode(path, static_cast<mode_t>(fileMode));
        setMode(m_home->path(folder), static_cast<mode_t>(directoryMode));
        const ProviderSet set = load();
        QCOMPARE(set.find(QStringLiteral("example")) != nullptr, isBelieved);
        QCOMPARE(set.problems.size(), std::size_t(isBelieved ? 0 : 1));
        if (!isBelieved)
            QCOMPARE(set.problems.front().kind, base::ErrorKind::Unsafe);
    }

    void foreignOwner_isNotBelieved()
    {
        write("example", textOf("example", "Example"));
        const ProviderSet set = loadProviders(m_home->path(folder), getuid() + 1, EndpointRule::HttpsOnly);
        QCOMPARE(set.byId.size(), builtInCount);
        QCOMPARE(set.problems.size(), std::size_t(1));
        QCOMPARE(set.problems.front().kind, base::ErrorKind::ForeignOwner);
    }

    void hardLink_isNotBelieved()
    {
        const QString path = write("example", textOf("example", "Example"));
        QCOMPARE(link(QFile::encodeName(path).constData(),
                      QFile::encodeName(m_home->path(QStringLiteral("twin"))).constData()),
                 0);
        QVERIFY(load().find(QStringLiteral("example")) == nullptr);
        QCOMPARE(load().problems.front().kind, base::ErrorKind::Unsafe);
    }

    void somethingElseInAFilesPlace_isAProblem()
    {
        QVERIFY(QDir().mkpath(m_home->path(folder + QStringLiteral("/directory.json"))));
        const QString fifo = m_home->path(folder + QStringLiteral("/fifo.json"));
        QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
        const ProviderSet set = load();
        QCOMPARE(set.problems.size(), std::size_t(2));
        for (const base::Error &problem : set.problems)
            QCOMPARE(problem.kind, base::ErrorKind::NotAFile);
        QCOMPARE(set.byId.size(), builtInCount);
    }

    void fileInTheDirectorysPlace_isAProblem()
    {
        m_home->write(folder, "x");
        const ProviderSet set = load();
        QCOMPARE(set.byId.size(), builtInCount);
        QCOMPARE(set.problems.size(), std::size_t(1));
        QCOMPARE(set.problems.front().kind, base::ErrorKind::Misconfigured);
        QCOMPARE(set.problems.front().subject, m_home->path(folder));
    }

    void hugeFile_isAProblem()
    {
        write("example", QByteArray(10 << 20, ' '));
        QCOMPARE(load().problems.front().kind, base::ErrorKind::TooLarge);
    }

    void loopback_needsTheSwitch()
    {
        QByteArray text = textOf("example", "Example");
        text.insert(1, "\"tokenEndpoint\": {\"value\": \"http://127.0.0.1:1/t\", \"evidence\": \"measured\"}, ");
        write("example", text);
        QVERIFY(load().find(QStringLiteral("example")) == nullptr);
        const ProviderSet set = loadProviders(m_home->path(folder), getuid(), EndpointRule::HttpsOrLoopback);
        QVERIFY(set.find(QStringLiteral("example")) != nullptr);
    }

private:
    static constexpr std::size_t builtInCount = 12;

    [[nodiscard]] ProviderSet load() const
    {
        return loadProviders(m_home->path(folder), getuid(), EndpointRule::HttpsOnly);
    }

    QString write(const char *id, const QByteArray &bytes) const
    {
        return m_home->write(folder + QStringLiteral("/%1.json").arg(QLatin1String(id)), bytes);
    }

    std::optional<fakes::TemporaryHome> m_home;
};

QTEST_GUILESS_MAIN(OverridesTest)
#include "overrides.moc"
