#!/usr/bin/env python3
"""Golden pictures: what the mirror draws, compared pixel by pixel.

Each folder of cases/ has a mirror.conf (without it: the mirror's first start),
the records that mirror-fetch would have sent (records.jsonl, as --print writes
them), the local time and the size of the panel. The folders gallery-* are the
scenes that make gallery copies. What differs is left in BUILD/golden/NAME/ as actual.png and
diff.png (red where it differs).

Usage besides the test run:
  MIRROR_BUILD=build tests/golden/test_golden.py [--update] [NAME ...]
GOLDEN_LEVELS in the environment says by how many levels a channel may be off
on another processor; without it, by none.
With --update the pictures become the expected ones: look at each of them.
"""

import os
import pathlib
import shutil
import struct
import subprocess
import sys
import unittest
import zlib

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE / "cases"
BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", "build")).resolve()
ZONE = "Europe/Berlin"
INSTALLED = pathlib.Path("/etc/mirror/mirror.conf")
TIMEOUT_S = 120
LEVELS = int(os.environ.get("GOLDEN_LEVELS", "0"))
# Where a frame of 16 bit drops the lower bits, that can be a step of its 5 bits.
STEP_OF_16_BIT = 9


def unfilter(kind, row, above, bpp):
    """Undoes one of PNG's five filters, in place (PNG, section 9.2)."""
    for i in range(len(row)):
        left = row[i - bpp] if i >= bpp else 0
        corner = above[i - bpp] if i >= bpp else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = above[i]
        elif kind == 3:
            guess = (left + above[i]) // 2
        else:
            near = left + above[i] - corner
            guess = min((abs(near - left), 0, left),
                        (abs(near - above[i]), 1, above[i]),
                        (abs(near - corner), 2, corner))[2]
        row[i] = (row[i] + guess) & 255


def chunks(data):
    at = 8
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8:at + 8 + size]
        at += 12 + size


def read_png(path):
    """Returns (width, height, channels, bytes) of an 8-bit RGB(A) picture."""
    packed, header = b"", None
    for kind, body in chunks(path.read_bytes()):
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            packed += body
    width, height, depth, colour = header[:4]
    assert depth == 8 and colour in (2, 6), f"{path}: not 8-bit RGB"
    bpp = 3 if colour == 2 else 4
    raw, stride = zlib.decompress(packed), width * bpp
    above, pixels = bytearray(stride), bytearray()
    for y in range(height):
        start = y * (stride + 1)
        row = bytearray(raw[start + 1:start + 1 + stride])
        if raw[start]:
            unfilter(raw[start], row, above, bpp)
        pixels += row
        above = row
    return width, height, bpp, bytes(pixels)


def write_png(path, width, height, rgb):
    def chunk(kind, body):
        return (struct.pack(">I", len(body)) + kind + body +
                struct.pack(">I", zlib.crc32(kind + body)))

    rows = b"".join(b"\0" + rgb[y * width * 3:(y + 1) * width * 3]
                    for y in range(height))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" +
        chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
        chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))


def differs(before, after, levels):
    return before != after and any(
        abs(b - a) > levels for b, a in zip(before, after))


def difference(expected, actual, levels):
    """How many pixels differ by more than `levels`, and a picture of where."""
    width, height, bpp, before = expected
    after = actual[3]
    picture, count = bytearray(width * height * 3), 0
    for i in range(width * height):
        at = slice(i * bpp, i * bpp + bpp)
        if differs(before[at], after[at], levels):
            picture[i * 3] = 255
            count += 1
        else:
            picture[i * 3 + 1] = after[i * bpp + 1] // 3
    return count, bytes(picture)


def draw(case, out=None):
    """Runs the mirror on a case; returns the path of its picture."""
    out = out or BUILD / "golden" / case.name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    environment = dict(
        os.environ, TZ=ZONE, GOLDEN_RECORDS=str(case / "records.jsonl"),
        MIRROR_FETCH=str(BUILD / "tests" / "golden" / "feed"))
    config = case / "mirror.conf"
    command = [
        str(BUILD / "mirror"), *(["-c", str(config)] if config.exists() else []),
        "--snapshot", str(out / "actual.png"),
        "--size=" + (case / "size").read_text().strip(),
        "--at=" + (case / "time").read_text().strip(),
        "--scene=" + str(out / "scene.json"), "--wait=30"]
    done = subprocess.run(command, env=environment, timeout=TIMEOUT_S,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    (out / "log").write_bytes(done.stdout)
    if done.returncode != 0:
        raise AssertionError(f"mirror ended with {done.returncode}:\n" +
                             done.stdout.decode("utf-8", "replace"))
    return out / "actual.png"


def cases():
    """Every folder with a file in it: one that lacks something is no less."""
    return sorted(p for p in CASES.iterdir()
                  if p.is_dir() and any(p.iterdir()))


def config_of(case):
    """What its mirror.conf says; nothing for a first start."""
    config = case / "mirror.conf"
    if config.exists():
        return config.read_text()
    if INSTALLED.exists():
        raise unittest.SkipTest(f"no first start: {INSTALLED} is there")
    return ""


def levels_of(config):
    """By how many levels a channel may be off in the picture of a config."""
    return STEP_OF_16_BIT if LEVELS and "depth = 16" in config else LEVELS


class Golden(unittest.TestCase):
    def compare(self, case):
        levels = levels_of(config_of(case))
        actual = draw(case)
        expected = case / "expected.png"
        if actual.read_bytes() == expected.read_bytes():
            return
        before, after = read_png(expected), read_png(actual)
        self.assertEqual(before[:3], after[:3], "the size differs")
        count, picture = difference(before, after, levels)
        if count:
            write_png(actual.with_name("diff.png"), *before[:2], picture)
            self.fail(f"{count} pixels differ: see {actual.parent}")


def add_tests():
    for case in cases():
        def test(self, case=case):
            self.compare(case)
        setattr(Golden, "test_" + case.name.replace("-", "_"), test)


def update(names):
    unknown = set(names) - {case.name for case in cases()}
    if unknown:
        sys.exit(f"no such folder in {CASES}: {' '.join(sorted(unknown))}")
    for case in cases():
        if names and case.name not in names:
            continue
        picture, expected = draw(case), case / "expected.png"
        same = (expected.exists() and
                (expected.read_bytes() == picture.read_bytes() or
                 read_png(expected) == read_png(picture)))
        if not same:
            shutil.copyfile(picture, expected)
            print(f"{case.name}: new; look at {case / 'expected.png'}")


add_tests()

if __name__ == "__main__":
    if "--update" in sys.argv:
        update([a for a in sys.argv[1:] if a != "--update"])
    else:
        unittest.main()
