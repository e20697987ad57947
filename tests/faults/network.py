"""A network of a test's own, and a name server that does what it is told.

Needs the rights to make a network namespace. The namespace is that of the
calling thread and of the programs it starts meanwhile.
"""

import ctypes
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time

# <linux/sched.h>
CLONE_FS, CLONE_NEWNS, CLONE_NEWNET = 0x200, 0x20000, 0x40000000
LIBC = ctypes.CDLL(None, use_errno=True)
A, AAAA = 1, 28
NOERROR, SERVFAIL, NXDOMAIN, REFUSED = 0, 2, 3, 5
SILENT = -1
UDP_MAX = 512


def _why_not():
    """None if a namespace can be had."""
    if "MIRROR_RUN" in os.environ:
        return "an emulator sees the network of its host"
    if os.geteuid() != 0:
        return "a network of one's own needs root"
    if shutil.which("ip") is None:
        return "iproute2 is not installed"
    done = subprocess.run(["unshare", "--net", "--mount", "true"],
                          capture_output=True, text=True)
    return done.stderr.strip() or None


WHY_NOT = _why_not()


def _check(result):
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Network:
    """Nothing but a loopback device, which may have any addresses; names are
    asked of 127.0.0.1. A context manager."""

    def __enter__(self):
        self.cwd = os.getcwd()
        self.home = [(os.open(f"/proc/thread-self/ns/{name}",
                              os.O_RDONLY | os.O_CLOEXEC), kind)
                     for name, kind in (("net", CLONE_NEWNET),
                                        ("mnt", CLONE_NEWNS))]
        self.files = tempfile.TemporaryDirectory(prefix="mirror-net-")
        _check(LIBC.unshare(CLONE_NEWNET | CLONE_NEWNS))
        try:
            subprocess.run(["mount", "--make-rprivate", "/"], check=True)
            self.replace("/etc/resolv.conf", "nameserver 127.0.0.1\n")
            self.replace("/etc/nsswitch.conf", "hosts: files dns\n")
            self.replace("/etc/hosts", "127.0.0.1 localhost\n")
            self.up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        # Threads share what is mounted, and whoever shares may not move.
        _check(LIBC.unshare(CLONE_FS))
        for fd, kind in self.home:
            _check(LIBC.setns(fd, kind))
            os.close(fd)
        os.chdir(self.cwd)
        self.files.cleanup()

    def replace(self, path, text):
        """Another content for a file of the system, in here only."""
        mine = pathlib.Path(self.files.name) / pathlib.Path(path).name
        mine.write_text(text)
        subprocess.run(["mount", "--bind", mine, path], check=True)

    def add(self, *addresses):
        """Gives the machine more addresses."""
        for address in addresses:
            ip("address", "add", address, "dev", "lo")

    def up(self):
        ip("link", "set", "lo", "up")

    def down(self):
        """No route leads anywhere any more."""
        ip("link", "set", "lo", "down")


def _question(query):
    """(name, type, where it ends) of the only question (RFC 1035, 4.1)."""
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode())
        at += query[at] + 1
    return ".".join(labels), struct.unpack_from(">H", query, at + 1)[0], at + 5


def _record(kind, address):
    family = socket.AF_INET if kind == A else socket.AF_INET6
    data = socket.inet_pton(family, address)
    # The name is the question's, and nobody may keep it.
    return struct.pack(">HHHIH", 0xC00C, kind, 1, 0, len(data)) + data


class NameServer:
    """On 127.0.0.1:53. `names` says the addresses of each name; those it does
    not know get `unknown`, a code of RFC 1035 or SILENT. All answers come
    `delay_s` late. What was asked stands in `asked` as (name, type, "udp" or
    "tcp")."""

    def __init__(self, **names):
        self.names = {name.replace("_", "."): addresses
                      for name, addresses in names.items()}
        self.unknown = NXDOMAIN
        self.delay_s = 0
        self.asked = []
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 53))
        self.tcp = socket.create_server(("127.0.0.1", 53))
        for serve in (self._serve_udp, self._serve_tcp):
            threading.Thread(target=serve, daemon=True).start()

    def stop(self):
        for each in (self.udp, self.tcp):
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()

    def _answer(self, query, protocol):
        name, kind, end = _question(query)
        self.asked.append((name, kind, protocol))
        code, records = self.unknown, []
        if name in self.names:
            code = NOERROR
            records = [_record(kind, address) for address in self.names[name]
                       if kind == (AAAA if ":" in address else A)]
        if code == SILENT:
            return None
        time.sleep(self.delay_s)
        body = query[12:end] + b"".join(records)
        flags, count = 0x8180 | code, len(records)
        if protocol == "udp" and len(body) + 12 > UDP_MAX:
            flags, count, body = flags | 0x0200, 0, query[12:end]
        return query[:2] + struct.pack(">5H", flags, 1, count, 0, 0) + body

    def _serve_udp(self):
        while True:
            try:
                query, peer = self.udp.recvfrom(4096)
            except OSError:
                return
            if not query:
                return  # shut down
            threading.Thread(target=self._reply_udp, args=[query, peer],
                             daemon=True).start()

    def _reply_udp(self, query, peer):
        answer = self._answer(query, "udp")
        try:
            if answer:
                self.udp.sendto(answer, peer)
        except OSError:
            pass  # the test is over

    def _serve_tcp(self):
        while True:
            try:
                peer, _ = self.tcp.accept()
            except OSError:
                return
            with peer:
                while size := peer.recv(2, socket.MSG_WAITALL):
                    query = peer.recv(int.from_bytes(size, "big"),
                                      socket.MSG_WAITALL)
                    answer = self._answer(query, "tcp")
                    peer.sendall(len(answer).to_bytes(2, "big") + answer)
