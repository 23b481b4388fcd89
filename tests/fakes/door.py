# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""A scripted service behind the door (core/wire/message.h): it records what it is asked and plays what it is told.

It knows the frames from their description alone and shares no code with ours.
"""

import os
import socket
import struct
import threading

REQUEST, MORE, ANSWER = 1, 2, 3


def frame(kind, fields, version=1):
    """The bytes of one message; values are str or bytes."""
    body = struct.pack(">BBB", version, kind, len(fields))
    for key, value in fields.items():
        value = value if isinstance(value, bytes) else str(value).encode()
        body += struct.pack(">B", len(key)) + key.encode() + struct.pack(">I", len(value)) + value
    return struct.pack(">I", len(body)) + body


def more(**fields):
    return frame(MORE, dashed(fields))


def answer(outcome="ok", **fields):
    return frame(ANSWER, {"outcome": outcome, **dashed(fields)})


def dashed(fields):
    return {key.replace("_", "-"): value for key, value in fields.items()}


def read_exactly(connection, count):
    received = b""
    while len(received) < count:
        part = connection.recv(count - len(received))
        if not part:
            raise EOFError
        received += part
    return received


def read_message(connection):
    """(kind, fields) with values as str."""
    (length,) = struct.unpack(">I", read_exactly(connection, 4))
    body = read_exactly(connection, length)
    _version, kind, count = struct.unpack(">BBB", body[:3])
    rest, fields = body[3:], {}
    for _ in range(count):
        size = rest[0]
        key, rest = rest[1 : 1 + size].decode(), rest[1 + size :]
        (size,) = struct.unpack(">I", rest[:4])
        fields[key], rest = rest[4 : 4 + size].decode("utf-8", "replace"), rest[4 + size :]
    if rest:
        raise ValueError("bytes behind the last field")
    return kind, fields


HANG, READ_MORE, READ_TO_END, HANG_UP = "hang", "read more", "read to end", "hang up"


def play(connection, steps, heard, released):
    """One connection: reads a request, then sends the bytes among `steps` and does what the others say."""
    kind, fields = read_message(connection)
    heard.append(fields if kind == REQUEST else {"kind": kind, **fields})
    for step in steps:
        if isinstance(step, bytes):
            connection.sendall(step)
        elif step == HANG:
            released.wait(60)
        elif step == READ_MORE:
            heard.append(read_message(connection)[1])
        elif step == READ_TO_END:
            while "end" not in heard[-1]:
                heard.append(read_message(connection)[1])
        elif step == HANG_UP:
            return
        elif callable(step):
            step()
    # As the real one does: the connection stays for a next request.
    connection.recv(1)


class Door:
    """Listens where keytenderctl looks. `scripts`: what each connection plays, in their order; the last one stays."""

    def __init__(self, directory, *scripts, name="service"):
        os.makedirs(directory, mode=0o700, exist_ok=True)
        self.path = os.path.join(directory, name)
        self.scripts = list(scripts)
        self.heard = []
        self.connections = 0
        self._released = threading.Event()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(self.path)
        self._socket.listen(16)
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self._released.is_set():
            self._released.set()
            os.unlink(self.path)
            self._socket.shutdown(socket.SHUT_RDWR)
            self._accepting.join()
            self._socket.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            script = self.scripts[min(self.connections, len(self.scripts) - 1)]
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection, script), daemon=True).start()

    def _serve(self, connection, script):
        with connection:
            try:
                play(connection, script, self.heard, self._released)
            except (EOFError, OSError):
                pass
