#!/usr/bin/env python3
"""Measures the budgets of the mirror and prints them as one table and as JSON.

Usage: tests/bench/bench.py BUILD [--quick] [--json FILE]

Everything runs on this machine, against the scripted hub on loopback, in one
run; costs are ratios or counts wherever that is possible, because machines are
noisy. tests/bench/README.md says how each figure is taken.
"""

import argparse
import http.client
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HUB = ROOT / "tests" / "hub"
SIZE = (1920, 1080)
FRAME_BYTES = SIZE[0] * SIZE[1] * 4
LAMP = "Hall_Light"


class Hub:
    """The scripted hub as a child, and its control requests."""

    def __init__(self, folder, script):
        self.config = folder / "mirror.conf"
        self.child = subprocess.Popen(
            [sys.executable, HUB / "hub.py", "--scenario", script,
             "--config-template", HUB / "demo.conf",
             "--config-out", self.config],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = json.loads(self.child.stdout.readline())["port"]
        self.line = http.client.HTTPConnection("127.0.0.1", self.port)

    def control(self, **what):
        self.line.request("POST", "/control", json.dumps(what),
                          {"Content-Type": "application/json"})
        self.line.getresponse().read()

    def close(self):
        self.child.stdin.close()
        self.child.wait(10)


def quiet_scenario(folder, name="demo.json", **changes):
    """A scenario without its timeline: nothing happens by itself."""
    script = json.loads((HUB / "scenarios" / name).read_text())
    script.pop("timeline", None)
    script.update(changes)
    path = folder / name
    path.write_text(json.dumps(script))
    return path


def proc(pid, name):
    return pathlib.Path(f"/proc/{pid}/{name}").read_text()


def children(pid):
    return [int(p) for p in proc(pid, f"task/{pid}/children").split()]


def switches(pid):
    """Context switches of all threads: each one is a wakeup."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().split("\n"):
            if "_ctxt_switches" in line:
                total += int(line.split()[1])
    return total


def cpu_s(pid):
    fields = proc(pid, "stat").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_run_ms(pid):
    """Run time to the nanosecond, which stat's ticks are too coarse for."""
    return sum(int((task / "schedstat").read_text().split()[0])
               for task in pathlib.Path(f"/proc/{pid}/task").iterdir()) / 1e6


def pss_mb(pid):
    """Proportional set size, without what is shared with the X server (the
    window's own picture, in SYSV shared memory)."""
    total, skip = 0, False
    for line in proc(pid, "smaps").split("\n"):
        if "-" in line.split(" ")[0]:
            skip = "SYSV" in line
        elif line.startswith("Pss:") and not skip:
            total += int(line.split()[1])
    return total / 1024


def bench_frame(build, config):
    """Redraw and clock tick against memcpy."""
    tool = build / "tests" / "bench" / "bench_frame"
    env = dict(os.environ, MIRROR_FETCH=str(build / "mirror-fetch"))
    out = subprocess.run([tool, config, "%dx%d" % SIZE, "measure"], env=env,
                         check=True, stdout=subprocess.PIPE).stdout
    shown = json.loads(out)
    return {
        "redraw_x_memcpy": shown["redraw_us"] / shown["memcpy_us"],
        "compose_x_memcpy": shown["compose_us"] / shown["memcpy_us"],
        "tick_x_memcpy": shown["tick_us"] / shown["memcpy_us"],
        "tick_share_of_frame": shown["tick_pixels"] / shown["pixels"],
        "memcpy_us": shown["memcpy_us"],
    }


def bench_latency(build, hub, rounds):
    """From the request that switches a lamp to the pixels in memory."""
    tool = build / "tests" / "bench" / "bench_frame"
    env = dict(os.environ, MIRROR_FETCH=str(build / "mirror-fetch"))
    child = subprocess.Popen([tool, hub.config, "%dx%d" % SIZE, "live"],
                             env=env, stdout=subprocess.PIPE)
    times = []
    try:
        assert child.stdout.readline() == b"ready\n"
        time.sleep(1)
        for number in range(rounds):
            begin = time.monotonic_ns()
            hub.control(do="switch", item=LAMP,
                        state="OFF" if number % 2 else "ON")
            end = 0
            while end < begin:  # a frame of the round before may come late
                end = int(child.stdout.readline().split()[1])
            times.append((end - begin) / 1e6)
            time.sleep(0.02)
    finally:
        child.terminate()
        child.wait(10)
    times.sort()
    return {
        "latency_ms_median": statistics.median(times),
        "latency_ms_99": times[min(len(times) - 1, int(len(times) * 0.99))],
        "latency_rounds": rounds,
    }


class Display:
    """Xvfb of the bench's own size, as a child."""

    def __init__(self):
        read, write = os.pipe()
        self.child = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0",
             "%dx%dx24" % SIZE, "-nolisten", "tcp"], pass_fds=[write],
            stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:  # to its end: Xvfb writes in pieces
            self.name = ":" + number.readline().strip()

    def close(self):
        self.child.terminate()
        self.child.wait(10)


