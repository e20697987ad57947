"""A mirror in a virtual display, and a look at its pixels."""

import os
import pathlib
import shutil
import signal
import struct
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", ROOT / "build"))
MIRROR = BUILD / "mirror"
PATIENCE_S = 30
CLOCK = "[widget clock]\nposition = {}\n"


# Only the sanitized build reads it.
LEAKS = {"LSAN_OPTIONS": "print_suppressions=0:suppressions="
                         + str(pathlib.Path(__file__).with_name("leaks.txt"))}


def wait_for(what, good):
    """Asks until `good()` is true; returns what it gave."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        result = good()
        if result:
            return result
        time.sleep(0.02)
    raise AssertionError(f"in vain: {what}")


def quiet_fetch(folder):
    """A fetcher that neither says nor asks anything."""
    path = pathlib.Path(folder) / "quiet-fetch"
    path.write_text("#!/bin/sh\nexec sleep 600\n")
    path.chmod(0o755)
    return path


class Display:
    """Xvfb, with its pixels in a file."""

    def __init__(self, width=800, height=480):
        self.folder = tempfile.mkdtemp(prefix="mirror-x-")
        read_end, write_end = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-fbdir", self.folder,
             "-nolisten", "tcp", "-screen", "0", f"{width}x{height}x24"],
            pass_fds=[write_end], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(write_end)
        with os.fdopen(read_end) as number:
            self.name = ":" + number.readline().strip()
        if self.name == ":":
            raise AssertionError("Xvfb did not start")

    @staticmethod
    def possible():
        return shutil.which("Xvfb") is not None

    def pixels(self):
        """(width, height, rows of 0xrrggbb) of the screen: an XWD file, see
        X11/XWDFile.h."""
        data = (pathlib.Path(self.folder) / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", data[:100])
        width, height, line, colours = head[4], head[5], head[12], head[19]
        assert head[11] == 32, "32 bits a pixel"
        start = head[0] + colours * 12
        order = "<" if head[7] == 0 else ">"
        return width, height, [
            [p & 0xffffff for p in struct.unpack_from(
                f"{order}{width}I", data, start + y * line)]
            for y in range(height)]

    def lit(self, left=0.0, top=0.0, right=1.0, bottom=1.0):
        """How many pixels in this part of the screen are not black."""
        width, height, rows = self.pixels()
        return sum(pixel != 0
                   for row in rows[int(top * height):int(bottom * height)]
                   for pixel in row[int(left * width):int(right * width)])

    def press(self, *keys):
        """As on a keyboard; the window under the pointer gets them."""
        subprocess.run(
            ["xdotool", "mousemove", "100", "100", "key", *keys], check=True,
            env=dict(os.environ, DISPLAY=self.name))

    def close(self):
        self.process.terminate()
        self.process.wait(PATIENCE_S)
        shutil.rmtree(self.folder)


class Mirror:
    """A running mirror with a config of its own."""

    def __init__(self, config, *arguments, display=None, wrapper=(), **env):
        self.folder = tempfile.mkdtemp(prefix="mirror-run-")
        self.config = pathlib.Path(self.folder) / "mirror.conf"
        if config is not None:
            self.config.write_text(config)
        environment = dict(os.environ, **LEAKS,
                           MIRROR_FETCH=quiet_fetch(self.folder))
        environment.pop("WAYLAND_DISPLAY", None)
        environment.pop("DISPLAY", None)
        if display is not None:
            environment["DISPLAY"] = display.name
        environment.update(env)
        environment = {k: v for k, v in environment.items() if v is not None}
        self.wrapped = bool(wrapper)
        self.errors = open(pathlib.Path(self.folder) / "log", "w+")
        self.process = subprocess.Popen(
            [*wrapper, MIRROR, "-c", self.config, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=self.errors, env=environment)

    def log(self):
        return (pathlib.Path(self.folder) / "log").read_text(
            "utf-8", "replace")

    def replace_config(self, text):
        """As editors save: a new file in the place of the old."""
        new = self.config.with_suffix(".new")
        new.write_text(text)
        new.replace(self.config)

    def signal(self, number):
        """To the mirror itself: strace keeps for itself what it is sent."""
        if not self.wrapped:
            self.process.send_signal(number)
            return
        pid = self.process.pid
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
        for child in children.read_text().split():
            os.kill(int(child), number)

    def end(self):
        """Stops it; returns its exit code."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE_S)
        self.errors.close()
        return code

    def close(self):
        if self.process.poll() is None:
            self.signal(signal.SIGKILL)
        self.process.wait(PATIENCE_S)
        self.errors.close()
        shutil.rmtree(self.folder)
