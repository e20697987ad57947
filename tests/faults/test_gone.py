"""A hub that is wrong for a week, and weather that never comes back."""

import os
import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from rig import WEATHER, EndToEnd, Fetch, hub_config  # noqa: E402
from test_memory import age  # noqa: E402

WEEK_S = 7 * 24 * 3600
LIGHTS = "[widget lights]\nposition = bottom_right\nshow = all\n"
SKY = "[widget weather]\nposition = top_right\n"
CLOCK = "[widget clock]\nposition = top_left\n"


def texts(scene, name=None):
    """What a widget says, or all of the picture."""
    return [text["text"] for widget in scene["widgets"]
            if name in (None, widget["widget"]) for text in widget["texts"]]


class Gone(EndToEnd):
    def test_a_hub_that_is_wrong_for_a_week(self):
        hub = self.hub()
        config, port = hub_config(hub.url), hub.port
        env = {**os.environ, "STATE_DIRECTORY": self.folder()}
        fetch = Fetch(config, env=env)
        fetch.data("lights")
        self.assertEqual(fetch.stop(), 0)
        cache = pathlib.Path(env["STATE_DIRECTORY"]) / "last-good"
        known = cache.read_bytes()
        hub.stop()
        hub = self.hub(port=port)
        hub.do("body", path="/rest/items", body='{"error": 1}')
        for seconds, shown in ((20 * 60, True), (WEEK_S, False)):
            with self.subTest(seconds=seconds):
                cache.write_bytes(age(known, seconds))
                _, scene, log = self.snapshot(config + CLOCK + LIGHTS,
                                              "--wait=30", env=env)
                self.assertIn("hub: reply not understood", texts(scene))
                self.assertTrue(texts(scene, "clock"))
                lamps = " ".join(texts(scene, "lights"))
                self.assertEqual("Decke" in lamps, shown, lamps)
                self.assertIn("20 min" if shown else "since", lamps)
                self.assertEqual(len(re.findall(r"hub: bad-reply", log)), 1)

    def test_it_is_told_once_and_asked_at_a_bounded_rate(self):
        hub = self.hub()
        hub.do("body", path="/rest/items", body="[{]")
        fetch = self.fetch(hub_config(hub.url))
        self.eventually(lambda: len(hub.log("/rest/items")) == 5,
                        "five tries", timeout_s=30)
        asked_s = [entry["monotonic_s"] for entry in hub.log("/rest/items")]
        waits_s = [b - a for a, b in zip(asked_s, asked_s[1:])]
        for waited_s, base_s in zip(waits_s, (1, 2, 4, 5)):
            self.assertGreater(waited_s, base_s * 0.8 - 0.01)
        self.assertEqual(fetch.log().count("hub: bad-reply"), 1)
        mark = fetch.mark()
        hub.do("resume")
        fetch.state("hub", "ok", since=mark)

    def test_weather_that_is_gone_for_ever(self):
        hub = self.hub()
        hub.do("status", path="/v1", status=410)
        _, scene, log = self.snapshot(
            hub_config(hub.url, WEATHER, CLOCK, LIGHTS, SKY), "--wait=30")
        self.assertTrue(texts(scene, "clock"))
        self.assertIn("Decke", texts(scene, "lights"))
        self.assertIn("no weather", " ".join(texts(scene, "weather")).lower())
        self.assertNotIn("\N{DEGREE SIGN}", "".join(texts(scene)))
        self.assertEqual(re.findall(r"weather: config.*", log),
                         ["weather: config: status 410"])
        self.assertEqual(len(hub.log("/v1")), 1)


if __name__ == "__main__":
    unittest.main()
