"""Group functions: the state of a group, from those of its members.

After org.openhab.core.library.types, ArithmeticGroupFunction and its kin:
undefined members never count.
"""

import decimal
import re
import statistics

from states import NULL, UNDEF, is_on, number

LOGIC = ("AND", "OR", "NAND", "NOR", "XOR")
FUNCTIONS = LOGIC + ("EQUALITY", "SUM", "AVG", "MEDIAN", "MIN", "MAX",
                     "COUNT", "LATEST", "EARLIEST")


def _matches(member, wanted):
    """A member's state seen as the type of `wanted`."""
    if wanted in ("ON", "OFF"):
        on = is_on(member.value_type, member.state)
        return on is not None and on == (wanted == "ON")
    return member.state == wanted


def _logic(name, params, members):
    active, passive = params
    hits = sum(_matches(m, active) for m in members)
    total = len(members)
    truth = {"AND": total > 0 and hits == total, "OR": hits > 0,
             "NAND": not (total > 0 and hits == total), "NOR": hits == 0,
             "XOR": hits == 1}[name]
    return active if truth else passive


def _arithmetic(name, members):
    found = [number(m.value_type, m.state) for m in members]
    values = [value for value, _ in found if value is not None]
    units = [unit for value, unit in found if value is not None and unit]
    if not values:
        return "0" if name == "SUM" and not members else UNDEF
    result = {"SUM": sum, "MIN": min, "MAX": max,
              "AVG": lambda v: sum(v) / len(v),
              "MEDIAN": statistics.median}[name](values)
    text = format(decimal.Decimal(result).normalize(), "f")
    return f"{text} {units[0]}" if units else text


def group_state(name, params, members):
    """The state of a group with function `name` over all `members`."""
    if name == "COUNT":
        return str(sum(bool(re.fullmatch(params[0], m.state))
                       for m in members))
    if not members:
        return NULL if name not in LOGIC else UNDEF
    if name in LOGIC:
        return _logic(name, params, members)
    known = [m for m in members if m.state not in (NULL, UNDEF)]
    if name == "EQUALITY":
        states = {m.state for m in members}
        return states.pop() if len(states) == 1 else UNDEF
    if name in ("LATEST", "EARLIEST"):
        if not known:
            return UNDEF
        pick = max if name == "LATEST" else min
        return pick(m.state for m in known)
    return _arithmetic(name, known)
