// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

// A test that lists faultycalls.cpp among its SOURCES gets the calls that touch the disk from there, because the linker
// takes them instead of the C library's.
namespace keytender::fakes {

struct Answer {
    bool isReal = true;          // the call goes to the system
    int error = 0;               // else: 0 or the errno it fails with
    std::size_t most = SIZE_MAX; // bytes that a read or a write may move
};

// Asked before each call on a file or directory while set. The names are "open", "create", "read", "write", "pread",
// "pwrite", "fsync", "fdatasync", "fsync directory", "close written", "renameat", "unlinkat", "mkdirat" and "flock".
std::function<Answer(const std::string &call)> &answerTo();

} // namespace keytender::fakes
