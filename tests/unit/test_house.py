"""The house rules that a compiler does not know: design sections 2, 3 and 10
and the style of CONTRIBUTING.md, held against the tree."""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", ROOT / "build"))

# Which rooms a file may include from: dependencies run one way.
MAY_INCLUDE = {
    "mirror/common": {"common"},
    "mirror/model": {"common", "model"},
    "mirror/fetch": {"common", "model", "fetch"},
    "mirror/render": {"common", "model", "render"},
    "widgets": {"common", "model", "render", "widgets"},
}
TOP_LEVEL = {
    "Makefile", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md",
    "SECURITY.md", "mirror", "widgets", "fonts", "themes", "tests", "systemd",
    "debian",
}
# Of them ppoll(), as glibc 2.36 has a wrong one: see tests/unit/virtual_time.h.
BANNED = re.compile(
    r"\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|gets|"
    r"[sf]?scanf|setlocale|ppoll)\s*\(")
# Who asks for the time, by which clock: everybody else is told.
CLOCKS = re.compile(
    r"(?<![.>])\b(time|gettimeofday|clock_gettime|clock|timespec_get|"
    r"SDL_GetTicks(64)?|SDL_GetPerformanceCounter)\s*\(|\bCLOCK_[A-Z]*TIME\b|"
    r"\bCLOCK_MONOTONIC\w*")
ASKS_CLOCKS = {
    "mirror/common/clock.c": {"clock_gettime", "CLOCK_BOOTTIME",
                              "CLOCK_REALTIME"},
    # A timer that never ends, to be told of steps.
    "mirror/common/loop.c": {"CLOCK_REALTIME"},
}
FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60


def tracked(*patterns):
    names = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, check=True,
        stdout=subprocess.PIPE, text=True).stdout.split("\n")
    return [n for n in names if n and (ROOT / n).is_file()]


def own_code():
    return [n for n in tracked("*.c", "*.h")]


def without_comments(text):
    """The code with comments and strings blanked, lines kept."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    return re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


def functions(text):
    """(name, lines) of every function of a C file, by its brace at the end of
    a line that began a definition at column 0."""
    lines = without_comments(text).split("\n")
    found, start, name = [], None, ""
    for number, line in enumerate(lines):
        if start is None and line.endswith("{") and line[:1] not in " #}\t":
            head = " ".join(lines[max(0, number - 4):number + 1])
            if "(" in head and not re.match(r"(static )?(const )?(struct|enum|union)"
                                            r"[^(]*\{$", line):
                start = number
                calls = re.findall(r"(\w+)\(", line) or [line]
                name = calls[0]
        elif start is not None and line.startswith("}"):
            if not line.startswith("};"):
                rows = [n for n in lines[start:number]
                        if re.match(r"\s+[{}\"]", n)]  # of a flat table
                found.append((name, number - start - len(rows)))
            start = None
    return found


class House(unittest.TestCase):
    def test_top_level_holds_only_the_rooms(self):
        for name in {n.split("/")[0] for n in tracked()}:
            self.assertTrue(name in TOP_LEVEL or name.startswith("."), name)

    def test_dependencies_run_one_way(self):
        for name in own_code():
            if name.startswith("tests/"):
                continue
            room = "/".join(name.split("/")[:2])
            allowed = MAY_INCLUDE.get(room, MAY_INCLUDE.get(name.split("/")[0]))
            self.assertIsNotNone(allowed, f"{name} stands in no room")
            text = (ROOT / name).read_text()
            for include in re.findall(r'#include "([^"]+)"', text):
                with self.subTest(file=name, include=include):
                    if "/" not in include:  # a neighbour's private header
                        self.assertTrue((ROOT / name).with_name(include)
                                        .is_file(), "say the room")
                        continue
                    self.assertIn(include.split("/")[0], allowed)

    def test_calls_that_the_style_forbids(self):
        for name in own_code():
            code = without_comments((ROOT / name).read_text())
            found = BANNED.search(code)
            self.assertIsNone(found, f"{name}: {found and found.group()}")

    def test_one_place_asks_for_the_time(self):
        """And by clocks that neither wrap nor, but for the display, step."""
        asked = {}
        for name in own_code():
            if name.startswith("tests/"):
                continue
            code = without_comments((ROOT / name).read_text())
            for found in CLOCKS.finditer(code):
                asked.setdefault(name, set()).add(
                    found.group(1) or found.group())
        self.assertEqual(asked, ASKS_CLOCKS)

    def test_files_are_short(self):
        texts = {name: (ROOT / name).read_text() for name in own_code()}
        long = [name for name, text in texts.items()
                if text.count("\n") > FILE_LINES_MAX
                and not text.startswith("/* Made by ")]  # a table of a tool
        self.assertEqual(long, [])

    def test_functions_are_short(self):
        sizes, long = [], []
        for name in own_code():
            for function, lines in functions((ROOT / name).read_text()):
                if lines > FUNCTION_LINES_MAX:
                    long.append(f"{name}: {function}: {lines}")
                sizes.append(lines)
        self.assertEqual(long, [])
        sizes.sort()
        self.assertGreater(len(sizes), 100)
        self.assertLessEqual(sizes[len(sizes) // 2], 16, "the median grew")

    def test_every_header_function_has_a_comment(self):
        """A prototype or the block of prototypes it stands in is explained."""
        for name in tracked("mirror/*.h"):
            blocks = re.split(r"\n\s*\n", (ROOT / name).read_text())
            for block in blocks:
                if re.search(r"^\w+\([^{]*\)[^{]*;", block, re.M):
                    # A group under one comment, or the headline of the file.
                    previous = blocks[max(0, blocks.index(block) - 1)]
                    self.assertTrue("/*" in block or "*/" in previous,
                                    f"{name}: {block.strip()[:80]}")

    def test_programs_link_only_what_they_may(self):
        never = {
            "mirror": ("libcurl", "libcjson", "libssl", "libcrypto"),
            "mirror-fetch": ("libSDL2", "libpixman", "libdrm", "libpng",
                             "libfribidi", "libharfbuzz"),
        }
        for program, libraries in never.items():
            needed = subprocess.run(
                ["readelf", "-d", BUILD / program], check=True,
                stdout=subprocess.PIPE, text=True).stdout
            self.assertIn("NEEDED", needed)
            for library in libraries:
                self.assertNotIn(library, re.sub(r"RUNPATH.*", "", needed))

    def test_programs_are_hardened(self):
        for program in ("mirror", "mirror-fetch"):
            shown = subprocess.run(
                ["readelf", "-hlW", "-d", BUILD / program], check=True,
                stdout=subprocess.PIPE, text=True).stdout
            self.assertRegex(shown, r"Type:\s+DYN")
            self.assertIn("GNU_RELRO", shown)
            self.assertIn("NOW", shown)
            self.assertRegex(shown, r"GNU_STACK.*RW ")


if __name__ == "__main__":
    unittest.main()
