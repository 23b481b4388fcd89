# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""How keytenderctl finds the service: the one that runs, systemd's socket, else a keytenderd for one answer."""

import json
import os
import pathlib
import shutil
import subprocess
import time

from control import OK, PROGRAM, UNAVAILABLE, USAGE, ControlTest, main
from door import HANG, HANG_UP, answer, more

HERE = pathlib.Path(__file__).resolve().parent

# Stands beside a copy of keytenderctl; `body` runs with `door` and the connected socket `connection`.
FAKE_SERVICE = """#!/usr/bin/python3
import json, os, socket, sys, time
sys.path.insert(0, {fakes!r})
import door
assert sys.argv[1] == "--serve-on", sys.argv
descriptors = []
for number in range(64):
    try:
        descriptors.append(os.readlink(f"/proc/self/fd/{{number}}"))
    except OSError:
        pass
with open({record!r}, "w") as record:
    json.dump({{
        "arguments": sys.argv[1:],
        "descriptors": descriptors,
        "session": os.getsid(0), "pid": os.getpid(), "home": os.environ["HOME"],
    }}, record)
connection = socket.socket(fileno=int(sys.argv[2]))
{body}
"""


class Starting(ControlTest):
    def with_service(self, body):
        """A keytenderctl whose neighbour is a fake keytenderd; returns its path."""
        folder = self.home / "bin"
        folder.mkdir(exist_ok=True)
        shutil.copy(PROGRAM, folder / "keytenderctl")
        service = folder / "keytenderd"
        self.record = self.home / "record"
        text = FAKE_SERVICE.format(fakes=str(HERE.parent / "fakes"), record=str(self.record), body=body)
        service.write_text(text, encoding="utf-8")
        service.chmod(0o755)
        return str(folder / "keytenderctl")

    ANSWERS = "kind, fields = door.read_message(connection); connection.sendall(door.more(text=fields['command'] + chr(10)) + door.answer())"

    def test_withoutAService_noStart_saysSo(self):
        self.assert_said(self.run_it("token", "p"), UNAVAILABLE, "not running", "--no-start")
        run = self.run_it("status", "--json")
        self.assertEqual(json.loads(run.stdout)["error"]["outcome"], "unavailable")

    def test_withoutAService_oneIsStarted(self):
        program = self.with_service(self.ANSWERS)
        run = self.run_it("accounts", program=program, start=True)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (OK, b"accounts\n", b""))
        record = json.loads(self.record.read_text())
        self.assertEqual(record["arguments"], ["--serve-on", "3"])
        self.assertEqual(record["session"], record["pid"], "Ctrl-C would end it too")
        self.assertEqual(record["home"], str(self.home))
        kinds = sorted(name.split(":")[0].split(" ")[0] for name in record["descriptors"])
        self.assertEqual(kinds, ["/dev/null", "/dev/null", "/memfd", "socket"], record)

    def test_noStart_startsNothing(self):
        program = self.with_service(self.ANSWERS)
        self.assert_said(self.run_it("accounts", program=program), UNAVAILABLE, "not running")
        self.assertFalse(self.record.exists())

    def test_startedService_thatWorksOn_keepsNobodyWaiting(self):
        program = self.with_service(self.ANSWERS + "; time.sleep(20)")
        begin = time.monotonic()
        run = self.run_it("accounts", program=program, start=True)
        self.assertEqual(run.stdout, b"accounts\n")
        self.assertLess(time.monotonic() - begin, 10, "its output was held open")
        os.kill(json.loads(self.record.read_text())["pid"], 9)

    def test_startedService_thatFails_isQuoted(self):
        program = self.with_service("print('warning', file=sys.stderr); sys.exit('keytenderd: no home')")
        self.assert_said(
            self.run_it("accounts", program=program, start=True), UNAVAILABLE, "ended before", "It said: keytenderd: no home"
        )

    def test_startedService_thatSaysALot_isNotStopped(self):
        program = self.with_service("print('x' * 3000000, file=sys.stderr); " + self.ANSWERS)
        self.assertEqual(self.run_it("accounts", program=program, start=True).returncode, OK)

    def test_missingService_isNamed(self):
        program = self.with_service("")
        (self.home / "bin" / "keytenderd").unlink()
        self.assert_said(
            self.run_it("accounts", program=program, start=True), UNAVAILABLE, "bin/keytenderd", "Install Keytender again"
        )

    def test_runningService_comesFirst_thenSystemds(self):
        program = self.with_service(self.ANSWERS)
        with self.service([more(text="activated\n"), answer()], name="activation"):
            run = self.run_it("accounts", program=program, start=True)
            self.assertEqual(run.stdout, b"activated\n")
            self.assert_said(self.run_it("accounts", program=program), UNAVAILABLE, "not running")
            self.service([more(text="running\n"), answer()])
            self.assertEqual(self.run_it("accounts", program=program, start=True).stdout, b"running\n")
        self.assertFalse(self.record.exists())

    def test_retry_asksTheOneThatKeepsTheVault(self):
        service = self.service([more(text="kept\n"), answer()])
        os.rename(service.path, service.path + ".later")
        body = "door.read_message(connection); connection.sendall(door.answer('unavailable', text='Another.', retry='yes'))\n"
        body += f"time.sleep(0.3); os.rename({service.path + '.later'!r}, {service.path!r})"
        run = self.run_it("accounts", program=self.with_service(body), start=True)
        self.assertEqual((run.returncode, run.stdout), (OK, b"kept\n"), run)

    def test_retry_afterTheOtherOneHasEnded_startsAnew(self):
        body = "kind, fields = door.read_message(connection); first = not os.path.exists('seen'); open('seen', 'w').close()\n"
        body += "connection.sendall(door.answer('unavailable', text='Another.', retry='yes') if first else door.more(text='mine') + door.answer())"
        run = self.run_it("accounts", program=self.with_service(body), start=True)
        self.assertEqual((run.returncode, run.stdout), (OK, b"mine"), run)

    def test_retry_withoutEnd_endsInTime(self):
        service = self.service(answer("unavailable", text="Another one is starting.", retry="yes"))
        begin = time.monotonic()
        self.assert_said(self.run_it("accounts", "--timeout", "2"), UNAVAILABLE, "Another one is starting.")
        self.assertLess(time.monotonic() - begin, 4)
        self.assertGreater(service.connections, 3)

    def test_unavailable_withoutRetry_isFinal(self):
        service = self.service(answer("unavailable", text="The keychain is locked."))
        self.assert_said(self.run_it("accounts"), UNAVAILABLE, "The keychain is locked.")
        self.assertEqual(service.connections, 1)

    def test_fullBacklog_keepsTheDeadline(self):
        service = self.service([HANG])
        service._socket.listen(0)
        begin = time.monotonic()
        runs = [
            subprocess.Popen([PROGRAM, "accounts", "--no-start", "--timeout", "1"], env=self.environment, stderr=subprocess.PIPE)
            for _ in range(20)
        ]
        for run in runs:
            _, errors = run.communicate(timeout=60)
            self.assertEqual(run.returncode, UNAVAILABLE, errors)
        self.assertLess(time.monotonic() - begin, 15)

    def test_directoryOpenToOthers_isNotTrusted(self):
        self.service([answer()])
        os.chmod(self.runtime / "keytender", 0o755)
        self.assert_said(self.run_it("accounts"), UNAVAILABLE)

    def test_serviceThatHangsUpAtOnce_isNamed(self):
        self.service([HANG_UP])
        self.assert_said(self.run_it("accounts"), UNAVAILABLE, "ended before it answered")

    def test_wrongUse_is64_andAsksNobody(self):
        service = self.service([answer()])
        rows = [
            [], ["stauts"], ["status", "extra"], ["status", "--bogus"], ["token"], ["status", "--timeout", "x"],
            ["activity", "--limit", "0"], ["consents", "--revoke", "0"], ["use", "p"], ["login", "a", "--device", "--paste"],
        ]
        for row in rows:
            with self.subTest(row):
                run = subprocess.run([PROGRAM, *row], env=self.environment, capture_output=True, timeout=20, check=False)
                self.assertEqual(run.returncode, USAGE)
                self.assertEqual(run.stdout, b"")
                self.assertTrue(run.stderr.startswith(b"keytenderctl: ") and run.stderr.endswith(b"\n"), run.stderr)
        self.assertEqual(service.heard, [])

    def test_help_namesEverySubcommand(self):
        run = subprocess.run([PROGRAM, "--help"], capture_output=True, timeout=20, check=True)
        for name in (b"status", b"token", b"login", b"logout", b"doctor", b"import", b"run"):
            self.assertIn(b"\n  " + name, run.stdout)
        for arguments in (["status", "--help"], ["--version"]):
            self.assertEqual(subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=20, check=True).stderr, b"")


if __name__ == "__main__":
    main()
