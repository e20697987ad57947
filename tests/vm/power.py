"""The plug is pulled, again and again, and what stands on the panel then."""

import datetime
import re
import time

from guest import ALONE, Wrong

CACHE = "/var/lib/mirror-fetch"
AWAY_S = 3 * 60  # between a cut and the next start
SLOW = 2  # writes a second, of a disk that is about to lose its power
WRITE_S = 60
AGE = re.compile(r"(\d+) min$")
TOLD = ("lights", "value", "todo", "message")  # widgets that say an age


def facts(number):
    """(temperature, state of a lamp): what tells facts apart."""
    return f"{10 + number}.0", "ON" if number % 2 else "OFF"


def shown(guest):
    """The number of the facts that the last expectation shows."""
    values = " ".join(guest.texts["value"])
    numbers = [n for n in range(10) if facts(n)[0] in values]
    lamp = "ON" if "Hallway" in " ".join(guest.texts["lights"]) else "OFF"
    if len(numbers) != 1 or facts(numbers[0])[1] != lamp:
        raise Wrong(f"a mixture: {guest.texts}")
    return numbers[0]


def clock(guest):
    return datetime.datetime.fromisoformat(guest.tell("date +%FT%T"))


def show_facts(guest, number):
    """The hub is there, and has news that come to the panel."""
    guest.tell("systemctl start vm-hub.service")
    temperature, lamp = facts(number)
    guest.hub(do="switch", item="Outdoor_Temp", state=f"{temperature} °C")
    guest.hub(do="switch", item="Hall_Light", state=lamp)
    guest.check_panel(f"facts-{number}", program=ALONE)
    if shown(guest) != number:
        raise Wrong("the news are not on the panel")
    guest.known[number] = clock(guest)


def end_fetcher(guest):
    """As at an upgrade: it writes down what it knows."""
    guest.tell("kill -TERM " + " ".join(guest.fetchers()))


def check_ages(guest, number):
    """Each widget says how old those facts are."""
    minutes = (clock(guest) - guest.known[number]).total_seconds() / 60
    for widget in TOLD:
        ages = [int(found[1]) for found in
                map(AGE.search, guest.texts[widget]) if found]
        if not ages or any(abs(age - minutes) > 1.5 for age in ages):
            raise Wrong(f"{widget}: facts of {minutes:.1f} min: "
                        f"{guest.texts[widget]}")


def forget(guest):
    """A cache that was never written: only so many ends of a fetcher in a day
    write it, and the steps before may have used them up."""
    guest.tell("systemctl stop mirror.service")
    guest.wait(lambda: not guest.fetchers(), "the end of mirror-fetch")
    guest.tell(f"rm -f {CACHE}/last-good && systemctl start mirror.service")


def writes_down(guest):
    """what the hub says is written down"""
    guest.known = {}
    guest.tell("systemctl disable --quiet vm-hub.service")
    forget(guest)
    show_facts(guest, 0)
    before = guest.fetchers()
    end_fetcher(guest)
    guest.wait(lambda: not set(before) & set(guest.fetchers()),
               "the end of a mirror-fetch")
    guest.tell(f"test -s {CACHE}/last-good && sync")
    guest.kept = 0


def cut_at(write):
    """A step: the plug is pulled at that write of the disk since the cache
    began to be written."""
    def step(guest):
        number = max(guest.known) + 1
        show_facts(guest, number)
        machine = guest.machine
        guest.tell("sync")
        machine.slow_disk(SLOW)
        before = machine.disk_writes()
        end_fetcher(guest)
        deadline = time.monotonic() + WRITE_S
        while machine.disk_writes() < before + write:
            if time.monotonic() > deadline:
                raise Wrong("the cache is not written")
            time.sleep(0.02)
        machine.cut_power(AWAY_S)
        machine.wait_ready()
        guest.wait_ready()
        guest.check_panel(f"cut-{write}")
        if shown(guest) not in (guest.kept, number):
            raise Wrong(f"facts {shown(guest)}, not {guest.kept} or {number}")
        guest.kept = shown(guest)
        check_ages(guest, guest.kept)
        bad = guest.tell(f"find {CACHE} -name '*.bad'")
        if bad:
            raise Wrong(f"what was written was no good: {bad}")
    step.__doc__ = (f"power cut at write {write} of the cache, no hub at the "
                    "next start: the last facts, with their age")
    step.__name__ = f"cut_at_{write}"
    return step


def clock_is_doubtful(guest):
    """nobody vouches for the clock after a cut: of unknown age, and says so"""
    guest.machine.cut_power(AWAY_S, "vm.doubt")
    guest.machine.wait_ready()
    guest.wait_ready()
    guest.check_panel("doubt")
    if shown(guest) != guest.kept:
        raise Wrong("other facts than before")
    for widget in TOLD:
        if "age unknown" not in guest.texts[widget]:
            raise Wrong(f"{widget}: {guest.texts[widget]}")


def hub_is_found(guest):
    """the hub comes: its facts, without ages"""
    show_facts(guest, max(guest.known) + 1)


STEPS = (writes_down, *map(cut_at, (1, 2, 3, 5)), clock_is_doubtful,
         hub_is_found)
