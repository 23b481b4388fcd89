# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""keytenderctl run: one program with one login's token, or an MCP server with what it declares and little else."""

import json
import os
import subprocess
import sys
import time

from control import DENIED, FAILED, NOT_FOUND, OK, PROGRAM, USAGE, ControlTest, main
from door import HANG, answer

TOKEN = "gho_CANARY" + "x" * 30
WELL = answer(token=TOKEN, kind="token", profile="gh-cli", provider="github", label="GitHub", user="octocat")
# Tells what it was given.
SHOW = """import json, os, sys
print(json.dumps({"argv": sys.argv[1:], "environment": dict(os.environ), "pid": os.getpid(),
                  "descriptors": sorted(int(fd) for fd in os.listdir("/proc/self/fd"))}))"""
PYTHON_ITSELF = {"LC_CTYPE"}  # it sets that on its own where there is no locale


class RunTest(ControlTest):
    def setUp(self):
        super().setUp()
        self.show = self.home / "show.py"
        self.show.write_text(SHOW)

    def shown(self, run):
        self.assertEqual(run.returncode, OK, run)
        told = json.loads(run.stdout)
        # Besides 0 to 2: the directory that is being listed.
        self.assertEqual(len([fd for fd in told["descriptors"] if fd > 2]), 1, told["descriptors"])
        return told


class With(RunTest):
    def test_child_hasTheEnvironmentAndOneMore(self):
        service = self.service(WELL)
        self.environment["ANTHROPIC_API_KEY"] = "the user's own"
        self.environment["GITHUB_TOKEN"] = "old"
        told = self.shown(self.run_it("run", "--with", "gh-cli", "--", sys.executable, str(self.show), "[a,b]", "", "--",
                                      "--with", "x"))
        self.assertEqual(told["argv"], ["[a,b]", "", "--", "--with", "x"])
        seen = {name: value for name, value in told["environment"].items() if name not in PYTHON_ITSELF}
        self.assertEqual(seen, {**self.environment, "GITHUB_TOKEN": TOKEN})
        self.assertEqual(service.heard, [{"command": "token", "profile": "gh-cli", "purpose": "run"}])

    def test_variable_canBeNamed(self):
        self.service(WELL)
        told = self.shown(self.run_it("run", "--with", "gh-cli=MY_TOKEN", sys.executable, str(self.show)))
        self.assertEqual(told["environment"]["MY_TOKEN"], TOKEN)
        self.assertNotIn("GITHUB_TOKEN", told["environment"])

    def test_two_areTwo(self):
        self.service(WELL, answer(token="sk-CANARY", kind="api-key", profile="openai:ci", provider="openai"))
        told = self.shown(self.run_it("run", "--with", "gh-cli", "--with=openai:ci", "--", sys.executable, str(self.show)))
        self.assertEqual((told["environment"]["GITHUB_TOKEN"], told["environment"]["OPENAI_API_KEY"]),
                         (TOKEN, "sk-CANARY"))

    def test_child_takesOurPlace(self):
        self.service(WELL)
        child = subprocess.Popen([PROGRAM, "run", "--no-start", "--with", "gh-cli", "--", sys.executable, str(self.show)],
                                 env=self.environment, stdout=subprocess.PIPE)
        output, _ = child.communicate(timeout=60)
        self.assertEqual(json.loads(output)["pid"], child.pid)

    def test_exitCode_isTheChilds(self):
        self.service(WELL)
        self.assertEqual(self.run_it("run", "--with", "gh-cli", "--", "sh", "-c", "exit 42").returncode, 42)

    def test_inputAndSignals_areTheChilds(self):
        self.service(WELL)
        run = self.run_it("run", "--with", "gh-cli", "--", "cat", stdin=None, input=b"through")
        self.assertEqual(run.stdout, b"through")
        asked = ["grep", "-E", "^Sig(Ign|Blk)", "/proc/self/status"]
        before = subprocess.run(asked, capture_output=True, check=True).stdout
        self.assertEqual(self.run_it("run", "--with", "gh-cli", "--", *asked).stdout, before)

    def test_inheritedDescriptors_reachNoChild(self):
        self.service(WELL)
        reader, writer = os.pipe()
        self.shown(self.run_it("run", "--with", "gh-cli", "--", sys.executable, str(self.show), pass_fds=(reader, writer)))
        os.close(reader)
        os.close(writer)

    def test_token_isOnNoCommandLine(self):
        self.service(WELL)
        child = subprocess.Popen([PROGRAM, "run", "--no-start", "--with", "gh-cli", "--", "sleep", "30"],
                                 env=self.environment)
        try:
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline:
                with open(f"/proc/{child.pid}/cmdline", "rb") as file:
                    line = file.read()
                self.assertNotIn(b"CANARY", line)
                if line.startswith(b"sleep"):
                    break
            self.assertTrue(line.startswith(b"sleep"))
            with open(f"/proc/{child.pid}/environ", "rb") as file:
                self.assertIn(TOKEN.encode(), file.read())
        finally:
            child.kill()
            child.wait()

    def test_withoutAToken_nothingStarts(self):
        self.service(answer("denied", text="You said no. Allow it."))
        run = self.run_it("run", "--with", "gh-cli", "--", "touch", str(self.home / "started"))
        self.assert_said(run, DENIED, "You said no. Allow it.")
        self.assertFalse((self.home / "started").exists())

    def test_expiredToken_startsNothing(self):
        self.service(answer(token=TOKEN, kind="token", profile="gh-cli", expires_at=1700000000))
        run = self.run_it("run", "--with", "gh-cli=T", "--", "touch", str(self.home / "started"))
        self.assertEqual(run.returncode, FAILED)
        self.assertFalse((self.home / "started").exists())

    def test_wrongUse_isSaid(self):
        service = self.service(answer(token=TOKEN, kind="token", profile="example.com", provider="example.com"))
        for arguments, words in ((["run"], "say either"), (["run", "--with", "p"], "say what to run"),
                                 (["run", "--with", "p=A=B", "--", "true"], "no name of a variable"),
                                 (["run", "--with", "p=", "--", "true"], "no name of a variable"),
                                 (["run", "--with", "p=1X", "--", "true"], "no name of a variable"),
                                 (["run", "--with", "p", "--mcp", "x"], "say either"),
                                 (["run", "--mcp", "x", "--", "true"], "say either")):
            with self.subTest(arguments):
                self.assert_said(self.run_it(*arguments), USAGE, words)
        self.assertEqual(service.heard, [])
        self.assert_said(self.run_it("run", "--with", "p", "--", "true"), USAGE, "no usual variable", "p=VARIABLE")

    def test_programThatIsNone_isSaid(self):
        self.service(WELL)
        run = self.run_it("run", "--with", "gh-cli", "--", "no-such-program")
        self.assert_said(run, 127, "no-such-program", "No such file")
        self.assertNotIn(b"CANARY", run.stderr)
        self.assert_said(self.run_it("run", "--with", "gh-cli", "--", str(self.home)), 126, "denied")


