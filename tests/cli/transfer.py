# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0
"""keytenderctl export and import: a whole file or none, and a passphrase that nobody sees."""

import json
import os
import stat
import time

from control import DENIED, FAILED, OK, OUTCOMES, UNAVAILABLE, USAGE, ControlTest, main
from door import HANG, HANG_UP, READ_MORE, READ_TO_END, answer, more

SECRET = "CANARY passphrase"
SEALED = [more(data=b"\x00\xffpart one"), more(data=b"\npart two")]
WHOLE = b"\x00\xffpart one\npart two"


class Transfer(ControlTest):
    def setUp(self):
        super().setUp()
        self.phrase = self.home / "phrase"
        self.phrase.write_text(SECRET + "\nanother line\n", encoding="utf-8")
        self.file = self.home / "logins.sealed"

    def export(self, *arguments, **options):
        return self.run_it("export", str(self.file), "--passphrase-file", str(self.phrase), *arguments, **options)

    def leftovers(self):
        return [name for name in os.listdir(self.home) if name.startswith("logins.sealed.")]

    def test_export_writesAWholeFileForItsOwner(self):
        service = self.service([*SEALED, answer()])
        os.umask(0)
        run = self.export()
        self.assertEqual(run.returncode, OK, run)
        self.assertEqual(service.heard, [{"command": "export", "passphrase": SECRET}])
        self.assertEqual(self.file.read_bytes(), WHOLE)
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        self.assertEqual(self.leftovers(), [])

    def test_export_isOnTheDiskBeforeItHasItsName(self):
        self.service([*SEALED, answer()])
        _, calls = self.trace(
            "fsync,renameat2,write", "export", str(self.file), "--passphrase-file", str(self.phrase)
        )
        names = [call.split("(")[0] for call in calls if str(self.home) in call]
        self.assertEqual(names[:5], ["write", "write", "fsync", "renameat2", "fsync"], names)

    def test_export_failed_leavesNothing(self):
        rows = {
            "dies": ([SEALED[0], HANG_UP], UNAVAILABLE),
            "hangs": ([SEALED[0], HANG], UNAVAILABLE),
            "refuses at the end": ([*SEALED, answer("failed", text="No.")], FAILED),
            "sends nothing": ([answer()], FAILED),
            **{name: ([answer(name, text="No.")], code) for name, code in OUTCOMES.items()},
        }
        for name, (script, code) in rows.items():
            with self.subTest(name), self.service(script):
                run = self.export("--timeout", "1")
                self.assert_said(run, code)
                self.assertFalse(self.file.exists())
                self.assertEqual(self.leftovers(), [])

    def test_export_overAFile_needsForce(self):
        service = self.service([*SEALED, answer()])
        self.file.write_bytes(b"precious")
        self.assert_said(self.export(), FAILED, "is there already", "--force")
        self.assertEqual((self.file.read_bytes(), service.heard), (b"precious", []))
        self.assertEqual(self.export("--force").returncode, OK)
        self.assertEqual(self.file.read_bytes(), WHOLE)

    def test_export_overAFileThatAppearsMeanwhile_isRefused(self):
        self.service([*SEALED, lambda: self.file.write_bytes(b"precious"), answer()])
        self.assert_said(self.export(), FAILED, "File exists")
        self.assertEqual(self.file.read_bytes(), b"precious")
        self.assertEqual(self.leftovers(), [])

    def test_export_intoNoFolder_asksNobody(self):
        service = self.service([*SEALED, answer()])
        run = self.run_it("export", "/nonexistent/file", "--passphrase-file", str(self.phrase))
        self.assert_said(run, FAILED, "/nonexistent/file", "No such file or directory")
        self.assertEqual(service.heard, [])

    def test_move_isConfirmedOnceTheFileIsThere(self):
        there = []
        look = lambda: there.append(self.file.exists())  # noqa: E731
        script = [*SEALED, look, more(end="yes"), READ_MORE, look, more(line="Anthropic: moved into the file"), answer()]
        service = self.service(script)
        run = self.export("--move")
        self.assertEqual(run.returncode, OK, run)
        self.assertEqual(service.heard, [{"command": "export", "passphrase": SECRET, "move": "yes"}, {"end": "yes"}])
        self.assertEqual(there, [False, True])
        self.assertEqual(self.file.read_bytes(), WHOLE)
        self.assertIn(b"Anthropic: moved into the file\n", run.stdout)

    def test_move_thatCannotBeWritten_isNotConfirmed(self):
        appear = lambda: self.file.write_bytes(b"precious")  # noqa: E731
        service = self.service([*SEALED, appear, more(end="yes"), READ_MORE, answer()])
        self.assert_said(self.export("--move"), FAILED, "No login was moved")
        self.assertEqual(len(service.heard), 1)
        self.assertEqual(self.file.read_bytes(), b"precious")

    def test_move_withoutTheLastPart_isNoSuccess(self):
        self.service([*SEALED, answer()])
        self.assert_said(self.export("--move"), FAILED, "did not send all of it")
        self.assertFalse(self.file.exists())

    def test_move_endsUnheard_tellsThatTheFileIsWhole(self):
        self.service([*SEALED, more(end="yes"), READ_MORE, HANG_UP])
        self.assert_said(self.export("--move"), UNAVAILABLE, "is whole", "keytenderctl status")
        self.assertEqual(self.file.read_bytes(), WHOLE)

    def test_export_asksTheTerminalTwice_andShowsNothing(self):
        service = self.service([*SEALED, answer()])
        both = [(b"Passphrase: ", SECRET.encode() + b"\n"), (b"Once more: ", SECRET.encode() + b"\n")]
        code, shown = self.run_in_terminal(["export", str(self.file)], both)
        self.assertEqual((code, service.heard[0]["passphrase"]), (OK, SECRET))
        self.assertNotIn(b"CANARY", shown)

    def test_export_withTwoDifferentOnes_doesNothing(self):
        service = self.service([*SEALED, answer()])
        both = [(b"Passphrase: ", b"one\n"), (b"Once more: ", b"two\n")]
        code, shown = self.run_in_terminal(["export", str(self.file)], both)
        self.assertEqual((code, service.heard, self.file.exists()), (DENIED, [], False))
        self.assertIn(b"not the same", shown)

    def test_passphrase_comesFromADescriptor(self):
        service = self.service([*SEALED, answer()])
        reading, writing = os.pipe()
        os.write(writing, SECRET.encode() + b"\n")
        run = self.run_it("export", str(self.file), "--passphrase-fd", str(reading), pass_fds=[reading])
        self.assertEqual((run.returncode, service.heard[0]["passphrase"]), (OK, SECRET))

    def test_passphrase_thatIsNone_isRefused(self):
        service = self.service([*SEALED, answer()])
        self.phrase.write_text("\nsecond line\n", encoding="utf-8")
        self.assert_said(self.export(), USAGE, "holds no passphrase")
        self.phrase.write_bytes(b"x" * 5000)
        self.assert_said(self.export(), USAGE, "holds no passphrase")
        self.assert_said(self.run_it("export", str(self.file)), USAGE, "no terminal", "--passphrase-file")
        self.assert_said(self.run_it("export", str(self.file), "--passphrase-fd", "77"), FAILED, "Bad file descriptor")
        self.assertEqual(service.heard, [])

    def test_passphrase_isOnNoCommandLine(self):
        run = self.run_it("export", str(self.file), "--passphrase", SECRET)
        self.assertEqual(run.returncode, USAGE)

    def test_import_sendsTheFileAndItsEnd(self):
        content = os.urandom(200_000)
        self.file.write_bytes(content)
        parts = self.service([READ_TO_END, more(line="Claude Code: taken over."), answer()])
        run = self.run_it("import", str(self.file), "--passphrase-file", str(self.phrase))
        self.assertEqual((run.returncode, run.stdout), (OK, b"Claude Code: taken over.\n"), run)
        self.assertEqual(parts.heard[0], {"command": "import", "passphrase": SECRET})
        self.assertEqual(parts.heard[-1], {"end": "yes"})
        self.assertEqual(sum(len(part.get("data", "")) > 0 for part in parts.heard), 7)

    def test_import_renew_isAsked(self):
        self.file.write_bytes(WHOLE)
        service = self.service([READ_TO_END, answer()])
        self.run_it("import", str(self.file), "--passphrase-file", str(self.phrase), "--renew")
        self.assertEqual(service.heard[0], {"command": "import", "passphrase": SECRET, "renew": "yes"})

    def test_import_refusedAtOnce_tellsWhy(self):
        self.file.write_bytes(os.urandom(2_000_000))
        for name, code in OUTCOMES.items():
            with self.subTest(name), self.service([answer(name, text="Not now."), HANG_UP]):
                run = self.run_it("import", str(self.file), "--passphrase-file", str(self.phrase), "--json")
                self.assert_said(run, code, "Not now.")
                self.assertEqual(json.loads(run.stdout)["error"]["outcome"], name)

    def test_import_ofNothing_asksNobody(self):
        service = self.service([READ_TO_END, answer()])
        run = self.run_it("import", str(self.file), "--passphrase-file", str(self.phrase))
        self.assert_said(run, FAILED, "logins.sealed", "No such file or directory")
        run = self.run_it("import", str(self.home), "--passphrase-file", str(self.phrase))
        self.assert_said(run, FAILED, "Is a directory")
        self.assertEqual([heard for heard in service.heard if "end" in heard], [])

    def test_import_fromTheTerminal_asksOnce(self):
        self.file.write_bytes(WHOLE)
        service = self.service([READ_TO_END, answer()])
        code, shown = self.run_in_terminal(["import", str(self.file)], [(b"Passphrase: ", SECRET.encode() + b"\n")])
        self.assertEqual((code, service.heard[0]["passphrase"]), (OK, SECRET))
        self.assertNotIn(b"CANARY", shown)
        self.assertNotIn(b"Once more", shown)

    def test_import_byAServiceThatDoesNotRead_keepsTheDeadline(self):
        self.file.write_bytes(os.urandom(4_000_000))
        self.service([HANG])
        begin = time.monotonic()
        run = self.run_it("import", str(self.file), "--passphrase-file", str(self.phrase), "--timeout", "1")
        self.assert_said(run, UNAVAILABLE, "did not answer in time")
        self.assertLess(time.monotonic() - begin, 6)


if __name__ == "__main__":
    main()
