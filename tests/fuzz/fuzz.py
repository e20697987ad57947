#!/usr/bin/env python3
"""Runs every libFuzzer target for a while, as many at once as there are cores.

Usage: tests/fuzz/fuzz.py BUILD SECONDS

Each target starts from its seeds in the tree and from what earlier runs found,
which is kept in BUILD/corpus. What makes a target fail is left in BUILD as
NAME-crash-..., to become a seed together with the fix. Closes with
"N passed, N failed".
"""

import collections
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

FUZZ = pathlib.Path(__file__).resolve().parent
# Longer than any bound of what is read at once but the ones that the unit
# tests try on both sides: a fuzzer would spend its time on copying.
MAX_BYTES = 65536
# One input that takes this long is a finding, and so is one that needs this
# much: mirror-fetch itself lives in 64 MB.
INPUT_TIMEOUT_S = 10
INPUT_MEMORY_MB = 1024
END_TIMEOUT_S = 120

Run = collections.namedtuple("Run", "name code output")


def run(build, name, seconds):
    """Fuzzes one target. Returns what came of it."""
    found = build / "corpus" / name
    found.mkdir(parents=True, exist_ok=True)
    command = [build / "tests" / "fuzz" / f"fuzz_{name}",
               f"-max_total_time={seconds}", f"-max_len={MAX_BYTES}",
               f"-timeout={INPUT_TIMEOUT_S}",
               f"-rss_limit_mb={INPUT_MEMORY_MB}",
               "-verbosity=0", "-print_final_stats=1",
               f"-artifact_prefix={build}/{name}-",
               found, FUZZ / "seeds" / name]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=seconds + END_TIMEOUT_S)
        code, output = done.returncode, done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as late:
        code, output = 1, str(late)
    return Run(name, code, output)


def figure(output, name):
    """A figure of libFuzzer's last words, 0 if it came to none."""
    match = re.search(rf"^stat::{name}:\s+(\d+)", output, re.M)
    return int(match[1]) if match else 0


def tell(done):
    """Prints the row of one target, and if it failed its last words."""
    executions = figure(done.output, "number_of_executed_units")
    failed = done.code != 0 or executions == 0
    print(f"{done.name:<16} {executions:>12} "
          f"{figure(done.output, 'new_units_added'):>8} "
          f"{figure(done.output, 'peak_rss_mb'):>8}"
          f"{'  FAILED' if failed else ''}", flush=True)
    if failed:
        print(done.output[-8000:], flush=True)
    return not failed


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit(__doc__)
    build, seconds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    names = sorted(f.stem.removeprefix("fuzz_") for f in FUZZ.glob("fuzz_*.c"))
    print(f"{len(names)} targets, {seconds} s each", flush=True)
    print(f"{'target':<16} {'executions':>12} {'new':>8} {'MB':>8}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        runs = [pool.submit(run, build, name, seconds) for name in names]
        results = [tell(r.result())
                   for r in concurrent.futures.as_completed(runs)]
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
