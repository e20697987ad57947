"""Name servers that are silent, late or wrong, names that mean what they must
not, and a link that is down: in a network of the test's own (T15, T18, T19).
"""

import os
import pathlib
import re
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

import network  # noqa: E402
from clock_rig import Clock  # noqa: E402
from network import (  # noqa: E402
    NXDOMAIN, REFUSED, SERVFAIL, SILENT, NameServer, Network, ip)
from peers import RawServer  # noqa: E402
from rig import WEATHER, hub_config, lamp, weather_config  # noqa: E402
from test_tls import texts  # noqa: E402
from tls_rig import TlsCase, TlsFront  # noqa: E402

WORLD = "9.9.9.9"  # global unicast; in here it is this machine
RETURN_S = 10
PAGE = """
[widget clock]
position = top_left
[widget weather]
position = top_right
[widget lights]
position = bottom_right
show = all
"""
# What no weather host may be; in the order of fetch/address.h.
FORBIDDEN = ["127.0.0.1", "::1", "10.1.2.3", "192.168.1.20", "172.16.0.1",
             "100.64.0.1", "fd00::1", "169.254.1.1", "0.0.0.0",
             "::ffff:127.0.0.1", "::ffff:9.9.9.9", "2002:909:909::1",
             "64:ff9b::909:909", "224.0.0.1", "198.18.0.1"]


@unittest.skipIf(network.WHY_NOT, network.WHY_NOT)
class OwnNetwork(TlsCase):
    def setUp(self):
        self.net = Network()
        self.net.__enter__()
        self.addCleanup(self.net.__exit__)
        self.net.add(f"{WORLD}/32")

    def name_server(self, **names):
        server = NameServer(**names)
        self.addCleanup(server.stop)
        return server

    def raw_server(self, *arguments, **options):
        server = RawServer(*arguments, **options)
        self.addCleanup(server.stop)
        return server


class NameServers(OwnNetwork):
    """The hub is at an address, the weather host has a name."""

    def weather_host(self, hub):
        """The hub's weather out in the world, as weather.test."""
        certificate, key = self.certificate("DNS:weather.test")
        self.net.replace("/etc/ssl/certs/ca-certificates.crt",
                         certificate.read_text())
        front = TlsFront(hub.port, certificate, key, host=WORLD, port=443)
        self.addCleanup(front.stop)
        return front

    def running(self):
        """A hub, and a config with weather from the world."""
        hub = self.hub(weather={"days": [{"code": 3, "min": -1, "max": 3}]})
        self.weather_host(hub)
        return hub, hub_config(hub.url, WEATHER.replace(
            "{url}", "https://weather.test"))

    def offline_at(self, fetch):
        """The place of the first record that says the weather is away."""
        for at, (_, record) in enumerate(fetch.records):
            if record["kind"] == "status" and any(
                    s["source"] == "weather" and s["state"] == "offline"
                    for s in record["data"]["sources"]):
                return at
        return None

    def test_a_silent_one_stops_nothing(self):
        hub, config = self.running()
        names = self.name_server()
        names.unknown = SILENT
        fetch = self.fetch(config)
        fetch.data("lights")
        self.eventually(lambda: names.asked, "a question")
        mark = fetch.mark()
        for word in ("ON", "OFF", "ON"):
            hub.do("switch", item="Hall_Ceiling", state=word)
            fetch.data("lights", since=mark,
                       good=lamp("Decke", state=word.lower()))
        self.assertIsNone(self.offline_at(fetch))  # it was still waiting
        fetch.state("weather", "offline", timeout_s=40)
        _, scene, _ = self.snapshot(config + PAGE, "--wait=40")
        self.assertIn("Decke", texts(scene))
        self.assertIn("no weather", " ".join(texts(scene)).lower())
        self.assertRegex(" ".join(texts(scene)), r"\d\d:\d\d")
        names.names["weather.test"] = [WORLD]
        mark = fetch.mark()
        fetch.data("weather", since=mark, timeout_s=40)
        self.assertEqual(fetch.log().count("weather: offline"), 1)
        self.assertNotIn("hub: offline", fetch.log())

    def test_wrong_ones_are_told_and_survived(self):
        hub, config = self.running()
        names = self.name_server()
        for code in (SERVFAIL, REFUSED, NXDOMAIN):
            with self.subTest(code=code):
                names.unknown = code
                names.names.clear()
                fetch = self.fetch(config)
                fetch.data("lights")
                fetch.state("weather", "offline", timeout_s=40)
                self.assertIn("weather: offline: name not found\n",
                              fetch.log())
                names.names["weather.test"] = [WORLD]
                fetch.data("weather", timeout_s=40)
                self.assertNotIn("hub: offline", fetch.log())

    def test_a_late_one_counts_as_silent(self):
        hub, config = self.running()
        names = self.name_server(weather_test=[WORLD])
        names.delay_s = 30
        fetch = self.fetch(config)
        fetch.data("lights")
        fetch.state("weather", "offline", timeout_s=40)
        names.delay_s = 0
        fetch.data("weather", timeout_s=40)

    def test_a_hundred_addresses(self):
        hub, config = self.running()
        names = self.name_server(weather_test=[
            f"10.0.0.{n}" for n in range(99)] + [WORLD])
        fetch = self.fetch(config)
        fetch.data("weather", timeout_s=40)
        self.assertIn("tcp", {protocol for _, _, protocol in names.asked})


