# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""keytenderctl as the helper of git, Docker, AWS programs, Claude Code and Codex, against a scripted service."""

import json
import os
import shutil
import subprocess
import time
import unittest

from control import DENIED, FAILED, NEEDS_SIGN_IN, NOT_FOUND, OK, PROGRAM, UNAVAILABLE, USAGE, ControlTest, main
from door import answer

TOKEN = "gho_CANARY" + "x" * 30
SOON = int(time.time()) + 3600
GITHUB = b"protocol=https\nhost=github.com\n\n"


def token(**fields):
    return answer(**{"token": TOKEN, "kind": "token", "profile": "gh-cli", "label": "GitHub", "user": "octocat", **fields})


NO_LOGIN = answer("not-found", text="There is no login for github.com. The settings can name one (gitHosts).")


class HelperTest(ControlTest):
    def ask(self, *arguments, text=b""):
        return self.run_it(*arguments, stdin=None, input=text)

    def assert_kept_to_itself(self, run):
        self.assertNotIn(b"CANARY", run.stdout + run.stderr)


class Git(HelperTest):
    def test_get_prints_userPasswordAndItsEnd(self):
        service = self.service(token(expires_at=SOON))
        run = self.ask("git", "get", text=GITHUB)
        self.assertEqual((run.returncode, run.stderr), (OK, b""))
        self.assertEqual(run.stdout.decode(), f"username=octocat\npassword={TOKEN}\npassword_expiry_utc={SOON}\n")
        self.assertEqual(service.heard,
                         [{"command": "token", "protocol": "https", "host": "github.com", "purpose": "git"}])

    def test_get_passesOn_pathAndUser(self):
        service = self.service(token())
        run = self.ask("git", "get", text=b"protocol=https\nhost=git.example:8443\npath=a/b.git\nusername=ada\n")
        self.assertEqual(run.stdout.decode(), f"username=ada\npassword={TOKEN}\n")
        self.assertEqual(service.heard, [{"command": "token", "protocol": "https", "host": "git.example:8443",
                                          "purpose": "git", "path": "a/b.git", "user": "ada"}])

    def test_withoutAToken_nothingIsPrinted(self):
        for outcome in ("needs-sign-in", "unavailable", "denied", "not-found", "failed"):
            with self.subTest(outcome):
                service = self.service(answer(outcome, text="Not now. Do this."))
                run = self.ask("git", "get", text=GITHUB)
                self.assertEqual((run.returncode, run.stdout), (OK, b""))
                self.assertEqual(run.stderr, b"keytenderctl: Not now. Do this.\n")
                service.__exit__()

    def test_expiredToken_isNotPrinted(self):
        self.service(token(expires_at=int(time.time()) - 1))
        run = self.ask("git", "get", text=GITHUB)
        self.assertEqual((run.returncode, run.stdout), (OK, b""))
        self.assert_kept_to_itself(run)

    def test_oddAnswers_areNotPrinted(self):
        for odd in (TOKEN + "\npassword=x", TOKEN + "\r", "", TOKEN + "\0", TOKEN + " x"):
            with self.subTest(odd):
                service = self.service(token(token=odd))
                run = self.ask("git", "get", text=GITHUB)
                self.assertEqual((run.returncode, run.stdout), (OK, b""))
                self.assert_kept_to_itself(run)
                service.__exit__()

    def test_refreshToken_isNeverPrinted(self):
        self.service(token(refresh_token="CANARY-refresh", oauth_refresh_token="CANARY-refresh"))
        self.assertNotIn(b"refresh", self.ask("git", "get", text=GITHUB).stdout)

    def test_hostileRequests_reachNobody(self):
        service = self.service(token())
        for text in (b"protocol=https\rhost=github.com\n", b"protocol=https\nhost=github.com\r\n", b"host=github.com\n",
                     b"protocol=https\nhost=evil\nhost=github.com\n", b"protocol=https\nhost=github.com\0.evil\n",
                     b"protocol=https\nhost=a@github.com\n", b"protocol=https\nhost=github.com", b"",
                     b"protocol=http\nhost=github.com\n", b"x" * 70000 + b"\n", b"x=y\n" * 300000):
            with self.subTest(text[:60]):
                run = self.ask("git", "get", text=text)
                self.assertEqual((run.returncode, run.stdout), (USAGE, b""))
                self.assertEqual(run.stderr.count(b"\n"), 1)
        self.assertEqual(service.heard, [])

    def test_erase_isARejection(self):
        service = self.service(answer())
        run = self.ask("git", "erase", text=GITHUB[:-1] + b"username=octocat\npassword=CANARY\n")
        self.assertEqual((run.returncode, run.stdout, run.stderr), (OK, b"", b""))
        self.assertEqual(service.heard, [{"command": "reject", "protocol": "https", "host": "github.com"}])

    def test_eraseOfAnothersPassword_isNoNews(self):
        self.service(NO_LOGIN)
        run = self.ask("git", "erase", text=GITHUB)
        self.assertEqual((run.returncode, run.stdout, run.stderr), (OK, b"", b""))

    def test_storeAndTheUnknown_areIgnored(self):
        service = self.service(token())
        for operation in ("store", "future"):
            run = self.ask("git", operation, text=GITHUB[:-1] + b"password=CANARY\n")
            self.assertEqual((run.returncode, run.stdout, run.stderr), (OK, b"", b""))
        self.assertEqual(service.heard, [])

    def test_capability_announcesNone(self):
        run = self.ask("git", "capability")
        self.assertEqual((run.returncode, run.stdout), (OK, b"version 0\n"))

    def test_onATerminal_itAsksNobody(self):
        service = self.service(token())
        code, shown = self.run_in_terminal(["git", "get"])
        self.assertEqual(code, USAGE)
        self.assertNotIn(b"CANARY", shown)
        self.assertEqual(service.heard, [])

    def fill(self, *settings, request=GITHUB):
        """What the real git makes of it."""
        environment = {**self.environment, "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
                       "PATH": os.path.dirname(PROGRAM) + ":" + self.environment["PATH"]}
        options = [part for setting in settings for part in ("-c", setting)]
        return subprocess.run(["git", *options, "credential", "fill"], input=request, env=environment, cwd=self.home,
                              capture_output=True, timeout=60, check=False)

    @unittest.skipUnless(shutil.which("git"), "there is no git")
    def test_realGit_takesIt(self):
        for helper in ("keytender", "!keytenderctl git", PROGRAM + " git"):
            with self.subTest(helper):
                service = self.service(token(expires_at=SOON))
                filled = self.fill("credential.helper=" + helper)
                self.assertEqual(filled.returncode, 0, filled.stderr)
                self.assertIn(f"username=octocat\npassword={TOKEN}\n".encode(), filled.stdout)
                service.__exit__()

    @unittest.skipUnless(shutil.which("git"), "there is no git")
    def test_realGit_asksTheNextHelper(self):
        self.service(NO_LOGIN)
        other = "!f() { echo username=other; echo password=theirs; }; f"
        filled = self.fill("credential.helper=keytender", "credential.helper=" + other)
        self.assertIn(b"password=theirs\n", filled.stdout)

    @unittest.skipUnless(shutil.which("git"), "there is no git")
    def test_realGit_neverSeesAnExpiredOne(self):
        self.service(token(expires_at=1700000000))
        filled = self.fill("credential.helper=keytender")
        self.assertNotEqual(filled.returncode, 0)
        self.assertNotIn(b"CANARY", filled.stdout)


