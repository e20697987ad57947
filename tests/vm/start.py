"""How long a start takes, on a processor that is always equally fast.

What an emulator does in a second depends on the machine below and on what else
that does. So here the guest's clock counts instructions, a nanosecond each:
about what one core of a Raspberry Pi 3 does. Devices cost what they do.
"""

from guest import Wrong

FIRST_PICTURE_S = 0.5
COUNTED = ["-smp", "1", "-icount", "shift=0,sleep=on"]
BOOT_S = 600  # one processor, slower than two that do not count


def first_picture_s(guest):
    """From the start of the unit to its first picture."""
    guest.wait_ready()
    names = ("InactiveExitTimestampMonotonic", "ActiveEnterTimestampMonotonic")
    unit = guest.show(*names)
    begin, ready = (int(unit[name]) for name in names)
    return (ready - begin) / 1e6


def starts_soon(guest):
    """the first picture is there half a second after the start of the unit"""
    guest.machine.start += COUNTED
    guest.machine.cut_power()
    guest.machine.wait_ready(BOOT_S)
    took = {"power on": first_picture_s(guest)}
    guest.tell("systemctl stop mirror.service; sleep 2; "
               "systemctl start mirror.service")
    took["at rest"] = first_picture_s(guest)
    note = ", ".join(f"{what}: {s:.2f} s" for what, s in took.items())
    if max(took.values()) > FIRST_PICTURE_S:
        raise Wrong(note)
    return note


STEPS = (starts_soon,)
