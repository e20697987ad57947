"""The mirror in a window: drawn, reloaded, idle, ended."""

import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from screen_rig import CLOCK, PATIENCE_S, Display, Mirror, wait_for

TOP_LEFT = dict(right=0.6, bottom=0.6)
BOTTOM_RIGHT = dict(left=0.5, top=0.6)


@unittest.skipUnless(Display.possible(), "no Xvfb: apt-get install xvfb")
class Window(unittest.TestCase):

    def start(self, config, *arguments, **options):
        self.display = Display()
        self.addCleanup(self.display.close)
        mirror = Mirror(config, *arguments, display=self.display, **options)
        self.addCleanup(mirror.close)
        return mirror

    def clock_at(self, *arguments, **options):
        mirror = self.start(CLOCK.format("top_left"), *arguments, **options)
        wait_for("a clock", lambda: self.display.lit(**TOP_LEFT))
        return mirror

    def test_opens_and_ends(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                mirror = self.clock_at("--window=800x480")
                self.assertEqual(self.display.lit(**BOTTOM_RIGHT), 0)
                mirror.signal(number)
                self.assertEqual(mirror.end(), 0)
                self.assertIn("screen: sdl, 800 x 480", mirror.log())

    def test_fills_the_screen_without_window(self):
        mirror = self.clock_at()
        self.assertIn("screen: sdl, 800 x 480", mirror.log())

    def test_turned_on_a_whole_screen(self):
        mirror = self.start("[screen]\nrotate = 90\n"
                            + CLOCK.format("top_left"))
        # Top left of the frame is top right of a panel turned clockwise.
        wait_for("a clock", lambda: self.display.lit(left=0.5))
        self.assertEqual(self.display.lit(right=0.3), 0)
        self.assertIn("screen: sdl, 480 x 800", mirror.log())

    def test_frames_of_16_bit(self):
        page = "[screen]\nrotate = 90\ndepth = {}\n" + CLOCK.format("top_left")
        mirror = self.start(page.format(16))

        def shades_of_red():
            _, _, rows = self.display.pixels()
            return len({p >> 16 & 0xff for row in rows for p in row})
        wait_for("a clock", lambda: self.display.lit(left=0.5))
        self.assertEqual(self.display.lit(right=0.3), 0)
        self.assertIn("screen: sdl, 480 x 800, 16 bit", mirror.log())
        self.assertLessEqual(shades_of_red(), 32)
        mirror.replace_config(page.format(32))
        mirror.signal(signal.SIGHUP)
        wait_for("more shades", lambda: shades_of_red() > 32)
        self.assertEqual(self.display.lit(right=0.3), 0)

    def test_saved_config_is_read_again(self):
        mirror = self.clock_at("--window=800x480")
        mirror.replace_config(CLOCK.format("bottom_right"))
        wait_for("the clock elsewhere",
                 lambda: self.display.lit(**BOTTOM_RIGHT))
        self.assertEqual(self.display.lit(right=0.3, bottom=0.4), 0)
        # In place, too.
        mirror.config.write_text(CLOCK.format("top_left"))
        wait_for("the clock back", lambda: self.display.lit(
            right=0.3, bottom=0.4))
        self.assertEqual(mirror.end(), 0)

    def test_bad_config_changes_nothing_but_a_line(self):
        mirror = self.clock_at("--window=800x480")
        mirror.replace_config("\n\n[widget clock]\nposition = nowhere\n")
        wait_for("the line", lambda: self.display.lit(top=0.8))
        self.assertTrue(self.display.lit(right=0.3, bottom=0.4))
        self.assertIn("mirror.conf:4: [widget clock] position: ",
                      mirror.log())
        self.assertIn("nothing changed", mirror.log())
        mirror.replace_config(CLOCK.format("top_left"))
        wait_for("the line gone", lambda: not self.display.lit(top=0.8))
        # A file that goes away is no reason to forget the last good one.
        mirror.config.unlink()
        mirror.signal(signal.SIGHUP)
        wait_for("the line", lambda: self.display.lit(top=0.8))
        self.assertTrue(self.display.lit(right=0.3, bottom=0.4))
        self.assertEqual(mirror.end(), 0)

    @unittest.skipUnless(shutil.which("xdotool"), "no xdotool")
    def test_keys_of_the_person_who_designs(self):
        mirror = self.clock_at("--window=800x480")
        self.assertEqual(self.display.lit(**BOTTOM_RIGHT), 0)
        self.display.press("g")
        wait_for("the grid", lambda: self.display.lit(**BOTTOM_RIGHT) > 1000)
        self.display.press("g")
        wait_for("no grid", lambda: self.display.lit(**BOTTOM_RIGHT) == 0)
        self.display.press("Up", "Right")
        wait_for("the shown time", lambda: self.display.lit(top=0.8))
        self.display.press("Home")
        wait_for("the real one", lambda: not self.display.lit(top=0.8))
        self.display.press("d", "t")
        wait_for("the name of the theme", lambda: self.display.lit(top=0.8))
        wait_for("no name", lambda: not self.display.lit(top=0.8))
        self.display.press("q")
        self.assertEqual(mirror.process.wait(PATIENCE_S), 0)

    def test_hangup_reads_the_config_again(self):
        mirror = self.clock_at()  # not watched outside a window
        mirror.replace_config(CLOCK.format("bottom_right"))
        mirror.signal(signal.SIGHUP)
        wait_for("the clock elsewhere",
                 lambda: self.display.lit(**BOTTOM_RIGHT))

    def test_without_config_it_says_which_file_to_write(self):
        mirror = self.start(None, "--window=800x480")
        wait_for("clock and sentence", lambda: self.display.lit(
            **TOP_LEFT) and self.display.lit(top=0.8))
        self.assertIn("no such file", mirror.log())

    def test_another_theme_and_screen_while_running(self):
        mirror = self.clock_at("--window=800x480")
        mirror.replace_config("[mirror]\ntheme = night\n"
                              + CLOCK.format("top_left"))

        def reddish():
            _, _, rows = self.display.pixels()
            lit = [p for row in rows for p in row if p]
            return lit and all(p >> 16 >= (p & 0xff) for p in lit) and any(
                p >> 16 > 2 * (p & 0xff) for p in lit)
        wait_for("the night theme", reddish)

    def test_idle_means_idle(self):
        mirror = self.clock_at("--window=800x480")
        status = pathlib.Path(f"/proc/{mirror.process.pid}/status")

        def switches():
            return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)",
                                 status.read_text(), re.M).group(1))
        time.sleep(1)
        before = switches()
        time.sleep(4)
        # A minute may begin meanwhile; a loop that polls would count 40.
        self.assertLessEqual(switches() - before, 20)

    def test_tells_the_service_manager(self):
        with tempfile.TemporaryDirectory() as folder, socket.socket(
                socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(f"{folder}/notify")
            manager.settimeout(20)
            self.clock_at(NOTIFY_SOCKET=f"{folder}/notify",
                          WATCHDOG_USEC="200000")
            seen = {manager.recv(64) for _ in range(8)}
            self.assertEqual(seen, {b"READY=1", b"WATCHDOG=1"})

    @unittest.skipUnless(shutil.which("strace"), "no strace")
    def test_opens_no_internet_socket(self):
        with tempfile.TemporaryDirectory() as folder:
            trace = pathlib.Path(folder) / "trace"
            probe = subprocess.run(["strace", "-o", trace, "true"],
                                   capture_output=True, check=False)
            if probe.returncode != 0:
                self.skipTest("strace may not trace here")
            mirror = self.clock_at(wrapper=[
                "strace", "-f", "-e",
                "trace=socket,connect,bind,listen,execve", "-o", trace],
                DBUS_SESSION_BUS_ADDRESS=None)
            mirror.signal(signal.SIGINT)
            children = wait_for("its end", lambda: "exited with" in
                                trace.read_text() and trace.read_text())
            self.assertIn("AF_UNIX", children)
            for word in ("AF_INET", "AF_INET6", "AF_NETLINK", "listen("):
                self.assertNotIn(word, children)
            # Nor does libdbus start a session bus behind SDL's back.
            self.assertNotIn("dbus-launch", children)

    @unittest.skipUnless(shutil.which("strace"), "no strace")
    def test_a_server_that_is_not_there_is_no_display(self):
        with tempfile.TemporaryDirectory() as folder:
            trace = pathlib.Path(folder) / "trace"
            mirror = Mirror(
                CLOCK.format("top_left"), "--screen=sdl", DISPLAY=":4242",
                wrapper=["strace", "-f", "-e", "trace=socket", "-o", trace])
            self.addCleanup(mirror.close)
            wait_for("the reason", lambda: "no display server" in mirror.log())
            mirror.signal(signal.SIGINT)
            # Neither by TCP, nor by a driver that draws to nowhere.
            self.assertNotIn("AF_INET", trace.read_text())
            self.assertNotIn("screen: sdl,", mirror.log())


if __name__ == "__main__":
    unittest.main()
