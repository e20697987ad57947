"""mirror-fetch as systemd starts it: one process for each connection to a
socket unit, its channel on descriptor 3 (systemd.socket(5), Accept=yes)."""

import pathlib
import re
import subprocess
import time

import channel
from rig import BUILD, TIMEOUT_S, EndToEnd, hub_config


class SocketActivation(EndToEnd):
    def setUp(self):
        self.home = pathlib.Path(self.folder())
        self.path = self.home / "fetch.socket"
        config = self.home / "mirror.conf"
        config.write_text(hub_config(self.hub().url), "utf-8")
        self.log = open(self.home / "log", "w+b")
        self.addCleanup(self.log.close)
        self.activator = subprocess.Popen(
            ["systemd-socket-activate", "--accept", "--seqpacket",
             "-l", self.path, BUILD / "mirror-fetch", "-c", config],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.addCleanup(self.stop)
        self.eventually(self.path.exists, "the socket appears")

    def stop(self):
        self.activator.terminate()
        self.activator.wait(TIMEOUT_S)

    def connect(self):
        deadline = time.monotonic() + TIMEOUT_S
        while True:
            try:
                reader = channel.Reader.connect(self.path)
                self.addCleanup(reader.close)
                return reader
            except ConnectionRefusedError:  # bound, not yet listening
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def ends(self):
        text = (self.home / "log").read_text("utf-8", "replace")
        return re.findall(r"Child \d+ died with code (\d+)", text)

    def test_each_connection_has_a_fetcher_of_its_own(self):
        first, second = self.connect(), self.connect()
        for reader in (first, second):
            self.assertEqual(reader.until(channel.LIGHTS),
                             (channel.LIGHTS, "hub", ""))
        first.close()
        self.eventually(lambda: self.ends() == ["0"], "the first ends well")
        self.assertEqual(self.connect().until(channel.STATUS)[1],
                         "mirror-fetch")
        second.close()
        self.eventually(lambda: self.ends() == ["0", "0"],
                        "the second ends well")
