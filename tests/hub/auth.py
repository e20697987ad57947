"""Who asks: openHAB's AuthFilter and its roles.

Any wrong credential is refused, even where none is needed; without one the
implicit user role decides.
"""

import base64
import binascii
import dataclasses
import re

import gson
from server import Reply

TOKEN = re.compile(r"oh\.[a-zA-Z0-9]*\.[^.]+")

USER = {"user", "administrator"}
ADMIN = {"administrator"}


def error(status, message):
    """An error in the shape of openHAB's JSONResponse."""
    return Reply(status, gson.encode(
        {"error": {"message": message, "http-code": status}}))


class Refused(Exception):
    """Carries the reply to a request without the right to ask."""

    def __init__(self, status, message):
        super().__init__(message)
        self.reply = error(status, message)


@dataclasses.dataclass
class Access:
    """The API security settings of a scenario."""
    tokens: dict = dataclasses.field(default_factory=dict)
    implicit_user: bool = True
    basic: bool = False
    users: dict = dataclasses.field(default_factory=dict)
    refuse_all: bool = False  # every token was withdrawn

    def _token_roles(self, token):
        if (self.refuse_all or not TOKEN.fullmatch(token)
                or token not in self.tokens):
            raise Refused(401, "Invalid credentials")
        return set(self.tokens[token])

    def _basic_roles(self, text):
        try:
            name, _, password = base64.b64decode(
                text, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise Refused(401, "Invalid credentials") from None
        if password == "" and name.startswith("oh."):
            return self._token_roles(name)
        if not self.basic or self.users.get(name, {}).get(
                "password") != password:
            raise Refused(401, "Invalid credentials")
        return set(self.users[name]["roles"])

    def roles(self, headers):
        """The roles of a request; raises Refused for bad credentials."""
        if "x-openhab-token" in headers:
            return self._token_roles(headers["x-openhab-token"])
        if "authorization" not in headers:
            return {"user"} if self.implicit_user else set()
        scheme, _, value = headers["authorization"].partition(" ")
        if scheme.lower() == "bearer":
            return self._token_roles(value)
        if scheme.lower() == "basic":
            return self._basic_roles(value)
        return set()  # not the implicit role either

    def require(self, headers, allowed):
        """Raises Refused unless the request has one of the roles."""
        roles = self.roles(headers)
        if allowed and not roles & allowed:
            if roles and ("authorization" in headers
                          or "x-openhab-token" in headers):
                raise Refused(403, "Access denied")
            raise Refused(401, "Authentication required")
