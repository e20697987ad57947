"""make install: the list of files, their modes, and that what was installed
finds its own data."""

import os
import pathlib
import stat
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MIRROR_BUILD", ROOT / "build"))
GOLDEN = ROOT / "tests" / "unit" / "install.list"


def make_variables():
    """So that make builds nothing that is not already there."""
    variables = [f"BUILD={BUILD.relative_to(ROOT)}"]
    if BUILD.name == "build-sanitize":
        variables = ["SANITIZE=1"]
    return variables


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="mirror-install-")
        cls.top = pathlib.Path(cls.folder.name)
        environment = {k: v for k, v in os.environ.items()
                       if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
        done = subprocess.run(
            ["make", "-s", f"DESTDIR={cls.top}", "PREFIX=/opt/m",
             *make_variables(), "install"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=300)
        if done.returncode != 0:
            raise AssertionError(done.stdout)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def files(self):
        return sorted(p for p in self.top.rglob("*") if not p.is_dir())

    def test_files_are_those_of_the_list(self):
        names = [str(p.relative_to(self.top / "opt/m")) for p in self.files()]
        self.assertEqual(names, GOLDEN.read_text().split())

    def test_modes_fit_everybody(self):
        for path in self.files():
            mode = stat.S_IMODE(path.stat().st_mode)
            expected = 0o755 if path.parent.name == "bin" else 0o644
            self.assertEqual(mode, expected, path)

    def test_installed_program_finds_its_data(self):
        environment = {k: v for k, v in os.environ.items()
                       if k != "MIRROR_DATA"}
        config = self.top / "good.conf"
        config.write_text("[mirror]\nlanguage = de\ntheme = dark\n")
        try:
            done = subprocess.run(
                [self.top / "opt/m/bin/mirror", "--check", "-c", config],
                cwd="/", env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, timeout=60)
        finally:
            config.unlink()
        self.assertEqual((done.stdout, done.returncode), ("", 0))

    def test_demo_hub_is_whole(self):
        hub = self.top / "opt/m/share/mirror/demo/hub.py"
        done = subprocess.run(
            ["python3", "-B", hub, "--help"], cwd="/", timeout=60,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("--scenario", done.stdout)


if __name__ == "__main__":
    unittest.main()
