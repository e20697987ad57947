"""What a frame costs: ratios to a memcpy of the same frame."""

import json
import os
import statistics
import subprocess
import tempfile
import pathlib

from stage import ROOT

PAGE = ROOT / "tests" / "golden" / "cases" / "page"
COPIES = ("copy_0", "copy_90", "copy_180", "copy_270")


def spread(values):
    """Least, median and the 90th percentile."""
    values = sorted(values)
    return [values[0], statistics.median(values),
            values[int(len(values) * 0.9)]]


def measure(build, config, size, copy_us=None, **environment):
    """Runs bench_frame; every work as ratios of [least, median, 90 %] to the
    least memcpy, which is what it costs when nobody else wants the machine;
    or to `copy_us`, the memcpy of another frame."""
    out = subprocess.run(
        [build / "tests" / "bench" / "bench_frame", config, "%dx%d" % size,
         "measure"], env=dict(os.environ, **environment), check=True,
        stdout=subprocess.PIPE).stdout
    shown = json.loads(out)
    copy = copy_us or min(shown["memcpy_us"])
    ratios = {name[:-3]: [x / copy for x in spread(values)]
              for name, values in shown.items() if name.endswith("_us")}
    ratios["tick_share"] = shown["tick_pixels"] / shown["pixels"]
    ratios["fade_share"] = shown["fade_pixels"] / shown["pixels"]
    ratios["memcpy_us"] = copy
    return ratios


def frame(build, config, size, copy_us=None):
    return measure(build, config, size, copy_us,
                   MIRROR_FETCH=str(build / "mirror-fetch"))


def crowd(records, lights, todos):
    """The golden page's records with so many lamps and things to do."""
    lines = []
    for line in records.read_text().splitlines():
        record = json.loads(line)
        data = record.get("data", {})
        if record["kind"] == "lights":
            lamp = data["lights"][0]
            data["lights"] = [dict(lamp, id=f"L{i}", name=f"Lamp {i}",
                                   room=f"Room {i // 6}",
                                   state="on" if i % 3 else "off")
                              for i in range(lights)]
        if record["kind"] == "todo":
            item = data["items"][0]
            data["items"] = [dict(item, text=f"Thing to do {i}")
                             for i in range(todos)]
        lines.append(json.dumps(record))
    return "\n".join(lines) + "\n"


def crowds(build, size):
    """A redraw by how long the lists are."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "records.jsonl"
        for count in (1, 10, 40, 128):
            path.write_text(crowd(PAGE / "records.jsonl", count, count))
            found[count] = measure(
                build, PAGE / "mirror.conf", size, GOLDEN_RECORDS=str(path),
                MIRROR_FETCH=str(build / "tests" / "golden" / "feed"))
    return found
