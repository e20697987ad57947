#!/usr/bin/env python3
"""Runs every test of the project and closes with "N passed, N failed".

Usage: tests/run.py BUILD [PATTERN]

BUILD holds the programs. PATTERN runs only the suites whose name contains it.
Suites are the cmocka programs of tests/unit (their TAP lines are counted) and
the unittest modules test_*.py below tests/ (each method counts). The modules
find the build in the environment variable MIRROR_BUILD.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parent
UNIT_TIMEOUT_S = 300


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
    """Returns (name, passed, failed, output) of one cmocka program."""
    env = dict(os.environ, CMOCKA_MESSAGE_OUTPUT="TAP")
    try:
        done = subprocess.run(
            [program], env=env, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=UNIT_TIMEOUT_S, cwd=TESTS.parent)
        output, code = done.stdout.decode("utf-8", "replace"), done.returncode
    except subprocess.TimeoutExpired as late:
        output, code = f"{late}\n", 1
    passed = len(re.findall(r"^ok ", output, re.M))
    failed = len(re.findall(r"^not ok (?!.*# SKIP)", output, re.M))
    if failed == 0 and (code != 0 or passed == 0):
        failed = 1  # crashed, or ran no test
    return program.name, passed, failed, output


def run_units(build, pattern):
    programs = sorted(
        p for p in (build / "tests" / "unit").glob("test_*")
        if p.suffix == "" and pattern in p.name)
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for name, good, bad, output in pool.map(run_unit, programs):
            print(f"unit {name}: {good} passed, {bad} failed", flush=True)
            if bad:
                print(output)
            passed, failed = passed + good, failed + bad
    return passed, failed


def run_modules(pattern):
    passed = failed = skipped = 0
    for folder in sorted(p for p in TESTS.iterdir() if p.is_dir()):
        names = [f for f in folder.glob("test_*.py") if pattern in f.name]
        for module in sorted(names):
            print(f"suite {folder.name}/{module.name}", flush=True)
            sys.path.insert(0, str(folder))
            suite = unittest.TestLoader().discover(
                str(folder), pattern=module.name, top_level_dir=str(folder))
            result = unittest.TextTestRunner(
                stream=sys.stdout, resultclass=Tally, verbosity=1).run(suite)
            sys.path.pop(0)
            passed += result.passed
            skipped += len(result.skipped)
            failed += len(result.failures) + len(result.errors)
            failed += len(result.unexpectedSuccesses)
    return passed, failed, skipped


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    pattern = sys.argv[2] if len(sys.argv) > 2 else ""
    os.environ["MIRROR_BUILD"] = str(build)
    sys.dont_write_bytecode = True
    unit_passed, unit_failed = run_units(build, pattern)
    passed, failed, skipped = run_modules(pattern)
    passed, failed = passed + unit_passed, failed + unit_failed
    if skipped:
        print(f"{skipped} skipped, with the reasons above")
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
