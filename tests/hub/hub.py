#!/usr/bin/env python3
"""A scripted hub on loopback: openHAB's REST and event streams, and
Open-Meteo's forecast, as a scenario file says. For the demo and for tests.

Prints one JSON line {"port": N, "url": "http://127.0.0.1:N"} when it is
ready. Ends when its standard input ends, and on SIGTERM or SIGINT.
"""

import argparse
import asyncio
import json
import os
import pathlib
import signal
import sys
import threading

import scenario
from control import Control
from faults import Faults
from openhab import OpenHab
from open_meteo import OpenMeteo
from server import Server, Stream, html_404


class Hub:
    """All parts of one hub, and which of them answers what."""

    def __init__(self, script):
        self.scenario = script
        self.house = script.house
        self.starting = False
        self.faults = Faults()
        self.server = Server(self.handle, self.faults)
        self.openhab = OpenHab(self.house, script.access, script.version,
                               script.locale)
        self.weather = OpenMeteo(script.weather, script.zone)
        self.control = Control(self)

    def handle(self, request):
        """The reply to a request."""
        if request.path.startswith("/control"):
            return self.control.handle(request)
        if request.path.startswith("/v1/"):
            return self.weather.handle(request)
        if self.starting:
            return html_404()
        self.openhab.access.refuse_all = self.faults.token_refused
        reply = self.openhab.handle(request)
        if isinstance(reply, Stream):
            reply.muted = self.control.mute_new
        return reply

    async def start(self, port):
        await self.server.open(port)
        self.openhab.base = self.url
        control, script = self.control, self.scenario
        control.spawn(control.keep_alive())
        if script.timeline:
            control.spawn(control.play(script.timeline, script.repeat_s))
        for item in self.house.items.values():
            if "refresh_s" in item.extra:
                control.spawn(control.refresh(item,
                                              item.extra["refresh_s"]))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.port}"


def watch_stdin(loop, stop):
    """Stops when whoever started us is gone. A thread, since a file or
    /dev/null cannot be polled."""
    def wait():
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(stop.set)
    threading.Thread(target=wait, daemon=True).start()


async def run(args):
    hub = Hub(scenario.load(args.scenario))
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await hub.start(args.port)
    if args.config_template:
        text = args.config_template.read_text(encoding="utf-8")
        args.config_out.write_text(text.replace("@URL@", hub.url),
                                   encoding="utf-8")
    ready = json.dumps({"port": hub.server.port, "url": hub.url}) + "\n"
    os.write(1, ready.encode())  # at once: the reader may take one piece
    watch_stdin(loop, stop)
    await stop.wait()
    await hub.server.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--scenario", type=pathlib.Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--config-template", type=pathlib.Path)
    parser.add_argument("--config-out", type=pathlib.Path)
    args = parser.parse_args()
    if bool(args.config_template) != bool(args.config_out):
        parser.error("--config-template and --config-out go together")
    try:
        asyncio.run(run(args))
    except (scenario.BadScenario, OSError) as bad:
        print(f"hub: {bad}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
