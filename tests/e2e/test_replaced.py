"""Files that are replaced under a running mirror, as updates do: a new file
takes the place of the old one."""

import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import BUILD, EndToEnd, hub_config  # noqa: E402
from screen_rig import LEAKS, ROOT, Display, Mirror, wait_for  # noqa: E402
from tls_rig import TlsCase  # noqa: E402

PAGE = ("[widget clock]\nposition = top_left\n"
        "[widget lights]\nposition = bottom_left\nshow = all\n")
NO_MOUNTS = subprocess.run(["unshare", "-m", "true"],
                           stderr=subprocess.DEVNULL).returncode != 0


class Certificates(TlsCase):
    @unittest.skipIf(NO_MOUNTS, "only root may mount")
    def test_the_systems_certificates(self):
        """As update-ca-certificates does; the sandbox must not keep to the
        file it saw first."""
        hub, certs = self.hub(), pathlib.Path(self.folder())
        old, new = self.certificate(), self.certificate()
        bundle = certs / "ca-certificates.crt"
        shutil.copy(old[0], bundle)
        front = self.front(hub, old)
        fetch = self.fetch(
            hub_config(front.url),
            wrapper=("unshare", "-m", "sh", "-c",
                     f'mount --bind {certs} /etc/ssl/certs && exec "$0" "$@"'))
        fetch.state("hub", "ok")
        mark = fetch.mark()
        front.context.load_cert_chain(*new)
        shutil.copy(new[0], certs / "new")
        (certs / "new").replace(bundle)
        hub.do("drop")
        fetch.state("hub", "offline", since=mark)
        fetch.state("hub", "ok", since=mark)

    def test_that_of_the_hub_is_written_anew(self):
        hub, old, new = self.hub(), self.certificate(), self.certificate()
        front = self.front(hub, old)
        fetch = self.fetch(hub_config(front.url, f"ca_file = {old[0]}\n"))
        fetch.state("hub", "ok")
        mark = fetch.mark()
        front.context.load_cert_chain(*new)
        old[0].write_bytes(new[0].read_bytes())
        hub.do("drop")
        fetch.state("hub", "offline", since=mark)
        fetch.state("hub", "ok", since=mark)

    @unittest.skipIf("MIRROR_RUN" in os.environ, "an emulator has no Landlock")
    def test_that_of_the_hub_is_another_file(self):
        """Landlock keeps to the file that was there at the start, so that
        mirror-fetch ends, and mirror starts it again."""
        hub, old, new = self.hub(), self.certificate(), self.certificate()
        front = self.front(hub, old)
        mirror = Mirror(
            hub_config(front.url, f"ca_file = {old[0]}\n") + PAGE,
            "--window=800x480", SDL_VIDEODRIVER="dummy",
            MIRROR_FETCH=str(BUILD / "mirror-fetch"))
        self.addCleanup(mirror.close)
        self.eventually(lambda: "hub: ok" in mirror.log(),
                        "the hub is followed")
        front.context.load_cert_chain(*new)
        new[0].replace(old[0])
        hub.do("drop")
        self.eventually(lambda: mirror.log().count("hub: ok") == 2,
                        "the hub is followed again", 60)


@unittest.skipUnless(Display.possible(), "Xvfb is not installed")
class Upgrade(EndToEnd):
    def install(self, folder):
        (folder / "bin").mkdir(parents=True)
        for program in ("mirror", "mirror-fetch"):
            shutil.copy(BUILD / program, folder / "bin")
        share = folder / "share/mirror"
        shutil.copytree(ROOT / "fonts", share / "fonts")
        shutil.copytree(ROOT / "themes", share / "themes")
        shutil.copytree(ROOT / "mirror/lang", share / "lang")

    def replace_all(self, folder):
        """As dpkg does: FILE.dpkg-new takes the place of FILE."""
        for path in [p for p in folder.rglob("*") if p.is_file()]:
            new = path.with_name(path.name + ".dpkg-new")
            shutil.copy(path, new)
            new.replace(path)

    def test_programs_fonts_and_words(self):
        display = Display()
        self.addCleanup(display.close)
        hub, home = self.hub(), pathlib.Path(self.folder())
        self.install(home / "usr")
        config = home / "mirror.conf"
        config.write_text(hub_config(hub.url) + PAGE)
        log = open(home / "log", "w+")
        self.addCleanup(log.close)
        mirror = subprocess.Popen(
            [home / "usr/bin/mirror", "-c", config, "--window=800x480"],
            env={**os.environ, **LEAKS, "DISPLAY": display.name,
                 "WAYLAND_DISPLAY": ""},
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.addCleanup(mirror.wait)
        self.addCleanup(mirror.kill)
        wait_for("the lamps", lambda: display.lit(top=0.5))
        self.replace_all(home / "usr")
        # New pixels by the old files, a new page and a new mirror-fetch by
        # the new ones.
        config.write_text(hub_config(hub.url)
                          + PAGE.replace("bottom_left", "bottom_right"))
        wait_for("the lamps at their new place",
                 lambda: display.lit(left=0.6, top=0.5))
        wait_for("the hub is followed", lambda: hub.streams())
        self.assertIsNone(mirror.poll())
        mirror.terminate()
        self.assertEqual(mirror.wait(30), 0)


if __name__ == "__main__":
    unittest.main()
