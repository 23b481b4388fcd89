# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""keytenderd, once and following, and what its JSON says; with KEYTENDER_PICTURES=DIRECTORY also how the panel looks."""

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


class Panel:
    """keytender on a screen of its own, as a window: there is no tray. Its pictures need Xvfb and ImageMagick."""

    def __init__(self, home):
        reader, writer = os.pipe()
        self._screen = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "640x720x24", "-nolisten",
                                         "tcp"], pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            self._display = ":" + pipe.readline().strip()
        self._window = subprocess.Popen([os.path.join(os.path.dirname(DAEMON), "keytender")],
                                        env=home.environment(DISPLAY=self._display))
        time.sleep(5)  # 2 s of them until it is sure that there is no tray

    def picture(self, name):
        time.sleep(1)
        path = os.path.join(os.environ["KEYTENDER_PICTURES"], os.path.basename(sys.argv[0]) + "-" + name + ".png")
        subprocess.run(["import", "-display", self._display, "-window", "root", path], check=True)
        print(f"pictured: {path}", flush=True)

    def close(self):
        for process in (self._window, self._screen):
            process.terminate()
            process.wait(10)


class Following:
    """keytenderd as it follows the files; every status it prints."""

    def __init__(self, home):
        self._panel = Panel(home) if "KEYTENDER_PICTURES" in os.environ else None
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

    def picture(self, name):
        if self._panel:
            self._panel.picture(name)

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(10)
        if self._panel:
            self._panel.close()
