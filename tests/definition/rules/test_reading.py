"""Rule files are read whatever is in them; what is wrong is named at its place, and the rest still counts."""

from typing import Any

import pytest
from builders import app, as_json, schema
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.checks import check
from studio.definition.rules import (
    Problem,
    prefill_of,
    read_calculations,
    read_prefill,
    read_validations,
    validations_of,
)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["", "name", "plus", "dataModel", "error"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "validations",
                    "definitions",
                    "calculations",
                    "expression",
                    "condition",
                    "ref",
                    "ER",
                    "severity",
                    "x",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def named(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    assert all(str(each.sentence) for each in problems)
    return [(each.code, each.pointer) for each in problems]


@given(JSON)
def test_anything_at_all_can_be_read(content: Any) -> None:
    for read in (read_validations, read_calculations, read_prefill):
        for problem in read(content).problems:
            at(content, problem.pointer)


def at(content: Any, pointer: str) -> Any:
    """What a pointer leads to, which must exist."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        content = content[int(name)] if isinstance(content, list) else content[name]
    return content


def test_a_rule_is_its_definition_with_what_it_says_itself() -> None:
    found = read_validations(
        {
            "validations": {
                "a": ["short", {"ref": "short", "condition": ["equals", 1, 1], "showImmediately": True}],
                "b": [{"message": "m", "condition": True, "severity": "Info"}],
            },
            "definitions": {
                "base": {"message": "too.short", "severity": "warning"},
                "short": {"ref": "base", "condition": True},
            },
        }
    )
    assert found.problems == ()
    first, second = found.rules["a"]
    assert (first.condition, first.message, first.severity, first.show_immediately) == (
        True,
        "too.short",
        "warning",
        False,
    )
    assert (second.condition, second.message, second.show_immediately) == (
        ["equals", 1, 1],
        "too.short",
        True,
    )
    assert (first.definition, second.definition, second.pointer) == ("short", "short", "/validations/a/1")
    assert found.rules["b"][0].severity == "info"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], [("bad-rule-file", "")]),
        ({"validations": []}, [("bad-rule-file", "/validations")]),
        ({"validations": {"a": {}}}, [("bad-rule-file", "/validations/a")]),
        ({"validations": {"a": [7]}}, [("bad-rule-file", "/validations/a/0")]),
        ({"validations": {"a": ["gone"]}}, [("missing-definition", "/validations/a/0")]),
        ({"validations": {"a": [{"message": "m"}]}}, [("incomplete-rule", "/validations/a/0")]),
        ({"validations": {"a": [{"condition": True}]}}, [("incomplete-rule", "/validations/a/0")]),
        (
            {"validations": {"a": [{"condition": True, "message": "m", "severity": "fatal"}]}},
            [("unknown-severity", "/validations/a/0/severity")],
        ),
        (
            {"definitions": {"x": {"ref": "x", "condition": True}}},
            [("missing-definition", "/definitions/x/ref")],
        ),
        (
            {"definitions": {"x": {"ref": "y", "condition": True}, "y": {"condition": True}}},
            [("missing-definition", "/definitions/x/ref")],
        ),
        (
            {"validations": {"a/b": [{"condition": ["and", True, ["not", ["nope"]]], "message": "m"}]}},
            [("bad-expression", "/validations/a~1b/0/condition/2/1")],
        ),
        (
            {"validations": {"a": ["x", "x"]}, "definitions": {"x": {"condition": ["plus"], "message": "m"}}},
            [("bad-expression", "/definitions/x/condition")],
        ),
        (
            {"validations": {"a": [{"condition": True, "message": ["concat", {"a": 1}]}]}},
            [("bad-expression", "/validations/a/0/message/1")],
        ),
    ],
)
def test_what_is_wrong_with_a_rule_is_named_where_it_stands(
    content: Any, expected: list[tuple[str, str]]
) -> None:
    assert named(read_validations(content).problems) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], [("bad-rule-file", "")]),
        ({"calculations": 1}, [("bad-rule-file", "/calculations")]),
        ({"calculations": {"a": None}}, [("incomplete-rule", "/calculations/a")]),
        (
            {"calculations": {"a": {"expression": ["sum"]}}},
            [("bad-expression", "/calculations/a/expression")],
        ),
        (
            {"calculations": {"a": {"expression": ["plus", ["dataModel", "a"], 1]}}},
            [("own-result", "/calculations/a")],
        ),
        (
            {
                "calculations": {
                    "free": {"expression": ["dataModel", "a"]},
                    "a": {"expression": ["plus", ["dataModel", "b"], 1]},
                    "b": {"expression": ["plus", ["dataModel", "c"], ["dataModel", "x"]]},
                    "c": {"expression": ["if", True, ["dataModel", "a"]]},
                }
            },
            [("circular-calculation", "/calculations/a")],
        ),
    ],
)
def test_what_is_wrong_with_a_calculation_is_named_where_it_stands(
    content: Any, expected: list[tuple[str, str]]
) -> None:
    assert named(read_calculations(content).problems) == expected


def test_a_circle_of_calculations_is_named_field_by_field() -> None:
    rules = {name: {"expression": ["dataModel", other]} for name, other in ("ab", "bc", "ca")}
    (problem,) = read_calculations({"calculations": rules}).problems
    assert "a → b → c → a" in str(problem.sentence)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], [("bad-rule-file", "")]),
        ({"ER": []}, [("bad-rule-file", "/ER")]),
        ({"ER": {"OrgNumber": None}}, [("incomplete-rule", "/ER/OrgNumber")]),
        ({"DSF": {"Shoesize": "a"}}, [("unknown-prefill-key", "/DSF/Shoesize")]),
        ({"DSF": {"lastname": "a"}}, [("unknown-prefill-key", "/DSF/lastname")]),
        (
            {"DAN": {"x": "a"}, "Mine": {}},
            [("unknown-prefill-source", "/DAN"), ("unknown-prefill-source", "/Mine")],
        ),
        ({"ER": {"Name": "a.b-c"}, "DSF": {"Name": "A.BC"}}, [("prefilled-twice", "/DSF/Name")]),
        ({"UserProfile": {"Party.Person.LastName": "a"}, "QueryParameters": {"any": "b"}}, []),
    ],
)
def test_what_is_wrong_with_a_prefill_is_named_where_it_stands(
    content: Any, expected: list[tuple[str, str]]
) -> None:
    assert named(read_prefill(content).problems) == expected


FIELDS = {
    "name": "string",
    "born": {"type": "string", "format": "date"},
    "rows": {"type": "array", "items": {"type": "object", "properties": {"total": {"type": "number"}}}},
    "group": {"type": "object", "properties": {"inner": {"type": "string"}}},
}


def with_rules(**contents: Any) -> AppDefinition:
    files = {f"App/models/model.{kind}.json": as_json(content) for kind, content in contents.items()}
    return app(fields=FIELDS, more={**files, "App/models/model.schema.json": as_json(schema(FIELDS))})


def findings(**contents: Any) -> list[tuple[str, str, str | None]]:
    ours = [each for each in check(with_rules(**contents)) if ".schema" not in each.place.path]
    about = [each for each in ours if each.place.path.startswith("App/models/")]
    assert all(each.place.line and each.remedy for each in about)
    return [(each.code, each.severity, each.place.pointer) for each in about]


def test_the_app_check_names_fields_that_a_rule_cannot_be_about() -> None:
    rule = {"message": "m", "condition": True}
    assert findings(validation={"validations": {"name": [rule], "gone": [rule]}}) == [
        ("missing-rule-field", "warning", "/validations/gone")
    ]
    calculated = {path: {"expression": 1} for path in ("rows.total", "rows", "gone")}
    assert findings(calculation={"calculations": calculated}) == [
        ("missing-rule-field", "warning", "/calculations/rows"),
        ("missing-rule-field", "warning", "/calculations/gone"),
    ]
    targets = {
        "Name": "NAME",
        "FirstName": "gone",
        "LastName": "rows.total",
        "SSN": "group",
        "AddressCity": "born",
    }
    assert findings(prefill={"DSF": targets}) == [
        ("missing-rule-field", "warning", "/DSF/FirstName"),
        ("wrong-prefill-field", "warning", "/DSF/LastName"),
        ("wrong-prefill-field", "warning", "/DSF/SSN"),
        ("wrong-prefill-field", "warning", "/DSF/AddressCity"),
    ]


def test_a_rule_that_cannot_be_carried_out_keeps_an_app_from_being_deployed() -> None:
    broken = {"validations": {"name": [{"message": "m", "condition": ["equals", 1]}]}}
    assert findings(validation=broken) == [("bad-expression", "error", "/validations/name/0/condition")]


def test_a_message_that_is_no_text_of_the_app_is_named_where_it_is_written() -> None:
    content = {
        "validations": {
            "name": ["far", {"ref": "far", "condition": False}, {"message": "Skriv mer", "condition": True}]
        },
        "definitions": {"far": {"message": "name.too.far", "condition": True}},
    }
    assert findings(validation=content) == [("missing-text", "warning", "/definitions/far/message")]
    content["definitions"]["far"]["message"] = "half"
    half = app(
        texts={"nb": {"half": "Halv"}, "en": {}},
        more={"App/models/model.validation.json": as_json(content)},
    )
    found = [each for each in check(half) if each.place.pointer == "/definitions/far/message"]
    assert [each.code for each in found] == ["missing-translation"]


def test_rules_for_a_data_type_that_is_not_there_are_named() -> None:
    found = check(app(more={"App/models/other.prefill.json": b"{}"}))
    assert [(each.code, each.severity) for each in found] == [("unused-rules", "advice")]


def test_a_broken_file_has_one_finding_and_no_rules() -> None:
    broken = app(more={"App/models/model.validation.json": b'{"validations": '})
    assert [each.code for each in check(broken)] == ["broken-json"]
    assert validations_of(broken, "model").rules == {}
    assert prefill_of(broken, "model").fields == ()


def test_an_expression_nested_ten_thousand_deep_is_refused_where_it_becomes_too_deep() -> None:
    deep: Any = True
    for _ in range(10_000):
        deep = ["not", deep]
    (problem,) = read_calculations({"calculations": {"a": {"expression": deep}}}).problems
    assert problem.code == "bad-expression"
    assert problem.pointer.startswith("/calculations/a/expression/1/1/1")
    assert len(problem.pointer) < 300


def test_a_file_nested_ten_thousand_deep_is_a_finding() -> None:
    content = b'{"calculations": {"a": {"expression": ' + b'["not", ' * 10_000 + b"1" + b"]" * 10_000 + b"}}}"
    assert [each.code for each in check(app(more={"App/models/model.calculation.json": content}))] == [
        "broken-json"
    ]


def test_thousands_of_rules_that_need_one_another_are_read_at_once() -> None:
    chain = {f"f{n}": {"expression": ["plus", ["dataModel", f"f{n + 1}"], 1]} for n in range(5000)}
    assert read_calculations({"calculations": chain}).problems == ()
    chain["f5000"] = {"expression": ["dataModel", "f0"]}
    (problem,) = read_calculations({"calculations": chain}).problems
    assert problem.code == "circular-calculation"
