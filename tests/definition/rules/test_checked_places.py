"""The type checker in an app: fields, components and lists that are there, rows, and circles."""

from pathlib import Path
from typing import Any

import pytest
from builders import app, app_files, as_json, field, group
from real_apps import parametrize_apps

from studio.definition.app import AppDefinition, app_definition
from studio.definition.checks import check
from studio.definition.files import folder_files
from studio.definition.findings import Finding
from studio.definition.rules.checking import problems_at
from studio.definition.rules.places import expression_places

pytest_generate_tests = parametrize_apps

PEOPLE = {"type": "array", "items": {"type": "object", "properties": {"first": {"type": "string"}}}}
FIELDS = {"name": "string", "phone": "string", "age": "integer", "born": {"type": "string", "format": "date"}}
ROWS = {
    "id": "people",
    "type": "RepeatingGroup",
    "dataModelBindings": {"group": "people"},
    "children": ["first"],
}
NAME, PICK = ["dataModel", "name"], ["component", "pick"]
OPTIONS = [{"value": "y", "label": "Ja"}, {"value": "n", "label": "Nei"}]
CODES = {
    "bad-expression",
    "unknown-field",
    "unknown-component",
    "unknown-data-type",
    "unknown-page",
    "unknown-action",
    "missing-options",
    "no-row",
    "no-answer",
    "no-form",
    "no-argument",
    "no-gateway",
    "no-such-option",
    "never-equal",
    "always-false",
    "wrong-result",
    "circular-rule",
}


def made(hidden: Any = None, **more: Any) -> AppDefinition:
    name = field("name", **({} if hidden is None else {"hidden": hidden}))
    pick = field("pick", "phone", "RadioButtons", options=OPTIONS)
    header = {"id": "h", "type": "Header", "size": "L"}
    page = (name, pick, field("age"), ROWS, field("first", "people.first"), header)
    return app(pages={"Contact": page, "Next": ()}, fields=FIELDS | {"people": PEOPLE}, **more)


def said(made_app: AppDefinition) -> list[Finding]:
    return [found for found in check(made_app) if found.code in CODES]


@pytest.mark.parametrize(
    ("hidden", "code", "at", "fixed"),
    [
        (["equals", ["dataModel", "nmae"], 1], "unknown-field", "/1/1", ["equals", ["dataModel", "name"], 1]),
        (["equals", ["dataModel", "first"], 1], "unknown-field", "/1/1", None),
        (["equals", ["dataModel", "people.first"], 1], "no-row", "/1/1", None),
        (["not", ["component", "pikc"]], "unknown-component", "/1/1", ["not", ["component", "pick"]]),
        (["not", ["component", "h"]], "no-answer", "/1/1", None),
        (["not", ["component", "first"]], "no-row", "/1/1", None),
        (["not", ["displayValue", "people"]], "no-answer", "/1/1", None),
        (["not", [*NAME, "modell"]], "unknown-data-type", "/1/2", ["not", [*NAME, "model"]]),
        (["equals", ["countDataElements", "x"], 1], "unknown-data-type", "/1/1", None),
        (["equals", ["optionLabel", "x", 1], "a"], "missing-options", "/1/1", None),
        (
            ["concat", ["linkToPage", "a", "Nxt"]],
            "unknown-page",
            "/1/2",
            ["concat", ["linkToPage", "a", "Next"]],
        ),
        (["authContext", "raed"], "unknown-action", "/1", ["authContext", "read"]),
        (["equals", ["argv", 0], 1], "no-argument", "/1/1", None),
        (["equals", ["value"], 1], "no-argument", "/1", None),
        (["equals", ["gatewayAction"], 1], "no-gateway", "/1", None),
        (["equals", PICK, "Ja"], "no-such-option", "/2", ["equals", PICK, "y"]),
        (["equals", ["dataModel", "phone"], "Q"], "no-such-option", "/2", None),
        (["equals", ["component", "age"], "ten"], "never-equal", "/2", None),
        (["dataModel", "people"], "wrong-result", "", None),
    ],
)
def test_what_is_wrong_in_an_app_is_named_at_its_part_and_mended(
    hidden: Any, code: str, at: str, fixed: Any
) -> None:
    (found,) = said(made(hidden))
    assert (found.code, found.severity) == (code, "warning")
    assert found.place.pointer == f"/data/layout/0/hidden{at}"
    assert (found.place.component, found.place.page) == ("name", "Contact")
    assert str(found.sentence).startswith("Page *Kontakt*: *Navn*, rule for hidden: ")
    if fixed is not None:
        assert found.fix is not None
        assert found.fix.to_dict()["value"] == fixed


