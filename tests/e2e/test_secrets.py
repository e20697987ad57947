"""What a token and a config can do to a mirror, and what gets out of it:
nothing listens, the token is in one process alone, bytes that could end a
header or a line are refused before anything is sent."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import (  # noqa: E402
    BUILD, MESSAGE, TIMEOUT_S, TODO, TOKEN, WEATHER, EndToEnd, hub_config)
from screen_rig import CLOCK, LEAKS  # noqa: E402

GUARDED = {"tokens": {TOKEN: ["user"]}, "implicit_user": False}
PAGE = """
[widget lights]
position = top_left
show = all
[widget message]
position = upper_third
[widget weather]
position = top_right
"""
SHADOW = 1 << 30  # bytes; what is larger is what sanitizers keep books in
LISTENING = "0A"  # tcp_states.h of the kernel


def sockets(pid):
    """The inodes of a process's sockets."""
    found = set()
    for fd in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.update(re.findall(r"socket:\[(\d+)\]", os.readlink(fd)))
        except FileNotFoundError:
            pass  # closed meanwhile
    return found


def doors(pid):
    """Those of them on which somebody could call: of TCP those that listen,
    of UDP and raw ones those that are connected to nobody."""
    mine, found = sockets(pid), []
    for name in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet"):
        path = pathlib.Path(f"/proc/{pid}/net/{name}")
        if not path.exists():
            continue
        for line in path.read_text().splitlines()[1:]:
            field = line.split()
            if name == "packet":
                waits, inode = True, field[8]
            else:
                waits, inode = (field[3] == LISTENING if "tcp" in name
                                else field[2].endswith(":0000")), field[9]
            if waits and inode in mine:
                found.append(line)
    return found


def memory_holds(pid, secret):
    """Whether it is anywhere in what the process can write to."""
    maps = pathlib.Path(f"/proc/{pid}/maps").read_text()
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for begin, end in re.findall(r"^(\w+)-(\w+) rw", maps, re.M):
            if int(end, 16) - int(begin, 16) > SHADOW:
                continue
            memory.seek(int(begin, 16))
            try:
                if secret in memory.read(int(end, 16) - int(begin, 16)):
                    return True
            except OSError:
                pass  # of a device
    return False


