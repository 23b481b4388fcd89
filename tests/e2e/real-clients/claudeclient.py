# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""Claude Code in its versions, real and scripted, and a server that takes each refresh token once."""

import json
import os
import pathlib
import subprocess
import threading
import time

import loopback
import npmclient

NAMES = ["platform.claude.com", "api.anthropic.com", "claude.ai", "claude.com", "console.anthropic.com"]
VERSIONS = {"2.0.76": "@anthropic-ai/claude-code/cli.js", "2.1.197": "@anthropic-ai/claude-code-linux-x64/claude",
            "2.1.330": "@anthropic-ai/claude-code-linux-x64/claude"}
PEER = pathlib.Path(__file__).resolve().parents[2] / "fakes" / "peers" / "claude"
ACCOUNT, ORGANIZATION = "aaaaaaaa-1111-4222-8333-444444444444", "bbbbbbbb-1111-4222-8333-444444444444"
EMAIL = "ada@example.org"
SCOPES = ["user:inference", "user:profile"]
LONG_LIFE, SIGN_IN_LIFE = 28800, 2592000  # seconds


class Anthropic:
    """Rotates strictly. Each token is named after its number: access token 3 came with refresh token 3."""

    def __init__(self):
        self.life, self.delay = LONG_LIFE, 0
        self.current = 0
        self.spent, self.reuses, self.bearers = [], [], []  # spent: (number, who)
        self.posted = threading.Event()
        self._books = threading.Lock()

    @staticmethod
    def refresh_token(number):
        return f"sk-ant-ort01-dummy-{number}"

    @staticmethod
    def access_token(number):
        return f"sk-ant-oat01-dummy-{number}"

    def spent_by(self, who):
        return [number for number, other in self.spent if other == who]

    def reuses_of_ours(self):
        """Tokens spent twice where we had a hand in it: by us, or after we had spent them."""
        spenders = {self.refresh_token(number): who for number, who in self.spent}
        return [(token, who) for token, who in self.reuses if "keytender" in (who, spenders.get(token))]

    def rotate(self, token, who):
        """The number of the new pair, or None."""
        with self._books:
            if token != self.refresh_token(self.current):
                self.reuses.append((token, who))
                return None
            self.spent.append((self.current, who))
            self.current += 1
            return self.current

    def token(self, request):
        number = self.rotate(request.json().get("refresh_token"), "client")
        self.posted.set()
        time.sleep(self.delay)
        if number is None:
            return 400, {"error": "invalid_grant", "error_description": "Refresh token not found or invalid"}
        return 200, {"token_type": "Bearer", "access_token": self.access_token(number),
                     "refresh_token": self.refresh_token(number), "expires_in": self.life,
                     "refresh_token_expires_in": SIGN_IN_LIFE, "scope": " ".join(SCOPES),
                     "account": {"uuid": ACCOUNT, "email_address": EMAIL},
                     "organization": {"uuid": ORGANIZATION, "name": "Ada's Organization"}}

    def answer(self, request):
        if request.path == "/v1/oauth/token":
            return self.token(request)
        if request.path == "/api/oauth/profile":
            return 200, {"account": {"uuid": ACCOUNT, "email": EMAIL, "display_name": "Ada",
                                     "full_name": "Ada Example", "created_at": "2025-01-01T00:00:00Z"},
                         "organization": {"uuid": ORGANIZATION, "organization_type": "claude_max",
                                          "rate_limit_tier": "default_claude_max_20x", "billing_type": "none",
                                          "has_extra_usage_enabled": False,
                                          "subscription_created_at": "2025-01-01T00:00:00Z"}}
        if request.path == "/v1/messages":
            self.bearers.append(request.headers.get("Authorization", "").removeprefix("Bearer "))
            return message(request)
        return 404, {"type": "error", "error": {"type": "not_found_error", "message": "not here"}}


def message(request):
    body = {"id": "msg_1", "type": "message", "role": "assistant", "model": request.json().get("model"),
            "content": [{"type": "text", "text": "pong"}], "stop_reason": "end_turn", "stop_sequence": None,
            "usage": {"input_tokens": 1, "output_tokens": 1}}
    return 200, body


