"""The rig of the end-to-end tests: a scripted hub, a config, the programs.

Everything a test starts is stopped by its process id when the test ends.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "hub"))

from hub_process import HubProcess  # noqa: E402

BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", TESTS.parent / "build"))
TOKEN = "oh.kiosk.TESTonlyTESTonlyTESTonlyTESTonly"
TIMEOUT_S = 15
# Sanitizers keep freed memory and books of their own: no figures of memory.
SANITIZED = "sanitize" in BUILD.name
# The leak sanitizer is a tracer itself, and there can be only one.
UNTRACED = {"ASAN_OPTIONS": "detect_leaks=0"}


def why_no_tampering():
    """None if strace can put faults into system calls here."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(
        ["strace", "-D", "-o", "/dev/null", "-e", "inject=getpid:error=EIO",
         "true"], capture_output=True, text=True, timeout=TIMEOUT_S)
    return done.stderr.strip()[-200:] if done.returncode else None


NO_TAMPERING = why_no_tampering()
# For tests that look at a process from outside: of one that is locked in a
# plain user sees neither memory nor descriptors.
SEEN = () if os.getuid() == 0 else ("--no-sandbox",)

TODO = """
[todo chores]
source = hub
item = MirrorTodo
[todo shopping]
source = hub
item = MirrorTodoList
"""
MESSAGE = """
[message]
item = MirrorMessage
"""
VALUES = """
[values some]
items = {items}
"""
WEATHER = """
[weather]
provider = open-meteo
url = {url}
"""


def hub_config(url, *sections, token_file=None):
    """A config with a hub and these sections, {url} filled in."""
    text = "[mirror]\nlanguage = en\nlocation = 52.52, 13.40\n"
    text += f"[hub]\ntype = openhab\nurl = {url}\n"
    if token_file:
        text += f"token_file = {token_file}\n"
    return text + "".join(s.replace("{url}", url) for s in sections)


def weather_config(url):
    """A config with nothing but the weather."""
    return ("[mirror]\nlocation = 52.52, 13.40\n"
            + WEATHER.format(url=url))


class Fetch:
    """A running mirror-fetch --print. Its records are read as they come and
    kept with the monotonic time of their arrival."""

    def __init__(self, config, wrapper=(), env=None, arguments=()):
        self.folder = tempfile.TemporaryDirectory(prefix="mirror-e2e-")
        self.home = pathlib.Path(self.folder.name)
        self.config = self.home / "mirror.conf"
        self.config.write_text(config, "utf-8")
        token = self.home / "hub-token"
        token.write_text(TOKEN + "\n")
        token.chmod(0o600)
        self.records = []
        self.news = threading.Condition()
        self.errors = open(self.home / "stderr", "w+b")
        self.process = subprocess.Popen(
            [*wrapper, BUILD / "mirror-fetch", "-c", self.config, "--print",
             *arguments],
            env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=self.errors)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            at_s, record = time.monotonic(), json.loads(line)
            with self.news:
                self.records.append((at_s, record))
                self.news.notify_all()
        with self.news:
            self.news.notify_all()

    def mark(self):
        """The place behind the last record, for wait()'s `since`."""
        with self.news:
            return len(self.records)

    def wait(self, good, since=0, timeout_s=TIMEOUT_S):
        """(time, record) of the first record from `since` on that `good`
        says yes to; fails with the last records if there is none in time."""
        deadline = time.monotonic() + timeout_s
        with self.news:
            at = since
            while True:
                for at_s, record in self.records[at:]:
                    if good(record):
                        return at_s, record
                at = len(self.records)
                left = deadline - time.monotonic()
                if left <= 0 or self.process.poll() is not None:
                    raise AssertionError(
                        "no such record; the last were "
                        f"{[r for _, r in self.records[-3:]]}; log:\n"
                        + self.log())
                self.news.wait(min(left, 0.5))

    def data(self, kind, name="", good=lambda data: True, **options):
        """The data of the first record of a kind that `good` likes."""
        return self.wait(
            lambda r: r["kind"] == kind and name in ("", r.get("name"))
            and good(r["data"]), **options)[1]["data"]

    def state(self, source, state, **options):
        """Waits until the status says so of a source; returns when."""
        return self.wait(
            lambda r: r["kind"] == "status" and any(
                s["source"] == source and s["state"] == state
                for s in r["data"]["sources"]), **options)[0]

    def since(self, mark, kind):
        """All data of a kind that came behind `mark`."""
        with self.news:
            return [r["data"] for _, r in self.records[mark:]
                    if r["kind"] == kind]

    def log(self):
        self.errors.flush()
        return (self.home / "stderr").read_text("utf-8", "replace")

    def stop(self):
        """Returns the exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            code = self.process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.reader.join(TIMEOUT_S)
        self.process.stdout.close()
        self.errors.close()
        self.folder.cleanup()
        return code


def lamp(name, **wanted):
    """A test for lights data: the lamp called so has these fields."""
    return lambda data: any(
        light["name"] == name
        and all(light[k] == v for k, v in wanted.items())
        for light in data["lights"])


class EndToEnd(unittest.TestCase):
    """Starts and stops what a test asks for."""

    def hub(self, scenario="house5", **changes):
        hub = HubProcess(scenario, **changes)
        self.addCleanup(hub.stop)
        return hub

    def folder(self):
        """A directory that goes with the test."""
        folder = tempfile.TemporaryDirectory(prefix="mirror-e2e-")
        self.addCleanup(folder.cleanup)
        return folder.name

    def fetch(self, config, **options):
        fetch = Fetch(config, **options)
        self.addCleanup(self.end, fetch)
        return fetch

    def end(self, fetch):
        """A program that ends badly fails its test, sanitizers included."""
        log = fetch.log()
        self.assertEqual(fetch.stop(), 0, log)

    def eventually(self, good, what, timeout_s=TIMEOUT_S):
        """Waits for something at the hub that nobody announces."""
        deadline = time.monotonic() + timeout_s
        while not good():
            if time.monotonic() > deadline:
                self.fail(f"never: {what}")
            time.sleep(0.02)

    def snapshot(self, config, *options, timeout_s=60, env=()):
        """(picture bytes, scene, log) of mirror --snapshot."""
        home = pathlib.Path(self.folder())
        (home / "mirror.conf").write_text(config, "utf-8")
        done = subprocess.run(
            [BUILD / "mirror", "-c", home / "mirror.conf", "--snapshot",
             home / "a.png", f"--scene={home / 'a.json'}", *options],
            env={**os.environ, "MIRROR_FETCH": str(BUILD / "mirror-fetch"),
                 **dict(env)},
            stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout_s)
        log = done.stderr.decode("utf-8", "replace")
        self.assertEqual(done.returncode, 0, log)
        return ((home / "a.png").read_bytes(),
                json.loads((home / "a.json").read_text("utf-8")), log)
