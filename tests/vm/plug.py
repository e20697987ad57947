"""A display that is pulled, plugged in and exchanged, as the kernel sees it.

QEMU's card tells its driver, the driver reads what the display says of itself,
the kernel tells udev, and the package's rule tells the mirror.
"""

import json

import display
from guest import Wrong
from viewer import Viewer

WATCH_S = 30  # between two looks of a mirror that nobody tells
LOOK = "systemctl kill --kill-whom=main --signal=WINCH mirror.service"
TOLD = "Sent signal SIGWINCH to main process"
GONE = "Virtual-1: the display is gone"
NONE = "screen: drm: no display is connected"
OTHER = "Virtual-1: another display"
RULE = "/etc/udev/rules.d/60-mirror.rules"
REST_S = 12  # two attempts of a mirror without a display, and more
WAKEUPS = 60  # of that time; of one that does not sleep: thousands
TIMES = 20


def news(guest, since=0):
    """(seconds since power-on, words) of the unit's journal from that line."""
    lines = guest.tell("journalctl --no-pager -b -u mirror.service -o json "
                       "--output-fields=MESSAGE").splitlines()
    entries = map(json.loads, lines[since:])
    return [(int(entry["__MONOTONIC_TIMESTAMP"]) / 1e6, entry["MESSAGE"])
            for entry in entries]


class Plug:
    """What a hand does at the plug, and what the mirror says of it."""

    def __init__(self, guest, width, height):
        """Plugs in a display of that size, in place of what was there; without
        a size there is none. Before that the mirror looks, so that it would
        look by itself in half a minute only."""
        self.guest, self.since = guest, len(news(guest))
        guest.tell(LOOK)
        self.began_s = float(guest.tell("cut -d' ' -f1 /proc/uptime"))
        move(guest, width, height)

    def wait(self, words):
        """Until the mirror says so. Returns after how many seconds it did."""
        def said():
            return [at for at, text in news(self.guest, self.since)
                    if words in text]
        return self.guest.wait(said, words)[0] - self.began_s

    def was_told(self):
        """Whether somebody but us told the mirror to look."""
        texts = [text for _, text in news(self.guest, self.since)]
        return sum(TOLD in text for text in texts) > 1

    def check(self, words):
        """The mirror says so, because it was told."""
        took_s = self.wait(words)
        if not self.was_told() or took_s > WATCH_S:
            raise Wrong(f"nobody told it: {words}: {took_s:.1f} s")
        return f"after {took_s:.1f} s"


def move(guest, width, height):
    with Viewer(guest.machine.folder / "view") as viewer:
        viewer.ask_for(width, height)
    if width > 0:
        guest.width, guest.height = width, height


def wakeups(guest, pid):
    return int(guest.tell("awk '/^voluntary/ { sum += $2 } END { print sum }' "
                          f"/proc/{pid}/task/*/status"))


def check_asleep(guest, pid):
    """It does next to nothing, and says nothing."""
    before, since = wakeups(guest, pid), len(news(guest))
    guest.tell(f"sleep {REST_S}")
    count, said = wakeups(guest, pid) - before, news(guest, since)
    if count > WAKEUPS or said:
        raise Wrong(f"no rest: {count} wakeups, {said}")
    return f"{count} wakeups in {REST_S} s"


def check_picture(guest, what, pid):
    guest.check_panel(what)
    if guest.main_pid() != pid:
        raise Wrong("it took a new mirror")


def none_at_power_on(guest):
    """no display at power-on: one line; the picture when one is plugged in"""
    machine = guest.machine
    machine.start += ["-vnc", f"unix:{machine.folder}/view"]
    machine.cut_power()
    # The very first size is a change only if it is one.
    move(guest, guest.width, guest.height)
    move(guest, 0, 0)
    machine.wait_ready()
    guest.wait(lambda: any(NONE in text for _, text in news(guest)), NONE)
    texts = [text for _, text in news(guest)]
    if sum(NONE in text for text in texts) != texts.count(
            "Starting mirror.service - Smart mirror..."):
        raise Wrong(f"more than a line for each start: {texts}")
    plug = Plug(guest, guest.width, guest.height)
    said = plug.check(f"screen: drm, {guest.width} x {guest.height}")
    guest.wait_ready()
    guest.check_panel("late")
    return said


