"""openHAB's two event streams: the bus, and the state tracker."""

import re
import uuid

import gson
import states
from server import Stream

TOPICS = re.compile(r"[\w*/,:\-\s]*")


def sse(data, name=None, number=None):
    """One event, framed as Apache CXF does."""
    lines = ([f"event: {name}"] if name else []) \
        + ([f"id: {number}"] if number is not None else []) \
        + [f"data: {data}"]
    return ("\n".join(lines) + "\n\n").encode()


def alive(interval_s):
    """The sign of life of both streams."""
    return sse(gson.dumps({"type": "ALIVE", "interval": interval_s}), "alive")


def topic_filter(topics):
    """A function that tells which topics match; None for bad characters."""
    if not TOPICS.fullmatch(topics):
        return None
    patterns = [re.compile(re.escape(t.strip()).replace(r"\*", ".*"))
                for t in topics.split(",")]
    return lambda topic: any(p.fullmatch(topic) for p in patterns)


class BusStream(Stream):
    """GET /rest/events."""

    def __init__(self, house, wanted):
        super().__init__()
        self.house = house
        self.wanted = wanted

    def opened(self):
        self.house.listeners.append(self._hear)

    def closed(self):
        if self._hear in self.house.listeners:
            self.house.listeners.remove(self._hear)

    def _hear(self, event):
        if self.wanted(event.topic):
            self.put(sse(gson.dumps({
                "topic": event.topic, "payload": gson.dumps(event.payload),
                "type": event.type}), "message"))

    def describe(self):
        return {"stream": "events"}


class TrackerStream(Stream):
    """GET /rest/events/states: the states of the items last posted."""

    def __init__(self, house, decimal_comma, trackers):
        super().__init__()
        self.house = house
        self.decimal_comma = decimal_comma
        self.trackers = trackers
        self.id = str(uuid.uuid4())
        self.tracked = ()

    def opened(self):
        self.trackers[self.id] = self
        self.house.listeners.append(self._hear)
        self.put(sse(self.id, "ready", 0))

    def closed(self):
        self.trackers.pop(self.id, None)
        if self._hear in self.house.listeners:
            self.house.listeners.remove(self._hear)

    def track(self, names):
        """Replaces the set and sends all its states in one event."""
        self.tracked = dict.fromkeys(names)
        self._send([n for n in self.tracked if n in self.house.items])

    def _hear(self, event):
        if event.item is not None and event.item in self.tracked:
            self._send([event.item])

    def _send(self, names):
        if names:
            self.put(sse(gson.dumps({n: self._state(self.house.items[n])
                                     for n in names})))

    def _state(self, item):
        """StateDTO: displayState only where it differs."""
        kind = item.value_type
        shown = item.extra.get("displayState") or states.display(
            kind, item.state, item.pattern, item.options, self.decimal_comma)
        result = gson.present(state=states.shorten(kind, item.state),
                              displayState=shown, type=item.kind)
        if self.house.version >= (4, 2):
            value, unit = states.number(kind, item.state)
            if value is not None:
                result["numericState"] = float(value)
            if unit:
                result["unit"] = unit
        return result

    def describe(self):
        return {"stream": "states", "tracked": list(self.tracked)}
