#!/usr/bin/env python3
"""Sends a file to the scripted hub: order.py URL FILE. Waits for a hub that is
only just being started."""

import pathlib
import sys
import time
import urllib.error
import urllib.request

ANSWER_S = 20
START_S = 40


def main():
    order = pathlib.Path(sys.argv[2]).read_bytes()
    deadline = time.monotonic() + START_S
    while True:
        try:
            urllib.request.urlopen(sys.argv[1], order, ANSWER_S).read()
            return
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.5)


if __name__ == "__main__":
    main()
