# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""Our side of a shared login, order by order: the program `neighbour` (neighbour.cpp), which takes a tool's own locks,
reads its copy again and writes it as Keytender does."""

import json
import os
import subprocess


def rounds(usual):
    """How often both sides refresh: KEYTENDER_ROUNDS=500 makes a long run of it."""
    return int(os.environ.get("KEYTENDER_ROUNDS", usual))


def is_long_run():
    return "KEYTENDER_ROUNDS" in os.environ


class Unseen(Exception):
    """Something was not as claimed."""


def expect(fact, claim):
    if not fact:
        raise Unseen(claim)


class Neighbour:
    def __init__(self, home, tool):
        self._process = subprocess.Popen([os.environ["KEYTENDER_NEIGHBOUR"], tool], env=home.environment(), text=True,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._hear()

    def _hear(self):
        line = self._process.stdout.readline()
        expect(line, "our side is there")
        return json.loads(line)

    def order(self, *words):
        self._process.stdin.write(" ".join(str(word) for word in words) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def lock(self, milliseconds):
        """Whether the tool's locks could be had within this time."""
        return self.order("lock", milliseconds)["event"] == "locked"

    def insist(self, order, event):
        answer = self.order(*order.split())
        expect(answer["event"] == event, f"{order}: {event}, not {answer}")
        return answer

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait(10)


def table(head, rows):
    """In Markdown, for the README."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
