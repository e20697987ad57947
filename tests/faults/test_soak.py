"""Months in minutes (T70, T71): memory, descriptors and threads stay flat.

A short run; `make soak` makes the long one, with SOAK_EVENTS events, and not
every SOAK_STRIDEth line of characters but all of them.
"""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from clock_rig import BUILD, EndToEnd, hub_config
from rig import WEATHER

TESTS = pathlib.Path(__file__).resolve().parent.parent
SHARED_MEMORY = pathlib.Path("/dev/shm")  # where fsync() costs nothing
EVENTS = int(os.environ.get("SOAK_EVENTS", "15000"))
STRIDE = int(os.environ.get("SOAK_STRIDE", "16"))
PASSES = 4
TIMEOUT_S = 3600
# Of the heap for all of the time simulated; and of what the kernel counts as
# ours, which comes and goes with what the allocator gives back. 64 KiB a day
# would be allowed.
HEAP_GROWTH = 64 * 1024
RSS_GROWTH_KB = 4 * 1024
SANITIZED = "sanitize" in BUILD.name


@unittest.skipIf("MIRROR_RUN" in os.environ,
                 "an emulator's memory is not the program's")
class Soak(EndToEnd):
    def replies(self, folder):
        """A house's items and a forecast, as the scripted hub gives them."""
        hub = self.hub("demo")
        fetch = self.fetch(hub_config(hub.url, WEATHER))
        fetch.data("lights")
        fetch.data("weather")
        files = []
        for name, path in (("items", "/rest/items"), ("weather", "/v1/")):
            asked = hub.log(path)[0]
            status, _, body = hub.request("GET", asked["target"])
            self.assertEqual(status, 200, asked)
            files.append(folder / name)
            files[-1].write_bytes(body)
        return files

    def run_soak(self, what, *amounts):
        """The samples of a run."""
        parent = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
        with tempfile.TemporaryDirectory(prefix="soak-", dir=parent) as name:
            folder = pathlib.Path(name)
            done = subprocess.run(
                [BUILD / "tests" / "faults" / "soak",
                 TESTS / "hub" / "demo.conf", *self.replies(folder), folder,
                 what, *map(str, amounts)], cwd=TESTS.parent, timeout=TIMEOUT_S,
                env={**os.environ, "TZ": "Europe/Berlin"},
                stdin=subprocess.DEVNULL, capture_output=True, text=True,
                check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        samples = [json.loads(line) for line in done.stdout.splitlines()]
        print(f"soak {what}: {samples[-1]}", flush=True)
        return samples

    def assert_flat(self, samples):
        """From when every minute of a day has been shown, or else the second
        sample."""
        warm = next((i for i, s in enumerate(samples) if s["day"] >= 1), 1)
        first, last = samples[warm], samples[-1]
        self.assertEqual(last["fds"], first["fds"])
        self.assertEqual(last["threads"], first["threads"])
        self.assertLessEqual(max(s["text_bytes"] for s in samples),
                             5 * 1024 * 1024)
        if SANITIZED:  # which has a heap of its own
            return
        self.assertLessEqual(last["heap"] - first["heap"], HEAP_GROWTH,
                             samples)
        self.assertLessEqual(last["anon_kb"] - first["anon_kb"],
                             RSS_GROWTH_KB, samples)

    def test_events_and_polls(self):
        samples = self.run_soak("events", EVENTS)
        last = samples[-1]
        self.assertEqual(len(samples), 10)
        self.assertEqual(last["hub"], "ok")
        self.assertGreater(last["events"], EVENTS * 0.98)
        self.assertGreater(last["polls"], EVENTS / 120)
        self.assertAlmostEqual(last["faults"], last["polls"] / 20, delta=1)
        self.assertGreater(last["records"], EVENTS / 10)
        self.assertGreater(last["frames"], EVENTS / 10)
        self.assert_flat(samples)

    def test_every_character(self):
        samples = self.run_soak("glyphs", PASSES, STRIDE)
        self.assertGreater(samples[-1]["evictions"], 0)
        self.assert_flat(samples)


if __name__ == "__main__":
    unittest.main()
