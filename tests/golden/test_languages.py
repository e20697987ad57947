"""Every language on the default page, at three sizes, and the longest ones on
every scene of the gallery: nothing leaves the panel, no two widgets lie over
each other, and no words of the mirror's own are lost.

The pages are golden cases, without pictures to compare: a new language in
mirror/lang/ is found by itself.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CASES = HERE / "cases"
SCENES = sorted(p for p in CASES.glob("gallery-*")
                if (p / "mirror.conf").exists())
BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", "build")).resolve()
LANGUAGES = sorted(p.stem for p in (ROOT / "mirror" / "lang").glob("*.ini"))
PAGES = [("1920x1080", 24), ("1080x1920", 12), ("800x480", 24)]
WHOLE = {"1920x1080", "1080x1920"}  # where no words of ours may be cut
RTL = {"ar", "he"}
LONGEST = 3  # that many languages, and those from right to left
TIMEOUT_S = 60


def words(language):
    """What it says, by key."""
    found = {}
    for line in (ROOT / "mirror" / "lang" / f"{language}.ini").read_text(
            encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found[key.strip()] = value.strip()
    return found


def longest():
    """The languages that say the most in letters, and those that turn a page."""
    length = {code: sum(map(len, words(code).values())) for code in LANGUAGES}
    return sorted(RTL | set(sorted(length, key=length.get)[-LONGEST:]))


def draw(case, language, size, clock, folder):
    """The scene of a case in a language."""
    config = folder / "mirror.conf"
    scene = folder / "scene.json"
    text = re.sub("(?m)^language = .*\n", "", (case / "mirror.conf").read_text())
    config.write_text(
        text.replace("[mirror]", f"[mirror]\nlanguage = {language}\n"
                                 f"clock = {clock}", 1))
    environment = dict(
        os.environ, TZ="Europe/Berlin",
        GOLDEN_RECORDS=str(case / "records.jsonl"),
        MIRROR_FETCH=str(BUILD / "tests" / "golden" / "feed"))
    done = subprocess.run(
        [str(BUILD / "mirror"), "-c", str(config), "--snapshot",
         str(folder / "page.png"), f"--size={size}",
         "--at=" + (case / "time").read_text().strip(), f"--scene={scene}",
         "--wait=30"],
        env=environment, timeout=TIMEOUT_S, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise AssertionError(done.stdout.decode("utf-8", "replace"))
    return json.loads(scene.read_text())


def inside(box, size):
    x, y, w, h = box
    return x >= 0 and y >= 0 and x + w <= size[0] and y + h <= size[1]


def overlap(a, b):
    return (a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and
            a[1] < b[1] + b[3] and b[1] < a[1] + a[3])


def middle(widget):
    return widget["box"][0] + widget["box"][2] / 2


class Languages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="mirror-lang-")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def check_room(self, scene):
        widgets = scene["widgets"]
        for i, widget in enumerate(widgets):
            self.assertTrue(inside(widget["box"], scene["size"]), widget)
            for text in widget["texts"]:
                self.assertTrue(inside(text["box"], scene["size"]), text)
            for other in widgets[:i]:
                self.assertFalse(overlap(widget["box"], other["box"]),
                                 (widget["box"], other))

    def check_sides(self, language, scene):
        """Left is right where people read from there."""
        centre = scene["size"][0] / 2
        for widget in scene["widgets"]:
            side = widget["region"].rpartition("_")[2]
            if side in ("left", "right"):
                at_left = middle(widget) < centre
                self.assertEqual(at_left,
                                 (side == "left") != (language in RTL),
                                 widget["widget"])

    def check_words(self, scene, widgets):
        """What the mirror says itself is not cut, whatever its length."""
        for widget in scene["widgets"]:
            if widget["widget"] in widgets:
                self.assertGreaterEqual(len(widget["texts"]), 2)
                for text in widget["texts"]:
                    self.assertFalse(text["clipped"], text)

    def check_page(self, language, size, clock):
        scene = draw(CASES / "page", language, size, clock,
                     pathlib.Path(self.folder.name))
        self.check_room(scene)
        self.check_sides(language, scene)
        self.check_words(scene, ["clock", "weather"] if size in WHOLE
                         else ["clock"])

    def check_gallery(self, language, case):
        scene = draw(case, language, (case / "size").read_text().strip(), 24,
                     pathlib.Path(self.folder.name))
        self.check_room(scene)
        self.check_sides(language, scene)
        self.check_words(scene, ["clock", "weather"])

    def test_there_are_languages(self):
        self.assertIn("en", LANGUAGES)
        self.assertLessEqual(RTL, set(LANGUAGES))

    def test_no_string_is_missing(self):
        """Also where the program would say it in English instead."""
        english = words("en")
        self.assertGreater(len(english), 100)
        for language in LANGUAGES:
            said = words(language)
            self.assertEqual(sorted(said), sorted(english), language)
            empty = [key for key, value in said.items()
                     if not value and english[key]]
            self.assertEqual(empty, [], language)


def add_tests():
    for language in LANGUAGES:
        def test(self, language=language):
            for size, clock in PAGES:
                with self.subTest(size=size, clock=clock):
                    self.check_page(language, size, clock)
        setattr(Languages, f"test_{language}", test)
    for case in SCENES:
        def test_scene(self, case=case):
            for language in longest():
                with self.subTest(language=language):
                    self.check_gallery(language, case)
        setattr(Languages, "test_" + case.name.replace("-", "_"), test_scene)


add_tests()

if __name__ == "__main__":
    unittest.main()
