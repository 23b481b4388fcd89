// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

// `makehome HOME COUNT` fills HOME with that many logins of AWS's single sign-on, of dummy tokens.

#include <cstdlib>
#include <filesystem>
#include <string>

#include "filechange.h"

int main(int argc, char *argv[])
{
    if (argc != 3)
        return 2;
    const std::filesystem::path cache = std::filesystem::path(argv[1]) / ".aws/sso/cache";
    std::filesystem::create_directories(cache);
    const long count = std::strtol(argv[2], nullptr, 10);
    for (long login = 0; login < count; ++login)
        keytender::bench::replaceFile(cache / keytender::bench::ssoCacheName(login),
                                      keytender::bench::ssoCacheFile(login, 0));
    return 0;
}
