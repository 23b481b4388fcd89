// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>

#include "ipc/desks/world.h"
#include "service/programs/transfer.h"

namespace keytender::ipc {

// One export, of its inquiry:
//
//   key ─▶ our own logins, as they are then ─▶ sealed, in parts ─▶ answered
//                                                      └▶ to be moved: "end" (the client has them on its disk) ─▶
//                                                         those that are still as in the file are removed ─▶ answered
class ExportStory final : public QObject {
    Q_OBJECT

public:
    enum class Way { Copy, Move };
    ExportStory(Inquiry &inquiry, const World &world, Way way);
    void start();

private:
    void derive();
    void seal(const base::Secret &key);
    void remove();
    void conclude(const std::vector<service::SignOutResult> &results);
    void finish(const Refusal &answered);

    Inquiry &m_inquiry;
    const World m_world;
    const Way m_way;
    base::SystemRandom m_random;
    service::KdfParameters m_parameters;
    std::map<QString, base::Fingerprint> m_sent; // what the file holds of each login, by a key of this story
    std::map<QString, QString> m_removing;       // labels
    QStringList m_kept;                          // labels of those that have changed meanwhile
    const base::FingerprintKey m_key = base::FingerprintKey::random(m_random);
    bool m_isTold = false;
};

// One import: parts ─▶ "end" ─▶ key ─▶ opened whole ─▶ taken over. Whatever is wrong with the file, nothing of it
// counts.
class ImportStory final : public QObject {
    Q_OBJECT

public:
    enum class Right { AsItSays, Renew };
    ImportStory(Inquiry &inquiry, const World &world, Right right);
    void start();

private:
    void take(const wire::Message &more);
    void derive();
    void open(const base::Secret &key);
    void end(const Refusal &answered);

    Inquiry &m_inquiry;
    const World m_world;
    const Right m_right;
    base::Secret m_passphrase;
    std::string m_sealed;
    bool m_hasEnded = false;
};

} // namespace keytender::ipc