class Login:
    """`.credentials.json` in a home."""

    def __init__(self, home):
        self.directory = home.inside(".claude")
        self.path = home.inside(".claude", ".credentials.json")
        self.written = ""

    def put(self, number, life, text=None):
        """Sign-in number `number`, its access token ending in `life` seconds; `text` with places for the values."""
        values = {"access": Anthropic.access_token(number), "refresh": Anthropic.refresh_token(number),
                  "ends": str(int((time.time() + life) * 1000))}
        self.written = fill(text or LEAST, values)
        os.makedirs(self.directory, exist_ok=True)
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8",
                       newline="") as file:
            file.write(self.written)

    def text(self):
        with open(self.path, encoding="utf-8", newline="") as file:
            return file.read()

    def access_token(self):
        return json.loads(self.text())["claudeAiOauth"]["accessToken"]


# What Keytender makes of a login of its own: the least that the clients take for one.
LEAST = ('{"claudeAiOauth":{"accessToken":"@access","refreshToken":"@refresh","expiresAt":@ends,'
         '"scopes":["user:inference","user:profile"],"subscriptionType":null}}')
# Members at both levels that nobody knows, and a manner of writing that no client has.
UNUSUAL = ('{\r\n\t"future" : [1, "\\u00e4", {"accessToken": "mine"}],\r\n\t"claudeAiOauth" : {\r\n'
           '\t\t"refreshToken" :"@refresh" ,\r\n\t\t"note": 12345678901234567890,\r\n'
           '\t\t"accessToken":   "@access",\r\n\t\t"expiresAt":@ends, "refreshTokenExpiresAt": 4102444800000,\r\n'
           '\t\t"scopes" : [ "user:inference","user:profile" ],\t"subscriptionType":"max","rateLimitTier":null\r\n'
           '\t},\r\n\t"mcpOAuth":{"linear|1":{"accessToken":"dummy"}}\r\n}\r\n\r\n')

SETTINGS = f"""{{
  "numStartups": 3,
  "hasCompletedOnboarding": true,
  "oauthAccount": {{
    "accountUuid": "{ACCOUNT}",
    "emailAddress": "{EMAIL}",
    "organizationUuid": "{ORGANIZATION}",
    "organizationRole": "admin"
  }}
}}
"""


def fill(text, values):
    for name, value in values.items():
        text = text.replace("@" + name, value)
    return text


class Run:
    """One run of a client; `used` is the access token that it went on with, None where it did not."""

    def __init__(self, process, outcome):
        self.process, self._outcome = process, outcome
        self.used = self.output = None

    def is_running(self):
        return self.process.poll() is None

    def finish(self):
        output, faults = self.process.communicate(timeout=120)
        self.output = output + faults
        self.used = self._outcome(self.process.returncode, output)
        return self


class RealClient:
    def __init__(self, version):
        self.name, self.version = f"Claude Code {version}", version
        program = npmclient.installed("@anthropic-ai/claude-code", version, VERSIONS[version])
        self.command = ["node", program] if program.endswith(".js") else [program]

    QUIET = {"DISABLE_AUTOUPDATER": "1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_TELEMETRY": "1"}

    def start(self, home, server, provider, certificate):
        proxies = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), provider.address)
        process = subprocess.Popen(
            [*self.command, "-p", "ping"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, cwd=home.path,
            env=home.environment(**proxies, **self.QUIET, NODE_EXTRA_CA_CERTS=certificate.authority))
        return Run(process, lambda status, output: server.bearers[-1] if status == 0 and "pong" in output else None)

    def shown_email(self, home):
        """None for 2.0, which has no such command."""
        if self.version.startswith("2.0."):
            return None
        status = subprocess.run([*self.command, "auth", "status", "--json"], stdin=subprocess.DEVNULL, text=True,
                                capture_output=True, timeout=60, cwd=home.path, env=home.environment(**self.QUIET),
                                check=True)
        return json.loads(status.stdout)["email"]


class ScriptedPeer:
    def __init__(self, version):
        self.name, self.version = f"scripted {version}", version

    def start(self, home, _server, provider, _certificate):
        process = subprocess.Popen(
            [PEER, "--home", home.path, "--token-endpoint", provider.address + "/v1/oauth/token", "--version",
             self.version, "once"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        return Run(process, lambda _status, output: Login(home).access_token()
                   if json.loads(output)["event"] in ("valid", "adopted", "refreshed") else None)

    @staticmethod
    def shown_email(_home):
        return None


def certificate_in(directory):
    return loopback.Certificate(os.path.join(directory, "certificates"), NAMES)
