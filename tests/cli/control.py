# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""Runs keytenderctl against a scripted service, in a home and a runtime directory of its own."""

import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "fakes"))

import door  # noqa: E402

PROGRAM = os.path.join(os.environ["KEYTENDER_BIN"], "keytenderctl")
OK, NEEDS_SIGN_IN, DUE_SOON, UNAVAILABLE, DENIED, NOT_FOUND, FAILED, USAGE = 0, 1, 2, 3, 4, 5, 6, 64
OUTCOMES = {
    "needs-sign-in": NEEDS_SIGN_IN,
    "due-soon": DUE_SOON,
    "unavailable": UNAVAILABLE,
    "denied": DENIED,
    "not-found": NOT_FOUND,
    "failed": FAILED,
    "usage": USAGE,
}


class ControlTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="ktctl-")
        self.addCleanup(temporary.cleanup)
        self.home = pathlib.Path(temporary.name)
        self.runtime = self.home / "runtime"
        self.runtime.mkdir(mode=0o700)
        self.environment = {
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "PATH": os.environ["PATH"],
            "TZ": "UTC",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def service(self, *scripts, name="service"):
        """Each script is a list of steps; a bare step is a script of one."""
        scripts = [script if isinstance(script, list) else [script] for script in scripts]
        service = door.Door(str(self.runtime / "keytender"), *scripts, name=name)
        self.addCleanup(service.__exit__)
        return service

    def run_it(self, *arguments, program=PROGRAM, **options):
        """Without a terminal, and without starting a real service."""
        arguments = [program, *arguments]
        if "start" not in options and "--no-start" not in arguments:
            arguments.insert(2, "--no-start")
        options.pop("start", None)
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("env", self.environment)
        return subprocess.run(
            arguments, stderr=subprocess.PIPE, timeout=60, cwd=self.home, start_new_session=True, check=False, **options
        )

    def trace(self, calls, *arguments):
        """Runs it under strace. Returns what run_it returns, and the calls in order, with what each file is."""
        log = self.home / "trace"
        # The search for leaks traces the program itself, and only one can.
        options = self.environment.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        run = self.run_it(
            "-f", "-y", "-e", "trace=" + calls, "-o", str(log), PROGRAM, *arguments, "--no-start", program="strace",
            env={**self.environment, "ASAN_OPTIONS": options},
        )
        return run, [line.split(maxsplit=1)[1] for line in log.read_text().splitlines()]

    def run_in_terminal(self, arguments, answers=(), stdout=None, interrupt=False):
        """`answers`: pairs of what to wait for and what to type then. Returns (exit code, what the terminal showed)."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.home)
            if stdout is not None:
                os.dup2(stdout, 1)
            os.execve(PROGRAM, [PROGRAM, *arguments, "--no-start"], self.environment)
        shown, pending = b"", list(answers)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if pending and pending[0][0] in shown:
                os.write(terminal, pending.pop(0)[1])
            if not select.select([terminal], [], [], 0.05)[0]:
                continue
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        else:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(terminal)
        return os.waitstatus_to_exitcode(status), shown

    def assert_said(self, run, code, *words):
        """`code`, and one sentence on stderr that holds `words`."""
        self.assertEqual(run.returncode, code, run)
        errors = run.stderr.decode()
        self.assertTrue(errors.startswith("keytenderctl: "), errors)
        for word in words:
            self.assertIn(word, errors)


def main():
    unittest.main(verbosity=2)
