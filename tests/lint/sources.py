# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""The project's own source files, for the checks in this folder."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = {".cpp", ".h"}
SCRIPTS = {".py", ".js", ".mjs", ".cmake"}
FOLDERS = ("app", "core", "installer", "resources", "tests", "translations", "ui", ".ci")
DATA = ("tests/fixtures",)


def files(folders=FOLDERS):
    """Yields the paths, relative to the root, of all files but data and what is built."""
    for folder in folders:
        for directory, names, entries in os.walk(ROOT / folder):
            names[:] = sorted(name for name in names if name not in ("__pycache__", "node_modules"))
            for entry in sorted(entries):
                path = (pathlib.Path(directory) / entry).relative_to(ROOT)
                if not str(path).startswith(DATA):
                    yield path
    for entry in sorted(os.listdir(ROOT)):
        if folders is FOLDERS and (ROOT / entry).is_file():
            yield pathlib.Path(entry)


def code(folders=FOLDERS):
    return [path for path in files(folders) if path.suffix in CODE]


def lines(path):
    return (ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines()


def finish(faults):
    """Prints the faults and leaves with the verdict."""
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)
