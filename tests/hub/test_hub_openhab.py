"""The hub's openHAB: security, items and event streams."""

import email.utils
import gzip
import http.client
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from hub_process import HubCase, HubProcess  # noqa: E402

TOKEN = "oh.kiosk.TESTonlyTESTonlyTESTonlyTESTonly"
ADMIN = "oh.admin.TESTonlyTESTonlyTESTonlyTESTonly"


class Security(HubCase):
    def ask(self, path="/rest/items", **headers):
        return self.hub.status("GET", path, None, {
            k.replace("_", "-"): v for k, v in headers.items()})

    def test_with_implicit_role(self):
        basic = "Basic b2gua2lvc2suVEVTVG9ubHlURVNUb25seVRFU1Rvbmx5VEVTVG9u" \
            "bHk6"
        for headers, status in (
                ({}, 200), ({"Authorization": "Bearer " + TOKEN}, 200),
                ({"Authorization": "Bearer oh.x.wrong"}, 401),
                ({"Authorization": "Bearer nonsense"}, 401),
                ({"Authorization": basic}, 200),
                ({"Authorization": "Basic !"}, 401),
                ({"Authorization": "Digest x"}, 401),
                ({"X_OPENHAB_TOKEN": TOKEN}, 200),
                ({"X_OPENHAB_TOKEN": "oh.a.b",
                  "Authorization": "Bearer " + TOKEN}, 401)):
            with self.subTest(headers):
                self.assertEqual(self.ask(**headers), status)

    def test_admin(self):
        for headers, status in (
                ({}, 401), ({"Authorization": "Bearer " + TOKEN}, 403),
                ({"Authorization": "Bearer " + ADMIN}, 200)):
            with self.subTest(headers):
                self.assertEqual(self.ask("/rest/things", **headers), status)

    def test_without_implicit_role(self):
        auth = {"tokens": {TOKEN: ["user"]}, "implicit_user": False}
        with HubProcess("house5", auth=auth) as hub:
            status, headers, body = hub.request("GET", "/rest/items")
            self.assertEqual(status, 401)
            self.assertNotIn("WWW-Authenticate", headers)
            self.assertEqual(json.loads(body)["error"]["message"],
                             "Authentication required")
            self.assertEqual(hub.status("GET", "/rest/"), 200)
            self.assertEqual(hub.status("GET", "/rest/items", None, {
                "Authorization": "Bearer " + TOKEN}), 200)

    def test_token_withdrawn(self):
        self.hub.do("refuse_token")
        self.assertEqual(self.ask(Authorization="Bearer " + TOKEN), 401)
        self.hub.do("resume")
        self.assertEqual(self.ask(Authorization="Bearer " + TOKEN), 200)


