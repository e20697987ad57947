"""Weather over real HTTP: what is asked, and what becomes of the answers."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import EndToEnd, weather_config  # noqa: E402

STORY = {"days": [{"code": 3, "min": -1, "max": 3},
                  {"code": 71, "min": -4, "max": 1}],
         "rain": [{"from_min": 20, "to_min": 80, "mmh": 2.0}]}
BROKEN = "Unexpected error while streaming data: timeout"


class Weather(EndToEnd):
    def weather_hub(self, **story):
        return self.hub({"weather": {**STORY, **story}})

    def detail(self, fetch, state):
        """The reason in the first status record with that state."""
        def good(data):
            return any(s["state"] == state for s in data["sources"])
        return fetch.data("status", good=good)["sources"][0]["detail"]

    def test_one_good_request(self):
        hub = self.weather_hub()
        fetch = self.fetch(weather_config(hub.url))
        data = fetch.data("weather")
        self.assertEqual(data["provider"], "open-meteo")
        self.assertIn("Open-Meteo.com", data["attribution"])
        self.assertIsNotNone(data["now"]["temp_c"])
        self.assertGreaterEqual(len(data["hours"]), 24)
        self.assertGreaterEqual(len(data["days"]), 5)
        rain = [m["precip_mmh"] for m in data["minutes"]]
        self.assertEqual(max(rain), 2.0)
        self.assertEqual(min(rain), 0.0)
        fetch.state("weather", "ok")
        (entry,) = hub.log()
        self.assertEqual((entry["method"], entry["path"], entry["status"]),
                         ("GET", "/v1/forecast", 200))
        self.assertEqual(entry["query"]["timeformat"], "unixtime")
        self.assertEqual(entry["query"]["wind_speed_unit"], "ms")
        # Nothing in it tells one mirror from another.
        self.assertEqual(set(entry["headers"]) - {"accept-encoding"},
                         {"host", "user-agent", "accept"})

    def test_missing_is_not_zero(self):
        hub = self.weather_hub(set={
            "current.temperature_2m": -0.0, "current.wind_gusts_10m": None,
            "hourly.temperature_2m.1": None,
            "daily.uv_index_max": {"drop": True},
            "daily.temperature_2m_min.0": None,
            "minutely_15.precipitation.3": None})
        data = self.fetch(weather_config(hub.url)).data("weather")
        self.assertEqual(data["now"]["temp_c"], 0)
        self.assertIsNone(data["now"]["gust_ms"])
        self.assertIn(None, [h["temp_c"] for h in data["hours"]])
        self.assertIsNone(data["days"][0]["min_c"])
        self.assertIsNotNone(data["days"][0]["max_c"])
        self.assertEqual({d["uv"] for d in data["days"]}, {None})
        self.assertIn(None, [m["precip_mmh"] for m in data["minutes"]])

    def test_break_off_is_passing_trouble(self):
        # A text behind half a reply, and half a reply: both at once, since
        # each is asked again only after 15 s and some jitter.
        faults = {"bad-reply": {"text": BROKEN}, "offline": {}}
        runs = []
        for state, fault in faults.items():
            hub = self.weather_hub()
            hub.do("break_off", path="/v1", times=1, **fault)
            runs.append((state, hub, self.fetch(weather_config(hub.url))))
        for state, hub, fetch in runs:
            with self.subTest(state):
                failed_s = fetch.state("weather", state)
                good_s, _ = fetch.wait(lambda r: r["kind"] == "weather",
                                       timeout_s=25)
                self.assertGreater(good_s, failed_s)
                fetch.state("weather", "ok")
                self.assertEqual([e["status"] for e in hub.log()],
                                 [200, 200])

    def test_byte_by_byte(self):
        hub = self.weather_hub()
        hub.do("drip")
        self.fetch(weather_config(hub.url)).data("weather")

    def test_answers_that_are_none(self):
        reason = '{"error":true,"reason":"No data is available here"}'
        cases = [
            ("config", "No data is available here",
             {"do": "status", "status": 400, "body": reason}),
            ("limit", "", {"do": "status", "status": 429}),
            ("refused", "", {"do": "status", "status": 403}),
            ("bad-reply", "", {"do": "body", "body": "<html>hello</html>",
                               "type": "text/html"}),
            ("bad-reply", "", {"do": "body", "body": "{}"}),
            ("bad-reply", "", {"do": "body", "body": "[" * 100000}),
            ("too-big", "", {"do": "body", "body": " " * (256 * 1024 + 1)}),
        ]
        for state, words, fault in cases:
            with self.subTest(f"{state} {fault['do']}"):
                hub = self.weather_hub()
                hub.do(**{"what": fault.pop("do"), **fault}, path="/v1")
                fetch = self.fetch(weather_config(hub.url))
                self.assertIn(words, self.detail(fetch, state))
                self.assertEqual(fetch.since(0, "weather"), [])
                self.assertEqual(len(hub.log()), 1)

    def test_server_at_home_by_its_name(self):
        hub = self.weather_hub()
        fetch = self.fetch(weather_config(
            hub.url.replace("127.0.0.1", "localhost")))
        fetch.data("weather")

    def test_server_that_comes_late(self):
        hub = self.weather_hub()
        config, port = weather_config(hub.url), hub.port
        hub.stop()
        fetch = self.fetch(config)
        fetch.state("weather", "offline")
        self.hub({"weather": STORY}, port=port)
        fetch.data("weather")
        fetch.state("weather", "ok", since=1)


if __name__ == "__main__":
    unittest.main()
