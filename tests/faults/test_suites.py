"""Naughty strings and JSON of every kind through every door: hub, weather,
cache, channel and config (T39). Whatever comes, there is a picture."""

import concurrent.futures
import os
import pathlib
import socket
import subprocess
import sys
import time
import unicodedata
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

import channel  # noqa: E402
import naughty  # noqa: E402
from clock_rig import Clock  # noqa: E402
from peers import RawServer, body  # noqa: E402
from rig import (  # noqa: E402
    BUILD, MESSAGE, TODO, VALUES, EndToEnd, Fetch, hub_config,
    weather_config)
from test_memory import age  # noqa: E402

SIZE = (800, 480)
BATCH = 20
DIRECTIONS = set(naughty.OVERRIDES)
PAGE = """
[widget clock]
position = top_left
[widget message]
position = top_right
[widget lights]
position = bottom_right
show = all
[widget todo chores]
position = bottom_left
list = chores
[widget todo shopping]
position = upper_third
list = shopping
[widget value some]
position = lower_third
values = some
"""


def house(strings):
    """A hub of lamps, to-dos and values that are called and say so."""
    items = [{"name": "MirrorTodo", "type": "Group", "label": strings[0]},
             {"name": "MirrorTodoList", "type": "String",
              "state": "\n".join(strings)},
             {"name": "MirrorMessage", "type": "String", "state": strings[-1]}]
    for n, text in enumerate(strings):
        items += [
            {"name": f"Room{n}", "type": "Group", "label": text,
             "tags": ["Room"]},
            {"name": f"Lamp{n}", "type": "Switch", "label": text,
             "tags": ["Light"], "groups": [f"Room{n}"], "state": "ON"},
            {"name": f"Todo{n}", "type": "Switch", "label": text,
             "groups": ["MirrorTodo"], "state": "OFF"},
            {"name": f"Value{n}", "type": "String", "label": text,
             "pattern": text, "state": text}]
    return {"items": items}


class Picture(EndToEnd):
    def config(self, url):
        names = ", ".join(f"Value{n}" for n in range(8))
        return hub_config(url, TODO, MESSAGE, VALUES.format(items=names), PAGE)

    def look(self, config, *options, env=()):
        """(scene, log) of a picture on which every text is clean, and on the
        panel."""
        _, scene, log = self.snapshot(
            config, f"--size={SIZE[0]}x{SIZE[1]}", *options, env=env)
        self.assertTrue(any(w["widget"] == "clock" and w["texts"]
                            for w in scene["widgets"]), scene)
        for text in [t for w in scene["widgets"] for t in w["texts"]]:
            left, top, width, height = text["box"]
            self.assertGreaterEqual(min(left, top), 0, text)
            self.assertLessEqual(left + width, SIZE[0], text)
            self.assertLessEqual(top + height, SIZE[1], text)
            self.assertFalse([c for c in text["text"] if c in DIRECTIONS
                              or unicodedata.category(c) == "Cc"], text)
        self.assert_clean(log)
        return scene, log

    def assert_clean(self, log):
        """Nothing in a log speaks to a terminal or forges a line."""
        for line in log.splitlines():
            self.assertRegex(line, r"\A(mirror(-fetch)?|feed|ERROR|WARNING)")
            self.assertTrue(line.isascii() and line.isprintable(), line)

    def end_well(self, fetch):
        self.assertEqual(fetch.stop(), 0)