class Docker(HelperTest):
    def test_get_answersInDockersWords(self):
        service = self.service(token())
        run = self.ask("docker", "get", text=b"https://ghcr.io/v2/\n")
        self.assertEqual(run.returncode, OK)
        self.assertEqual(json.loads(run.stdout),
                         {"ServerURL": "https://ghcr.io/v2/", "Username": "octocat", "Secret": TOKEN})
        self.assertEqual(service.heard,
                         [{"command": "token", "protocol": "https", "host": "ghcr.io", "purpose": "docker"}])

    def test_unknownServer_isNotFound(self):
        service = self.service(NO_LOGIN)
        for text in (b"ghcr.io", b"https://a@ghcr.io", b"https://ghcr.io\nevil", b"http://ghcr.io", b""):
            with self.subTest(text):
                run = self.ask("docker", "get", text=text)
                self.assertEqual((run.returncode, run.stdout), (1, b"credentials not found in native keychain\n"))
        self.assertEqual(len(service.heard), 1)

    def test_otherReasons_areTold(self):
        self.service(answer("denied", text="You said no to docker. Allow it in the settings."))
        run = self.ask("docker", "get", text=b"ghcr.io")
        self.assertEqual((run.returncode, run.stdout), (1, b"You said no to docker. Allow it in the settings.\n"))

    def test_store_isRefused(self):
        service = self.service(answer())
        run = self.ask("docker", "store", text=b'{"ServerURL":"ghcr.io","Username":"a","Secret":"CANARY"}')
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"Sign in in Keytender", run.stdout)
        self.assert_kept_to_itself(run)
        self.assertEqual(service.heard, [])

    def test_erase_isARejection(self):
        service = self.service(answer())
        self.assertEqual(self.ask("docker", "erase", text=b"ghcr.io\n").returncode, OK)
        self.assertEqual(service.heard, [{"command": "reject", "protocol": "https", "host": "ghcr.io"}])

    def test_list_namesNoServer(self):
        self.assertEqual(self.ask("docker", "list").stdout, b"{}\n")

    def test_version_isSaid(self):
        self.assertRegex(self.ask("docker", "version").stdout, rb"^docker-credential-keytender .* v\d")

    def test_nameThatDockerLooksFor_works(self):
        self.service(token())
        helper = os.path.join(os.path.dirname(PROGRAM), "docker-credential-keytender")
        run = subprocess.run([helper, "get"], input=b"ghcr.io", capture_output=True, env=self.environment, timeout=60,
                             check=False)
        self.assertEqual(json.loads(run.stdout)["Secret"], TOKEN)


