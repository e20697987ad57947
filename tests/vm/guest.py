"""A guest with the mirror in it: what it should show, and what it shows."""

import base64
import json
import time

from machine import GuestError, Machine
from picture import Picture

SETTLE_S = 90  # until the panel has to be right, under software emulation
HUB = "http://127.0.0.1:8080"
ORDER_S = 90  # with the start of the hub
# The program under test, told what the unit tells it.
MIRROR = "env $(systemctl show -P Environment mirror.service) mirror"
# With a fetcher of its own, which neither reads nor writes the units' cache;
# and one that remembers what this folder holds.
ALONE = "mirror"
MEMORY = "/tmp/memory"
REMEMBERING = f"env STATE_DIRECTORY={MEMORY} mirror"
LATE = 124  # the exit code of what did not end in time, as of timeout(1)
DOES = ("uptime; cat /proc/pressure/*; ps -eo pid,stat,etimes,wchan:24,args; "
        "cat /proc/1/stack; timeout 10 systemctl --no-pager list-jobs; "
        "journalctl --no-pager -b -n 60")


class Wrong(Exception):
    """What was to be shown is not what is."""


class Guest:
    """Boots at once. Pictures go to `out`, called after the guest's name."""

    def __init__(self, image, out, name, width=1280, height=800):
        self.out, self.name = out, name
        self.width, self.height = width, height
        self.turned = False  # the config turns the frame by 90 degrees
        self.late = []  # what was written down while a command did not end
        # What the last expectation says, and where, widget by widget.
        self.texts, self.boxes = {}, {}
        self.machine = Machine(image, out / f"{name}.serial", width, height)
        self.tell = self.machine.tell

    def close(self):
        self.machine.close()

    def wait(self, good, what, timeout_s=SETTLE_S):
        """Until `good` returns something true; returns that."""
        deadline = time.monotonic() + timeout_s
        while True:
            found = good()
            if found:
                return found
            if time.monotonic() > deadline:
                raise Wrong(f"never: {what}")
            time.sleep(0.5)

    def show(self, *names):
        """Properties of mirror.service."""
        lines = self.tell("systemctl show mirror.service "
                          + " ".join(f"-p {n}" for n in names)).splitlines()
        return dict(line.split("=", 1) for line in lines)

    def main_pid(self):
        """Of a mirror that is ready, or 0."""
        unit = self.show("ActiveState", "MainPID")
        return int(unit["MainPID"]) if unit["ActiveState"] == "active" else 0

    def wait_ready(self):
        """Until mirror.service says that its first frame is on the panel."""
        return self.wait(self.main_pid, "mirror.service is ready")

    def fetchers(self):
        """Process ids of what the mirror fetches with."""
        code, output = self.machine.run("pgrep -x mirror-fetch")
        return output.decode().split() if code == 0 else []

    def configure(self, line):
        """Adds a line to the section [screen]; "" takes it out again."""
        conf = "/etc/mirror/mirror.conf"
        self.tell(f"cp -n {conf} /tmp/plain.conf && "
                  f"sed 's/^.screen.$/&\\n{line}/' /tmp/plain.conf > {conf}")

    def hub(self, **order):
        """Makes something happen in the house."""
        self.put("/tmp/order.json", json.dumps(order).encode())
        self.tell(f"python3 /opt/vm/order.py {HUB}/control /tmp/order.json",
                  ORDER_S)

    def put(self, path, data):
        """Writes a file inside."""
        text = base64.b64encode(data).decode()
        self.tell(f"echo {text} | base64 -d > {path}")

    def minute(self):
        return self.tell("date +%Y-%m-%dT%H:%M")

    def panel(self):
        return Picture.of_ppm(self.machine.panel())

    def frame(self):
        """What a person sees who stands in front of the turned panel."""
        panel = self.panel()
        return panel.turned_back() if self.turned else panel

    def insist(self, command):
        """Runs what ends by itself, and once more if it did not: an emulated
        guest that boots may stand still. What it did then is kept."""
        code, output = self.machine.run(command)
        if code == LATE:
            path = self.out / f"{self.name}-late-{self.machine.order}.txt"
            path.write_bytes(output + self.machine.run(DOES)[1])
            self.late.append(path)
            code, output = self.machine.run(command)
        if code != 0:
            raise GuestError(f"{command}: {code}: "
                             + output.decode("utf-8", "replace"))

    def snapshot(self, program, options=""):
        """Makes /tmp/expected.png, and notes what is written on it."""
        width, height = self.width, self.height
        if self.turned:
            width, height = height, width
        self.insist(f"{program} --snapshot /tmp/expected.png "
                    f"--scene=/tmp/expected.json --size={width}x{height} "
                    f"--wait=20 {options}")
        scene = json.loads(self.machine.read("/tmp/expected.json"))
        self.texts = {widget["widget"]: [t["text"] for t in widget["texts"]]
                      for widget in scene["widgets"]}
        self.boxes = {widget["widget"]: widget["box"]
                      for widget in scene["widgets"]}

    def expected(self, minute, program=MIRROR):
        """The picture that the mirror makes of the same facts and minute,
        without a panel."""
        self.snapshot(program, f"--at={minute}")
        path = self.machine.folder / "expected.png"
        path.write_bytes(self.machine.read("/tmp/expected.png"))
        return Picture.of_png(path)

    def remember(self):
        """Writes down what the hub says now, for REMEMBERING."""
        self.tell(f"rm -rf {MEMORY} && mkdir -m 700 {MEMORY}")
        self.snapshot(REMEMBERING)
        self.wait(lambda: self.machine.run(
            f"test -s {MEMORY}/last-good")[0] == 0, "what is remembered")

    def keep_wrong(self, what, frame, expected):
        path = self.out / f"{self.name}-{what}"
        frame.keep(path.with_name(path.name + "-wrong.png"))
        expected.keep(path.with_name(path.name + "-expected.png"))
        count = ("all" if frame.size() != expected.size()
                 else frame.differing(expected))
        raise Wrong(f"{count} pixels are not as expected: {path}-wrong.png")

    def check_panel(self, what, timeout_s=SETTLE_S, program=MIRROR,
                    widgets=()):
        """Until panel and expectation are the same, to the pixel; or those
        widgets, if some are named. The picture is kept as NAME-WHAT.png."""
        deadline = time.monotonic() + timeout_s
        while True:
            minute = self.minute()
            frame = self.frame()
            expected = self.expected(minute, program)
            boxes = [self.boxes[name] for name in widgets]
            if (frame.same_parts(expected, boxes) if boxes
                    else frame == expected):
                frame.keep(self.out / f"{self.name}-{what}.png")
                return frame
            if time.monotonic() > deadline and minute == self.minute():
                self.keep_wrong(what, frame, expected)
            time.sleep(0.5)


__all__ = ["ALONE", "MIRROR", "REMEMBERING", "Guest", "GuestError", "Wrong"]
