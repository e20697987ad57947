#!/usr/bin/env python3
"""Runs every test of the project and closes with "N passed, N failed".

Usage: tests/run.py BUILD [PATTERN]

BUILD holds the programs. PATTERN runs only the suites whose name contains it.
Suites are the cmocka programs of tests/unit (their TAP lines are counted) and
the unittest modules test_*.py below tests/ (each method counts). The modules
find the build in the environment variable MIRROR_BUILD.

TEST_JOBS in the environment says how many of the modules run at once, in place
of one for each core. With TEST_JOBS=1 they are told as they go, and none is run
again. A build for another processor runs through the command in the environment
variable MIRROR_RUN, an emulator: then the programs in MIRROR_BUILD are scripts
that do so, and suites that look at more than what the programs do are skipped.
"""

import collections
import concurrent.futures
import io
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import time
import unittest

TESTS = pathlib.Path(__file__).resolve().parent
UNIT_TIMEOUT_S = 300

# Why a suite says nothing about a build that runs through an emulator.
NATIVE_ONLY = {
    "test_calls.py": "puts a library in front of the programs themselves",
    "test_catalogue.py": "reads no program",
    "test_house.py": "reads the programs themselves",
    "test_install.py": "installs the native programs",
    "test_suites.py": "starts programs a thousand times",
    "test_package.py": "make deb-test ARCH= has it",
    "test_package_apt.py": "make deb-test ARCH= has it",
    "test_units.py": "reads no program",
    "hub": "the hub is no part of the build",
}


class Tally(unittest.TextTestResult):
    """Counts what passed, which unittest itself does not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is None:
            self.passed += 1


def run_unit(program):
    """Returns (name, passed, failed, skipped, output) of a cmocka program."""
    env = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP")
    try:
        done = subprocess.run(
            [program], env=env, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=UNIT_TIMEOUT_S, cwd=TESTS.parent)
        output, code = done.stdout.decode("utf-8", "replace"), done.returncode
    except subprocess.TimeoutExpired as late:
        output, code = f"{late}\n", 1
    passed = len(re.findall(r"^ok ", output, re.M))
    skipped = len(re.findall(r"^not ok .*# SKIP", output, re.M))
    failed = len(re.findall(r"^not ok (?!.*# SKIP)", output, re.M))
    if failed == 0 and (code != 0 or passed + skipped == 0):
        failed = 1  # crashed, or ran no test
    return program.name, passed, failed, skipped, output


def run_units(build, pattern):
    programs = sorted(
        p for p in (build / "tests" / "unit").glob("test_*")
        if p.suffix == "" and pattern in p.name)
    counts = [(0, 0, 0)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for name, *count, output in pool.map(run_unit, programs):
            print(f"unit {name}: {count[0]} passed, {count[1]} failed",
                  flush=True)
            if count[1] or count[2]:
                print(output)
            counts.append(count)
    return [sum(column) for column in zip(*counts)]


def wrap(build, command):
    """Returns a folder like `build`, with scripts in place of its programs.
    A link beside each of them is what runs, so that a program finds its
    neighbours, which are scripts again, and itself in MIRROR_SELF."""
    folder = build.with_name(build.name + "-emulated")
    shutil.rmtree(folder, ignore_errors=True)
    for program in [*build.glob("mirror*"), *build.glob("tests/*/*")]:
        if not program.is_file() or not os.access(program, os.X_OK):
            continue
        script = folder / program.relative_to(build)
        link = script.with_suffix(".elf")
        script.parent.mkdir(parents=True, exist_ok=True)
        os.link(program, link)
        # An emulator has no seccomp, without which mirror-fetch ends.
        option = "--no-sandbox " if program.name == "mirror-fetch" else ""
        script.write_text(
            '#!/bin/sh\nMIRROR_SELF="$0" exec '
            f'{command} {shlex.quote(str(link))} {option}"$@"\n')
        script.chmod(0o755)
    return folder


def modules(pattern):
    """The unittest modules that are asked for, the long ones first."""
    for folder in sorted(TESTS.iterdir(), reverse=True):
        for module in sorted(folder.glob("test_*.py")):
            if pattern in module.name:
                yield module


def why_not(module):
    """Why a module is skipped, or None."""
    if "MIRROR_RUN" not in os.environ:
        return None
    return NATIVE_ONLY.get(module.name, NATIVE_ONLY.get(module.parent.name))


def run_module(module, stream):
    """Returns (passed, failed, skipped) of one unittest module."""
    name, why = module.relative_to(TESTS), why_not(module)
    print(f"suite {name}", file=stream, flush=True)
    if why:
        print(f"skipped: {why}", file=stream)
        return 0, 0, 1
    folder = str(module.parent)
    sys.path.insert(0, folder)
    suite = unittest.TestLoader().discover(
        folder, pattern=module.name, top_level_dir=folder)
    start = time.monotonic()
    result = unittest.TextTestRunner(
        stream=stream, resultclass=Tally, verbosity=1).run(suite)
    sys.path.pop(0)
    for why, count in collections.Counter(
            why for _, why in result.skipped).items():
        print(f"skipped {count}: {why}", file=stream)
    print(f"{name} took {time.monotonic() - start:.0f} s\n", file=stream)
    failed = (len(result.failures) + len(result.errors) +
              len(result.unexpectedSuccesses))
    return result.passed, failed, len(result.skipped)


def told_when_done(module):
    """What run_module() returns, and what it said."""
    stream = io.StringIO()
    return run_module(module, stream), stream.getvalue()


def run_side_by_side(chosen, jobs):
    """Yields (module, what run_module() returns) as they end."""
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        running = {pool.submit(told_when_done, m): m for m in chosen}
        for done in concurrent.futures.as_completed(running):
            count, said = done.result()
            print(said, end="", flush=True)
            yield running[done], count


def run_modules(pattern):
    """Returns the sums of (passed, failed, skipped). A module that failed
    beside others is run once more, alone, and this run counts: what a busy
    machine did to its time limits is told, and is no verdict."""
    jobs = int(os.environ.get("TEST_JOBS", os.cpu_count() or 1))
    if jobs == 1:
        counts = {m: run_module(m, sys.stdout) for m in modules(pattern)}
    else:
        counts = dict(run_side_by_side(modules(pattern), jobs))
        for module in [m for m, (_, failed, _) in counts.items() if failed]:
            print(f"{module.relative_to(TESTS)} failed beside others; alone:")
            counts[module] = run_module(module, sys.stdout)
    return [sum(column) for column in zip(*counts.values())] or (0, 0, 0)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    pattern = sys.argv[2] if len(sys.argv) > 2 else ""
    if "MIRROR_RUN" in os.environ:
        build = wrap(build, os.environ["MIRROR_RUN"])
    os.environ["MIRROR_BUILD"] = str(build)
    sys.dont_write_bytecode = True
    counts = [run_units(build, pattern), run_modules(pattern)]
    passed, failed, skipped = [sum(column) for column in zip(*counts)]
    if skipped:
        print(f"{skipped} skipped, with the reasons above")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
