"""The cache over every cut and every error of a write (T01, T03 to T07).

strace does what a power cut, a full or a broken card would do, at each system
call of a write in turn; then the program is started anew, and what it recalls
has to be what it knew before the write or after it.
"""

import os
import pathlib
import re
import signal
import subprocess
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "e2e"))

from rig import (  # noqa: E402
    NO_TAMPERING, TIMEOUT_S, UNTRACED, EndToEnd, Fetch, hub_config, lamp)

NAME = "last-good"
LAMP = "Stehlampe"
ERRORS = {
    "flock": ("ENOLCK",),
    "unlinkat": ("EROFS", "EIO", "EACCES"),
    "openat": ("EROFS", "ENOSPC", "EIO", "EMFILE", "EDQUOT"),
    "write": ("ENOSPC", "EIO", "EDQUOT", "EFBIG"),
    "fsync": ("EIO", "ENOSPC", "EROFS"),
    "close": ("EIO",),
    "renameat": ("EROFS", "ENOSPC", "EIO"),
}


def is_on(data):
    """Whether the lamp is on, in lights data."""
    return any(light["name"] == LAMP and light["state"] == "on"
               for light in data["lights"])


class Faults(EndToEnd):
    def setUp(self):
        self.state = pathlib.Path(self.folder())
        self.served = self.hub()
        self.config = hub_config(self.served.url)

    def start(self, inject=None, limit=None):
        """A fetcher with the cache, and with a fault if told so."""
        wrapper = []
        if limit is not None:
            wrapper += ["prlimit", f"--fsize={limit}"]
        if inject is not None:
            # -D: the program is our child, strace is not.
            wrapper += ["strace", "-D", "-f", "-o", self.state.parent /
                        (self.state.name + ".trace")]
            for name in ("", NAME, NAME + ".tmp", NAME + ".bad"):
                wrapper += ["-P", self.state / name if name else self.state]
            wrapper += ["-e", f"inject={inject}"] if inject else []
        return Fetch(self.config, wrapper=wrapper,
                     env={**os.environ, **UNTRACED,
                          "STATE_DIRECTORY": str(self.state)})

    def trace(self):
        path = self.state.parent / (self.state.name + ".trace")
        text = path.read_text("utf-8", "replace")
        path.unlink()
        return text

    def switch(self, on, fetch):
        self.served.do("switch", item="Living_Lamp_Color",
                       state="0,100,80" if on else "0,0,0")
        fetch.data("lights", good=lamp(LAMP, state="on" if on else "off"))

    def write(self, on, inject=None, limit=None):
        """One run that learns of the lamp's state and writes at its end.
        Returns (exit code, log)."""
        fetch = self.start(inject, limit)
        fetch.data("lights")
        self.switch(on, fetch)
        fetch.process.terminate()
        fetch.process.wait(TIMEOUT_S)
        log = fetch.log()
        return fetch.stop(), log

    def recall(self):
        """(is the lamp on, log) of what the next run tells first, before it
        has asked anybody; None without a memory."""
        fetch = self.start()
        first = fetch.wait(lambda r: r["kind"] == "lights")[1]
        self.end(fetch)
        if first["status"] != "connecting":
            return None
        return is_on(first["data"])

    def forget_wear(self):
        """Early ends have a budget; each case here has a whole one."""
        (self.state / NAME).unlink(missing_ok=True)
        (self.state / (NAME + ".bad")).unlink(missing_ok=True)

    def prepare(self):
        """A file of a run that knew the lamp off."""
        self.forget_wear()
        code, log = self.write(False)
        self.assertEqual(code, 0, log)
        self.assertEqual(self.names(), [NAME])

    def names(self):
        return sorted(path.name for path in self.state.iterdir())

    def calls(self):
        """[(name, how often it was called before, with it)] of a write."""
        self.prepare()
        self.assertEqual(self.write(True, inject="")[0], 0)
        counts, found, begun = {}, [], False
        for name in re.findall(r"^\d+\s+(\w+)\(", self.trace(), re.M):
            counts[name] = counts.get(name, 0) + 1
            begun = begun or name == "flock"
            if begun:
                found.append((name, counts[name]))
        return found