class Items(HubCase):
    def test_static_list(self):
        status, headers, body = self.hub.request(
            "GET", "/rest/items?staticDataOnly=true&metadata=semantics")
        self.assertEqual(status, 200)
        self.assertEqual(headers["Transfer-Encoding"], "chunked")
        items = {i["name"]: i for i in json.loads(body)}
        for item in items.values():
            self.assertNotIn("state", item)
            self.assertNotIn("lastStateUpdate", item)
            self.assertLessEqual(set(item.get("metadata", {})),
                                 {"semantics"})
        lamp = items["Living_Lamp"]["metadata"]["semantics"]
        self.assertEqual(lamp["value"], "Equipment_LightSource_Lightbulb")
        self.assertEqual(lamp["config"]["hasLocation"], "gLiving")
        point = items["Living_Lamp_Temp"]["metadata"]["semantics"]["config"]
        self.assertEqual(point, {"isPointOf": "Living_Lamp",
                                 "relatesTo": "Property_ColorTemperature"})

    def test_ids_of_4(self):
        with HubProcess("house4") as hub:
            item = hub.get("/rest/items/Living_Lamp")
            self.assertEqual(item["metadata"]["semantics"]["value"],
                             "Equipment_Lightbulb")
            self.assertNotIn("lastStateUpdate", item)

    def test_not_modified(self):
        path = "/rest/items?staticDataOnly=true"
        _, headers, _ = self.hub.request("GET", path)
        since = {"If-Modified-Since": headers["Last-Modified"]}
        old = {"If-Modified-Since": email.utils.formatdate(0, usegmt=True)}
        self.assertEqual(self.hub.status("GET", path, None, since), 304)
        self.assertEqual(self.hub.status("GET", path, None, old), 200)
        self.assertEqual(self.hub.status(
            "GET", path, None, {"If-Modified-Since": "rubbish"}), 200)
        self.assertEqual(self.hub.status("GET", "/rest/items", None, since),
                         200)
        self.hub.do("rename_item", item="Outlet", label="Kaffeemaschine")
        self.assertEqual(self.hub.status("GET", path, None, since), 200)

    def test_escapes(self):
        _, _, body = self.hub.request("GET", "/rest/items/MirrorTodoList")
        self.assertIn(b"Brot \\u0026 Milch", body)
        self.assertNotIn(b"&", body)

    def test_selection(self):
        names = [i["name"] for i in self.hub.get("/rest/items?type=Contact")]
        self.assertEqual(names, ["Front_Door"])
        tagged = self.hub.get("/rest/items?tags=light,CONTROL")
        self.assertEqual(tagged, [])
        fields = self.hub.get("/rest/items?fields=name,state&unknown=1")
        self.assertEqual(set(fields[0]), {"name", "state"})
        deep = self.hub.get("/rest/items?recursive=true&fields=name,members")
        todo = next(i for i in deep if i["name"] == "MirrorTodo")
        self.assertIn("label", todo["members"][0])

    def test_gzip(self):
        _, headers, body = self.hub.request(
            "GET", "/rest/items", None, {"Accept-Encoding": "gzip"})
        self.assertEqual(headers["Content-Encoding"], "gzip")
        self.assertEqual(json.loads(gzip.decompress(body))[0]["name"],
                         "gHouse")

    def test_awkward(self):
        with HubProcess("awkward") as hub:
            items = {i["name"]: i for i in hub.get("/rest/items")}
            self.assertEqual(items["Tiny"]["state"], "1.0E-18 m")
            self.assertNotIn("label", items["Tiny"])
            self.assertEqual(items["Future"]["future"], {"x": [1]})
            with_members = hub.get("/rest/items/Loop_A")
            self.assertEqual(len(with_members["members"]), 2)
            stream = hub.track(list(items))
            shown = stream.next_data()
            stream.close()
        self.assertEqual(shown["Icon_Now"]["state"],
                         "raw type (image/png): 8 bytes")
        self.assertEqual(shown["Fahrenheit"]["displayState"], "-40.0 °F")
        self.assertEqual(shown["Transformed"]["displayState"], "offen")
        self.assertEqual(shown["Nameless_Lamp"],
                         {"state": "UNDEF", "type": "UnDef"})


