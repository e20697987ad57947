"""Every allocation and every call to the kernel fails once, and for good
(T45 to T51).

Here one of many is tried, the same in every run; `make faults` tries others,
by a seed that is printed (MIRROR_FAULTS_SEED), and with MIRROR_FAULTS=whole in
the environment each of them is tried. A program may then go on and recover,
with the same records or the same picture as ever, or end with the exit code of
its manual and say why.
"""

import errno
import os
import pathlib
import resource
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from faulty import (  # noqa: E402
    GOLDEN, LAMP, NO_FAULT, NO_MEMORY, NO_SYSTEM, RUN_S, SEED, WHOLE,
    FetchRuns, Outcome, SnapshotRuns, WindowRuns, environment, numbers,
    run_all)
from rig import (  # noqa: E402
    BUILD, SANITIZED, SEEN, UNTRACED, EndToEnd, hub_config, lamp)

# The libraries of a window leak, which only the sanitizers mind.
PROGRAMS = (FetchRuns, SnapshotRuns) + (() if SANITIZED else (WindowRuns,))
SAMPLES = 30  # of each kind of allocation failures
HALF = 0
# What every reader and writer has to take in its stride, and what not.
PASSING = {
    "read": (errno.EINTR, HALF),
    "write": (errno.EINTR, errno.EAGAIN, HALF),
    "wait": (errno.EINTR,),
}
LASTING = {
    "open": (errno.EMFILE,),
    "read": (errno.EIO, errno.EAGAIN),
    "write": (errno.EIO, errno.EPIPE),
    "file": (errno.EIO,),
    "control": (errno.EPERM,),
}
# What may stay away, and how many of its calls are tried here.
FOR_GOOD = (
    ("open", errno.EMFILE, 10),
    ("file", errno.EIO, 4),
    ("control", errno.EPERM, 4),
)
PATIENCE_S = 2  # for what will not get better


def report(outcomes, judge):
    """The outcomes that may not be, in words."""
    bad = [(judge(o), o) for o in outcomes]
    return "\n".join(f"{why}: {o}" for why, o in bad if why)


