"""Answers that lie about their length, their coding, or do not come: what was
known stays on the picture, and the log says why there is nothing new."""

import concurrent.futures
import gzip
import os
import pathlib
import re
import sys
import time
import unittest
import zlib

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

import peers  # noqa: E402
from peers import OK_JSON, RawServer, body, chunk  # noqa: E402
from rig import (  # noqa: E402
    BUILD, EndToEnd, Fetch, HubProcess, weather_config)

PAGE = "[widget clock]\nposition = top_left\n" \
       "[widget weather]\nposition = top_right\n"
SIZED = OK_JSON + b"Content-Length: "
BAD, TOO_BIG = ("weather: reply not understood", "weather: reply too big")
# What the log says.
BIG = "the answer is too big"
ODD = "not understood"
TORN = "no JSON"
BROKEN = "broke off"
HEAP_KB = 64 * 1024
# Sanitizers multiply what a program needs.
MEMORY_FACTOR = 8 if "sanitize" in BUILD.name else 1


def bomb(inner):
    """200 MB of blanks behind `inner`, packed to a thousandth."""
    packer = zlib.compressobj(9, wbits=31)
    blanks = b" " * 1024 * 1024
    return (packer.compress(inner)
            + b"".join(packer.compress(blanks) for _ in range(200))
            + packer.flush())


def trickle(peer, head):
    """A head, and then a byte now and then for as long as anybody listens."""
    peer.sendall(head + b"Content-Length: 100000\r\n\r\n")
    while True:
        peer.sendall(b" ")
        time.sleep(0.5)


def peak_kb(fetch):
    """The most memory that a program ever had."""
    status = pathlib.Path(f"/proc/{fetch.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1])


class Lies(EndToEnd):
    """Each lie is told to a mirror that knows weather of an earlier run."""

    @classmethod
    def setUpClass(cls):
        with HubProcess({"weather": {"days": [{"code": 3, "min": -1,
                                               "max": 3}]}}) as hub:
            case = cls()
            case.fetch(weather_config(hub.url)).data("weather")
            cls.sky = hub.request("GET", hub.log("/v1")[0]["target"])[2]
            case.doCleanups()

    def look(self, answer):
        """(texts of the weather, all texts, log) of a picture that is drawn
        after weather came once, and then only this answer."""
        server = RawServer(body(self.sky))
        self.addCleanup(server.stop)
        env = {**os.environ, "STATE_DIRECTORY": self.folder()}
        fetch = Fetch(weather_config(server.url), env=env)
        try:
            fetch.data("weather")
        finally:
            self.assertEqual(fetch.stop(), 0)
        server.answer = answer
        _, scene, log = self.snapshot(weather_config(server.url) + PAGE,
                                      "--wait=60", env=env)
        self.assertEqual(len(server.requests), 2)
        texts = {w["widget"]: [t["text"] for t in w["texts"]]
                 for w in scene["widgets"]}
        return texts["weather"], sum(texts.values(), []), log

    def assert_all_old(self, cases):
        """Answers as (bytes, state, words of its line, notice on screen)."""
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for case, look in zip(cases, pool.map(
                    self.look, [case[0] for case in cases])):
                with self.subTest(repr(case[0])[:150]):
                    self.assert_old(look, *case[1:])

    def assert_old(self, look, state, words, notice):
        weather, texts, log = look
        self.assertIn("3\N{DEGREE SIGN}", weather)
        self.assertIn("Weather data by Open-Meteo.com", weather)
        if notice:
            self.assertIn(notice, texts)
        lines = re.findall(r"weather: (\S+): (.*)", log)
        self.assertEqual([line[0] for line in lines], [state], log)
        self.assertIn(words, lines[0][1])

    def test_lengths_that_lie(self):
        size, sky = len(self.sky), self.sky
        self.assert_all_old([
            (SIZED + b"10000000000\r\n\r\n[", "too-big", BIG, TOO_BIG),
            (SIZED + b"18446744073709551617\r\n\r\n[", "too-big", BIG,
             TOO_BIG),
            (SIZED + b"-5\r\n\r\n" + sky, "bad-reply", ODD, BAD),
            (SIZED + b"12abc\r\n\r\n" + sky, "bad-reply", TORN, BAD),
            (SIZED + b"%d\r\nContent-Length: 5\r\n\r\n" % size + sky,
             "bad-reply", TORN, BAD),
            (SIZED + b"%d\r\n\r\n" % (size - 1) + sky, "bad-reply", TORN,
             BAD),
            (SIZED + b"%d\r\n\r\n" % (size + 1) + sky, "offline", BROKEN, ""),
            (chunk(b"FFFFFFFFFFFFFFFF", sky), "offline", BROKEN, ""),
            (chunk(b"FFFFFFFFFFFFFFFFF", sky), "offline", BROKEN, ""),
            (chunk(b"-1", sky), "offline", BROKEN, ""),
            (chunk(b"zz", sky), "offline", BROKEN, ""),
            (chunk(b"%x" % (size + 5), sky), "offline", BROKEN, ""),
            (chunk(b"%x" % (size - 5), sky), "offline", BROKEN, ""),
        ])

    def test_codings_that_nobody_asked_for(self):
        small = gzip.compress(self.sky)
        nested = small
        for _ in range(5):
            nested = gzip.compress(nested)
        codings = "Content-Encoding: " + ", ".join(["gzip"] * 6)
        cases = [
            (body(small, "Content-Encoding: gzip"), TORN),
            (body(small, "Content-Encoding: x-gzip"), TORN),
            (body(nested, codings), TORN),
            (body(bomb(self.sky), "Content-Encoding: gzip"), TORN),
        ]
        self.assert_all_old([(answer, "bad-reply", words, BAD)
                             for answer, words in cases])

    def test_a_bomb_is_never_unpacked(self):
        packed = bomb(self.sky)
        self.assertLess(len(packed), 256 * 1024)  # the bound of a reply
        server = RawServer(body(packed, "Content-Encoding: gzip"))
        self.addCleanup(server.stop)
        fetch = self.fetch(weather_config(server.url))
        fetch.state("weather", "bad-reply")
        self.assertNotIn(b"accept-encoding", server.requests[0].lower())
        self.assertLess(peak_kb(fetch), HEAP_KB * MEMORY_FACTOR)

    def test_who_says_nothing_is_away(self):
        self.assert_all_old([
            (peers.say_nothing, "offline", "no answer in time", ""),
            (lambda peer, _: trickle(peer, OK_JSON), "offline",
             "no answer in time", "")])


if __name__ == "__main__":
    unittest.main()
