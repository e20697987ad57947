"""The catalogue is whole, the tests that it names exist, and its runner tells
what passed from what did not."""

import unittest

import catalogue
from catalogue import FAILED, PASSED, SKIPPED, Entry


class Catalogue(unittest.TestCase):
    def test_every_entry_is_there_once(self):
        self.assertEqual([entry.number for entry in catalogue.read()],
                         [f"T{n:02}" for n in range(1, 76)])

    def test_tests_exist(self):
        for entry in catalogue.read():
            with self.subTest(entry=entry.number):
                self.assertIn(entry.state, ("proven", "partly", "open"))
                tests = catalogue.named(entry)
                self.assertEqual(bool(tests), entry.state != "open")
                for path, name in tests:
                    text = (catalogue.TESTS / path).read_text("utf-8")
                    self.assertRegex(text, rf"\b{name}\b")


class Judging(unittest.TestCase):
    OUTCOMES = {("a.c", "good"): (PASSED, ""), ("a.c", "bad"): (FAILED, "1≠2"),
                ("b.py", "away"): (SKIPPED, "needs a moon")}

    def test_the_worst_of_an_entry_counts(self):
        for state, tests, outcome, lines in (
                ("proven", "a.c::good", PASSED, []),
                ("proven", "a.c::good, a.c::bad", FAILED, ["a.c::bad: 1≠2"]),
                ("proven", "b.py::away, a.c::bad", FAILED, ["a.c::bad: 1≠2"]),
                ("proven", "a.c::good, b.py::away", SKIPPED,
                 ["b.py::away: needs a moon"]),
                ("partly", "a.c::good; open: the rest", SKIPPED, ["the rest"]),
                ("partly", "a.c::bad; open: the rest", FAILED,
                 ["a.c::bad: 1≠2"]),
                ("open", "", SKIPPED, ["not tested yet"]),
                ("open", "needs a Pi", SKIPPED, ["needs a Pi"])):
            with self.subTest(tests=tests):
                self.assertEqual(
                    catalogue.judge(Entry("T00", "x", state, tests),
                                    self.OUTCOMES), (outcome, lines))

    def test_outcomes_of_methods(self):
        class Sample(unittest.TestCase):
            def good(self):
                pass

            def bad(self):
                with self.subTest(1):
                    self.fail("no")

            @unittest.skip("not now")
            def away(self):
                pass

        result = catalogue.Outcomes()
        unittest.TestSuite(map(Sample, ("good", "bad", "away"))).run(result)
        self.assertEqual({name: found[0] for name, found in
                          result.found.items()},
                         {"good": PASSED, "bad": FAILED, "away": SKIPPED})

    def test_outcomes_of_programs(self):
        text = "ok 1 - one\nnot ok 2 - two\nnot ok 3 # SKIP three\n"
        self.assertEqual(catalogue.OUTCOME.findall(text),
                         [("ok", "one", ""), ("not ok", "two", ""),
                          ("not ok", "", "three")])


if __name__ == "__main__":
    unittest.main()