class Streams(HubCase):
    changes = {"alive_s": 0.2}

    def test_tracker(self):
        stream = self.hub.track(["Outdoor_Temp", "No_Such", "Front_Door"])
        self.assertEqual(stream.next_data(), {
            "Outdoor_Temp": {
                "state": "-3.4 °C", "displayState": "-3,4 °C",
                "type": "Quantity", "numericState": -3.4, "unit": "°C"},
            "Front_Door": {"state": "CLOSED", "displayState": "zu",
                           "type": "OpenClosed"}})
        self.hub.do("switch", item="Hall_Ceiling", state="ON")
        self.hub.do("switch", item="Front_Door", state="CLOSED")
        self.hub.do("switch", item="Front_Door", state="OPEN")
        self.assertEqual(list(stream.next_data()), ["Front_Door"])
        self.hub.do("switch", item="Front_Door", state="CLOSED")
        stream.close()

    def test_old_tracker_has_no_numbers(self):
        with HubProcess("house4", version="4.1.3") as hub:
            stream = hub.track(["Outdoor_Temp"])
            self.assertEqual(set(stream.next_data()["Outdoor_Temp"]),
                             {"state", "displayState", "type"})
            stream.close()

    def test_group_follows(self):
        stream = self.hub.track(["Lights", "Indoor_Mean"])
        stream.next_data()
        self.hub.do("switch", item="Indoor_A", state="21.5 °C")
        self.assertEqual(stream.next_data()["Indoor_Mean"]["state"], "22 °C")
        for lamp in ("Hall_Ceiling", "Hall_Direct"):
            self.hub.do("switch", item=lamp, state="OFF")
        self.hub.do("switch", item="Living_Strip_Brightness", state="0")
        self.assertEqual(stream.next_data()["Lights"]["state"], "OFF")
        self.hub.do("switch", item="Indoor_A", state="20.5 °C")
        stream.close()

    def test_bus(self):
        stream = self.hub.events(
            "/rest/events?topics=openhab/items/*/statechanged,"
            "openhab/things/*/statuschanged,openhab/items/*/added")
        self.hub.do("switch", item="Hall_Ceiling", state="OFF")
        self.hub.do("switch", item="Hall_Ceiling", state="ON")
        seen = []
        while not seen or seen[-1]["topic"] \
                != "openhab/items/Hall_Ceiling/statechanged":
            seen.append(stream.next_data())
        payload = json.loads(seen[-1]["payload"])
        self.assertEqual(payload["type"], "OnOff")
        self.assertIn("lastStateUpdate", payload)
        self.hub.do("thing", uid="wiz:color-bulb:a1b2c3", status="OFFLINE",
                    detail="COMMUNICATION_ERROR", description="<gone>")
        while seen[-1]["type"] != "ThingStatusInfoChangedEvent":
            seen.append(stream.next_data())
        self.assertIn("\\u003cgone\\u003e", seen[-1]["payload"])
        self.assertEqual(
            [s["status"] for s in json.loads(seen[-1]["payload"])],
            ["OFFLINE", "ONLINE"])
        stream.close()

    def test_model_changes(self):
        stream = self.hub.events(
            "/rest/events?topics=openhab/items/*/added,"
            "openhab/items/*/removed,openhab/items/*/updated")
        self.hub.do("add_item", item={"name": "New", "type": "Switch",
                                      "groups": ["MirrorTodo"]})
        self.hub.do("rename_item", item="New", label="Neu")
        self.hub.do("remove_item", item="New")
        kinds = [stream.next_data() for _ in range(3)]
        self.assertEqual([k["type"] for k in kinds], [
            "ItemAddedEvent", "ItemUpdatedEvent", "ItemRemovedEvent"])
        new, old = json.loads(kinds[1]["payload"])
        self.assertEqual((new["label"], old.get("label")), ("Neu", None))
        stream.close()

    def test_alive_on_both(self):
        for path in ("/rest/events?topics=none", "/rest/events/states"):
            with self.subTest(path):
                stream = self.hub.events(path)
                event = stream.next()
                while event.get("event") != "alive":
                    event = stream.next()
                self.assertEqual(json.loads(event["data"]),
                                 {"type": "ALIVE", "interval": 0.2})
                stream.close()

    def test_silence(self):
        stream = self.hub.events("/rest/events/states")
        stream.next()
        self.hub.do("silence")
        stream.connection.sock.settimeout(0.6)
        with self.assertRaises(TimeoutError):
            stream.next()
        other = self.hub.events("/rest/events/states")
        self.assertEqual(other.next()["event"], "ready")
        stream.close()
        other.close()

    def test_break_streams(self):
        stream = self.hub.events("/rest/events/states")
        stream.next()
        self.hub.do("break_streams")
        with self.assertRaises((http.client.IncompleteRead, ConnectionError)):
            stream.reply.read()
        stream.close()

    def test_streams_are_known(self):
        stream = self.hub.track(["Outdoor_Temp"])
        self.assertIn({"stream": "states", "tracked": ["Outdoor_Temp"]},
                      self.hub.streams())
        stream.close()


if __name__ == "__main__":
    unittest.main()
