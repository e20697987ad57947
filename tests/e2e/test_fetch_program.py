"""mirror-fetch as a program: its command line, what it inherits, what it
leaves behind, and how it ends."""

import os
import pathlib
import signal
import socket
import subprocess
import time

import channel
from rig import (
    BUILD, SEEN, TIMEOUT_S, TOKEN, EndToEnd, hub_config, weather_config)

GUARDED = {"tokens": {TOKEN: ["user"]}, "implicit_user": False}
PROGRAM = BUILD / "mirror-fetch"


def run(*arguments, **options):
    return subprocess.run(
        [PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=TIMEOUT_S, **options)


class CommandLine(EndToEnd):
    def test_wrong_ones_are_told_the_usage_in_one_line(self):
        for arguments in (["--nope"], ["-c"], ["--print", "more"], ["-x"],
                          ["--for=5"], ["--print", "--for=0"],
                          ["--print", "--for=x"], ["--print", "--for="],
                          ["--print", "--for=604801"], ["--print=1"]):
            with self.subTest(arguments=arguments):
                done = run(*arguments)
                self.assertEqual(done.returncode, 64)
                self.assertTrue(done.stderr.startswith("usage: mirror-fetch"))
                self.assertEqual(done.stderr.count("\n"), 1)
                self.assertEqual(done.stdout, "")

    def test_help_and_version(self):
        for option, begins in (("--help", "usage: mirror-fetch"),
                               ("--version", "mirror-fetch ")):
            done = run(option)
            self.assertEqual(done.returncode, 0)
            self.assertTrue(done.stdout.startswith(begins))
            self.assertEqual(done.stderr, "")

    def test_without_a_channel_there_is_nothing_to_do(self):
        done = run("-c", "/nowhere.conf")
        self.assertEqual(done.returncode, 64)
        self.assertIn("--print", done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1)

    def test_for_ends_it(self):
        begun = time.monotonic()
        done = run("-c", "/dev/null", "--print", "--for=1")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreaterEqual(time.monotonic() - begun, 0.9)
        self.assertEqual(done.stdout, "")

    def test_a_record_that_cannot_be_written_is_an_error(self):
        path = pathlib.Path(self.folder()) / "mirror.conf"
        path.write_text(hub_config("http://127.0.0.1:1"))
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [PROGRAM, "-c", path, "--print", "--for=10"],
                stdin=subprocess.DEVNULL, stdout=full, text=True,
                stderr=subprocess.PIPE, timeout=TIMEOUT_S)
        self.assertEqual(done.returncode, 71)
        self.assertEqual(done.stderr.count("standard output"), 1)

    def test_a_bad_config_is_told_and_the_good_of_it_used(self):
        fetch = self.fetch("[weahter]\nfoo = 1\n"
                           + hub_config(self.hub().url))
        fetch.data("lights")
        self.assertIn("mirror.conf:1: [weahter]", fetch.log())


class Channel(EndToEnd):
    """With a socketpair in place of mirror."""

    def spawn(self, config, inherited=(), arguments=(), **options):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        home = pathlib.Path(self.folder())
        (home / "mirror.conf").write_text(config, "utf-8")
        self.errors = open(home / "stderr", "w+b")
        self.addCleanup(self.errors.close)

        def place():
            os.dup2(theirs.fileno(), 3)

        process = subprocess.Popen(
            [PROGRAM, "-c", home / "mirror.conf", *arguments],
            pass_fds=[3, *inherited], preexec_fn=place,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=self.errors, **options)
        theirs.close()
        self.addCleanup(self.kill, process)
        reader = channel.Reader(ours, timeout_s=30)
        self.addCleanup(reader.close)
        return process, reader

    def kill(self, process):
        if process.poll() is None:
            process.kill()
            process.wait()

    def test_end_of_the_channel_ends_it_well(self):
        process, reader = self.spawn("")
        reader.close()
        self.assertEqual(process.wait(TIMEOUT_S), 0)

    def test_idle_it_beats(self):
        process, reader = self.spawn("")
        begun = time.monotonic()
        self.assertEqual(reader.next()[0], channel.HEARTBEAT)
        self.assertGreaterEqual(time.monotonic() - begun, 14)
        process.terminate()
        self.assertEqual(process.wait(TIMEOUT_S), 0)
        self.assertIsNone(reader.next())

    def test_signals(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process, reader = self.spawn(hub_config(self.hub().url))
            reader.until(channel.LIGHTS)
            for ignored in (signal.SIGHUP, signal.SIGPIPE, signal.SIGXFSZ,
                            signal.SIGUSR1, signal.SIGUSR2):
                process.send_signal(ignored)
            time.sleep(0.1)
            self.assertIsNone(process.poll())
            process.send_signal(number)
            self.assertEqual(process.wait(TIMEOUT_S), 0)

    def test_what_it_inherits_is_not_kept(self):
        keep = {"TZ": "Europe/Berlin", "CREDENTIALS_DIRECTORY": "/nowhere"}
        drop = {"http_proxy": "http://127.0.0.1:1", "SSLKEYLOGFILE": "/x",
                "OPENSSL_CONF": "/x", "HOME": "/x", "LD_LIBRARY_PATH": "/x"}
        stray = os.open("/dev/null", os.O_RDONLY)
        self.addCleanup(os.close, stray)
        process, reader = self.spawn(
            hub_config(self.hub().url),
            inherited=[stray], arguments=SEEN,
            env={**os.environ, **keep, **drop})
        reader.until(channel.LIGHTS)  # in spite of the proxy
        for fd in pathlib.Path(f"/proc/{process.pid}/fd").iterdir():
            if int(fd.name) > 2:
                self.assertNotEqual(os.readlink(fd), "/dev/null")

    def test_closed_standard_descriptors_are_no_connections(self):
        hub = self.hub()
        config = pathlib.Path(self.folder()) / "mirror.conf"
        config.write_text(hub_config(hub.url), "utf-8")
        process = subprocess.Popen(
            ["sh", "-c", 'exec "$0" -c "$@" --print <&- >&- 2>&-',
             BUILD / "mirror-fetch", config, *SEEN])
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        self.eventually(hub.log, "a request")
        for fd in range(3):
            self.assertEqual(os.readlink(f"/proc/{process.pid}/fd/{fd}"),
                             "/dev/null")


class Secrets(EndToEnd):
    def test_the_token_is_seen_by_the_hub_alone(self):
        hub = self.hub(auth=GUARDED)
        fetch = self.fetch(hub_config(hub.url, token_file="hub-token"),
                           arguments=SEEN)
        fetch.data("lights")
        process = pathlib.Path(f"/proc/{fetch.process.pid}")
        seen = [fetch.log(), str(fetch.records),
                (process / "cmdline").read_text(),
                (process / "environ").read_text()]
        for text in seen:
            self.assertNotIn(TOKEN, text)

    def test_a_token_that_others_may_read_is_not_used(self):
        home = pathlib.Path(self.folder())
        token = home / "token"
        token.write_text(TOKEN + "\n")
        token.chmod(0o644)
        fetch = self.fetch(hub_config(
            self.hub(auth=GUARDED).url, token_file=str(token)))
        fetch.state("hub", "refused")
        self.assertIn("others may read it; chmod 600 it", fetch.log())
        self.assertNotIn(TOKEN, fetch.log())

    def test_the_query_of_a_url_is_not_logged(self):
        fetch = self.fetch(weather_config("http://127.0.0.1:1"))
        fetch.state("weather", "offline")
        self.assertNotIn("52.5", fetch.log())
