"""From the hub to records: what is said, how fast, and what was asked."""

import pathlib
import statistics
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import (  # noqa: E402
    MESSAGE, TODO, TOKEN, VALUES, EndToEnd, hub_config, lamp)

# Everything that a mirror may ask of a hub.
EXPECTED = {("GET", "/rest/"), ("GET", "/rest/items"),
            ("GET", "/rest/events"), ("GET", "/rest/events/states"),
            ("POST", "/rest/events/states/")}


def rooms(data):
    """{room: {lamp: state}} of lights data."""
    found = {}
    for light in data["lights"]:
        found.setdefault(light["room"], {})[light["name"]] = light["state"]
    return found


def settled(data):
    """Lights whose states are known."""
    return data["lights"] and all(light["state"] != "unknown"
                                  for light in data["lights"])


class Lights(EndToEnd):
    def test_rooms_and_states(self):
        for scenario in ("house4", "house5"):
            with self.subTest(scenario):
                hub = self.hub(scenario)
                fetch = self.fetch(hub_config(hub.url))
                data = fetch.data("lights", good=settled)
                # The group over them is no lamp; neither is the socket.
                self.assertEqual(rooms(data), {
                    "Wohnzimmer": {"Stehlampe": "off", "Lichtleiste": "on"},
                    "Flur": {"Decke": "off", "Spiegelleuchte": "off"}})
                self.assertTrue(lamp("Lichtleiste", brightness=38)(data)
                                or lamp("Lichtleiste", brightness=37)(data))
                fetch.state("hub", "ok")

    def test_colour_and_kelvin(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url))
        fetch.data("lights", good=settled)
        hub.do("switch", item="Living_Lamp_Color", state="0,100,80")
        fetch.data("lights", good=lamp("Stehlampe", state="on",
                                       brightness=80, rgb="#ff0000"))
        # A temperature beside a deep red is a memory, beside white it counts.
        hub.do("switch", item="Living_Lamp_Temp", state="2700 K")
        hub.do("switch", item="Living_Lamp_Color", state="0,0,60")
        fetch.data("lights", good=lamp("Stehlampe", brightness=60,
                                       kelvin=2700))
        for data in fetch.since(0, "lights"):
            self.assertFalse(lamp("Stehlampe", brightness=80,
                                  kelvin=2700)(data))
        mark = fetch.mark()
        hub.do("switch", item="Living_Lamp_Temp", state="UNDEF")
        fetch.data("lights", since=mark, good=lamp(
            "Stehlampe", state="on", kelvin=None, rgb="#ffffff"))

    def test_within_50_ms_and_without_a_poll(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url))
        fetch.data("lights", good=settled)
        fetch.state("hub", "ok")
        hub.do("clear_log")
        delays_ms = []
        for turn in range(20):
            mark, word = fetch.mark(), ("ON", "OFF")[turn % 2]
            at_s = hub.do("switch", item="Hall_Ceiling", state=word)
            seen_s, _ = fetch.wait(
                lambda r, state=word.lower(): r["kind"] == "lights"
                and lamp("Decke", state=state)(r["data"]), since=mark)
            delays_ms.append((seen_s - at_s) * 1000)
            time.sleep(0.02)
        self.assertLess(statistics.median(delays_ms), 50)
        self.assertEqual(hub.log(), [])

    def test_unknown_and_unreachable(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url))
        fetch.data("lights", good=settled)
        for state in ("NULL", "UNDEF"):
            mark = fetch.mark()
            hub.do("switch", item="Hall_Ceiling", state=state)
            hub.do("switch", item="Hall_Ceiling", state="ON")
            fetch.data("lights", since=mark, good=lamp("Decke",
                                                       state="on"))
            hub.do("switch", item="Hall_Ceiling", state=state)
            fetch.data("lights", since=mark, good=lamp("Decke",
                                                       state="unknown"))
        hub.do("switch", item="Living_Lamp_Seen", state="@now-40m@")
        fetch.data("lights", good=lamp("Stehlampe", state="unreachable"))
        mark = fetch.mark()
        hub.do("switch", item="Living_Lamp_Seen", state="@now-1s@")
        fetch.data("lights", since=mark, good=lamp("Stehlampe",
                                                   state="off"))

    def test_awkward_house(self):
        hub = self.hub("awkward")
        fetch = self.fetch(hub_config(
            hub.url, VALUES.format(items="Markup, Emoji, Arabic, Future, Tiny,"
                                   " Transformed, Long, Huge, Icon_Now, "
                                   "Broken_Pattern, No_Such_Item")))
        data = fetch.data("values", good=lambda d: any(
            v["state"] == "ok" for v in d["values"]))
        values = {v["id"]: v for v in data["values"]}
        self.assertEqual(values["No_Such_Item"]["state"], "missing")
        self.assertEqual(values["Transformed"]["text"], "offen")
        self.assertIn("<script>", values["Markup"]["text"])
        self.assertEqual(values["Emoji"]["text"], "🛁 21:00")
        self.assertLessEqual(len(values["Long"]["text"].encode()), 256)
        self.assertEqual(values["Broken_Pattern"]["number"], 3)
        lights = fetch.data("lights", good=lamp("Nameless_Lamp",
                                                state="unknown"))
        self.assertTrue(lamp("Lamp in a loop", state="on", room="")(lights))
        self.assertTrue(lamp("Group that is gone", state="on")(lights))


