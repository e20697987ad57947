"""The manuals: scdoc takes them without a word, groff finds nothing to warn
of, and mirror(1) and mirror-fetch(1) have the options that --help shows."""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", ROOT / "build"))
MAN = ROOT / "mirror" / "man"


def manual_options(page):
    """Every option of the section OPTIONS, without its value."""
    text = (MAN / page).read_text()
    options = re.search(r"^# OPTIONS\n(.*?)^# ", text, re.M | re.S).group(1)
    return re.findall(r"^\*(--?[a-z][a-z-]*)\*", options, re.M)


def help_options(program):
    done = subprocess.run([BUILD / program, "--help"], check=True, timeout=60,
                          stdout=subprocess.PIPE, text=True)
    return re.findall(r"^ +(--?[a-z][a-z-]*)", done.stdout, re.M)


class Manuals(unittest.TestCase):
    def test_scdoc_and_roff_accept_every_page(self):
        pages = sorted(MAN.glob("*.scd"))
        self.assertEqual([p.name for p in pages],
                         ["mirror-fetch.1.scd", "mirror-gallery.7.scd",
                          "mirror-kiosk.7.scd",
                          "mirror.1.scd", "mirror.conf.5.scd"])
        for page in pages:
            with self.subTest(page=page.name), page.open() as source:
                made = subprocess.run(
                    ["scdoc"], stdin=source, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE, text=True, timeout=60)
                self.assertEqual((made.returncode, made.stderr), (0, ""))
                self.assertIn(".SH NAME", made.stdout)
                name, number = page.name.split(".scd")[0].rsplit(".", 1)
                self.assertIn(f'.TH "{name}" "{number}"', made.stdout)

    def test_scdoc_refuses_a_broken_page(self):
        """So that the test above can fail."""
        made = subprocess.run(["scdoc"], input="x(1)\n\n[open\n", text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=60)
        self.assertNotEqual(made.returncode, 0)

    def test_sources_are_at_most_80_wide(self):
        for page in [*MAN.glob("*.scd"), MAN / "mirror.conf"]:
            for number, line in enumerate(page.read_text().split("\n"), 1):
                self.assertLessEqual(len(line), 80, f"{page.name}:{number}")

    def test_options_of_help_are_those_of_the_manual(self):
        for program in ("mirror", "mirror-fetch"):
            with self.subTest(program=program):
                known = help_options(program)
                if program == "mirror-fetch":  # in its usage line only
                    known += ["--help", "--version"]
                self.assertEqual(sorted(set(known)),
                                 sorted(manual_options(f"{program}.1.scd")))


if __name__ == "__main__":
    unittest.main()
