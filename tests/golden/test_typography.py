#!/usr/bin/env python3
"""The typographic system of themes/README.md, checked on every golden page.

What is checked stands in the scene that --scene writes beside the picture:
sizes and weights, the angles of primary and secondary facts, strokes, contrast,
the grid, baselines across regions, overlaps and the edges of the panel.
"""

import collections
import json
import re
import unittest

import test_golden

OUT = test_golden.BUILD / "typography"

# Of Roboto, in parts of 2048: its x-height, and the stem of an "l" by weight.
X_HEIGHT = 1082 / 2048
STEMS = {"light": 119 / 2048, "regular": 186 / 2048, "bold": 290 / 2048}
STROKE_PX = 2

# The least angle of each role, arc minutes of the x-height, largest first.
ROLES = ["hero", "title", "body", "label", "credit"]
ANGLES = {"hero": 20, "title": 20, "body": 12, "label": 8, "credit": 8}

CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of any size
CONTRAST_LARGE = 7
NIGHT = 2.2  # eyes that are used to the dark
NIGHT_LARGE = 3

# Pages so full that the large numbers have no room, and pages on which a word
# of the message is wider than its column.
FULL = {"page-crowded", "page-fullscreen"}
NARROW = {"page-480p"}
TEMPERATURE = re.compile(r"^\u2212?\d+°$")
TIME = re.compile(r"^\d{1,2}[:.]\d\d$")


def scene_of(case):
    test_golden.draw(case, OUT / case.name)
    return json.loads((OUT / case.name / "scene.json").read_text())


def records(case):
    path = case / "records.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines()]


def luminance(colour):
    """WCAG 2.2, "relative luminance", of "#rrggbb"."""
    total = 0
    for at, weight in ((1, 0.2126), (3, 0.7152), (5, 0.0722)):
        part = int(colour[at:at + 2], 16) / 255
        part = (part / 12.92 if part <= 0.04045
                else ((part + 0.055) / 1.055) ** 2.4)
        total += weight * part
    return total


def contrast(a, b):
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def common(a, b):
    """What two boxes share, as width and height."""
    return (min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]),
            min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]))


def texts(widget):
    return [t for t in widget["texts"] if t["icon"] is None]


def lines(widget):
    """The baselines of a widget's texts, from the top, with their texts."""
    rows = collections.defaultdict(list)
    for text in texts(widget):
        rows[text["baseline"]].append(text)
    return sorted(rows.items())


def largest(row):
    return max(text["size_px"] for text in row)


