"""Weather made up from a scenario: plausible, and the same every time.

A story says how warm, cloudy and wet the days are and when it rains; this
module answers for any moment. Solar formulas after NOAA's low-precision
sheet (good to about two minutes).
"""

import datetime
import math

HOUR, DAY = 3600, 86400
HORIZON_DEG = -0.833  # refraction and half the disc, as Open-Meteo takes it
LIGHT_MMH, MODERATE_MMH = 2.5, 7.6

STORY = {
    "days": [{"code": 3, "min": 6, "max": 13}],
    "rain": [],
    "wind_ms": 3.4, "wind_from": 230, "gust_factor": 1.9,
    "humidity": 78, "uv_max": 5.0, "pressure": 1014.0,
}


def _solar(t):
    """Declination (rad) and equation of time (min) at UTC seconds."""
    year = datetime.datetime.fromtimestamp(t, datetime.timezone.utc)
    day = year.timetuple().tm_yday - 1 + (year.hour - 12) / 24
    g = 2 * math.pi / 365.25 * day
    declination = (0.006918 - 0.399912 * math.cos(g) + 0.070257 * math.sin(g)
                   - 0.006758 * math.cos(2 * g) + 0.000907 * math.sin(2 * g)
                   - 0.002697 * math.cos(3 * g) + 0.00148 * math.sin(3 * g))
    equation = 229.18 * (0.000075 + 0.001868 * math.cos(g)
                         - 0.032077 * math.sin(g)
                         - 0.014615 * math.cos(2 * g)
                         - 0.040849 * math.sin(2 * g))
    return declination, equation


def sun_altitude_deg(t, latitude, longitude):
    declination, equation = _solar(t)
    minutes = t % DAY / 60 + equation + 4 * longitude
    angle = math.radians(minutes / 4 - 180)
    phi = math.radians(latitude)
    return math.degrees(math.asin(
        math.sin(phi) * math.sin(declination)
        + math.cos(phi) * math.cos(declination) * math.cos(angle)))


def sun_times(midnight, latitude, longitude):
    """Rise and set (UTC seconds) of the 24 h from `midnight`. In the polar
    night both are midnight; in the polar day the set is the next one."""
    noon = midnight + DAY / 2
    declination, equation = _solar(noon)
    phi = math.radians(latitude)
    cosine = ((math.sin(math.radians(HORIZON_DEG))
               - math.sin(phi) * math.sin(declination))
              / (math.cos(phi) * math.cos(declination)))
    if cosine > 1:
        return midnight, midnight
    if cosine < -1:
        return midnight, midnight + DAY
    # The UTC day of the local noon that belongs to this block.
    start = math.floor((noon + longitude * 240) / DAY) * DAY
    transit = start + (720 - 4 * longitude - equation) * 60
    half = math.degrees(math.acos(cosine)) * 240
    return round(transit - half), round(transit + half)


