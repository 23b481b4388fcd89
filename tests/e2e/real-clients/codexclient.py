# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""Codex on loopback: its record, an issuer with strict rotation, and a real app-server that one talks to."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import threading
import time
import urllib.parse

import loopback
import npmclient

VERSIONS = ("0.165.0", "0.166.0", "0.169.0")
PEER = pathlib.Path(__file__).resolve().parents[2] / "fakes" / "peers" / "codex"
PROGRAM = "@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex"
ACCOUNT, EMAIL = "11111111-2222-4333-8444-555555555555", "ada@example.org"
CLIENT_ID = "app_EMoamEEZ73f0CkXaXp7hrann"


class Issuer:
    """Each refresh token is good for one answer; whoever comes with a spent one is noted in `reused`."""

    def __init__(self, life=864000):
        self.life, self.delay = life, 0
        self.issued, self.spent, self.reused = 0, [], []  # tokens with whoever brought them
        self.posted = threading.Event()
        self._good = set()
        self._lock = threading.Lock()
        self.server = loopback.Provider(self._answer)
        self.endpoint = self.server.address + "/oauth/token"

    def tokens(self, life=None, account=ACCOUNT):
        """A new lineage, or its next generation."""
        self.issued += 1
        now = loopback.now()
        claims = {"sub": "auth0|ada", "iat": now, "exp": now + (self.life if life is None else life),
                  "jti": f"jti-{self.issued}",
                  "https://api.openai.com/auth": {"chatgpt_account_id": account, "chatgpt_plan_type": "plus",
                                                  "chatgpt_user_id": "user-ada"}}
        refresh_token = f"rt_dummy-{self.issued:04}-{os.urandom(6).hex()}"
        self._good.add(refresh_token)
        return {"id_token": loopback.jwt({**claims, "email": EMAIL, "email_verified": True}),
                "access_token": loopback.jwt(claims), "refresh_token": refresh_token}

    def spend(self, token, who, life=None):
        """The next generation; None for a token that was spent before."""
        with self._lock:
            if token not in self._good:
                self.reused.append((token, who))
                return None
            self._good.remove(token)
            self.spent.append((token, who))
            return self.tokens(life)

    def _answer(self, request):
        if request.path != "/oauth/token":
            return 404, {}
        body = request.body.decode()
        asked = json.loads(body) if body.startswith("{") else dict(urllib.parse.parse_qsl(body))
        answer = self.spend(asked.get("refresh_token", ""), "client")
        self.posted.set()
        time.sleep(self.delay)
        if answer is None:
            return 401, {"error": {"message": "dummy", "type": "invalid_request_error", "param": None,
                                   "code": "refresh_token_reused"}}
        return 200, {**answer, "token_type": "Bearer", "expires_in": self.life}


def record(tokens, account=ACCOUNT, last_refresh="2026-11-21T09:00:00.123456789Z"):
    """As Codex 0.169 writes it, less its provenance: a refresh at another place than that would drop it."""
    return json.dumps({"auth_mode": "chatgpt", "OPENAI_API_KEY": None,
                       "tokens": {**tokens, "account_id": account}, "last_refresh": last_refresh}, indent=2).encode()


UNUSUAL = rb"""{ "last_refresh" : "2026-11-21T09:00:00.123456789Z",
	"auth_mode":"chat\u0067pt", "x": [1e2, {}, 1.10],"OPENAI_API_KEY":	null, "tokens":{"account_id": "<account>",

"unknown":"\/\u00e4", "refresh_token":"<refresh>" , "id_token": "<id>","access_token"
:"<access>" } }

""".replace(b",\n", b",\r\n").replace(rb"\t", b"\t")


def unusual(tokens):
    """What a person's editor may have left of it."""
    text = UNUSUAL
    for mark, value in (("account", ACCOUNT), ("refresh", tokens["refresh_token"]), ("id", tokens["id_token"]),
                        ("access", tokens["access_token"])):
        text = text.replace(f"<{mark}>".encode(), value.encode())
    return text


def has_keyring():
    """One of the test's own: dummies have no place in anybody's."""
    return os.environ.get("KEYTENDER_PRIVATE_SESSION") == "1" and shutil.which("secret-tool") is not None


