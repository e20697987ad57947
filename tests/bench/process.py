"""What the kernel says about a process."""

import os
import pathlib


def read(pid, name):
    return pathlib.Path(f"/proc/{pid}/{name}").read_text()


def switches(pid):
    """Context switches of all threads: each one is a wakeup."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().split("\n"):
            if "_ctxt_switches" in line:
                total += int(line.split()[1])
    return total


def cpu_ms(pid):
    """Run time to the nanosecond, which stat's ticks are too coarse for."""
    return sum(int((task / "schedstat").read_text().split()[0])
               for task in pathlib.Path(f"/proc/{pid}/task").iterdir()) / 1e6


def kind_of(path, name):
    """What a mapping is for; `name` is the program's own."""
    if path in ("[heap]", "[stack]"):
        return path[1:-1]
    if path == "":
        return "anonymous"
    if path.startswith("/SYSV"):
        return "window"
    if path.endswith((".ttf", ".otf", ".ttc")):
        return "fonts"
    if os.path.basename(path) == name:
        return "program"
    if ".so" in path:
        return "libraries"
    return "other"


def pss_kb(pid):
    """Proportional set size by what it is for, and for the libraries by name.
    The window's picture, shared with the display server, is "window"."""
    name = read(pid, "comm").strip()
    kinds, libraries = {}, {}
    kind = path = ""
    for line in read(pid, "smaps").split("\n"):
        fields = line.split()
        if fields and "-" in fields[0] and not fields[0].endswith(":"):
            path = fields[5] if len(fields) > 5 else ""
            kind = kind_of(path, name)
        elif line.startswith("Pss:"):
            size = int(fields[1])
            kinds[kind] = kinds.get(kind, 0) + size
            if kind == "libraries":
                base = os.path.basename(path).split(".so")[0]
                libraries[base] = libraries.get(base, 0) + size
    return kinds, libraries


def peak_mb(pid):
    """The most that was ever resident or reserved."""
    return max(int(line.split()[1]) / 1024
               for line in read(pid, "status").split("\n")
               if line.startswith(("VmHWM", "VmData")))


def forget_files(pid):
    """Asks the kernel to drop the files that a process has mapped from its
    cache, once nobody maps them any more: call the result after its end."""
    paths = {line.split()[5] for line in read(pid, "maps").split("\n")
             if len(line.split()) > 5 and line.split()[5].startswith("/")}

    def drop():
        for path in paths:
            try:
                fd = os.open(path, os.O_RDONLY)
            except OSError:
                continue
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(fd)
    return drop
