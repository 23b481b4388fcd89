// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "wire/place.h"

#include <cstdlib>

namespace keytender::wire {

namespace {

bool isAbsolute(const std::string &path)
{
    return path.starts_with('/');
}

std::string variable(const char *name)
{
    const char *value = std::getenv(name); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    return value == nullptr ? std::string() : std::string(value);
}

} // namespace

Place Place::in(const std::string &runtimeDirectory, const std::string &stateDirectory, const std::string &home)
{
    std::string directory;
    if (isAbsolute(runtimeDirectory))
        directory = runtimeDirectory + "/keytender";
    else if (isAbsolute(stateDirectory))
        directory = stateDirectory + "/keytender/run";
    else if (isAbsolute(home))
        directory = home + "/.local/state/keytender/run";
    else
        return {};
    return {.directory = directory, .service = directory + "/service", .activation = directory + "/activation"};
}

Place Place::ofThisProcess()
{
    return in(variable("XDG_RUNTIME_DIR"), variable("XDG_STATE_HOME"), variable("HOME"));
}

} // namespace keytender::wire
