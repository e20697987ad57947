"""A machine whose kernel has no driver for its graphics card, only the plain
memory that the firmware left behind, with 16 bits a pixel: /dev/fb0."""

import terminals
from guest import Wrong

MODE = "vga=0x378"  # of SeaBIOS: 1280x800, 5 bits of red, 6 green, 5 blue
FIVE = bytes(level >> 3 for level in range(256))
SIX = bytes(level >> 2 for level in range(256))


def in_16_bits(picture):
    """What is left of it."""
    red, green, blue = (picture.rgb[i::3] for i in range(3))
    return red.translate(FIVE), green.translate(SIX), blue.translate(FIVE)


def check_panel(guest, what):
    """Guest.check_panel() for such a panel."""
    def is_shown():
        minute = guest.minute()
        frame, expected = guest.frame(), guest.expected(minute)
        return (frame.size() == expected.size()
                and in_16_bits(frame) == in_16_bits(expected)
                and guest.minute() == minute)

    guest.wait(is_shown, f"the page with 16 bits a pixel: {what}")
    guest.panel().keep(guest.out / f"{guest.name}-{what}.png")


def has_no_driver(guest):
    """no driver for the graphics card: the page is on the framebuffer"""
    guest.machine.start = ["VGA" if word.startswith("virtio-gpu") else word
                           for word in guest.machine.start]
    guest.machine.cut_power(options=MODE)
    guest.machine.wait_ready()
    guest.wait_ready()
    depth = guest.tell("cat /sys/class/graphics/fb0/bits_per_pixel")
    if depth != "16" or guest.machine.run("test -e /dev/dri")[0] == 0:
        raise Wrong(f"not the machine that was meant: {depth} bits a pixel")
    check_panel(guest, "framebuffer")


def text_stays_away(guest):
    """what is written to its console does not come on the framebuffer"""
    terminals.text_stays_away(guest, check_panel)


def other_terminal(guest):
    """Ctrl-Alt-F2 is a login, Ctrl-Alt-F1 the framebuffer's page again"""
    terminals.other_terminal(guest, check_panel)


STEPS = (has_no_driver, text_stays_away, other_terminal)