def is_pulled(guest):
    """pulled: the mirror is told, says so, and waits asleep"""
    pid = guest.wait_ready()
    plug = Plug(guest, 0, 0)
    said = plug.check(GONE)
    plug.check(NONE)
    display.check_dark(guest)
    rest = check_asleep(guest, pid)
    if guest.main_pid() != pid:
        raise Wrong("it took a new mirror")
    return f"{said}, {rest}"


def is_back(guest):
    """plugged in again: the same mirror draws on it"""
    pid = guest.main_pid()
    plug = Plug(guest, guest.width, guest.height)
    said = plug.check(f"screen: drm, {guest.width} x {guest.height}")
    check_picture(guest, "back", pid)
    return said


def is_exchanged(guest):
    """another display in its place: the page has its size"""
    pid = guest.wait_ready()
    plug = Plug(guest, 1280, 720)
    said = plug.check(OTHER)
    check_picture(guest, "exchanged", pid)
    return said


def is_upright(guest):
    """pulled, and another on its side plugged in: the page stands upright"""
    pid = guest.wait_ready()
    Plug(guest, 0, 0).check(GONE)
    guest.configure("rotate = 90")
    guest.turned = True
    try:
        guest.tell("systemctl reload mirror.service")
        plug = Plug(guest, 1024, 768)
        said = plug.check("screen: drm, 768 x 1024")
        check_picture(guest, "upright", pid)
    finally:
        guest.configure("")
        guest.turned = False
        guest.tell("systemctl reload mirror.service")
    check_picture(guest, "lying", pid)
    return said


def is_exchanged_at_night(guest):
    """another display while the old one sleeps: the page of the morning fits"""
    pid = guest.wait_ready()
    guest.configure("on = 20:00-23:00")
    try:
        guest.tell("systemctl reload mirror.service")
        guest.wait(lambda: guest.tell(f"cat {display.CONNECTOR}/dpms")
                   == "Off", "a display that sleeps")
        move(guest, 1280, 800)
        guest.tell("sleep 2; udevadm settle")
        display.check_dark(guest)
    finally:
        guest.configure("")
        guest.tell("systemctl reload mirror.service")
    check_picture(guest, "morning", pid)


def is_loose(guest):
    """in and out, again and again"""
    pid = guest.wait_ready()
    for _ in range(TIMES):
        move(guest, 0, 0)
        guest.tell("sleep 0.3")
        move(guest, 1280, 720)
        guest.tell("sleep 0.3")
    check_picture(guest, "loose", pid)


def is_found(guest):
    """nobody tells: it looks by itself at what the kernel knows"""
    pid = guest.wait_ready()
    guest.tell(f"mkdir -p {RULE.rpartition('/')[0]} && ln -s /dev/null {RULE} "
               "&& udevadm control --reload")
    try:
        pulled = Plug(guest, 0, 0)
        # What a driver with an interrupt for it does, and this one does not.
        guest.tell(f"echo detect > {display.PLUG}")
        took_s = pulled.wait(GONE)
        if pulled.was_told() or took_s < WATCH_S / 2:
            raise Wrong(f"somebody told it: after {took_s:.1f} s")
        Plug(guest, 800, 600).wait("screen: drm, 800 x 600")
    finally:
        guest.tell(f"rm {RULE}; udevadm control --reload")
    check_picture(guest, "found", pid)
    return f"after {took_s:.1f} s"


STEPS = (none_at_power_on, is_pulled, is_back, is_exchanged, is_upright,
         is_exchanged_at_night, is_loose, is_found)
