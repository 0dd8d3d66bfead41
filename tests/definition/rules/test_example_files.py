"""The format of example files as it is documented, and real apps with old rules."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from real_apps import parametrize_apps
from ruled_app import TOO_YOUNG, example, of, ruled_app

from studio.definition.app import app_definition
from studio.definition.changes import AddExample
from studio.definition.files import folder_files
from studio.definition.rules.examples.example import read_examples
from studio.definition.rules.old_rules import old_rules_of, proposals

pytest_generate_tests = parametrize_apps

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
SCHEMA = json.loads((REFERENCE / "rule-examples.schema.json").read_text())


def is_valid(content: Any) -> bool:
    return bool(jsonschema.Draft202012Validator(SCHEMA).is_valid(content))


def test_the_documented_file_is_read_and_fits_its_schema() -> None:
    (written,) = re.findall(r"```json\n(.*?)```", (REFERENCE / "rule-examples.md").read_text(), re.DOTALL)
    content = json.loads(written)

    found = read_examples(content)

    assert ([each.name for each in found.examples], found.problems) == (["Two children", "Too young"], ())
    assert is_valid(content)


def test_what_studio_writes_fits_the_schema() -> None:
    given = {"people[1].age": 12}
    new = {"name": "A", "rule": TOO_YOUNG, "given": given, "row": [1], "expect": "given"}

    (data,) = AddExample("model", new).apply(ruled_app()).values()

    assert data is not None
    assert is_valid(json.loads(data))


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": {"form": "x"}},
        {"rule": {**of("a"), "page": "b"}},
        {"given": {"a..b": 1}},
        {"given": {"a[b]": 1}},
        {"row": [-1]},
        {"owner": "king"},
    ],
)
def test_schema_and_reader_refuse_the_same(wrong: dict[str, Any]) -> None:
    content = {"examples": [{**example(of("children"), "shown"), **wrong}]}

    assert (is_valid(content), read_examples(content).examples) == (False, ())


def test_old_rules_of_real_apps_are_read_and_each_says_why_it_stays(app_folder: Path) -> None:
    app = app_definition(folder_files(app_folder))

    for old in old_rules_of(app):
        found = proposals(app, old)
        # The shared apps come without the code of their rules.
        assert all(each.why_not is not None for each in found)
        assert len({each.rule.id for each in found}) == len(old.rules)
