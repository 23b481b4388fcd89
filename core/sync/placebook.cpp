// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "sync/placebook.h"

#include "tools/databasecell.h"

namespace keytender::sync {

namespace {

template <class Values, class Value>
void withdraw(QHash<QString, Values> &index, const QString &key, const Value &value)
{
    const auto found = index.find(key);
    if (found == index.end())
        return;
    if constexpr (requires { found->remove(value); })
        found->remove(value);
    else
        found->erase(value);
    if (found->empty())
        index.erase(found);
}

// Whose change may be one of the place.
QStringList filesOf(const tools::CopyPlace &place)
{
    if (place.kind != tools::CopyPlace::Kind::File)
        return {};
    return place.cell ? tools::filesOf(*place.cell) : QStringList{place.path};
}

PlaceBook::Key keyOf(std::size_t tool, const tools::CopyPlace &place)
{
    return QString::number(tool) + u'\n' + place.path;
}

} // namespace

PlaceBook::Moves PlaceBook::replace(std::size_t tool, const tools::Located &located)
{
    OfTool &known = m_tools[tool];
    for (const QString &directory : std::as_const(known.directories))
        withdraw(m_byDirectory, directory, tool);
    for (const QString &directory : located.directories)
        m_byDirectory[directory].insert(tool);
    known.directories = located.directories;

    Moves moves;
    std::vector<Key> keys;
    QSet<Key> named;
    for (const tools::CopyPlace &copy : located.places) {
        const Key key = keyOf(tool, copy);
        if (named.contains(key)) // two homes that are one
            continue;
        named.insert(key);
        keys.push_back(key);
        const auto [found, isNew] = m_places.try_emplace(key);
        Place &place = found->second;
        if (!isNew && place.copy == copy)
            continue;
        if (!isNew)
            unindex(key, place.copy);
        place.tool = tool;
        place.copy = copy;
        place.digest.clear();
        index(key, copy);
        moves.toRead.push_back(key);
    }
    for (const Key &key : known.keys) {
        if (named.contains(key))
            continue;
        auto gone = m_places.extract(key);
        unindex(key, gone.mapped().copy);
        moves.removed.push_back(std::move(gone.mapped()));
    }
    known.keys = std::move(keys);
    return moves;
}

void PlaceBook::index(const Key &key, const tools::CopyPlace &place)
{
    for (const QString &file : filesOf(place))
        m_byFile[file].insert(key);
    for (const QString &companion : place.companions)
        m_byCompanion[companion].insert(key);
}

void PlaceBook::unindex(const Key &key, const tools::CopyPlace &place)
{
    for (const QString &file : filesOf(place))
        withdraw(m_byFile, file, key);
    for (const QString &companion : place.companions)
        withdraw(m_byCompanion, companion, key);
}

Place *PlaceBook::find(const Key &key)
{
    const auto found = m_places.find(key);
    return found == m_places.end() ? nullptr : &found->second;
}

std::vector<PlaceBook::Key> PlaceBook::keys() const
{
    std::vector<Key> all;
    all.reserve(m_places.size());
    for (const auto &[tool, known] : m_tools)
        all.insert(all.end(), known.keys.begin(), known.keys.end());
    return all;
}

QSet<QString> PlaceBook::files() const
{
    QSet<QString> files;
    files.reserve(m_byFile.size() + m_byCompanion.size());
    for (auto it = m_byFile.keyBegin(); it != m_byFile.keyEnd(); ++it)
        files.insert(*it);
    for (auto it = m_byCompanion.keyBegin(); it != m_byCompanion.keyEnd(); ++it)
        files.insert(*it);
    return files;
}

QSet<QString> PlaceBook::directories() const
{
    return QSet<QString>(m_byDirectory.keyBegin(), m_byDirectory.keyEnd());
}

} // namespace keytender::sync
