// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#include "composition/startpages.h"

#include <span>

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace keytender::composition {

namespace {

// Such code was written to when it was loaded, and would be lost.
bool hasRelocatedCode(const dl_phdr_info &object, const ElfW(Phdr) & segment)
{
    for (const auto *entry = reinterpret_cast<const ElfW(Dyn) *>(object.dlpi_addr + segment.p_vaddr);
         entry->d_tag != DT_NULL; ++entry)
        if (entry->d_tag == DT_TEXTREL || (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0))
            return true;
    return false;
}

void giveBack(const dl_phdr_info &object, const ElfW(Phdr) & segment)
{
    static const auto page = static_cast<ElfW(Addr)>(sysconf(_SC_PAGESIZE));
    const ElfW(Addr) begin = (object.dlpi_addr + segment.p_vaddr) / page * page;
    const ElfW(Addr) end = object.dlpi_addr + segment.p_vaddr + segment.p_filesz;
    (void)madvise(reinterpret_cast<void *>(begin), end - begin, MADV_DONTNEED); // an advice: no harm if it is not taken
}

int visit(dl_phdr_info *object, std::size_t, void *)
{
    const std::span segments(object->dlpi_phdr, object->dlpi_phnum);
    for (const auto &segment : segments)
        if (segment.p_type == PT_DYNAMIC && hasRelocatedCode(*object, segment))
            return 0;
    for (const auto &segment : segments)
        if (segment.p_type == PT_LOAD && (segment.p_flags & (PF_X | PF_W)) == PF_X)
            giveBack(*object, segment);
    return 0;
}

} // namespace

void giveBackStartPages()
{
    dl_iterate_phdr(visit, nullptr);
    malloc_trim(0);
}

} // namespace keytender::composition
