"""The keyboard of whoever looks for what is wrong, and the console's text."""

import time

from guest import Guest, Wrong

KEYS_S = 2  # for what must not happen
TEXT = "nobody shall read this " * 40


def press(guest, *names):
    guest.machine.ask("send-key", keys=[{"type": "qcode", "data": name}
                                        for name in names])


def text_stays_away(guest, check_panel=Guest.check_panel):
    """what is written to its console does not come on the panel"""
    guest.tell(f"echo '{TEXT}' > /dev/tty1; echo '<0>{TEXT}' > /dev/kmsg")
    time.sleep(KEYS_S)
    check_panel(guest, "no-text")


def go_to(guest, number):
    press(guest, "ctrl", "alt", f"f{number}")
    guest.wait(lambda: guest.tell("cat /sys/class/tty/tty0/active")
               == f"tty{number}", f"terminal {number}")


def other_terminal(guest, check_panel=Guest.check_panel):
    """Ctrl-Alt-F2 is a login, Ctrl-Alt-F1 the page again"""
    page, pid = guest.panel(), guest.wait_ready()
    go_to(guest, 2)
    guest.wait(lambda: guest.tell("systemctl is-active getty@tty2 || true")
               == "active", "a login")
    guest.wait(lambda: guest.panel().lit(0, 0, 640, 100) > 0
               and guest.panel() != page, "text on the panel")
    time.sleep(KEYS_S)
    text = guest.panel()
    text.keep(guest.out / f"{guest.name}-login.png")
    guest.hub(do="switch", item="Hall_Light", state="ON")
    time.sleep(KEYS_S)
    if guest.panel() != text:
        raise Wrong("the mirror draws on a terminal that is not its own")
    go_to(guest, 1)
    check_panel(guest, "terminal-back")
    guest.hub(do="switch", item="Hall_Light", state="OFF")
    if guest.main_pid() != pid:
        raise Wrong("it took a new mirror")


STEPS = (text_stays_away, other_terminal)
