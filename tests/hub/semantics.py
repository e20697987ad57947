"""The semantic model: metadata "semantics", from tags and groups.

After SemanticsMetadataProvider and SemanticTags.csv of openHAB's core. The
ids of 4.x and 5.x differ: 5.0 put a layer between Equipment and Lightbulb.
"""

LOCATIONS = {
    "Location": "Location", "Indoor": "Location_Indoor",
    "Building": "Location_Indoor_Building",
    "House": "Location_Indoor_Building_House",
    "Floor": "Location_Indoor_Floor",
    "GroundFloor": "Location_Indoor_Floor_GroundFloor",
    "FirstFloor": "Location_Indoor_Floor_FirstFloor",
    "Corridor": "Location_Indoor_Corridor",
    "Room": "Location_Indoor_Room",
    "LivingRoom": "Location_Indoor_Room_LivingRoom",
    "Kitchen": "Location_Indoor_Room_Kitchen",
    "Bedroom": "Location_Indoor_Room_Bedroom",
    "Bathroom": "Location_Indoor_Room_Bathroom",
    "Office": "Location_Indoor_Room_Office",
    "Garden": "Location_Outdoor_Garden",
}
EQUIPMENT_4 = {
    "Equipment": "Equipment",
    "Lightbulb": "Equipment_Lightbulb",
    "LightStripe": "Equipment_Lightbulb_LightStripe",
    "PowerOutlet": "Equipment_PowerOutlet",
    "WashingMachine": "Equipment_WhiteGood_WashingMachine",
    "Sensor": "Equipment_Sensor",
}
EQUIPMENT_5 = {
    "Equipment": "Equipment",
    "LightSource": "Equipment_LightSource",
    "Lightbulb": "Equipment_LightSource_Lightbulb",
    "LightStripe": "Equipment_LightSource_LightStripe",
    "LightStrip": "Equipment_LightSource_LightStrip",
    "Lamp": "Equipment_LightSource_Lamp",
    "Pendant": "Equipment_LightSource_Pendant",
    "PowerOutlet": "Equipment_PowerOutlet",
    "WashingMachine": "Equipment_Appliance_WashingMachine",
    "Sensor": "Equipment_Sensor",
}
POINTS = {
    "Point": "Point", "Control": "Point_Control",
    "Switch": "Point_Control_Switch", "Status": "Point_Status",
    "Measurement": "Point_Measurement", "Setpoint": "Point_Setpoint",
    "Alarm": "Point_Alarm",
}
PROPERTIES_4 = {name: f"Property_{name}" for name in (
    "Light", "ColorTemperature", "Power", "Temperature", "Humidity",
    "Timestamp", "Energy")}
PROPERTIES_5 = dict(PROPERTIES_4, Brightness="Property_Brightness",
                    Color="Property_Color")


def _find(item, table):
    return next((table[tag] for tag in item.tags if tag in table), None)


class Model:
    """Classes and relations of all `items` (a dict by name) at one time."""

    def __init__(self, items, major):
        self.items = items
        self.equipment = EQUIPMENT_5 if major >= 5 else EQUIPMENT_4
        self.properties = PROPERTIES_5 if major >= 5 else PROPERTIES_4
        self.members = {}
        for item in items.values():
            for group in item.groups:
                self.members.setdefault(group, []).append(item.name)

    def class_of(self, item):
        """The class id with all parents, or None."""
        found = (_find(item, LOCATIONS) or _find(item, self.equipment)
                 or _find(item, POINTS))
        if found is None and _find(item, self.properties):
            found = "Point_Measurement" if item.read_only else "Point_Control"
        return found

    def _parent(self, item, kind, depth=0):
        """The nearest group around `item` whose class is of `kind`."""
        if depth > 16:
            return None
        groups = [self.items[g] for g in item.groups if g in self.items]
        for group in groups:
            if (self.class_of(group) or "").split("_")[0] == kind:
                return group.name
        for group in groups:
            found = self._parent(group, kind, depth + 1)
            if found:
                return found
        return None

    def _relations(self, item, kind):
        if kind == "Location":
            return {"isPartOf": self._parent(item, "Location")}
        if kind == "Equipment":
            points = [m for m in self.members.get(item.name, ())
                      if (self.class_of(self.items[m]) or "")
                      .startswith("Point")]
            return {"isPartOf": self._parent(item, "Equipment"),
                    "hasLocation": self._parent(item, "Location"),
                    "hasPoint": points[-1] if points else None}
        owner = self._parent(item, "Equipment")
        return {"isPointOf": owner,
                "hasLocation": None if owner
                else self._parent(item, "Location"),
                "relatesTo": _find(item, self.properties)}

    def metadata(self, item):
        """{"value": ..., "config": {...}} or None."""
        value = self.class_of(item)
        if value is None:
            return None
        relations = self._relations(item, value.split("_")[0])
        return {"value": value, "editable": False,
                "config": {k: v for k, v in relations.items() if v}}
