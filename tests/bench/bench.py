#!/usr/bin/env python3
"""Measures the budgets of the mirror and prints them as one table and as JSON.

Usage: tests/bench/bench.py BUILD [--quick] [--json FILE]

Everything runs on this machine, against the scripted hub on loopback, in one
run; costs are ratios or counts wherever that is possible, because machines are
noisy. tests/bench/README.md says how each figure is taken.
"""

import argparse
import json
import os
import pathlib
import platform
import sys
import tempfile

import figures_frame
import figures_running
from stage import Hub, config_of_16_bit, quiet_scenario

SIZE = (1920, 1080)
LARGE = (3840, 2160)
FRAME_MB = SIZE[0] * SIZE[1] * 4 / 2**20


def machine():
    model = ""
    for line in pathlib.Path("/proc/cpuinfo").read_text().split("\n"):
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return f"{model or platform.machine()}, {os.cpu_count()} processors"


def measure(build, quick):
    result = {"machine": machine()}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with Hub(folder, quiet_scenario(folder)) as hub:
            result["frame"] = figures_frame.frame(build, hub.config, SIZE)
            result["frame_16"] = figures_frame.frame(
                build, config_of_16_bit(folder, hub.config), SIZE,
                result["frame"]["memcpy_us"])
            result["frame_4k"] = figures_frame.frame(build, hub.config, LARGE)
            result["latency"] = figures_running.latency(
                build, hub, SIZE, 100 if quick else 1000)
        result["crowds"] = figures_frame.crowds(build, SIZE)
        result.update(figures_running.running(build, folder, SIZE,
                                              20 if quick else 120))
        result["items"] = {
            count: figures_running.items(build, folder, count)
            for count in (10, 100, 1000, 10000)}
        result["stripped_kb"] = figures_running.stripped_kb(build, folder)
    return result


def rest_mb(program):
    """Without the window's own picture, which is the display server's."""
    return sum(size for kind, size in program["pss_kb"].items()
               if kind != "window") / 1024


def budgets(r):
    """(what, measured, budget, unit): the table of the design."""
    mirror, fetch = r["idle"]["mirror"], r["idle"]["mirror-fetch"]
    both = rest_mb(mirror) - FRAME_MB + rest_mb(fetch)
    return [
        ("full redraw / memcpy of the frame", r["frame"]["redraw"][0], 2.5,
         "x"),
        ("one minute of the clock / memcpy", r["frame"]["tick"][0], 0.15, "x"),
        ("light switched to pixels, median", r["latency"]["median_ms"], 10,
         "ms"),
        ("light switched to pixels, 99 %", r["latency"]["p99_ms"], 30, "ms"),
        ("idle wakeups of both programs",
         mirror["wakeups_s"] + fetch["wakeups_s"], 0.5, "/s"),
        ("idle CPU of both programs",
         mirror["cpu_ms_min"] + fetch["cpu_ms_min"], 10, "ms/min"),
        ("PSS of both, without the frame", both, 14, "MB"),
        ("PSS of mirror-fetch", rest_mb(fetch), 6, "MB"),
        ("start to first frame, warm", r["start"]["warm_ms"][0], 60, "ms"),
        ("CPU for 10,000 hub items", r["items"][10000]["cpu_s"], 1, "s"),
        ("both programs, stripped", sum(r["stripped_kb"].values()), 500,
         "KB"),
    ]


def print_budgets(rows):
    over = 0
    print(f"{'what':<36}{'measured':>12}{'budget':>10}")
    for name, value, budget, unit in rows:
        holds = value <= budget
        over += not holds
        print(f"{name:<36}{value:>9.2f} {unit:<6}{budget:>6} "
              f"{'' if holds else 'OVER'}")
    return over


def print_frames(r):
    print("\nto a memcpy of the frame: least, median, 90 %")
    for title, frame in (("1920x1080", r["frame"]),
                         ("  16 bit ", r["frame_16"]),
                         ("3840x2160", r["frame_4k"])):
        for work in ("redraw", "compose", "tick", "fade", "fade_page",
                     *figures_frame.COPIES):
            print(f"  {title} {work:<10}" + "".join(
                f"{x:>8.2f}" for x in frame[work]))
    for count, frame in r["crowds"].items():
        print(f"  redraw, {count:>3} lamps and {count:>3} to do" + "".join(
            f"{x:>8.2f}" for x in frame["redraw"]))


def print_rest(r):
    print("\nat rest          wakeups/s  CPU ms/min   PSS in KB")
    for name in ("mirror", "mirror-fetch"):
        one = r["idle"][name]
        kinds = ", ".join(f"{kind} {size}" for kind, size in sorted(
            one["pss_kb"].items(), key=lambda item: -item[1]) if size)
        print(f"  {name:<14}{one['wakeups_s']:>10.3f}"
              f"{one['cpu_ms_min']:>12.2f}   {kinds}")
        print("    of the libraries: " + ", ".join(
            f"{library} {size}"
            for library, size in one["libraries_kb"].items()))
    print("  anonymous memory of mirror with frames of 16 bit: "
          f"{r['anonymous_16_kb']} KB, instead of "
          f"{r['idle']['mirror']['pss_kb']['anonymous']}")
    print("\nstart in ms: warm " + ", ".join(
        f"{ms:.0f}" for ms in r["start"]["warm_ms"])
        + f"; cold {r['start']['cold_ms']:.0f}")
    print("\nhub items   CPU s   peak MB")
    for count, one in r["items"].items():
        print(f"  {count:>7}{one['cpu_s']:>8.3f}{one['peak_mb']:>10.1f}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("build", type=pathlib.Path)
    options.add_argument("--quick", action="store_true",
                         help="fewer rounds and 20 s of idling")
    options.add_argument("--json", type=pathlib.Path)
    options = options.parse_args()
    result = measure(options.build.resolve(), options.quick)
    print(result["machine"])
    over = print_budgets(budgets(result))
    print_frames(result)
    print_rest(result)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")
    print(f"\n{over} over budget")
    return 0


if __name__ == "__main__":
    sys.exit(main())
