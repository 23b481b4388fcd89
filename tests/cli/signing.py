# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""keytenderctl login and logout: what is shown, what is asked, and what the terminal never shows."""

import json
import time

from control import DENIED, FAILED, NOT_FOUND, OK, OUTCOMES, UNAVAILABLE, USAGE, ControlTest, main
from door import HANG, HANG_UP, READ_MORE, answer, more

ADDRESS = "https://login.example/authorize?state=s&code_challenge=c"
SIGNED_IN = answer(profile="anthropic-1", label="Anthropic · me@example.com")
BROWSER = more(stage="browser", line="Waiting for the browser.", address=ADDRESS)
CODES = more(
    stage="codes",
    line="Waiting for the code.",
    user_code="WDJB-MJHT",
    verification_uri="https://login.example/device",
    complete_uri="https://login.example/device?user_code=WDJB-MJHT",
    expires_at=1792000000,
)
PASTED = b"https://localhost/callback?code=CANARY-code&state=s"
INVITATION = b"can be pasted here"


class Login(ControlTest):
    def test_requests_areExact(self):
        rows = [
            (["anthropic"], {"open": "yes"}),
            (["anthropic", "--no-browser"], {}),
            (["anthropic", "--device"], {"way": "device", "open": "yes"}),
            (["anthropic", "--scope", "a:b", "--scope", "c"], {"scopes": "a:b c", "open": "yes"}),
        ]
        service = self.service([BROWSER, SIGNED_IN])
        for arguments, fields in rows:
            with self.subTest(arguments):
                self.assertEqual(self.run_it("login", *arguments).returncode, OK)
                self.assertEqual(service.heard[-1], {"command": "login", "provider": "anthropic", **fields})

    def test_overSsh_noBrowserIsOpenedThere(self):
        service = self.service([BROWSER, SIGNED_IN])
        self.run_it("login", "p", env={**self.environment, "SSH_CONNECTION": "1.2.3.4 1 5.6.7.8 22"})
        self.assertNotIn("open", service.heard[-1])

    def test_name_thatIsNoProvider_isALogin(self):
        service = self.service(answer("not-found", text="No provider."), [BROWSER, SIGNED_IN])
        self.assertEqual(self.run_it("login", "anthropic-1").returncode, OK)
        self.assertEqual([("provider" in heard, "profile" in heard) for heard in service.heard], [(True, False), (False, True)])

    def test_name_thatIsNothing_isNotFound(self):
        self.service(answer("not-found", text="Neither."))
        self.assert_said(self.run_it("login", "x"), NOT_FOUND, "Neither.")

    def test_withoutAName_andATerminal_isRefused(self):
        service = self.service(answer())
        self.assert_said(self.run_it("login"), USAGE, "keytenderctl providers")
        self.assertEqual(service.heard, [])

    def test_withoutAName_inATerminal_asksWhich(self):
        service = self.service([more(text="anthropic  Anthropic\n"), answer()], [BROWSER, SIGNED_IN])
        code, shown = self.run_in_terminal(["login"], [(b"Sign in to: ", b"anthropic\n")])
        self.assertEqual(code, OK)
        self.assertIn(b"anthropic  Anthropic", shown)
        self.assertEqual(service.heard[-1]["provider"], "anthropic")

    def test_stages_areShownOnStderr_onceEach(self):
        self.service([BROWSER, BROWSER, CODES, more(stage="exchanging", line="Exchanging."), SIGNED_IN])
        run = self.run_it("login", "anthropic")
        self.assertEqual(run.stdout.decode(), "Signed in: Anthropic · me@example.com (anthropic-1)\n")
        shown = run.stderr.decode()
        for words in (ADDRESS, "code: WDJB-MJHT\n", "https://login.example/device\n", "17:46:40", "Exchanging."):
            self.assertEqual(shown.count(words), 1, (words, shown))

    def test_json_isALineForEachStage(self):
        self.service([BROWSER, CODES, SIGNED_IN])
        lines = [json.loads(line) for line in self.run_it("login", "anthropic", "--json").stdout.splitlines()]
        self.assertEqual(lines[0], {"stage": "browser", "line": "Waiting for the browser.", "address": ADDRESS})
        self.assertEqual((lines[1]["userCode"], lines[1]["expiresAt"]), ("WDJB-MJHT", "2026-10-14T17:46:40Z"))
        self.assertEqual(lines[2], {"profile": "anthropic-1", "label": "Anthropic · me@example.com"})

    def test_pasted_reachesTheService_andIsNeverShown(self):
        for arguments in (["login", "anthropic"], ["login", "anthropic", "--paste"]):
            with self.subTest(arguments), self.service([BROWSER, READ_MORE, SIGNED_IN]) as service:
                code, shown = self.run_in_terminal(arguments, [(INVITATION, PASTED + b"\n")])
                self.assertEqual(code, OK, shown)
                self.assertEqual(service.heard[-1], {"paste": PASTED.decode()})
                self.assertNotIn(b"CANARY", shown)

    def test_pasted_inALongLine_arrivesWhole(self):
        service = self.service([BROWSER, READ_MORE, SIGNED_IN])
        code, _ = self.run_in_terminal(["login", "anthropic"], [(INVITATION, b"x" * 3000), (b"", b"y" * 3000 + b"\r")])
        self.assertEqual(code, OK)
        self.assertEqual(service.heard[-1]["paste"], "x" * 3000 + "y" * 3000)

    def test_pasted_canBeCorrected(self):
        service = self.service([BROWSER, READ_MORE, SIGNED_IN])
        self.run_in_terminal(["login", "anthropic"], [(INVITATION, b"wrong\x15abd\x7fc\x1b\n")])
        self.assertEqual(service.heard[-1]["paste"], "abc")

    def test_pasted_aSecondTime_afterARefusal(self):
        refused = more(stage="browser", line="That is not it.")
        service = self.service([BROWSER, READ_MORE, refused, READ_MORE, SIGNED_IN])
        code, _ = self.run_in_terminal(["login", "anthropic"], [(INVITATION, b"no\n"), (b"That is not it.", b"yes\n")])
        self.assertEqual(code, OK)
        self.assertEqual([heard.get("paste") for heard in service.heard[1:]], ["no", "yes"])

    def test_paste_withoutATerminal_isRefused(self):
        service = self.service([BROWSER, SIGNED_IN])
        self.assert_said(self.run_it("login", "p", "--paste"), USAGE, "terminal")
        self.assertEqual(service.heard, [])

    def test_ctrlC_ends_andNothingOfTheLineGoesOut(self):
        service = self.service([BROWSER, READ_MORE])
        code, _ = self.run_in_terminal(["login", "anthropic"], [(INVITATION, b"half\x03")])
        self.assertEqual(code, -2)
        self.assertEqual(len(service.heard), 1, "what was typed went out")

    def test_everyOutcome_isAnExitCode(self):
        for name, code in OUTCOMES.items():
            with self.subTest(name), self.service([BROWSER, answer(name, text="It did not work.")]):
                self.assertEqual(self.run_it("login", "p").returncode, code)

    def test_serviceThatDies_orHangs(self):
        with self.service([BROWSER, HANG_UP]):
            self.assertEqual(self.run_it("login", "p").returncode, UNAVAILABLE)
        begin = time.monotonic()
        with self.service([BROWSER, HANG]):
            self.assertEqual(self.run_it("login", "p", "--timeout", "1").returncode, UNAVAILABLE)
        self.assertLess(time.monotonic() - begin, 5)


