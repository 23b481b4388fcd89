// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "synchronizerfixture.h"

#include <cstdio>

#include <QTest>

#include "base/secret.h"

namespace keytender::sync {

using profile::Profile;
using namespace std::chrono_literals;

QByteArray login(const QByteArray &token, int hours, const QByteArray &account, const QByteArray &slot)
{
    const fakes::FakeClock clock;
    const auto start = std::chrono::duration_cast<std::chrono::hours>(clock.wall.time_since_epoch()).count();
    return slot + ' ' + token + "-at " + token + "-rt " + QByteArray::number(qint64(start + hours)) + ' ' + account
           + '\n';
}

QByteArray file(const QByteArray &lines)
{
    return lines + "end\n";
}

base::Error errorOf(const Profile &profile)
{
    return profile.copies.front().problem.value_or(base::Error{});
}

void SynchronizerFixture::initTestCase()
{
    QVERIFY(base::initializeCrypto());
    qRegisterMetaType<Sighting>();
    qRegisterMetaType<base::Error>();
}

void SynchronizerFixture::init()
{
    m_home = std::make_unique<fakes::TemporaryHome>();
    m_clock = std::make_unique<fakes::FakeClock>();
    m_keychain = std::make_unique<fakes::FakeKeychain>();
    m_tools.clear();
    m_homes.clear();
    m_sightings.clear();
}

void SynchronizerFixture::cleanup()
{
    m_changed.reset();
    m_sync.reset();
    m_home.reset();
}

fakes::FakeTool &SynchronizerFixture::addTool(const QString &id)
{
    auto tool = std::make_unique<fakes::FakeTool>();
    tool->named.id = id;
    tool->named.profileName = id + QStringLiteral("-cli");
    fakes::FakeTool &made = *tool;
    m_tools.push_back(std::move(tool));
    return made;
}

void SynchronizerFixture::begin()
{
    if (m_tools.empty())
        addTool();
    m_sync = std::make_unique<Synchronizer>(std::move(m_tools), SynchronizerWorld{.clock = *m_clock,
                                                                                  .keychain = *m_keychain,
                                                                                  .environment = m_home->environment(),
                                                                                  .extraHomes = m_homes});
    m_tools.clear();
    m_changed = std::make_unique<QSignalSpy>(m_sync.get(), &Synchronizer::profileChanged);
    connect(m_sync.get(), &Synchronizer::sighted, this, [this](const Sighting &sighting) { m_sightings += sighting; });
    m_sync->start();
    waitForScan();
}

void SynchronizerFixture::waitForScan()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_sync->isSettled(), 5000);
}

const Profile &SynchronizerFixture::profile(const QString &id) const
{
    static const Profile none;
    const auto found = m_sync->profiles().find(id);
    return found == m_sync->profiles().end() ? none : found->second;
}

bool SynchronizerFixture::has(const QString &id) const
{
    return m_sync->profiles().contains(id);
}

std::unique_ptr<vault::Vault> SynchronizerFixture::openVault(vault::Vault::Access access)
{
    vault::MasterKey key{.key = base::Secret(vault::MasterKey::size)};
    auto opened = vault::Vault::open(m_home->path(QStringLiteral("vault")), std::move(key), access, m_random);
    if (!opened)
        qFatal("%s", qPrintable(base::describe(opened.error())));
    return std::move(opened).value();
}

void SynchronizerFixture::replace(const QString &relative, const QByteArray &bytes)
{
    const QString temporary = m_home->write(relative + QStringLiteral(".tmp"), bytes);
    QCOMPARE(
        std::rename(QFile::encodeName(temporary).constData(), QFile::encodeName(m_home->path(relative)).constData()),
        0);
}

QList<Step> SynchronizerFixture::stepsOf(const QString &id) const
{
    QList<Step> steps;
    for (const Sighting &sighting : m_sightings) {
        if (sighting.profile == id)
            steps += sighting.step;
    }
    return steps;
}

QString SynchronizerFixture::tokenInVault(const QString &id)
{
    const auto record = openVault(vault::Vault::Access::ReadOnly)->read(id);
    if (!record)
        return QStringLiteral("none");
    const std::string_view token = record->credential.tokens.accessToken.expose();
    return QString::fromUtf8(token.data(), static_cast<qsizetype>(token.size()));
}

} // namespace keytender::sync
