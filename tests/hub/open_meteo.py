"""Open-Meteo's forecast interface: judges a query, answers from a Sky.

After openapi/forecast.yml, ForecastapiQuery.swift and JsonWriter.swift of
the server. One UTC offset, that of the moment of asking, holds for the whole
reply; days are blocks of 24 hours. Old variable names, which the server still
answers, are refused here: nobody should start with them.
"""

import datetime
import json
import math
import time
import zoneinfo

from server import Reply
from sky import DAY, HOUR, Sky, sun_times

QUARTER = 900
# Name -> (kind of unit, decimals).
HOURLY = {
    "temperature_2m": ("temperature", 1),
    "apparent_temperature": ("temperature", 1),
    "dew_point_2m": ("temperature", 1),
    "relative_humidity_2m": ("%", 0), "cloud_cover": ("%", 0),
    "precipitation_probability": ("%", 0), "pressure_msl": ("hPa", 1),
    "visibility": ("m", 2), "wind_speed_10m": ("wind", 2),
    "wind_gusts_10m": ("wind", 2), "wind_direction_10m": ("°", 0),
    "precipitation": ("rain", 2), "rain": ("rain", 2),
    "showers": ("rain", 2), "snowfall": ("snow", 2),
    "weather_code": ("wmo code", 0), "is_day": ("", 0), "uv_index": ("", 2),
    "uv_index_clear_sky": ("", 2),
}
# Name -> (kind of unit, decimals, hourly variable, how the day is made).
DAILY = {
    "weather_code": ("wmo code", 0, "weather_code", max),
    "temperature_2m_max": ("temperature", 1, "temperature_2m", max),
    "temperature_2m_min": ("temperature", 1, "temperature_2m", min),
    "apparent_temperature_max":
        ("temperature", 1, "apparent_temperature", max),
    "apparent_temperature_min":
        ("temperature", 1, "apparent_temperature", min),
    "uv_index_max": ("", 2, "uv_index", max),
    "precipitation_sum": ("rain", 2, "precipitation", sum),
    "precipitation_hours":
        ("h", 1, "precipitation", lambda v: sum(x > 0 for x in v)),
    "precipitation_probability_max":
        ("%", 0, "precipitation_probability", max),
    "wind_speed_10m_max": ("wind", 2, "wind_speed_10m", max),
    "wind_gusts_10m_max": ("wind", 2, "wind_gusts_10m", max),
    "wind_direction_10m_dominant":
        ("°", 0, "wind_direction_10m", lambda v: v[len(v) // 2]),
}
SUN = ("sunrise", "sunset", "daylight_duration")
UNITS = {
    "temperature_unit": {"celsius": ("°C", lambda v: v),
                         "fahrenheit": ("°F", lambda v: v * 1.8 + 32)},
    "wind_speed_unit": {"kmh": ("km/h", lambda v: v * 3.6),
                        "ms": ("m/s", lambda v: v),
                        "mph": ("mp/h", lambda v: v * 2.236936),
                        "kn": ("kn", lambda v: v * 1.943844)},
    "precipitation_unit": {"mm": ("mm", lambda v: v),
                           "inch": ("inch", lambda v: v / 25.4)},
}
MODELS = ("best_match", "icon_seamless", "metno_seamless", "ecmwf_ifs",
          "ncep_gfs_seamless", "ukmo_seamless", "meteofrance_seamless")
COUNTS = {"forecast_days": 16, "past_days": 92, "forecast_hours": 384,
          "past_hours": 2208, "forecast_minutely_15": 1536,
          "past_minutely_15": 8832}


class Bad(ValueError):
    """A query that the server answers with 400; the text is the reason."""


def _real(query, name, low=None, high=None):
    try:
        value = float(query[name])
    except KeyError:
        raise Bad(f"Value of type 'Float' required for key '{name}'."
                  ) from None
    except ValueError:
        raise Bad(f"Data corrupted at path '{name}'. Cannot initialize Float "
                  f"from invalid String value {query[name]}.") from None
    if low is not None and not low <= value <= high:
        raise Bad(f"{name.capitalize()} must be in range of {low} to {high}°."
                  f" Given: {value}.")
    return value


def _choice(query, name, choices, fallback):
    value = query.get(name, fallback)
    if value not in choices:
        raise Bad(f"Data corrupted at path '{name}'. Cannot initialize "
                  f"from invalid String value {value}.")
    return value


def _variables(query, section, known):
    names = [n for n in query.get(section, "").split(",") if n]
    for name in names:
        if name not in known:
            raise Bad("Cannot initialize WeatherVariable from invalid String "
                      f"value {name} for key {section}")
    return names


def _count(query, name):
    if name not in query:
        return None
    text, limit = query[name], COUNTS[name]
    if not text.isdigit() or int(text) > limit:
        words = name.replace("_", " ").capitalize()
        raise Bad(f"{words} is invalid. Allowed range 0 to {limit}. "
                  f"Given {text}.")
    return int(text)


class Query:
    """A query that was found good."""

    def __init__(self, query, zone, now):
        self.latitude = _real(query, "latitude", -90, 90)
        self.longitude = _real(query, "longitude", -180, 180)
        self.elevation = _real(query, "elevation") \
            if "elevation" in query else 38.0
        self.units = {
            name: table[_choice(query, name, table, next(iter(table)))]
            for name, table in UNITS.items()}
        self.unix = _choice(query, "timeformat", ("iso8601", "unixtime"),
                            "iso8601") == "unixtime"
        _choice(query, "cell_selection", ("land", "sea", "nearest"), "land")
        for model in query.get("models", "best_match").split(","):
            _choice({"models": model}, "models", MODELS, None)
        self.current = _variables(query, "current", HOURLY)
        self.minutely = _variables(query, "minutely_15", HOURLY)
        self.hourly = _variables(query, "hourly", HOURLY)
        self.daily = _variables(query, "daily", (*DAILY, *SUN))
        self.counts = {name: _count(query, name) for name in COUNTS}
        self._set_zone(query.get("timezone", "GMT"), zone, now)

    def _set_zone(self, name, zone, now):
        """The zone's name and its offset now, good for the whole reply."""
        try:
            self.zone = zone if name == "auto" else zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise Bad("Invalid timezone") from None
        moment = datetime.datetime.fromtimestamp(now, self.zone)
        self.offset_s = int(moment.utcoffset().total_seconds())

    def unit(self, kind):
        """(text, conversion) of a kind of unit."""
        if kind == "temperature":
            return self.units["temperature_unit"]
        if kind == "wind":
            text, convert = self.units["wind_speed_unit"]
            return text, convert
        if kind == "rain":
            return self.units["precipitation_unit"]
        if kind == "snow":
            inch = self.units["precipitation_unit"][0] == "inch"
            return ("inch", lambda v: v / 2.54) if inch else (
                "cm", lambda v: v)
        return kind, lambda v: v

    def stamp(self, t, date_only=False):
        """UTC seconds, or local time as text without offset."""
        if self.unix:
            return t
        local = datetime.datetime.fromtimestamp(
            t + self.offset_s, datetime.timezone.utc)
        return local.strftime("%Y-%m-%d" if date_only else "%Y-%m-%dT%H:%M")

    @property
    def time_unit(self):
        return "unixtime" if self.unix else "iso8601"


def _rounded(value, decimals):
    """A number as the server writes it; keeps -0.0, as it does."""
    return int(round(value)) if decimals == 0 else round(value, decimals)


class Forecast:
    """One reply under construction."""

    def __init__(self, query, sky, now):
        self.query = query
        self.sky = sky
        self.now = now

    def _floor(self, step):
        """The local block of `step` seconds that holds the moment."""
        offset = self.query.offset_s
        return math.floor((self.now + offset) / step) * step - offset

    def _times(self, step, section):
        """Stamps of a section: counted from now, or whole days."""
        counts = self.query.counts
        count, past = (counts[f"forecast_{section}"],
                       counts[f"past_{section}"])
        start = self._floor(step)
        if count is None and past is None:
            start, days = self._floor(DAY), counts["forecast_days"]
            count = (7 if days is None else days) * DAY // step
            past = (counts["past_days"] or 0) * DAY // step
        return [start + i * step for i in range(-(past or 0), count or 0)]

    def _series(self, name, times, step):
        kind, decimals = HOURLY[name]
        convert = self.query.unit(kind)[1]
        return [_rounded(convert(self.sky.value(name, t, step)), decimals)
                for t in times]

    def _section(self, names, step, section):
        times = self._times(step, section)
        units = {"time": self.query.time_unit}
        values = {"time": [self.query.stamp(t) for t in times]}
        for name in names:
            units[name] = self.query.unit(HOURLY[name][0])[0]
            values[name] = self._series(name, times, step)
        return units, values

    def _current(self):
        moment = self._floor(QUARTER)
        units = {"time": self.query.time_unit, "interval": "seconds"}
        values = {"time": self.query.stamp(moment), "interval": QUARTER}
        for name in self.query.current:
            units[name] = self.query.unit(HOURLY[name][0])[0]
            values[name] = self._series(name, [moment], QUARTER)[0]
        return units, values

    def _day_value(self, name, midnight):
        if name in SUN:
            rise, fall = sun_times(midnight, *self.sky.place)
            if name == "daylight_duration":
                return fall - rise
            return self.query.stamp(rise if name == "sunrise" else fall)
        kind, decimals, source, reduce = DAILY[name]
        convert = self.query.unit(kind)[1]
        hours = [self.sky.value(source, midnight + i * HOUR, HOUR)
                 for i in range(1, 25)]
        return _rounded(convert(reduce(hours)), decimals)

    def _daily(self):
        counts = self.query.counts
        days = 7 if counts["forecast_days"] is None \
            else counts["forecast_days"]
        first = self._floor(DAY)
        times = [first + i * DAY
                 for i in range(-(counts["past_days"] or 0), days)]
        units = {"time": self.query.time_unit}
        values = {"time": [self.query.stamp(t, True) for t in times]}
        for name in self.query.daily:
            units[name] = (
                "s" if name == "daylight_duration"
                else self.query.time_unit if name in SUN
                else self.query.unit(DAILY[name][0])[0])
            values[name] = [self._day_value(name, t) for t in times]
        return units, values

    def build(self):
        query = self.query
        hours = query.offset_s / HOUR
        reply = {
            "latitude": round(query.latitude, 2),
            "longitude": round(query.longitude, 2),
            "generationtime_ms": 0.21, "utc_offset_seconds": query.offset_s,
            "timezone": str(query.zone),
            "timezone_abbreviation": f"GMT{hours:+g}" if hours else "GMT",
            "elevation": None if math.isnan(query.elevation)
            else query.elevation}
        sections = {
            "current": query.current and self._current,
            "minutely_15": query.minutely and (lambda: self._section(
                query.minutely, QUARTER, "minutely_15")),
            "hourly": query.hourly and (lambda: self._section(
                query.hourly, HOUR, "hours")),
            "daily": query.daily and self._daily}
        for name, make in sections.items():
            if make:
                reply[name + "_units"], reply[name] = make()
        return reply


def patch(reply, changes):
    """Puts values at paths such as "hourly.temperature_2m.2"; a value of
    {"drop": true} takes the member away. Paths that are not there are
    skipped, since a query may not ask for them."""
    for path, value in changes.items():
        *way, last = [int(p) if p.isdigit() else p for p in path.split(".")]
        place = reply
        try:
            for step in way:
                place = place[step]
            if value == {"drop": True}:
                del place[last]
            else:
                place[last] = value
        except (KeyError, IndexError, TypeError):
            continue


class OpenMeteo:
    """Answers /v1/forecast. `settings` is the scenario's "weather"."""

    def __init__(self, settings, zone):
        self.story = dict(settings)
        self.zone = zone
        self.changes = self.story.pop("set", {})
        fixed = self.story.pop("now", None)
        self.fixed_now = fixed and int(
            datetime.datetime.fromisoformat(fixed).timestamp())
        self.anchor = self.fixed_now or int(time.time())

    def _answer(self, query):
        now = self.fixed_now or int(time.time())
        good = Query(query, self.zone, now)
        sky = Sky(self.story, self.anchor, good.offset_s, good.latitude,
                  good.longitude)
        reply = Forecast(good, sky, now).build()
        patch(reply, self.changes)
        return reply

    def handle(self, request):
        if request.path != "/v1/forecast" or request.method != "GET":
            return Reply(404, b'{"error":true,"reason":"Not Found"}')
        try:
            places = list(zip(*(request.query.get(k, "").split(",")
                                for k in ("latitude", "longitude"))))
            if len(places) > 1:
                reply = [self._answer(request.query | {
                    "latitude": a, "longitude": b}) for a, b in places]
            else:
                reply = self._answer(request.query)
        except Bad as bad:
            return Reply(400, json.dumps(
                {"error": True, "reason": str(bad)},
                ensure_ascii=False).encode())
        body = json.dumps(reply, ensure_ascii=False, separators=(",", ":"))
        data = body.encode()
        return Reply(200, (data[i:i + 4096]
                           for i in range(0, len(data), 4096)),
                     "application/json; charset=utf-8")
