"""States of openHAB items: what each type takes, and how it is printed.

States are kept as the strings the server sends. Types, patterns and units
follow openHAB's core library (library/types, ItemDisplayStateUtil).
"""

import datetime
import decimal
import re

NULL = "NULL"
UNDEF = "UNDEF"

PERCENT = re.compile(r"(100(\.0+)?|\d{1,2}(\.\d+)?)$")
DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$")
QUANTITY = re.compile(r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?: (\S+))?$")
STAMP = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?"
                   r"(Z|[+-]\d\d:?\d\d)?$")
POINT = re.compile(r"-?\d+(\.\d+)?,-?\d+(\.\d+)?(,-?\d+(\.\d+)?)?$")
RAW = re.compile(r"data:(\w+/[\w.+-]+);base64,([A-Za-z0-9+/=]*)$")

ITEM_TYPES = ("Switch", "Dimmer", "Color", "Number", "String", "Contact",
              "Rollershutter", "DateTime", "Location", "Player", "Call",
              "Image", "Group")

WORDS = {
    "Switch": {"ON": "OnOff", "OFF": "OnOff"},
    "Contact": {"OPEN": "OpenClosed", "CLOSED": "OpenClosed"},
    "Player": {"PLAY": "PlayPause", "PAUSE": "PlayPause",
               "REWIND": "RewindFastforward",
               "FASTFORWARD": "RewindFastforward"},
}
COMMAND_WORDS = {
    "Dimmer": ("INCREASE", "DECREASE"), "Color": ("INCREASE", "DECREASE"),
    "Rollershutter": ("UP", "DOWN", "STOP", "MOVE"),
    "Player": ("NEXT", "PREVIOUS"),
}
# The unit of a plain number that comes to an item with a dimension.
UNITS = {
    "Temperature": "°C", "Power": "W", "Energy": "kWh", "Pressure": "hPa",
    "Dimensionless": "", "Length": "m", "Speed": "km/h", "Angle": "°",
    "Illuminance": "lx", "Time": "s", "ElectricPotential": "V",
}
# Value in the second unit = value in the first * factor + offset.
CONVERSIONS = {
    ("°C", "°F"): (decimal.Decimal("1.8"), decimal.Decimal(32)),
    ("°C", "K"): (decimal.Decimal(1), decimal.Decimal("273.15")),
    ("W", "kW"): (decimal.Decimal("0.001"), decimal.Decimal(0)),
    ("kW", "W"): (decimal.Decimal(1000), decimal.Decimal(0)),
    ("m", "cm"): (decimal.Decimal(100), decimal.Decimal(0)),
    ("m/s", "km/h"): (decimal.Decimal("3.6"), decimal.Decimal(0)),
}
DEFAULT_PATTERNS = {
    "String": "%s", "Number": "%.0f",
    "DateTime": "%1$tY-%1$tm-%1$td %1$tH:%1$tM:%1$tS",
}
FORMAT = re.compile(r"%(?:\d+\$)?([-#+ 0,(]*)(\d*)(?:\.(\d+))?"
                    r"(t[A-Za-z]|[a-zA-Z%])")
TRANSFORMATION = re.compile(r"[A-Za-z0-9]+\(.*\):.*", re.S)


class BadState(ValueError):
    """The text is no state or command of that type."""


def base_type(item_type):
    """"Number" of "Number:Temperature"."""
    return item_type.split(":", 1)[0]


def default_unit(item_type):
    return UNITS.get(item_type.partition(":")[2], "")


def kind(item_type, state):
    """The payload's "type": the class of the state without "Type"."""
    if state in (NULL, UNDEF):
        return "UnDef"
    base = base_type(item_type)
    if base in WORDS:
        return WORDS[base].get(state, "String")
    if base == "Number":
        return "Quantity" if ":" in item_type and " " in state else "Decimal"
    return {"Dimmer": "Percent", "Rollershutter": "Percent", "Color": "HSB",
            "DateTime": "DateTime", "Location": "Point", "Image": "Raw",
            "Call": "StringList"}.get(base, "String")


def _percent(text):
    if not PERCENT.match(text):
        raise BadState(text)
    return text


def _colour(text, before):
    """HSB as it is, or ON, OFF and a percentage applied to the colour."""
    parts = text.split(",")
    if len(parts) == 3 and all(DECIMAL.match(p) for p in parts):
        hue, saturation, brightness = (float(p) for p in parts)
        if not (0 <= hue <= 360 and 0 <= saturation <= 100
                and 0 <= brightness <= 100):
            raise BadState(text)
        return text
    level = {"ON": "100", "OFF": "0"}.get(text) or _percent(text)
    old = before.split(",") if before.count(",") == 2 else ["0", "0", "0"]
    return f"{old[0]},{old[1]},{level}"


def _number(item_type, text):
    found = QUANTITY.match(text)
    if not found or (found[2] and ":" not in item_type):
        raise BadState(text)
    unit = found[2] or default_unit(item_type)
    return f"{found[1]} {unit}" if unit else found[1]


def _moment(text, zone):
    """A time stamp in the server's zone, offset without a colon."""
    found = STAMP.match(text)
    if not found:
        raise BadState(text)
    fraction = (found[2] or ".000")[1:]
    digits = 3 if len(fraction) <= 3 else 6 if len(fraction) <= 6 else 9
    stamp = datetime.datetime.fromisoformat(found[1])
    offset = found[3]
    if offset:
        offset = "+00:00" if offset == "Z" else offset
        stamp = datetime.datetime.strptime(
            found[1] + offset.replace(":", ""), "%Y-%m-%dT%H:%M:%S%z")
    stamp = stamp.replace(tzinfo=stamp.tzinfo or zone).astimezone(zone)
    return (stamp.strftime("%Y-%m-%dT%H:%M:%S.") + fraction.ljust(digits, "0")
            + stamp.strftime("%z"))


