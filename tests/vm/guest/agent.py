#!/usr/bin/env python3
"""The test's hand inside the guest: takes commands as JSON lines from a virtio
port, runs each in a shell and answers with a JSON line."""

import base64
import json
import os
import pathlib
import signal
import subprocess
import time

PORT = pathlib.Path("/dev/virtio-ports/vm.agent")
PORT_S = 60
LATE = 124  # as of timeout(1)


def run(command, timeout_s):
    """(exit code, output); with whatever it started it ends in time."""
    process = subprocess.Popen(
        ["/bin/sh", "-c", command], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True)
    try:
        output, _ = process.communicate(timeout=timeout_s)
        return process.returncode, output
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return LATE, output


def answer(order):
    code, output = run(order["run"], order["timeout_s"])
    return {"id": order["id"], "code": code,
            "output": base64.b64encode(output).decode()}


def send(port, message):
    rest = json.dumps(message).encode() + b"\n"
    while rest:  # a port takes 32 KiB at a time
        rest = rest[port.write(rest):]


def main():
    deadline = time.monotonic() + PORT_S
    while not PORT.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    with open(PORT, "r+b", buffering=0) as port:
        send(port, {"id": "ready"})
        while True:
            line = port.readline()
            if not line:
                time.sleep(0.1)  # nobody is at the other end
                continue
            send(port, answer(json.loads(line)))


if __name__ == "__main__":
    main()
