"""The hub goes, hangs, restarts, refuses and lies: what the mirror makes of
it."""

import pathlib
import re
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import (  # noqa: E402
    MESSAGE, TOKEN, EndToEnd, hub_config, lamp)

RETURN_S = 10


def settled(data):
    return data["lights"] and all(light["state"] != "unknown"
                                  for light in data["lights"])


class Loss(EndToEnd):
    def running(self, *sections, token_file=None, **changes):
        """A hub and a fetch that shows its lights."""
        hub = self.hub("house5", **changes)
        fetch = self.fetch(hub_config(hub.url, *sections,
                                      token_file=token_file))
        fetch.data("lights", good=settled)
        fetch.state("hub", "ok")
        return hub, fetch

    def assert_follows(self, hub, fetch):
        """A switched lamp is seen: the stream is alive."""
        for word in ("ON", "OFF"):
            mark = fetch.mark()
            hub.do("switch", item="Hall_Ceiling", state=word)
            if word == "OFF":
                fetch.data("lights", since=mark,
                           good=lamp("Decke", state="off"))

    def test_gone_and_back_within_10_s(self):
        hub, fetch = self.running()
        mark, port = fetch.mark(), hub.port
        hub.stop()
        fetch.state("hub", "offline", since=mark)
        time.sleep(8)  # long enough for the back-off to reach its top
        mark = fetch.mark()
        back_s = time.monotonic()
        hub = self.hub("house5", port=port)
        self.assertLess(fetch.state("hub", "ok", since=mark) - back_s,
                        RETURN_S)
        self.assertNotIn([], [d["lights"] for d in
                              fetch.since(0, "lights")[1:]])
        self.assert_follows(hub, fetch)

    def test_restart_never_blanks(self):
        hub, fetch = self.running(MESSAGE)
        mark = fetch.mark()
        hub.do("restart", refuse_s=1.5, missing_s=2, partial_s=2, null_s=2)
        fetch.state("hub", "offline", since=mark)
        fetch.state("hub", "ok", since=mark)
        self.eventually(lambda: self.restored(hub), "the hub's states",
                        timeout_s=25)
        self.eventually(lambda: settled(fetch.since(0, "lights")[-1]),
                        "all lamps")
        for data in fetch.since(mark, "lights"):
            self.assertEqual(len(data["lights"]), 4)
        self.assert_follows(hub, fetch)

    def restored(self, hub):
        try:
            return hub.request(
                "GET", "/rest/items/Hall_Ceiling/state")[2] == b"OFF"
        except OSError:
            return False

    def test_silence_is_noticed(self):
        hub, fetch = self.running()
        mark, start_s = fetch.mark(), time.monotonic()
        hub.do("silence")
        hub.do("switch", item="Hall_Ceiling", state="ON")
        fetch.data("lights", since=mark, timeout_s=40,
                   good=lamp("Decke", state="on"))
        self.assertGreater(time.monotonic() - start_s, 5)

    def test_streams_that_break_off(self):
        hub, fetch = self.running()
        mark = fetch.mark()
        hub.do("break_streams")
        hub.do("switch", item="Hall_Ceiling", state="ON")
        time.sleep(0.2)
        hub.do("resume")
        fetch.data("lights", since=mark, good=lamp("Decke", state="on"))
        self.assert_follows(hub, fetch)

    def test_no_storm(self):
        hub, fetch = self.running()
        hub.do("status", status=503)
        hub.do("clear_log")
        hub.do("drop")
        time.sleep(6)
        self.assertLess(len(hub.log()), 12)
        mark = fetch.mark()
        hub.do("resume")
        fetch.state("hub", "ok", since=mark)

    def test_byte_by_byte(self):
        hub = self.hub()
        hub.do("drip")
        fetch = self.fetch(hub_config(hub.url))
        fetch.data("lights", good=settled)
        self.assert_follows(hub, fetch)


class Refusal(EndToEnd):
    def secured(self):
        return self.hub("house5", auth={"tokens": {TOKEN: ["user"]},
                                        "implicit_user": False})

    def test_no_token(self):
        hub = self.secured()
        fetch = self.fetch(hub_config(hub.url))
        fetch.state("hub", "refused")
        asked = len(hub.log())
        time.sleep(4)
        self.assertEqual(len(hub.log()), asked)

    def test_token_withdrawn(self):
        hub = self.secured()
        fetch = self.fetch(hub_config(hub.url, token_file="hub-token"))
        fetch.data("lights", good=settled)
        mark = fetch.mark()
        hub.do("refuse_token")
        hub.do("drop")
        fetch.state("hub", "refused", since=mark)
        asked = len(hub.log())
        time.sleep(4)
        self.assertLessEqual(len(hub.log()) - asked, 1)
        self.assertEqual(fetch.since(mark, "lights"), [])
        self.assertIsNone(re.search(re.escape(TOKEN), fetch.log()))


