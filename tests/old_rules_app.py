"""An app of the generation before expressions, with old rules, for tests."""

from collections.abc import Mapping
from typing import Any

from builders import app_files, as_json, field, group

HANDLER = """\
var ruleHandlerObject = {
  sum: (obj) => {
    obj.a = +obj.a;
    obj.b = +obj.b;
    return obj.a + obj.b;
  },
  fullName: (obj) => {
    return obj.first + ' ' + obj.last;
  },
};

var ruleHandlerHelper = {
  sum: () => {
    return { a: 'First number', b: 'Second number' };
  },
};

var conditionalRuleHandlerObject = {
  biggerThan10: (obj) => {
    obj.number = +obj.number;
    return obj.number > 10;
  },
  lengthBiggerThan4: (obj) => {
    if (obj.value) {
      return obj.value.length >= 4;
    }
    return false;
  },
  isOslo: function (obj) {
    return /^0\\d{3}$/.test(obj.value);
  },
  older: (obj) => obj.age > 17,
};
"""
CONFIGURATION: Mapping[str, Any] = {
    "data": {
        "ruleConnection": {
            "add": {
                "selectedFunction": "sum",
                "inputParams": {"a": "first", "b": "second"},
                "outParams": {"outParam0": "total"},
            },
        },
        "conditionalRendering": {
            "big": {
                "selectedFunction": "biggerThan10",
                "inputParams": {"number": "total"},
                "selectedAction": "Hide",
                "selectedFields": {"x": "small"},
            },
            "long": {
                "selectedFunction": "lengthBiggerThan4",
                "inputParams": {"value": "name"},
                "selectedAction": "Show",
                "selectedFields": {"x": "reason", "y": "small"},
            },
            "oslo": {
                "selectedFunction": "isOslo",
                "inputParams": {"value": "postcode"},
                "selectedAction": "Show",
                "selectedFields": {"x": "oslo"},
            },
            "grown": {
                "selectedFunction": "older",
                "inputParams": {"age": "people{0}.age"},
                "selectedAction": "Show",
                "selectedFields": {"x": "work{0}"},
                "repeatingGroup": {"groupId": "people"},
            },
        },
    }
}
FIELDS: Mapping[str, Any] = {
    "first": "number",
    "second": "number",
    "total": "number",
    "name": "string",
    "reason": "string",
    "small": "string",
    "postcode": "string",
    "oslo": "string",
    "people": {
        "type": "array",
        "items": {"type": "object", "properties": {"age": {"type": "integer"}, "work": {"type": "string"}}},
    },
}
PAGES: Mapping[str, Any] = {
    "Old": (
        field("first"),
        field("second"),
        field("total"),
        field("name"),
        field("reason", required=True),
        field("small"),
        field("postcode"),
        field("oslo"),
        group("people", "age", "work", maxCount=9, dataModelBindings={"group": "people"}),
        field("age", "people.age"),
        field("work", "people.work"),
        {"id": "send", "type": "Button"},
    ),
}
TEXTS = {
    "nb": {"appName": "Gammel", **{f"{name}.title": name.capitalize() for name in [*FIELDS, "age", "work"]}}
}
FOLDER = "App/ui/form"


def old_files(configuration: Any = CONFIGURATION, handler: str | None = HANDLER, pages: Any = PAGES) -> Any:
    """The files of such an app."""
    more = {
        f"{FOLDER}/RuleConfiguration.json": as_json(configuration),
        f"{FOLDER}/RuleHandler.js": None if handler is None else handler.encode(),
    }
    return app_files(pages=pages, fields=FIELDS, texts=TEXTS, generation="v8", more=more)