@pytest.mark.parametrize(
    "hidden",
    [
        ["equals", ["dataModel", "phone"], "y"],
        ["equals", ["dataModel", "people[0].first"], "a"],
        ["greaterThan", ["count", ["dataModel", "people"]], 1],
        ["equals", ["dataModel", "people[0].altinnRowId"], "a"],
        ["equals", ["text", "whatever"], "a"],
        ["equals", ["component", "pick"], None],
    ],
)
def test_what_is_there_is_passed_over(hidden: Any) -> None:
    assert said(made(hidden)) == []


def test_a_field_that_is_calculated_may_be_more_than_its_options() -> None:
    calculation = {"calculations": {"phone": {"expression": ["concat", "a"]}}}
    more = {"App/models/model.calculation.json": as_json(calculation)}
    assert said(made(["equals", ["dataModel", "phone"], "other"], more=more)) == []


def test_rules_and_conditions_that_cannot_be_read_keep_an_app_from_being_deployed() -> None:
    rule = {"condition": ["greaterThan", ["dataModel", ["argv", 0]]], "message": "m"}
    rules = {"validations": {"age": [rule]}}
    (found,) = said(made(more={"App/models/model.validation.json": as_json(rules)}))
    assert (found.code, found.severity, found.place.pointer) == (
        "bad-expression",
        "error",
        "/validations/age/0/condition",
    )


def asks(name: str) -> list[Any]:
    return ["equals", ["component", name], "a"]


def test_what_is_shown_only_with_its_own_answer_goes_in_a_circle() -> None:
    own = app(pages={"P": (field("name", hidden=asks("name")),)})
    (found,) = said(own)
    assert (found.code, found.place.pointer) == ("circular-rule", "/data/layout/0/hidden")

    held = (group("box", "name", hidden=asks("phone")), field("name"), field("phone", hidden=asks("name")))
    (found,) = said(app(pages={"P": held}))
    assert str(found.sentence).endswith("in a circle: box → Telefon → Navn → box.")

    data = field("name", hidden=["equals", ["dataModel", "name"], "a"])
    assert said(app(pages={"P": (data,)})) == []


def test_texts_that_expressions_name_and_do_not_exist_are_named_at_their_part() -> None:
    title = ["if", ["equals", NAME, ["text", "a.gone"]], "name.title", "else", "b.gone"]
    named = field("name", textResourceBindings={"title": title})
    found = [each for each in check(app(pages={"P": (named,)})) if each.code == "missing-text"]
    where = "/data/layout/0/textResourceBindings/title"
    assert [each.place.pointer for each in found] == [f"{where}/1/2/1", f"{where}/4"]


def test_the_same_expression_is_checked_anew_when_what_it_asks_about_is_another() -> None:
    page = {"P": (field("name", hidden=["equals", ["dataModel", "age"], "ten"]),)}
    number = app(pages=page, fields={"name": "string", "age": "integer"})
    text = app(pages=page, fields={"name": "string", "age": "string"})
    for _ in range(2):
        assert [found.code for found in said(number)] == ["never-equal"]
        assert said(text) == []


def test_a_sentence_follows_the_name_of_what_it_is_about() -> None:
    page = {"P": (field("name"), field("age", hidden=["equals", ["component", "age"], "x"], type="Input"))}
    for title in ("Alder", "Hvor gammel"):
        texts = {"nb": {"age.title": title}}
        found = next(each for each in check(app(pages=page, texts=texts)) if each.code == "never-equal")
        assert title in str(found.sentence).partition("rule for hidden")[2]


@pytest.mark.parametrize(
    ("depth", "code"), [(150, "bad-expression"), (900, "broken-json"), (100_000, "broken-json")]
)
def test_an_expression_that_is_nested_without_end_is_named(depth: int, code: str) -> None:
    deep = ('["not",' * depth + "true" + "]" * depth).encode()
    page = b'{"data": {"layout": [{"id": "a", "type": "Divider", "hidden": ' + deep + b"}]}}"
    found = check(AppDefinition(app_files(more={"App/ui/Task_1/layouts/Contact.json": page})))
    (one,) = (each for each in found if each.code in {"bad-expression", "broken-json"})
    assert (one.code, one.place.path) == (code, "App/ui/Task_1/layouts/Contact.json")
    assert "nested too deeply" in str(one.sentence)


def test_many_long_rules_are_checked() -> None:
    long = ["or", *(["equals", NAME, str(each)] for each in range(200))]
    assert (
        said(
            app(
                pages={
                    "P": tuple(
                        field(f"f{n}", "name", hidden=[*long, ["equals", NAME, f"x{n}"]]) for n in range(100)
                    )
                }
            )
        )
        == []
    )


def test_a_real_app_that_works_has_no_error_in_its_expressions(app_folder: Path) -> None:
    read = app_definition(folder_files(app_folder))
    found = [problem for place in expression_places(read) for problem in problems_at(read, place)]
    assert [problem for problem in found if problem.certainty == "broken"] == []
    assert {problem.code for problem in found} <= {"unknown-field", "no-row"}
