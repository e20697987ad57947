#!/usr/bin/env python3
"""Boots the packaged mirror in a machine of QEMU's and looks at its panel.

Usage: tests/vm/run.py BUILD PACKAGE.deb [SUITE [STORY...]]

SUITE is Debian's, "bookworm" unless told. Those stories are told, else all but
"brief", which is the gist of all. Pictures, the guests' logs and report.txt
stay in BUILD/vm/SUITE/, of what failed the panel and the journal. The guest
without the mirror is kept in $XDG_CACHE_HOME/mirror/vm and made anew when what
it is made of changes. Closes with "N passed, N failed".
"""

import hashlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from guest import Guest, GuestError, Wrong  # noqa: E402
from stories import BRIEF, STORIES  # noqa: E402

ROOTFS_S = 1500
IMAGE_S = 300


def depends(package):
    """What the package needs and likes to have, parted by commas; of
    alternatives the first, without versions."""
    names = []
    for field in ("Depends", "Recommends"):
        text = subprocess.run(["dpkg-deb", "-f", package, field], check=True,
                              capture_output=True, text=True).stdout
        for one in text.replace("\n", " ").split(","):
            name = re.match(r"\s*([a-z0-9.+-]+)", one)
            if name:
                names.append(name[1])
    return ",".join(sorted(set(names)))


def rootfs(suite, packages):
    """The tar of the guest without the mirror, from the cache or new."""
    key = hashlib.sha256(f"{suite} {packages}".encode())
    for script in ("rootfs.sh", "kernel.sh"):
        key.update((HERE / script).read_bytes())
    home = pathlib.Path(os.environ.get("XDG_CACHE_HOME")
                        or pathlib.Path.home() / ".cache") / "mirror" / "vm"
    tar = home / f"{suite}-{key.hexdigest()[:16]}.tar"
    if not tar.exists():
        home.mkdir(parents=True, exist_ok=True)
        for old in home.glob(f"{suite}-*.tar*"):
            old.unlink()
        subprocess.run(["nice", HERE / "rootfs.sh", suite, packages, tar],
                       check=True, timeout=ROOTFS_S)
    return tar


def make_image(package, tar, out):
    log = out / "image.log"
    with open(log, "wb") as file:
        done = subprocess.run(
            ["nice", HERE / "image.sh", tar, package, HERE.parent / "hub",
             out / "image"],
            stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            timeout=IMAGE_S)
    if done.returncode != 0:
        sys.exit(log.read_text("utf-8", "replace"))
    return out / "image"


class Report:
    """Says what happens, and keeps it."""

    def __init__(self, path):
        self.path, self.passed, self.failed = path, 0, 0
        path.write_text("")

    def say(self, text):
        print(text, flush=True)
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(text + "\n")

    def step(self, story, guest, step):
        """Whether it went well; else what there is to see is kept."""
        start_s, what = time.monotonic(), step.__doc__
        try:
            note = step(guest)
        except (GuestError, Wrong) as bad:
            self.failed += 1
            self.say(f"not ok {story}: {what}: {bad}")
            self.keep(guest, f"{story}-{step.__name__}")
            return False
        self.passed += 1
        while guest.late:
            self.say(f"did not end at first: {guest.late.pop()}")
        took = f"{time.monotonic() - start_s:.0f} s"
        self.say(f"ok {story}: {what} ({note + ', ' if note else ''}{took})")
        return True

    def keep(self, guest, name):
        """The panel and the journal of a guest in which something failed; the
        end of the journal is said, too."""
        journal = self.path.with_name(f"{name}.journal")
        try:
            guest.panel().keep(self.path.with_name(f"{name}-panel.png"))
            journal.write_text(guest.tell("journalctl --no-pager -b"))
            self.say(guest.tell(
                "journalctl --no-pager -b -n 30 -u mirror.service "
                "-u 'mirror-fetch*' -u vm-hub.service"))
            self.say(f"all of it: {journal}")
        except GuestError as bad:
            self.say(f"no journal: {bad}")

    def start_times(self, guest, what):
        names = [name + "TimestampMonotonic" for name in
                 ("InactiveExit", "ActiveEnter")]
        unit = guest.show(*names)
        begin, ready = (int(unit[name]) / 1e6 for name in names)
        self.say(f"{what}: mirror.service starts at {begin:.2f} s, and its "
                 f"first picture is there {ready - begin:.2f} s later")

    def measure(self, guest):
        """How the boot went, and a start with the guest at rest. Under
        emulation: numbers to compare, not to judge."""
        try:
            guest.wait_ready()
            self.start_times(guest, "power on")
            self.say(guest.tell("systemd-analyze --no-pager; systemd-analyze "
                                "--no-pager critical-chain mirror.service"))
            guest.tell("systemctl restart mirror.service")
            self.start_times(guest, "at rest")
        except (GuestError, Wrong) as bad:
            self.say(f"not measured: {bad}")


def play(report, image, out, story):
    name, (width, height), steps = story
    start_s = time.monotonic()
    try:
        guest = Guest(image, out, name, width, height)
    except GuestError as bad:
        report.failed += 1
        report.say(f"not ok {name}: no machine: {bad}")
        return
    try:
        report.say(f"{name}: a shell after {guest.machine.wait_ready():.0f} s")
        for step in steps:
            if not report.step(name, guest, step):
                report.say(f"the rest of {name} is not told")
                break
            if story in (STORIES[0], BRIEF) and step is steps[0]:
                report.measure(guest)
    except GuestError as bad:
        report.failed += 1
        report.say(f"not ok {name}: {bad}")
    finally:
        guest.close()
        report.say(f"{name}: all in {time.monotonic() - start_s:.0f} s")


def chosen(names):
    """The stories of these names; of none, the whole of what there is."""
    told = {story[0]: story for story in (*STORIES, BRIEF)}
    unknown = [name for name in names if name not in told]
    if unknown:
        sys.exit(f"no story {unknown[0]}, but {' '.join(told)}")
    return [told[name] for name in names] or STORIES


def main():
    # Whoever is told to stop ends its machine first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    build, package = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    suite = sys.argv[3] if len(sys.argv) > 3 else "bookworm"
    stories = chosen(sys.argv[4:])
    out = build / "vm" / suite
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    report, start_s = Report(out / "report.txt"), time.monotonic()
    tar = rootfs(suite, depends(package))
    image = make_image(package, tar, out)
    report.say(f"guest made in {time.monotonic() - start_s:.0f} s")
    for story in stories:
        play(report, image, out, story)
    shutil.rmtree(image)
    report.say(f"all in {time.monotonic() - start_s:.0f} s")
    report.say(f"{report.passed} passed, {report.failed} failed")
    return 0 if report.failed == 0 and report.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
