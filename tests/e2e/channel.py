"""The reading end of the channel, for tests that stand in for mirror."""

import socket
import struct

HEADER = struct.Struct("=IHHHHIII")  # struct channel_header
HEAD = struct.Struct("=48s48sqqB7x")  # struct record_head
MAGIC = 0x4D495252
STATUS, HEARTBEAT, LIGHTS, TODO, WEATHER, MESSAGE, VALUES = range(1, 8)


class Reader:
    """One connection. Every packet is checked as mirror would."""

    def __init__(self, connection, timeout_s=15):
        self.connection = connection
        self.connection.settimeout(timeout_s)
        self.sequence = 0

    @classmethod
    def connect(cls, path):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        connection.connect(str(path))
        return cls(connection)

    def next(self):
        """(kind, source, name) of the next packet; None at the end."""
        packet = self.connection.recv(65536 + 1)
        if not packet:
            return None
        magic, version, kind, _, zero, zeros, sequence, size = \
            HEADER.unpack_from(packet)
        assert (magic, version, zero, zeros) == (MAGIC, 1, 0, 0), packet[:24]
        assert size == len(packet) - HEADER.size, (size, len(packet))
        assert sequence == self.sequence + 1, (sequence, self.sequence)
        self.sequence = sequence
        source, name, _, _, _ = HEAD.unpack_from(packet, HEADER.size)
        return (kind, source.rstrip(b"\0").decode(),
                name.rstrip(b"\0").decode())

    def until(self, kind):
        """Reads on to a packet of this kind."""
        while (packet := self.next()) is not None:
            if packet[0] == kind:
                return packet
        raise AssertionError(f"the channel ended before kind {kind}")

    def close(self):
        self.connection.close()
