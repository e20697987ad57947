"""The house behind the hub: items, groups, things, and the events they make.

A House knows nothing of HTTP. Whoever wants its events registers a function
in `listeners`; it is called with an Event while the change happens, in the
order of openHAB's bus.
"""

import dataclasses
import datetime
import time

import groups
import semantics
import states


@dataclasses.dataclass
class Item:
    """One item, with the fields of openHAB's EnrichedItemDTO."""
    name: str
    type: str
    label: str = None
    category: str = None
    tags: list = dataclasses.field(default_factory=list)
    groups: list = dataclasses.field(default_factory=list)
    state: str = states.NULL
    pattern: str = None
    minimum: float = None
    maximum: float = None
    step: float = None
    read_only: bool = False
    options: dict = dataclasses.field(default_factory=dict)
    metadata: dict = dataclasses.field(default_factory=dict)
    group_type: str = None
    function: str = None
    params: list = dataclasses.field(default_factory=list)
    editable: bool = False
    extra: dict = dataclasses.field(default_factory=dict)
    last_state: str = None
    updated_ms: int = None
    changed_ms: int = None

    @property
    def value_type(self):
        """The type of the state: for groups that of the function."""
        return (self.group_type or "Group") if self.type == "Group" \
            else self.type

    @property
    def kind(self):
        return states.kind(self.value_type, self.state)


@dataclasses.dataclass
class Event:
    """One event of the bus; `payload` is not yet JSON."""
    topic: str
    type: str
    payload: object
    item: str = None  # whose state is new, if the state tracker cares


class NoSuchItem(KeyError):
    """There is no item of that name (or not yet, after a restart)."""


