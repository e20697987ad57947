"""Instructions of the work that recurs, against the committed figures.

Usage: test_counts.py --update    takes today's figures as the right ones

Callgrind counts what bench_count does in counted(). A count repeats on the
same machine to the last few, whatever else runs; from one machine to another
it would differ where a library chooses its code by the processor, so that is
held to what every amd64 has.
"""

import json
import os
import pathlib
import platform
import re
import shutil
import sys
import unittest

import counting

BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", counting.ROOT / "build"))
FIGURES = counting.ROOT / "tests" / "bench" / "counts.json"
TOLERANCE = 0.03

PLAIN_PROCESSOR = {
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-ERMS,-FSRM,"
                      "-SSSE3,-SSE4_1,-SSE4_2,-BMI1,-BMI2,-LZCNT,-MOVBE,-RTM,"
                      "-AVX_Fast_Unaligned_Load",
    "PIXMAN_DISABLE": "ssse3",
}


def count(name):
    """Instructions of one piece of work."""
    text = counting.run(
        name, ["valgrind", "--tool=callgrind", "--collect-atstart=no",
               "--toggle-collect=counted", "--callgrind-out-file=/dev/null",
               BUILD / "tests" / "bench" / "bench_count"], BUILD,
        **PLAIN_PROCESSOR)
    return int(re.search(r"Collected : (\d+)", text).group(1))


def reason_to_skip():
    if platform.machine() != "x86_64":
        return "the figures are those of amd64"
    if BUILD.name != "build":
        return "the figures are those of the usual build"
    if shutil.which("valgrind") is None:
        return "no valgrind here"
    return ""


@unittest.skipIf(reason_to_skip(), reason_to_skip())
class Counts(unittest.TestCase):
    def test_within_three_per_cent(self):
        figures = json.loads(FIGURES.read_text())
        self.assertEqual(set(figures), set(counting.WORK))
        for name, figure in figures.items():
            with self.subTest(name):
                found = count(name)
                self.assertLess(
                    abs(found / figure - 1), TOLERANCE,
                    f"{name}: {found} instructions, {figure} committed; if "
                    "that is meant: tests/bench/test_counts.py --update")


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        FIGURES.write_text(json.dumps(
            {name: count(name) for name in counting.WORK}, indent=1) + "\n")
    else:
        unittest.main()
