// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <memory>

#include <QPointer>

#include "base/clock.h"
#include "base/random.h"
#include "service/doctor/doctor.h"
#include "service/doctor/examination.h"

class QThread;

namespace keytender::service {

class Service;

struct DoctorWorld {
    const base::Clock &clock;
    base::Random &random;
    // What the program knows just now; asked in its own thread, once for each examination.
    std::function<doctor::Sight()> sight;
    doctor::MachineView machine;
};

[[nodiscard]] doctor::Sight sightOf(const Service &service);
// Of this very machine, with the real git and the real clock.
[[nodiscard]] doctor::MachineView machineView(const base::Environment &environment,
                                              std::shared_ptr<const base::KnownSecrets> knownSecrets = {});

// The doctor of this machine. It looks in a thread of its own at values alone; several who ask at once get the same
// examination. Waits for that thread when it goes.
class MachineDoctor final : public Doctor {
    Q_OBJECT

public:
    explicit MachineDoctor(DoctorWorld world, QObject *parent = nullptr);
    ~MachineDoctor() override;

    void examine(QObject *context, std::function<void(std::vector<Finding>)> done) override;
    [[nodiscard]] base::Result<void> cure(const QString &findingId) override;

private:
    struct Asker {
        QPointer<QObject> context;
        std::function<void(std::vector<Finding>)> done;
    };
    void begin();
    void finish(doctor::Examination examination);

    const DoctorWorld m_world;
    std::vector<Asker> m_askers;
    std::map<QString, doctor::Remedy> m_remedies; // of the last examination
    std::atomic_bool m_isCancelled = false;
    std::unique_ptr<QThread> m_thread;
};

} // namespace keytender::service
