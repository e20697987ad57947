"""The pieces of work whose instructions are counted, and what they need."""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "tests" / "golden" / "cases" / "page"
PAGE_16 = PAGE.with_name("page-16-bit")
REPLY = ROOT / "tests" / "fuzz" / "seeds" / "open_meteo" / "oslo.json"
NOW_S = "1780989150"  # 2026-06-09 07:12:30 UTC
SIZE = "1920x1080"
# A shell would do for descriptors of one digit only.
AS_FD_3 = ("import os, sys; os.dup2(int(sys.argv[1]), 3); "
           "os.execv(sys.argv[2], sys.argv[2:])")

WORK = {
    "redraw": ["redraw", PAGE / "mirror.conf", SIZE, NOW_S],
    "redraw_16": ["redraw", PAGE_16 / "mirror.conf", SIZE, NOW_S],
    "tick": ["tick", PAGE / "mirror.conf", SIZE, NOW_S],
    "event": ["event"],
    "weather": ["weather", REPLY],
}


@contextlib.contextmanager
def records(build):
    """The socket on which the golden page's records are to be had, sent by
    the fetch program of the golden tests: emulators and valgrind know too few
    system calls to start one themselves."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s")
        door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        door.bind(path)
        door.listen(1)
        door.settimeout(120)
        fed = []

        def serve():
            line, _ = door.accept()
            with line:
                env = dict(os.environ,
                           GOLDEN_RECORDS=str(PAGE / "records.jsonl"))
                fed.append(subprocess.Popen(
                    [sys.executable, "-c", AS_FD_3, str(line.fileno()),
                     build / "tests" / "golden" / "feed"],
                    env=env, pass_fds=[line.fileno()]))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield path
        finally:
            door.close()
            thread.join(10)
            for child in fed:
                child.wait(20)


def run(name, command, build, **environment):
    """Runs one piece of work by `command`; returns what it printed. `build` is
    where the native feed is."""
    env = {"PATH": os.environ["PATH"], "TZ": "UTC", **environment}
    with contextlib.ExitStack() as stack:
        if name in ("redraw", "redraw_16", "tick"):
            env["MIRROR_FETCH_SOCKET"] = stack.enter_context(records(build))
        done = subprocess.run([*command, *WORK[name]], env=env, cwd=ROOT,
                              timeout=280, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {text}")
    return text
