"""Every fuzz target over its seeds: what was once found stays found."""

import os
import pathlib
import subprocess
import unittest

FUZZ = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", FUZZ.parents[1] / "build"))
TIMEOUT_S = 120


class Replay(unittest.TestCase):
    def test_every_target_has_seeds(self):
        targets = {f.stem.removeprefix("fuzz_") for f in FUZZ.glob("fuzz_*.c")}
        seeds = {d.name for d in (FUZZ / "seeds").iterdir()}
        self.assertTrue(targets)
        self.assertEqual(targets, seeds)

    def test_targets_take_their_seeds(self):
        for source in sorted(FUZZ.glob("fuzz_*.c")):
            seeds = FUZZ / "seeds" / source.stem.removeprefix("fuzz_")
            files = sorted(seeds.iterdir())
            with self.subTest(target=source.stem):
                self.assertTrue(files)
                done = subprocess.run(
                    [BUILD / "tests" / "fuzz" / source.stem, *files],
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT, timeout=TIMEOUT_S)
                self.assertEqual(done.returncode, 0, done.stdout.decode(
                    "utf-8", "replace")[-4000:])


if __name__ == "__main__":
    unittest.main()