class Mcp(RunTest):
    def configure(self, entry, path=".mcp.json", **more):
        entry = {"command": sys.executable, "args": [str(self.show)], **entry}
        (self.home / path).write_text(json.dumps({"mcpServers": {"github": entry, **more}}))

    def test_server_getsWhatItDeclaresAndLittleElse(self):
        service = self.service(WELL)
        self.environment.update(GITHUB_HOST="git.example", ANTHROPIC_API_KEY="CANARY-model", OPENAI_API_KEY="CANARY-model",
                                CLAUDE_CODE_OAUTH_TOKEN="CANARY-model", PARENT_ONLY="x", LC_ALL="C.UTF-8",
                                LD_LIBRARY_PATH="/nowhere", https_proxy="http://u:p@proxy.example")
        self.configure({"args": [str(self.show), "--host=${GITHUB_HOST}", "${UNSET:-d}", "$HOME"],
                        "env": {"GITHUB_TOKEN": "${keytender:github}", "AGAIN": "Bearer ${keytender:github}"}})
        told = self.shown(self.run_it("run", "--mcp", "github"))
        self.assertEqual(told["argv"], ["--host=git.example", "d", "$HOME"])
        kept = {name: self.environment[name] for name in ("HOME", "PATH", "TZ", "XDG_RUNTIME_DIR", "LC_ALL")}
        self.assertEqual({name: value for name, value in told["environment"].items() if name not in PYTHON_ITSELF},
                         {**kept, "GITHUB_TOKEN": TOKEN, "AGAIN": "Bearer " + TOKEN})
        self.assertEqual(service.heard, [{"command": "token", "profile": "github", "purpose": "mcp"}])

    def test_modelKey_isThereWhereItIsDeclared(self):
        self.environment["ANTHROPIC_API_KEY"] = "declared"
        self.configure({"env": {"ANTHROPIC_API_KEY": "${ANTHROPIC_API_KEY}"}})
        told = self.shown(self.run_it("run", "--mcp", "github"))
        self.assertEqual(told["environment"]["ANTHROPIC_API_KEY"], "declared")

    def test_unsetVariable_stopsIt(self):
        service = self.service(WELL)
        self.configure({"command": "touch", "args": [str(self.home / "started")],
                        "env": {"A": "${keytender:github}", "GITHUB_TOKEN": "${GITHUB_TOKEN}"}})
        run = self.run_it("run", "--mcp", "github")
        self.assertEqual((run.returncode, run.stdout), (USAGE, b""))
        self.assertEqual(run.stderr, b"GITHUB_TOKEN is not set: the github MCP server cannot start\n")
        self.assertFalse((self.home / "started").exists())
        self.assertEqual(service.heard, [])

    def test_withoutAToken_itDoesNotStart(self):
        self.service(answer("not-found", text="There is no login “github”. Sign in first."))
        self.configure({"command": "touch", "args": [str(self.home / "started")], "env": {"A": "${keytender:github}"}})
        run = self.run_it("run", "--mcp", "github")
        self.assertEqual(run.returncode, NOT_FOUND)
        self.assertIn("There is no login “github”. Sign in first.", run.stderr.decode())
        self.assertFalse((self.home / "started").exists())

    def test_otherConfiguration_canBeNamed(self):
        self.configure({"args": [str(self.show), "theirs"]}, path="servers.json")
        self.assertEqual(self.shown(self.run_it("run", "--mcp", "github", "--config", "servers.json"))["argv"], ["theirs"])

    def test_ownPath_leadsToTheProgram(self):
        directory = self.home / "tools"
        directory.mkdir()
        (directory / "server").write_text("#!/bin/sh\necho started $1\n")
        (directory / "server").chmod(0o755)
        self.configure({"command": "server", "args": ["x"], "env": {"PATH": str(directory) + ":/usr/bin:/bin"}})
        self.assertEqual(self.run_it("run", "--mcp", "github").stdout, b"started x\n")

    def test_hostileConfigurations_startNothing(self):
        mark = self.home / "started"
        start = '"command":"touch","args":["' + str(mark) + '"]'
        texts = {
            "": "empty", "{": "line 1", "[]": "no object", '{"mcpServers":[]}': "mcpServers",
            '{"mcpServers":{"github":{%s,"command":"true"}}}' % start: "twice",
            '{"mcpServers":{"github":{%s},"github":{}}}' % start: "twice",
            '{"mcpServers":{"github":{%s,"env":{"A":"${B:-${C}}"}}}}' % start: "within",
            '{"mcpServers":{"github":{%s,"env":{"A":"${A:-${A}}"}}}}' % start: "within",
            '{"mcpServers":{"github":{%s,"env":{"A":"${B"}}}}' % start: "without its }",
            '{"mcpServers":{"github":{%s,"env":{"LD=x":"y"}}}}' % start: "no variable",
            '{"mcpServers":{"github":{%s,"env":{"A":"x\\u0000y"}}}}' % start: "NUL",
            '{"mcpServers":{"github":{"type":"sse","url":"https://x"}}}': "elsewhere",
            '{"mcpServers":{"github":{"command":"touch","args":["%s","${keytender:github}"]}}}' % mark: "env",
            '{"mcpServers":' * 2000: "nested", '{"a":"' + "x" * (9 << 20) + '"}': "too",
        }
        service = self.service(WELL)
        for text, words in texts.items():
            with self.subTest(text[:70]):
                (self.home / ".mcp.json").write_text(text)
                run = self.run_it("run", "--mcp", "github")
                self.assertEqual((run.returncode, run.stdout), (USAGE, b""))
                self.assertTrue(run.stderr.startswith(b"keytenderctl: .mcp.json: "), run.stderr)
                self.assertEqual(run.stderr.count(b"\n"), 1)
                self.assertIn(words, run.stderr.decode() if text else "empty")
        self.assertFalse(mark.exists())
        self.assertEqual(service.heard, [])

    def test_fileOfSomebodyElse_isRefused(self):
        self.configure({})
        (self.home / ".mcp.json").chmod(0o666)
        self.assert_said(self.run_it("run", "--mcp", "github"), USAGE, "everybody may write")
        (self.home / ".mcp.json").unlink()
        os.mkfifo(self.home / ".mcp.json")
        self.assert_said(self.run_it("run", "--mcp", "github"), USAGE, "it is no file")
        (self.home / ".mcp.json").unlink()
        self.assert_said(self.run_it("run", "--mcp", "github"), USAGE, "No such file")
        os.mkdir(self.home / ".mcp.json")
        self.assert_said(self.run_it("run", "--mcp", "github"), USAGE, "it is no file")

    def test_serviceThatHangs_doesNotHangIt(self):
        self.service([HANG])
        self.configure({"env": {"A": "${keytender:github}"}})
        begin = time.monotonic()
        run = self.run_it("run", "--mcp", "github", "--timeout", "1")
        self.assertEqual(run.stdout, b"")
        self.assertNotEqual(run.returncode, OK)
        self.assertLess(time.monotonic() - begin, 20)


if __name__ == "__main__":
    main()
