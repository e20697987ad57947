"""How long a start takes, on a processor that is always equally fast.

What an emulator does in a second depends on the machine below and on what else
that does. So here the guest's clock counts instructions, a nanosecond each:
about what one core of a Raspberry Pi 3 does. A disk that is waited for costs
what it costs outside, so the start after power-on is told and not judged.
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
    power_on_s = first_picture_s(guest)
    guest.tell("systemctl stop mirror.service; sleep 2; "
               "systemctl start mirror.service")
    at_rest_s = first_picture_s(guest)
    if at_rest_s > FIRST_PICTURE_S:
        raise Wrong(f"{at_rest_s:.2f} s")
    return f"{at_rest_s:.2f} s, and {power_on_s:.2f} s after power-on"


STEPS = (starts_soon,)
