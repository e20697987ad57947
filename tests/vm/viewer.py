"""Somebody who looks at QEMU's screen from elsewhere, and asks for a size.

The emulated graphics card hands that on to its driver as a monitor of that size
that was plugged in; without a size there is none. RFB 3.8 as in RFC 6143, and
SetDesktopSize as in https://github.com/rfbproto/rfbproto.
"""

import socket
import struct

from machine import GuestError

ANSWER_S = 20
NO_SECURITY = 1
SET_ENCODINGS, SET_DESKTOP_SIZE = 2, 251
FRAMEBUFFER_UPDATE = 0
EXTENDED_DESKTOP_SIZE = -308
OF_A_CLIENT, FORWARDED = 1, 4


class Viewer:
    """At QEMU's socket `path`, for one `with`."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(ANSWER_S)
        try:
            self.socket.connect(str(path))
            self.greet()
        except OSError as bad:
            self.socket.close()
            raise GuestError(f"no viewer: {bad}") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def receive(self, form):
        """The numbers of `form`, which the next bytes are."""
        data = b""
        while len(data) < struct.calcsize(form):
            more = self.socket.recv(struct.calcsize(form) - len(data))
            if not more:
                raise GuestError("QEMU shows nothing to a viewer any more")
            data += more
        return struct.unpack(form, data)

    def greet(self):
        self.receive("!12s")
        self.socket.sendall(b"RFB 003.008\n")
        count, = self.receive("!B")
        if NO_SECURITY not in self.receive(f"!{count}B"):
            raise GuestError("a viewer needs a password")
        self.socket.sendall(bytes([NO_SECURITY]))
        self.receive("!I")
        self.socket.sendall(b"\1")  # others may look, too
        *_, length = self.receive("!HH16sI")
        self.receive(f"!{length}s")
        self.socket.sendall(struct.pack("!BxHi", SET_ENCODINGS, 1,
                                        EXTENDED_DESKTOP_SIZE))

    def ask_for(self, width, height):
        """A monitor of that size, or none; until the card has heard of it."""
        self.socket.sendall(struct.pack(
            "!BxHHBx IHHHHI", SET_DESKTOP_SIZE, width, height, 1,
            0, 0, 0, width, height, 0))
        while True:
            kind, count = self.receive("!BxH")
            if kind != FRAMEBUFFER_UPDATE:
                raise GuestError(f"a viewer does not know message {kind}")
            for _ in range(count):
                why, what, *_, encoding = self.receive("!HHHHi")
                if encoding != EXTENDED_DESKTOP_SIZE:
                    raise GuestError(f"a viewer does not know {encoding}")
                screens, = self.receive("!Bxxx")
                self.receive(f"!{16 * screens}s")
                if why == OF_A_CLIENT and what == FORWARDED:
                    return
                if why == OF_A_CLIENT:
                    raise GuestError(f"no monitor of that size: {what}")