class Typography(unittest.TestCase):
    def check_sizes(self, scene):
        """One scale, and no text outside of it."""
        sizes = scene["theme"]["sizes_px"]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        for widget in scene["widgets"]:
            for text in texts(widget):
                self.assertIn(text["size_px"], sizes, text)

    def check_angles(self, scene):
        """What the sizes are to the eye. Where a page shrinks as a whole, the
        roles keep their ratios to one another."""
        theme = scene["theme"]
        rounding = 0.5 * X_HEIGHT / theme["arcmin_px"] + 0.01
        for role, size in zip(ROLES, theme["sizes_px"]):
            angle = size * X_HEIGHT / theme["arcmin_px"] / theme["scale"]
            self.assertGreaterEqual(angle + rounding / theme["scale"],
                                    ANGLES[role], role)

    def check_strokes(self, scene):
        weights = set()
        for widget in scene["widgets"]:
            for text in texts(widget):
                stroke = text["size_px"] * STEMS[text["face"]]
                self.assertGreaterEqual(stroke, STROKE_PX, text)
                if text["size_px"] * STEMS["regular"] >= STROKE_PX:
                    weights.add(text["face"])
        self.assertLessEqual(len(weights), 2, weights)

    def check_contrast(self, scene, night):
        theme = scene["theme"]
        for widget in scene["widgets"]:
            for text in widget["texts"]:
                large = text["size_px"] >= theme["sizes_px"][1]
                least = ((NIGHT_LARGE if large else NIGHT) if night else
                         CONTRAST_LARGE if large and text["icon"] is None
                         and text["colour"] in ("#ffffff", "#000000")
                         else CONTRAST)
                self.assertGreaterEqual(
                    contrast(text["colour"], theme["background"]), least,
                    text)

    def check_edges(self, scene):
        """Nothing in the margin, of which the page's drift uses half."""
        margin = scene["theme"]["margin_px"] // 2
        width, height = scene["size"]
        for widget in scene["widgets"]:
            for text in widget["texts"]:
                x, y, w, h = text["ink"]
                self.assertGreaterEqual(min(x, y), margin, text)
                self.assertLessEqual(x + w, width - margin, text)
                self.assertLessEqual(y + h, height - margin, text)

    def check_overlaps(self, scene):
        """Marks above letters may reach into the line above, but not a third
        of it."""
        seen = []
        for widget in scene["widgets"]:
            for text in widget["texts"]:
                for other in seen:
                    w, h = common(text["ink"], other["ink"])
                    self.assertFalse(
                        w > 2 and 3 * h > min(text["ink"][3],
                                              other["ink"][3]),
                        (text, other))
                seen.append(text)

    def check_grid(self, scene):
        theme = scene["theme"]
        grid = theme["grid_px"]
        self.assertEqual(theme["margin_px"] % grid, 0)
        self.assertEqual(theme["gap_px"] % grid, 0)
        rows = collections.Counter(
            text["baseline"] % grid
            for widget in scene["widgets"] for text in texts(widget))
        self.assertLessEqual(len(rows), 1, rows)

    def check_neighbours(self, scene):
        """First lines of one size, and last lines of any small size, stand on
        one baseline to the left and to the right."""
        size = scene["theme"]["sizes_px"]
        by_region = collections.defaultdict(list)
        for widget in scene["widgets"]:
            if texts(widget):
                by_region[widget["region"]] += lines(widget)
        edges = {region: (min(rows), max(rows))
                 for region, rows in by_region.items()}
        if {"top_left", "top_right"} <= set(edges):
            left, right = edges["top_left"][0], edges["top_right"][0]
            if largest(left[1]) == largest(right[1]):
                self.assertEqual(left[0], right[0], (left, right))
        if {"bottom_left", "bottom_right"} <= set(edges):
            left, right = edges["bottom_left"][1], edges["bottom_right"][1]
            if max(largest(left[1]), largest(right[1])) <= size[2]:
                self.assertEqual(left[0], right[0], (left, right))

    def check_marks(self, scene):
        """In a list of things to do each one has a mark, or none has: in one
        column, and no text in that."""
        body = scene["theme"]["sizes_px"][2]
        for widget in scene["widgets"]:
            marks = [t for t in widget["texts"]
                     if (t["icon"] or "").startswith("checkbox")]
            if widget["widget"] != "todo" or not marks:
                continue
            left, _, width, _ = marks[0]["box"]
            for text in widget["texts"]:
                x, _, w, _ = text["box"]
                if text["icon"] is None and text["size_px"] == body:
                    self.assertFalse(x < left + width and left < x + w, text)
                elif text["icon"] is not None:
                    self.assertEqual(x, left, text)

    def check_primary(self, case, scene):
        """The time, the temperature and the message are what is large."""
        hero, title, body = scene["theme"]["sizes_px"][:3]
        for widget in scene["widgets"]:
            found = [t["size_px"] for t in texts(widget)
                     if (widget["widget"], True) in (
                         ("clock", bool(TIME.match(t["text"]))),
                         ("weather", bool(TEMPERATURE.match(t["text"]))))]
            if found and case.name not in FULL and max(found) > body:
                self.assertEqual(max(found), hero, widget["name"])
            if widget["widget"] == "message" and texts(widget):
                words = sum(len(t["text"]) for t in texts(widget))
                if words < 40 and case.name not in FULL | NARROW:
                    self.assertEqual(texts(widget)[0]["size_px"], title,
                                     case.name)

    def check_secondary(self, case, scene):
        """Rows of lists are no smaller than the body."""
        names = set()
        for record in records(case):
            data = record.get("data") or {}
            names |= {item["text"] for item in data.get("items", [])}
            names |= {light["name"] for light in data.get("lights", [])}
        body = scene["theme"]["sizes_px"][2]
        rooms = {light["room"] for record in records(case)
                 for light in (record.get("data") or {}).get("lights", [])}
        for widget in scene["widgets"]:
            for text in texts(widget):
                if text["text"] in names - rooms or TEMPERATURE.match(
                        text["text"]):
                    self.assertGreaterEqual(text["size_px"], body, text)

    def check_page(self, case):
        scene = scene_of(case)
        night = "theme = night" in test_golden.config_of(case)
        checks = [
            lambda: self.check_sizes(scene),
            lambda: self.check_angles(scene),
            lambda: self.check_strokes(scene),
            lambda: self.check_contrast(scene, night),
            lambda: self.check_edges(scene),
            lambda: self.check_overlaps(scene),
            lambda: self.check_grid(scene),
            lambda: self.check_marks(scene),
            lambda: self.check_neighbours(scene),
            lambda: self.check_primary(case, scene),
            lambda: self.check_secondary(case, scene),
        ]
        for check in checks:
            with self.subTest(page=case.name):
                check()


def add_tests():
    for case in test_golden.cases():
        def test(self, case=case):
            self.check_page(case)
        setattr(Typography, "test_" + case.name.replace("-", "_"), test)


add_tests()

if __name__ == "__main__":
    unittest.main()
