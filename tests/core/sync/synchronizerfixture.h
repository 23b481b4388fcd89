// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QObject>
#include <QSignalSpy>

#include "base/random.h"
#include "fakes/fakeclock.h"
#include "fakes/fakekeychain.h"
#include "fakes/faketool.h"
#include "fakes/temporaryhome.h"
#include "sync/synchronizer.h"

namespace keytender::sync {

// Where the fake tool keeps its logins, and what its profile is called.
inline const QString logins = QStringLiteral(".fake/logins");
inline const QString fakeId = QStringLiteral("fake-cli");

// Wire text of one login; hours count from the fake clock's start. And of a whole file of them.
[[nodiscard]] QByteArray login(const QByteArray &token, int hours, const QByteArray &account = "ada",
                               const QByteArray &slot = "-");
[[nodiscard]] QByteArray file(const QByteArray &lines);

// What is wrong with a profile's first copy; an error without words where nothing is.
[[nodiscard]] base::Error errorOf(const profile::Profile &profile);

// A synchronizer over fake tools in a home of its own, new for each test.
class SynchronizerFixture : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    fakes::FakeTool &addTool(const QString &id = QStringLiteral("fake"));
    // Starts with the tools that were added, or one, and waits until all was looked at.
    void begin();
    void waitForScan();
    [[nodiscard]] const profile::Profile &profile(const QString &id = fakeId) const;
    [[nodiscard]] bool has(const QString &id) const;
    [[nodiscard]] std::unique_ptr<vault::Vault> openVault(vault::Vault::Access access);
    void replace(const QString &relative, const QByteArray &bytes);
    [[nodiscard]] QList<Step> stepsOf(const QString &id) const;
    [[nodiscard]] QString tokenInVault(const QString &id = fakeId);

    std::unique_ptr<fakes::TemporaryHome> m_home;
    std::unique_ptr<fakes::FakeClock> m_clock;
    std::unique_ptr<fakes::FakeKeychain> m_keychain;
    base::SystemRandom m_random;
    std::vector<std::unique_ptr<tools::Tool>> m_tools;
    std::map<QString, QStringList> m_homes;
    std::unique_ptr<Synchronizer> m_sync;
    std::unique_ptr<QSignalSpy> m_changed;
    QList<Sighting> m_sightings;
};

} // namespace keytender::sync
