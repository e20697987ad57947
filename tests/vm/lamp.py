"""The lamp behind the panel, by a laptop's own driver in the kernel."""

import pathlib
import subprocess

import display
from guest import Wrong

HERE = pathlib.Path(__file__).resolve().parent
LAMP = "/sys/class/backlight/fujitsu-laptop"
ON, OFF = "+", "-"
OWN = "7"  # how bright it is when nobody says anything
DIM_PERCENT, DIM = 40, "3"
IASL_S = 20


def hardware(folder):
    """What lamp.asl says there is, and where the lamp is seen."""
    subprocess.run(["iasl", "-p", folder / "lamp", HERE / "lamp.asl"],
                   check=True, stdout=subprocess.DEVNULL, timeout=IASL_S)
    return ["-acpitable", f"file={folder}/lamp.aml",
            "-chardev", f"file,id=lamp,path={folder}/lamp.seen",
            "-device", "isa-debugcon,iobase=0xe9,chardev=lamp"]


def seen(guest):
    """(whether it is on, how bright), as nobody in the guest can say it."""
    told = OWN + ON + (guest.machine.folder / "lamp.seen").read_text()
    return ([c for c in told if c in (ON, OFF)][-1],
            [c for c in told if c.isdigit()][-1])


def wait_seen(guest, *lamp):
    guest.wait(lambda: seen(guest) == lamp, f"a lamp like {lamp}")


def reload(guest, line):
    guest.configure(line)
    guest.tell("systemctl reload mirror.service")


def is_there(guest):
    """a panel with a lamp: it is as bright as it was"""
    guest.machine.start += hardware(guest.machine.folder)
    guest.machine.cut_power(options="acpi_backlight=vendor")
    guest.machine.wait_ready()
    guest.wait_ready()
    guest.check_panel("lit")
    if guest.tell(f"cat {LAMP}/max_brightness") != OWN:
        raise Wrong("not the machine that was meant")
    wait_seen(guest, ON, OWN)


def is_dimmed(guest):
    """the config says how bright"""
    reload(guest, f"brightness = {DIM_PERCENT}")
    wait_seen(guest, ON, DIM)


def sleeps(guest):
    """outside of its hours it is dark, and after that as bright as before"""
    reload(guest, f"brightness = {DIM_PERCENT}\\non = 20:00-23:00")
    wait_seen(guest, OFF, DIM)
    display.check_dark(guest)
    reload(guest, f"brightness = {DIM_PERCENT}")
    wait_seen(guest, ON, DIM)
    guest.check_panel("lit-again")


def starts_dark(guest):
    """switched on at night, it stays dark"""
    guest.configure(f"brightness = {DIM_PERCENT}\\non = 20:00-23:00")
    guest.tell("sync")
    guest.machine.cut_power(options="acpi_backlight=vendor")
    guest.machine.wait_ready()
    guest.wait_ready()
    wait_seen(guest, OFF, DIM)
    display.check_dark(guest)


STEPS = (is_there, is_dimmed, sleeps, starts_dark)