def parse(item_type, text, before=NULL, zone=datetime.timezone.utc):
    """The state that `text` makes of an item, or BadState."""
    base = base_type(item_type)
    if text in (NULL, UNDEF) or base not in ITEM_TYPES:
        return text
    if base in WORDS:
        if text not in WORDS[base]:
            raise BadState(text)
        return text
    if base in ("Dimmer", "Rollershutter"):
        words = (("OFF", "ON") if base == "Dimmer" else ("UP", "DOWN"))
        if text in words:
            return "100" if text == words[1] else "0"
        return _percent(text)
    if base == "Color":
        return _colour(text, before)
    if base == "Number":
        return _number(item_type, text)
    if base == "DateTime":
        return _moment(text, zone)
    if (base == "Location" and not POINT.match(text)
            or base == "Image" and not RAW.match(text)
            or base == "Group"):
        raise BadState(text)
    return text


def parse_command(item_type, text, before, zone):
    """The state that a command leads to; `before` for a mere movement."""
    if text in COMMAND_WORDS.get(base_type(item_type), ()):
        if text in ("UP", "DOWN"):
            return "0" if text == "UP" else "100"
        return before
    if text in (NULL, UNDEF) or text == "":
        raise BadState(text)
    return parse(item_type, text, before, zone)


def number(item_type, state):
    """(value, unit) as a Decimal and a text, or (None, "")."""
    shape = kind(item_type, state)
    if shape in ("Decimal", "Percent"):
        return decimal.Decimal(state), ""
    if shape == "HSB":
        return decimal.Decimal(state.split(",")[2]), ""
    if shape == "Quantity":
        value, unit = QUANTITY.match(state).groups()
        return decimal.Decimal(value), unit
    return None, ""


def is_on(item_type, state):
    """As getStateAs(OnOffType): None where the type has no such view."""
    if state in ("ON", "OFF"):
        return state == "ON"
    if base_type(item_type) in ("Dimmer", "Color", "Rollershutter"):
        value, _ = number(item_type, state)
        return None if value is None else value > 0
    return None


def shorten(item_type, state):
    """How the state tracker prints a picture."""
    found = RAW.match(state) if base_type(item_type) == "Image" else None
    if not found:
        return state
    size = len(found[2]) * 3 // 4 - found[2].count("=")
    return f"raw type ({found[1]}): {size} bytes"


def _java_number(value, flags, width, digits, decimal_comma):
    step = decimal.Decimal(1).scaleb(-digits)
    with decimal.localcontext(prec=400):  # room for all of a double
        value = value.quantize(step, rounding=decimal.ROUND_HALF_UP)
    text = f"{value:{',' if ',' in flags else ''}.{digits}f}"
    if decimal_comma:
        text = text.translate(str.maketrans(",.", ".,"))
    if "+" in flags and value >= 0:
        text = "+" + text
    return text.rjust(int(width or 0), "0" if "0" in flags else " ")


def _java_time(letter, moment):
    return moment.strftime({"M": "%M", "Y": "%Y", "m": "%m", "d": "%d",
                            "H": "%H", "S": "%S", "y": "%y", "B": "%B",
                            "A": "%A", "a": "%a", "b": "%b", "e": "%-d",
                            "k": "%-H", "R": "%H:%M", "T": "%H:%M:%S",
                            }.get(letter, "?"))


def java_format(pattern, item_type, state, decimal_comma=False):
    """`pattern` with the state put in; None if Java would throw."""
    value, unit = number(item_type, state)
    target = pattern_unit(pattern)
    if target and unit and (unit, target) in CONVERSIONS:
        factor, offset = CONVERSIONS[unit, target]
        value, unit = value * factor + offset, target
    moment = None
    if kind(item_type, state) == "DateTime":
        found = STAMP.match(state)
        moment = datetime.datetime.strptime(
            found[1] + found[3], "%Y-%m-%dT%H:%M:%S%z")

    def put(found):
        flags, width, digits, letter = found.groups()
        if letter == "%":
            return "%"
        if letter == "s":
            return state
        if letter[0] == "t" and moment:
            return _java_time(letter[1], moment)
        if letter in "df" and value is not None:
            places = 0 if letter == "d" else int(digits or 6)
            return _java_number(value, flags, width, places, decimal_comma)
        raise BadState(pattern)

    try:
        return FORMAT.sub(put, pattern.replace("%unit%", unit))
    except BadState:
        return None


def pattern_unit(pattern):
    """The unit written into a pattern, or ""."""
    found = re.search(r"%[^ %]*[df] ?(\S+)$", pattern)
    unit = found[1] if found else ""
    return "%" if unit == "%%" else "" if unit == "%unit%" else unit


def pattern_of(item_type, pattern):
    """The item's own pattern or the server's default; None for neither."""
    if pattern is not None:
        return pattern
    if item_type.startswith("Number:"):
        return "%.0f %unit%"
    return DEFAULT_PATTERNS.get(item_type)


def display(item_type, state, pattern, options, decimal_comma):
    """The displayState, or None where the server leaves it out."""
    if state in (NULL, UNDEF):
        return None
    if state in options:
        shown = options[state]
    else:
        pattern = pattern_of(item_type, pattern)
        if pattern is None or TRANSFORMATION.match(pattern):
            return None
        shown = java_format(pattern, item_type, state, decimal_comma)
    return None if shown == state else shown
