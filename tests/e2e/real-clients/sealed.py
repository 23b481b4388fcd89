# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""A place without a way out: the test starts itself again in a network namespace of its own with loopback only."""

import fcntl
import os
import shutil
import socket
import struct
import sys
import tempfile

SKIPPED = 77
SEALED = "KEYTENDER_SEALED"
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1


def skip_unless_asked(what):
    if os.environ.get("KEYTENDER_REAL_CLIENTS") != "1":
        print(f"skipped: set KEYTENDER_REAL_CLIENTS=1 to run {what}")
        sys.exit(SKIPPED)


def enter():
    """Returns inside the seal. What needs the network (npm) is done before."""
    if os.environ.get(SEALED) != "1":
        how = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--user", "--map-root-user"]
        os.execvpe(how[0], [*how, "--", sys.executable, *sys.argv], {**os.environ, SEALED: "1"})
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))
        try:
            control.connect(("192.0.2.1", 9))
        except OSError:
            return
    sys.exit("the seal leaks: there is a route to the outside")


class Home:
    """A home of its own, gone when the test ends well; kept and named when it ends badly."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="keytender-")
        os.mkdir(self.inside("runtime"), 0o700)

    def inside(self, *parts):
        return os.path.join(self.path, *parts)

    def environment(self, **more):
        """Nothing of the user's but PATH: no token, no proxy, no session bus."""
        return {"PATH": os.environ["PATH"], "HOME": self.path, "LC_ALL": "C.UTF-8",
                "XDG_RUNTIME_DIR": self.inside("runtime"), "DBUS_SESSION_BUS_ADDRESS": "disabled:", **more}

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            print(f"what the client left is in {self.path}")
