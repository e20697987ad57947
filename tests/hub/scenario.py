"""Scenario files: what house, what weather, what happens when.

A scenario is a JSON object; every key is listed in KEYS, unknown ones are
errors. Texts may hold times that move with the clock: @now-20s@ (an openHAB
DateTime), @date+1d@ (2026-01-31) and @clock+90m@ (07:12), in the house's
time zone.
"""

import dataclasses
import datetime
import json
import os
import re
import zoneinfo

import states
from auth import Access
from groups import FUNCTIONS
from house import House, Item

KEYS = {"about", "version", "locale", "timezone", "alive_s", "auth", "items",
        "generate", "things", "weather", "timeline", "timeline_repeat_s"}
ITEM_KEYS = {f.name for f in dataclasses.fields(Item)} - {
    "last_state", "updated_ms", "changed_ms"}
MOVING = re.compile(r"@(now|date|clock)(?:([+-]\d+)([smhd]))?@")
SPANS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
FORMATS = {"now": "%Y-%m-%dT%H:%M:%S.000%z", "date": "%Y-%m-%d",
           "clock": "%H:%M"}


class BadScenario(ValueError):
    """The file says something that makes no house."""


@dataclasses.dataclass
class Scenario:
    version: str
    locale: str
    zone: datetime.tzinfo
    alive_s: float
    access: Access
    house: House
    weather: dict
    timeline: list
    repeat_s: float


def expand(text, zone):
    """Replaces the moving times in a text."""
    def put(found):
        word, amount, unit = found.groups()
        moment = datetime.datetime.now(zone)
        if amount:
            moment += datetime.timedelta(**{SPANS[unit]: int(amount)})
        return moment.strftime(FORMATS[word])
    return MOVING.sub(put, text)


def find_zone(name):
    """A zone of tzdata; "local" is that of this machine."""
    if name != "local":
        return zoneinfo.ZoneInfo(name)
    _, _, name = os.path.realpath("/etc/localtime").partition("zoneinfo/")
    try:
        return zoneinfo.ZoneInfo(os.environ.get("TZ") or name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return datetime.datetime.now().astimezone().tzinfo


def make_item(fields, zone):
    """An Item from the fields of a scenario or a control request."""
    unknown = set(fields) - ITEM_KEYS
    if unknown or not {"name", "type"} <= set(fields):
        raise BadScenario(f"item {fields}: "
                          + (f"unknown {unknown}" if unknown
                             else "needs name and type"))
    item = Item(**fields)
    if not re.fullmatch(r"[a-zA-Z_][a-zA-Z_0-9]*", item.name):
        raise BadScenario(f"item {item.name!r}: a bad name")
    if item.function and item.function not in FUNCTIONS:
        raise BadScenario(f"item {item.name}: no function {item.function}")
    if item.type != "Group":
        try:
            item.state = states.parse(item.type, expand(item.state, zone),
                                      zone=zone)
        except states.BadState as bad:
            raise BadScenario(f"item {item.name}: {bad} is no state of "
                              f"{item.type}") from None
    return item


def generate(plan):
    """Fields of many items: rooms, lamps in them, and numbers."""
    rooms, lights = plan.get("rooms", 20), plan.get("lights", 200)
    for number in range(rooms):
        yield {"name": f"Room{number}", "type": "Group",
               "label": f"Room {number}", "tags": ["Room"]}
    for number in range(lights):
        yield {"name": f"Lamp{number}", "type": "Dimmer",
               "label": f"Lamp {number}", "tags": ["Lightbulb"],
               "groups": [f"Room{number % rooms}"],
               "state": str(number % 3 * 50)}
    for number in range(plan["items"] - rooms - lights):
        yield {"name": f"Sensor_With_A_Long_Name_{number}",
               "type": "Number:Temperature",
               "label": f"Temperature of sensor {number} <in> & out",
               "category": "temperature", "pattern": "%.1f °C",
               "tags": ["Measurement", "Temperature"],
               "state": f"{number % 400 / 10} °C"}


def load(path):
    """Reads a scenario; raises BadScenario or OSError."""
    with open(path, encoding="utf-8") as file:
        try:
            data = json.load(file)
        except ValueError as bad:
            raise BadScenario(f"{path}: {bad}") from None
    unknown = set(data) - KEYS
    if unknown:
        raise BadScenario(f"{path}: unknown keys {sorted(unknown)}")
    zone = find_zone(data.get("timezone", "Europe/Berlin"))
    version = data.get("version", "5.2.1")
    house = House(version, zone)
    fields = list(data.get("items", []))
    if "generate" in data:
        fields += generate(data["generate"])
    for one in fields:
        item = make_item(one, zone)
        if item.name in house.items:
            raise BadScenario(f"item {item.name}: twice")
        house.items[item.name] = item
    house.settle()
    house.things = {
        t["uid"]: {"status": t["status"], "statusDetail": "NONE"}
        for t in data.get("things", [])}
    return Scenario(version, data.get("locale", "en_DE"), zone,
                    data.get("alive_s", 10), Access(**data.get("auth", {})),
                    house, data.get("weather", {}), data.get("timeline", []),
                    data.get("timeline_repeat_s", 0))
