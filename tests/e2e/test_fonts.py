"""Fonts that are cut off or missing: there is always something to read, one
sentence says what is wrong, and --doctor names the file."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import BUILD, EndToEnd  # noqa: E402
from screen_rig import LEAKS, ROOT  # noqa: E402

PAGE = ("[mirror]\nlanguage = {}\n"
        "[widget clock]\nposition = top_left\n")
SYSTEM = "/usr/share/fonts"
NO_MOUNTS = subprocess.run(["unshare", "-m", "true"],
                           stderr=subprocess.DEVNULL).returncode != 0
DAMAGED = "fonts damaged: install mirror again"


class Fonts(EndToEnd):
    def setUp(self):
        self.home = pathlib.Path(self.folder())
        shutil.copytree(ROOT / "themes", self.home / "themes")
        shutil.copytree(ROOT / "fonts", self.home / "fonts")
        shutil.copytree(ROOT / "mirror/lang", self.home / "lang")
        self.wrapper = ()

    def mirror(self, *arguments, language="en"):
        config = self.home / "mirror.conf"
        config.write_text(PAGE.format(language))
        return subprocess.run(
            [*self.wrapper, BUILD / "mirror", "-c", config, *arguments],
            env={**os.environ, **LEAKS, "MIRROR_DATA": str(self.home)},
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=60)

    def drawn(self, **options):
        """{widget: its texts} of a picture at 07:12, and the log."""
        scene = self.home / "scene.json"
        done = self.mirror(f"--snapshot={self.home / 'a.png'}",
                           f"--scene={scene}", "--size=800x480",
                           "--at=2026-06-09T07:12", **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        widgets = json.loads(scene.read_text())["widgets"]
        for widget in widgets:
            for text in widget["texts"]:
                self.assertGreater(text["box"][2], 0, text)
                self.assertGreater(text["ink"][2], 0, text)
        return ({w["widget"]: [t["text"] for t in w["texts"]]
                 for w in widgets}, done.stderr)

    def remove(self, *names):
        for name in names or os.listdir(self.home / "fonts"):
            (self.home / "fonts" / name).unlink()

    def test_whole_ones_need_no_word(self):
        widgets, log = self.drawn()
        self.assertNotIn("notice", widgets)
        self.assertEqual(log, "")

    def test_one_that_is_cut_off(self):
        bold = self.home / "fonts/Roboto-Bold.ttf"
        bold.write_bytes(bold.read_bytes()[:50000])
        widgets, log = self.drawn()
        self.assertEqual(widgets["notice"], [DAMAGED])
        self.assertIn("07:12", widgets["clock"])
        self.assertIn("Roboto-Bold.ttf: it is damaged", log)
        self.assertIn("BAD  fonts: Roboto-Bold.ttf is missing or damaged; "
                      "install mirror again", self.mirror("--doctor").stdout)

    def test_no_icons(self):
        self.remove("mirror-icons.ttf")
        self.assertEqual(self.drawn()[0]["notice"], [DAMAGED])

    def test_none_of_our_own(self):
        self.remove()
        widgets, _ = self.drawn(language="de")
        self.assertIn("07:12", widgets["clock"])
        self.assertEqual(widgets["notice"],
                         ["Schriften beschädigt: mirror neu installieren"])

    @unittest.skipIf(NO_MOUNTS, "only root may mount")
    def test_none_at_all(self):
        """Block letters, and the sentence in the only language they have."""
        self.remove()
        self.wrapper = ("unshare", "-m", "sh", "-c", 'mount --bind "$0" '
                        f'{SYSTEM} && exec "$@"', self.folder())
        widgets, _ = self.drawn(language="ar")
        self.assertEqual(widgets["notice"],
                         ["fonts missing: install mirror again"])
        self.assertIn("07:12", widgets["clock"])
        self.assertIn("BAD  fonts: Roboto-Light.ttf is missing",
                      self.mirror("--doctor").stdout)


if __name__ == "__main__":
    unittest.main()
