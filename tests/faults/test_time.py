"""Clocks that step, zones that change, machines that run for months (T10 to
T12, T14)."""

import calendar
import pathlib
import re
import shutil
import signal
import subprocess
import time
import unittest

from clock_rig import BUILD, Clock, Clocks, raw, shown, wait_for
from rig import MESSAGE, TODO, WEATHER, hub_config, lamp

WRAP_S = 2 ** 32 / 1000  # 49.7 days, where 32 bits of ms end
TIME = re.compile(r"\d{1,2}:\d\d")
WIDGETS = """
[widget weather]
position = bottom_left
[widget todo]
position = bottom_right
list = chores
[widget message]
position = upper_third
"""


def utc(text):
    """UTC seconds of "2026-01-31 07:12:00"."""
    return calendar.timegm(time.strptime(text, "%Y-%m-%d %H:%M:%S"))


class Steps(Clocks):
    def step(self, before, after, text):
        """A running mirror with a hub, whose clock is set: the picture is the
        one of a mirror that was started at the new time, and says `text`."""
        hub, config = self.house()
        self.clock.set(before)
        display = self.display()
        mirror = self.mirror(config, display)
        shown(display)
        wait_for("the hub", lambda: "hub: ok" in mirror.log())
        self.same_as_fresh(display, config)
        old = raw(display)
        self.clock.set(after)
        shown(display, unlike=old)
        self.same_as_fresh(display, config)
        self.assertIn(text, self.scene(config)["clock"])
        # What is pushed is as fresh as before.
        old = raw(display)
        hub.do("switch", item="Hall_Ceiling", state="ON")
        shown(display, unlike=old)
        self.same_as_fresh(display, config)
        steps = re.findall(r"clock: set by ([+-]\d+) s", mirror.log())
        self.assertEqual(len(steps), 1, mirror.log())
        self.assertAlmostEqual(int(steps[0]), after - before, delta=60)
        self.assertEqual(mirror.log().count("hub: ok"), 1, mirror.log())
        self.assertEqual(mirror.end(), 0, mirror.log())

    def test_from_1970_to_now(self):
        self.step(600, utc("2026-11-22 07:12:05"), "07:12")

    def test_back_by_three_years(self):
        self.step(utc("2029-11-22 07:12:05"), utc("2026-11-22 09:47:05"),
                  "09:47")

    def test_1970_is_shown_as_not_set(self):
        hub = self.hub("house5")
        config = hub_config(hub.url, TODO, MESSAGE, WEATHER,
                            "[widget clock]\nposition = top_left\n", WIDGETS)
        self.clock.set(600)
        texts = self.scene(config)
        self.assertIn("--:--", texts["clock"])
        self.assertIn("clock not set", texts["clock"])
        self.assertTrue(texts["todo"] and texts["weather"], texts)
        for widget, lines in texts.items():
            for line in lines:
                self.assertNotRegex(line, TIME, widget)
                self.assertNotRegex(line, "overdue|1970|today|tomorrow",
                                    widget)

    def test_a_step_back_does_not_stop_the_fetcher(self):
        hub = self.hub("house5")
        fetch = self.fetch(hub_config(hub.url), env={
            **self.clock.env(), "PATH": "/bin"})
        fetch.data("lights")
        mark = fetch.mark()
        self.clock.set(time.time() - 3 * 365 * 86400)
        hub.do("switch", item="Hall_Ceiling", state="ON")
        fetch.data("lights", good=lamp("Decke", state="on"),
                   since=mark)
        hub.stop()
        fetch.state("hub", "offline", since=mark)
        mark = fetch.mark()
        self.hub("house5", port=hub.port)
        fetch.state("hub", "ok", since=mark)

    def test_ages_pass_a_wrap_of_32_bits(self):
        """49.7 days up, with a hub that is lost across the border."""
        hub, config = self.house()
        self.clock.set(utc("2026-11-22 07:12:05"), WRAP_S - time.clock_gettime(
            time.CLOCK_BOOTTIME) - 3600)
        display = self.display()
        mirror = self.mirror(config, display)
        shown(display)
        wait_for("the hub", lambda: "hub: ok" in mirror.log())
        old = raw(display)
        hub.do("switch", item="Hall_Ceiling", state="ON")
        old = shown(display, unlike=old)
        for ahead_s in (-5, 5, 3600):
            self.clock.set(utc("2026-11-22 09:47:05") + ahead_s,
                           WRAP_S - time.clock_gettime(time.CLOCK_BOOTTIME)
                           + ahead_s)
            hub.do("switch", item="Hall_Ceiling",
                        state="OFF" if ahead_s == 5 else "ON")
            old = shown(display, unlike=old)
        self.same_as_fresh(display, config)
        hub.stop()
        wait_for("the loss", lambda: "hub: offline" in mirror.log())
        self.clock.set(utc("2026-11-22 11:47:05"),
                       WRAP_S - time.clock_gettime(time.CLOCK_BOOTTIME)
                       + 3 * 3600)
        # Long enough ago to be no fact any more: the lamps are gone.
        shown(display, unlike=old)
        self.assertEqual(mirror.end(), 0, mirror.log())


class Zones(Clocks):
    zone = {"TZ": "Europe/Berlin"}

    def border(self, before, text, last):
        self.clock.set(before)
        config = "[widget clock]\nposition = top_left\n"
        display = self.display()
        mirror = self.mirror(config, display, MIRROR_FETCH="/bin/true")
        old = shown(display)
        self.assertIn(last, self.scene(config, MIRROR_FETCH="/bin/true")
                      ["clock"])
        self.clock.set(before + 56)  # two seconds before the hour changes
        shown(display, unlike=old)
        self.same_as_fresh(display, config, MIRROR_FETCH="/bin/true")
        self.assertIn(text, self.scene(config, MIRROR_FETCH="/bin/true")
                      ["clock"])
        self.assertEqual(mirror.end(), 0, mirror.log())

    def test_spring(self):
        self.border(utc("2026-03-29 00:59:02"), "03:00", "01:59")

    def test_autumn(self):
        self.border(utc("2026-10-25 00:59:02"), "02:00", "02:59")

    def test_zone_data_that_is_missing_and_replaced(self):
        """None: UTC. Then tzdata comes, and another place."""
        folder = pathlib.Path(self.folder())
        zones = pathlib.Path("/usr/share/zoneinfo")
        self.zone = {"TZ": "Here", "TZDIR": str(folder)}
        self.clock.set(utc("2026-11-22 07:12:05"))
        config = "[widget clock]\nposition = top_left\n"
        quiet = {"MIRROR_FETCH": "/bin/true"}
        display = self.display()
        mirror = self.mirror(config, display, **quiet)
        old = shown(display)
        self.assertIn("07:12", self.scene(config, **quiet)["clock"])
        for zone, text in (("Europe/Berlin", "08:"), ("Asia/Tokyo", "16:")):
            shutil.copy(zones / zone, folder / "new")
            (folder / "new").replace(folder / "Here")
            mirror.signal(signal.SIGHUP)  # or within a minute
            old = shown(display, unlike=old)
            self.same_as_fresh(display, config, **quiet)
            self.assertTrue(any(t.startswith(text) for t in self.scene(
                config, **quiet)["clock"]))
        self.assertEqual(mirror.log().count("time zone was read again"), 2)
        self.assertEqual(mirror.end(), 0, mirror.log())


if __name__ == "__main__":
    unittest.main()
