# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""The manual pages and the completions know every subcommand and option that the program knows, and no other."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

BIN = pathlib.Path(os.environ["KEYTENDER_BIN"])
INSTALLER = pathlib.Path(__file__).resolve().parents[2] / "installer"
EVERYWHERE = {"--help", "--help-all"}
COMMON = {"--no-start", "--timeout"}


def help_of(program, *arguments):
    run = subprocess.run([BIN / program, *arguments, "--help"], capture_output=True, check=True, timeout=30)
    return run.stdout.decode()


def options_in(text):
    return set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", text, re.MULTILINE))


def subcommands():
    _, _, list_of_them = help_of("keytenderctl").partition("Subcommands:\n")
    return re.findall(r"^  ([a-z-]+)", list_of_them, re.MULTILINE)


def page(name):
    return (INSTALLER / "man" / name).read_text(encoding="utf-8").replace("\\-", "-")


def completion(name):
    return (INSTALLER / "completions" / name).read_text(encoding="utf-8")


def options_of_section(section):
    """What a part of a page describes: the paragraphs with a tag."""
    return set(re.findall(r"^\.TP\n\.(?:B|BI|BR) .*?(--[a-z-]+)", section, re.MULTILINE))


class Pages(unittest.TestCase):
    def test_groff_hasNoComplaints(self):
        if not shutil.which("groff"):
            self.skipTest("no groff here")
        for name in ("keytender.1", "keytenderctl.1", "keytenderd.1"):
            run = subprocess.run(
                ["groff", "-ww", "-man", "-Tutf8", "-z", INSTALLER / "man" / name], capture_output=True, check=True, timeout=30
            )
            self.assertEqual(run.stderr, b"", name)

    def test_page_describesEverySubcommandAndOption(self):
        sections = re.split(r"^\.SS |^\.SH ", page("keytenderctl.1"), flags=re.MULTILINE)
        described = {}
        for section in sections:
            if section.startswith("keytenderctl "):
                described.setdefault(section.split()[1], "")
                described[section.split()[1]] += section
        self.assertEqual(list(described), subcommands())
        for name, section in described.items():
            with self.subTest(name):
                known = options_in(help_of("keytenderctl", name)) - EVERYWHERE - COMMON
                mentioned = options_of_section(section)
                # --json is described once for all; the headline names it.
                if "--json" in section.partition("\n")[0]:
                    mentioned.add("--json")
                self.assertEqual(mentioned, known)

    def test_page_describesTheGeneralOptions(self):
        general = page("keytenderctl.1").partition(".SH GENERAL OPTIONS")[2].partition(".SH SUBCOMMANDS")[0]
        self.assertEqual(options_of_section(general), options_in(help_of("keytenderctl")) | COMMON | {"--json"})

    def test_pagesOfTheOthers_describeTheirOptions(self):
        for program in ("keytender", "keytenderd"):
            if not (BIN / program).exists():
                continue
            with self.subTest(program):
                options = page(f"{program}.1").partition(".SH OPTIONS")[2].partition(".SH EXIT")[0]
                environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
                run = subprocess.run([BIN / program, "--help"], capture_output=True, check=True, timeout=60, env=environment)
                self.assertEqual(options_of_section(options), options_in(run.stdout.decode()))

    def test_page_listsTheExitCodes(self):
        codes = page("keytenderctl.1").partition(".SH EXIT STATUS")[2].partition(".SH ENVIRONMENT")[0]
        header = (INSTALLER.parent / "core" / "wire" / "outcome.h").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r"^\.B (\d+)", codes, re.MULTILINE), re.findall(r"^    \w+ = (\d+),", header, re.MULTILINE))


class Completions(unittest.TestCase):
    def completed_by_bash(self, *words):
        script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _keytenderctl; printf "%s\\n" "${COMPREPLY[@]}"'
        run = subprocess.run(
            ["bash", "-c", script, "bash", INSTALLER / "completions" / "keytenderctl.bash", "keytenderctl", *words],
            capture_output=True, check=True, timeout=30,
        )
        self.assertEqual(run.stderr, b"")
        return set(run.stdout.decode().split())

    def test_bash_knowsAll(self):
        self.assertEqual(self.completed_by_bash(""), set(subcommands()) | {"--version"} | EVERYWHERE)
        for name in subcommands():
            with self.subTest(name):
                known = options_in(help_of("keytenderctl", name)) - {"--help-all"}
                self.assertEqual(self.completed_by_bash(name, "--"), known)

    def test_bash_completesOperations_andNothingForAValue(self):
        self.assertEqual(self.completed_by_bash("git", "c"), {"capability"})
        self.assertEqual(self.completed_by_bash("token", "--min-validity", ""), set())
        self.assertEqual(self.completed_by_bash("nonsense", "--"), set())

    def test_zsh_knowsAll(self):
        text = completion("_keytenderctl")
        self.assertEqual(re.findall(r"^    '([a-z-]+):", text, re.MULTILINE), subcommands())
        for name in subcommands():
            with self.subTest(name):
                section = re.search(rf"^    {name}\)\n(.*?)^      ;;", text, re.MULTILINE | re.DOTALL)[1]
                known = options_in(help_of("keytenderctl", name)) - EVERYWHERE
                self.assertEqual(set(re.findall(r"'(--[a-z-]+)\[", section)), known)

    def test_fish_knowsAll(self):
        text = completion("keytenderctl.fish")
        self.assertEqual(re.findall(r"__fish_use_subcommand -a ([a-z-]+)", text), subcommands())
        for name in subcommands():
            with self.subTest(name):
                found = re.findall(rf"'__fish_seen_subcommand_from {name}' -l ([a-z-]+)", text)
                self.assertEqual({"--" + option for option in found}, options_in(help_of("keytenderctl", name)) - EVERYWHERE)

    def test_shells_acceptTheFiles(self):
        for shell, name in (("bash", "keytenderctl.bash"), ("zsh", "_keytenderctl"), ("fish", "keytenderctl.fish")):
            if shutil.which(shell):
                subprocess.run([shell, "-n", INSTALLER / "completions" / name], check=True, timeout=30)


if __name__ == "__main__":
    unittest.main(verbosity=2)
