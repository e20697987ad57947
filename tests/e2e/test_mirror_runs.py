"""The running mirror: it starts its fetcher, outlives it, and ends it."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import BUILD, TOKEN, EndToEnd, hub_config  # noqa: E402

PAGE = "[widget lights]\nposition = top_left\nshow = all\n"
BARE = {k: v for k, v in os.environ.items()
        if k not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER",
                     "XDG_RUNTIME_DIR")}


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
        self.home = pathlib.Path(self.folder())
        self.config = self.home / "mirror.conf"
        self.config.write_text(config, "utf-8")
        self.log = open(self.home / "log", "w+b")
        self.addCleanup(self.log.close)
        process = subprocess.Popen(
            [BUILD / "mirror", "-c", self.config, "--window=800x600"],
            env={**BARE, "SDL_VIDEODRIVER": "dummy"},
            stdin=subprocess.DEVNULL, stderr=self.log)
        self.addCleanup(self.kill, process)
        return process

    def said(self):
        """By mirror and fetcher, in the log."""
        return (self.home / "log").read_text("utf-8")

    def notice(self):
        """The one line that this config now has on the panel."""
        scene = self.home / "scene.json"
        subprocess.run(
            [BUILD / "mirror", "-c", self.config, "--snapshot",
             self.home / "page.png", f"--scene={scene}"],
            env=BARE, timeout=120, check=True, stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        widgets = json.loads(scene.read_text())["widgets"]
        return "".join(text["text"] for widget in widgets
                       if widget["widget"] == "notice"
                       for text in widget["texts"])

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

    def test_a_token_that_comes_later(self):
        """Missing it is said once, on the panel as in the log; when it is there
        it takes no new mirror."""
        hub = self.hub(auth={"tokens": {TOKEN: ["user"]},
                             "implicit_user": False})
        mirror = self.mirror(hub_config(hub.url, PAGE, token_file="hub-token"))
        self.eventually(lambda: "'hub-token': No such file" in self.said(),
                        "the missing token is said")
        self.assertEqual(self.notice(), "hub refuses key")
        self.assertEqual(self.tracked(hub), [])
        token = self.home / "hub-token"
        token.write_text(TOKEN + "\n")
        token.chmod(0o600)
        mirror.send_signal(signal.SIGHUP)
        self.eventually(lambda: self.tracked(hub), "the lamps are tracked")
        self.assertIsNone(mirror.poll())
        self.assertEqual(self.notice(), "")

    def test_a_config_that_is_mended_later(self):
        hub = self.hub()
        good = hub_config(hub.url, PAGE)
        mirror = self.mirror(good.replace("url =", "ulr ="))
        self.eventually(lambda: "[hub] ulr: unknown" in self.said(),
                        "the mistake is said")
        self.assertRegex(self.notice(), "^config line [0-9]+$")
        self.config.write_text(good, "utf-8")
        mirror.send_signal(signal.SIGHUP)
        self.eventually(lambda: self.tracked(hub), "the lamps are tracked")
        self.assertEqual(self.notice(), "")

    def test_a_plug_that_moves_ends_nothing(self):
        """udev says so with a signal, which no window minds."""
        hub = self.hub()
        mirror = self.mirror(hub_config(hub.url, PAGE))
        self.eventually(lambda: self.tracked(hub), "the lamps are tracked")
        mirror.send_signal(signal.SIGWINCH)
        time.sleep(1)
        self.assertIsNone(mirror.poll())


if __name__ == "__main__":
    unittest.main()
