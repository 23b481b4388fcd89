# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""Real clients from npm, pinned: an unpinned npm quietly picks an older one when Node does not fit."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]


def installed(package, version, program):
    """The path of the program inside the package, which is fetched into build/real-clients if it is not there yet."""
    place = ROOT / "build" / "real-clients" / f"{package.split('/')[-1]}-{version}"
    path = place / "node_modules" / program
    if not path.exists():
        place.mkdir(parents=True, exist_ok=True)
        print(f"fetching {package}@{version} from npm", flush=True)
        subprocess.run(["npm", "install", "--prefix", place, "--no-save", "--no-audit", "--no-fund", "--loglevel=error",
                        f"{package}@{version}"], check=True)
    if not path.exists():
        sys.exit(f"{package}@{version} holds no {program}")
    return str(path)
