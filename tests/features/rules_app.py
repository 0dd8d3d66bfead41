"""An app with rules, for tests of the screen that shows and edits them."""

from collections.abc import Mapping
from typing import Any

from studio.definition.files import MemoryFiles
from tests.builders import app_files, as_json, field

YES_NO = [{"value": True, "label": "yes"}, {"value": False, "label": "no"}]
HAS_CHILDREN = ["equals", ["component", "has-children"], True]
EARNS_MUCH = ["greaterThan", ["dataModel", "income"], 100000]

PAGES: Mapping[str, Any] = {
    "Family": (
        field("has-children", "hasChildren", "RadioButtons", options=YES_NO),
        field("income", kind="Input"),
        field("reason", hidden=["not", ["and", HAS_CHILDREN, EARNS_MUCH]], required=HAS_CHILDREN),
        {
            "id": "children",
            "type": "RepeatingGroup",
            "dataModelBindings": {"group": "children"},
            "textResourceBindings": {"title": "children.title"},
            "children": ["child-name", "child-cost"],
            "hidden": ["not", HAS_CHILDREN],
        },
        field("child-name", "children.name"),
        field("child-cost", "children.cost"),
        field("costs", kind="Input"),
    ),
    "Period": (
        field("from", "period.from", "Datepicker"),
        field("to", "period.to", "Datepicker"),
        {"id": "send", "type": "Button"},
    ),
}
FIELDS: Mapping[str, Any] = {
    "hasChildren": "boolean",
    "income": "number",
    "reason": "string",
    "costs": "number",
    "children": {
        "type": "array",
        "items": {"type": "object", "properties": {"name": {"type": "string"}, "cost": {"type": "number"}}},
    },
    "period": {
        "type": "object",
        "properties": {
            "from": {"type": "string", "format": "date"},
            "to": {"type": "string", "format": "date"},
        },
    },
}
ENGLISH: Mapping[str, str] = {
    "appName": "Child benefit",
    "Family": "Your family",
    "Period": "When",
    "yes": "Yes",
    "no": "No",
    "has-children.title": "Do you have children?",
    "income.title": "Income",
    "reason.title": "Reason",
    "children.title": "Children",
    "child-name.title": "Name of the child",
    "child-cost.title": "Costs",
    "costs.title": "All costs",
    "from.title": "From",
    "to.title": "To",
    "too-late": "The last day must come after the first",
}
VALIDATIONS = {
    "validations": {
        "period.to": [
            {
                "message": "too-late",
                "condition": [
                    "compare",
                    ["dataModel", "period.to"],
                    "isBefore",
                    ["dataModel", "period.from"],
                ],
            }
        ]
    }
}
CALCULATIONS = {
    "calculations": {"costs": {"expression": ["sum", ["jmespath", ["dataModel", "children"], "[].cost"]]}}
}


def rules_files(
    pages: Mapping[str, Any] = PAGES, more: Mapping[str, bytes | None] | None = None
) -> MemoryFiles:
    """The app; `more` are files beside or instead of its own."""
    return app_files(
        pages=pages,
        fields=FIELDS,
        texts={"en": ENGLISH, "nb": {**ENGLISH, "appName": "Barnetrygd"}},
        more={
            "App/models/model.validation.json": as_json(VALIDATIONS),
            "App/models/model.calculation.json": as_json(CALCULATIONS),
            **(more or {}),
        },
    )
