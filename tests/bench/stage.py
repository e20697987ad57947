"""What the benches stand on: the scripted hub, a display, the mirror."""

import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HUB = ROOT / "tests" / "hub"


class Hub:
    """The scripted hub as a child, and its control requests."""

    def __init__(self, folder, script):
        self.config = folder / "mirror.conf"
        self.child = subprocess.Popen(
            [sys.executable, HUB / "hub.py", "--scenario", script,
             "--config-template", HUB / "demo.conf",
             "--config-out", self.config],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = json.loads(self.child.stdout.readline())["port"]
        self.line = http.client.HTTPConnection("127.0.0.1", self.port)

    def control(self, **what):
        self.line.request("POST", "/control", json.dumps(what),
                          {"Content-Type": "application/json"})
        self.line.getresponse().read()

    def close(self):
        self.child.stdin.close()
        self.child.wait(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def quiet_scenario(folder, name="demo.json", **changes):
    """A scenario without its timeline: nothing happens by itself."""
    script = json.loads((HUB / "scenarios" / name).read_text())
    script.pop("timeline", None)
    script.update(changes)
    path = folder / name
    path.write_text(json.dumps(script))
    return path


def config_of_16_bit(folder, config):
    """The same page with frames of 16 bit."""
    path = folder / "16-bit.conf"
    path.write_text("[screen]\ndepth = 16\n\n" + config.read_text())
    return path


def fetcher(build, folder):
    """The program that fetches. Locked in it is closed to its own user as
    well: for anybody but root it starts without its sandbox."""
    program = build / "mirror-fetch"
    if os.getuid() == 0:
        return program
    wrapper = folder / "mirror-fetch-seen"
    wrapper.write_text(f'#!/bin/sh\nexec "{program}" --no-sandbox "$@"\n')
    wrapper.chmod(0o755)
    return wrapper


class Display:
    """Xvfb of the bench's own size, as a child."""

    def __init__(self, size):
        read, write = os.pipe()
        self.size = size
        self.child = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0",
             "%dx%dx24" % size, "-nolisten", "tcp"], pass_fds=[write],
            stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:  # to its end: Xvfb writes in pieces
            self.name = ":" + number.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        self.child.wait(10)


class Mirror:
    """The mirror in a window. `first_ms` is from before its start to
    READY=1, which follows the first presented frame."""

    def __init__(self, build, config, display, folder):
        path = str(folder / "notify")
        if os.path.exists(path):
            os.unlink(path)
        ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        ready.bind(path)
        ready.settimeout(20)
        env = dict(os.environ, DISPLAY=display.name, NOTIFY_SOCKET=path,
                   MIRROR_FETCH=str(fetcher(build, folder)))
        env.pop("WAYLAND_DISPLAY", None)
        begin = time.monotonic_ns()
        self.child = subprocess.Popen(
            [build / "mirror", "-c", config, "--window=%dx%d" % display.size],
            env=env, stderr=subprocess.DEVNULL)
        message = ready.recv(100)
        self.first_ms = (time.monotonic_ns() - begin) / 1e6
        assert b"READY=1" in message, message
        ready.close()

    def pids(self):
        """Its own, and that of its fetcher."""
        pid = self.child.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
        return [pid, *(int(p) for p in children.read_text().split())]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait(10)
