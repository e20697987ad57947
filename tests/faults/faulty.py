"""The real programs with calls that fail: see interpose.h.

A run goes through everything that a program does: start, config, one cycle of
requests, one event, one frame, one reload, end. Which call fails in it is
said by `fault`, "CLASS N ERROR".
"""

import concurrent.futures
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "e2e"))

from rig import BUILD, WEATHER, MESSAGE, TODO, VALUES  # noqa: E402
from rig import Fetch, HubProcess, hub_config, lamp  # noqa: E402

INTERPOSE = BUILD / "tests" / "faults" / "interpose.so"
WHOLE = os.environ.get("MIRROR_FAULTS") == "whole"
SEED = int(os.environ.get("MIRROR_FAULTS_SEED", 1))
WORKERS = 4  # most of a run is waiting
SPEED = 10
RUN_S = 60
SETTLE_S = 0.1  # the records are on their way; nobody says when they are drawn
LAMP = "Stehlampe"
NO_FAULT = "memory 0 12"

# The exit codes that mirror(1) and mirror-fetch(1) give for what is missing.
NO_MEMORY, NO_SYSTEM = 70, 71
LINES_MAX = 16  # all fonts, the fetcher some times, and the picture
CALLS_MAX = 100000  # some 20 times those of a good run
WITHOUT = re.compile(r"offline|warning: |error: ")
TOLD = re.compile(r"^interpose: (.*)\n", re.M)
DIED = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error|"
                  r"stack smashing|free\(\)|malloc\(\)|corrupt")


def environment(program, fault, seed=1, **more):
    """The variables that put `fault` into `program`, and no other."""
    return {**os.environ, "LD_PRELOAD": str(INTERPOSE),
            "ASAN_OPTIONS": "verify_asan_link_order=0",
            "LSAN_OPTIONS": "print_suppressions=0:suppressions="
                            + str(TESTS / "e2e" / "leaks.txt"),
            "MIRROR_FAULT": fault, "MIRROR_FAULT_PROGRAM": program,
            "MIRROR_FAULT_SPEED": str(SPEED),
            "MIRROR_FAULT_SEED": str(seed), **more}


class Outcome:
    """How a run went."""

    def __init__(self, fault, code, log, done):
        self.fault, self.code = fault, code
        self.done = done  # everything that a run does was seen
        self.counts = {}
        if told := TOLD.search(log):
            words = told[1].split()
            self.counts = dict(zip(words[::2], map(int, words[1::2])))
        self.log = TOLD.sub("", log)
        self.hits = self.counts.get("hits", 0)

    def problem(self):
        """What is wrong with it; None if this may happen. A fault beyond the
        last call of a run never came: then all has to be well."""
        if DIED.search(self.log):
            return "memory is not well"
        if self.code == 0:
            return None if self.done else "it did not recover"
        if self.code not in (NO_MEMORY, NO_SYSTEM):
            return f"it ended with {self.code}"
        if not 1 <= len(self.log.splitlines()) <= LINES_MAX:
            return f"it ended in {len(self.log.splitlines())} lines"
        return None

    def endures(self):
        """The same for what never gets better: it need not recover, but has to
        say what is missing, not spin, and end when it is told to."""
        if self.code == 0 and not self.done:
            if not WITHOUT.search(self.log):
                return "it does not say why"
            most = max(self.counts.values(), default=0)
            return "it spins" if most > CALLS_MAX else None
        return self.problem()

    def __str__(self):
        return f"{self.fault}: code {self.code}, {self.counts}\n{self.log}"


class FetchRuns:
    """Runs of mirror-fetch against a hub of their own."""
    program = "mirror-fetch"

    def __init__(self):
        self.hub = HubProcess("house5")
        self.config = hub_config(
            self.hub.url, WEATHER.format(url=self.hub.url), MESSAGE, TODO,
            VALUES.format(items="Outdoor_Temp"))

    def close(self):
        self.hub.stop()

    def switch(self, on):
        self.hub.do("switch", item="Living_Lamp_Color",
                    state="0,100,80" if on else "0,0,0")

    def run(self, fault, seed=1, patience_s=RUN_S):
        """Start, config, requests, an event, the cache, the end."""
        with tempfile.TemporaryDirectory(prefix="mirror-fault-") as folder:
            self.switch(False)
            fetch = Fetch(self.config, env=environment(
                self.program, fault, seed, STATE_DIRECTORY=folder))
            done = self.watch(fetch, patience_s)
            if fetch.process.poll() is None:
                fetch.process.terminate()
            try:
                fetch.process.wait(RUN_S)
            except subprocess.TimeoutExpired:
                done = False
            log = fetch.log()
            return Outcome(fault, fetch.stop(), log, done)

    def watch(self, fetch, patience_s):
        try:
            for on in ("off", "on"):
                fetch.data("lights", good=lamp(LAMP, state=on),
                           timeout_s=patience_s)
                self.switch(True)
            for kind in ("weather", "message", "todo", "values"):
                fetch.data(kind, timeout_s=patience_s)
        except AssertionError:
            return False
        return True


