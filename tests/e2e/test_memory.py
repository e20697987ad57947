"""What a mirror shows that starts without hub and network: what it knew, and
how old that is."""

import json
import os
import pathlib
import struct
import subprocess
import unittest

from rig import (
    BUILD, MESSAGE, NO_TAMPERING, TODO, UNTRACED, WEATHER, EndToEnd,
    hub_config)

TIME_OK, TIME_ERROR = 0, 5  # adjtimex(2)

PAGE = """
[widget lights]
position = top_left
[widget weather]
position = top_right
[widget todo]
position = bottom_left
list = chores
"""
POLYNOMIAL = 0x82F63B78  # CRC-32C
HEADER = struct.Struct("=IHHIIqqqII")
ENTRY = struct.Struct("=HHIIIQ")
TAKEN_AT = 96  # in a record's head


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (POLYNOMIAL if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def age(data, seconds, booted_since=False, clock_known=0):
    """The cache's file as if it had been written so much earlier, by a clock
    that was vouched for or not, and before the last start of the machine."""
    data = bytearray(data)
    magic, version, count, size, _, *stamp = HEADER.unpack_from(data)
    stamp[1] -= seconds if booted_since else 0
    stamp[4] = clock_known
    at = HEADER.size
    for _ in range(count):
        stored = ENTRY.unpack_from(data, at)[3]
        at += ENTRY.size
        taken, = struct.unpack_from("=q", data, at + TAKEN_AT)
        struct.pack_into("=q", data, at + TAKEN_AT, taken - seconds)
        at += (stored + 7) // 8 * 8
    HEADER.pack_into(data, 0, magic, version, count, size, 0, *stamp)
    sum_ = crc32c(bytes(data[:12]) + bytes(data[16:]))
    HEADER.pack_into(data, 0, magic, version, count, size, sum_, *stamp)
    return bytes(data)


class Memory(EndToEnd):
    def setUp(self):
        self.state = pathlib.Path(self.folder())
        self.env = {**os.environ, "STATE_DIRECTORY": str(self.state)}

    def live_once(self):
        """A run with everything; then hub and weather are gone."""
        hub = self.hub()
        self.config = hub_config(hub.url, TODO, MESSAGE, WEATHER)
        fetch = self.fetch(self.config, env=self.env)
        lights = fetch.data("lights")
        fetch.data("weather")
        fetch.data("todo", name="shopping")
        fetch.process.terminate()
        fetch.process.wait(15)
        hub.stop()
        return lights

    def texts(self):
        """{widget: its texts} of a picture, drawn without any network."""
        home = pathlib.Path(self.folder())
        (home / "mirror.conf").write_text(self.config + PAGE, "utf-8")
        done = subprocess.run(
            [BUILD / "mirror", "-c", home / "mirror.conf", "--snapshot",
             home / "a.png", f"--scene={home / 'a.json'}", "--wait=10"],
            env={**self.env, "MIRROR_FETCH": str(BUILD / "mirror-fetch")},
            stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        log = done.stderr.decode("utf-8", "replace")
        self.assertEqual(done.returncode, 0, log)
        scene = json.loads((home / "a.json").read_text("utf-8"))
        return {w["widget"]: [t["text"] for t in w["texts"]]
                for w in scene["widgets"]}

    def make_older(self, seconds, **options):
        path = self.state / "last-good"
        path.write_bytes(age(path.read_bytes(), seconds, **options))

    def test_records_come_before_any_connection(self):
        lights = self.live_once()
        self.make_older(3600)
        fetch = self.fetch(self.config, env=self.env)
        _, record = fetch.wait(lambda r: r["kind"] == "lights")
        self.assertEqual(record["status"], "connecting")
        self.assertIn(record["age_s"], range(3600, 3700))
        self.assertEqual([x["name"] for x in record["data"]["lights"]],
                         [x["name"] for x in lights["lights"]])
        for kind, name in (("weather", ""), ("message", ""),
                           ("todo", "chores"), ("todo", "shopping")):
            _, record = fetch.wait(lambda r: r["kind"] == kind
                                   and r["name"] == name)
            self.assertIn(record["age_s"], range(3600, 3700))

    def test_a_picture_without_network_has_its_age(self):
        self.live_once()
        self.make_older(20 * 60)
        texts = self.texts()
        self.assertIn("Lichtleiste", " ".join(texts["lights"]))
        self.assertIn("20 min", " ".join(texts["lights"]))
        self.assertTrue(any("\N{DEGREE SIGN}" in t for t in texts["weather"]),
                        texts)
        self.assertTrue(texts["todo"], texts)

    def test_old_lamps_are_not_shown(self):
        self.live_once()
        self.make_older(31 * 60)
        texts = self.texts()
        self.assertNotIn("Lichtleiste", " ".join(texts["lights"]))
        self.assertIn("since", " ".join(texts["lights"]).lower())
        self.assertTrue(any("\N{DEGREE SIGN}" in t for t in texts["weather"]),
                        texts)

    def test_another_hub_is_told_nothing(self):
        self.live_once()
        self.config = self.config.replace("http://127.0.0.1",
                                          "http://127.0.0.2")
        fetch = self.fetch(self.config, env=self.env)
        fetch.state("hub", "offline")
        fetch.state("weather", "offline")
        self.assertEqual(fetch.since(0, "lights"), [])
        self.assertEqual(fetch.since(0, "weather"), [])
        self.assertNotIn("cache", fetch.log())

    @unittest.skipIf(NO_TAMPERING, f"the clock cannot be tampered with: "
                     f"{NO_TAMPERING}")
    def test_ages_over_a_start_of_the_machine(self):
        self.live_once()
        path = self.state / "last-good"
        written = path.read_bytes()
        synchronized = os.path.exists("/run/systemd/timesync/synchronized")
        for then, now, known in ((1, TIME_OK, True), (0, TIME_OK, False),
                                 (1, TIME_ERROR, synchronized),
                                 (0, TIME_ERROR, False)):
            with self.subTest(then=then, now=now):
                path.write_bytes(age(written, 7200, True, then))
                fetch = self.fetch(
                    self.config, env={**self.env, **UNTRACED},
                    wrapper=["strace", "-D", "-f", "-o", "/dev/null", "-e",
                             f"inject=clock_adjtime,adjtimex:retval={now}"])
                _, record = fetch.wait(lambda r: r["kind"] == "lights")
                if known:
                    self.assertIn(record["age_s"], range(7200, 7300))
                else:
                    self.assertIsNone(record["age_s"])
