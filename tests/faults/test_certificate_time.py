"""A certificate cannot be judged by a clock that was never set (T21)."""

import os
import unittest

from clock_rig import PAGE, Clocks
from rig import hub_config
from tls_rig import TlsCase


class CertificateTime(Clocks, TlsCase):
    def test_a_clock_that_is_set_makes_it_good(self):
        hub, files = self.hub(), self.certificate_for(2020, 2099)
        front = self.front(hub, files)
        config = hub_config(front.url, f"ca_file = {files[0]}\n")
        self.clock.set(600)
        self.assertIn("no clock", sum(self.scene(config + PAGE).values(), []))
        fetch = self.fetch(config, env={**os.environ, **self.clock.env()})
        fetch.state("hub", "no-clock")
        self.assertEqual(front.passed, 0)
        mark = fetch.mark()
        self.clock.set(None)
        fetch.state("hub", "ok", since=mark)
        fetch.data("lights", since=mark)
        self.assertEqual(fetch.log().count("hub: no-clock: "), 1)


if __name__ == "__main__":
    unittest.main()
