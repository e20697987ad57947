"""A machine of QEMU's: its panel, its power switch and a shell inside.

Everything waits with a bound, and QEMU is ended by its process id.
"""

import base64
import datetime
import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

START_S = 20  # for QEMU itself to answer
BOOT_S = 240  # for the guest to answer, under software emulation
CLOCK = datetime.datetime(2031, 1, 31, 6, 2)  # UTC, at the first power-on
NO_LIMIT = {"bps": 0, "bps_rd": 0, "bps_wr": 0, "iops": 0, "iops_rd": 0,
            "iops_wr": 0}
KERNEL = ("root=/dev/vda console=ttyS0 quiet loglevel=3 panic=-1 "
          "vt.global_cursor_default=0 consoleblank=0 net.ifnames=0 "
          "systemd.show_status=false random.trust_cpu=on")


class GuestError(Exception):
    """The machine or a command in it did not do what was asked."""


class Lines:
    """JSON lines over a socket of QEMU's, with a time limit on each."""

    def __init__(self, path, deadline):
        self.socket = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self.socket.connect(str(path))
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise GuestError(f"nobody at {path.name}") from None
                time.sleep(0.05)
        self.rest = b""

    def send(self, message):
        try:
            self.socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError as bad:
            raise GuestError(f"QEMU does not listen: {bad}") from None

    def receive(self, deadline):
        while b"\n" not in self.rest:
            left = deadline - time.monotonic()
            if left <= 0:
                raise GuestError("no answer in time")
            self.socket.settimeout(left)
            try:
                more = self.socket.recv(65536)
            except TimeoutError:
                continue
            except OSError as bad:
                raise GuestError(f"QEMU hung up: {bad}") from None
            if not more:
                raise GuestError("QEMU hung up")
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)

    def close(self):
        self.socket.close()


class Machine:
    """One guest from power-on to power-off. `image` is the folder of
    image.sh; the disk is a copy, which outlives a power cut as a disk does."""

    def __init__(self, image, log, width=1280, height=800):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="mirror-vm-"))
        self.disk = self.folder / "disk"
        self.serial = log
        self.order = 0
        self.clock = CLOCK
        subprocess.run(["cp", "--sparse=always", image / "disk.ext4",
                        self.disk], check=True)
        self.start = self.command(image, width, height)
        self.switch_on()

    def switch_on(self, options=""):
        """`options` are added to the kernel's command line."""
        self.started_s = time.monotonic()
        for name in ("qmp", "agent"):
            (self.folder / name).unlink(missing_ok=True)
        self.process = subprocess.Popen(
            ["nice", *self.start, "-rtc", f"base={self.clock.isoformat()}",
             "-append", f"{KERNEL} {options}"], stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + START_S
        try:
            self.qmp = Lines(self.folder / "qmp", deadline)
            self.qmp.receive(deadline)
            self.ask("qmp_capabilities")
            self.agent = Lines(self.folder / "agent", deadline)
        except GuestError:
            self.close()
            raise

    def command(self, image, width, height):
        gpu = f"virtio-gpu-pci,xres={width},yres={height}"
        port = "virtserialport,chardev=agent,name=vm.agent"
        return [
            "qemu-system-x86_64", "-M", "q35,accel=tcg", "-cpu", "max",
            "-smp", "2", "-m", "768", "-nodefaults", "-no-user-config",
            "-display", "none", "-vga", "none", "-nic", "none",
            "-device", gpu, "-device", "virtio-rng-pci",
            "-drive", f"file={self.disk},format=raw,if=none,id=disk",
            "-device", "virtio-blk-pci,drive=disk",
            "-kernel", str(image / "vmlinuz"),
            "-initrd", str(image / "initrd"),
            "-serial", f"file:{self.serial}",
            "-qmp", f"unix:{self.folder}/qmp,server=on,wait=off",
            "-chardev", f"socket,id=agent,path={self.folder}/agent,"
                        "server=on,wait=off",
            "-device", "virtio-serial-pci", "-device", port]

    def ask(self, command, **arguments):
        """One command of QEMU's own protocol."""
        self.qmp.send({"execute": command, "arguments": arguments})
        deadline = time.monotonic() + START_S
        while True:
            reply = self.qmp.receive(deadline)
            if "error" in reply:
                raise GuestError(f"{command}: {reply['error']}")
            if "return" in reply:
                return reply["return"]

    def wait_ready(self, timeout_s=BOOT_S):
        """Until the shell inside answers. Returns the seconds it took."""
        deadline = time.monotonic() + timeout_s
        while self.agent.receive(deadline).get("id") != "ready":
            pass
        return time.monotonic() - self.started_s

    def run(self, command, timeout_s=60):
        """(exit code, output) of a shell command inside, as root."""
        self.order += 1
        self.agent.send({"id": self.order, "run": command,
                         "timeout_s": timeout_s})
        deadline = time.monotonic() + timeout_s + START_S
        while True:
            try:
                reply = self.agent.receive(deadline)
            except GuestError as bad:
                raise GuestError(f"{command}: {bad}") from None
            if reply.get("id") == self.order:
                return reply["code"], base64.b64decode(reply["output"])

    def tell(self, command, timeout_s=60):
        """The output of a command that has to succeed, as text."""
        code, output = self.run(command, timeout_s)
        text = output.decode("utf-8", "replace").strip()
        if code != 0:
            raise GuestError(f"{command}: {code}: {text}")
        return text

    def read(self, path):
        """The bytes of a file inside."""
        code, output = self.run(f"cat {path}")
        if code != 0:
            raise GuestError(output.decode("utf-8", "replace"))
        return output

    def panel(self):
        """The PPM of what the emulated panel shows."""
        path = self.folder / "panel.ppm"
        self.ask("screendump", filename=str(path))
        return path.read_bytes()

    def slow_disk(self, writes_per_s):
        """How many writes a second the disk does; 0: as many as it can."""
        self.ask("block_set_io_throttle", device="disk",
                 **{**NO_LIMIT, "iops_wr": writes_per_s})

    def disk_writes(self):
        """How many writes the disk has done since power-on."""
        disk, = (d for d in self.ask("query-blockstats")
                 if d.get("device") == "disk")
        return disk["stats"]["wr_operations"]

    def cut_power(self, away_s=0, options=""):
        """Pulls the plug and puts it back so much later, as the clock on the
        board says. Not QEMU's reset: the guest then stood still for minutes
        in its first process."""
        self.pull_plug()
        on_s = time.monotonic() - self.started_s
        self.clock += datetime.timedelta(seconds=int(on_s) + away_s)
        self.switch_on(options)

    def pull_plug(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(START_S)
        for lines in ("qmp", "agent"):
            if hasattr(self, lines):
                getattr(self, lines).close()

    def close(self):
        self.pull_plug()
        shutil.rmtree(self.folder, ignore_errors=True)
