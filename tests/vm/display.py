"""What happens to the display, on QEMU's virtio card."""

import time

from guest import Wrong

CONNECTOR = "/sys/class/drm/card0-Virtual-1"
PLUG = f"{CONNECTOR}/status"
TIMES = 20
SIGN_PX = 1000  # "Display output is not active.", in QEMU's own hand
RELOAD_S = 5


def is_dark(guest):
    panel = guest.panel()
    return panel.lit(0, 0, *panel.size()) == 0


def goes_dark(guest, what):
    """Until there is nothing to see; keeps that picture."""
    guest.wait(lambda: is_dark(guest), "a panel that is dark")
    guest.panel().keep(guest.out / f"{guest.name}-{what}.png")


def check_dark(guest):
    """There is nothing but QEMU's own sign, if that."""
    panel = guest.panel()
    if panel.lit(0, 0, *panel.size()) > SIGN_PX:
        raise Wrong("the panel is lit")


def display_goes(guest):
    """a display that is unplugged and plugged in again"""
    pid = guest.wait_ready()
    guest.tell(f"echo off > {PLUG}")
    goes_dark(guest, "unplugged")
    guest.tell(f"echo detect > {PLUG}")
    guest.check_panel("plugged")
    if guest.main_pid() != pid:
        raise Wrong("it took a new mirror")


def plug_is_loose(guest):
    """a plug that goes in and out"""
    pid = guest.wait_ready()
    guest.tell(f"for i in $(seq {TIMES}); do echo off > {PLUG}; sleep 0.3; "
               f"echo detect > {PLUG}; sleep 0.3; done")
    guest.check_panel("loose")
    if guest.main_pid() != pid:
        raise Wrong("it took a new mirror")


def display_sleeps(guest):
    """outside of its hours the display is off, also through a reload"""
    guest.configure("on = 20:00-23:00")
    try:
        guest.tell("systemctl kill -s HUP --kill-who=main mirror.service")
        guest.wait(lambda: guest.tell(f"cat {CONNECTOR}/dpms") == "Off",
                   "a display that sleeps")
        guest.panel().keep(guest.out / f"{guest.name}-asleep.png")
        check_dark(guest)
        guest.tell("systemctl reload mirror.service")
        time.sleep(RELOAD_S)
        if guest.tell(f"cat {CONNECTOR}/dpms") != "Off":
            raise Wrong("it woke up")
    finally:
        guest.configure("")
        guest.tell("systemctl reload mirror.service")
    guest.check_panel("awake")


def display_is_late(guest):
    """no display at power-on: the mirror is there as soon as it is"""
    guest.machine.cut_power(options="video=Virtual-1:d")
    guest.machine.wait_ready()
    said = "screen: drm: no display is connected"
    guest.wait(lambda: said in guest.tell(
        "journalctl --no-pager -b -u mirror.service"), said)
    guest.tell(f"echo detect > {PLUG}")
    guest.wait_ready()
    guest.check_panel("late")


STEPS = (display_goes, plug_is_loose, display_sleeps, display_is_late)
