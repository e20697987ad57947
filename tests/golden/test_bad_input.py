"""Themes and texts that nobody should write: what is wrong is named with file
and line, and the page stays whole.

Whole means: every text inside its widget, every widget inside the panel and
beside the others, and not one pixel lit outside of them.
"""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import test_golden
from test_languages import inside, overlap

PAGE = test_golden.CASES / "page"
SIZES = ["800x480", "480x800"]
TIMEOUT_S = 60
# Accents on capitals and tails of Arabic letters, in the gap between widgets.
OVERSHOOT_PX = 7

# A theme, and what is said about it behind its path. Nothing: it is good.
THEMES = {
    "missing font": ("[faces]\nbody = comic\n",
                     ":2: [faces] body: expected light, regular or bold"),
    "font file": ("[faces]\nbody = /usr/share/fonts/x.ttf\n",
                  ":2: [faces] body: expected light, regular or bold"),
    "unreadable": ("[colours]\nnormal = #101010\n",
                   ":2: [colours] normal: cannot be read"),
    "white on white": ("[colours]\nbackground = #fff\n",
                       ":2: [colours] background: 'bright' cannot be read"),
    "size zero": ("[sizes]\nbody = 0\n", ":2: [sizes] body: "),
    "size without end": ("[sizes]\nhero = 1e300\n", ":2: [sizes] hero: "),
    "size that is none": ("[sizes]\nhero = big\n", ":2: [sizes] hero: "),
    "largest sizes": ("[sizes]\nhero = 600\ntitle = 600\nbody = 600\n"
                      "label = 600\ncredit = 600\nmargin = 600\ngap = 600\n",
                      None),
    "smallest sizes": ("[sizes]\nhero = 1\ntitle = 1\nbody = 1\nlabel = 1\n"
                       "credit = 1\nmargin = 0\ngap = 0\n", None),
    "upside down": ("[sizes]\nhero = 1\ncredit = 600\n", None),
    "wide lines": ("[theme]\nleading = 3\n", None),
    "unknown key": ("[sizes]\nbodi = 9\n", ":2: [sizes] bodi: "),
    "unknown section": ("[size]\nbody = 9\n", ":1: [size]: expected [theme]"),
    "itself": ("[theme]\nbase = {path}\n", ":2: [theme] base: themes may"),
    "no base": ("[theme]\nbase = drak\n", "did you mean 'dark'?"),
    "no syntax": ("body = 9\n\0\xff[[[\n", ":1: "),
    "nothing": ("", None),
}

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
TEXTS = {
    "long": "Wohnzimmer" * 1000,
    "long words": "Badezimmer " * 909,
    "no blanks": "\u00a0" * 200 + "x",
    "overrides": "\u202eevil\u202d \u2066\u2067\u2068open \u202b\u202a" * 8,
    "bidi": "Lampe \u05de\u05e0\u05d5\u05e8\u05d4 12 \u0645\u0635\u0628\u0627"
            "\u062d (3) " * 4,
    "marks": "Z" + "\u0301\u0327\u0489\u0334" * 50 + "g",
    "marks alone": "\u0301" * 120,
    "families": (FAMILY + " ") * 9,
    "skin and flags": "\U0001f44b\U0001f3fe\U0001f1e9\U0001f1ea" * 12,
    "half a family": "\u200d\U0001f469\u200d\ufe0f" * 10,
    "tall": "\ufdfd\U00012031\ua9c5" * 20,
    "zero width": "\u200b\u200c\u200d\u2060\ufeff" * 40,
    "controls": "a\tb\nc\rd\x1be\x00f\x7fg\x9bh",
    "not a character": "\ufffe\uffff\ufdd0\U0010ffff",
    "nothing": "",
    "blanks": "   ",
}