@unittest.skipIf(NO_TAMPERING, f"calls cannot be tampered with: {NO_TAMPERING}")
class Tampered(Faults):
    def test_a_cut_at_every_call_leaves_the_old_or_the_new(self):
        calls = self.calls()
        self.assertGreaterEqual(len(calls), 8, calls)
        seen = set()
        for name, number in calls:
            with self.subTest(call=name, number=number):
                self.prepare()
                code, log = self.write(
                    True, inject=f"{name}:signal=KILL:when={number}")
                self.trace()
                self.assertEqual(code, -signal.SIGKILL, log)
                recalled = self.recall()
                self.assertIsNotNone(recalled)
                seen.add(recalled)
                self.assertNotIn(NAME + ".bad", self.names())
        self.assertEqual(seen, {False, True})  # the cut was in the midst

    def test_an_error_of_every_call_costs_the_write_at_most(self):
        for name, number in self.calls():
            for error in ERRORS[name]:
                with self.subTest(call=name, number=number, error=error):
                    self.prepare()
                    code, log = self.write(
                        True, inject=f"{name}:error={error}:when={number}")
                    self.assertIn("INJECTED", self.trace())
                    self.assertEqual(code, 0, log)
                    self.assertLessEqual(log.count("cache:"), 1, log)
                    self.assertIsNotNone(self.recall())
                    self.assertNotIn(NAME + ".bad", self.names())

    def test_a_card_that_cannot_be_read_is_a_lost_past(self):
        self.prepare()
        fetch = self.start("read:error=EIO:when=1")
        first = fetch.wait(lambda r: r["kind"] == "lights")[1]
        log = fetch.log()
        self.end(fetch)
        self.assertIn("INJECTED", self.trace())
        self.assertEqual(first["status"], "ok")
        self.assertEqual(log.count("cache:"), 1, log)
        self.assertIn(NAME + ".bad", self.names())


class Limits(Faults):
    def test_a_file_size_limit_does_not_end_it(self):
        self.prepare()
        code, log = self.write(True, limit=1000)
        self.assertEqual(code, 0, log)
        self.assertEqual(log.count("cache:"), 1, log)
        self.assertIn("File too large", log)
        self.assertIs(self.recall(), False)
        self.assertEqual(self.names(), [NAME])

    def on_a_card(self, prepare):
        """The log of a run whose cache is on a file system of its own, made
        by this line of shell from $0, the place, and $1, the cache's file."""
        done = subprocess.run(
            ["unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"],
            capture_output=True, text=True, timeout=TIMEOUT_S)
        if done.returncode != 0:
            self.skipTest("no file systems of our own here: "
                          + done.stderr.strip())
        self.prepare()
        card = self.folder()
        fetch = Fetch(
            self.config,
            wrapper=["unshare", "-Urm", "bash", "-c",
                     prepare + '; exec "${@:2}"', card, self.state / NAME],
            env={**os.environ, "STATE_DIRECTORY": card})
        self.assertFalse(is_on(fetch.data("lights")))
        self.switch(True, fetch)
        fetch.process.terminate()
        fetch.process.wait(TIMEOUT_S)
        log = fetch.log()
        self.assertEqual(fetch.stop(), 0, log)
        self.assertEqual(log.count("cache:"), 1, log)
        return log

    def test_a_full_card_costs_a_line(self):
        log = self.on_a_card(
            'mount -t tmpfs -o size=64k none "$0" && cp "$1" "$0/" && '
            'head -c 1000000 /dev/zero > "$0/fill" 2>/dev/null')
        self.assertIn("No space left on device", log)

    def test_a_read_only_card_costs_a_line(self):
        log = self.on_a_card(
            'mount -t tmpfs none "$0" && cp "$1" "$0/" && '
            'mount -o remount,ro "$0"')
        self.assertIn("Read-only file system", log)


class Directory(Faults):
    def test_lost_entry_of_the_directory_is_the_old_file(self):
        """The rename was not durable: the directory of before is back."""
        self.prepare()
        old = (self.state / NAME).read_bytes()
        self.assertEqual(self.write(True)[0], 0)
        self.assertIs(self.recall(), True)
        (self.state / NAME).write_bytes(old)
        self.assertIs(self.recall(), False)
        self.assertEqual(self.names(), [NAME])

    def test_lost_sectors_are_a_lost_past(self):
        self.prepare()
        good = (self.state / NAME).read_bytes()
        for start in range(0, len(good), 512):
            for fill in (b"\0", b"\xff"):
                with self.subTest(start=start, fill=fill):
                    end = min(start + 512, len(good))
                    bad = good[:start] + fill * (end - start) + good[end:]
                    if bad == good:
                        continue
                    (self.state / NAME).write_bytes(bad)
                    self.assertIsNone(self.recall())
                    self.assertIn(NAME + ".bad", self.names())
                    self.forget_wear()

    def test_without_a_directory_nothing_is_left_behind(self):
        fetch = Fetch(self.config, env={k: v for k, v in os.environ.items()
                                        if k != "STATE_DIRECTORY"})
        fetch.data("lights")
        log = fetch.log()
        home = {path.name for path in fetch.home.iterdir()}
        self.end(fetch)
        self.assertNotIn("cache", log)
        self.assertEqual(home, {"mirror.conf", "hub-token", "stderr"})


if __name__ == "__main__":
    unittest.main()
