# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""The subcommands whose answer is a text, and those that do one thing: what they ask, print and end with."""

import json
import time

from control import DUE_SOON, FAILED, NEEDS_SIGN_IN, NOT_FOUND, OK, OUTCOMES, UNAVAILABLE, USAGE, ControlTest, main
from door import HANG, HANG_UP, answer, more

LISTS = {
    "status": ["status"],
    "accounts": ["accounts"],
    "activity": ["activity"],
    "providers": ["providers"],
    "consents": ["consents"],
    "doctor": ["doctor"],
}


class Documents(ControlTest):
    def test_requests_areExact(self):
        rows = [
            (["status"], {"command": "status", "format": "table"}),
            (["status", "--json"], {"command": "status", "format": "json"}),
            (["accounts"], {"command": "accounts", "format": "table"}),
            (["activity"], {"command": "activity", "format": "table", "limit": "50"}),
            (
                ["activity", "claude-cli", "--limit", "7", "--json"],
                {"command": "activity", "format": "json", "limit": "7", "profile": "claude-cli"},
            ),
            (["providers", "--json"], {"command": "providers", "format": "json"}),
            (["consents"], {"command": "consents", "format": "table"}),
            (["doctor", "--json"], {"command": "doctor", "format": "json"}),
            (["consents", "--revoke", "3"], {"command": "consents", "format": "table", "revoke": "3"}),
            (["doctor"], {"command": "doctor", "format": "table"}),
            (["doctor", "--cure", "lock:x"], {"command": "doctor", "format": "table", "cure": "lock:x"}),
            (["refresh", "p"], {"command": "refresh", "profile": "p"}),
            (["use", "work", "--in", "claude-cli"], {"command": "use", "profile": "work", "place": "claude-cli"}),
        ]
        service = self.service([more(text="{}\n"), answer()])
        for arguments, request in rows:
            with self.subTest(arguments):
                run = self.run_it(*arguments)
                self.assertEqual((run.returncode, run.stderr), (OK, b""))
                self.assertEqual(service.heard[-1], request)

    def test_text_isPrintedAsItIs(self):
        self.service([more(text="Täg"), more(text="lich\n"), answer()])
        for arguments in LISTS.values():
            run = self.run_it(*arguments)
            self.assertEqual((run.returncode, run.stdout.decode(), run.stderr), (OK, "Täglich\n", b""))

    def test_textWithTerminalControls_isPrintedWithoutThem(self):
        self.service([more(text="a\x1b]0;owned\x07b\n\tc\n"), answer()])
        self.assertEqual(self.run_it("status").stdout, b"a?]0;owned?b\n\tc\n")

    def test_aLongText_isPrintedWhole(self):
        part = "x" * 60000
        self.service([more(text=part)] * 40 + [answer()])
        self.assertEqual(len(self.run_it("activity").stdout), 40 * 60000)

    def test_serviceThatDiesWithinTheText_leavesNoPartOfIt(self):
        self.service([more(text='{"profiles":['), HANG_UP])
        run = self.run_it("status", "--json")
        self.assert_said(run, UNAVAILABLE, "ended before it answered")
        self.assertEqual(list(json.loads(run.stdout)), ["error"])

    def test_serviceThatHangsWithinTheText_isLeftAtTheDeadline(self):
        self.service([more(text="part"), HANG])
        begin = time.monotonic()
        run = self.run_it("status", "--timeout", "1")
        self.assert_said(run, UNAVAILABLE, "did not answer in time")
        self.assertEqual(run.stdout, b"")
        self.assertLess(time.monotonic() - begin, 5)

    def test_outcomeOfTheText_isTheExitCode_withoutAComplaint(self):
        for name, code in (("needs-sign-in", NEEDS_SIGN_IN), ("due-soon", DUE_SOON)):
            for option in ((), ("--json",)):
                with self.subTest(name + str(option)), self.service([more(text="{}\n"), answer(name, text="See there.")]):
                    run = self.run_it("status", *option)
                    self.assertEqual((run.returncode, run.stdout, run.stderr), (code, b"{}\n", b""))

    def test_everyOutcomeWithoutAText_isAComplaint(self):
        for name, code in OUTCOMES.items():
            for arguments in [*LISTS.values(), ["refresh", "p"], ["use", "p", "--in", "q"]]:
                with self.subTest(name + str(arguments)), self.service(answer(name, text="Because of this.")):
                    self.assert_said(run := self.run_it(*arguments), code, "Because of this.")
                    self.assertEqual(run.stdout, b"")
                    run = self.run_it(*arguments, "--json")
                    self.assertEqual(json.loads(run.stdout), {"error": {"outcome": name, "text": "Because of this."}})

    def test_textAndAFailure_areBothTold(self):
        self.service([more(text="two findings\n"), answer("failed", text="The rest could not be looked at.")])
        run = self.run_it("doctor")
        self.assert_said(run, FAILED, "The rest could not be looked at.")
        self.assertEqual(run.stdout, b"two findings\n")

    def test_anAnswerWithoutAReason_isSaidSo(self):
        self.service(answer("not-found"))
        self.assert_said(self.run_it("status"), NOT_FOUND, "gave no reason")

    def test_doctor_json_staysOneObject(self):
        for document in ('{"version":1,"findings":[]}\n', "{}\n"):
            with self.subTest(document), self.service([more(text=document), answer()]):
                said = json.loads(self.run_it("doctor", "--json").stdout)
                self.assertEqual(said, {**json.loads(document), "here": []})

    def test_deeds_areSaidToBeDone(self):
        self.service(answer())
        self.assertEqual(self.run_it("refresh", "claude-cli").stdout, b"claude-cli is renewed.\n")
        self.assertEqual(self.run_it("refresh", "claude-cli", "--json").stdout, b"{}\n")
        self.assertIn(b"Done.", self.run_it("doctor", "--cure", "x").stdout)
        self.assertIn(b"Taken back", self.run_it("consents", "--revoke", "1").stdout)
        self.assertEqual(self.run_it("use", "work", "--in", "codex").stdout, b"codex uses work now.\n")

    def test_fullDisk_isAnError(self):
        self.service([more(text="{}\n"), answer()])
        for arguments in [*LISTS.values(), ["refresh", "p"]]:
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                self.assert_said(self.run_it(*arguments, stdout=full), FAILED, "No space left on device")

    def test_hostileValue_isNotSent(self):
        service = self.service(answer())
        for arguments in (["refresh", "a\nb"], ["use", "a", "--in", "b\rc"], ["doctor", "--cure", "x\n"], ["activity", "a\nb"]):
            with self.subTest(arguments):
                self.assert_said(self.run_it(*arguments), USAGE, "Nothing was sent")
        self.assertEqual(service.heard, [])


if __name__ == "__main__":
    main()
