#!/usr/bin/env python3
"""Prints a scenario of the scripted hub in which nothing happens by itself, so
that two pictures of the same minute are the same."""

import json
import pathlib
import sys


def main():
    house = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
    house.pop("timeline", None)
    house.pop("timeline_repeat_s", None)
    json.dump(house, sys.stdout)


if __name__ == "__main__":
    main()
