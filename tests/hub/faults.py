"""What can go wrong with a server, switched on and off by the control."""

import asyncio
import base64

from server import Reply


class Faults:
    """The faults that are on. A rule holds for paths that begin with its
    "path" (default: all) and for "times" replies (default: until resume)."""

    def __init__(self):
        self.clear()

    def clear(self):
        """All well again; held requests are answered now."""
        self.rules = []
        self.drip = False
        self.drip_s = 0
        self.break_stream = False
        self.token_refused = False
        self.go_on = getattr(self, "go_on", None) or asyncio.Event()
        self.go_on.set()

    def stop(self):
        """Accept and say nothing, until clear()."""
        self.go_on.clear()

    async def hold(self):
        await self.go_on.wait()

    def add(self, rule):
        self.rules.append(dict(rule))

    def _take(self, kinds, path):
        for rule in self.rules:
            if (rule["do"] in kinds and rule.get("times", 1) > 0
                    and path.startswith(rule.get("path", "/"))):
                if "times" in rule:
                    rule["times"] -= 1
                return rule
        return None

    def break_off(self, path):
        return self._take(("break_off",), path)

    def instead(self, path):
        """The reply that a rule puts in place of the real one, or None."""
        rule = self._take(("status", "body"), path)
        if rule is None:
            return None
        if "base64" in rule:
            body = base64.b64decode(rule["base64"])
        else:
            body = rule.get("body", "").encode()
        return Reply(rule.get("status", 200), body,
                     rule.get("type", "application/json"),
                     rule.get("headers", {}))
