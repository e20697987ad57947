"""A supply that is too weak, heat, and no processor time (T66, T67, T73)."""

import os
import pathlib
import subprocess
import unittest

from clock_rig import BUILD, Clock, Clocks, raw, shown, wait_for

CONFIG = "[widget clock]\nposition = top_left\n"
START = 1795331525  # 2026-11-22 07:12:05
HOLD_S, LOOK_S = 60, 30


class Sensors(Clocks):
    def setUp(self):
        super().setUp()
        self.sys = pathlib.Path(self.folder())
        (self.sys / "hwmon/hwmon0").mkdir(parents=True)
        (self.sys / "hwmon/hwmon0/name").write_text("rpi_volt\n")
        (self.sys / "thermal/thermal_zone0").mkdir(parents=True)
        self.alarm = self.sys / "hwmon/hwmon0/in0_lcrit_alarm"
        self.heat = self.sys / "thermal/thermal_zone0/temp"
        self.alarm.write_text("0\n")
        self.heat.write_text("48312\n")
        self.env = {"MIRROR_SYS": str(self.sys), "MIRROR_FETCH": "/bin/true"}
        self.up_s = 0

    def passes(self, seconds):
        """As much time on the monotonic clock, and none on the wall, whose
        minutes would change the picture."""
        self.up_s += seconds
        self.clock.set(START, self.up_s)

    def trouble(self, sensor, bad, good, begun, ended):
        """A sensor from good to bad and back, and the picture meanwhile."""
        self.clock.set(START)
        display = self.display()
        mirror = self.mirror(CONFIG, display, **self.env)
        well = shown(display)
        sensor.write_text(bad)
        self.passes(LOOK_S)
        said = shown(display, unlike=well)
        self.assertGreater(display.lit(top=0.8), 0)
        wait_for(begun, lambda: begun in mirror.log())
        sensor.write_text(good)
        self.passes(HOLD_S - 2 * LOOK_S / 3)
        self.passes(1)
        self.assertEqual(raw(display), said)
        self.passes(LOOK_S)
        wait_for("the picture as it was", lambda: raw(display) == well)
        wait_for(ended, lambda: ended in mirror.log())
        self.assertEqual(mirror.log().count("mirror: warning: machine"), 1)
        self.assertEqual(mirror.log().count("machine: "), 2, mirror.log())
        self.assertEqual(mirror.end(), 0, mirror.log())

    def test_low_power(self):
        self.trouble(self.alarm, "1\n", "0\n", "machine: low power",
                     "machine: enough power again")

    def test_heat(self):
        self.trouble(self.heat, "85000\n", "60000\n", "machine: hot: 85",
                     "machine: no longer hot")

    def test_no_sensors_no_word(self):
        self.alarm.write_text("perhaps\n")
        self.heat.unlink()
        self.clock.set(START)
        display = self.display()
        mirror = self.mirror(CONFIG, display, **self.env)
        well = shown(display)
        self.passes(LOOK_S)
        self.assertEqual(raw(display), well)
        self.assertNotIn("machine", mirror.log())
        self.assertEqual(mirror.end(), 0, mirror.log())

    def doctor(self):
        config = pathlib.Path(self.folder()) / "mirror.conf"
        config.write_text(CONFIG)
        return subprocess.run(
            [BUILD / "mirror", "-c", config, "--doctor"], timeout=60,
            env={**os.environ, **self.clock.env(), **self.env},
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False).stdout

    def test_the_doctor_names_both(self):
        self.assertIn("ok   power: enough\n", self.doctor())
        self.assertIn("ok   heat: 48 degrees\n", self.doctor())
        self.alarm.write_text("1\n")
        self.heat.write_text("80000\n")
        report = self.doctor()
        self.assertIn("BAD  power: too low; ", report)
        self.assertIn("BAD  heat: 80 degrees; ", report)


class Starved(Clocks):
    def picture_at(self, wall_s):
        """What a mirror that is started then shows."""
        clock, self.clock = self.clock, Clock(self.folder(), wall_s)
        display = self.display()
        mirror = self.mirror(CONFIG, display, MIRROR_FETCH="/bin/true")
        picture = shown(display)
        self.assertEqual(mirror.end(), 0, mirror.log())
        self.clock = clock
        return picture

    def test_the_minute_is_right_without_processor_time(self):
        """The least of all, beside more than every processor can do: minute
        and hour come by themselves, without a step of the clock."""
        next_minute = self.picture_at(START + 60)
        next_hour = self.picture_at(START + 48 * 60)
        burners = [subprocess.Popen(["nice", "sh", "-c",
                                     "while :; do :; done"])
                   for _ in range(2 * (os.cpu_count() or 1))]
        for burner in burners:
            self.addCleanup(burner.wait)
            self.addCleanup(burner.kill)
        self.clock.set(START + 52)
        display = self.display()
        mirror = self.mirror(CONFIG, display, MIRROR_FETCH="/bin/true")
        os.setpriority(os.PRIO_PROCESS, mirror.process.pid, 19)
        shown(display)
        wait_for("the next minute", lambda: raw(display) == next_minute)
        self.clock.set(START + 47 * 60 + 52)
        wait_for("the next hour", lambda: raw(display) == next_hour)
        self.assertEqual(mirror.end(), 0, mirror.log())


if __name__ == "__main__":
    unittest.main()
