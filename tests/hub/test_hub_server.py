"""The hub's HTTP is strict, and goes wrong exactly as it is told to."""

import http.client
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from hub_process import HERE, SCENARIOS, HubCase, HubProcess  # noqa: E402

TEXT = {"Content-Type": "text/plain"}
JSON = {"Content-Type": "application/json"}
PLACE = "latitude=52.52&longitude=13.40"


class Process(unittest.TestCase):
    def test_template_and_end_of_input(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "demo.conf"
            hub = subprocess.Popen(
                [sys.executable, HERE / "hub.py", "--scenario",
                 SCENARIOS / "demo.json", "--config-template",
                 HERE / "demo.conf", "--config-out", out],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            with hub:
                ready = json.loads(hub.stdout.readline())
                text = out.read_text("utf-8")
                hub.stdin.close()
                self.assertEqual(hub.wait(10), 0)
        self.assertEqual(ready["url"], f"http://127.0.0.1:{ready['port']}")
        self.assertNotIn("@URL@", text)
        self.assertEqual(text.count(f"url = {ready['url']}\n"), 2)

    def test_sigterm(self):
        hub = HubProcess()
        hub.process.terminate()
        self.assertEqual(hub.process.wait(10), 0)
        hub.stop()

    def test_bad_scenarios(self):
        cases = {
            "unknown key": {"itmes": []},
            "unknown item key": {"items": [
                {"name": "A", "type": "Switch", "stat": "ON"}]},
            "bad state": {"items": [
                {"name": "A", "type": "Switch", "state": "1"}]},
            "bad name": {"items": [{"name": "A-B", "type": "Switch"}]},
            "twice": {"items": [{"name": "A", "type": "Switch"}] * 2},
            "bad function": {"items": [
                {"name": "A", "type": "Group", "function": "NEVER"}]},
        }
        for name, scenario in cases.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "bad.json"
                path.write_text(json.dumps(scenario))
                done = subprocess.run(
                    [sys.executable, HERE / "hub.py", "--scenario", path],
                    stdin=subprocess.DEVNULL, capture_output=True,
                    timeout=10)
                self.assertEqual(done.returncode, 1)
                self.assertIn(b"hub: ", done.stderr)

    def test_scenarios_load(self):
        for path in sorted(SCENARIOS.glob("*.json")):
            with self.subTest(path.name), HubProcess(path.stem) as hub:
                self.assertTrue(hub.get("/rest/items?staticDataOnly=true"))


class Strictness(HubCase):
    def test_bad_http(self):
        cases = {
            b"nonsense\r\n\r\n": b"400",
            b"GET / HTTP/1.0\r\nHost: a\r\n\r\n": b"505",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n": b"505",
            b"GET / HTTP/1.1\r\n\r\n": b"400",
            b"GET rest HTTP/1.1\r\nHost: a\r\n\r\n": b"400",
            b"GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n": b"400",
            b"GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n": b"400",
            b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n":
                b"400",
            b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n":
                b"413",
        }
        for request, status in cases.items():
            with self.subTest(request):
                self.assertEqual(self.hub.raw(request).split()[1], status)

    def test_methods_and_types(self):
        item = "/rest/items/Hall_Ceiling"
        cases = [
            ("POST", "/rest/items", b"", {}, 405),
            ("DELETE", item, None, {}, 405),
            ("GET", "/rest/nothing", None, {}, 404),
            ("GET", "/rest/items/No_Such", None, {}, 404),
            ("GET", "/rest/items/foo%20bar", None, {}, 404),
            ("GET", "/rest/items", None, {"Accept": "text/html"}, 406),
            ("GET", "/rest/events", None, {"Accept": JSON["Content-Type"]},
             406),
            ("POST", item, b"ON", {}, 415),
            ("POST", item, b"ON",
             {"Content-Type": "application/x-www-form-urlencoded"}, 415),
            ("POST", item, b"ON", TEXT, 200),
            ("POST", item, b'{"value":"ON"}', JSON, 200),
            ("POST", item, b"MAYBE", TEXT, 400),
            ("POST", item, b"\xff", TEXT, 400),
            ("PUT", item, b"ON", TEXT, 405),
            ("PUT", item + "/state", b"OFF", TEXT, 202),
            ("PUT", item + "/state", b"50", TEXT, 400),
            ("PUT", "/rest/items/No_Such/state", b"ON", TEXT, 404),
        ]
        for method, path, body, headers, status in cases:
            with self.subTest(f"{method} {path} {body}"):
                self.assertEqual(
                    self.hub.status(method, path, body, headers), status)

    def test_json_body_is_news_of_5(self):
        with HubProcess("house4") as hub:
            self.assertEqual(hub.status(
                "POST", "/rest/items/Hall_Ceiling", b'{"value":"ON"}', JSON),
                415)

    def test_missing_item_body(self):
        _, headers, body = self.hub.request("GET", "/rest/items/Foo")
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertEqual(json.loads(body), {"error": {
            "message": "Item Foo does not exist!", "http-code": 404}})

    def test_topics(self):
        for topics, status in (("openhab/items/*/added", 200),
                               ("openhab/a,openhab/b:c-d", 200),
                               ("openhab/items/%7B", 400), ("a.b", 400)):
            with self.subTest(topics):
                stream = self.hub.events(f"/rest/events?topics={topics}")
                self.assertEqual(stream.status, status)
                stream.close()

    def test_tracker_post(self):
        stream = self.hub.events("/rest/events/states")
        ready = stream.next()
        self.assertEqual((ready["event"], ready["id"]), ("ready", "0"))
        path = "/rest/events/states/" + ready["data"]
        cases = [(path, b'["A"]', {}, 415), (path, b"[", JSON, 400),
                 (path, b'{"a":1}', JSON, 400), (path, b"[1]", JSON, 400),
                 (path + "0", b'["A"]', JSON, 404),
                 (path, b'["A"]', JSON, 200)]
        for target, body, headers, status in cases:
            with self.subTest(body):
                self.assertEqual(
                    self.hub.status("POST", target, body, headers), status)
        stream.close()


class FaultsOfReplies(HubCase):
    def test_stop_and_resume(self):
        self.hub.do("stop")
        connection = http.client.HTTPConnection("127.0.0.1", self.hub.port,
                                                timeout=0.3)
        connection.request("GET", "/rest/")
        with self.assertRaises(TimeoutError):
            connection.getresponse()
        connection.close()
        self.hub.do("resume")
        self.assertEqual(self.hub.status("GET", "/rest/"), 200)

    def test_break_off(self):
        self.hub.do("break_off", path="/rest/items", times=1)
        with self.assertRaises(http.client.IncompleteRead):
            self.hub.request("GET", "/rest/items")
        self.assertEqual(self.hub.status("GET", "/rest/items"), 200)

    def test_break_off_with_text(self):
        text = "Unexpected error while streaming data: timeout"
        self.hub.do("break_off", path="/v1", text=text, times=1)
        status, _, body = self.hub.request(
            "GET", f"/v1/forecast?{PLACE}&hourly=temperature_2m")
        self.assertEqual(status, 200)
        self.assertTrue(body.decode().endswith(text))

    def test_reset(self):
        self.hub.do("break_off", path="/rest/items", how="reset", times=1)
        with self.assertRaises((ConnectionResetError,
                                http.client.IncompleteRead)):
            self.hub.request("GET", "/rest/items")

    def test_status_and_body(self):
        self.hub.do("status", status=503, path="/rest/items", times=1)
        self.assertEqual(self.hub.status("GET", "/rest/uuid"), 200)
        self.assertEqual(self.hub.status("GET", "/rest/items"), 503)
        self.assertEqual(self.hub.status("GET", "/rest/items"), 200)
        self.hub.do("body", path="/rest/uuid", base64="AP8=")
        self.assertEqual(self.hub.request("GET", "/rest/uuid")[2], b"\0\xff")

    def test_drip(self):
        self.hub.do("drip")
        self.assertEqual(self.hub.get("/rest/")["version"], "8")

    def test_bad_commands(self):
        for body in (b"", b"[]", b'{"do":"dance"}', b'{"do":"switch"}',
                     b'{"do":"switch","item":"Outlet","state":"1"}',
                     b'{"do":"body"}', b'{"do":"status","status":"x"}'):
            with self.subTest(body):
                self.assertEqual(self.hub.status("POST", "/control", body),
                                 400)
        self.assertEqual(self.hub.status(
            "POST", "/control", b'{"do":"switch","item":"X","state":"ON"}'),
            404)

    def test_log(self):
        self.hub.do("clear_log")
        self.hub.request("GET", "/rest/items?tags=a", None, {"X-Test": "1"})
        (entry,) = self.hub.log()
        self.assertEqual((entry["method"], entry["path"], entry["query"],
                          entry["headers"]["x-test"], entry["status"]),
                         ("GET", "/rest/items", {"tags": "a"}, "1", 200))


class Restart(unittest.TestCase):
    def outcome(self, hub):
        """What a client finds just now."""
        try:
            status, headers, body = hub.request("GET", "/rest/items")
        except ConnectionRefusedError:
            return "refused"
        except (ConnectionError, http.client.HTTPException, socket.timeout):
            return "dropped"
        if status == 404:
            return "missing " + headers["Content-Type"].split(";")[0]
        items = json.loads(body)
        states_now = {i["state"] for i in items if i["type"] != "Group"}
        if len(items) < 20:
            return "partial"
        return "null" if states_now == {"NULL"} else "well"

    def test_phases(self):
        with HubProcess() as hub:
            stream = hub.events("/rest/events?topics=openhab/*")
            hub.do("restart", refuse_s=0.5, missing_s=0.5, partial_s=0.5,
                   null_s=0.5)
            seen = []
            deadline = time.monotonic() + 10
            while (not seen or seen[-1] != "well" or len(seen) == 1) \
                    and time.monotonic() < deadline:
                now = self.outcome(hub)
                if not seen or seen[-1] != now:
                    seen.append(now)
                time.sleep(0.02)
            with self.assertRaises((ConnectionError,
                                    http.client.IncompleteRead)):
                stream.reply.read()
            stream.close()
        wanted = ["refused", "missing text/html", "partial", "null", "well"]
        self.assertEqual([s for s in seen if s in wanted][-5:], wanted)


class Timeline(unittest.TestCase):
    def test_plays_and_repeats(self):
        timeline = [{"at_s": 0.1, "do": "message", "text": "one"},
                    {"at_s": 0.3, "do": "message", "text": "@date@"}]
        with HubProcess("house5", timeline=timeline,
                        timeline_repeat_s=0.6) as hub:
            stream = hub.track(["MirrorMessage"])
            seen = [stream.next_data()["MirrorMessage"]["state"]
                    for _ in range(5)]
            stream.close()
        self.assertGreaterEqual(seen.count("one"), 2)
        self.assertRegex(seen[-1] if seen[-1] != "one" else seen[-2],
                         r"^\d{4}-\d\d-\d\d$")


if __name__ == "__main__":
    unittest.main()
