"""Pictures of the panel: reading, turning, comparing."""

import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "golden"))

from test_golden import read_png, write_png  # noqa: E402


class Picture:
    """Pixels of three bytes, row by row."""

    def __init__(self, width, height, rgb):
        assert len(rgb) == width * height * 3, "a broken picture"
        self.width, self.height, self.rgb = width, height, bytes(rgb)

    def __eq__(self, other):
        return self.size() == other.size() and self.rgb == other.rgb

    def size(self):
        return self.width, self.height

    @staticmethod
    def of_ppm(data):
        """QEMU's screendump: P6 with 8 bits."""
        head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
        return Picture(int(head[1]), int(head[2]), data[head.end():])

    @staticmethod
    def of_png(path):
        width, height, channels, pixels = read_png(path)
        assert channels == 3, f"{path}: not RGB"
        return Picture(width, height, pixels)

    def keep(self, path):
        write_png(path, self.width, self.height, self.rgb)

    def turned_back(self):
        """Of a frame that was turned clockwise by 90 degrees: the frame."""
        width, height = self.height, self.width
        rows = []
        for y in range(height):  # a column of ours, from the top
            column = height - 1 - y
            at = range(column * 3, len(self.rgb), self.width * 3)
            rows.append(b"".join(self.rgb[i:i + 3] for i in at))
        return Picture(width, height, b"".join(rows))

    def differing(self, other):
        """How many pixels are not as in `other` of the same size."""
        mine, theirs = memoryview(self.rgb), memoryview(other.rgb)
        row = self.width * 3
        count = 0
        for y in range(0, len(mine), row):
            if mine[y:y + row] != theirs[y:y + row]:
                count += sum(mine[i:i + 3] != theirs[i:i + 3]
                             for i in range(y, y + row, 3))
        return count

    def part(self, x, y, width, height):
        """The bytes of a rectangle."""
        rows = range(y * self.width, (y + height) * self.width, self.width)
        return b"".join(self.rgb[(row + x) * 3:(row + x + width) * 3]
                        for row in rows)

    def same_parts(self, other, boxes):
        """Whether these rectangles of both are the same."""
        return self.size() == other.size() and all(
            self.part(*box) == other.part(*box) for box in boxes)

    def lit(self, x, y, width, height):
        """How many pixels of a rectangle are not black."""
        part = self.part(x, y, width, height)
        return sum(any(part[i:i + 3]) for i in range(0, len(part), 3))
