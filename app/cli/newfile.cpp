// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "newfile.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "output.h"

namespace keytender::cli {

namespace {

std::string folderOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

bool syncFolder(const std::string &folder)
{
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool isSynced = descriptor >= 0 && fsync(descriptor) == 0;
    if (descriptor >= 0)
        close(descriptor);
    return isSynced;
}

} // namespace

NewFile::NewFile(std::string path) : m_path(std::move(path)), m_temporary(m_path + ".XXXXXX")
{
    m_descriptor = mkostemp(m_temporary.data(), O_CLOEXEC); // 0600
    if (m_descriptor < 0)
        fail("create a file beside");
}

NewFile::~NewFile()
{
    if (m_descriptor < 0)
        return;
    close(m_descriptor);
    unlink(m_temporary.c_str());
}

void NewFile::append(std::string_view bytes)
{
    if (!m_fault && !bytes.empty() && !writeAll(m_descriptor, bytes))
        fail("write");
    m_size += bytes.size();
}

std::optional<std::string> NewFile::keep(Existing existing)
{
    if (!m_fault && fsync(m_descriptor) != 0)
        fail("write");
    const unsigned int flags = existing == Existing::Refuse ? RENAME_NOREPLACE : 0;
    if (!m_fault && renameat2(AT_FDCWD, m_temporary.c_str(), AT_FDCWD, m_path.c_str(), flags) != 0)
        fail("write");
    if (m_fault)
        return m_fault;
    close(std::exchange(m_descriptor, -1));
    m_isKept = true;
    if (!syncFolder(folderOf(m_path)))
        fail("make durable");
    return m_fault;
}

void NewFile::fail(std::string_view what)
{
    m_fault = "Cannot " + std::string(what) + " " + m_path + ": " + std::strerror(errno) + ".";
}

} // namespace keytender::cli
