"""POST /control: makes things happen in the house and goes wrong on demand.

A request is a JSON object with "do" and what that needs:

    switch       item, state        as a binding's update
    command      item, state
    flood        item, states [per_second, seconds]  on the state tracker, in
                                    turns; the last one stays
    message      text [item]        a string item, MirrorMessage by default
    add_item     item {name, type, ...}
    remove_item  item
    rename_item  item, label
    thing        uid, status [detail, description]
    startlevel   level
    stop                            accept, but answer nothing any more
    silence      [new]              streams stay open, no byte comes; "new":
                                    those opened later are silent, too
    drip         [delay_ms]         byte by byte
    break_off    [path, times, after, how "reset", text]  end inside a body;
                                    with "text": append it, end properly
    break_streams                   end inside the next event
    drop                            reset all connections
    restart      [refuse_s, missing_s, partial_s, null_s]
    status       status [path, times, body, headers]
    body         body or base64 [path, times, status, type, headers]
    refuse_token
    resume                          end of all faults
    clear_log

GET /control/log returns the requests seen, GET /control/streams the open
event streams. /control itself has no faults.
"""

import asyncio
import json
import time

import scenario
import sse
from house import NoSuchItem
from server import Reply

START_LEVELS = (30, 40, 50, 70, 80)


def _json(value, status=200):
    return Reply(status, json.dumps(value).encode())


