"""A small app with rules of every kind, for tests of examples."""

from collections.abc import Mapping
from typing import Any

from builders import app_files, as_json, field

from studio.definition.app import AppDefinition

SHOW_CHILDREN = [
    "not",
    [
        "and",
        ["equals", ["dataModel", "hasChildren"], "yes"],
        ["greaterThan", ["dataModel", "income"], 100000],
    ],
]
YES_NO = {"options": [{"value": "yes", "label": "Ja"}, {"value": "no", "label": "Nei"}]}
PEOPLE = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "age": {"type": "integer"}, "fee": {"type": "number"}},
    },
}
FIELDS = {
    "hasChildren": "string",
    "income": "number",
    "children": "string",
    "total": "number",
    "note": "string",
    "people": PEOPLE,
}
TEXTS = {
    "nb": {
        "appName": "Prøve",
        "hasChildren.title": "Har du barn?",
        "income.title": "Inntekt",
        "children.title": "Barn",
        "total.title": "Sum",
        "age.title": "Alder",
        "too-young": "Du må være 18 år",
        "Contact": "Kontakt",
    },
    "en": {"appName": "Test", "income.title": "Income", "children.title": "Children"},
}
PAGES = {
    "Contact": (
        field("hasChildren", kind="RadioButtons", **YES_NO),
        field("income"),
        field("children", hidden=SHOW_CHILDREN, required=["equals", ["component", "hasChildren"], "yes"]),
        field("total", readOnly=["greaterThan", ["dataModel", "total"], 10]),
        {
            "id": "group",
            "type": "RepeatingGroup",
            "children": ["age", "fee"],
            "dataModelBindings": {"group": "people"},
        },
        field("age", "people.age"),
        field("fee", "people.fee", hidden=["lessThan", ["dataModel", "people.age"], 18]),
        {"id": "next", "type": "NavigationButtons"},
    ),
    "Summary": ({"id": "send", "type": "Button"},),
}
VALIDATIONS = {
    "validations": {
        "people.age": [
            {"message": "too-young", "condition": ["lessThan", ["dataModel", ["argv", 0]], 18]},
        ]
    }
}
CALCULATIONS = {
    "calculations": {
        "total": {"expression": ["sum", ["jmespath", ["dataModel", "people"], "[].fee"]]},
    }
}


def ruled_files(
    examples: list[Mapping[str, Any]] | None = None, more: Mapping[str, bytes | None] | None = None
) -> Any:
    files: dict[str, bytes | None] = {
        "App/models/model.validation.json": as_json(VALIDATIONS),
        "App/models/model.calculation.json": as_json(CALCULATIONS),
    }
    if examples is not None:
        files["App/tests/rules/model.json"] = as_json({"examples": examples})
    return app_files(pages=PAGES, fields=FIELDS, texts=TEXTS, more={**files, **(more or {})})


def ruled_app(
    examples: list[Mapping[str, Any]] | None = None, more: Mapping[str, bytes | None] | None = None
) -> AppDefinition:
    return AppDefinition(ruled_files(examples, more))


def example(rule: Mapping[str, str], expect: Any, name: str = "An example", **more: Any) -> dict[str, Any]:
    """An example as the file has it."""
    return {"id": name.lower().replace(" ", "-"), "name": name, "rule": rule, "expect": expect, **more}


def of(component: str, property: str = "hidden") -> dict[str, str]:  # noqa: A002 - the word of the format
    return {"form": "Task_1", "component": component, "property": property}


TOO_YOUNG = {"validation": "people.age", "message": "too-young"}
