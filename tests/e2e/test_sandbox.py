"""The sandboxes: that they are on, that nothing which is needed is refused,
and what happens on systems that do not have one."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rig import (  # noqa: E402
    BUILD, MESSAGE, NO_TAMPERING, TIMEOUT_S, TODO, UNTRACED, WEATHER, EndToEnd,
    hub_config)
from screen_rig import CLOCK, ROOT, Mirror, wait_for  # noqa: E402
from tls_rig import TlsCase  # noqa: E402

MODULE = """
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <nss.h>
#include <stdint.h>
#include <string.h>

enum nss_status
_nss_home_gethostbyname4_r(const char *name, struct gaih_addrtuple **found,
                           char *buffer, size_t size, int *error, int *herror,
                           int32_t *ttl) {
    struct gaih_addrtuple *answer = *found ? *found : (void *)buffer;

    (void)size, (void)ttl;
    if (strcmp(name, "hub.home") != 0) {
        *error = ENOENT;
        *herror = HOST_NOT_FOUND;
        return NSS_STATUS_NOTFOUND;
    }
    memset(answer, 0, sizeof *answer);
    answer->name = strcpy(buffer + sizeof *answer, name);
    answer->family = AF_INET;
    answer->addr[0] = htonl(INADDR_LOOPBACK);
    *found = answer;
    return NSS_STATUS_SUCCESS;
}
"""
# Fails in a build with sanitizers and in an emulator: both have no sandbox.
SELFTEST = subprocess.run([BUILD / "mirror-fetch", "--selftest"],
                          capture_output=True, text=True, timeout=TIMEOUT_S)
NO_SANDBOX = ("no sandbox in this build" if SELFTEST.returncode == 64
              or "sanitizers" in SELFTEST.stderr else None)
NO_MOUNTS = subprocess.run(["unshare", "-m", "true"],
                           stderr=subprocess.DEVNULL).returncode != 0
NOBODY = 65534


def status(pid):
    """The fields of /proc/PID/status."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return dict(line.split(":\t", 1) for line in text.splitlines())


def children(pid):
    text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