class Running(EndToEnd):
    """A mirror and its mirror-fetch, with a hub that asks for a token."""

    def setUp(self):
        self.hub_process = self.hub(auth=GUARDED)
        self.home = pathlib.Path(self.folder())
        (self.home / "state").mkdir()
        token = self.home / "hub-token"
        token.write_text(TOKEN + "\n")
        token.chmod(0o600)
        self.config = self.home / "mirror.conf"
        self.config.write_text(hub_config(
            self.hub_process.url, TODO, MESSAGE, WEATHER,
            token_file="hub-token") + PAGE)
        self.env = {**os.environ, **LEAKS, "SDL_VIDEODRIVER": "dummy",
                    "STATE_DIRECTORY": str(self.home / "state"),
                    "MIRROR_FETCH": str(BUILD / "mirror-fetch")}

    def start(self):
        log = open(self.home / "log", "wb")
        self.addCleanup(log.close)
        mirror = subprocess.Popen(
            [BUILD / "mirror", "-c", self.config, "--window"], env=self.env,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.addCleanup(mirror.wait)
        self.addCleanup(mirror.kill)
        self.eventually(self.hub_process.streams, "the hub is followed")
        self.eventually(lambda: "weather: ok" in
                        (self.home / "log").read_text(), "the weather")
        children = f"/proc/{mirror.pid}/task/{mirror.pid}/children"
        return mirror, int(pathlib.Path(children).read_text())

    @unittest.skipIf(os.getuid() != 0, "only root sees its descriptors")
    def test_nothing_listens(self):
        mirror, fetch = self.start()
        self.assertGreater(len(sockets(fetch)), 2)
        self.assertEqual(doors(mirror.pid) + doors(fetch), [])

    def test_a_door_would_be_seen(self):
        """So that the test above can fail."""
        with subprocess.Popen(
                [sys.executable, "-c", "import socket; s = socket."
                 "create_server(('127.0.0.1', 0)); print(flush=True); "
                 "__import__('sys').stdin.read()"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE) as open_one:
            open_one.stdout.readline()
            self.assertEqual(len(doors(open_one.pid)), 1)
            open_one.stdin.close()

    @unittest.skipIf(os.getuid() != 0, "only root sees other memory")
    def test_the_token_is_in_one_memory_alone(self):
        mirror, fetch = self.start()
        self.assertTrue(memory_holds(fetch, TOKEN.encode()))
        self.assertFalse(memory_holds(mirror.pid, TOKEN.encode()))
        for pid in (mirror.pid, fetch):
            for name in ("cmdline", "environ"):
                self.assertNotIn(TOKEN.encode(), pathlib.Path(
                    f"/proc/{pid}/{name}").read_bytes())

    def test_the_token_is_in_no_file(self):
        mirror, _ = self.start()
        mirror.terminate()
        self.assertEqual(mirror.wait(TIMEOUT_S), 0)
        done = subprocess.run(
            [BUILD / "mirror", "-c", self.config, "--snapshot",
             self.home / "a.png", f"--scene={self.home / 'a.json'}"],
            env=self.env, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        (self.home / "log2").write_bytes(done.stdout + done.stderr)
        done = subprocess.run(
            [BUILD / "mirror", "-c", self.config, "--doctor"], env=self.env,
            capture_output=True, timeout=60)
        (self.home / "log3").write_bytes(done.stdout + done.stderr)
        files = [path for path in self.home.rglob("*")
                 if path.is_file() and path.name != "hub-token"]
        self.assertIn("last-good", [path.name for path in files])
        for path in files:
            with self.subTest(path.name):
                self.assertNotIn(TOKEN.encode(), path.read_bytes())


class Config(EndToEnd):
    """Bytes in a config that mean something to a protocol: the line is named,
    and what it says is not asked for."""

    BAD = {
        "a header in the URL": ("url = {url}/\rX-Evil: 1", "control character"),
        "a NUL in the URL": ("url = {url}/\0x", "control character"),
        "quotes around the URL": ('url = "{url}"', "neither blanks"),
        "a blank in the URL": ("url = {url}/a b", "neither blanks"),
        "a query in the URL": ("url = {url}/?a=b", "nor a query"),
        "a user in the URL": ("url = {url@}", "without user"),
        "a URL of 10 kB": ("url = {url}/" + "a" * 10240, "too long"),
        "a file of 10 kB": ("url = {url}\ntoken_file = " + "a" * 10240,
                            "too long"),
        "quotes in an item": ('url = {url}\n[message]\nitem = Evil"Item',
                              "item"),
        "a path for an item": ("url = {url}\n[message]\nitem = ../../Evil",
                               "item"),
        "a query for an item": ("url = {url}\n[message]\nitem = Evil?x=1",
                                "item"),
        "a line end in an item": ("url = {url}\n[message]\nitem = Evil\rItem",
                                  "control character"),
        "an item of 10 kB": ("url = {url}\n[message]\nitem = Evil"
                             + "a" * 10240, "too long"),
    }

    def run_on(self, *arguments):
        return subprocess.run(
            arguments, capture_output=True, text=True, timeout=60,
            env={**os.environ, **LEAKS,
                 "MIRROR_FETCH": str(BUILD / "mirror-fetch")})

    def test_bad_bytes(self):
        hub, never_asked = self.hub(), self.hub()
        home = pathlib.Path(self.folder())
        started = []
        for number, (what, (text, why)) in enumerate(self.BAD.items()):
            url = (hub if "url = {url}\n" in text else never_asked).url
            text = (CLOCK.format("top_left") + "[hub]\ntype = openhab\n"
                    + text.replace("{url}", url)
                    .replace("{url@}", url.replace("://", "://a:b@")))
            bad = re.search(r"[\0\r\"?@]|a b|a{10}|\.\./|Evil", text)
            line = text[:bad.start()].count("\n") + 1
            path = home / f"{number}.conf"
            path.write_text(text, newline="")
            fetch = subprocess.Popen(
                [BUILD / "mirror-fetch", "-c", path, "--print", "--for=2"],
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            started.append((what, path, fetch,
                            rf"{number}\.conf:{line}: ", why))
        for what, path, fetch, named, why in started:
            with self.subTest(what):
                said = fetch.communicate(timeout=TIMEOUT_S)[1]
                done = self.run_on(BUILD / "mirror", "--check", "-c", path)
                self.assertEqual(done.returncode, 78)
                self.assertRegex(done.stderr, f"{named}.*{why}")
                self.assertRegex(said, named)
        self.assertEqual(never_asked.log(), [])
        self.assertNotEqual(hub.log(), [])
        self.assertNotIn("Evil", str(hub.log()))

    def test_it_is_said_on_the_screen(self):
        path = pathlib.Path(self.folder()) / "mirror.conf"
        path.write_text(CLOCK.format("top_left") + "[hub]\ntype = openhab\n"
                        "url = http://127.0.0.1:1/\rX: 1\n", newline="")
        picture = path.with_suffix(".png")
        done = self.run_on(BUILD / "mirror", "--snapshot", picture,
                           f"--scene={picture}.json", "--wait=1", "-c", path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(pathlib.Path(f"{picture}.json").read_text(),
                         r"mirror\.conf|config line|line \d")

    def test_bad_bytes_in_a_token(self):
        hub = self.hub(auth=GUARDED)
        for bad in (b"\r", b"\nX-Evil: 1\n", b"\0", b" ", b"\t", b"\x7f",
                    "ö".encode(), b"a" * 10240):
            with self.subTest(bad[:8]):
                home = pathlib.Path(self.folder())
                (home / "token").write_bytes(TOKEN.encode() + bad + b"more")
                (home / "token").chmod(0o600)
                begun = len(hub.log())
                fetch = self.fetch(hub_config(
                    hub.url, token_file=str(home / "token")))
                fetch.state("hub", "refused")
                self.assertIn("token: file", fetch.log())
                for request in hub.log()[begun:]:
                    self.assertNotIn("authorization", request["headers"])
                    self.assertNotIn("Evil", str(request))

    def test_a_pipe_for_a_config_or_a_token_is_not_waited_for(self):
        home = pathlib.Path(self.folder())
        pipe, path = home / "pipe", home / "mirror.conf"
        os.mkfifo(pipe, 0o600)
        path.write_text(hub_config("http://127.0.0.1:1",
                                   token_file=str(pipe)))
        for program, code, *rest in (
                ("mirror", 78, "--check", "-c", pipe),
                ("mirror", 0, "--snapshot", home / "a.png", "--wait=1", "-c",
                 pipe),
                ("mirror-fetch", 0, "--print", "--for=1", "-c", pipe),
                ("mirror-fetch", 0, "--print", "--for=1", "-c", path)):
            with self.subTest((program, *rest)):
                done = self.run_on(BUILD / program, *rest)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertRegex(done.stderr, "not a (regular )?file")


if __name__ == "__main__":
    unittest.main()
