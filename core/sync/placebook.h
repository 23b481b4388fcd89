// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QString>

#include "sync/copyfetch.h"
#include "tools/tool.h"

namespace keytender::sync {

// One place of one tool, and what the last look at it left behind.
struct Place {
    std::size_t tool = 0; // its number in the list of tools
    tools::CopyPlace copy;
    Digest digest;          // of what was read last; empty = nothing was, or it is to be read again
    QSet<QString> profiles; // whose logins lie here
    QElapsedTimer halfWrittenSince;
    bool isRetryPending = false;

    // Keychain items
    bool isAsked = false;
    bool isWaitingForItsTurn = false;
    std::optional<base::Milliseconds> askedAt;      // boot time
    std::optional<base::ErrorKind> keychainProblem; // of the last answer
    base::Secret bytes;                             // while there is no vault to keep what was read

    [[nodiscard]] bool isFile() const { return copy.kind == tools::CopyPlace::Kind::File; }
};

// Every place of every tool, by what may change it: a change of one file leads to its places by hash.
class PlaceBook final {
public:
    using Key = QString;

    struct Moves {
        std::vector<Key> toRead;    // new, or described otherwise than before
        std::vector<Place> removed; // not named by the tool any more
    };
    // What a tool says now. Places it named before keep what is known of them.
    Moves replace(std::size_t tool, const tools::Located &located);

    [[nodiscard]] Place *find(const Key &key);
    [[nodiscard]] std::vector<Key> keys() const; // in the tools' order
    [[nodiscard]] std::set<Key> placesOf(const QString &file) const { return m_byFile.value(file); }
    [[nodiscard]] QSet<Key> placesBeside(const QString &companion) const { return m_byCompanion.value(companion); }
    [[nodiscard]] QSet<std::size_t> toolsIn(const QString &directory) const { return m_byDirectory.value(directory); }

    [[nodiscard]] QSet<QString> files() const;
    [[nodiscard]] QSet<QString> directories() const;
    [[nodiscard]] const QStringList &directoriesOf(std::size_t tool) const { return m_tools.at(tool).directories; }
    [[nodiscard]] const std::vector<Key> &keysOf(std::size_t tool) const { return m_tools.at(tool).keys; }
    [[nodiscard]] std::size_t toolCount() const { return m_tools.size(); }

private:
    struct OfTool {
        std::vector<Key> keys;
        QStringList directories;
    };
    void index(const Key &key, const tools::CopyPlace &place);
    void unindex(const Key &key, const tools::CopyPlace &place);

    std::map<std::size_t, OfTool> m_tools;
    std::map<Key, Place> m_places;
    QHash<QString, std::set<Key>> m_byFile; // a set of Qt's takes a kilobyte for its one element
    QHash<QString, QSet<Key>> m_byCompanion;
    QHash<QString, QSet<std::size_t>> m_byDirectory;
};

} // namespace keytender::sync
