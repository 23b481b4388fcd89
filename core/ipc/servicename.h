// SPDX-FileCopyrightText: 2026 The Keytender authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/filedescriptor.h"
#include "base/result.h"
#include "wire/place.h"

namespace keytender::ipc {

// The name of the service's socket, as long as it is ours. Who may give it to a socket and take it off again is decided
// by a lock on "service.lock" beside it, which the kernel drops however a process ends: so a name that a killed service
// left behind is known for what it is, and of two services that start at once one wins.
class ServiceName final {
public:
    // Makes the directory (0700), or Unsafe where it is not ours alone (S-50). AlreadyRunning where another process
    // has the name.
    [[nodiscard]] static base::Result<ServiceName> claim(const wire::Place &place);
    ~ServiceName();
    ServiceName(ServiceName &&) noexcept = default;
    ServiceName &operator=(ServiceName &&) = delete;

    // Listens under this name. Only the first time.
    [[nodiscard]] base::Result<base::FileDescriptor> listen();
    // Nobody finds the socket any more; the lock stays, so that nobody takes the name while we finish.
    void withdraw();

private:
    ServiceName(wire::Place place, base::FileDescriptor directory, base::FileDescriptor lock);

    wire::Place m_place;
    base::FileDescriptor m_directory;
    base::FileDescriptor m_lock;
    bool m_isNamed = false;
};

} // namespace keytender::ipc
