#!/usr/bin/env python3
"""The gallery: draws the golden cases gallery-* and copies their pictures.

Usage: MIRROR_BUILD=build tests/golden/gallery.py FOLDER
"""

import pathlib
import shutil
import sys

import test_golden

PREFIX = "gallery-"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.split("\n\n")[1])
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for case in test_golden.cases():
        if case.name.startswith(PREFIX):
            picture = folder / (case.name[len(PREFIX):] + ".png")
            shutil.copyfile(test_golden.draw(case), picture)
            print(picture)


if __name__ == "__main__":
    main()
