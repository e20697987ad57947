"""The running mirror: it starts its fetcher, outlives it, and ends it."""

import os
import pathlib
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import BUILD, EndToEnd, hub_config  # noqa: E402

PAGE = "[widget lights]\nposition = top_left\nshow = all\n"
BARE = {k: v for k, v in os.environ.items()
        if k not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER",
                     "XDG_RUNTIME_DIR")}
PANELS = [*pathlib.Path("/dev").glob("dri/card*"),
          *pathlib.Path("/dev").glob("fb[0-9]")]


def children(pid):
    """The direct children of a process."""
    try:
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(child) for child in text.split()]


class Running(EndToEnd):
    def mirror(self, config):
        """A mirror in a window that nobody sees."""
        path = pathlib.Path(self.folder()) / "mirror.conf"
        path.write_text(config, "utf-8")
        process = subprocess.Popen(
            [BUILD / "mirror", "-c", path, "--window=800x600"],
            env={**BARE, "SDL_VIDEODRIVER": "dummy"},
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.kill, process)
        return process

    def kill(self, process):
        if process.poll() is None:
            process.kill()
        process.wait()

    def tracked(self, hub):
        return [s for s in hub.streams()
                if "Hall_Ceiling" in s.get("tracked", ())]

    def test_fetcher_is_started_replaced_and_ended(self):
        hub = self.hub()
        mirror = self.mirror(hub_config(hub.url, PAGE))
        self.eventually(lambda: self.tracked(hub), "the lamps are tracked")
        (first,) = children(mirror.pid)
        os.kill(first, signal.SIGKILL)
        self.eventually(lambda: children(mirror.pid) not in ([], [first]),
                        "another fetcher")
        self.eventually(lambda: self.tracked(hub), "tracked again")
        self.assertIsNone(mirror.poll())
        (second,) = children(mirror.pid)
        mirror.terminate()
        self.assertEqual(mirror.wait(15), 0)
        self.eventually(lambda: not hub.streams(), "the streams are closed")
        self.eventually(
            lambda: not pathlib.Path(f"/proc/{second}").exists(),
            "the fetcher is gone")

    def test_fetcher_goes_when_the_mirror_dies(self):
        hub = self.hub()
        mirror = self.mirror(hub_config(hub.url, PAGE))
        self.eventually(lambda: self.tracked(hub), "the lamps are tracked")
        mirror.kill()
        mirror.wait()
        self.eventually(lambda: not hub.streams(), "the streams are closed")

    @unittest.skipIf(PANELS, "a panel is connected: the demo would take it")
    def test_demo_without_display_draws_a_picture(self):
        picture = BUILD / "demo.png"
        picture.unlink(missing_ok=True)
        done = subprocess.run(
            [BUILD / "mirror", "--demo"], env=BARE, timeout=120,
            stdin=subprocess.DEVNULL, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"demo.png", done.stdout)
        self.assertEqual(picture.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        for sign in (b"hub: ok", b"weather: ok"):
            self.assertIn(sign, done.stderr)


if __name__ == "__main__":
    unittest.main()
