"""A fetcher that runs out of memory, by its limit and by the kernel's hand
(T48, T51)."""

import contextlib
import os
import pathlib
import unittest

from clock_rig import BUILD, Clocks, raw, shown, wait_for
from rig import SANITIZED, hub_config

MIB = 1 << 20
LIGHTS = "[widget lights]\nposition = top_right\nshow = all\n"
# Four megabytes in one line, whose values would take a hundred.
BOMB = '{"a":[' + "0," * (2 * MIB - 1000) + "0]}"
CGROUPS = pathlib.Path("/sys/fs/cgroup")
# The file of a group that says how much, in the second and the first version.
LIMITS = {CGROUPS: "memory.max", CGROUPS / "memory": "memory.limit_in_bytes"}


class Group:
    """A control group that has no more than so many bytes."""

    def __init__(self, most):
        for parent, limit in LIMITS.items():
            with contextlib.suppress(OSError):
                self.path = parent / f"mirror-test-{os.getpid()}"
                self.path.mkdir()
                self.limit = self.path / limit
                if self.limit.exists():  # it is no other kind of directory
                    self.limit.write_text(str(most))
                    return
            with contextlib.suppress(OSError):
                self.path.rmdir()
        raise unittest.SkipTest("no control group for memory can be made here")

    def lift(self):
        self.limit.write_text(str(256 * MIB))

    def close(self):
        """When the last of its processes is gone."""
        def gone():
            with contextlib.suppress(OSError):
                self.path.rmdir()
            return not self.path.exists()
        wait_for("the end of all in the group", gone)


@unittest.skipIf(SANITIZED, "sanitizers need many times the memory")
class Memory(Clocks):
    def fetcher(self, *commands):
        """A program that notes when it is started, and becomes a fetcher by
        way of these lines of a script."""
        home = pathlib.Path(self.folder())
        program, self.starts = home / "fetch", home / "starts"
        program.write_text("\n".join([
            "#!/bin/sh", f"date +%s.%N >> {self.starts}", *commands]) + "\n")
        program.chmod(0o755)
        return program

    def times(self):
        return [float(line) for line in self.starts.read_text().split()]

    def endure(self, program, word, lift):
        """Its hub sends too much until it has ended three times: the picture
        stays, and when the hub is well, all is."""
        hub = self.hub()
        config = hub_config(hub.url, LIGHTS)
        display = self.display()
        mirror = self.mirror(config, display, MIRROR_FETCH=str(program))
        wait_for("the hub", lambda: "hub: ok" in mirror.log())
        shown(display)
        self.same_as_fresh(display, config)
        before = raw(display)
        hub.do("body", path="/rest/events/states", type="text/event-stream",
               body=f"event: ready\ndata: a-b\n\ndata: {BOMB}\n\n")
        hub.do("drop")
        wait_for("an end", lambda: word in mirror.log())
        self.assertEqual(raw(display), before)
        wait_for("the fourth start", lambda: len(self.times()) >= 4)
        at = self.times()
        # The pauses that the mirror makes are of 1, 2 and 4 seconds.
        self.assertGreater(at[2] - at[1], 1.9)
        self.assertGreater(at[3] - at[2], 3.9)
        lift()
        hub.do("resume")
        hub.do("switch", item="Hall_Ceiling", state="ON")
        shown(display, unlike=before)
        self.same_as_fresh(display, config)
        self.assertEqual(mirror.end(), 0, mirror.log())

    def test_its_limit(self):
        """It says so, ends with the status of its manual and comes back."""
        home = pathlib.Path(self.folder())
        most = home / "most"
        most.write_text(str(16 * MIB))
        self.endure(
            self.fetcher(f"exec prlimit --data=$(cat {most}) "
                         f"{BUILD / 'mirror-fetch'} \"$@\""),
            "ended with status 70",
            lambda: most.write_text(str(96 * MIB)))

    def test_the_kernel(self):
        """It is ended without a word, and the mirror beside it is not."""
        group = Group(16 * MIB)
        self.addCleanup(group.close)
        self.endure(
            self.fetcher(f"echo $$ > {group.path / 'cgroup.procs'}",
                         f"exec {BUILD / 'mirror-fetch'} \"$@\""),
            "ended by signal 9", group.lift)


if __name__ == "__main__":
    unittest.main()