@unittest.skipIf(NO_SANDBOX, NO_SANDBOX)
class Sandbox(EndToEnd):
    def test_mirror_fetch_is_locked_in(self):
        fetch = self.fetch(hub_config(self.hub().url))
        fetch.data("lights")
        found = status(fetch.process.pid)
        self.assertEqual((found["Seccomp"], found["NoNewPrivs"]), ("2", "1"))
        limits = pathlib.Path(f"/proc/{fetch.process.pid}/limits").read_text()
        self.assertRegex(limits, r"Max core file size +0 +0 ")
        self.assertRegex(limits, r"Max open files +256 +256 ")
        self.assertRegex(limits, r"Max data size +100663296 +100663296 ")

    def test_its_memory_is_closed_to_its_own_user(self):
        """proc(5): what belongs to one that is not dumpable is root's."""
        folder = pathlib.Path(self.folder())
        folder.chmod(0o755)
        program = shutil.copy(BUILD / "mirror-fetch", folder)
        user = ["setpriv", f"--reuid={NOBODY}", "--clear-groups"]
        fetch = subprocess.Popen(
            [*(user if os.getuid() == 0 else []), program, "-c", "/dev/null",
             "--print"])
        self.addCleanup(fetch.wait)
        self.addCleanup(fetch.terminate)
        path = f"/proc/{fetch.pid}"
        self.eventually(lambda: status(fetch.pid)["Seccomp"] == "2", "locked")
        self.assertNotEqual(status(fetch.pid)["Uid"].split()[0], "0")
        self.assertEqual(os.stat(f"{path}/status").st_uid, 0)

    def mirror(self, **env):
        mirror = Mirror(CLOCK.format("top_left"), "--window",
                        SDL_VIDEODRIVER="dummy", **env)
        self.addCleanup(mirror.close)
        return mirror.process.pid

    def test_mirror_is_locked_in_if_somebody_else_starts_mirror_fetch(self):
        pid = self.mirror(MIRROR_FETCH_SOCKET="/nowhere/fetch")
        wait_for("the filter", lambda: status(pid)["Seccomp"] == "2")

    def test_mirror_that_starts_mirror_fetch_is_not_but_that_is(self):
        pid = self.mirror(MIRROR_FETCH=str(BUILD / "mirror-fetch"))
        (child,) = wait_for("its child", lambda: children(pid))
        wait_for("the filter", lambda: status(child)["Seccomp"] == "2")
        self.assertEqual(status(pid)["Seccomp"], "0")

    def selftest(self, program, wrapper=()):
        return subprocess.run([*wrapper, BUILD / program, "--selftest"],
                              capture_output=True, text=True,
                              timeout=TIMEOUT_S,
                              env={**os.environ, **UNTRACED})

    def test_selftest_lists_what_is_denied(self):
        for program, forbidden in (
                ("mirror", ("internet sockets", "starting a program",
                            "tracing a process", "memory to write and run")),
                ("mirror-fetch", ("listening", "binding a port",
                                  "starting a program", "a process of its own",
                                  "tracing a process", "memory to write and "
                                  "run", "reading the system's passwords",
                                  "writing outside of the cache"))):
            with self.subTest(program=program):
                done = self.selftest(program)
                lines = done.stdout.splitlines()
                self.assertEqual((done.returncode, done.stderr), (0, ""),
                                 done.stdout)
                for what in forbidden:
                    self.assertIn(f"denied {what}", lines)
                self.assertEqual(
                    lines[-1], f"sandbox: {len(lines) - 1} of "
                    f"{len(lines) - 1} denied")

    def test_selftest_with_a_cache(self):
        state = {"STATE_DIRECTORY": self.folder(), "PATH": os.environ["PATH"]}
        done = subprocess.run([BUILD / "mirror-fetch", "--selftest"],
                              env=state, capture_output=True, text=True,
                              timeout=TIMEOUT_S)
        landlock = "unavailable" not in done.stderr
        self.assertEqual(done.returncode, 0 if landlock else 1, done.stdout)

    @unittest.skipIf(NO_TAMPERING, NO_TAMPERING)
    def test_without_landlock_it_goes_on(self):
        for error in ("ENOSYS", "EOPNOTSUPP"):
            refused = ("strace", "-D", "-o", "/dev/null", "-e",
                       f"inject=landlock_create_ruleset:error={error}")
            fetch = self.fetch(hub_config(self.hub().url), wrapper=refused,
                               env={**os.environ, **UNTRACED})
            fetch.data("lights")
            self.assertEqual(
                fetch.log().count("Landlock unavailable"), 1, fetch.log())
            # Then file modes and the list of system calls deny the same.
            done = self.selftest("mirror-fetch", refused)
            self.assertEqual(done.returncode, 0, done.stdout)

    @unittest.skipIf(NO_TAMPERING, NO_TAMPERING)
    def test_without_seccomp_it_does_not(self):
        hub = self.hub()
        home = pathlib.Path(self.folder())
        (home / "mirror.conf").write_text(hub_config(hub.url))
        refused = ("strace", "-D", "-o", "/dev/null", "-e",
                   "inject=seccomp:error=ENOSYS")
        done = subprocess.run(
            [*refused, BUILD / "mirror-fetch", "-c", home / "mirror.conf",
             "--print"], capture_output=True, text=True, timeout=TIMEOUT_S,
            env={**os.environ, **UNTRACED})
        self.assertEqual((done.returncode, done.stdout), (71, ""))
        self.assertIn("sandbox: seccomp: ", done.stderr)
        self.assertEqual(hub.log(), [])
        fetch = self.fetch(hub_config(hub.url), wrapper=refused,
                           arguments=("--no-sandbox",))
        fetch.data("lights")
        self.assertIn("sandbox: none, as --no-sandbox says", fetch.log())
        self.assertEqual(self.selftest("mirror", refused).returncode, 71)
        self.assertEqual(self.selftest("mirror-fetch", refused).returncode, 71)

    def test_doctor_says_so(self):
        home = pathlib.Path(self.folder())
        (home / "mirror.conf").write_text(CLOCK.format("top_left"))
        done = subprocess.run(
            [BUILD / "mirror", "--doctor", "-c", home / "mirror.conf"],
            capture_output=True, text=True, timeout=60,
            env={**os.environ, "MIRROR_FETCH": str(BUILD / "mirror-fetch")})
        for program in ("mirror", "mirror-fetch"):
            self.assertRegex(done.stdout,
                             rf"ok +sandbox: {program}: (\d+) of \1 denied")


