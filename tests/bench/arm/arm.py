#!/usr/bin/env python3
"""Counts what the mirror's recurring work takes on another processor, under
its emulator, and estimates from that what it takes on a Raspberry Pi.

Usage: tests/bench/arm/arm.py ARCH SYSROOT BUILD NATIVE_BUILD
"""

import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import counting  # noqa: E402

# The emulator, and the number of sched_yield() there.
EMULATORS = {
    "arm64": (["qemu-aarch64"], 124),
    "armhf": (["qemu-arm"], 158),
    "armel": (["qemu-arm", "-cpu", "arm1176"], 158),
}

# Assumed, not measured: (board, GHz, instructions per cycle, GB/s copied).
# The copies are those that people report for a plain memcpy, rounded down.
BOARDS = {
    "armel": [("Pi 1", 0.7, 0.5, 0.25), ("Pi Zero", 1.0, 0.5, 0.35)],
    "armhf": [("Pi 2", 0.9, 0.7, 0.8)],
    "arm64": [("Pi 3", 1.2, 0.8, 1.0), ("Pi 4", 1.5, 1.2, 2.5)],
}

FRAME_BYTES = 1920 * 1080 * 4
# The frame is written once and copied to the panel, where all of it changed;
# one of 16 bit is half as large.
FRAME_COPIES = {"redraw": 2, "redraw_16": 1}


def build_plugin(folder):
    plugin = pathlib.Path(folder) / "libcount.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", HERE / "qemu_count.c",
                    "-o", plugin], check=True)
    return plugin


def count(name, arch, sysroot, build, native, plugin):
    """(instructions, bytes loaded, bytes stored)"""
    emulator, call = EMULATORS[arch]
    text = counting.run(
        name, [*emulator, "-L", sysroot, "-d", "plugin", "-plugin",
               f"{plugin},call={call}",
               build / "tests" / "bench" / "bench_count"], native)
    return tuple(int(n) for n in re.search(
        r"counted (\d+) instructions, (\d+) bytes loaded, (\d+) bytes stored",
        text).groups())


def estimate_ms(name, instructions, ghz, per_cycle, copied_gb_s):
    """No cache misses but those of the frame itself."""
    return (instructions / (ghz * per_cycle * 1e9) +
            FRAME_COPIES.get(name, 0) * FRAME_BYTES / (copied_gb_s * 1e9)
            ) * 1e3


def main():
    arch, sysroot = sys.argv[1:3]
    build, native = (pathlib.Path(name).resolve() for name in sys.argv[3:])
    boards = BOARDS[arch]
    print(f"{arch:<10}{'instructions':>14}{'loaded MB':>11}{'stored MB':>11}"
          + "".join(f"{board[0] + ', ms':>14}" for board in boards))
    with tempfile.TemporaryDirectory() as folder:
        plugin = build_plugin(folder)
        for name in counting.WORK:
            instructions, loaded, stored = count(name, arch, sysroot, build,
                                                 native, plugin)
            print(f"{name:<10}{instructions:>14}{loaded / 1e6:>11.2f}"
                  f"{stored / 1e6:>11.2f}" + "".join(
                      f"{estimate_ms(name, instructions, *board[1:]):>14.2f}"
                      for board in boards))
    print("The last columns are estimates from assumed speeds; see "
          "tests/bench/README.md.")


if __name__ == "__main__":
    main()
