"""From the hub through both programs to what is on the picture."""

import os
import pathlib
import struct
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import (  # noqa: E402
    BUILD, MESSAGE, TESTS, TODO, WEATHER, EndToEnd, hub_config)

LIGHTS = """
[widget lights]
position = top_left
show = all
"""
PAGE = """
[widget clock]
position = top_left
[widget message]
position = upper_third
[widget lights]
position = bottom_right
show = all
"""


def texts(scene, name):
    """What a widget says, from top to bottom."""
    return [text["text"] for widget in scene["widgets"]
            if widget["widget"] == name for text in widget["texts"]]


class Picture(EndToEnd):
    def test_lamps_are_on_it(self):
        hub = self.hub()
        config = hub_config(hub.url, LIGHTS)
        picture, scene, _ = self.snapshot(config, "--size=1920x1080")
        self.assertEqual(picture[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(struct.unpack(">II", picture[16:24]), (1920, 1080))
        self.assertEqual(scene["size"], [1920, 1080])
        shown = texts(scene, "lights")
        for word in ("Flur", "Wohnzimmer", "Decke"):
            self.assertIn(word, shown)
        again, _, _ = self.snapshot(config, "--size=1920x1080")
        self.assertEqual(again, picture)
        hub.do("switch", item="Hall_Ceiling", state="ON")
        other, _, _ = self.snapshot(config, "--size=1920x1080")
        self.assertNotEqual(other, picture)

    def test_message_comes_and_goes(self):
        hub = self.hub()
        config = hub_config(hub.url, MESSAGE,
                            "[widget message]\nposition = top_center\n")
        _, scene, _ = self.snapshot(config)
        self.assertEqual("".join(texts(scene, "message")), "")
        hub.do("message", text="Essen!")
        _, scene, _ = self.snapshot(config)
        self.assertIn("Essen!", texts(scene, "message"))

    def test_without_a_hub(self):
        hub = self.hub()
        config = hub_config(hub.url, MESSAGE, PAGE)
        hub.stop()
        # An emulator may not have started mirror-fetch in a second.
        wait_s = 10 if "MIRROR_RUN" in os.environ else 1
        _, scene, _ = self.snapshot(config, f"--wait={wait_s}",
                                    "--at=2026-01-31T07:12")
        self.assertTrue(texts(scene, "clock"))
        self.assertNotIn("Decke", texts(scene, "lights"))
        said = " ".join(t["text"] for w in scene["widgets"]
                        for t in w["texts"]).lower()
        self.assertIn("offline", said)

    def test_demo_is_whole(self):
        hub = self.hub("demo")
        config = (TESTS / "hub" / "demo.conf").read_text("utf-8").replace(
            "@URL@", hub.url)
        _, scene, log = self.snapshot(config, "--size=1920x1080")
        self.assertEqual({w["widget"] for w in scene["widgets"]
                          if w["texts"]},
                         {"clock", "weather", "message", "value", "todo",
                          "lights"})
        # but for an emulator, which has no sandbox
        self.assertNotIn("warning", log.replace("warning: sandbox: none", ""))
        self.assertNotIn("error", log)

    def test_demo_config_is_good(self):
        text = (TESTS / "hub" / "demo.conf").read_text("utf-8").replace(
            "@URL@", "http://127.0.0.1:1")
        with self.subTest("demo.conf"):
            self.check(text, 0)
        with self.subTest("everything the tests use"):
            self.check(hub_config("http://127.0.0.1:1", TODO, MESSAGE,
                                  WEATHER, PAGE), 0)

    def check(self, text, code):
        path = pathlib.Path(self.folder()) / "mirror.conf"
        path.write_text(text, "utf-8")
        done = subprocess.run([BUILD / "mirror", "--check", "-c", path],
                              capture_output=True, timeout=30)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
