"""The catalogue is whole, and the tests that it names exist."""

import pathlib
import re
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parent
ROW = re.compile(r"^\| T(\d\d) \| (.+?) \| (\w+) \| (.*) \|$", re.M)
NAMED = re.compile(r"([\w/]+\.(?:c|py))::(\w+)")


class Catalogue(unittest.TestCase):
    def setUp(self):
        self.rows = ROW.findall((HERE / "CATALOGUE.md").read_text("utf-8"))

    def test_every_entry_is_there_once(self):
        self.assertEqual([int(row[0]) for row in self.rows],
                         list(range(1, 76)))

    def test_tests_exist(self):
        for number, _, state, tests in self.rows:
            with self.subTest(entry=number):
                self.assertIn(state, ("proven", "partly", "open"))
                named = NAMED.findall(tests)
                self.assertEqual(bool(named), state != "open")
                for path, name in named:
                    text = (TESTS / path).read_text("utf-8")
                    self.assertRegex(text, rf"\b{name}\b")


if __name__ == "__main__":
    unittest.main()
