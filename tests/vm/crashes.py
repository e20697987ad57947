"""Programs that crash, hang and end, and who comes back."""

from guest import Wrong

CRASHES_S = 60
WATCHDOG_S = 120  # the unit's 30, the abort, the restart, all emulated


def fetcher_is_killed(guest):
    """a fetcher that is killed is replaced"""
    before = guest.fetchers()
    guest.tell("kill -KILL " + " ".join(before))
    guest.wait(lambda: [p for p in guest.fetchers() if p not in before],
               "a new mirror-fetch")
    guest.check_panel("fetcher")


def mirror_hangs(guest):
    """a mirror that hangs is aborted by the watchdog and comes back"""
    before = guest.wait_ready()
    guest.tell(f"kill -STOP {before}")
    guest.wait(lambda: guest.main_pid() not in (0, before),
               "a new mirror", WATCHDOG_S)
    said = guest.tell("journalctl --no-pager -b -u mirror.service")
    for words in ("Watchdog timeout",
                  f"Killing process {before} (mirror) with signal SIGABRT"):
        if words not in said:
            raise Wrong(f"the journal lacks {words!r}")
    guest.check_panel("watchdog")


def mirror_crashes(guest):
    """a mirror that crashes comes back"""
    before = guest.wait_ready()
    guest.tell(f"kill -SEGV {before}")
    guest.wait(lambda: guest.main_pid() not in (0, before), "a new mirror")
    guest.check_panel("crash")


def mirror_goes_on_crashing(guest):
    """a minute of crashes: it is never given up, and comes back"""
    count = int(guest.tell(f"sh /opt/vm/crashes.sh {CRASHES_S}",
                           3 * CRASHES_S))
    if count < 10:
        raise Wrong(f"only {count} crashes")
    guest.wait_ready()
    guest.check_panel("crashes")
    failed = guest.tell("systemctl --failed --no-legend --plain")
    if failed:
        raise Wrong(f"failed units: {failed}")
    return f"{count} crashes"


STEPS = (fetcher_is_killed, mirror_crashes, mirror_hangs,
         mirror_goes_on_crashing)