GOES = more(line="Claude Code: ends at Anthropic")
GONE = more(line="Claude Code: signed out; Anthropic confirmed it.")


class Logout(ControlTest):
    def test_requests_areExact(self):
        rows = [
            (["claude-cli"], {"profile": "claude-cli"}),
            (["--all"], {"all": "yes"}),
            (["--all", "--oauth-only"], {"all": "yes", "oauth-only": "yes"}),
            (["p", "--local"], {"profile": "p", "local": "yes"}),
        ]
        for arguments, fields in rows:
            with self.subTest(arguments), self.service([GOES, answer()], [GONE, answer()]) as service:
                run = self.run_it("logout", *arguments, "--yes")
                self.assertEqual((run.returncode, run.stdout.decode()), (OK, "Claude Code: signed out; Anthropic confirmed it.\n"))
                wanted = {"command": "logout", **fields}
                self.assertEqual(service.heard, [{**wanted, "preview": "yes"}, wanted])

    def test_name_thatIsNoLogin_isAProvider(self):
        service = self.service(answer("not-found", text="No."), [GOES, answer()], [GONE, answer()])
        self.assertEqual(self.run_it("logout", "anthropic", "--yes").returncode, OK)
        self.assertEqual(service.heard[-1], {"command": "logout", "provider": "anthropic"})

    def test_withoutATerminal_needsYes(self):
        service = self.service([GOES, answer()])
        self.assert_said(self.run_it("logout", "p"), USAGE, "--yes")
        self.assertEqual([heard.get("preview") for heard in service.heard], ["yes"])

    def test_inATerminal_showsWhatGoes_andAsks(self):
        for typed, code, requests in ((b"y\n", OK, 2), (b"n\n", DENIED, 1), (b"\n", DENIED, 1), (b"\x04", DENIED, 1)):
            with self.subTest(typed), self.service([GOES, answer()], [GONE, answer()]) as service:
                ended, shown = self.run_in_terminal(["logout", "p"], [(b"[y/N]", typed)])
                self.assertIn(b"ends at Anthropic", shown)
                self.assertEqual((ended, len(service.heard)), (code, requests))

    def test_whatIsWrong_isRefused(self):
        service = self.service(answer())
        for arguments in (["--yes"], ["p", "--all", "--yes"]):
            with self.subTest(arguments):
                self.assert_said(self.run_it("logout", *arguments), USAGE, "--all")
        self.assertEqual(service.heard, [])

    def test_json_isALineForEachLogin(self):
        self.service([GOES, answer()], [GONE, answer()])
        run = self.run_it("logout", "p", "--yes", "--json")
        self.assertEqual(json.loads(run.stdout), {"line": "Claude Code: signed out; Anthropic confirmed it."})

    def test_partialSuccess_isToldAndFails(self):
        self.service([GOES, answer()], [GONE, answer("failed", text="One is left.")])
        self.assert_said(run := self.run_it("logout", "p", "--yes"), FAILED, "One is left.")
        self.assertIn(b"confirmed it", run.stdout)


if __name__ == "__main__":
    main()