class House:
    """Items by name, in the order of the scenario, and things by UID."""

    def __init__(self, version, zone):
        self.version = tuple(int(part) for part in version.split(".")[:2])
        self.zone = zone
        self.items = {}
        self.things = {}
        self.hidden = {}
        self.listeners = []
        self.last_modified = None  # of the cacheable lists; set when asked
        self.model = None

    # Reading ---------------------------------------------------------------

    def item(self, name):
        if name not in self.items:
            raise NoSuchItem(name)
        return self.items[name]

    def members(self, name):
        """The items directly in the group `name`."""
        return [self.items[m] for m in self.semantics().members.get(name, ())]

    def semantics(self):
        """The semantic model, computed anew after a change of the items."""
        if self.model is None:
            self.model = semantics.Model(self.items, self.version[0])
        return self.model

    def leaves(self, name, seen=()):
        """All members of a group, with those of its inner groups."""
        found = []
        for member in self.members(name):
            if member.type == "Group" and member.name not in seen:
                found += self.leaves(member.name, (*seen, name))
            elif member.type != "Group":
                found.append(member)
        return found

    # Writing ---------------------------------------------------------------

    def update(self, name, text):
        """Posts a state, as a binding or PUT .../state does."""
        item = self.item(name)
        state = states.parse(item.value_type, text, item.state, self.zone)
        self._emit(f"items/{name}/state", "ItemStateEvent",
                   {"type": states.kind(item.value_type, state),
                    "value": state})
        self._set(item, state)

    def command(self, name, text):
        """Sends a command; without a binding it becomes the state."""
        item = self.item(name)
        state = states.parse_command(item.value_type, text, item.state,
                                     self.zone)
        self._emit(f"items/{name}/command", "ItemCommandEvent",
                   {"type": states.kind(item.value_type, text),
                    "value": text})
        if item.type == "Group":
            for member in self.members(name):
                self.command(member.name, text)
        else:
            self._set(item, state)

    def add(self, item):
        if item.name in self.items:
            raise ValueError(f"item {item.name} exists")
        self.items[item.name] = item
        self._remodel()
        self._emit(f"items/{item.name}/added", "ItemAddedEvent",
                   self.bus_item(item))
        self._follow_groups(item)

    def remove(self, name):
        item = self.item(name)
        del self.items[name]
        self._remodel()
        self._emit(f"items/{name}/removed", "ItemRemovedEvent",
                   self.bus_item(item))
        self._follow_groups(item)

    def relabel(self, name, label):
        """Changes what people call an item (its name is its identity)."""
        item = self.item(name)
        old = self.bus_item(item)
        item.label = label
        self._remodel()
        self._emit(f"items/{name}/updated", "ItemUpdatedEvent",
                   [self.bus_item(item), old])

    def thing(self, uid, status, detail="NONE", description=None):
        """A thing goes ONLINE, OFFLINE, ..."""
        info = {"status": status, "statusDetail": detail}
        if description is not None:
            info["description"] = description
        old = self.things.get(uid, {"status": "UNKNOWN",
                                    "statusDetail": "NONE"})
        self.things[uid] = info
        self._emit(f"things/{uid}/status", "ThingStatusInfoEvent", info)
        if info != old:
            self._emit(f"things/{uid}/statuschanged",
                       "ThingStatusInfoChangedEvent", [info, old])

    def start_level(self, level):
        self._emit("system/startlevel", "StartlevelEvent",
                   {"startlevel": level})

    def settle(self):
        """Computes all groups without events, for a house just built."""
        for item in self.items.values():
            if item.type == "Group" and item.group_type:
                item.state = self._group_state(item)

    # After a restart -------------------------------------------------------

    def forget(self):
        """The server just started: half of the items, no states. Returns the
        states to restore later."""
        saved = {i.name: i.state for i in self.items.values()
                 if i.type != "Group"}
        names = list(self.items)
        for item in self.items.values():
            item.state, item.last_state = states.NULL, None
            item.updated_ms = item.changed_ms = None
        self.hidden = {n: self.items[n] for n in names[len(names) // 2:]}
        self.items = {n: self.items[n] for n in names[:len(names) // 2]}
        self._remodel()
        return saved

    def reveal(self):
        """The rest of the items is loaded."""
        hidden, self.hidden = self.hidden, {}
        for item in hidden.values():
            if item.name not in self.items:
                self.add(item)

    def restore(self, saved):
        for name, state in saved.items():
            if name in self.items and state != states.NULL:
                self._set(self.items[name], state)

    # Private ---------------------------------------------------------------

    def _remodel(self):
        self.model = None
        self.last_modified = None

    def _group_state(self, group):
        # Inner groups with a function count as one member (GroupItem).
        members = []
        for member in self.members(group.name):
            if member.type == "Group" and not member.group_type:
                members += self.leaves(member.name)
            else:
                members.append(member)
        return groups.group_state(group.function or "EQUALITY", group.params,
                                  members)

    def _change(self, item, state):
        """Takes the state over. Returns (old, times for 5.x payloads)."""
        old, now_ms = item.state, int(time.time() * 1000)
        times = {}
        if self.version >= (5, 0):
            times["lastStateUpdate"] = self._stamp(now_ms)
            if old != state and item.changed_ms is not None:
                times["lastStateChange"] = self._stamp(item.changed_ms)
        item.updated_ms = now_ms
        if old != state:
            item.last_state, item.state, item.changed_ms = old, state, now_ms
        return old, times

    def _set(self, item, state):
        old, times = self._change(item, state)
        value = {"type": item.kind, "value": state}
        updated = {k: v for k, v in times.items() if k == "lastStateUpdate"}
        self._emit(f"items/{item.name}/stateupdated", "ItemStateUpdatedEvent",
                   value | updated)
        if old != state:
            before = {"oldType": states.kind(item.value_type, old),
                      "oldValue": old}
            self._emit(f"items/{item.name}/statechanged",
                       "ItemStateChangedEvent", value | before | times,
                       item.name)
        self._follow_groups(item)

    def _follow_groups(self, member, depth=0):
        for name in member.groups:
            group = self.items.get(name)
            if depth > 16 or group is None or group.type != "Group":
                continue
            if group.group_type:
                self._set_group(group, member)
            self._follow_groups(group, depth + 1)

    def _set_group(self, group, member):
        state = self._group_state(group)
        old, times = self._change(group, state)
        topic = f"items/{group.name}/{member.name}"
        value = {"type": group.kind, "value": state}
        self._emit(f"{topic}/stateupdated", "GroupStateUpdatedEvent", value)
        if old != state:
            before = {"oldType": states.kind(group.value_type, old),
                      "oldValue": old}
            self._emit(f"{topic}/statechanged", "GroupItemStateChangedEvent",
                       value | before | times, group.name)

    def _stamp(self, ms):
        moment = datetime.datetime.fromtimestamp(ms / 1000, self.zone)
        return f"{moment.isoformat()}[{self.zone}]"

    def bus_item(self, item):
        """The item as the bus shows it: no state, no metadata."""
        fields = {"type": item.type, "name": item.name, "label": item.label,
                  "category": item.category, "tags": item.tags,
                  "groupNames": item.groups}
        if item.type == "Group" and item.group_type:
            fields["groupType"] = item.group_type
            fields["function"] = {"name": item.function,
                                  "params": item.params}
        return {k: v for k, v in fields.items() if v is not None}

    def _emit(self, topic, kind, payload, item=None):
        event = Event("openhab/" + topic, kind, payload, item)
        for listener in list(self.listeners):
            listener(event)
