"""What the server has to do with rules of older apps: what a page is given, and what is believed of it."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from old_rules_app import old_files

from studio.definition.app import AppDefinition
from studio.definition.files import EditedFiles
from studio.runtime.forms.old_rules import data_script, old_rules, rules_script, with_old_rules
from studio.runtime.forms.state import FormState
from studio.runtime.forms.validation import Shown


def state(data: Any = None, **parts: Any) -> FormState:
    app = AppDefinition(old_files(**parts))
    return FormState(app, app.layout_sets[0], "nb", {"model": data or {}}, date(2026, 1, 1))


def said(hidden: Any = (), results: Any = None) -> str:
    return json.dumps({"hidden": list(hidden), "results": results or {}})


def test_the_page_is_given_the_rules_and_what_they_read_and_no_more() -> None:
    here = state({"first": 7, "reason": "secret", "people": [{"age": 12, "work": "x"}, {}]})
    old = old_rules(here)
    assert old is not None

    rules = {rule["function"]: rule for rule in json.loads(rules_script(here, old))}

    assert rules["older"]["targets"] == [{"id": "work", "groups": ["people"]}]
    assert rules["older"]["controls"] == {"people.age": {"as": "text", "kind": "integer"}}
    assert rules["sum"]["targets"] == [{"id": "total", "groups": []}]
    assert json.loads(data_script(here, old)) == {"first": 7, "people": [{"age": 12}, {}]}


def test_only_components_that_rules_are_about_can_be_hidden_by_them() -> None:
    after = with_old_rules(state(), said(["reason", "name", "work-1", "work-x", "workshop", "send"]))

    assert after.old_hidden == {"reason", "work-1"}
    named = {view.id for _, view in Shown.on(after, ["Old"]).views}
    assert "reason" not in named
    assert "name" in named


def test_only_fields_that_rules_work_out_are_written_by_them() -> None:
    before = state({"name": "Kari", "total": 1})

    after = with_old_rules(before, said(results={"total": "12,5", "name": "stolen", "nothing": "1", "": "2"}))

    assert float(after.data["model"]["total"]) == 12.5
    assert after.data["model"]["name"] == "Kari"
    assert before.data["model"]["total"] == 1
    assert with_old_rules(before, said(results={"total": "many"})).data == before.data


@pytest.mark.parametrize(
    "nonsense", ["", "{", "[]", "null", '{"hidden": 1, "results": {}}', '{"hidden": []}', "[" * 50_000]
)
def test_what_cannot_be_read_says_nothing(nonsense: str) -> None:
    before = state({"total": 1})

    assert with_old_rules(before, nonsense) == before


def test_nothing_is_run_where_nobody_writes_or_there_is_no_code() -> None:
    assert old_rules(state(handler=None)) is None
    assert old_rules(replace(state(), read_only=True)) is None
    newer = {"App/ui/layout-sets.json": None, "App/App.csproj": b'"Altinn.App.Core" Version="9.0.0"'}
    app = AppDefinition(EditedFiles(old_files(), newer))
    assert (app.generation, old_rules(replace(state(), app=app))) == ("v9", None)
    assert old_rules(replace(state(), design=True)) is None
    assert with_old_rules(state(handler=None), said(["reason"])).old_hidden == frozenset()
