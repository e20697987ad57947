"""Replies of a hub and a weather host that want to do harm: real ones, changed
at random. The same seed gives the same replies."""

import copy
import itertools
import json
import pathlib
import random

import naughty

SEEDS = pathlib.Path(__file__).resolve().parent.parent / "fuzz" / "seeds"
SIZE_MAX = 1024 * 1024  # what a fuzz target reads of a file
GROWTH_MAX = 64 * 1024  # by one change

_good, _bad = naughty.documents()
LEAVES = [text.decode("utf-8", "surrogateescape")
          for text in _good + _bad if len(text) < 20_000]
NAMES = ["name", "type", "label", "state", "groupNames", "metadata", "config",
         "topic", "payload", "data", "hourly", "time", "G", "A", *"BCDEFHIJK"]


class Raw(str):
    """Text that stands in the JSON as it is."""


class Pairs(list):
    """An object: (key, value) lists, so that keys may stand twice."""


def read(text):
    return json.loads(text, object_pairs_hook=lambda pairs: Pairs(
        [key, value] for key, value in pairs))


def write(node):
    if isinstance(node, Raw):
        return str(node)
    if isinstance(node, Pairs):
        return "{" + ",".join(f"{write(key)}:{write(value)}"
                              for key, value in node) + "}"
    if isinstance(node, list):
        return "[" + ",".join(map(write, node)) + "]"
    return json.dumps(node, ensure_ascii=False)


def places(node):
    """All (container, index) of the values below a node."""
    for index, value in enumerate(node):
        holder, at = (value, 1) if isinstance(node, Pairs) else (node, index)
        yield holder, at
        if isinstance(holder[at], list) and not isinstance(holder[at], str):
            yield from places(holder[at])


class Hostile(random.Random):
    """Makes replies, one after the other."""

    def text(self):
        text = self.choice(naughty.STRINGS)
        return text[:self.choice((10, 300, 20_000))]

    # A tree -----------------------------------------------------------------

    def replace(self, holder, at):
        holder[at] = self.choice((
            lambda: Raw(self.choice(LEAVES)), self.text,
            lambda: self.randint(-2 ** 64, 2 ** 64), lambda: None,
            lambda: self.random() * 10 ** self.randint(-300, 300),
            lambda: [], lambda: Pairs()))()

    def wrap(self, holder, at):
        depth = self.choice((1, 2, 29, 30, 31, 32, 33, 1000))
        kind = self.choice((("[", "]"), ('{"a":', "}")))
        holder[at] = Raw(kind[0] * depth + write(holder[at])
                         + kind[1] * depth)

    def edit(self, holder, at):
        """Changes a number, or some letters of a text, or makes one of what
        is neither."""
        if type(holder[at]) in (int, float):
            holder[at] = self.choice((
                -holder[at], holder[at] * 1000, holder[at] + 0.5, 1e300,
                holder[at] + self.choice((-1, 1)), 2 ** 31, -2 ** 63))
            return
        text = holder[at] if type(holder[at]) is str else write(holder[at])
        cut = self.randint(0, len(text))
        holder[at] = self.choice((text[:cut], text[:cut] + self.text(),
                                  text[:cut] + self.text() + text[cut:],
                                  text * self.randint(2, 50)))[:50_000]

    def shuffle_in(self, holder, at):
        """Drops, repeats or moves what a list or an object has."""
        children = holder[at]
        if type(children) not in (list, Pairs) or not children:
            return self.edit(holder, at)
        index = self.randrange(len(children))
        most = GROWTH_MAX // (len(write(children[index])) + 1)
        count = min(most, self.choice((0, 2, 2, 501, self.randint(2, 100))))
        # Copies: what is shared would grow with each of its places.
        children[index:index + 1] = [copy.deepcopy(children[index])
                                     for _ in range(count)]
        if self.random() < 0.3:
            self.shuffle(children)

    def rename(self, holder, at):
        """Another key for one of an object's members."""
        children = holder[at]
        if type(children) is not Pairs or not children:
            return self.replace(holder, at)
        pair = copy.deepcopy(self.choice(children))
        pair[0] = self.choice((pair[0].upper(), self.text(), "",
                               self.choice(NAMES), Raw(self.choice(LEAVES))))
        children.append(pair)

    def tree(self, node):
        """A node with a few things wrong."""
        root = [node]
        for _ in range(self.choice((0, 1, 1, 2, 3, 8))):
            # Not more than a few thousand to choose from: they multiply.
            holder, at = self.choice(list(
                itertools.islice(places(root), 3000)))
            self.choice((self.replace, self.wrap, self.edit, self.shuffle_in,
                         self.shuffle_in, self.rename))(holder, at)
        return write(root[0]).encode("utf-8", "surrogateescape")[:SIZE_MAX - 1]

    # Bytes ------------------------------------------------------------------

    def spoil(self, data):
        """Bytes with, now and then, a few of them wrong."""
        data = bytearray(data)
        for _ in range(self.choice((0, 0, 0, 1, 1, 2, 5))):
            at = self.randint(0, len(data))
            to = min(len(data), at + self.choice((1, 1, 2, 10, 1000)))
            piece = self.choice((
                b"", bytes(data[at:to]) * 2, self.choice(naughty.NO_UTF8),
                bytes([self.randrange(256)]), self.choice(b'[]{},:"\\').
                to_bytes(1, "big") * self.choice((1, 1, 100))))
            data[at:to] = piece
        if self.random() < 0.1:
            del data[self.randint(0, len(data)):]
        return bytes(data[:SIZE_MAX - 1])


def seeds(target):
    """The inputs of a fuzz target that stand in the repository."""
    return [path.read_text("utf-8") for path in
            sorted((SEEDS / target).iterdir())]


def trees(texts):
    """Those of them that are JSON."""
    for text in texts:
        try:
            yield read(text)
        except ValueError:
            pass


def _items(maker):
    prefix = maker.choice("0123").encode()
    return prefix + maker.spoil(maker.tree(maker.choice(
        [read(text[1:]) for text in seeds("openhab_items")
         if text[1:].endswith("]")])))


def _tracker(maker):
    return maker.spoil(maker.tree(maker.choice(
        list(trees(seeds("openhab_state"))))))


def _bus(maker):
    lines = [maker.tree(node).replace(b"\n", b" ") for node in
             trees("\n".join(seeds("openhab_event")).splitlines())]
    return maker.spoil(b"\n".join(lines))


def _weather(maker):
    return maker.spoil(maker.tree(maker.choice(
        list(trees(seeds("open_meteo"))))))


def _stream(maker):
    """Events, cut by the first byte as the target says."""
    ends = maker.choice((b"\n", b"\r", b"\r\n"))
    events = [maker.choice((b"event: message", b"event: " + maker.text().
                            encode("utf-8", "replace"), b": x", b"data"))
              + ends + b"data: " + data + ends * 2
              for data in (_tracker(maker) for _ in range(3))]
    return bytes([maker.randrange(256)]) + maker.spoil(b"".join(events))


# Which fuzz target takes what, and how many of a hundred are of this kind.
KINDS = {"openhab_items": (_items, 30), "openhab_state": (_tracker, 20),
         "openhab_event": (_bus, 10), "open_meteo": (_weather, 30),
         "sse": (_stream, 10)}


def replies(seed, count):
    """(target, bytes) of so many replies."""
    maker = Hostile(seed)
    names = list(KINDS)
    weights = [KINDS[name][1] for name in names]
    for name in maker.choices(names, weights, k=count):
        yield name, KINDS[name][0](maker)
