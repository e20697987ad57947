"""What happens to a mirror, and what its panel has to show then.

A story is one guest from power-on to power-off; its steps follow each other,
and each names itself in its first line.
"""

import re

import crashes
import display
import firmware
import lamp
import plug
import power
import saved
import start
import terminals
from guest import REMEMBERING, Wrong

AGES_S = 180  # until ages are on the panel: more than a minute of silence


def boots(guest):
    """power on: the house is on the panel"""
    guest.wait_ready()
    guest.check_panel("boot")


def users_of(guest, program):
    """Whom its processes belong to; empty while there are none."""
    return set(guest.machine.run(f"ps -o user:32= -C {program}")[1]
               .decode().split())


def runs_as_nobody_else(guest):
    """both programs run as users of their own, and nothing listens"""
    for program, user in (("mirror", "mirror"),
                          ("mirror-fetch", "mirror-fetch")):
        users = guest.wait(lambda: users_of(guest, program), program)
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


def hub_goes(guest):
    """without the hub: the last facts, each with its age, and who is away"""
    guest.check_panel("hub-there")
    guest.remember()
    guest.tell("systemctl stop vm-hub.service")
    guest.wait(lambda: is_aged(guest), "ages", AGES_S)
    frame = guest.check_panel("hub-gone", program=REMEMBERING,
                              widgets=("clock", "weather", "value", "lights"))
    if not is_aged(guest):
        raise Wrong(f"no ages: {guest.texts}")
    width, height = frame.size()
    if frame.lit(width // 4, height * 11 // 12, width // 2, height // 12) == 0:
        raise Wrong("nobody says that the hub is away")


def is_aged(guest):
    """Whether what the hub pushed is a minute old by now."""
    guest.snapshot(REMEMBERING)
    return all(any(re.search(r"[1-9] min$", text)
                   for text in guest.texts[widget])
               for widget in ("lights", "value"))


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


EVERY_DAY = (boots, runs_as_nobody_else, waits_for_nothing, shows_a_lamp,
             hub_goes, hub_comes, is_turned, power_goes)

# name, panel, steps; each story begins with a guest that is switched on
STORIES = (
    ("landscape", (1280, 800), EVERY_DAY),
    ("portrait", (800, 1280), (boots, shows_a_lamp)),
    ("crashes", (1280, 800), (boots, *crashes.STEPS)),
    ("display", (1280, 800), (boots, *display.STEPS)),
    ("plug", (1280, 800), plug.STEPS),
    ("lamp", (1280, 800), lamp.STEPS),
    ("power", (1280, 800), (boots, *power.STEPS)),
    ("hands", (1280, 800), (boots, *terminals.STEPS, *saved.STEPS)),
    ("firmware", (1280, 800), firmware.STEPS),
    ("start", (1280, 800), start.STEPS),
)

# The gist of all, in one guest and a third of the time.
BRIEF = ("brief", (1280, 800), (
    boots, runs_as_nobody_else, waits_for_nothing, shows_a_lamp,
    crashes.fetcher_is_killed, crashes.mirror_hangs, hub_goes, hub_comes,
    display.display_goes, display.display_sleeps,
    power.writes_down, power.cut_at(2), power.hub_is_found))
