"""openHAB's REST interface, 4.x and 5.x, as far as a display needs it.

Composed from the server's classes (ItemResource, SseResource, RootResource
and their kin at the release tags). Unknown query parameters are ignored as
JAX-RS does; everything that the server refuses is refused.
"""

import email.utils
import json
import re
import time

import gson
import sse
import states
from auth import ADMIN, USER, Refused, error
from house import NoSuchItem
from server import Reply, html_404

JSON, TEXT, EVENTS = "application/json", "text/plain", "text/event-stream"
UUID = "5f1a3c52-6c1e-4d0b-9a55-0f6e2f6b7c11"
STATIC_FIELDS = {"name", "label", "type", "groupType", "function", "category",
                 "editable", "groupNames", "link", "tags", "metadata",
                 "commandDescription", "stateDescription"}


def _flag(query, name, default=False):
    return query.get(name, str(default)).lower() == "true"


class OpenHab:
    """Answers requests below /rest for a house."""

    def __init__(self, house, access, version, locale):
        self.house = house
        self.access = access
        self.version = version
        self.locale = locale
        self.decimal_comma = locale.split("_")[0] in ("de", "fr", "es", "it")
        self.trackers = {}
        self.base = ""
        # Pattern, method -> roles, media type of the reply, function.
        item = r"/rest/items/([^/]+)"
        self.routes = [
            (r"/rest/?", {"GET": (None, JSON, self._root)}),
            (r"/rest/uuid", {"GET": (USER, TEXT, self._uuid)}),
            (r"/rest/items", {"GET": (USER, JSON, self._items)}),
            (item, {"GET": (USER, JSON, self._one),
                    "POST": (USER, None, self._command)}),
            (item + "/state", {"GET": (USER, TEXT, self._state),
                               "PUT": (USER, None, self._put_state)}),
            (r"/rest/events", {"GET": (USER, EVENTS, self._bus)}),
            (r"/rest/events/states", {"GET": (USER, EVENTS, self._tracker)}),
            (r"/rest/events/states/([^/]+)",
             {"POST": (USER, None, self._track)}),
            (r"/rest/things", {"GET": (ADMIN, JSON, self._things)}),
            (r"/rest/systeminfo", {"GET": (ADMIN, JSON, self._systeminfo)}),
        ]

    def handle(self, request):
        """The reply to one request; a Stream for the event streams."""
        for pattern, methods in self.routes:
            found = re.fullmatch(pattern, request.path)
            if found:
                return self._dispatch(request, methods, found.groups())
        return html_404()

    def _dispatch(self, request, methods, groups):
        method = "GET" if request.method == "HEAD" else request.method
        if method not in methods:
            reply = error(405, "HTTP 405 Method Not Allowed")
            reply.headers["Allow"] = ",".join(sorted(methods))
            return reply
        roles, media_type, function = methods[method]
        try:
            self.access.require(request.headers, roles)
        except Refused as refused:
            return refused.reply
        if media_type and not request.accepts(media_type):
            return error(406, "HTTP 406 Not Acceptable")
        try:
            return function(request, *groups)
        except NoSuchItem as missing:
            return error(404, f"Item {missing.args[0]} does not exist!")

    # Small resources -------------------------------------------------------

    def _root(self, _request):
        links = [{"type": t, "url": f"{self.base}/rest/{t}"}
                 for t in ("items", "events", "uuid")]
        root = {"version": "8" if self.house.version >= (4, 2) else "5",
                "locale": self.locale, "measurementSystem": "SI",
                "runtimeInfo": {"version": self.version,
                                "buildString": "Release Build"},
                "links": links}
        if self.house.version >= (5, 0):
            root["timezone"] = str(self.house.zone)
        return Reply(200, gson.encode(root))

    def _uuid(self, _request):
        return Reply(200, UUID.encode(), TEXT)

    def _things(self, _request):
        return Reply(200, gson.encode([
            {"UID": uid, "statusInfo": info, "label": uid}
            for uid, info in self.house.things.items()]))

    def _systeminfo(self, _request):
        return Reply(200, gson.encode(
            {"systemInfo": {"startLevel": 100, "osName": "Linux"}}))

    # Items -----------------------------------------------------------------

    def _items(self, request):
        """GET /rest/items, with the cacheable list of staticDataOnly."""
        query, headers = request.query, {}
        static = _flag(query, "staticDataOnly")
        if static:
            headers["Cache-Control"] = "no-cache, must-revalidate, private"
            asked = request.headers.get("if-modified-since")
            if self.house.last_modified is None:
                self.house.last_modified = int(time.time())
            elif asked and self._unmodified(asked):
                return Reply(304, b"", JSON, headers)
            headers["Last-Modified"] = email.utils.formatdate(
                self.house.last_modified, usegmt=True)
        chosen = [i for i in self.house.items.values()
                  if self._chosen(i, query, static)]
        return Reply(200, self._list(chosen, query, static), JSON, headers)

    def _unmodified(self, asked):
        moment = email.utils.parsedate_tz(asked)
        return (moment is not None
                and self.house.last_modified <= email.utils.mktime_tz(moment))

    def _chosen(self, item, query, static):
        if static and self.house.version < (4, 2):
            return True
        tags = [t.lower() for t in query.get("tags", "").split(",") if t]
        own = [t.lower() for t in item.tags]
        return (query.get("type", item.type) == item.type
                and all(tag in own for tag in tags))

    def _list(self, items, query, static):
        """The list in pieces, as the server streams it. Fields narrow the
        top level only: members of groups keep all of theirs."""
        fields = STATIC_FIELDS if static else set(
            query["fields"].split(",")) if query.get("fields") else None
        deep = not static and _flag(query, "recursive")
        piece = bytearray(b"[")
        for at, item in enumerate(items):
            whole = self._item(item, query, static, deep)
            if fields:
                whole = {k: v for k, v in whole.items() if k in fields}
            piece += (b"," if at else b"") + gson.encode(whole)
            if len(piece) > 8192:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece) + b"]"

    def _item(self, item, query, static=False, deep=False, above=()):
        """EnrichedItemDTO as a dict."""
        whole = {}
        if deep and item.type == "Group" and item.name not in above:
            whole["members"] = [
                self._item(m, query, static, True, (*above, item.name))
                for m in self.house.members(item.name)]
        whole.update(gson.present(
            link=f"{self.base}/rest/items/{item.name}",
            state=None if static else item.state,
            stateDescription=self._description(item),
            unitSymbol=self._unit(item),
            metadata=self._metadata(item, query.get("metadata", ".*")),
            editable=item.editable))
        whole.update(self.house.bus_item(item))
        if self.house.version >= (5, 0):
            whole.update(gson.present(
                lastState=item.last_state, lastStateUpdate=item.updated_ms,
                lastStateChange=item.changed_ms))
        return whole | item.extra.get("fields", {})

    def _unit(self, item):
        _, unit = states.number(item.value_type, item.state)
        return unit or states.default_unit(item.value_type) or None

    def _description(self, item):
        pattern = states.pattern_of(item.value_type, item.pattern)
        if (pattern is None and not item.options and not item.read_only
                and item.minimum is None):
            return None
        return gson.present(
            minimum=item.minimum, maximum=item.maximum, step=item.step,
            pattern=pattern, readOnly=item.read_only,
            options=[{"value": v, "label": t}
                     for v, t in item.options.items()])

    def _metadata(self, item, selector):
        """Namespaces by name or regular expression; `semantics` is made from
        the tags unless the scenario gives it."""
        found = dict(item.metadata)
        if "semantics" not in found:
            derived = self.house.semantics().metadata(item)
            if derived:
                found["semantics"] = derived
        patterns = [p for p in selector.split(",") if p]
        found = {k: v for k, v in found.items()
                 if any(re.fullmatch(p, k) for p in patterns)}
        return found or None

    def _one(self, request, name):
        item = self.house.item(name)
        deep = _flag(request.query, "recursive", True)
        return Reply(200, gson.encode(
            self._item(item, request.query, False, deep)))

    def _state(self, _request, name):
        return Reply(200, self.house.item(name).state.encode(), TEXT)

    def _change(self, request, name, change, what):
        """Checks a body with a state or command and carries it out."""
        media_type = request.media_type()
        with_json = self.house.version >= (5, 0)
        if media_type != TEXT and not (with_json and media_type == JSON):
            return error(415, "HTTP 415 Unsupported Media Type")
        self.house.item(name)
        try:
            text = request.body.decode()
            if media_type == JSON:
                text = json.loads(text)["value"]
            change(name, text)
        except (ValueError, KeyError, TypeError):
            return error(400, f"{what} could not be parsed: "
                         + request.body.decode("utf-8", "replace"))
        return None

    def _put_state(self, request, name):
        return (self._change(request, name, self.house.update, "State")
                or Reply(202, b"", TEXT))

    def _command(self, request, name):
        return (self._change(request, name, self.house.command, "Command")
                or Reply(200, b"", TEXT))

    # Streams ---------------------------------------------------------------

    def _bus(self, request):
        wanted = sse.topic_filter(request.query.get("topics", "*") or "*")
        if wanted is None:
            return Reply(400, b"", TEXT)
        return sse.BusStream(self.house, wanted)

    def _tracker(self, _request):
        return sse.TrackerStream(self.house, self.decimal_comma,
                                 self.trackers)

    def _track(self, request, connection_id):
        if request.media_type() != JSON:
            return error(415, "HTTP 415 Unsupported Media Type")
        try:
            names = json.loads(request.body)
        except ValueError:
            return error(400, "HTTP 400 Bad Request")
        if not isinstance(names, list) or not all(
                isinstance(n, str) for n in names):
            return error(400, "HTTP 400 Bad Request")
        stream = self.trackers.get(connection_id)
        if stream is None:
            return Reply(404, b"", TEXT)
        stream.track(names)
        return Reply(200, b"", TEXT)
