"""A hub that sends 10,000 events a second: the picture follows at no more than
30 frames a second, memory stays flat, and no other source starves."""

import os
import pathlib
import sys
import time
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "e2e"))

from rig import (  # noqa: E402
    BUILD, SANITIZED, WEATHER, EndToEnd, hub_config, lamp)
from screen_rig import Display, Mirror, wait_for  # noqa: E402

SHIM = BUILD / "tests" / "faults" / "present_shim.so"
LAMP = "Hall_Direct"
NAME = "Spiegelleuchte"
FLOOD = {"item": LAMP, "states": ["11", "22", "33", "0"],
         "per_second": 10000}
PAGE = """
[widget lights]
position = top_left
show = all
"""


def resident_kb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().split("\n"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


class Flood(EndToEnd):
    def test_the_records_follow_and_nobody_starves(self):
        hub, sky = self.hub(), self.hub()
        sky.do("restart", refuse_s=2)
        fetch = self.fetch(hub_config(hub.url)
                           + WEATHER.replace("{url}", sky.url))
        fetch.data("lights", good=lamp(NAME))
        before = resident_kb(fetch.process.pid)
        mark = fetch.mark()
        hub.do("flood", seconds=6, **FLOOD)
        self.assertEqual(fetch.since(0, "weather"), [])
        fetch.data("weather")  # which was refused, and is asked again
        during = fetch.mark()
        fetch.data("lights", good=lamp(NAME, state="on"), since=during)
        hub.do("switch", item="Hall_Ceiling", state="ON")
        fetch.data("lights", good=lamp("Decke", state="on"), since=during)
        time.sleep(6)
        hub.do("switch", item=LAMP, state="77")
        fetch.data("lights", good=lamp(NAME, brightness=77), since=during)
        # Many events make one record.
        self.assertLess(len(fetch.since(mark, "lights")), 60000 / 8)
        # 60,000 events of 60 bytes: anything kept of them would be seen.
        if not SANITIZED:
            self.assertLess(resident_kb(fetch.process.pid), before + 1024)

    @unittest.skipUnless(Display.possible(), "no Xvfb")
    @unittest.skipIf("MIRROR_RUN" in os.environ,
                     "an emulator preloads nothing")
    def test_at_most_thirty_frames_a_second(self):
        hub = self.hub()
        display = Display()
        self.addCleanup(display.close)
        times = pathlib.Path(self.folder()) / "times"
        mirror = Mirror(
            hub_config(hub.url, PAGE), "--window=640x400", display=display,
            MIRROR_FETCH=str(BUILD / "mirror-fetch"), LD_PRELOAD=str(SHIM),
            MIRROR_PRESENTED=str(times),
            # the sanitizer wants to be the first library
            ASAN_OPTIONS="verify_asan_link_order=0:detect_leaks=0")
        self.addCleanup(mirror.close)
        wait_for("the lamps", lambda: "hub: ok" in mirror.log())
        # What it needs for its pictures is there before it is measured.
        hub.do("flood", seconds=1, **FLOOD)
        time.sleep(1.5)
        before = resident_kb(mirror.process.pid)
        hub.do("flood", seconds=4, **FLOOD)
        time.sleep(4.5)
        if not SANITIZED:
            self.assertLess(resident_kb(mirror.process.pid), before + 2048)
        shown = [int(line) for line in times.read_text().split()]
        self.assertGreater(len(shown), 10, "the picture does not follow")
        for one, later in zip(shown, shown[30:]):
            self.assertGreaterEqual(later - one, 30 * 33 - 5)


if __name__ == "__main__":
    unittest.main()
