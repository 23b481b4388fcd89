# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""A disk as a program sees it and as it may be after a power cut, from the calls that strace wrote down."""

import itertools
import os
import re

CALLS = ("open", "openat", "openat2", "creat", "close", "dup", "dup2", "dup3", "fcntl", "lseek", "write", "pwrite64", "writev",
         "pwritev", "truncate", "ftruncate", "fallocate", "rename", "renameat", "renameat2", "unlink", "unlinkat",
         "mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink", "symlinkat", "fsync", "fdatasync", "sync", "syncfs",
         "sync_file_range")
SECTOR = 512
MOST_AT_ONCE = 7  # changes of one directory that are combined freely; of more, a choice is made
LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+|\?)")
STRING = re.compile(r'^"((?:\\x[0-9a-f]{2})*)"$')


def text(argument):
    found = STRING.match(argument)
    if not found:
        raise ValueError("strace cut something off: %s" % argument[:80])
    return bytes.fromhex(found.group(1).replace("\\x", ""))


class File:
    def __init__(self, content=b""):
        self.durable = content
        self.writes = []  # since the last sync: (offset, bytes), or (None, length) for a truncation

    def visible(self):
        return applied(self.durable, self.writes)

    def sync(self):
        self.durable = self.visible()
        self.writes = []

    def variants(self):
        """Every content that may be found after a power cut."""
        found = [self.durable]
        for number, write in enumerate(self.writes):
            before = applied(self.durable, self.writes[:number])
            found += [applied(before, [torn]) for torn in pieces(write, before)] + [applied(before, [write])]
            if len(self.writes) > 1:  # later ones without earlier ones
                found.append(applied(self.durable, [write]))
        return list(dict.fromkeys(found))


