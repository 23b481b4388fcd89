// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "profile/words.h"
#include "service/neighbours/toolneighbours.h"
#include "service/signin/ownlogins.h"

namespace keytender::service {

// What stands in the settings is a person's word as much as a press on the row, and the later of the two holds. So the
// settings' is taken once, when it is new or another one, and noted; a login that is not there yet, or cannot be tended
// so just now, is looked at again.
void ToolNeighbours::applyConfiguredCare()
{
    if (!m_world.settingsAreRead())
        return;
    Choices::ConfiguredCare taken;
    for (const auto &[id, care] : m_world.settings.care) {
        const QString word = profile::key(care);
        const auto before = m_choices.configuredCare().find(id);
        bool isTaken = before != m_choices.configuredCare().end() && before->second == word;
        const profile::Profile *login = find(id);
        if (!isTaken && login != nullptr && isCandidate(*login)) {
            const auto set = login->care == care ? base::Result<void>() : setCare(id, care);
            isTaken = set.has_value();
            if (!set)
                Q_EMIT m_world.logins.problemFound(set.error());
        }
        if (isTaken)
            taken.emplace(id, word);
    }
    if (const auto noted = m_choices.noteConfiguredCare(taken); !noted)
        Q_EMIT m_world.logins.problemFound(noted.error());
}

} // namespace keytender::service
