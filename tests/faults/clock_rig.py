"""Programs whose clocks, and sensors, a test sets while they run, and their
pictures."""

import json
import os
import pathlib
import struct
import subprocess
import sys
import time
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "e2e"))

from rig import BUILD, EndToEnd, hub_config  # noqa: E402
from screen_rig import Display, Mirror, wait_for  # noqa: E402

SHIM = BUILD / "tests" / "faults" / "clock_shim.so"
WHY_NOT = ("an emulator preloads nothing" if "MIRROR_RUN" in os.environ
           else None if Display.possible() else "no Xvfb")
SIZE = "800x480"
PAGE = """
[widget clock]
position = top_left
[widget lights]
position = top_right
show = all
"""


class Clock:
    """The offsets that clock_shim.c adds, in a file of `folder`."""

    def __init__(self, folder, wall_s=None, mono_ahead_s=0):
        self.path = pathlib.Path(folder) / "clock"
        self.path.write_bytes(bytes(16))
        self.set(wall_s, mono_ahead_s)

    def set(self, wall_s=None, mono_ahead_s=0):
        """Makes it that time, by the wall clock, and the machine so much
        longer up. A running program is told."""
        ahead_s = 0 if wall_s is None else wall_s - time.time()
        with open(self.path, "r+b") as file:
            file.write(struct.pack("=qq", int(ahead_s * 1000),
                                   int(mono_ahead_s * 1000)))

    def env(self):
        return {"LD_PRELOAD": str(SHIM), "MIRROR_CLOCK": str(self.path),
                # the sanitizer wants to be the first library
                "ASAN_OPTIONS": "verify_asan_link_order=0"}


@unittest.skipIf(WHY_NOT, WHY_NOT)
class Clocks(EndToEnd):
    """Tests with a clock of their own."""

    zone = {"TZ": "UTC"}

    def setUp(self):
        super().setUp()
        self.clock = Clock(self.folder())

    def display(self):
        display = Display()
        self.addCleanup(display.close)
        return display

    def mirror(self, config, display, **env):
        env = {"MIRROR_FETCH": str(BUILD / "mirror-fetch"),
               **self.clock.env(), **self.zone, **env}
        mirror = Mirror(config, f"--window={SIZE}", display=display, **env)
        self.addCleanup(mirror.close)
        return mirror

    def house(self, *sections):
        """A hub of five lamps, and a config that shows them."""
        hub = self.hub("house5")
        return hub, hub_config(hub.url, PAGE, *sections)

    def scene(self, config, wait_s=10, **env):
        """All texts of a picture that is drawn by this clock, by widget."""
        home = pathlib.Path(self.folder())
        (home / "mirror.conf").write_text(config, "utf-8")
        done = subprocess.run(
            [BUILD / "mirror", "-c", home / "mirror.conf", "--snapshot",
             home / "a.png", f"--scene={home / 'a.json'}",
             f"--wait={wait_s}", f"--size={SIZE}"],
            env={**os.environ, "MIRROR_FETCH": str(BUILD / "mirror-fetch"),
                 **self.clock.env(), **self.zone, **env},
            stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        scene = json.loads((home / "a.json").read_text("utf-8"))
        return {w["widget"]: [t["text"] for t in w["texts"]]
                for w in scene["widgets"]}

    def same_as_fresh(self, display, config, **env):
        """Waits until the picture is what a mirror shows that has just been
        started, with the same clock."""
        fresh = self.display()
        mirror = self.mirror(config, fresh, **env)

        def same():
            shown = raw(fresh)
            return any(shown) and raw(display) == shown
        wait_for("the picture of a mirror that was just started", same)
        self.assertEqual(mirror.end(), 0, mirror.log())


def raw(display):
    """The bytes of the picture, without the head of the file."""
    data = (pathlib.Path(display.folder) / "Xvfb_screen0").read_bytes()
    return data[-800 * 480 * 4:]


def shown(display, unlike=None):
    """Waits for a picture that is not black, nor like another."""
    def good():
        picture = raw(display)
        return picture if any(picture) and picture != unlike else None
    return wait_for("another picture", good)