class Strings(Picture):
    def test_hub_and_cache(self):
        strings = naughty.STRINGS
        for begin in range(0, len(strings), BATCH):
            batch = strings[begin:begin + BATCH]
            with self.subTest(begin=begin):
                self.from_hub_and_cache(batch)

    def from_hub_and_cache(self, batch):
        hub = self.hub(house(batch))
        env = {**os.environ, "STATE_DIRECTORY": self.folder()}
        config = self.config(hub.url)
        fetch = Fetch(config, env=env)
        lights = fetch.data("lights", good=lambda d: len(d["lights"]) > 0)
        self.assertEqual(len(lights["lights"]), len(batch))
        fetch.data("todo", name="shopping")
        self.assert_clean(fetch.log())
        self.end_well(fetch)
        live, log = self.look(config, env=env)
        self.assertIn("hub: ok", log)
        hub.stop()
        known, _ = self.look(config, "--wait=2", env=env)
        shown = [{t["text"] for w in scene["widgets"] for t in w["texts"]
                  if w["widget"] == "lights"} for scene in (live, known)]
        self.assertTrue(shown[0] & shown[1])

    def test_a_cache_of_no_utf8(self):
        hub = self.hub()
        state = pathlib.Path(self.folder())
        env = {**os.environ, "STATE_DIRECTORY": str(state)}
        config = self.config(hub.url)
        fetch = Fetch(config, env=env)
        fetch.data("lights")
        self.end_well(fetch)
        hub.stop()
        good = (state / "last-good").read_bytes()
        for bad in naughty.NO_UTF8:
            with self.subTest(bad):
                name = (b"\xff" if b"\0" in bad else bad).ljust(14, b"x")
                (state / "last-good").write_bytes(
                    age(good.replace(b"Spiegelleuchte", name), 0))
                scene, log = self.look(config, "--wait=1", env=env)
                self.assertNotIn("xxxxx", str(scene))
                self.assertEqual(log.count("cache: "), 1, log)


class Documents(Picture):
    """Replies that are well-formed JSON or not, and never what was asked."""

    def served(self, config_of, path, answers, step_s):
        """The log of a fetcher that gets one answer after the other, and the
        requests it sent. Its clock is put forward instead of waiting."""
        queue = list(answers)

        def answer(peer, request):
            if request.split(b" ")[1].split(b"?")[0] == path:
                peer.sendall(body(queue.pop(0) if queue else b"?"))
            else:
                peer.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")

        server = RawServer(answer)
        self.addCleanup(server.stop)
        clock = Clock(self.folder())
        fetch = self.fetch(config_of(server.url),
                           env={**os.environ, **clock.env()})
        ahead_s, end_s = 0, time.monotonic() + 120
        while queue:
            self.assertLess(time.monotonic(), end_s, len(queue))
            self.assertIsNone(fetch.process.poll(), fetch.log())
            ahead_s += step_s
            clock.set(mono_ahead_s=ahead_s)
            time.sleep(0.02)
        return fetch, server

    def assert_refused(self, fetch, source, kind):
        fetch.state(source, "bad-reply")
        self.assertNotIn(f"{source}: ok", fetch.log())
        self.assertEqual(fetch.since(0, kind), [])
        self.assert_clean(fetch.log())

    def test_hub(self):
        _, bad = naughty.documents()
        # A list is cut at its commas: this is one item that cannot be read.
        bad.remove(b"[1;2]")
        fetch, server = self.served(hub_config, b"/rest/items", bad, 6)
        self.assert_refused(fetch, "hub", "lights")
        self.assertFalse([r for r in server.requests if b"/events" in r])

    def test_hub_takes_what_is_well_formed(self):
        """All of it and one item as elements of one list; then what follows
        is asked."""
        good, _ = naughty.documents()
        flat = [text for text in good if len(text) < 20_000
                and b"[[[[" not in text]
        flat.append(b'{"name":"Lamp","type":"Switch"}')
        fetch, server = self.served(hub_config, b"/rest/items",
                                    [b"[" + b",".join(flat) + b"]"], 6)
        self.eventually(lambda: any(b"/rest/events/states" in r
                                    for r in server.requests), "the streams")
        self.assertIn("items of the list could not be read", fetch.log())

    def test_weather(self):
        good, bad = naughty.documents()
        fetch, _ = self.served(weather_config, b"/v1/forecast", good + bad,
                               400)
        self.assert_refused(fetch, "weather", "weather")


