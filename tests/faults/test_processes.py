"""Programs that end, stop and are shouted at (T41, T42, T44, T56)."""

import os
import pathlib
import signal
import socket
import time
import unittest

from clock_rig import Clocks, raw, shown, wait_for
from rig import TIMEOUT_S, hub_config

STORM = 20000  # signals, as fast as they can be sent
SECONDS = "[widget clock]\nposition = top_left\nseconds = yes\n"


def children(pid):
    """The direct children of a process, in the order of their numbers."""
    path = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def descriptors(pid):
    return len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir()))


class Running(Clocks):
    def start(self, sections=()):
        hub, config = self.house(*sections)
        self.clock.set(1795331525)  # 2026-11-22 07:12:05
        display = self.display()
        mirror = self.mirror(config, display)
        wait_for("the hub", lambda: "hub: ok" in mirror.log())
        shown(display)
        self.same_as_fresh(display, config)
        return hub, config, display, mirror

    def assert_ticks(self, display):
        """The picture goes on: seconds come."""
        picture = raw(display)
        for _ in range(3):
            picture = shown(display, unlike=picture)


class Fetchers(Running):
    def test_a_killed_one_leaves_the_picture(self):
        hub, config, display, mirror = self.start()
        for number, words in ((signal.SIGKILL, "ended by signal 9"),
                              (signal.SIGSEGV, "signal 11|status")):
            picture = raw(display)
            (fetch,) = children(mirror.process.pid)
            os.kill(fetch, number)
            wait_for("the word of its end", lambda w=words: any(
                word in mirror.log() for word in w.split("|")))
            wait_for("another one", lambda f=fetch: children(
                mirror.process.pid) not in ([], [f]))
            self.assertEqual(raw(display), picture)
            self.clock.set(1795331525 + 5, 5)
            hub.do("switch", item="Hall_Ceiling",
                   state="ON" if number == signal.SIGKILL else "OFF")
            shown(display, unlike=picture)
            self.same_as_fresh(display, config)
        self.assertEqual(mirror.end(), 0, mirror.log())

    def test_a_stopped_one_is_replaced(self):
        """After 48 s, in two jumps of the clock. The seconds go on, and the
        lamps too, with the next one."""
        hub = self.hub("house5")
        config = hub_config(hub.url, SECONDS, "[widget lights]\n"
                            "position = top_right\nshow = all\n")
        display = self.display()
        mirror = self.mirror(config, display)
        wait_for("the hub", lambda: "hub: ok" in mirror.log())
        (fetch,) = children(mirror.process.pid)
        os.kill(fetch, signal.SIGSTOP)
        self.assert_ticks(display)
        self.clock.set(None, 50)
        wait_for("the word", lambda: "silent and counts as hung"
                 in mirror.log())
        self.assert_ticks(display)
        self.clock.set(None, 54)
        wait_for("its end", lambda: fetch not in children(mirror.process.pid))
        self.assert_ticks(display)
        wait_for("the hub again", lambda: mirror.log().count("hub: ok") == 2)
        self.assert_ticks(display)
        self.assertEqual(mirror.log().count("counts as hung"), 1)
        self.assertEqual(mirror.end(), 0, mirror.log())


class Mirrors(Running):
    @unittest.skipIf(os.getuid() != 0, "only root sees its descriptors")
    def test_a_stopped_one_costs_the_fetcher_nothing(self):
        """And when it goes on, it shows what is, not what was."""
        hub, config, display, mirror = self.start()
        (fetch,) = children(mirror.process.pid)
        mirror.signal(signal.SIGSTOP)
        before = descriptors(fetch)
        for turn in range(500):
            hub.do("switch", item="Hall_Ceiling",
                   state="OFF" if turn % 2 else "ON")
        hub.do("switch", item="Living_Strip_Brightness", state="90")
        self.assertEqual(descriptors(fetch), before)
        self.clock.set(1795331525 + 600, 600)
        mirror.signal(signal.SIGCONT)
        self.same_as_fresh(display, config)
        self.assertNotIn("hung", mirror.log())
        self.assertEqual(children(mirror.process.pid), [fetch])
        self.assertEqual(mirror.end(), 0, mirror.log())

    def test_the_watchdog_hears_of_a_stop(self):
        """It is fed by the loop that draws: a stopped one feeds it not."""
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(manager.close)
        path = pathlib.Path(self.folder()) / "notify"
        manager.bind(str(path))
        manager.settimeout(TIMEOUT_S)
        mirror = self.mirror("[widget clock]\nposition = top_left\n",
                             self.display(), NOTIFY_SOCKET=str(path),
                             WATCHDOG_USEC="100000", MIRROR_FETCH="/bin/true")
        while b"READY=1" not in manager.recv(64):
            pass
        self.assertIn(b"WATCHDOG=1", manager.recv(64))
        mirror.signal(signal.SIGSTOP)
        manager.settimeout(0.5)
        with self.assertRaises(TimeoutError):
            for _ in range(100):  # what was on its way
                manager.recv(64)
        mirror.signal(signal.SIGCONT)
        manager.settimeout(TIMEOUT_S)
        self.assertIn(b"WATCHDOG=1", manager.recv(64))
        self.assertEqual(mirror.end(), 0, mirror.log())

    def storm(self, pid, numbers):
        for turn in range(STORM):
            os.kill(pid, numbers[turn % len(numbers)])

    def test_a_storm_of_signals(self):
        _, config, display, mirror = self.start()
        pid = mirror.process.pid
        began = time.monotonic()
        self.storm(pid, (signal.SIGHUP, signal.SIGUSR1, signal.SIGPIPE,
                         signal.SIGUSR2))
        tenths = (time.monotonic() - began) * 10
        self.same_as_fresh(display, config)
        read = mirror.log().count("read again")
        self.assertGreaterEqual(read, 1)
        self.assertLessEqual(read, tenths + 2)
        (fetch,) = children(pid)
        self.storm(fetch, (signal.SIGHUP, signal.SIGUSR1, signal.SIGPIPE,
                           signal.SIGUSR2))
        self.assertEqual(children(pid), [fetch])
        mirror.signal(signal.SIGTERM)
        for _ in range(STORM):
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                break
            if mirror.process.poll() is not None:
                break
        self.assertEqual(mirror.process.wait(TIMEOUT_S), 0, mirror.log())


class Nothing(Clocks):
    """No clock, no network, no cache, no token: T56."""

    def test_with_nothing_at_all_there_is_a_picture(self):
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(manager.close)
        path = pathlib.Path(self.folder()) / "notify"
        manager.bind(str(path))
        manager.settimeout(TIMEOUT_S)
        config = hub_config(
            "http://127.0.0.1:9", "[weather]\nprovider = open-meteo\n"
            "url = http://127.0.0.1:9\n[widget clock]\nposition = top_left\n"
            "[widget weather]\nposition = top_right\n"
            "[widget lights]\nposition = bottom_right\n",
            token_file="no-such-token")
        self.clock.set(600)  # 1970
        display = self.display()
        mirror = self.mirror(config, display, NOTIFY_SOCKET=str(path))
        self.assertEqual(manager.recv(64), b"READY=1")
        shown(display)
        for word in ("no-such-token", "hub: offline", "weather: offline"):
            wait_for(word, lambda w=word: w in mirror.log())
        texts = self.scene(config)
        self.assertIn("clock not set", texts["clock"])
        self.assertIn("--:--", texts["clock"])
        self.assertIn("hub offline", sum(texts.values(), []))
        self.assertEqual(mirror.end(), 0, mirror.log())


if __name__ == "__main__":
    unittest.main()