class Aws(HelperTest):
    KEY = "AKIADUMMYDUMMYDUMMY1"

    def test_pair_becomesTheDocument(self):
        service = self.service(token(token=self.KEY + ":CANARY/secret"))
        run = self.ask("aws", "amazon.com:ci")
        self.assertEqual(run.returncode, OK, run.stderr)
        self.assertEqual(json.loads(run.stdout),
                         {"Version": 1, "AccessKeyId": self.KEY, "SecretAccessKey": "CANARY/secret"})
        self.assertEqual(service.heard, [{"command": "token", "profile": "amazon.com:ci", "purpose": "aws"}])

    def test_temporaryOne_saysItsEnd(self):
        kept = {"AccessKeyId": "ASIADUMMYDUMMYDUMMY1", "SecretAccessKey": "s", "SessionToken": "t",
                "Expiration": "2099-01-01T00:00:00Z"}
        self.service(token(token=json.dumps(kept, separators=(",", ":"))))
        self.assertEqual(json.loads(self.ask("aws", "p").stdout), {"Version": 1, **kept})

    def test_whatAwsWouldTrip_isRefused(self):
        for kept in (f'{{"AccessKeyId":"{self.KEY}","SecretAccessKey":"CANARY","Expiration":"2020-01-01T00:00:00Z"}}',
                     f'{{"AccessKeyId":"{self.KEY}","SecretAccessKey":"CANARY","SessionToken":"t"}}',
                     "ASIADUMMYDUMMYDUMMY1:CANARY", "CANARY", "{CANARY"):
            with self.subTest(kept):
                service = self.service(token(token=kept))
                run = self.ask("aws", "p")
                self.assertEqual((run.returncode, run.stdout), (FAILED, b""))
                self.assert_said(run, FAILED, "p: ")
                self.assert_kept_to_itself(run)
                service.__exit__()

    def test_outcome_isTheExitCode(self):
        self.service(answer("denied", text="No. Allow it."))
        self.assert_said(self.ask("aws", "p"), DENIED, "No. Allow it.")


class Keys(HelperTest):
    def test_apiKey_isALine(self):
        service = self.service(token(token="sk-ant-api03-CANARY", kind="api-key"))
        run = self.ask("api-key-helper", "anthropic:ci")
        self.assertEqual((run.returncode, run.stdout), (OK, b"sk-ant-api03-CANARY\n"))
        self.assertEqual(service.heard, [{"command": "token", "profile": "anthropic:ci", "purpose": "api-key-helper"}])

    def test_subscriptionsToken_isNoApiKey(self):
        self.service(token(token="sk-ant-oat01-CANARY", kind="oauth"))
        run = self.ask("api-key-helper", "claude-cli")
        self.assert_said(run, FAILED, "subscription", "sign in in Claude Code itself")
        self.assert_kept_to_itself(run)
        self.assertEqual(self.ask("api-key-helper", "--force", "claude-cli").stdout, b"sk-ant-oat01-CANARY\n")

    def test_keyThatClaudeCodeWouldNotTake_isRefused(self):
        service = self.service(token(token="x" * 16384), token(token="x" * 16385))
        self.assertEqual(self.ask("api-key-helper", "p").returncode, OK)
        run = self.ask("api-key-helper", "p")
        self.assertEqual((run.returncode, run.stdout), (FAILED, b""))
        self.assertEqual(service.connections, 2)

    def test_codex_getsALine(self):
        service = self.service(token())
        self.assertEqual(self.ask("codex-auth", "p").stdout, (TOKEN + "\n").encode())
        self.assertEqual(service.heard, [{"command": "token", "profile": "p", "purpose": "codex"}])

    def test_noService_isUnavailable(self):
        for command in (["aws", "p"], ["api-key-helper", "p"], ["codex-auth", "p"]):
            with self.subTest(command):
                run = self.ask(*command)
                self.assert_said(run, UNAVAILABLE, "not running")
                self.assertEqual(run.stdout, b"")

    def test_terminal_showsNone(self):
        service = self.service(token())
        for command in (["aws", "p"], ["api-key-helper", "p"], ["codex-auth", "p"], ["docker", "get"]):
            with self.subTest(command):
                code, shown = self.run_in_terminal(command)
                self.assertEqual(code, USAGE)
                self.assertNotIn(b"CANARY", shown)
        self.assertEqual(service.heard, [])

    def test_needsSignIn_isItsExitCode(self):
        self.service(answer("needs-sign-in", text="Sign in again."))
        self.assert_said(self.ask("codex-auth", "p"), NEEDS_SIGN_IN, "Sign in again.")
        self.assert_said(self.ask("api-key-helper", "p"), NEEDS_SIGN_IN, "Sign in again.")

    def test_profileThatIsNone_isNotSent(self):
        service = self.service(answer("not-found", text="None."))
        self.assertEqual(self.ask("codex-auth", "p\nx").returncode, USAGE)
        self.assertEqual(service.heard, [])
        self.assertEqual(self.ask("codex-auth", "p").returncode, NOT_FOUND)


if __name__ == "__main__":
    main()
