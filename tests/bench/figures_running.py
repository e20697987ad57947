"""Both programs together: latency, start, idle, memory, many items."""

import json
import os
import pathlib
import statistics
import subprocess
import time

import process
from stage import (Display, Hub, Mirror, config_of_16_bit, fetcher,
                   quiet_scenario)

LAMP = "Hall_Light"
SETTLE_S = 30  # then the memory that only the start needed was given back


def latency(build, hub, size, rounds):
    """From the request that switches a lamp to the pixels in memory, in ms."""
    env = dict(os.environ, MIRROR_FETCH=str(build / "mirror-fetch"))
    child = subprocess.Popen(
        [build / "tests" / "bench" / "bench_frame", hub.config,
         "%dx%d" % size, "live"], env=env, stdout=subprocess.PIPE)
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
    return {"median_ms": statistics.median(times),
            "p99_ms": times[min(rounds - 1, int(rounds * 0.99))],
            "rounds": rounds}


def start(build, hub, display, folder):
    """Start to first frame: warm, and with the files dropped from the cache
    as far as nobody else has them mapped."""
    warm = []
    for _ in range(6):
        with Mirror(build, hub.config, display, folder) as mirror:
            warm.append(mirror.first_ms)
            drops = [process.forget_files(p) for p in mirror.pids()]
    for drop in drops:
        drop()
    with Mirror(build, hub.config, display, folder) as mirror:
        cold = mirror.first_ms
    return {"warm_ms": sorted(warm[1:]), "cold_ms": cold}


def idle(build, hub, display, folder, seconds):
    """Wakeups, CPU time and memory at rest, by program."""
    with Mirror(build, hub.config, display, folder) as mirror:
        time.sleep(SETTLE_S)
        pids = mirror.pids()
        assert len(pids) == 2, "the fetcher is not running"
        before = [(process.switches(p), process.cpu_ms(p)) for p in pids]
        time.sleep(seconds)
        after = [(process.switches(p), process.cpu_ms(p)) for p in pids]
        memory = [process.pss_kb(p) for p in pids]
    found = {"seconds": seconds}
    for name, was, now, (kinds, libraries) in zip(
            ("mirror", "mirror-fetch"), before, after, memory):
        found[name] = {
            "wakeups_s": (now[0] - was[0]) / seconds,
            "cpu_ms_min": (now[1] - was[1]) * 60 / seconds,
            "pss_kb": kinds,
            "libraries_kb": dict(sorted(libraries.items(),
                                        key=lambda one: -one[1])[:8]),
        }
    return found


def picture_kb(build, config, display, folder):
    """What the mirror has of its own: the frame is the largest part."""
    with Mirror(build, config, display, folder) as mirror:
        time.sleep(SETTLE_S)
        return process.pss_kb(mirror.child.pid)[0]["anonymous"]


def running(build, folder, size, seconds):
    with Hub(folder, quiet_scenario(folder)) as hub, \
            Display(size) as display:
        found = {"start": start(build, hub, display, folder)}
        found["idle"] = idle(build, hub, display, folder, seconds)
        found["anonymous_16_kb"] = picture_kb(
            build, config_of_16_bit(folder, hub.config), display, folder)
    return found


def items(build, folder, count):
    """A hub with so many items: what the fetcher needs for their lights."""
    script = quiet_scenario(folder, "many.json", generate={
        "items": count, "rooms": max(1, count // 500),
        "lights": max(1, count // 100)})
    with Hub(folder, script) as hub:
        child = subprocess.Popen(
            [fetcher(build, folder), "-c", hub.config, "--print", "--for=15"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for line in child.stdout:
            if json.loads(line)["kind"] == "lights":
                break
        time.sleep(1)
        found = {"cpu_s": process.cpu_ms(child.pid) / 1000,
                 "peak_mb": process.peak_mb(child.pid)}
        child.terminate()
        child.wait(10)
    return found


def stripped_kb(build, folder):
    sizes = {}
    for name in ("mirror", "mirror-fetch"):
        out = pathlib.Path(folder) / name
        subprocess.run(["strip", "-o", out, build / name], check=True)
        sizes[name] = out.stat().st_size / 1024
    return sizes