class Lists(EndToEnd):
    def todo(self, name):
        return lambda good: lambda r: (
            r["kind"] == "todo" and r["data"]["list"] == name
            and good({i["text"]: i["done"] for i in r["data"]["items"]}))

    def test_ticks_of_switches(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url, TODO))
        chores = self.todo("chores")
        fetch.wait(chores(lambda d: d.get("Mülltonne rausstellen") is False
                          and d.get("Pflanzen gießen") is True))
        mark = fetch.mark()
        hub.do("command", item="Todo_Bins", state="OFF")
        fetch.wait(chores(lambda d: d["Mülltonne rausstellen"] is True),
                   since=mark)

    def test_lines_and_json(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url, TODO))
        shopping = self.todo("shopping")
        fetch.wait(shopping(lambda d: d == {
            "Brot & Milch": False, "Oma anrufen": True,
            "Rohrreiniger": False}))
        hub.do("switch", item="MirrorTodoList",
               state='[{"text": "Käse", "due": "@date+1d@"}]')
        _, record = fetch.wait(shopping(lambda d: d == {"Käse": False}))
        self.assertRegex(record["data"]["items"][0]["due"],
                         r"^\d{4}-\d\d-\d\d$")
        for empty in ("NULL", "UNDEF", ""):
            mark = fetch.mark()
            hub.do("switch", item="MirrorTodoList", state="- [ ] x")
            fetch.wait(shopping(lambda d: d == {"x": False}), since=mark)
            hub.do("switch", item="MirrorTodoList", state=empty)
            fetch.wait(shopping(lambda d: d == {}), since=mark)

    def test_message(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url, MESSAGE))
        fetch.data("message", good=lambda d: d["text"] == "")
        for gone in ("", "NULL", "UNDEF"):
            mark = fetch.mark()
            hub.do("message", text="Essen um 18:30 – <3")
            fetch.data("message", since=mark,
                       good=lambda d: d["text"] == "Essen um 18:30 – <3")
            mark = fetch.mark()
            hub.do("message", text=gone)
            fetch.data("message", since=mark,
                       good=lambda d: d["text"] == "")

    def test_values(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url, VALUES.format(
            items="Outdoor_Temp, Indoor_Mean, Front_Door, Shutter")))
        data = fetch.data("values", good=lambda d: all(
            v["state"] == "ok" for v in d["values"]))
        self.assertEqual(
            [(v["id"], v["text"], v["number"]) for v in data["values"]],
            [("Outdoor_Temp", "-3,4 °C", -3.4),
             ("Indoor_Mean", "21,5 °C", 21.5),
             ("Front_Door", "zu", None), ("Shutter", "100 %", 100)])
        mark = fetch.mark()
        hub.do("switch", item="Outdoor_Temp", state="UNDEF")
        fetch.data("values", since=mark, good=lambda d: (
            d["values"][0]["state"] == "missing"
            and d["values"][0]["number"] is None))