class Sky:
    """The weather of one place; `anchor` is the moment the story begins."""

    def __init__(self, story, anchor, offset_s, latitude, longitude):
        self.story = STORY | story
        self.anchor = anchor
        self.offset_s = offset_s
        self.place = (latitude, longitude)
        self.first_day = self._day_number(anchor)
        self.spells = self._spells()

    def _day_number(self, t):
        return math.floor((t + self.offset_s) / DAY)

    def _day(self, number):
        days = self.story["days"]
        return days[(number - self.first_day) % len(days)]

    def _spells(self):
        """Rain as (start, end, mm/h): the story's, and wet later days."""
        found = [(self.anchor + s["from_min"] * 60,
                  self.anchor + s["to_min"] * 60, s["mmh"])
                 for s in self.story["rain"]]
        for number in range(1, len(self.story["days"])):
            rain = self._day(self.first_day + number).get("rain_mm", 0)
            if rain:
                ten = (self.first_day + number) * DAY - self.offset_s \
                    + 10 * HOUR
                found.append((ten, ten + 4 * HOUR, rain / 4))
        return found

    def rain_mm(self, start, end):
        return sum(rate * max(0, min(end, b) - max(start, a)) / HOUR
                   for a, b, rate in self.spells)

    def rate_mmh(self, t):
        return sum(rate for a, b, rate in self.spells if a <= t < b)

    def temperature(self, t):
        """Lowest at 05, highest at 15 local time, a cosine between."""
        number = self._day_number(t)
        hour = (t + self.offset_s) % DAY / HOUR
        if hour < 5:
            a, b, part = self._day(number - 1)["max"], self._day(
                number)["min"], (hour + 9) / 14
        elif hour < 15:
            a, b, part = self._day(number)["min"], self._day(
                number)["max"], (hour - 5) / 10
        else:
            a, b, part = self._day(number)["max"], self._day(
                number + 1)["min"], (hour - 15) / 14
        return a + (b - a) * (1 - math.cos(math.pi * part)) / 2

    def wind(self, t):
        return self.story["wind_ms"] * (1 + 0.35 * math.sin(t / 7000))

    def altitude(self, t):
        return sun_altitude_deg(t, *self.place)

    def is_day(self, t):
        return int(self.altitude(t) > HORIZON_DEG)

    def code(self, t):
        """The WMO code of a moment."""
        rate = self.rate_mmh(t)
        if rate > 0:
            level = (rate >= LIGHT_MMH) + (rate >= MODERATE_MMH)
            return (71 if self.temperature(t) <= 0.5 else 61) + 2 * level
        if self.rain_mm(t - HOUR, t + HOUR) > 0:
            return 3
        code = self._day(self._day_number(t)).get("code", 2)
        return code if code < 50 else 2

    def probability(self, t):
        """Percent, for the hour before `t`."""
        if self.rain_mm(t - HOUR, t) > 0:
            return 85
        near = self.rain_mm(t - 3 * HOUR, t + 2 * HOUR) > 0
        return 40 if near else self._day(self._day_number(t)).get("pop", 5)

    def uv(self, t, clear=False):
        shade = 1 if clear or self.code(t) < 3 else 0.5
        height = math.sin(math.radians(max(0, self.altitude(t))))
        return self.story["uv_max"] * height * shade

    def feels(self, t):
        """Apparent temperature after Steadman (1994)."""
        temp = self.temperature(t)
        vapour = (self.story["humidity"] / 100 * 6.105
                  * math.exp(17.27 * temp / (237.7 + temp)))
        return temp + 0.33 * vapour - 0.7 * self.wind(t) - 4

    def dew_point(self, t):
        temp = self.temperature(t)
        gamma = (math.log(self.story["humidity"] / 100)
                 + 17.62 * temp / (243.12 + temp))
        return 243.12 * gamma / (17.62 - gamma)

    def snow_cm(self, start, end):
        cold = self.temperature(end) <= 0.5
        return self.rain_mm(start, end) * 0.7 if cold else 0.0

    def value(self, name, t, window_s):
        """A variable of Open-Meteo at `t`; sums are over the window before.
        Metric, wind in m/s."""
        before = t - window_s
        liquid = 0.0 if self.temperature(t) <= 0.5 else self.rain_mm(before, t)
        makers = {
            "temperature_2m": lambda: self.temperature(t),
            "apparent_temperature": lambda: self.feels(t),
            "dew_point_2m": lambda: self.dew_point(t),
            "relative_humidity_2m": lambda: self.story["humidity"],
            "pressure_msl": lambda: self.story["pressure"],
            "cloud_cover": lambda: (0, 20, 50, 100)[min(3, self.code(t))],
            "visibility": lambda: 800 if self.code(t) == 45 else 24000,
            "wind_speed_10m": lambda: self.wind(t),
            "wind_gusts_10m":
                lambda: self.wind(t) * self.story["gust_factor"],
            "wind_direction_10m": lambda: self.story["wind_from"] % 361,
            "precipitation": lambda: self.rain_mm(before, t),
            "rain": lambda: liquid,
            "showers": lambda: 0.0,
            "snowfall": lambda: self.snow_cm(before, t),
            "precipitation_probability": lambda: self.probability(t),
            "weather_code": lambda: self.code(t),
            "is_day": lambda: self.is_day(t),
            "uv_index": lambda: self.uv(t),
            "uv_index_clear_sky": lambda: self.uv(t, True),
        }
        return makers[name]()