class CodexHome:
    """CODEX_HOME inside a home, with its record in a file or in the keyring of the session."""

    def __init__(self, home, issuer, store="file"):
        self.home, self.issuer, self.store = home, issuer, store
        self.path = home.inside(".codex")
        os.makedirs(self.path, 0o700, exist_ok=True)
        with open(self.inside("config.toml"), "w", encoding="utf-8") as file:
            file.write(f'openai_base_url = "{issuer.server.address}/v1"\n'
                       f'chatgpt_base_url = "{issuer.server.address}/backend-api/"\n'
                       f'cli_auth_credentials_store = "{store}"\n')

    def inside(self, *parts):
        return os.path.join(self.path, *parts)

    def environment(self, **more):
        session = {name: os.environ[name] for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
                   if self.store != "file"}
        return self.home.environment(**session, **more)

    @property
    def keyring_user(self):
        return "cli|" + hashlib.sha256(os.path.realpath(self.path).encode()).hexdigest()[:16]

    def write(self, content):
        if self.store == "file":
            with open(self.inside("auth.json"), "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                file.write(content)
            return
        subprocess.run(["secret-tool", "store", "--label", self.keyring_user + "@Codex Auth:default (keyring v3.6.3)",
                        "application", "rust-keyring", "service", "Codex Auth", "target", "default",
                        "username", self.keyring_user], input=content, check=True)

    def read(self):
        if self.store == "file":
            with open(self.inside("auth.json"), "rb") as file:
                return file.read()
        return subprocess.run(["secret-tool", "lookup", "service", "Codex Auth", "username", self.keyring_user],
                              check=True, capture_output=True).stdout

    def tokens(self):
        return json.loads(self.read())["tokens"]

    def put_elsewhere(self, content):
        """Where it is a file: behind a symbolic link, for others to read. The file's path."""
        if self.store != "file":
            self.write(content)
            return None
        place = self.home.inside("dotfiles.json")
        with open(place, "wb") as file:
            file.write(content)
        os.chmod(place, 0o644)
        os.symlink(place, self.inside("auth.json"))
        return place

    def is_private(self):
        return self.store != "file" or os.stat(self.inside("auth.json")).st_mode & 0o777 == 0o600

    def item(self):
        """What the keyring says of the item beside its secret and its times; its schema is told now and then only."""
        if self.store == "file":
            return []
        told = subprocess.run(["secret-tool", "search", "--all", "service", "Codex Auth", "username",
                               self.keyring_user], check=True, text=True, capture_output=True)
        return sorted(line for line in (told.stdout + told.stderr).splitlines()
                      if line.startswith(("[", "label", "attribute")))


class AppServer:
    """A running Codex."""

    def __init__(self, codex, home, slow=0):
        # Every flock of auth.lock takes longer to return: the client works on with it in hand.
        prefix = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", home.inside("auth.lock"), "-e", "trace=flock",
                  "-e", f"inject=flock:delay_exit={slow * 1000000}"] if slow else []
        self._answers, self._asked, self._news = {}, 0, threading.Condition()
        self._process = subprocess.Popen(
            [*prefix, codex, "app-server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=home.environment(CODEX_REFRESH_TOKEN_URL_OVERRIDE=home.issuer.endpoint))
        threading.Thread(target=self._read, daemon=True).start()
        # It may refresh before it answers this.
        self.ask("initialize", {"clientInfo": {"name": "keytender", "version": "0"}})
        self._send({"method": "initialized"})

    def _read(self):
        for line in self._process.stdout:
            message = json.loads(line)
            with self._news:
                if "method" not in message:
                    self._answers[message.get("id")] = message.get("result", {})
                self._news.notify_all()

    def _send(self, message):
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def ask(self, method, parameters):
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": parameters})
        return self._asked

    def has_answer(self, asked):
        with self._news:
            return asked in self._answers

    def answer(self, asked, deadline=30):
        with self._news:
            self._news.wait_for(lambda: asked in self._answers, deadline)
            return self._answers.get(asked, {})

    def ask_token(self, refresh=False):
        return self.ask("getAuthStatus", {"includeToken": True, "refreshToken": refresh})

    def told(self):
        """The access token it goes by after it was told to refresh."""
        return self.answer(self.ask_token(refresh=True)).get("authToken")

    def __enter__(self):
        return self

    def close(self):
        if self._process.poll() is None:
            self._process.stdin.close()
            self._process.terminate()
            self._process.wait(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class RealRun:
    """One that is started to be used once."""

    def __init__(self, server):
        self._server = server
        self._asked = server.ask_token()

    def is_running(self):
        return not self._server.has_answer(self._asked)

    def finish(self):
        """The access token that it goes by; None if it has none."""
        with self._server:
            return self._server.answer(self._asked).get("authToken")

    def close(self):
        self._server.close()


class RealClient:
    def __init__(self, version):
        self.name, self.has_lock, self.compares = f"real {version}", version >= "0.166", version >= "0.169"
        self._program = npmclient.installed("@openai/codex", version, PROGRAM)

    def start(self, codex, slow=0):
        """`slow`: it keeps its lock so many seconds longer than it would, as on a slow disk."""
        return RealRun(AppServer(self._program, codex, slow))

    def running(self, codex):
        server = AppServer(self._program, codex)
        server.answer(server.ask_token())  # two that start at once in a new home may trip over each other's databases
        return server


class ScriptedRun:
    def __init__(self, codex, process):
        self._codex, self._process = codex, process

    def is_running(self):
        return self._process.poll() is None

    def finish(self):
        output, _ = self._process.communicate(timeout=30)
        event = json.loads(output)["event"]
        return self._codex.tokens()["access_token"] if event in ("valid", "adopted", "refreshed") else None

    def ready(self):
        self._process.stdout.readline()
        return self

    def told(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        event = json.loads(self._process.stdout.readline())["event"]
        return self._codex.tokens()["access_token"] if event in ("adopted", "refreshed") else None

    def close(self):
        if self._process.poll() is None:
            self._process.stdin.close()
            self._process.wait(30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class ScriptedPeer:
    def __init__(self, version):
        self.name, self.has_lock, self.compares = f"scripted {version}", version >= "0.166", version >= "0.169"
        self._version = version

    def _run(self, codex, action, slow=0):
        return ScriptedRun(codex, subprocess.Popen(
            [PEER, "--home", codex.home.path, "--token-endpoint", codex.issuer.endpoint, "--version", self._version,
             "--slow-lock", str(slow), action], env=codex.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True))

    def start(self, codex, slow=0):
        return self._run(codex, "once", slow)

    def running(self, codex):
        return self._run(codex, "told").ready()
