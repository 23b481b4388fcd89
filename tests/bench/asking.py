# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""Programs that ask a real keytenderd for the token of a login that Claude Code made, which a server on this machine
renews."""

import http.server
import json
import os
import pathlib
import statistics
import subprocess
import threading
import time

LIFE = 400  # seconds, of each access token
ANSWER_TAKES = 0.3  # seconds
AGAIN = 62  # seconds until the same sign-in may be renewed once more
PROVIDERS = pathlib.Path(__file__).resolve().parents[2] / "resources" / "providers"


class Issuer:
    """Answers a refresh some time after it came, and counts them."""

    def __enter__(self):
        issuer = self
        self.count = 0

        class Request(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                issuer.count += 1
                number = issuer.count
                time.sleep(ANSWER_TAKES)
                body = json.dumps({"token_type": "Bearer", "access_token": f"sk-ant-oat01-dummy-{number}",
                                   "refresh_token": f"sk-ant-ort01-dummy-{number}", "expires_in": LIFE}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Request)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()


def put(path, value):
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(value if isinstance(value, str) else json.dumps(value))


class Service:
    """keytenderd in a home with one login, which it may renew and give to everybody."""

    def __init__(self, programs, home, port):
        self._programs = programs
        os.makedirs(home, mode=0o700)
        put(f"{home}/.claude/.credentials.json", {"claudeAiOauth": {
            "accessToken": "sk-ant-oat01-dummy-0", "refreshToken": "sk-ant-ort01-dummy-0",
            "expiresAt": int((time.time() - 60) * 1000), "scopes": ["user:inference", "user:profile"],
            "subscriptionType": "max"}})
        put(f"{home}/.config/keytender/config.json", {
            "version": 1, "care": {"claude-cli": "shared"},
            "consent": [{"profile": "claude-cli", "program": "*", "allow": True}]})
        provider = json.loads((PROVIDERS / "anthropic.json").read_text(encoding="utf-8"))
        provider["tokenEndpoint"] = {"value": f"http://127.0.0.1:{port}/token", "evidence": "measured"}
        provider.pop("profileEndpoint", None)
        put(f"{home}/.config/keytender/providers/anthropic.json", provider)
        put(f"{home}/.git-credentials", "https://me:dummy@git.example.com\n")
        self.environment = {**os.environ, "HOME": home, "XDG_RUNTIME_DIR": f"{home}/runtime"}

    def __enter__(self):
        self._process = subprocess.Popen([f"{self._programs}/keytenderd", "--quiet", "--allow-loopback-http"],
                                         env=self.environment)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def ask(self, *options):
        return subprocess.Popen([f"{self._programs}/keytenderctl", "token", "claude-cli", *options],
                                env=self.environment, stdout=subprocess.PIPE)

    def time_askers(self, count):
        """Milliseconds from the first one's start to the last one's answer, of a token that has to be renewed."""
        begin = time.monotonic_ns()
        # No token that is there lives for so long still.
        askers = [self.ask("--min-validity", str(LIFE - 3)) for _ in range(count)]
        answers = {asker.communicate()[0] for asker in askers}
        if len(answers) != 1 or any(asker.returncode for asker in askers):
            raise RuntimeError(f"{len(answers)} answers, exit codes {sorted({asker.returncode for asker in askers})}")
        return (time.monotonic_ns() - begin) / 1e6


def whole_process(command, environment, text):
    begin = time.monotonic_ns()
    subprocess.run(command, env=environment, input=text, stdout=subprocess.DEVNULL, check=True)
    return (time.monotonic_ns() - begin) / 1e6


def in_turns(commands, environment, text, rounds):
    """The median of each, in milliseconds, so that all meet the same weather."""
    times = [[] for _ in commands]
    for _ in range(rounds):
        for command, seen in zip(commands, times):
            seen.append(whole_process(command, environment, text))
    return [statistics.median(seen) for seen in times]


def report(line, note, programs, home, rounds):
    with Issuer() as issuer, Service(programs, home, issuer.port) as service:
        while service.ask().wait() != 0:
            time.sleep(0.5)
        token, git = in_turns([[f"{programs}/keytenderctl", "token", "claude-cli"],
                               ["git", "credential-store", "get"]], service.environment,
                              b"protocol=https\nhost=git.example.com\n\n", rounds)
        line("keytenderctl token beside git credential-store get, ms", token, git, 1.0)
        time.sleep(AGAIN)
        one = service.time_askers(1)
        time.sleep(AGAIN)
        before = issuer.count
        fifty = service.time_askers(50)
        line("50 programs ask for a token to be renewed beside one, ms", fifty, one, 1.2)
        note("  refreshes for the fifty", issuer.count - before)