class Requests(EndToEnd):
    def test_nothing_else_is_asked(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url, TODO, MESSAGE))
        fetch.data("lights", good=settled)
        fetch.state("hub", "ok")
        time.sleep(1)
        log = hub.log()
        asked = {(e["method"], "/rest/events/states/" if e["method"] == "POST"
                  else e["path"]) for e in log}
        self.assertLessEqual(asked, EXPECTED)
        self.assertEqual({e["status"] for e in log}, {200})
        for entry in log:
            self.assertNotIn("authorization", entry["headers"])
            if entry["path"].startswith("/rest/events") \
                    and entry["method"] == "GET":
                self.assertNotIn("accept-encoding", entry["headers"])
            if entry["path"] == "/rest/items":
                self.assertEqual(entry["query"]["staticDataOnly"], "true")
                self.assertNotIn("recursive", entry["query"])
        kinds = sorted(s["stream"] for s in hub.streams())
        self.assertEqual(kinds, ["events", "states"])
        self.assertEqual(len([e for e in log if e["path"] == "/rest/items"]),
                         1)

    def test_only_what_is_shown_is_tracked(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url, MESSAGE))
        fetch.data("lights", good=settled)
        (tracker,) = [s for s in hub.streams() if s["stream"] == "states"]
        self.assertIn("MirrorMessage", tracker["tracked"])
        self.assertIn("Hall_Ceiling", tracker["tracked"])
        for other in ("Front_Door", "Todo_Bins", "Indoor_A"):
            self.assertNotIn(other, tracker["tracked"])

    def test_token_is_sent_everywhere(self):
        hub = self.hub(auth={"tokens": {TOKEN: ["user"]},
                             "implicit_user": False})
        fetch = self.fetch(hub_config(hub.url, token_file="hub-token"))
        fetch.data("lights", good=settled)
        for entry in hub.log():
            self.assertEqual(entry["headers"].get("authorization"),
                             "Bearer " + TOKEN)
        self.assertNotIn(TOKEN, fetch.log())

    def test_unchanged_list_is_not_sent_again(self):
        hub = self.hub()
        # A list as old as its reply may hide a change within that second.
        hub.get("/rest/items?staticDataOnly=true")
        time.sleep(2.2)
        fetch = self.fetch(hub_config(hub.url))
        fetch.data("lights", good=settled)
        fetch.state("hub", "ok")
        mark = fetch.mark()
        hub.do("drop")
        fetch.state("hub", "offline", since=mark)
        self.eventually(lambda: 304 in [
            e.get("status") for e in hub.log("/rest/items")],
            "a 304 for the list")
        hub.do("switch", item="Hall_Ceiling", state="ON")
        fetch.data("lights", since=mark, good=lamp("Decke", state="on"))


class Changes(EndToEnd):
    """Items that come, change and go are seen within 15 s."""

    def test_lamp_added_renamed_removed(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url))
        fetch.data("lights", good=settled)
        fetch.state("hub", "ok")
        hub.do("add_item", item={
            "name": "Hall_New", "type": "Switch", "label": "Neue Lampe",
            "tags": ["Light"], "groups": ["gHall"], "state": "ON"})
        fetch.data("lights", timeout_s=15,
                   good=lamp("Neue Lampe", state="on", room="Flur"))
        hub.do("switch", item="Hall_New", state="OFF")
        fetch.data("lights", good=lamp("Neue Lampe", state="off"))
        hub.do("rename_item", item="Hall_New", label="Wandlampe")
        fetch.data("lights", timeout_s=15,
                   good=lamp("Wandlampe", state="off"))
        mark = fetch.mark()
        hub.do("remove_item", item="Hall_New")
        fetch.data("lights", since=mark, timeout_s=15,
                   good=lambda d: not lamp("Wandlampe")(d)
                   and len(d["lights"]) == 4)

    def test_item_that_comes_later(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url, VALUES.format(items="Late")))
        fetch.data("values", good=lambda d: (
            d["values"][0]["state"] == "missing"))
        hub.do("add_item", item={"name": "Late", "type": "Number",
                                 "label": "Spät", "state": "7"})
        fetch.data("values", timeout_s=15, good=lambda d: (
            d["values"][0]["number"] == 7
            and d["values"][0]["label"] == "Spät"))


if __name__ == "__main__":
    unittest.main()
