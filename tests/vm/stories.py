"""What happens to a mirror, and what its panel has to show then.

A story is one guest from power-on to power-off; its steps follow each other,
and each names itself in its first line.
"""

import time

from guest import Wrong

AGED_S = 75  # of silence, until ages are on the panel
CONNECTOR = "/sys/class/drm/card0-Virtual-1"
WATCHDOG_S = 120  # the unit's 30, the abort, the restart, all emulated


def boots(guest):
    """power on: the house is on the panel"""
    guest.wait_ready()
    guest.check_panel("boot")


def runs_as_nobody_else(guest):
    """both programs run as users of their own, and nothing listens"""
    for program, user in (("mirror", "mirror"),
                          ("mirror-fetch", "mirror-fetch")):
        users = set(guest.tell(f"ps -o user:32= -C {program}").split())
        if users != {user}:
            raise Wrong(f"{program} runs as {users}")
    ports = guest.tell("awk '$4 == \"0A\" { print $2 }' "
                       "/proc/net/tcp /proc/net/tcp6").split()
    if [p.split(":")[1] for p in ports] != ["1F90"]:  # the hub's 8080
        raise Wrong(f"somebody listens: {ports}")


def waits_for_nothing(guest):
    """the first picture waits neither for the network nor for the time"""
    after = guest.show("After")["After"].split()
    for target in ("network.target", "network-online.target",
                   "time-sync.target", "multi-user.target"):
        if target in after:
            raise Wrong(f"mirror.service waits for {target}")


def shows_a_lamp(guest):
    """a lamp that is switched on appears"""
    before = guest.check_panel("before")
    guest.hub(do="switch", item="Hall_Light", state="ON")
    if guest.check_panel("lamp") == before:
        raise Wrong("the lamp is not on the panel")
    guest.hub(do="switch", item="Hall_Light", state="OFF")
    guest.check_panel("lamp-off")


def fetcher_is_killed(guest):
    """a fetcher that is killed is replaced"""
    before = guest.fetchers()
    guest.tell("kill -KILL " + " ".join(before))
    guest.wait(lambda: [p for p in guest.fetchers() if p not in before],
               "a new mirror-fetch")
    guest.check_panel("fetcher")


def mirror_hangs(guest):
    """a mirror that hangs is ended by the watchdog and comes back"""
    before = guest.wait_ready()
    guest.tell(f"kill -STOP {before}")
    guest.wait(lambda: guest.main_pid() not in (0, before),
               "a new mirror", WATCHDOG_S)
    guest.check_panel("watchdog")


def mirror_crashes(guest):
    """a mirror that crashes comes back"""
    before = guest.wait_ready()
    guest.tell(f"kill -SEGV {before}")
    guest.wait(lambda: guest.main_pid() not in (0, before), "a new mirror")
    guest.check_panel("crash")


def display_goes(guest):
    """a display that is unplugged and plugged in again"""
    plug = f"{CONNECTOR}/status"
    before, pid = guest.panel(), guest.wait_ready()
    guest.tell(f"echo off > {plug}")
    guest.wait(lambda: guest.panel() != before, "a panel that is dark")
    guest.panel().keep(guest.out / f"{guest.name}-unplugged.png")
    guest.tell(f"echo detect > {plug}")
    guest.check_panel("plugged")
    if guest.main_pid() != pid:
        raise Wrong("it took a new mirror")


def display_sleeps(guest):
    """outside of its hours the display is off, and lights up again"""
    guest.configure("on = 20:00-23:00")
    guest.tell("systemctl reload mirror.service")
    guest.wait(lambda: guest.tell(f"cat {CONNECTOR}/dpms") == "Off",
               "a display that sleeps")
    guest.panel().keep(guest.out / f"{guest.name}-asleep.png")
    guest.configure("")
    guest.tell("systemctl reload mirror.service")
    guest.check_panel("awake")


def hub_goes(guest):
    """without the hub: the last facts, greyed, and who is away"""
    before = guest.check_panel("hub-there")
    guest.tell("systemctl stop vm-hub.service")
    time.sleep(AGED_S)
    after = guest.frame()
    after.keep(guest.out / f"{guest.name}-hub-gone.png")
    width, height = after.size()
    line = (width * 3 // 8, height * 11 // 12, width // 4, height // 12)
    sky = (width * 2 // 3, 0, width // 3, height // 4)
    if before.lit(*line) > 0 or after.lit(*line) == 0:
        raise Wrong("nobody says that the hub is away")
    if after.part(*sky) != before.part(*sky):
        raise Wrong("the weather went with the hub")
    if after.coloured() >= before.coloured():
        raise Wrong("what is old is not greyed")
    if after.lit(0, 0, width, height) < before.lit(0, 0, width, height) // 2:
        raise Wrong("the facts went with the hub")


def hub_comes(guest):
    """the hub comes back by itself"""
    guest.tell("systemctl start vm-hub.service")
    guest.check_panel("hub-back")


def is_turned(guest):
    """a panel on its side: the page stands upright"""
    guest.configure("rotate = 90")
    guest.tell("systemctl restart mirror.service")
    guest.turned = True
    try:
        guest.wait_ready()
        guest.check_panel("turned")
    finally:
        guest.configure("")
        guest.tell("systemctl restart mirror.service")
        guest.turned = False


def power_goes(guest):
    """the plug is pulled in the middle of things: it boots to the picture"""
    guest.hub(do="switch", item="Hall_Light", state="ON")
    guest.machine.cut_power()
    guest.machine.wait_ready()
    guest.wait_ready()
    guest.check_panel("power")
    failed = guest.tell("systemctl --failed --no-legend --plain")
    if failed:
        raise Wrong(f"failed units: {failed}")


STORIES = (
    # name, panel, steps
    ("landscape", (1280, 800),
     (boots, runs_as_nobody_else, waits_for_nothing, shows_a_lamp,
      fetcher_is_killed, mirror_crashes, mirror_hangs, display_goes,
      display_sleeps, hub_goes, hub_comes, is_turned, power_goes)),
    ("portrait", (800, 1280), (boots,)),
)