class Calls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print(f"MIRROR_FAULTS_SEED={SEED}", flush=True)
        cls.good = {runs: run_all(runs, [NO_FAULT])[0] for runs in PROGRAMS}

    def test_without_a_fault_all_is_well(self):
        for runs, good in self.good.items():
            with self.subTest(runs.__name__):
                self.assertEqual((good.code, good.done), (0, True), str(good))
                self.assertGreater(good.counts["memory"], 1000)

    def total(self, runs, kind):
        return self.good[runs].counts[kind]

    def judge(self, runs, faults, judge=Outcome.problem, patience_s=RUN_S):
        outcomes = run_all(runs, faults, SEED, patience_s, judge)
        words = report(outcomes, judge)
        self.assertEqual(words, "", f"MIRROR_FAULTS_SEED={SEED}")
        return outcomes

    def allocations(self, runs):
        total = self.total(runs, "memory")
        return numbers(total, max(1, total // SAMPLES), SEED)

    def test_an_allocation_fails_once(self):
        for runs in PROGRAMS:
            with self.subTest(runs.__name__):
                outcomes = self.judge(runs, [
                    f"memory {n} {errno.ENOMEM}"
                    for n in self.allocations(runs)])
                self.assertIn(NO_MEMORY, {o.code for o in outcomes})

    def test_all_allocations_from_one_on_fail(self):
        for runs in PROGRAMS:
            with self.subTest(runs.__name__):
                outcomes = self.judge(runs, [
                    f"memory {n}+ {errno.ENOMEM}"
                    for n in self.allocations(runs)[::2]])
                self.assertIn(NO_MEMORY, {o.code for o in outcomes})

    def test_one_in_a_hundred_fails(self):
        for runs in PROGRAMS:
            with self.subTest(runs.__name__):
                self.judge(runs, [f"memory 1% {errno.ENOMEM}"]
                           * (1000 if WHOLE else 5))

    def each(self, runs, errors):
        return [f"{kind} {n} {error}" for kind, several in errors.items()
                for error in several
                for n in numbers(self.total(runs, kind),
                                 1 + self.total(runs, kind) // 6, SEED)]

    def test_what_passes_is_not_noticed(self):
        for runs in PROGRAMS:
            with self.subTest(runs.__name__):
                outcomes = self.judge(runs, self.each(runs, PASSING))
                self.assertEqual({o.code for o in outcomes}, {0},
                                 [str(o) for o in outcomes if o.code])

    def test_what_fails_once_is_survived_or_said(self):
        for runs in PROGRAMS:
            with self.subTest(runs.__name__):
                self.judge(runs, self.each(runs, LASTING),
                           Outcome.endures, PATIENCE_S)

    def test_what_fails_for_good_is_said(self):
        for runs in PROGRAMS:
            with self.subTest(runs.__name__):
                self.judge(runs, [
                    f"{kind} {n}+ {error}"
                    for kind, error, most in FOR_GOOD
                    for n in numbers(self.total(runs, kind),
                                     1 + self.total(runs, kind) // most, SEED)],
                    Outcome.endures, PATIENCE_S)

    def check(self, fault):
        done = subprocess.run(
            [BUILD / "mirror", "--check", "-c", GOLDEN / "page/mirror.conf"],
            env=environment("mirror", fault), capture_output=True, text=True,
            timeout=RUN_S)
        return Outcome(fault, done.returncode, done.stderr, True)

    def test_a_config_is_not_blamed_for_its_card(self):
        asked = self.check(NO_FAULT).counts["file"]
        logs = [self.check(f"file {n} {errno.EIO}").log
                for n in range(1, asked + 1)]
        self.assertIn("cannot be read: Input/output error", "".join(logs))
        self.assertNotIn("not a file", "".join(logs))

    def test_a_picture_that_is_not_written_is_said(self):
        """Also where it is the end of writing that fails."""
        runs = SnapshotRuns()
        last = self.good[SnapshotRuns].counts["file"]
        for n in range(last - 4, last + 1):
            outcome = runs.run(f"file {n} {errno.EIO}")
            self.assertIn(outcome.code, (0, NO_SYSTEM), str(outcome))
            self.assertEqual(outcome.code == 0, outcome.log == "", str(outcome))


class Limits(EndToEnd):
    """Limits of the kernel, on the running fetcher."""

    def start(self):
        self.served = self.hub()
        fetch = self.fetch(hub_config(self.served.url), arguments=SEEN,
                           env={**os.environ, **UNTRACED})
        fetch.data("lights", good=lamp(LAMP, state="off"))
        fetch.state("hub", "ok")
        return fetch

    @unittest.skipIf(SANITIZED, "sanitizers take more than that")
    def test_sixteen_megabytes_of_memory_are_enough(self):
        self.served = self.hub()
        for most_mib in (16, 24):
            with self.subTest(most_mib=most_mib):
                fetch = self.fetch(hub_config(self.served.url), wrapper=[
                    "prlimit", f"--data={most_mib << 20}"])
                fetch.data("lights", good=lamp(LAMP, state="off"))
                fetch.state("hub", "ok")

    def test_descriptors_that_run_out_come_back(self):
        for more in (0, 1, 2):
            with self.subTest(more=more):
                fetch = self.start()
                pid = fetch.process.pid
                limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
                highest = max(int(fd) for fd in
                              os.listdir(f"/proc/{pid}/fd"))
                mark = fetch.mark()
                resource.prlimit(pid, resource.RLIMIT_NOFILE,
                                 (highest - 1 + more, limits[1]))
                self.served.do("drop")
                if more == 0:
                    fetch.state("hub", "offline", since=mark)
                resource.prlimit(pid, resource.RLIMIT_NOFILE, limits)
                fetch.state("hub", "ok", since=mark, timeout_s=60)
                self.served.do("switch", item="Living_Lamp_Color",
                               state="0,100,80")
                fetch.data("lights", good=lamp(LAMP, state="on"), since=mark)


if __name__ == "__main__":
    unittest.main()