@unittest.skipIf(NO_SANDBOX, NO_SANDBOX)
class Needed(TlsCase):
    """What the program does for a living is on its list."""

    # Refused on purpose, with a way around it that is on the list.
    AROUND = re.compile(r"clone3\(|seccomp\(|adjtime")

    def refused(self, trace):
        """The lines of calls that were refused after the filter."""
        lines = trace.read_text("utf-8", "replace").split("\n")
        start = next(i for i, line in enumerate(lines)
                     if re.search(r"SECCOMP_SET_MODE_FILTER.* = 0$", line))
        return [line for line in lines[start + 1:]
                if re.search(r"= -1 (EPERM|ENOSYS|EACCES)", line)
                and not self.AROUND.search(line)]

    @unittest.skipIf(NO_TAMPERING, NO_TAMPERING)
    def test_a_day_without_a_refusal(self):
        """Names, TLS, streams, lists, weather, the cache, the end."""
        hub, files = self.hub(), self.certificate()
        front = self.front(hub, files)
        trace = pathlib.Path(self.folder()) / "trace"
        state = {"STATE_DIRECTORY": self.folder()}
        fetch = self.fetch(
            hub_config(front.url, f"ca_file = {files[0]}\n", TODO, MESSAGE,
                       WEATHER.format(url=hub.url.replace(
                           "127.0.0.1", os.uname().nodename))),
            wrapper=("strace", "-D", "-f", "-o", trace),
            env={**os.environ, **UNTRACED, **state})
        fetch.data("lights", timeout_s=30)
        fetch.wait(lambda r: r["kind"] == "status" and any(
            s["source"] == "weather" and s["state"] != "connecting"
            for s in r["data"]["sources"]), timeout_s=30)
        fetch.process.terminate()
        fetch.process.wait(TIMEOUT_S)
        self.eventually(lambda: "exited with" in trace.read_text(), "the end")
        self.assertTrue((pathlib.Path(state["STATE_DIRECTORY"])
                         / "last-good").is_file())
        self.assertEqual(self.refused(trace), [])

    @unittest.skipIf(NO_MOUNTS, "only root may mount")
    def test_a_service_of_nsswitch_is_asked(self):
        """As nss-mdns is, for names in .local: no code can be loaded later."""
        home = pathlib.Path(self.folder())
        (home / "home.c").write_text(MODULE)
        subprocess.run(["cc", "-shared", "-fPIC", "-o",
                        home / "libnss_home.so.2", home / "home.c"],
                       check=True)
        (home / "nsswitch.conf").write_text("hosts: files home\n")
        fetch = self.fetch(
            hub_config(self.hub().url.replace("127.0.0.1", "hub.home")),
            wrapper=("unshare", "-m", "sh", "-c",
                     f"mount --bind {home}/nsswitch.conf /etc/nsswitch.conf"
                     ' && exec "$0" "$@"'),
            env={**os.environ, "LD_LIBRARY_PATH": str(home)})
        fetch.data("lights")

@unittest.skipUnless("MIRROR_RUN" in os.environ,
                     "natively the filter itself is looked at")
class Emulated(TlsCase):
    def test_calls_of_another_processor_are_on_the_list(self):
        """An emulator has no filter, but can say what is called."""
        hub, files = self.hub(), self.certificate("IP:127.0.0.1,DNS:"
                                                  + os.uname().nodename)
        front = self.front(hub, files)
        fetch = self.fetch(
            hub_config(front.url, f"ca_file = {files[0]}\n", WEATHER.format(
                url=hub.url.replace("127.0.0.1", os.uname().nodename))),
            env={**os.environ, "QEMU_STRACE": "1",
                 "STATE_DIRECTORY": self.folder()})
        fetch.data("lights", timeout_s=60)
        fetch.process.terminate()
        fetch.process.wait(TIMEOUT_S)
        calls = set(re.findall(
            r"(?:^|\D)\d+ ([a-z_0-9]+)\(",
            fetch.log().split("sandbox: none, as")[1]))
        self.assertIn("fsync", calls)
        listed = (ROOT / "mirror/fetch/sandbox_calls.c").read_text()
        self.assertEqual(
            [call for call in sorted(calls)
             if not re.search(rf"SCMP_SYS\({call}\)", listed)], [])


if __name__ == "__main__":
    unittest.main()
