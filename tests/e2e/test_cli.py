"""Every command line of mirror, and how it ends."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from screen_rig import BUILD, CLOCK, LEAKS, MIRROR, Mirror, quiet_fetch

PNG = b"\x89PNG\r\n\x1a\n"
PANELS = [*pathlib.Path("/dev").glob("dri/card*"),
          *pathlib.Path("/dev").glob("fb[0-9]")]
NO_DISPLAY = {"SDL_VIDEODRIVER": "none-such"}


class CommandLine(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        # Waits its minute while the other tests run.
        cls.homeless = Mirror(CLOCK.format("top_left"), "--screen=sdl",
                              **NO_DISPLAY)
        cls.addClassCleanup(cls.homeless.close)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mirror-cli-")
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)
        self.config = self.home / "mirror.conf"
        self.config.write_text(CLOCK.format("top_left"))

    def run_mirror(self, *arguments, timeout=60, **env):
        environment = dict(os.environ, **LEAKS,
                           MIRROR_FETCH=quiet_fetch(self.home))
        environment.update(env)
        return subprocess.run([MIRROR, *arguments], capture_output=True,
                              text=True, timeout=timeout, env=environment,
                              cwd=self.home, check=False)

    def test_bad_lines_exit_64_with_one_line(self):
        for line in (["--foo"], ["foo"], ["-c"], ["--size=1x1"],
                     ["--snapshot"], ["--check", "--doctor"],
                     ["--window=big"], ["--screen=vga"], ["--wait=3"],
                     ["--demo", "--demo"], ["--help=me"], [""]):
            with self.subTest(line):
                done = self.run_mirror(*line)
                self.assertEqual(done.returncode, 64)
                self.assertEqual(done.stdout, "")
                self.assertEqual(len(done.stderr.splitlines()), 1)
                self.assertIn("usage: mirror [-c FILE]", done.stderr)

    def test_tells_about_itself(self):
        for line, words in ((["--version"], ["mirror ", "."]),
                            (["--help"], ["--snapshot", "--window", "-c"]),
                            (["--list-widgets"], ["clock", "lights"])):
            with self.subTest(line):
                done = self.run_mirror(*line)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                for word in words:
                    self.assertIn(word, done.stdout)

    def test_check(self):
        self.assertEqual(
            self.run_mirror("--check", "-c", self.config).returncode, 0)
        self.config.write_text("[widget clock]\npositon = top_left\n"
                               "[nonsense]\n")
        done = self.run_mirror("--check", "-c", self.config)
        self.assertEqual(done.returncode, 78)
        self.assertIn("mirror.conf:2: [widget clock] positon", done.stderr)
        self.assertIn("mirror.conf:3: ", done.stderr)
        done = self.run_mirror("--check", "-c", self.home / "none")
        self.assertEqual(done.returncode, 78)

    def snapshot(self, name, *arguments):
        picture, scene = self.home / f"{name}.png", self.home / f"{name}.json"
        done = self.run_mirror(
            f"--snapshot={picture}", f"--scene={scene}", "-c", self.config,
            "--at=2026-01-31T07:12", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return picture.read_bytes(), scene.read_text()

    def test_same_snapshot_twice(self):
        first = self.snapshot("a", "--size=800x480")
        self.assertEqual(first, self.snapshot("b", "--size=800x480"))
        self.assertTrue(first[0].startswith(PNG))
        scene = json.loads(first[1])
        self.assertEqual(scene["size"], [800, 480])
        clock = scene["widgets"][0]
        self.assertEqual((clock["widget"], clock["region"]),
                         ("clock", "top_left"))
        self.assertIn("07:12", [t["text"] for t in clock["texts"]])

    def test_snapshot_is_full_hd_unless_told(self):
        scene = json.loads(self.snapshot("a")[1])
        self.assertEqual(scene["size"], [1920, 1080])

    def test_snapshot_waits_for_its_sources_but_not_longer(self):
        self.config.write_text(
            "[hub]\ntype = openhab\nurl = http://127.0.0.1:1\n"
            "[widget lights]\nposition = top_left\n")
        scene = self.snapshot("a", "--wait=1")[1]
        self.assertIn("mirror-fetch", scene)  # the line at the bottom

    def test_snapshot_that_cannot_be_written(self):
        done = self.run_mirror("--snapshot=/nowhere/at/all.png", "-c",
                               self.config)
        self.assertEqual(done.returncode, 71)
        self.assertIn("/nowhere/at", done.stderr)

    def test_missing_config_is_said_and_drawn(self):
        self.config.unlink()
        scene = json.loads(self.snapshot("a")[1])
        texts = [t["text"] for w in scene["widgets"] for t in w["texts"]]
        self.assertTrue([t for t in texts if "07:12" in t])
        self.assertTrue([t for t in texts if "mirror.conf" in t])

    def test_doctor_finds_what_is_wrong(self):
        token = self.home / "hub-token"
        token.write_text("secret")
        token.chmod(0o644)
        self.config.write_text(
            "[hub]\ntype = openhab\nurl = http://127.0.0.1:1\n"
            "token_file = hub-token\n" + CLOCK.format("top_left"))
        done = self.run_mirror("--doctor", "-c", self.config,
                               SDL_VIDEODRIVER="none-such", DISPLAY=":none",
                               MIRROR_FETCH=str(BUILD / "mirror-fetch"))
        self.assertEqual(done.returncode, 1)
        for line in ("ok   config: ", "ok   clock: set", "BAD  token: ",
                     "chmod 600", "BAD  display: ", "BAD  hub: offline"):
            self.assertIn(line, done.stdout)
        self.assertNotIn("secret", done.stdout + done.stderr)

    @unittest.skipIf(PANELS, "a panel is connected: the demo would take it")
    def test_demo_without_display_draws_a_picture(self):
        picture = BUILD / "demo.png"
        picture.unlink(missing_ok=True)
        done = self.run_mirror("--demo", DISPLAY=":none", WAYLAND_DISPLAY="",
                               MIRROR_FETCH=str(BUILD / "mirror-fetch"),
                               TMPDIR=str(self.home), **NO_DISPLAY)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"the picture is in {picture}", done.stdout)
        self.assertTrue(picture.read_bytes().startswith(PNG))
        for sign in ("hub: ok", "weather: ok"):
            self.assertIn(sign, done.stderr)
        self.assertEqual(list(self.home.glob("mirror-demo-*")), [])

    def test_zz_no_display_for_a_minute_exits_75(self):
        self.assertEqual(self.homeless.process.wait(90), 75)
        log = self.homeless.log()
        self.assertEqual(log.count("no video"), 1, log)  # not at every try


if __name__ == "__main__":
    unittest.main()
