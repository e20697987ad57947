"""Who is contacted: the hub and the weather host, and by mirror-fetch only.

The system calls are watched from outside, by strace; where the machine does
not permit that, the tests are skipped and say so.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import (  # noqa: E402
    BUILD, MESSAGE, WEATHER, EndToEnd, hub_config)

CONNECT = re.compile(r"connect\(\d+, \{sa_family=(AF_\w+), (.*?)\}, \d+\)")
INET = re.compile(r"sin_port=htons\((\d+)\), "
                  r"sin_addr=inet_addr\(\"([\d.]+)\"\)")
# The leak sanitizer is a tracer itself, and there can be only one.
TRACED = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
PAGE = "[widget lights]\nposition = top_left\n"


def why_no_strace():
    """The reason for skipping, or None."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(["strace", "-o", "/dev/null", "true"],
                          capture_output=True, timeout=30)
    if done.returncode != 0:
        return "tracing is not permitted here: " + done.stderr.decode()
    return None


NO_STRACE = why_no_strace()


@unittest.skipIf(NO_STRACE, NO_STRACE)
class Connections(EndToEnd):
    def peers(self, trace):
        """All internet peers of a trace as (address, port)."""
        found = set()
        for family, rest in CONNECT.findall(trace):
            self.assertIn(family, ("AF_INET", "AF_UNIX"), rest)
            if family == "AF_INET":
                port, address = INET.search(rest).groups()
                found.add((address, int(port)))
        return found

    def test_fetch_contacts_hub_and_weather_only(self):
        hub, sky = self.hub(), self.hub()
        trace = pathlib.Path(self.folder()) / "trace"
        fetch = self.fetch(
            hub_config(hub.url, MESSAGE, WEATHER.format(url=sky.url)),
            wrapper=("strace", "-f", "-o", trace, "-e",
                     "trace=connect,bind,listen"), env=TRACED)
        fetch.data("lights", timeout_s=30)
        fetch.data("weather", timeout_s=30)
        fetch.state("hub", "ok", timeout_s=30)
        self.stop_traced(fetch)
        text = trace.read_text("utf-8", "replace")
        self.assertEqual(self.peers(text), {("127.0.0.1", hub.port),
                                            ("127.0.0.1", sky.port)})
        self.assertNotIn("listen(", text)
        self.assertNotRegex(text, r"bind\(\d+, \{sa_family=AF_INET")

    def stop_traced(self, fetch):
        """strace passes no SIGTERM on: ends what it traces."""
        children = pathlib.Path(
            f"/proc/{fetch.process.pid}/task/{fetch.process.pid}/children")
        for pid in children.read_text().split():
            subprocess.run(["kill", pid], check=False)
        fetch.process.wait(15)

    def test_mirror_opens_no_internet_socket(self):
        hub = self.hub()
        home = pathlib.Path(self.folder())
        (home / "mirror.conf").write_text(hub_config(hub.url, PAGE), "utf-8")
        done = subprocess.run(
            ["strace", "-ff", "-o", home / "trace", "-e",
             "trace=socket,connect,execve", BUILD / "mirror", "-c",
             home / "mirror.conf", "--snapshot", home / "a.png"],
            env=TRACED, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        families = {}
        for path in home.glob("trace.*"):
            text = path.read_text("utf-8", "replace")
            program = "mirror-fetch" if re.search(
                r'execve\("[^"]*/mirror-fetch"', text) else "mirror"
            families.setdefault(program, set()).update(
                re.findall(r"socket\((AF_\w+)", text))
        self.assertIn("AF_INET", families["mirror-fetch"])
        self.assertFalse(families["mirror"] & {"AF_INET", "AF_INET6"})


if __name__ == "__main__":
    unittest.main()
