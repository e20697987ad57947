#!/usr/bin/env python3
"""Prints a scenario of the scripted hub in which nothing happens by itself, so
that two pictures of the same minute are the same: no timeline, and no rain,
which the hub counts from when it is asked."""

import json
import pathlib
import sys


def main():
    house = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
    house.pop("timeline", None)
    house.pop("timeline_repeat_s", None)
    house["weather"].pop("rain", None)
    json.dump(house, sys.stdout)


if __name__ == "__main__":
    main()
