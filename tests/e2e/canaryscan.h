// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace keytender::e2e {

// A secret that exists only to be looked for.
struct Canary {
    QString kind; // "refresh token"
    QByteArray value;
};

// One of the ways in which a text can be written down.
struct Form {
    QString name; // "base64, one byte in"
    QByteArray bytes;
};

struct Hit {
    QString kind;
    QString form;
    QString where;
    QByteArray around; // what stands there, with a few bytes of either side

    [[nodiscard]] QString text() const;
};

// Finds canaries, and each half of a canary, in every form in which secrets are known to get out (G-6).
class CanaryScan final {
public:
    // As it is, percent-encoded, escaped for JSON, in base64 and base64url at each offset, in hexadecimal, as UTF-16 of
    // both kinds, backwards, and backwards in hexadecimal.
    [[nodiscard]] static std::vector<Form> formsOf(const QByteArray &text);

    void add(const Canary &canary);
    [[nodiscard]] int canaries() const { return m_canaries; }
    [[nodiscard]] qint64 scannedBytes() const { return m_scannedBytes; }

    // At most one hit for each kind and form.
    [[nodiscard]] std::vector<Hit> in(const QByteArray &bytes, const QString &where);
    // Every file below it, and every file's name; paths that end with one of `except` are left out.
    [[nodiscard]] std::vector<Hit> below(const QString &directory, const QStringList &except = {});

private:
    struct Needle {
        QString kind;
        Form form;
    };

    std::unordered_multimap<std::uint64_t, Needle> m_needles; // by their first bytes
    int m_canaries = 0;
    qint64 m_scannedBytes = 0;
};

} // namespace keytender::e2e