class Lies(EndToEnd):
    """Replies that are none, in place of the list of items."""

    def test_bad_lists(self):
        cases = [
            ("bad-reply", {"body": "<html>Loading</html>",
                           "type": "text/html"}),
            ("bad-reply", {"body": "[{]"}),
            ("bad-reply", {"body": "[" * 1000}),
            ("bad-reply", {"body": '{"error": 1}'}),
            ("bad-reply", {"body": '[{"name":"A","type":"Switch"}'}),
        ]
        for state, fault in cases:
            with self.subTest(fault["body"][:20]):
                hub = self.hub()
                hub.do("body", path="/rest/items", **fault)
                fetch = self.fetch(hub_config(hub.url))
                fetch.state("hub", state)
                hub.do("resume")
                fetch.data("lights", good=settled)
                fetch.state("hub", "ok")

    def test_list_that_breaks_off(self):
        for how in ("close", "reset"):
            with self.subTest(how):
                hub = self.hub()
                hub.do("break_off", path="/rest/items", times=1, how=how)
                fetch = self.fetch(hub_config(hub.url))
                fetch.data("lights", good=settled)
                for data in fetch.since(0, "lights"):
                    self.assertIn(len(data["lights"]), (0, 4))

    def test_list_that_fails_for_long_is_told(self):
        hub = self.hub()
        fetch = self.fetch(hub_config(hub.url))
        fetch.data("lights", good=settled)
        hub.do("status", path="/rest/items", status=500)
        hub.do("clear_log")
        hub.do("rename_item", item="Hall_Ceiling", label="Lampe")
        fetch.state("hub-items", "bad-reply", timeout_s=25)
        self.assertEqual(len(hub.log("/rest/items")), 2)
        mark = fetch.mark()
        hub.do("switch", item="Hall_Ceiling", state="ON")
        fetch.data("lights", since=mark, good=lamp("Decke", state="on"))
        hub.do("resume")
        fetch.state("hub-items", "ok", since=mark, timeout_s=25)
        fetch.data("lights", since=mark, good=lamp("Lampe", state="on"))
        self.assertNotIn("offline", fetch.log())
        self.assertEqual(fetch.log().count("hub-items:"), 2)

    def test_without_a_root_page(self):
        hub = self.hub()
        hub.do("status", path="/rest/", times=1, status=404)
        fetch = self.fetch(hub_config(hub.url))
        fetch.data("lights", good=settled)
        self.assertNotIn("offline", fetch.log())

    def test_many_items(self):
        hub = self.hub("many")
        fetch = self.fetch(hub_config(hub.url))
        data = fetch.data("lights", good=settled, timeout_s=30)
        self.assertEqual(len(data["lights"]), 100)
        self.assert_small(fetch)
        mark = fetch.mark()
        hub.do("switch", item="Lamp7", state="33")
        fetch.data("lights", since=mark, good=lamp("Lamp 7", brightness=33))

    def test_states_that_would_fill_the_memory(self):
        hub = self.hub()
        bomb = '{"a":[' + "0," * (2 * 1024 * 1024 - 1000) + "0]}"
        hub.do("body", path="/rest/events/states", type="text/event-stream",
               body=f"event: ready\ndata: a-b\n\ndata: {bomb}\n\n")
        fetch = self.fetch(hub_config(hub.url))
        fetch.state("hub", "bad-reply")
        self.assert_small(fetch)
        hub.do("resume")
        fetch.data("lights", good=settled)

    def assert_small(self, fetch):
        status = pathlib.Path(
            f"/proc/{fetch.process.pid}/status").read_text()
        peak_kb = int(re.search(r"VmHWM:\s+(\d+)", status)[1])
        self.assertLess(peak_kb, 64 * 1024 * self.memory_factor())

    def memory_factor(self):
        """Sanitizers and emulators multiply what a program needs."""
        from rig import BUILD
        kinds = ("sanitize", "emulated")
        return 8 if any(kind in BUILD.name for kind in kinds) else 1


if __name__ == "__main__":
    unittest.main()