class Control:
    """Carries commands out on a hub (hub.py)."""

    def __init__(self, hub):
        self.hub = hub
        self.house = hub.house
        self.faults = hub.faults
        self.tasks = set()
        self.mute_new = False
        self.actions = {name[4:]: getattr(self, name) for name in dir(self)
                        if name.startswith("_do_")}

    # Requests --------------------------------------------------------------

    def handle(self, request):
        if request.method == "GET":
            if request.path == "/control/log":
                return _json(self.hub.server.log)
            if request.path == "/control/streams":
                return _json([s.describe() for s in self.hub.server.streams])
            return _json({"error": "not found"}, 404)
        if request.method != "POST" or request.path != "/control":
            return _json({"error": "POST /control"}, 405)
        try:
            command = json.loads(request.body)
            at_s = time.monotonic()
            self.do(command)
        except (ValueError, TypeError, AttributeError) as bad:
            return _json({"error": str(bad)}, 400)
        except NoSuchItem as missing:
            return _json({"error": f"no item {missing.args[0]}"}, 404)
        except KeyError as missing:
            return _json({"error": f"needs {missing}"}, 400)
        return _json({"ok": True, "monotonic_s": at_s})

    def do(self, command):
        """Carries one command out; raises what handle() turns to errors."""
        action = self.actions.get(command.get("do"))
        if action is None:
            raise ValueError(f"cannot do {command.get('do')!r}")
        action(command)

    def spawn(self, coroutine):
        """Runs beside; the loop itself keeps only a weak reference."""
        task = asyncio.ensure_future(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # The passing of time ---------------------------------------------------

    async def keep_alive(self):
        """The sign of life of all streams, at one time as openHAB does."""
        interval_s = self.hub.scenario.alive_s
        while True:
            await asyncio.sleep(interval_s)
            for stream in list(self.hub.server.streams):
                stream.put(sse.alive(interval_s))

    async def play(self, timeline, repeat_s):
        """The scenario's timeline, over and over if it repeats."""
        while True:
            start = time.monotonic()
            for entry in sorted(timeline, key=lambda e: e["at_s"]):
                wait_s = start + entry["at_s"] - time.monotonic()
                await asyncio.sleep(max(0, wait_s))
                self.do(entry)
            if not repeat_s:
                return
            await asyncio.sleep(max(0, start + repeat_s - time.monotonic()))

    async def refresh(self, item, interval_s):
        """Keeps a time stamp fresh, as a lamp's last-update channel."""
        while True:
            await asyncio.sleep(interval_s)
            if item.name in self.house.items:
                self.house.update(item.name, self._expand("@now@"))

    def _expand(self, text):
        return scenario.expand(text, self.house.zone)

    # What happens in the house ---------------------------------------------

    def _do_switch(self, command):
        self.house.update(command["item"], self._expand(command["state"]))

    def _do_command(self, command):
        self.house.command(command["item"], self._expand(command["state"]))

    def _do_flood(self, command):
        self.house.item(command["item"])  # or there is none
        self.spawn(self._flood(command["item"], command["states"],
                               int(command.get("per_second", 10000)),
                               float(command.get("seconds", 5))))

    async def _flood(self, item, values, per_second, seconds):
        events = [sse.sse(json.dumps({item: {"state": value}}))
                  for value in values]
        start, sent = time.monotonic(), 0
        while time.monotonic() < start + seconds:
            due = int((time.monotonic() - start) * per_second)
            burst = b"".join(events[i % len(events)]
                             for i in range(sent, due))
            for stream in self.hub.server.streams:
                if burst and item in getattr(stream, "tracked", ()):
                    stream.put(burst)
            sent = due
            await asyncio.sleep(0.005)
        self.house.update(item, values[-1])

    def _do_message(self, command):
        self.house.update(command.get("item", "MirrorMessage"),
                          self._expand(command["text"]))

    def _do_add_item(self, command):
        self.house.add(scenario.make_item(command["item"], self.house.zone))

    def _do_remove_item(self, command):
        self.house.remove(command["item"])

    def _do_rename_item(self, command):
        self.house.relabel(command["item"], command["label"])

    def _do_thing(self, command):
        self.house.thing(command["uid"], command["status"],
                         command.get("detail", "NONE"),
                         command.get("description"))

    def _do_startlevel(self, command):
        self.house.start_level(int(command["level"]))

    # Faults ----------------------------------------------------------------

    def _do_stop(self, _command):
        self.faults.stop()
        self._do_silence({"new": True})

    def _do_silence(self, command):
        self.mute_new = bool(command.get("new"))
        for stream in self.hub.server.streams:
            stream.muted = True

    def _do_drip(self, command):
        self.faults.drip = True
        self.faults.drip_s = command.get("delay_ms", 0) / 1000

    def _do_break_off(self, command):
        self.faults.add(command)

    def _do_break_streams(self, _command):
        self.faults.break_stream = True

    def _do_status(self, command):
        int(command["status"])
        self.faults.add(command)

    def _do_body(self, command):
        if "body" not in command and "base64" not in command:
            raise KeyError("body")
        self.faults.add(command)

    def _do_refuse_token(self, _command):
        self.faults.token_refused = True

    def _do_resume(self, _command):
        self.faults.clear()
        self.mute_new = False
        for stream in self.hub.server.streams:
            stream.muted = False

    def _do_clear_log(self, _command):
        self.hub.server.log.clear()

    def _do_drop(self, _command):
        for connection in list(self.hub.server.connections):
            asyncio.get_running_loop().call_later(0.02, connection.abort)

    def _do_restart(self, command):
        self.spawn(self._restart(
            *(float(command.get(k, 0.5)) for k in
              ("refuse_s", "missing_s", "partial_s", "null_s"))))

    async def _restart(self, refuse_s, missing_s, partial_s, null_s):
        """Refused, 404 of the web server, part of the items, all of them
        without states, and then all is well (the order of openHAB)."""
        hub, house = self.hub, self.house
        await asyncio.sleep(0.02)  # the answer to the control request
        await hub.server.close()
        saved = house.forget()
        hub.starting = True
        await asyncio.sleep(refuse_s)
        await hub.server.open(hub.server.port)
        await asyncio.sleep(missing_s)
        hub.starting = False
        await asyncio.sleep(partial_s)
        house.reveal()
        await asyncio.sleep(null_s)
        house.restore(saved)
        for level in START_LEVELS:
            house.start_level(level)
