"""The units of systemd: that systemd has nothing to say against them, how far
their fences leave them exposed, that they never give up and wait for no
network, and that what is named in several places has one name."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", ROOT / "build"))
UNITS = ROOT / "systemd"
NAMES = ("mirror.service", "mirror-fetch.socket", "mirror-fetch@.service",
         "mirror-reload.path", "mirror-reload.service")


def analyze(*arguments):
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *arguments], timeout=60, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def settings(name):
    """Every value of every key of a unit, in its order."""
    found = {}
    for line in (UNITS / name).read_text().split("\n"):
        if line and line[0] not in "#[":
            key, value = line.split("=", 1)
            found.setdefault(key, []).append(value)
    return found


class Units(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mirror-units-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def copy(self, name, change=lambda text: text):
        """A unit that names the programs of this build."""
        text = (UNITS / name).read_text()
        text = text.replace("/usr/bin/mirror", str(BUILD / "mirror"))
        path = self.folder / name
        path.write_text(change(text))
        return path

    def exposure(self, name, threshold, change=lambda text: text):
        """None within the threshold (tenths), else what is wrong."""
        done = analyze("security", "--offline=true",
                       f"--threshold={threshold}", self.copy(name, change))
        self.assertIn("Overall exposure level", done.stdout)
        return None if done.returncode == 0 else done.stdout

    def test_systemd_accepts_them(self):
        done = analyze("verify", "--man=no", *[self.copy(n) for n in NAMES])
        self.assertEqual((done.stdout, done.returncode), ("", 0))

    def test_systemd_refuses_a_broken_one(self):
        """So that the test above can fail."""
        path = self.copy("mirror.service",
                         lambda text: text.replace("WatchdogSec=", "Watchdog="))
        self.assertIn("'Watchdog'",
                      analyze("verify", "--man=no", path).stdout)

    def test_exposure(self):
        self.assertIsNone(self.exposure("mirror.service", 6))
        self.assertIsNone(self.exposure("mirror-fetch@.service", 11))

    def test_exposure_counted_as_that_of_a_late_service(self):
        """Some checks are left out for what starts early."""
        self.assertIsNone(self.exposure(
            "mirror.service", 6,
            lambda text: text.replace("DefaultDependencies=no", "")))

    def test_exposure_without_a_fence_is_found(self):
        self.assertIn("PrivateNetwork=", self.exposure(
            "mirror.service", 6,
            lambda text: text.replace("PrivateNetwork=yes", "")))
        self.assertIn("SystemCallFilter=", self.exposure(
            "mirror-fetch@.service", 11,
            lambda text: re.sub("SystemCallFilter=.*", "", text)))

    def test_they_never_give_up(self):
        mirror = settings("mirror.service")
        self.assertEqual(mirror["Restart"], ["always"])
        self.assertEqual(mirror["StartLimitIntervalSec"], ["0"])
        self.assertIn("WatchdogSec", mirror)
        self.assertEqual(settings("mirror-fetch.socket")
                         ["TriggerLimitIntervalSec"], ["0"])
        self.assertEqual(settings("mirror-fetch@.service")
                         ["StartLimitIntervalSec"], ["0"])
        self.assertEqual(settings("mirror-reload.path")
                         ["TriggerLimitIntervalSec"], ["0"])
        self.assertEqual(settings("mirror-reload.service")
                         ["StartLimitIntervalSec"], ["0"])

    def test_they_wait_for_no_network_and_no_time(self):
        for name in NAMES:
            unit = settings(name)
            for key in ("After", "Requires", "Wants", "BindsTo"):
                for value in unit.get(key, []):
                    self.assertNotRegex(value, "network|time-sync", name)

    def test_one_socket(self):
        path = settings("mirror-fetch.socket")["ListenSequentialPacket"][0]
        header = (ROOT / "mirror/render/fetcher.h").read_text()
        self.assertIn(f'#define FETCHER_SOCKET "{path}"', header)
        self.assertEqual(settings("mirror.service")["Environment"],
                         [f"MIRROR_FETCH_SOCKET={path}"])

    def test_users_are_two_and_exist(self):
        users = re.findall(r"^u (\S+)",
                           (UNITS / "mirror.sysusers").read_text(), re.M)
        draws = settings("mirror.service")["User"][0]
        fetches = settings("mirror-fetch@.service")["User"][0]
        self.assertEqual(sorted(users), sorted([draws, fetches]))
        self.assertNotEqual(draws, fetches)
        socket = settings("mirror-fetch.socket")
        self.assertEqual((socket["SocketUser"], socket["SocketMode"]),
                         ([draws], ["0600"]))

    @unittest.skipUnless(shutil.which("systemd-sysusers"), "no sysusers")
    def test_users_are_made_without_a_shell(self):
        (self.folder / "etc").mkdir()
        done = subprocess.run(
            ["systemd-sysusers", f"--root={self.folder}",
             UNITS / "mirror.sysusers"], timeout=60, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)
        lines = (self.folder / "etc/passwd").read_text().split("\n")
        shells = [line.rsplit(":", 1)[1] for line in lines if "mirror" in line]
        self.assertEqual(shells, ["/usr/sbin/nologin"] * 2)

    def test_what_is_saved_is_read(self):
        """The config, and the token that the fetcher's unit hands on."""
        header = (ROOT / "mirror/model/settings.h").read_text()
        config = re.search('SETTINGS_DEFAULT_PATH "(.*)"', header)[1]
        token = settings("mirror-fetch@.service")["LoadCredential"][0]
        self.assertEqual(settings("mirror-reload.path")["PathChanged"],
                         [config, token.split(":")[1]])
        self.assertRegex(settings("mirror-reload.service")["ExecStart"][0],
                         "try-reload-or-restart mirror.service$")
        self.assertIn("ExecReload", settings("mirror.service"))

    def test_one_token_and_one_state(self):
        fetch = settings("mirror-fetch@.service")
        name, path = fetch["LoadCredential"][0].split(":")
        self.assertEqual(fetch["SetCredential"], [f"{name}:\\n"])
        folders = (UNITS / "mirror.tmpfiles").read_text()
        self.assertRegex(folders, rf"(?m)^z {re.escape(path)} +0600 root root")
        state = f"/var/lib/{fetch['StateDirectory'][0]}"
        self.assertRegex(folders, rf"(?m)^d {re.escape(state)} +0700")


class Package(unittest.TestCase):
    def test_version_is_that_of_the_makefile(self):
        version = re.search(r"^VERSION := (\S+)$",
                            (ROOT / "Makefile").read_text(), re.M).group(1)
        first = (ROOT / "debian/changelog").read_text().split("\n")[0]
        self.assertTrue(first.startswith(f"mirror ({version}) "), first)


if __name__ == "__main__":
    unittest.main()
