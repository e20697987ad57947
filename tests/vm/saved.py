"""What is wrong when the mirror starts, and is mended by saving a file."""

import json

from guest import Wrong

CONFIG = "/etc/mirror/mirror.conf"
HOUSE = "/opt/hub/house.json"
TOKEN = "oh.vm.TESTonlyTESTonlyTESTonlyTESTonly"


def check_mended(guest, what, pid):
    guest.check_panel(what)
    if guest.main_pid() != pid:
        raise Wrong("it took a new mirror")


def restart(guest):
    """Process id of a mirror that starts with what is wrong now."""
    guest.tell("systemctl restart mirror.service")
    return guest.wait_ready()


def config_is_broken(guest):
    """a config with a mistake: its line on the panel, until it is saved anew"""
    before = guest.check_panel("config-good")
    guest.tell(f"cp {CONFIG} /tmp/good.conf && sed -i 's/^url/ulr/' {CONFIG}")
    pid = restart(guest)
    try:
        if guest.check_panel("config-bad") == before:
            raise Wrong("nobody says that the config is broken")
    finally:
        guest.tell(f"cp /tmp/good.conf {CONFIG}")
    check_mended(guest, "config-mended", pid)


def token_is_missing(guest):
    """a token that is missing: so on the panel, until it is there"""
    before = guest.check_panel("token-none")
    house = json.loads(guest.machine.read(HOUSE))
    house["auth"] = {"tokens": {TOKEN: ["user"]}, "implicit_user": False}
    guest.tell(f"cp {HOUSE} /tmp/open.json")
    guest.put(HOUSE, json.dumps(house).encode())
    guest.tell("systemctl restart vm-hub.service; sed -i "
               f"'s/^type = openhab/&\\ntoken_file = hub-token/' {CONFIG}")
    pid = restart(guest)
    try:
        if guest.check_panel("token-missing") == before:
            raise Wrong("nobody says that the token is missing")
        guest.tell(f"echo {TOKEN} > /tmp/t && "
                   "install -m600 /tmp/t /etc/mirror/hub-token")
        check_mended(guest, "token-there", pid)
    finally:
        guest.tell(f"cp /tmp/good.conf {CONFIG}; cp /tmp/open.json {HOUSE}; "
                   "rm -f /etc/mirror/hub-token; "
                   "systemctl restart vm-hub.service mirror.service")


STEPS = (config_is_broken, token_is_missing)
