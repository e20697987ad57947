"""States, patterns and group functions of the hub, without a server."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import groups  # noqa: E402
import states  # noqa: E402


class Member:
    def __init__(self, value_type, state):
        self.value_type, self.state = value_type, state


class Pure(unittest.TestCase):
    def test_states(self):
        cases = [
            ("Switch", "ON", "ON"), ("Switch", "50", None),
            ("Dimmer", "37.5", "37.5"), ("Dimmer", "ON", "100"),
            ("Dimmer", "101", None), ("Dimmer", "-1", None),
            ("Color", "210,65,80", "210,65,80"), ("Color", "361,0,0", None),
            ("Color", "OFF", "0,0,0"), ("Color", "1,2", None),
            ("Number", "21.5", "21.5"), ("Number", "21.5 °C", None),
            ("Number:Temperature", "21.5", "21.5 °C"),
            ("Number:Temperature", "21.5 K", "21.5 K"),
            ("Number:Length", "1.0E-18 m", "1.0E-18 m"),
            ("Contact", "OPEN", "OPEN"), ("Contact", "ON", None),
            ("Rollershutter", "UP", "0"), ("Location", "52.5,13.4",
                                           "52.5,13.4"),
            ("Location", "52.5", None), ("Player", "PLAY", "PLAY"),
            ("DateTime", "2026-01-31T07:12:00Z",
             "2026-01-31T07:12:00.000+0000"),
            ("DateTime", "tomorrow", None), ("String", "any [%s]",
                                             "any [%s]"),
            ("Switch", "UNDEF", "UNDEF"), ("Number", "NULL", "NULL"),
        ]
        for item_type, text, state in cases:
            with self.subTest(f"{item_type} {text}"):
                if state is None:
                    with self.assertRaises(states.BadState):
                        states.parse(item_type, text)
                else:
                    self.assertEqual(states.parse(item_type, text), state)

    def test_formats(self):
        cases = [
            ("Number", "%.0f", "21.5", "22"), ("Number", "%d", "3", "3"),
            ("Number", "%05.1f", "1.25", "001.3"),
            ("Dimmer", "%d %%", "37.5", "38 %"),
            ("Number:Temperature", "%.0f %unit%", "21.6 °C", "22 °C"),
            ("Number:Temperature", "%.1f °F", "20 °C", "68.0 °F"),
            ("Number:Power", "%.2f kW", "1234 W", "1.23 kW"),
            ("String", "<%s>", "a", "<a>"),
            ("DateTime", "%1$tH:%1$tM", "2026-01-31T07:12:00.000+0100",
             "07:12"),
            ("String", "%d", "a", None), ("Number", "%q", "1", None),
        ]
        for item_type, pattern, state, shown in cases:
            with self.subTest(pattern):
                self.assertEqual(
                    states.java_format(pattern, item_type, state), shown)

    def test_group_functions(self):
        on, off, null = (Member("Switch", s) for s in ("ON", "OFF", "NULL"))
        half, dark = Member("Dimmer", "50"), Member("Color", "1,2,0")
        one, four = Member("Number", "1"), Member("Number", "4")
        warm = Member("Number:Temperature", "20 °C")
        logic = ["ON", "OFF"]
        cases = [
            ("OR", logic, [off, on], "ON"), ("OR", logic, [off], "OFF"),
            ("OR", logic, [half, off], "ON"),
            ("OR", logic, [dark, off], "OFF"),
            ("OR", logic, [null], "OFF"), ("OR", logic, [], "UNDEF"),
            ("AND", logic, [on, on], "ON"), ("AND", logic, [on, null], "OFF"),
            ("NAND", logic, [on, off], "ON"), ("NOR", logic, [off], "ON"),
            ("XOR", logic, [on, on], "OFF"), ("XOR", logic, [on, off], "ON"),
            ("COUNT", ["ON"], [on, off, on], "2"),
            ("EQUALITY", [], [on, on], "ON"),
            ("EQUALITY", [], [on, off], "UNDEF"), ("EQUALITY", [], [],
                                                   "NULL"),
            ("SUM", [], [one, four], "5"), ("AVG", [], [one, four], "2.5"),
            ("MEDIAN", [], [one, four, four], "4"),
            ("MIN", [], [one, four], "1"), ("MAX", [], [one, four, null],
                                            "4"),
            ("AVG", [], [null], "UNDEF"), ("AVG", [], [warm], "20 °C"),
        ]
        for name, params, members, state in cases:
            with self.subTest(f"{name} {[m.state for m in members]}"):
                self.assertEqual(
                    groups.group_state(name, params, members), state)



if __name__ == "__main__":
    unittest.main()
