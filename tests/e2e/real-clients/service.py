# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""keytenderd, once and following, and what its JSON says."""

import datetime
import json
import os
import queue
import subprocess
import sys
import threading
import time

DAEMON = os.path.join(os.environ.get("KEYTENDER_BIN", ""), "keytenderd")


def look_once(home):
    output = subprocess.run([DAEMON, "--once", "--json"], env=home.environment(), capture_output=True, timeout=60,
                            check=True).stdout
    return json.loads(output)


def find(status, identifier):
    """The profile, or None."""
    found = [entry for entry in status["profiles"] if entry["id"] == identifier]
    return found[0] if len(found) == 1 else None


def listed(status, identifier):
    entry = find(status, identifier)
    check(entry, f"{identifier} is listed, among {[other['id'] for other in status['profiles']]}")
    return entry


def seconds(text):
    """RFC 3339 to seconds since 1970; 0 for null."""
    if text is None:
        return 0
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def check(fact, claim):
    if not fact:
        sys.exit(f"not so: {claim}")
    print(f"seen: {claim}", flush=True)


class Following:
    """keytenderd as it follows the files; every status it prints."""

    def __init__(self, home):
        self._process = subprocess.Popen([DAEMON, "--json"], env=home.environment(), stdout=subprocess.PIPE)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.last = None

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(json.loads(line))

    def until(self, condition, claim, deadline=30):
        """Waits for a status for which condition(status) holds; returns how long that took."""
        begin = time.monotonic()
        while time.monotonic() - begin < deadline:
            try:
                self.last = self._lines.get(timeout=deadline - (time.monotonic() - begin))
            except queue.Empty:
                break
            if condition(self.last):
                print(f"seen: {claim}", flush=True)
                return time.monotonic() - begin
        sys.exit(f"not seen in {deadline} s: {claim}; last: {json.dumps(self.last)}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(10)
