"""A thousand hostile replies of hub and weather host, other ones each time,
through the parsers and what they make records with.

SEED in the environment gives those of an earlier run again, HOSTILE how many.
"""

import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import hostile

BUILD = pathlib.Path(os.environ.get(
    "MIRROR_BUILD", hostile.SEEDS.parents[2] / "build"))
SEED = int(os.environ.get("SEED", random.SystemRandom().randrange(2 ** 32)))
COUNT = int(os.environ.get("HOSTILE", 1000))
TIMEOUT_S = 120


def swallow(target, files):
    """(exit code, output) of a fuzz target that reads these files."""
    done = subprocess.run(
        [BUILD / "tests" / "fuzz" / f"fuzz_{target}", *files],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=TIMEOUT_S)
    return done.returncode, done.stdout.decode("utf-8", "replace")[-4000:]


class Replies(unittest.TestCase):
    def test_generated_replies(self):
        print(f"{COUNT} hostile replies, SEED={SEED}", flush=True)
        with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
            files = {target: [] for target in hostile.KINDS}
            for n, (target, data) in enumerate(hostile.replies(SEED, COUNT)):
                path = pathlib.Path(folder) / f"{n:06}"
                path.write_bytes(data)
                files[target].append(path)
            for target, paths in files.items():
                with self.subTest(target=target, SEED=SEED):
                    self.assertTrue(paths)
                    self.swallow_all(target, paths)

    def swallow_all(self, target, paths):
        code, output = swallow(target, paths)
        if code == 0:
            return
        for path in paths:  # which one was it?
            code, output = swallow(target, [path])
            if code != 0:
                self.fail(f"SEED={SEED}, reply {int(path.name)}: "
                          f"{path.read_bytes()[:2000]!r}\n{output}")
        self.fail(f"only all of them together fail: {output}")

    def test_the_same_seed_gives_the_same_replies(self):
        once, again = (list(hostile.replies(7, 50)) for _ in range(2))
        self.assertEqual(once, again)
        self.assertNotEqual(once, list(hostile.replies(8, 50)))

    def test_they_are_hostile_and_not_only_noise(self):
        """Some are still JSON, and some are not."""
        good = bad = 0
        for target, data in hostile.replies(7, 200):
            if target != "open_meteo":
                continue
            try:
                hostile.read(data)
                good += 1
            except (ValueError, RecursionError):
                bad += 1
        self.assertGreater(good, 10)
        self.assertGreater(bad, 10)


if __name__ == "__main__":
    unittest.main()