GOLDEN = TESTS / "golden" / "cases"


class SnapshotRuns:
    """Runs of mirror --snapshot with the records of a golden case: the picture
    has to be the same, or none."""
    program = "mirror"

    def __init__(self, case="page", size="800x480"):
        self.case, self.size = GOLDEN / case, size
        with tempfile.TemporaryDirectory(prefix="mirror-fault-") as folder:
            self.expected = self.draw(NO_FAULT, pathlib.Path(folder))[2]

    def close(self):
        pass

    def draw(self, fault, home, seed=1):
        """(exit code, log, [picture, scene])"""
        files = [home / "a.png", home / "a.json"]
        done = subprocess.run(
            [BUILD / "mirror", "-c", self.case / "mirror.conf",
             f"--snapshot={files[0]}", f"--scene={files[1]}", "--wait=30",
             f"--size={self.size}",
             "--at=" + (self.case / "time").read_text().strip()],
            env=environment(
                self.program, fault, seed, TZ="Europe/Berlin",
                GOLDEN_RECORDS=str(self.case / "records.jsonl"),
                MIRROR_FETCH=str(BUILD / "tests" / "golden" / "feed")),
            stdin=subprocess.DEVNULL, capture_output=True, timeout=RUN_S)
        return (done.returncode, done.stderr.decode("utf-8", "replace"),
                [f.read_bytes() for f in files if f.exists()])

    def run(self, fault, seed=1, patience_s=RUN_S):
        """Start, config, a fetcher, records, one frame, the end."""
        with tempfile.TemporaryDirectory(prefix="mirror-fault-") as folder:
            home = pathlib.Path(folder)
            code, log, drawn = self.draw(fault, home, seed)
            return Outcome(fault, code, log, drawn == self.expected)


class WindowRuns:
    """Runs of mirror with a window that nobody sees: start, config, records,
    frames, a config that is read again, the end."""
    program = "mirror"
    case = GOLDEN / "page"

    def close(self):
        pass

    def run(self, fault, seed=1, patience_s=RUN_S):
        with tempfile.TemporaryDirectory(prefix="mirror-fault-") as folder:
            home = pathlib.Path(folder)
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready, \
                    open(home / "log", "w+b") as errors:
                ready.bind(str(home / "notify"))
                process = subprocess.Popen(
                    [BUILD / "mirror", "-c", self.case / "mirror.conf",
                     "--window=800x480"],
                    env=environment(
                        self.program, fault, seed,
                        NOTIFY_SOCKET=str(home / "notify"),
                        SDL_VIDEODRIVER="dummy",
                        GOLDEN_RECORDS=str(self.case / "records.jsonl"),
                        MIRROR_FETCH=str(BUILD / "tests" / "golden" / "feed")),
                    stdin=subprocess.DEVNULL, stderr=errors)
                done = self.watch(process, ready, home / "log", patience_s)
                code = self.end(process)
            return Outcome(fault, code, (home / "log").read_text(
                "utf-8", "replace"), done)

    def watch(self, process, ready, log, patience_s):
        """Whether it showed a picture and took its config anew."""
        ready.settimeout(0.02)
        step, deadline = 0, time.monotonic() + patience_s
        while process.poll() is None and time.monotonic() < deadline:
            try:
                if step == 0 and ready.recv(100) == b"READY=1":
                    time.sleep(SETTLE_S)
                    process.send_signal(signal.SIGHUP)
                    step = 1
            except TimeoutError:
                pass
            if step == 1 and "read again" in log.read_text():
                time.sleep(SETTLE_S)
                return process.poll() is None
        return False

    def end(self, process):
        if process.poll() is None:
            process.terminate()
        try:
            return process.wait(RUN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def numbers(total, step, seed):
    """Which calls of `total` to fail: all, or one of each `step`."""
    if WHOLE or step == 1:
        return list(range(1, total + 1))
    chance = random.Random(seed)
    return [n for at in range(1, total + 1, step)
            if (n := at + chance.randrange(step)) <= total]


def run_once(runs, fault, seed, patience_s, judge):
    """The outcome of one fault. What is not well in little time, or did not
    come so far, gets all the time there is: the machine may be busy."""
    outcome = runs.run(fault, seed, patience_s)
    late = outcome.hits == 0 and not outcome.done
    if patience_s < RUN_S and (late or judge(outcome)):
        outcome = runs.run(fault, seed, RUN_S)
    return outcome


def run_all(make_runs, faults, seed=1, patience_s=RUN_S,
            judge=Outcome.problem):
    """The outcomes of all faults, in their order; each worker has its own
    surroundings from `make_runs`."""
    todo = list(enumerate(faults))[::-1]
    outcomes = [None] * len(todo)

    def work():
        runs = make_runs()
        try:
            while todo:
                at, fault = todo.pop()
                outcomes[at] = run_once(runs, fault, seed + at, patience_s,
                                        judge)
        finally:
            runs.close()

    workers = min(WORKERS, len(todo))
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for future in [pool.submit(work) for _ in range(workers)]:
            future.result()
    return outcomes
