"""Starts the scripted hub for a test and talks to it."""

import http.client
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = HERE / "scenarios"
TIMEOUT_S = 10


class Events:
    """One open event stream, read event by event."""

    def __init__(self, port, path, headers=()):
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=TIMEOUT_S)
        self.connection.request("GET", path, headers=dict(headers))
        self.reply = self.connection.getresponse()
        self.status = self.reply.status

    def next(self):
        """The next event as a dict of its fields; None at the end."""
        fields = {}
        while True:
            line = self.reply.readline().decode().rstrip("\n")
            if not line:
                return fields or None
            name, _, value = line.partition(": ")
            fields[name] = value

    def next_data(self):
        """The JSON of the next event that is no sign of life."""
        while (event := self.next()) is not None:
            if event.get("event") != "alive":
                return json.loads(event["data"])
        return None

    def close(self):
        self.reply.close()
        self.connection.close()


class HubProcess:
    """A running hub. `scenario` is the name of a file in scenarios/, or the
    scenario itself; `changes` replace keys at its top level; `port` is that
    of a hub that went."""

    def __init__(self, scenario="house5", port=0, **changes):
        if isinstance(scenario, str):
            scenario = json.loads(
                (SCENARIOS / f"{scenario}.json").read_text("utf-8"))
        self.folder = tempfile.TemporaryDirectory(prefix="hub-")
        path = pathlib.Path(self.folder.name) / "scenario.json"
        path.write_text(json.dumps({**scenario, **changes}), "utf-8")
        self.process = subprocess.Popen(
            [sys.executable, HERE / "hub.py", "--scenario", path,
             "--port", str(port)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError("the hub did not start")
        ready = json.loads(line)
        self.port, self.url = ready["port"], ready["url"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it as its parent's end would; killed if that fails."""
        self.process.stdin.close()
        try:
            self.process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()

    def request(self, method, path, body=None, headers=()):
        """(status, headers, body) of one request on its own connection."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=TIMEOUT_S)
        try:
            connection.request(method, path, body, dict(headers))
            reply = connection.getresponse()
            return reply.status, reply.headers, reply.read()
        finally:
            connection.close()

    def get(self, path, **headers):
        """The JSON of a GET that must succeed."""
        status, _, body = self.request("GET", path, None, headers)
        if status != 200:
            raise AssertionError(f"{path}: {status} {body!r}")
        return json.loads(body)

    def status(self, method, path, body=None, headers=()):
        return self.request(method, path, body, headers)[0]

    def raw(self, data):
        """Everything the hub answers to these bytes until it closes."""
        with socket.create_connection(("127.0.0.1", self.port),
                                      timeout=TIMEOUT_S) as peer:
            peer.sendall(data)
            answer = b""
            while piece := peer.recv(65536):
                answer += piece
            return answer

    def do(self, what, **details):
        """A control command; returns the monotonic time of its effect."""
        status, _, body = self.request(
            "POST", "/control", json.dumps({"do": what, **details}).encode())
        if status != 200:
            raise AssertionError(f"{what}: {body.decode()}")
        return json.loads(body)["monotonic_s"]

    def log(self, path=""):
        """The requests seen so far whose path begins with `path`."""
        return [entry for entry in self.get("/control/log")
                if entry["path"].startswith(path)]

    def streams(self):
        """The open event streams."""
        return self.get("/control/streams")

    def events(self, path, headers=()):
        return Events(self.port, path, headers)

    def track(self, names):
        """A state tracker on `names`: the stream, behind its first event."""
        events = self.events("/rest/events/states")
        connection_id = events.next()["data"]
        status = self.status(
            "POST", f"/rest/events/states/{connection_id}",
            json.dumps(names), {"Content-Type": "application/json"})
        if status != 200:
            raise AssertionError(f"tracking: {status}")
        return events


class HubCase(unittest.TestCase):
    """Each method talks to one hub of the class, without faults."""
    scenario = "house5"
    changes = {}

    @classmethod
    def setUpClass(cls):
        cls.hub = HubProcess(cls.scenario, **cls.changes)
        cls.addClassCleanup(cls.hub.stop)

    def tearDown(self):
        self.hub.do("resume")
