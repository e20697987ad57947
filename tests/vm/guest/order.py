#!/usr/bin/env python3
"""Sends a file to the scripted hub: order.py URL FILE."""

import pathlib
import sys
import urllib.request

ANSWER_S = 20

urllib.request.urlopen(sys.argv[1], pathlib.Path(sys.argv[2]).read_bytes(),
                       ANSWER_S).read()
