// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <memory>

#include <QPointer>
#include <QTimer>

#include "base/clock.h"
#include "base/random.h"
#include "service/doctor/doctor.h"
#include "service/doctor/examination.h"

namespace keytender::service {

class Service;

struct DoctorWorld {
    const base::Clock &clock;
    base::Random &random;
    // What the program knows just now; asked in its own thread, once for each examination.
    std::function<doctor::Sight()> sight;
    doctor::MachineView machine;
    base::Milliseconds patience = std::chrono::seconds(10); // with an examination
};

[[nodiscard]] doctor::Sight sightOf(const Service &service);
// Of this very machine, with the real git and the real clock.
[[nodiscard]] doctor::MachineView machineView(const base::Environment &environment,
                                              std::shared_ptr<const base::KnownSecrets> knownSecrets = {});

// The doctor of this machine. It looks in a thread of its own at values alone; several who ask at once get the same
// examination. A thread that hangs in a file system is left to itself once patience is over: it owns all that it
// touches, and no other one is started beside it.
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
    struct Look;
    void begin();
    void finish(doctor::Examination examination); // by itself
    void giveUp();
    void tellThatItHangs();
    void answerUnanswered(doctor::Unanswered since);
    void answer(doctor::Examination examination);

    const DoctorWorld m_world;
    std::vector<Asker> m_askers;
    std::map<QString, doctor::Remedy> m_remedies; // of the last examination
    std::shared_ptr<Look> m_look;                 // the one that has not ended
    QTimer m_patience;                            // with it; over where it does not run
};

} // namespace keytender::service
