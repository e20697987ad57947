"""The Debian package: that apt finds all it needs in each release of Debian
that it is for. The libraries have other names in Debian 13 than in 12.

Only run by "make deb-test", which says in MIRROR_DEB where the package is. The
lists of packages are kept in $XDG_CACHE_HOME/mirror/apt; nothing is installed,
so that any architecture can be asked."""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
WHERE = os.environ.get("MIRROR_DEB")

def own_mirror():
    """Where this machine's own packages come from."""
    shown = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)",
         "Created-By: Packages", "Origin: Debian", "Label: Debian"],
        timeout=60, text=True, stdout=subprocess.PIPE).stdout.split()
    return shown[0] if shown else None


MIRROR = os.environ.get("MIRROR_DEBIAN") or (WHERE and own_mirror())
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME")
                     or pathlib.Path.home() / ".cache") / "mirror" / "apt"
TIMEOUT_S = 600

# An apt with nothing installed, and nothing of this machine's.
CONFIG = """\
APT::Architecture "{architecture}";
APT::Architectures {{ "{architecture}"; }};
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
Dir::State "{folder}";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}";
Dir::Etc "{folder}";
Dir::Etc::sourcelist "{folder}/sources.list";
"""


class Apt:
    """What apt knows of a release and an architecture."""

    def __init__(self, suite, architecture):
        folder = CACHE / f"{suite}-{architecture}"
        for name in ("lists/partial", "archives/partial"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "status").touch()
        (folder / "sources.list").write_text(
            f"deb [signed-by={KEYS}] {MIRROR} {suite} main\n")
        self.config = folder / "config"
        self.config.write_text(
            CONFIG.format(folder=folder, architecture=architecture))
        self.run("update")

    def run(self, *arguments):
        done = subprocess.run(
            ["apt-get", "-q", *arguments], timeout=TIMEOUT_S, text=True,
            env=dict(os.environ, APT_CONFIG=self.config, LC_ALL="C"),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            raise AssertionError(f"{arguments}: {done.stdout}")
        return done.stdout

    def would_install(self, package):
        """The names of everything that comes with a package."""
        shown = self.run("--simulate", "install", package)
        return set(re.findall(r"^Inst (\S+)", shown, re.M))


def the_package():
    (package,) = (ROOT / WHERE).glob("mirror_*.deb")
    return package


def field(package, name):
    return subprocess.run(
        ["dpkg-deb", "--field", package, name], check=True, timeout=60,
        stdout=subprocess.PIPE, text=True).stdout.strip()


def built_for():
    """The releases that a package made here is for: those that have the glibc
    it was linked to, or a newer one."""
    release = pathlib.Path("/etc/os-release").read_text()
    mine = re.search(r"^VERSION_CODENAME=(\w+)$", release, re.M).group(1)
    return ["trixie"] if mine == "trixie" else ["bookworm", "trixie"]


@unittest.skipUnless(WHERE, "the package is tested by make deb-test")
@unittest.skipIf(WHERE and not MIRROR, "apt knows no mirror of Debian")
class Releases(unittest.TestCase):
    def test_apt_finds_everything(self):
        package = the_package()
        architecture = field(package, "Architecture")
        for suite in built_for():
            with self.subTest(suite=suite, architecture=architecture):
                names = Apt(suite, architecture).would_install(package)
                self.assertIn("mirror", names)
                self.assertTrue({"libcurl4", "libcurl4t64"} & names)
                self.assertLessEqual(
                    {"fonts-noto-core", "fonts-droid-fallback",
                     "fonts-noto-color-emoji", "tzdata"}, names)

    def test_apt_misses_what_is_not_there(self):
        """So that the test above can fail."""
        apt = Apt(built_for()[0], field(the_package(), "Architecture"))
        with self.assertRaisesRegex(AssertionError, "Unable to locate"):
            apt.would_install("mirror-needs-this")


if __name__ == "__main__":
    unittest.main()