class Meanings(OwnNetwork):
    def test_forbidden_addresses_see_nobody(self):
        self.net.add("10.1.2.3/32", "192.168.1.20/32", "172.16.0.1/32",
                     "100.64.0.1/32", "169.254.1.1/32", "198.18.0.1/32",
                     "fd00::1/128", "2002:909:909::1/128",
                     "64:ff9b::909:909/128")
        everybody = self.raw_server(b"", host="", port=443)
        names = self.name_server(good_test=[WORLD], **{
            f"bad{n}_test": [address] for n, address in enumerate(FORBIDDEN)})
        runs = [(address, self.fetch(weather_config(f"https://bad{n}.test")))
                for n, address in enumerate(FORBIDDEN)]
        for address, fetch in runs:
            with self.subTest(address):
                fetch.state("weather", "offline", timeout_s=60)
                self.assertIn("weather: offline: address not allowed: ",
                              fetch.log())
        self.assertEqual(len({name for name, _, _ in names.asked}),
                         len(FORBIDDEN))
        self.assertEqual(everybody.connects, 0)
        # It would have been seen.
        self.fetch(weather_config("https://good.test")).state(
            "weather", "offline")
        self.assertEqual(everybody.connects, 1)

    def test_a_hub_whose_name_changes_its_meaning(self):
        hub = self.hub()
        names = self.name_server(hub_test=["127.0.0.1"])
        elsewhere = self.raw_server(b"", host=WORLD, port=hub.port)
        fetch = self.fetch(hub_config(f"http://hub.test:{hub.port}"))
        fetch.data("lights")
        fetch.state("hub", "ok")
        mark = fetch.mark()
        names.names["hub.test"] = [WORLD]
        asked = len(names.asked)
        hub.do("drop")
        self.eventually(lambda: len(names.asked) >= asked + 4,
                        "two more questions")
        self.assertIn(f"hub: offline: address not allowed: {WORLD}:",
                      fetch.log() + "".join(
                          f"hub: {s['state']}: {s['detail']}"
                          for d in fetch.since(mark, "status")
                          for s in d["sources"]))
        self.assertEqual(fetch.since(mark, "lights"), [])  # the old ones stay
        names.names["hub.test"] = [WORLD, "127.0.0.1"]
        fetch.state("hub", "ok", since=mark)
        self.assertEqual(elsewhere.connects, 0)


class Link(OwnNetwork):
    def test_down_for_an_hour(self):
        hub = self.hub(weather={"days": [{"code": 3, "min": -1, "max": 3}]})
        clock = Clock(self.folder())
        fetch = self.fetch(hub_config(hub.url, WEATHER),
                           env={**os.environ, **clock.env()})
        fetch.data("weather")
        fetch.state("hub", "ok")
        mark = fetch.mark()
        self.net.down()
        clock.set(mono_ahead_s=3600)
        fetch.state("hub", "offline", since=mark)
        fetch.state("weather", "offline", since=mark)
        for minutes in range(61, 67):  # all back-offs reach their top
            clock.set(mono_ahead_s=60 * minutes)
            time.sleep(0.5)
        mark = fetch.mark()
        up_s = time.monotonic()
        self.net.up()
        back_s = {source: fetch.state(source, "ok", since=mark) - up_s
                  for source in ("hub", "weather")}
        self.assertLess(max(back_s.values()), RETURN_S, back_s)
        hub.do("switch", item="Hall_Ceiling", state="ON")
        fetch.data("lights", since=mark, good=lamp("Decke", state="on"))
        for source in ("hub", "weather"):
            self.assertEqual(re.findall(rf"{source}: (offline|ok)",
                                        fetch.log()),
                             ["ok", "offline", "ok"])


if __name__ == "__main__":
    unittest.main()
