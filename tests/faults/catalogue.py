#!/usr/bin/env python3
"""Runs the fault catalogue: every test that CATALOGUE.md names, and closes
with "N passed, N failed, N skipped".

Usage: tests/faults/catalogue.py BUILD [T15 T27 ...]

What is counted are the entries. One is passed if all of its tests are, failed
if one of them is, and skipped, with the reason, if one cannot run here or a
part of the entry is not tested.
"""

import collections
import concurrent.futures
import importlib.util
import os
import pathlib
import random
import re
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parent
ROW = re.compile(r"^\| (T\d\d) \| (.+?) \| (\w+) \| (.*) \|$", re.M)
NAMED = re.compile(r"([\w/]+\.(?:c|py))::(\w+)")
OUTCOME = re.compile(r"^(ok|not ok) \d+ (?:- (\w+)|# SKIP (\w+))", re.M)
PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"

Entry = collections.namedtuple("Entry", "number fault state tests")


def read():
    """All entries in the order of the file."""
    return [Entry(*row) for row in
            ROW.findall((HERE / "CATALOGUE.md").read_text("utf-8"))]


def named(entry):
    """The tests of an entry as (file below tests/, name)."""
    return NAMED.findall(entry.tests)


def gap(entry):
    """What of an entry is not tested, in words; "" if it is whole."""
    if entry.state == "proven":
        return ""
    return entry.tests.rpartition("open: ")[2] or "not tested yet"


class Outcomes(unittest.TestResult):
    """{name of a method: (outcome, why)}; the worst of all of its name."""

    def __init__(self):
        super().__init__()
        self.found = {}

    def note(self, test, outcome, why=""):
        name = test.id().rpartition(".")[2]
        if self.found.get(name, (PASSED,))[0] == PASSED:
            self.found[name] = (outcome, why)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.note(test, PASSED)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.note(test, FAILED, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.note(test, FAILED, self.errors[-1][1])

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.note(test, FAILED, self._exc_info_to_string(err, subtest))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.note(test, SKIPPED, reason)


def cases(suite):
    """The single tests of a suite."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from cases(test)
        else:
            yield test


def run_module(path, names):
    """{name: (outcome, why)} of these methods of a unittest module."""
    file = TESTS / path
    sys.path.insert(0, str(file.parent))
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    wanted = [test for test in
              cases(unittest.defaultTestLoader.loadTestsFromModule(module))
              if test.id().rpartition(".")[2] in names]
    result = Outcomes()
    # A class that cannot be set up at all is under its own name.
    unittest.TestSuite(wanted).run(result)
    sys.path.remove(str(file.parent))
    for _, why in result.errors:
        for name in names - set(result.found):
            result.found[name] = (FAILED, why)
    return result.found


def run_program(build, path):
    """{name: (outcome, why)} of all tests of a cmocka program."""
    import run  # tests/run.py

    program = build / "tests" / pathlib.Path(path).with_suffix("")
    *_, output = run.run_unit(program)
    return {good or skipped: (SKIPPED, "skipped by the program") if skipped
            else (PASSED, "") if word == "ok" else (FAILED, output)
            for word, good, skipped in OUTCOME.findall(output)}


def run_all(build, entries):
    """{(file, name): (outcome, why)}; every file is run once."""
    names = {}
    for entry in entries:
        for path, name in named(entry):
            names.setdefault(path, set()).add(name)
    programs = [path for path in sorted(names) if path.endswith(".c")]
    outcomes = {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for path, found in zip(programs, pool.map(
                lambda path: run_program(build, path), programs)):
            outcomes[path] = found
    stories = {path for path in names if path.startswith("vm/")}
    for path in stories:
        outcomes[path] = dict.fromkeys(
            names[path], (SKIPPED, "make vm-test tells it, in a machine"))
    for path in sorted(set(names) - set(programs) - stories):
        print(f"running {path}", flush=True)
        outcomes[path] = run_module(path, names[path])
    return {(path, name): found.get(name, (FAILED, f"{path} did not run it"))
            for path, found in outcomes.items() for name in names[path]}


def judge(entry, outcomes):
    """(outcome, lines that say why) of an entry."""
    results = [(f"{path}::{name}", *outcomes[path, name])
               for path, name in named(entry)]
    for wanted in (FAILED, SKIPPED):
        lines = [f"{test}: {why.strip()}" for test, outcome, why in results
                 if outcome == wanted]
        if wanted == SKIPPED and gap(entry):
            lines.append(gap(entry))
        if lines:
            return wanted, lines
    return PASSED, []


def main():
    os.environ["MIRROR_BUILD"] = str(pathlib.Path(sys.argv[1]).resolve())
    os.environ.setdefault("MIRROR_FAULTS_SEED",
                          str(random.randrange(1, 1 << 30)))
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(TESTS))
    entries = [e for e in read() if e.number in sys.argv[2:] or
               len(sys.argv) == 2]
    outcomes = run_all(pathlib.Path(os.environ["MIRROR_BUILD"]), entries)
    tally = collections.Counter()
    for entry in entries:
        outcome, lines = judge(entry, outcomes)
        tally[outcome] += 1
        print(f"{entry.number} {outcome}: {entry.fault}")
        for line in lines:
            print("    " + line.replace("\n", "\n    "))
    print(", ".join(f"{tally[word]} {word}"
                    for word in (PASSED, FAILED, SKIPPED)), flush=True)
    return 0 if tally[FAILED] == 0 and tally[PASSED] > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