class Packets(Picture):
    """A fetcher that says something good, and then nonsense."""

    def packets(self):
        """{kind: packet} as a real one sends them."""
        hub = self.hub()
        hub.do("message", text="Essen ist fertig")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        home = pathlib.Path(self.folder())
        (home / "mirror.conf").write_text(self.config(hub.url), "utf-8")
        process = subprocess.Popen(
            [BUILD / "mirror-fetch", "-c", home / "mirror.conf"], pass_fds=[3],
            preexec_fn=lambda: os.dup2(theirs.fileno(), 3),
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        theirs.close()
        ours.settimeout(15)
        found = {}
        with ours:
            while not {channel.MESSAGE, channel.LIGHTS} <= set(found):
                packet = ours.recv(65536)
                found[channel.HEADER.unpack_from(packet)[2]] = packet
        self.assertEqual(process.wait(15), 0)
        return found

    def nonsense(self, good):
        """Packets that a mirror must not take."""
        size = channel.HEADER.size
        head = list(channel.HEADER.unpack_from(good))
        for at, wrong in ((0, 1), (1, 2), (2, 0), (2, 99), (4, 1), (5, 1),
                          (6, 9), (7, len(good) - size - 1), (7, 0),
                          (7, 2 ** 32 - 1)):
            changed = [*head[:at], wrong, *head[at + 1:]]
            yield channel.HEADER.pack(*changed) + good[size:]
        yield from (good[:size], good[:-1], good + b"\0", b"\0", b"x" * 65536)
        for bad in (*naughty.NO_UTF8[:6], b"\x1b", b"a" * 400):
            at = good.index(b"Decke")
            yield good[:at] + bad + good[at + len(bad):]
        words = set(range(size, size + 160, 4))
        # A clock that is wrong, and what nobody looks at.
        for at in sorted(words - {size + 96, size + 116}):
            if good[at:at + 4] != b"\xff" * 4:
                yield good[:at] + b"\xff" * 4 + good[at + 4:]

    def test_channel(self):
        packets = self.packets()
        message, lights = packets[channel.MESSAGE], packets[channel.LIGHTS]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            looks = list(pool.map(lambda bad: self.after(message, bad),
                                  self.nonsense(lights)))
        self.assertGreater(len(looks), 50)
        for scene, log in looks:
            self.assertIn("Essen ist", str(scene))  # on two lines
            self.assertNotIn("Spiegelleuchte", str(scene))
            self.assertRegex(log, r"channel|fetcher|lights")

    def after(self, good, bad):
        """A look at a mirror whose fetcher sends these two."""
        home = pathlib.Path(self.folder())
        for number, packet in enumerate((good, bad), 1):
            head = list(channel.HEADER.unpack(packet[:channel.HEADER.size])
                        if len(packet) >= channel.HEADER.size else [0] * 8)
            if head[6] not in (0, 9):
                head[6] = number  # each connection counts from 1
                packet = channel.HEADER.pack(*head) \
                    + packet[channel.HEADER.size:]
            (home / str(number)).write_bytes(packet)
        script = home / "fetch"
        script.write_text(
            f"#!{sys.executable} -IS\n"
            "import pathlib, socket, sys, time\n"
            "home = pathlib.Path(sys.argv[0]).parent\n"
            "peer = socket.socket(fileno=3)\n"
            "for name in '12':\n"
            "    peer.send((home / name).read_bytes())\n"
            "time.sleep(30)\n")
        script.chmod(0o755)
        return self.look(self.config("http://127.0.0.1:1"), "--wait=1",
                         env={"MIRROR_FETCH": str(script)})


class Config(Picture):
    def check(self, data):
        """(exit code, output) of --check."""
        path = pathlib.Path(self.folder()) / "mirror.conf"
        path.write_bytes(data)
        done = subprocess.run(
            [BUILD / "mirror", "--check", "-c", path], timeout=60,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        return done.returncode, done.stdout.decode()

    def test_config(self):
        texts = [text.encode("utf-8") for text in naughty.STRINGS]
        for text in texts + naughty.NO_UTF8:
            with self.subTest(text[:60]):
                code, said = self.check(
                    b"[mirror]\nlanguage = " + text + b"\n" + text + b"\n"
                    + text + b" = 1\n[widget clock]\nposition = top_left\n"
                    b"zone = " + text + b"\n[widget " + text + b"]\n[" + text)
                self.assertEqual(code, 78, said)
                for line in said.splitlines():
                    self.assertRegex(line, r"\A(mirror|/)")
                    self.assertTrue(line.isprintable(), line)

    def test_config_has_a_picture(self):
        text = PAGE + "\n".join(naughty.STRINGS)
        scene, _ = self.look(text.replace("\0", ""))
        self.assertIn("config line", str(scene))


if __name__ == "__main__":
    unittest.main()