def start_mirror(build, config, display, folder):
    """Starts the mirror; returns it and the ms to its first frame."""
    path = str(folder / "notify")
    if os.path.exists(path):
        os.unlink(path)
    ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ready.bind(path)
    ready.settimeout(20)
    env = dict(os.environ, DISPLAY=display.name, NOTIFY_SOCKET=path)
    env.pop("WAYLAND_DISPLAY", None)
    begin = time.monotonic_ns()
    child = subprocess.Popen(
        [build / "mirror", "-c", config, "--window=%dx%d" % SIZE], env=env,
        stderr=subprocess.DEVNULL)
    message = ready.recv(100)
    first_ms = (time.monotonic_ns() - begin) / 1e6
    assert b"READY=1" in message, message
    ready.close()
    return child, first_ms


def bench_running(build, hub, folder, idle_s):
    """Start, idle and memory of both programs, in a window on Xvfb."""
    display = Display()
    try:
        starts = []
        for _ in range(5):
            child, first_ms = start_mirror(build, hub.config, display, folder)
            starts.append(first_ms)
            child.send_signal(signal.SIGTERM)
            child.wait(10)
        child, _ = start_mirror(build, hub.config, display, folder)
        time.sleep(8)
        pids = [child.pid, *children(child.pid)]
        before = [(switches(p), cpu_run_ms(p)) for p in pids]
        time.sleep(idle_s)
        after = [(switches(p), cpu_run_ms(p)) for p in pids]
        pss = [pss_mb(p) for p in pids]
        child.send_signal(signal.SIGTERM)
        child.wait(10)
    finally:
        display.close()
    return {
        "start_ms": min(starts[1:]),
        "start_first_ms": starts[0],
        "idle_wakeups_s": sum(a[0] - b[0] for a, b in zip(after, before))
        / idle_s,
        "idle_cpu_ms_min": sum(a[1] - b[1] for a, b in zip(after, before))
        * 60 / idle_s,
        "idle_s": idle_s,
        "pss_mirror_mb": pss[0] - FRAME_BYTES / 2**20,
        "pss_fetch_mb": pss[1] if len(pss) > 1 else float("nan"),
    }


def bench_many(build, folder, count):
    """A hub with `count` items: CPU and memory of the fetcher."""
    script = quiet_scenario(folder, "many.json")
    hub = Hub(folder, script)
    try:
        child = subprocess.Popen(
            [build / "mirror-fetch", "-c", hub.config, "--print", "--for=15"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for line in child.stdout:
            if json.loads(line)["kind"] == "lights":
                break
        time.sleep(1)
        peak = [int(line.split()[1]) / 1024 for line in
                proc(child.pid, "status").split("\n")
                if line.startswith(("VmHWM", "VmData"))]
        used = cpu_run_ms(child.pid)
        child.terminate()
        child.wait(10)
    finally:
        hub.close()
    return {"many_items": count, "many_cpu_s": used / 1000,
            "many_peak_rss_mb": max(peak)}


def stripped_kb(build, folder):
    total = 0
    for name in ("mirror", "mirror-fetch"):
        out = folder / name
        subprocess.run(["strip", "-o", out, build / name], check=True)
        total += out.stat().st_size / 1024
    return {"binaries_kb": total}


def table(result):
    """The budgets of the design, what was measured, and whether it holds."""
    r = result
    rows = [
        ("full redraw / memcpy of the frame", r["redraw_x_memcpy"], 2.5, "x"),
        ("one minute of the clock / memcpy", r["tick_x_memcpy"], 0.15, "x"),
        ("light switched to pixels, median", r["latency_ms_median"], 10, "ms"),
        ("light switched to pixels, 99 %", r["latency_ms_99"], 30, "ms"),
        ("idle wakeups of both programs", r["idle_wakeups_s"], 0.5, "/s"),
        ("idle CPU of both programs", r["idle_cpu_ms_min"], 10, "ms/min"),
        ("PSS of both, without frames",
         r["pss_mirror_mb"] + r["pss_fetch_mb"], 14, "MB"),
        ("PSS of mirror-fetch", r["pss_fetch_mb"], 6, "MB"),
        ("start to first frame, warm", r["start_ms"], 60, "ms"),
        ("CPU for 10,000 hub items", r["many_cpu_s"], 1, "s"),
        ("both programs, stripped", r["binaries_kb"], 500, "KB"),
    ]
    print(f"{'what':<36}{'measured':>12}{'budget':>10}")
    over = 0
    for name, value, budget, unit in rows:
        holds = value <= budget
        over += not holds
        print(f"{name:<36}{value:>9.2f} {unit:<6}{budget:>6} "
              f"{'' if holds else 'OVER'}")
    return over


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("build", type=pathlib.Path)
    options.add_argument("--quick", action="store_true",
                         help="fewer rounds and 20 s of idling")
    options.add_argument("--json", type=pathlib.Path)
    options = options.parse_args()
    build = options.build.resolve()
    result = {}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        hub = Hub(folder, quiet_scenario(folder))
        try:
            result.update(bench_frame(build, hub.config))
            result.update(bench_latency(build, hub,
                                        100 if options.quick else 1000))
            result.update(bench_running(build, hub, folder,
                                        20 if options.quick else 120))
        finally:
            hub.close()
        result.update(bench_many(build, folder, 10000))
        result.update(stripped_kb(build, folder))
    over = table(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")
    print(f"{over} over budget")
    return 0


if __name__ == "__main__":
    sys.exit(main())
