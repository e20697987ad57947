"""The Debian package: what is in it, that the same commit gives the same
bytes, and its life from installation to purge in a Debian of its own.

Only run by "make deb-test" and in CI, where it is built first and MIRROR_DEB
says where it is: it takes minutes, and a Debian from the network, which is kept
in $XDG_CACHE_HOME/mirror/package. SYSROOT is that of another processor."""

import hashlib
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
WHERE = os.environ.get("MIRROR_DEB")
MINUTE_S = 60
TOKEN = "oh.package.TESTonlyTESTonly"


def run(*command, timeout=10 * MINUTE_S, **options):
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=timeout, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}")
    return done.stdout


def the_package():
    found = [p for p in (ROOT / WHERE).glob("mirror_*.deb")]
    if len(found) != 1:
        raise AssertionError(f"one package in {WHERE}, not {found}")
    return found[0]


def architecture():
    return run("dpkg-deb", "--field", the_package(), "Architecture").strip()


def foreign():
    """Whether the package is for another processor than this one's."""
    return architecture() != run("dpkg", "--print-architecture").strip()


def temporary(case):
    folder = tempfile.TemporaryDirectory(prefix="mirror-package-")
    case.addClassCleanup(folder.cleanup)
    return pathlib.Path(folder.name)


@unittest.skipUnless(WHERE, "the package is tested by make deb-test")
class Content(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.deb = the_package()
        cls.tree = temporary(cls) / "tree"
        run("dpkg-deb", "--raw-extract", cls.deb, cls.tree)

    def files(self):
        return {str(p.relative_to(self.tree)) for p in self.tree.rglob("*")
                if not p.is_dir() and "DEBIAN" not in p.parts}

    def test_files_are_those_of_make_install(self):
        """But for what Debian has its own place for."""
        expected = {"etc/mirror/mirror.conf",
                    "usr/share/doc/mirror/changelog.gz",
                    "usr/share/doc/mirror/copyright",
                    "usr/share/lintian/overrides/mirror"}
        for name in (ROOT / "tests/unit/install.list").read_text().split():
            if "/doc/" in name or name.endswith("LICENSE"):
                continue
            expected.add(f"usr/{name}" + ("", ".gz")["/man/" in name])
        found = {re.sub("^lib/", "usr/lib/", name) for name in self.files()}
        self.assertEqual(found, expected)

    def test_one_file_belongs_to_the_user(self):
        self.assertEqual((self.tree / "DEBIAN/conffiles").read_text(),
                         "/etc/mirror/mirror.conf\n")
        self.assertEqual((self.tree / "etc/mirror/mirror.conf").read_bytes(),
                         (ROOT / "mirror/man/mirror.conf").read_bytes())

    def test_units_start_what_is_installed(self):
        """Ours; what reloads them is systemd's own."""
        started = {
            path for unit in self.tree.rglob("*.service")
            for path in re.findall("^ExecStart=/(.*)$", unit.read_text(), re.M)
            if "systemctl" not in path}
        self.assertEqual(started, {"usr/bin/mirror", "usr/bin/mirror-fetch"})
        self.assertLessEqual(started, self.files())

    def test_programs_are_hardened(self):
        for name in ("mirror", "mirror-fetch"):
            with self.subTest(program=name):
                elf = run("readelf", "--wide", "-h", "-l", "-d", "--dyn-syms",
                          self.tree / "usr/bin" / name)
                self.assertRegex(elf, r"Type: +DYN")
                self.assertIn("GNU_RELRO", elf)
                self.assertRegex(elf, "NOW")
                self.assertRegex(elf, r"GNU_STACK .* RW +0x")
                self.assertIn("__stack_chk_fail", elf)
                self.assertRegex(elf, r"__\w+_chk@")
                # Whoever links a part of glibc by mistake has these.
                self.assertNotIn("GLIBC_PRIVATE", elf)

    def test_libraries_are_asked_for_no_time(self):
        """Theirs has 32 bits on armhf in Debian 12 and 64 in 13; without it
        one package fits both. debian/rules names both."""
        depends = run("dpkg-deb", "--field", self.deb, "Depends")
        for library in ("libcurl4", "libpng16-16"):
            self.assertRegex(depends, rf"\b{library}t64\b")
        for name in ("mirror", "mirror-fetch"):
            symbols = run("readelf", "--wide", "--dyn-syms",
                          self.tree / "usr/bin" / name)
            self.assertRegex(symbols, "UND (png|curl)_")
            for asked in ("curl_getdate", "png_convert_from_time_t"):
                self.assertNotIn(asked, symbols)


@unittest.skipUnless(WHERE, "the package is tested by make deb-test")
class Reproducible(unittest.TestCase):
    def test_another_place_time_and_language_give_the_same_bytes(self):
        first = the_package()
        source = temporary(type(self)) / "somewhere" / "else"
        source.mkdir(parents=True)
        archive = subprocess.Popen(["git", "archive", "HEAD"], cwd=ROOT,
                                   stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "--touch", "-C", source],
                       stdin=archive.stdout, check=True, timeout=MINUTE_S)
        archive.stdout.close()
        self.assertEqual(archive.wait(MINUTE_S), 0)
        environment = {"PATH": os.environ["PATH"], "TZ": "Asia/Tokyo",
                       "LC_ALL": "tr_TR.UTF-8", "HOME": "/nonexistent"}
        cross = []
        if foreign():
            environment["SYSROOT"] = os.environ["SYSROOT"]
            cross = [f"-a{architecture()}", "-d"]
        run("dpkg-buildpackage", "-b", "-us", "-uc", "-j2", *cross,
            cwd=source, umask=0o027, env=environment, timeout=30 * MINUTE_S)
        packages = sorted(first.parent.glob("*.deb"))
        self.assertEqual(len(packages), 2)  # one has the debug symbols
        for package in packages:
            self.assertEqual((source.parent / package.name).read_bytes(),
                             package.read_bytes(), package.name)


