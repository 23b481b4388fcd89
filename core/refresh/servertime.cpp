// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "refresh/servertime.h"

namespace keytender::refresh {

void ServerTime::note(base::Timestamp server, base::Milliseconds boot)
{
    if (!base::isPlausible(server))
        return;
    m_server = server;
    m_boot = boot;
}

Moment ServerTime::momentOf(base::Timestamp machineWall, base::Milliseconds boot) const
{
    Moment moment{.wall = machineWall, .machineWall = machineWall, .boot = boot, .isConfirmed = m_server.has_value()};
    if (!m_server)
        return moment;
    const base::Timestamp told = *m_server + (boot - m_boot);
    if (std::chrono::abs(machineWall - told) > tolerance)
        moment.wall = told;
    return moment;
}

std::optional<base::Milliseconds> ServerTime::ahead(base::Timestamp machineWall, base::Milliseconds boot) const
{
    return m_server ? std::optional(*m_server + (boot - m_boot) - machineWall) : std::nullopt;
}

} // namespace keytender::refresh