def draw(config, records, size, folder):
    """The picture and the scene of a page; and what the mirror said."""
    scene = folder / "scene.json"
    picture = folder / "picture.png"
    environment = dict(
        os.environ, TZ=test_golden.ZONE, GOLDEN_RECORDS=str(records),
        MIRROR_FETCH=str(test_golden.BUILD / "tests" / "golden" / "feed"))
    done = subprocess.run(
        [str(test_golden.BUILD / "mirror"), "-c", str(config), "--snapshot",
         str(picture), f"--size={size}", "--at=2026-06-09T07:12",
         f"--scene={scene}", "--wait=30"],
        env=environment, timeout=TIMEOUT_S, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        raise AssertionError(said)
    return picture, json.loads(scene.read_text(encoding="utf-8")), said


def lit_outside(picture, boxes):
    """How many pixels outside of the boxes are not black."""
    width, height, bpp, pixels = test_golden.read_png(picture)
    ground = bytes(3) + b"\xff" * (bpp - 3)
    rows = [bytearray(pixels[y * width * bpp:(y + 1) * width * bpp])
            for y in range(height)]
    for x, y, w, h in boxes:
        left, top = max(0, x - OVERSHOOT_PX), max(0, y - OVERSHOOT_PX)
        right = min(width, x + w + OVERSHOOT_PX)
        for row in rows[top:y + h + OVERSHOOT_PX]:
            row[left * bpp:right * bpp] = ground * (right - left)
    dark = ground * width
    return sum(row[i:i + bpp] != ground for row in rows if row != dark
               for i in range(0, len(row), bpp))


def with_text(text):
    """The records of the page with this in place of every text from outside."""
    lines = []
    for line in (PAGE / "records.jsonl").read_text().splitlines():
        record = json.loads(line)
        data = record["data"]
        for light in data.get("lights", []):
            light.update(name=text, room=text)
        for item in data.get("items", []):
            item.update(text=text)
        for value in data.get("values", []):
            value.update(label=text, text=text, unit=text)
        if record["kind"] == "message":
            data["text"] = text
        if record["kind"] == "weather":
            data.update(attribution=text, alerts=[{
                "title": text, "severity": "severe", "start": 1780981200,
                "end": 1781017200}])
        lines.append(json.dumps(record))
    return "\n".join(lines) + "\n"


class BadInput(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mirror-bad-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.config = self.folder / "mirror.conf"
        self.records = self.folder / "records.jsonl"
        self.records.write_text((PAGE / "records.jsonl").read_text())

    def write_config(self, change=("", "")):
        self.config.write_text((PAGE / "mirror.conf").read_text()
                               .replace(*change, 1))

    def check_whole(self, size):
        picture, scene, said = draw(self.config, self.records, size,
                                    self.folder)
        panel = [side + 1 for side in scene["size"]]  # a rounded pixel
        boxes = [w["box"] for w in scene["widgets"]]
        for i, widget in enumerate(scene["widgets"]):
            self.assertTrue(inside(widget["box"], scene["size"]), widget)
            for text in widget["texts"]:
                self.assertTrue(inside(text["ink"], panel), text)
            for other in boxes[:i]:
                self.assertFalse(overlap(widget["box"], other),
                                 (widget["box"], other))
        self.assertEqual(lit_outside(picture, boxes), 0)
        clock = [w for w in scene["widgets"] if w["widget"] == "clock"]
        self.assertIn("07:12", [t["text"] for t in clock[0]["texts"]])
        return said

    def check_theme(self, text, complaint):
        path = self.folder / "bad.ini"
        path.write_bytes(text.replace("{path}", str(path)).encode("latin-1"))
        self.write_config(("[mirror]", f"[mirror]\ntheme = {path}"))
        done = subprocess.run(
            [str(test_golden.BUILD / "mirror"), "--check", "-c",
             str(self.config)], timeout=TIMEOUT_S, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        said = done.stdout.decode("utf-8", "replace")
        if complaint is None:
            self.assertEqual((done.returncode, said), (0, ""))
        else:
            self.assertEqual(done.returncode, 78, said)
            self.assertIn(f"{path}:", said)
            self.assertIn(complaint, said)
        self.check_whole(SIZES[0])

    def check_text(self, text):
        self.records.write_text(with_text(text))
        self.write_config()
        for size in SIZES:
            self.check_whole(size)

    def test_a_title_without_end(self):
        self.write_config(("title = To do", "title = " + "Liste" * 2000))
        self.check_whole(SIZES[0])


def add_tests():
    for name, (text, complaint) in THEMES.items():
        def test(self, text=text, complaint=complaint):
            self.check_theme(text, complaint)
        setattr(BadInput, "test_theme_" + name.replace(" ", "_"), test)
    for name, text in TEXTS.items():
        def test_text(self, text=text):
            self.check_text(text)
        setattr(BadInput, "test_text_" + name.replace(" ", "_"), test_text)


add_tests()

if __name__ == "__main__":
    unittest.main()
