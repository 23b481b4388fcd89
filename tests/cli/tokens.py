# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""keytenderctl token: a whole token or none, and never to a terminal by accident (S-31)."""

import json
import os
import subprocess
import time

from control import FAILED, OK, OUTCOMES, PROGRAM, UNAVAILABLE, USAGE, ControlTest, main
from door import ANSWER, HANG, HANG_UP, answer, frame, more

TOKEN = "tok-CANARY-" + "x" * 60
WELL = answer(token=TOKEN, kind="oauth", expires_at=4102444800, profile="claude-cli", label="Claude Code", user="me")


class Tokens(ControlTest):
    def test_request_holds_theProfileAndTheDefaults(self):
        service = self.service(WELL)
        run = self.run_it("token", "claude-cli")
        self.assertEqual((run.returncode, run.stdout, run.stderr), (OK, (TOKEN + "\n").encode(), b""))
        self.assertEqual(
            service.heard,
            [{"command": "token", "profile": "claude-cli", "min-validity": "300", "purpose": "token"}],
        )

    def test_minValidity_isSentInSeconds(self):
        service = self.service(WELL)
        rows = {"300": "300", "90s": "90", "5m": "300", "2h": "7200", "1d": "86400", "0": "0"}
        for written, seconds in rows.items():
            with self.subTest(written):
                self.assertEqual(self.run_it("token", "p", "--min-validity", written).returncode, OK)
                self.assertEqual(service.heard[-1]["min-validity"], seconds)

    def test_minValidity_thatIsNoTime_isRefused(self):
        service = self.service(WELL)
        for written in ("", "x", "5x", "-1", "1.5", "5m5", "99999999999999999999", "400d"):
            with self.subTest(written):
                self.assert_said(self.run_it("token", "p", "--min-validity", written), USAGE, "is no time")
        self.assertEqual(service.heard, [])

    def test_json_holdsTheContract(self):
        self.service(WELL)
        run = self.run_it("token", "claude-cli", "--json")
        self.assertEqual(run.returncode, OK)
        self.assertTrue(run.stdout.endswith(b"}\n"))
        self.assertEqual(
            json.loads(run.stdout),
            {
                "token": TOKEN,
                "kind": "oauth",
                "expiresAt": "2100-01-01T00:00:00Z",
                "profile": "claude-cli",
                "label": "Claude Code",
                "user": "me",
            },
        )

    def test_everyOutcome_isAnExitCodeAndASentence(self):
        for name, code in OUTCOMES.items():
            with self.subTest(name), self.service(answer(name, text="It did not work. Do this.")):
                self.assert_said(run := self.run_it("token", "p"), code, "It did not work. Do this.")
                self.assertEqual(run.stdout, b"")

    def test_everyOutcome_isAnObjectInJson(self):
        for name, code in OUTCOMES.items():
            with self.subTest(name), self.service(answer(name, text='It "did" not.\\')):
                self.assert_said(run := self.run_it("token", "p", "--json"), code, "It ")
                self.assertEqual(json.loads(run.stdout), {"error": {"outcome": name, "text": 'It "did" not.\\'}})

    def test_serviceThatDiesWithinTheAnswer_leavesNoPartOfTheToken(self):
        for size in (1, 4, 7, 20, 40, len(WELL) - 30, len(WELL) - 1):
            with self.subTest(size), self.service([WELL[:size], HANG_UP]):
                self.assert_said(run := self.run_it("token", "p"), UNAVAILABLE, "ended before it answered")
                self.assertEqual(run.stdout, b"")

    def test_serviceThatHangs_isLeftAtTheDeadline(self):
        for script in ([HANG], [WELL[:30], HANG], [more(line="wait"), HANG]):
            with self.subTest(str(script)[:40]), self.service(script):
                begin = time.monotonic()
                self.assert_said(run := self.run_it("token", "p", "--timeout", "1"), UNAVAILABLE, "did not answer in time")
                self.assertLess(time.monotonic() - begin, 5)
                self.assertEqual(run.stdout, b"")

    def test_whatIsNoToken_isRefused(self):
        hostile = [b"", b"a\nb", b"a\r", b"a\0b", b"a b", b"\x1b[2J", "a\u2028b".encode(), b"\xff\xfe", b"tok\n"]
        for token in hostile:
            for option in ((), ("--json",)):
                with self.subTest(str(token) + str(option)), self.service(answer(token=token, kind="oauth", profile="p")):
                    self.assert_said(run := self.run_it("token", "p", *option), FAILED, "no usable token")
                    self.assertNotIn(b"tok", run.stdout.replace(b"token", b""))
        with self.service(answer(kind="oauth", profile="p")):
            self.assert_said(self.run_it("token", "p"), FAILED, "no usable token")

    def test_tokenThatHasExpired_isRefused(self):
        for end, words in ((1700000000, "has expired"), ("soon", "no readable end")):
            for option in ((), ("--json",)):
                with self.subTest(str(end) + str(option)), self.service(answer(token=TOKEN, expires_at=end)):
                    self.assert_said(run := self.run_it("token", "p", *option), FAILED, words)
                    self.assertNotIn(TOKEN.encode(), run.stdout)

    def test_hostileFrames_areRefused(self):
        rows = {
            "another version": (frame(ANSWER, {"outcome": "ok", "token": TOKEN}, version=2), "another version"),
            "too long": (b"\xff\xff\xff\xff", "longer than 64 KiB"),
            "unknown kind": (frame(9, {"outcome": "ok", "token": TOKEN}), "not what its format says"),
            "bytes behind": (b"\0\0\0\x04\x01\x03\0x", "not what its format says"),
            "no outcome": (frame(ANSWER, {"token": TOKEN}), "words that keytenderctl does not know"),
            "unknown outcome": (frame(ANSWER, {"outcome": "splendid", "token": TOKEN}), "does not know"),
        }
        for name, (sent, words) in rows.items():
            with self.subTest(name), self.service([sent, HANG_UP]):
                run = self.run_it("token", "p", "--timeout", "5")
                self.assertIn(run.returncode, (UNAVAILABLE, FAILED))
                self.assertIn(words, run.stderr.decode())
                self.assertEqual(run.stdout, b"")

    def test_reasonWithTerminalControls_isShownWithoutThem(self):
        self.service(answer("failed", text="bad \x1b]0;owned\x07 \x9b2J \u009b2J"))
        run = self.run_it("token", "p")
        self.assertEqual(run.returncode, FAILED)
        self.assertNotIn(b"\x1b", run.stderr)
        self.assertNotIn("\u009b".encode(), run.stderr)

    def test_fieldWithALineBreak_isNotSent(self):
        service = self.service(WELL)
        for profile in ("a\nprofile=b", "a\rb", "x" * 70000):
            with self.subTest(profile[:20]):
                self.assert_said(run := self.run_it("token", profile), USAGE, "Nothing was sent")
                self.assertEqual(run.stdout, b"")
        self.assertEqual(service.heard, [])

    def test_terminal_isRefusedUnlessForced(self):
        service = self.service(WELL)
        code, shown = self.run_in_terminal(["token", "p"])
        self.assertEqual(code, USAGE)
        self.assertIn(b"--force", shown)
        self.assertEqual(service.heard, [], "asked although it may not be shown")
        code, shown = self.run_in_terminal(["token", "p", "--force"])
        self.assertEqual(code, OK)
        self.assertIn(TOKEN.encode(), shown)

    def test_fullDisk_isAnError(self):
        self.service(WELL)
        with open("/dev/full", "wb") as full:
            self.assert_said(self.run_it("token", "p", stdout=full), FAILED, "No space left on device")

    def test_brokenPipe_isAnError(self):
        self.service(WELL)
        reading, writing = os.pipe()
        os.close(reading)
        self.assert_said(self.run_it("token", "p", stdout=writing), FAILED, "Broken pipe")
        os.close(writing)

    def test_closedStdout_isAnError_andNothingElseBecomesIt(self):
        service = self.service(WELL)
        run = self.run_it("token", "p", stdout=None, preexec_fn=lambda: os.close(1))
        self.assert_said(run, FAILED, "cannot write")
        self.assertEqual(len(service.heard), 1)
        run = self.run_it("token", "p", preexec_fn=lambda: (os.close(0), os.close(2)))
        self.assertEqual((run.returncode, run.stdout), (OK, (TOKEN + "\n").encode()))

    def test_token_goesOutWithOneWrite(self):
        long = "t" * 60000
        self.service(answer(token=long, kind="oauth", profile="p"))
        run, calls = self.trace("write", "token", "p")
        self.assertEqual((run.returncode, run.stdout), (OK, (long + "\n").encode()))
        writes = [call for call in calls if call.startswith("write(1<")]
        self.assertEqual(len(writes), 1, writes)

    def test_memory_isHiddenOnceTheServiceKnowsUs_andBeforeTheTokenIsRead(self):
        self.service(WELL)
        _, every = self.trace("sendto,prctl,recvfrom,prlimit64", "token", "p")
        calls = [call for call in every if call.startswith(("sendto", "recvfrom", "prctl(PR_SET_DUMP"))]
        names = [call.split("(")[0] for call in calls]
        self.assertEqual(names[:3], ["sendto", "prctl", "recvfrom"], calls)
        self.assertIn("PR_SET_DUMPABLE, SUID_DUMP_DISABLE", calls[1])
        self.assertRegex("\n".join(every), r"prlimit64\(0, RLIMIT_CORE, \{rlim_cur=0,")

    def test_token_isOnNoCommandLineAndInNoEnvironment(self):
        service = self.service([WELL[:40], HANG])
        process = subprocess.Popen(
            [PROGRAM, "token", "p", "--no-start"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        while not service.heard and process.poll() is None:
            time.sleep(0.01)
        for name in ("cmdline", "environ"):
            try:
                with open(f"/proc/{process.pid}/{name}", "rb") as file:
                    self.assertNotIn(b"CANARY", file.read())
            except PermissionError:
                self.assertEqual(name, "environ")  # once its memory is hidden, for all but root


if __name__ == "__main__":
    main()
