# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""A scripted service in a home, for the real programs that ask keytenderctl as their helper."""

import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "fakes"))

import door  # noqa: E402

BIN = os.environ.get("KEYTENDER_BIN", "")
CONTROL = os.path.join(BIN, "keytenderctl")


def serving(home, *tokens, **fields):
    """Hands out these tokens, one each time it is asked; the last one stays."""
    answers = [[door.answer(token=token, **fields)] for token in tokens]
    return door.Door(home.inside("runtime", "keytender"), *answers)


def environment(home, **more):
    return home.environment(**{"PATH": BIN + ":" + os.environ["PATH"], **more})