def pieces(write, before):
    """Parts of one write that may be there without the rest."""
    offset, data = write
    if offset is None:
        return
    for cut in {min(SECTOR, len(data)), len(data) // 2 // SECTOR * SECTOR, (len(data) - 1) // SECTOR * SECTOR}:
        if 0 < cut < len(data):
            yield (offset, data[:cut])
            yield (offset + cut, data[cut:])
    if offset + len(data) > len(before):  # the length without the bytes
        yield (offset, bytes(len(data)))


def applied(content, writes):
    for offset, data in writes:
        if offset is None:
            content = content[:data] + bytes(max(0, data - len(content)))
            continue
        content = content + bytes(max(0, offset - len(content)))
        content = content[:offset] + data + content[offset + len(data):]
    return content


class Directory:
    def __init__(self):
        self.durable = {}
        self.changes = []  # since the last sync: functions on a table of names

    def visible(self):
        return self.after(self.changes)

    def after(self, changes):
        names = dict(self.durable)
        for change in changes:
            change(names)
        return names

    def sync(self):
        self.durable = self.visible()
        self.changes = []

    def variants(self):
        """Every table of names that may be found after a power cut."""
        if len(self.changes) <= MOST_AT_ONCE:
            chosen = itertools.chain.from_iterable(
                itertools.combinations(self.changes, length) for length in range(len(self.changes) + 1))
        else:
            length = len(self.changes)
            chosen = ([self.changes[:n] for n in range(length + 1)]
                      + [self.changes[:n] + self.changes[n + 1:] for n in range(length)]
                      + [[change] for change in self.changes])
        found = {}
        for changes in chosen:
            names = self.after(changes)
            found[tuple(sorted((name, id(node)) for name, node in names.items()))] = names
        return list(found.values())


class Disk:
    """All of what lies below `root`, which is durable when this is made."""

    def __init__(self, root):
        self.root = os.path.realpath(root)
        self.top = self._read(self.root)
        self.marks = []    # what the program said of itself
        self.changes = []  # (name, how many of that name) of each call below `root`, for who wants to kill there

    def _read(self, path):
        if not os.path.isdir(path):
            with open(path, "rb") as file:
                return File(file.read())
        directory = Directory()
        for name in os.listdir(path):
            directory.durable[name] = self._read(os.path.join(path, name))
        return directory

    def states(self):
        """Every state after a power cut now: a table of paths to contents, None for a directory."""
        yield from self._states(self.top, "")

    def _states(self, node, path):
        if isinstance(node, File):
            for content in node.variants():
                yield {path: content}
            return
        for names in node.variants():
            parts = [list(self._states(child, path + "/" + name)) for name, child in names.items()]
            for combination in itertools.product(*parts):
                state = {path: None}
                for part in combination:
                    state.update(part)
                yield state

    def replay(self, log):
        """Gives (number, name) after each call that changed something here, or made it durable."""
        calls = Calls(self)
        counts = {}
        with open(log, encoding="ascii") as lines:
            for number, line in enumerate(lines):
                if "unfinished ..." in line or "resumed>" in line:
                    raise ValueError("more than one thread touches the disk")
                found = LINE.match(line)
                if not found:
                    continue
                name, arguments, outcome = found.groups()
                counts[name] = counts.get(name, 0) + 1
                if outcome == "?" or int(outcome) < 0:
                    continue
                if calls.carry_out(name, arguments.split(", "), int(outcome)):
                    self.changes.append((name, counts[name]))
                    yield number, name

    def find(self, path):
        """(directory, name, node) of a path below `root`; nothing for another one."""
        path = os.path.normpath(path)
        if path == self.root:
            return None, "", self.top
        if not path.startswith(self.root + "/"):
            return None, "", None
        directory = self.top
        *parents, name = path[len(self.root) + 1:].split("/")
        for parent in parents:
            directory = directory.visible()[parent]
        return directory, name, directory.visible().get(name)


class Calls:
    """One process: its descriptors, and what its calls do to the disk. True for what changes it or makes it durable."""

    def __init__(self, disk):
        self.disk = disk
        self.open = {}  # descriptor -> [path, node or None, offset]

    def carry_out(self, name, arguments, outcome):
        action = getattr(self, "_" + name, None)
        if action:
            return action(arguments, outcome)
        if name not in ("fallocate", "sync", "syncfs", "sync_file_range"):
            paths = [argument for argument in arguments if argument.startswith('"')]
            if not any(self.disk.find(os.fsdecode(text(path)))[2] for path in paths):
                return False
        raise ValueError("the model does not know %s" % name)

    def _path(self, directory, name):
        name = os.fsdecode(text(name))
        if name.startswith("/"):
            return name
        base = os.getcwd() if directory == "AT_FDCWD" else self.open[int(directory)][0]
        return os.path.join(base, name)

    def _openat(self, arguments, outcome):
        path = self._path(arguments[0], arguments[1])
        flags = arguments[2].split("|")
        directory, name, node = self.disk.find(path)
        changed = False
        if directory and not node:
            node = File()
            directory.changes.append(lambda names, made=node: names.__setitem__(name, made))
            changed = True
        elif isinstance(node, File) and "O_TRUNC" in flags:
            node.writes.append((None, 0))
            changed = True
        self.open[outcome] = [path, node, 0]
        return changed

    def _openat2(self, arguments, outcome):  # {flags=..., resolve=...}
        return self._openat([*arguments[:2], arguments[2].removeprefix("{flags=")], outcome)

    def _open(self, arguments, outcome):
        return self._openat(["AT_FDCWD"] + arguments, outcome)

    def _close(self, arguments, _):
        self.open.pop(int(arguments[0]), None)
        return False

    def _dup(self, arguments, outcome):
        if int(arguments[0]) in self.open:
            self.open[outcome] = self.open[int(arguments[0])]
        return False

    _dup2 = _dup3 = _dup

    def _fcntl(self, arguments, outcome):
        return self._dup(arguments, outcome) if arguments[1].startswith("F_DUPFD") else False

    def _lseek(self, arguments, outcome):
        if int(arguments[0]) in self.open:
            self.open[int(arguments[0])][2] = outcome
        return False

    def _write(self, arguments, outcome):
        descriptor = int(arguments[0])
        data = text(arguments[1])
        if descriptor == 1 and data.startswith(b"="):
            self.disk.marks.append(data[1:].decode().strip())
            return True  # another moment, and other demands on the same disk
        found = self.open.get(descriptor)
        if not found or not isinstance(found[1], File):
            return False
        found[1].writes.append((found[2], data[:outcome]))
        found[2] += outcome
        return True

    def _pwrite64(self, arguments, outcome):
        found = self.open.get(int(arguments[0]))
        if not found or not isinstance(found[1], File):
            return False
        found[1].writes.append((int(arguments[3]), text(arguments[1])[:outcome]))
        return True

    def _ftruncate(self, arguments, _):
        found = self.open.get(int(arguments[0]))
        if not found or not isinstance(found[1], File):
            return False
        found[1].writes.append((None, int(arguments[1])))
        return True

    def _renameat(self, arguments, _):
        directory, old, node = self.disk.find(self._path(arguments[0], arguments[1]))
        target, new, _ = self.disk.find(self._path(arguments[2], arguments[3]))
        if not node and not target:
            return False
        if directory is not target:
            raise ValueError("the model does not know a rename from one directory to another")

        def change(names):
            names.pop(old, None)
            names[new] = node

        directory.changes.append(change)
        return True

    _renameat2 = _renameat

    def _rename(self, arguments, outcome):
        return self._renameat(["AT_FDCWD", arguments[0], "AT_FDCWD", arguments[1]], outcome)

    def _unlinkat(self, arguments, _):
        directory, name, node = self.disk.find(self._path(arguments[0], arguments[1]))
        if not node:
            return False
        directory.changes.append(lambda names: names.pop(name, None))
        return True

    def _unlink(self, arguments, outcome):
        return self._unlinkat(["AT_FDCWD"] + arguments, outcome)

    def _mkdirat(self, arguments, _):
        directory, name, _ = self.disk.find(self._path(arguments[0], arguments[1]))
        if not directory:
            return False
        made = Directory()
        directory.changes.append(lambda names: names.__setitem__(name, made))
        return True

    def _mkdir(self, arguments, outcome):
        return self._mkdirat(["AT_FDCWD"] + arguments, outcome)

    def _fsync(self, arguments, _):
        found = self.open.get(int(arguments[0]))
        if not found or not found[1]:
            return False
        found[1].sync()
        return True

    _fdatasync = _fsync


def build(state, home):
    """Makes a state real."""
    for path, content in sorted(state.items(), key=lambda entry: entry[0].count("/")):
        place = str(home) + path
        if content is None:
            os.mkdir(place, 0o700)
            continue
        with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
