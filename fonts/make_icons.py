#!/usr/bin/env python3
"""Makes the icon font and the table of its names from fonts/icons.txt.

Usage: fonts/make_icons.py PACKAGE

PACKAGE is the unpacked npm package @mdi/font. icons.txt has one icon a line,
"name code-point"; a line with only a name gets its code point here. Written
are fonts/icons.txt (sorted), fonts/mirror-icons.ttf (by hb-subset) and
mirror/render/icon_table.c. The same package gives the same bytes.
"""

import hashlib
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "fonts" / "icons.txt"
FONT = ROOT / "fonts" / "mirror-icons.ttf"
TABLE = ROOT / "mirror" / "render" / "icon_table.c"

SOURCE_SHA256 = \
    "61e8aba5a4e981fe22cf7c8e8bcdbea00476e75c62c37f01bf7ee33361d68428"

TABLE_HEAD = """\
/* Made by fonts/make_icons.py from fonts/icons.txt; sorted by name. */
#include "render/icon_table.h"

const struct icon_row icon_table[] = {
"""
TABLE_TAIL = """\
};

const size_t icon_table_count = sizeof(icon_table) / sizeof(icon_table[0]);
"""


def read_names():
    """The names of icons.txt, sorted, each once."""
    lines = LIST.read_text(encoding="ascii").splitlines()
    words = (line.split() for line in lines if not line.startswith("#"))
    return sorted({word[0] for word in words if word})


def read_codes(package):
    """Name to code point, as the package's style sheet has them."""
    sheet = (package / "scss" / "_variables.scss").read_text(encoding="utf-8")
    pairs = re.findall(r'"([a-z0-9-]+)": ?([0-9A-Fa-f]+)[,\n)]', sheet)
    return {name: code.upper() for name, code in pairs}


def subset(package, codes):
    """Writes the font with nothing but these code points in it."""
    source = package / "fonts" / "materialdesignicons-webfont.ttf"
    if hashlib.sha256(source.read_bytes()).hexdigest() != SOURCE_SHA256:
        sys.exit(f"{source}: not the font of version 7.4.47")
    subprocess.run(
        ["hb-subset", str(source), "--unicodes=" + ",".join(codes),
         f"--output-file={FONT}"], check=True)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.split("\n\n")[1])
    package = pathlib.Path(sys.argv[1])
    codes = read_codes(package)
    names = read_names()
    unknown = [name for name in names if name not in codes]
    if unknown:
        sys.exit("icons.txt: not in the package: " + " ".join(unknown))
    LIST.write_text("".join(f"{name} {codes[name]}\n" for name in names),
                    encoding="ascii")
    rows = "".join(f'    {{"{name}", 0x{codes[name]}}},\n' for name in names)
    TABLE.write_text(TABLE_HEAD + rows + TABLE_TAIL, encoding="ascii")
    subset(package, [codes[name] for name in names])


if __name__ == "__main__":
    main()