def debian_with(packages):
    """A tar of a small Debian, this machine's release, with these packages."""
    release = pathlib.Path("/etc/os-release").read_text()
    suite = re.search(r"^VERSION_CODENAME=(\w+)$", release, re.M).group(1)
    names = ",".join(sorted(packages))
    key = hashlib.sha256(names.encode()).hexdigest()[:16]
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME")
                         or pathlib.Path.home() / ".cache")
    kept = cache / "mirror" / "package" / f"{suite}-{key}.tar"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(".new.tar")
        run("mmdebstrap", "--quiet", "--variant=minbase",
            f"--include={names}", suite, made, timeout=20 * MINUTE_S)
        made.rename(kept)
    return kept


@unittest.skipUnless(WHERE, "the package is tested by make deb-test")
@unittest.skipUnless(os.geteuid() == 0, "chroot is for root")
class Life(unittest.TestCase):
    """One test, since each step stands on the one before."""

    @classmethod
    def setUpClass(cls):
        if foreign():
            raise unittest.SkipTest("the package is for another processor")
        cls.deb = the_package()
        depends = run("dpkg-deb", "--field", cls.deb, "Depends")
        folder = temporary(cls)
        cls.root = folder / "root"
        cls.root.mkdir()
        run("tar", "-x", "-C", cls.root, "-f", debian_with(
            [re.split(r"[ (|]", d.strip())[0] for d in depends.split(",")]))

    def inside(self, *command):
        return run("unshare", "--mount", "--net", "--pid", "--fork",
                   f"--mount-proc={self.root}/proc", "chroot", self.root,
                   "env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C",
                   *command)

    def install(self, package):
        (self.root / "new.deb").write_bytes(package.read_bytes())
        self.inside("dpkg", "--install", "/new.deb")

    def next_version(self):
        """The same package, one version on."""
        tree = self.root / "next"
        run("dpkg-deb", "--raw-extract", self.deb, tree)
        control = tree / "DEBIAN/control"
        control.write_text(re.sub("(?m)^(Version: .*)$", r"\1+next",
                                  control.read_text()))
        package = self.root / "next.deb"
        run("dpkg-deb", "--root-owner-group", "--build", tree, package)
        return package

    def path(self, name):
        return self.root / name.lstrip("/")

    def check_installed(self):
        passwd = self.path("/etc/passwd").read_text()
        for user in ("mirror", "mirror-fetch"):
            self.assertRegex(passwd, f"(?m)^{user}:.*:/usr/sbin/nologin$")
        for link in ("multi-user.target.wants/mirror.service",
                     "sockets.target.wants/mirror-fetch.socket",
                     "paths.target.wants/mirror-reload.path"):
            self.assertTrue(
                self.path(f"/etc/systemd/system/{link}").is_symlink(), link)
        self.assertEqual(self.inside("mirror", "--check"), "")
        self.inside("mirror", "--snapshot", "/page.png")
        self.assertEqual(self.path("/page.png").read_bytes()[1:4], b"PNG")
        self.assertIn("mirror-fetch ", self.inside("mirror-fetch",
                                                   "--version"))
        state = self.path("/var/lib/mirror-fetch").stat()
        self.assertEqual(state.st_mode & 0o777, 0o700)

    def check_upgraded(self, edited):
        self.assertIn("+next", self.inside(
            "dpkg-query", "--show", "--showformat=${Version}", "mirror"))
        self.assertEqual(
            self.path("/etc/mirror/mirror.conf").read_text(), edited)
        token = self.path("/etc/mirror/hub-token")
        self.assertEqual(token.stat().st_mode & 0o777, 0o600)

    def check_removed(self, edited):
        self.assertFalse(self.path("/usr/bin/mirror").exists())
        self.assertEqual(
            self.path("/etc/mirror/mirror.conf").read_text(), edited)
        self.assertEqual(
            self.path("/etc/mirror/hub-token").read_text(), TOKEN)

    def named_mirror(self):
        """Whatever has our name and is not the test's own."""
        found = run("find", self.root, "-path", f"{self.root}/proc", "-prune",
                    "-o", "-path", f"{self.root}/next", "-prune",
                    "-o", "-name", "*mirror*", "-print")
        return set(found.split())

    def test_install_upgrade_remove_purge(self):
        before = self.named_mirror()
        self.install(self.deb)
        self.check_installed()
        self.assertGreater(len(self.named_mirror() - before), 20)
        edited = "[mirror]\nlanguage = de\n"
        self.path("/etc/mirror/mirror.conf").write_text(edited)
        self.path("/etc/mirror/hub-token").write_text(TOKEN)
        self.install(self.next_version())
        self.check_upgraded(edited)
        self.inside("dpkg", "--remove", "mirror")
        self.check_removed(edited)
        self.inside("dpkg", "--purge", "mirror")
        self.assertEqual(self.named_mirror() - before, set())


if __name__ == "__main__":
    unittest.main()
