"""The hub's Open-Meteo: what it refuses, and what it says."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from hub_process import HubCase  # noqa: E402
import sky  # noqa: E402

PLACE = "latitude=52.52&longitude=13.40"


class Weather(HubCase):
    changes = {"weather": {
        "now": "2026-10-24T06:07:00+02:00",
        "days": [{"code": 3, "min": -1, "max": 3}],
        "rain": [{"from_min": 20, "to_min": 80, "mmh": 2.0}],
        "set": {"current.temperature_2m": -0.0,
                "hourly.temperature_2m.2": None,
                "daily.uv_index_max": {"drop": True}}}}

    def ask(self, query):
        return self.hub.get(f"/v1/forecast?{PLACE}&{query}")

    def test_refusals(self):
        for query in ("", "latitude=1", "latitude=x&longitude=1",
                      "latitude=91&longitude=1", "latitude=1&longitude=181",
                      PLACE + "&hourly=temprature", PLACE + "&daily=rain",
                      PLACE + "&current=windspeed_10m",
                      PLACE + "&timeformat=epoch",
                      PLACE + "&temperature_unit=kelvin",
                      PLACE + "&forecast_days=17", PLACE + "&past_days=93",
                      PLACE + "&forecast_hours=-1",
                      PLACE + "&timezone=Mars/Olympus",
                      PLACE + "&models=guess", PLACE + "&elevation=high"):
            with self.subTest(query):
                status, _, body = self.hub.request(
                    "GET", "/v1/forecast?" + query)
                self.assertEqual(status, 400)
                reply = json.loads(body)
                self.assertIs(reply["error"], True)
                self.assertTrue(reply["reason"])

    def test_lengths(self):
        for query, section, count in (
                ("daily=weather_code", "daily", 7),
                ("daily=weather_code&forecast_days=16", "daily", 16),
                ("daily=weather_code&forecast_days=2&past_days=1", "daily",
                 3),
                ("hourly=rain&forecast_days=1", "hourly", 24),
                ("hourly=rain&forecast_hours=36", "hourly", 36),
                ("minutely_15=rain&forecast_minutely_15=12", "minutely_15",
                 12)):
            with self.subTest(query):
                reply = self.ask(query)
                self.assertEqual(len(reply[section]["time"]), count)

    def test_times(self):
        reply = self.ask("timezone=Europe/Oslo&timeformat=unixtime"
                         "&current=is_day&hourly=rain&forecast_hours=1"
                         "&daily=sunrise,sunset&forecast_days=3")
        self.assertEqual(reply["utc_offset_seconds"], 7200)
        self.assertEqual(reply["timezone_abbreviation"], "GMT+2")
        self.assertEqual(reply["current"]["time"], 1792814400)
        self.assertEqual(reply["hourly"]["time"], [1792814400])
        # The clocks go back on the 25th; the blocks stay 24 h.
        self.assertEqual(reply["daily"]["time"],
                         [1792792800, 1792879200, 1792965600])
        text = self.ask("timezone=Europe/Oslo&daily=weather_code"
                        "&hourly=rain&forecast_hours=1&forecast_days=1")
        self.assertEqual(text["hourly"]["time"], ["2026-10-24T06:00"])
        self.assertEqual(text["daily"]["time"], ["2026-10-24"])
        self.assertEqual(text["daily_units"]["time"], "iso8601")

    def test_half_hour_zone(self):
        reply = self.ask("timezone=Asia/Kolkata&timeformat=unixtime"
                         "&hourly=rain&forecast_hours=1")
        self.assertEqual(reply["hourly"]["time"][0] % 3600, 1800)

    def test_units(self):
        metric = self.ask("current=temperature_2m,wind_speed_10m"
                          "&wind_speed_unit=ms")
        other = self.ask("current=apparent_temperature,wind_speed_10m"
                         "&wind_speed_unit=mph&temperature_unit=fahrenheit")
        self.assertEqual(other["current_units"]["wind_speed_10m"], "mp/h")
        self.assertEqual(other["current_units"]["apparent_temperature"],
                         "°F")
        self.assertAlmostEqual(
            other["current"]["wind_speed_10m"],
            metric["current"]["wind_speed_10m"] * 2.236936, delta=0.02)

    def test_rain_is_before_the_stamp(self):
        reply = self.ask("timeformat=unixtime&hourly=precipitation"
                         "&forecast_hours=4&minutely_15=precipitation"
                         "&forecast_minutely_15=8")
        self.assertEqual(reply["hourly"]["precipitation"],
                         [0.0, 1.1, 0.9, 0.0])
        self.assertEqual(sum(reply["minutely_15"]["precipitation"]), 2.0)

    def test_patches(self):
        _, _, body = self.hub.request(
            "GET", f"/v1/forecast?{PLACE}&current=temperature_2m"
            "&hourly=temperature_2m&daily=uv_index_max,weather_code")
        self.assertIn(b'"temperature_2m":-0.0', body)
        reply = json.loads(body)
        self.assertIsNone(reply["hourly"]["temperature_2m"][2])
        self.assertNotIn("uv_index_max", reply["daily"])

    def test_several_places(self):
        reply = self.hub.get("/v1/forecast?latitude=1,2&longitude=3,4")
        self.assertEqual([p["latitude"] for p in reply], [1.0, 2.0])

    def test_sun(self):
        # Vectors of the NOAA tables, UTC, within two minutes.
        rise, fall = sky.sun_times(1792792800, 59.91, 10.75)
        self.assertLess(abs(rise - 1792822560), 180)
        self.assertLess(abs(fall - 1792856760), 180)
        december, june = 1796857200, 1782079200
        self.assertEqual(sky.sun_times(december, 69.65, 18.96),
                         (december, december))
        self.assertEqual(sky.sun_times(june, 69.65, 18.96),
                         (june, june + 86400))


if __name__ == "__main__":
    unittest.main()
