"""Every expression of the shared vectors can be shown as boxes whose paths lead to its parts."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from studio.definition.app import app_definition
from studio.definition.rules.checking import problems_at
from studio.definition.rules.sentences import editing
from studio.features.rules.boxes import Box, digest
from studio.features.rules.editor import boxes_of
from studio.features.rules.rule import Facing, rule_at
from studio.features.rules.steps import read_path
from studio.features.rules.workplace import Workplace
from tests.features.rules_app import rules_files

_HOLDING = ("expression", "condition", "message", "hidden", "required", "readOnly")


@pytest.fixture(scope="module")
def expressions(vectors: Path) -> list[Any]:
    """What stands in the places of expressions in the vectors, each once; also what is none."""
    found: dict[str, Any] = {}
    for folder in ("expressions", "expression-validation", "calculation", "hidden-data"):
        for file in sorted((vectors / folder).rglob("*.json")):
            for value in _held(json.loads(file.read_text("utf-8-sig"), strict=False)):
                found[json.dumps(value)] = value
    assert len(found) > 500
    return list(found.values())


def _held(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from (value[name] for name in _HOLDING if name in value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _held(inner)


@pytest.mark.parametrize(
    ("address", "facing"),
    [
        ("component/Task_1/reason/hidden", "show"),
        ("component/Task_1/reason/hidden", "hide"),
        ("calculation/model/costs", ""),
    ],
)
def test_every_part_of_every_expression_has_its_box(
    studio: Flask, expressions: list[Any], address: str, facing: Facing
) -> None:
    work = Workplace("ttd", "benefit", None, "", app_definition(rules_files()), "en")  # type: ignore[arg-type]  # no draft is needed
    rule = rule_at(work, address)

    with studio.test_request_context("/"):
        for expression in expressions:
            here = replace(rule, place=replace(rule.place, expression=expression), facing=facing)
            whole = boxes_of(here, problems_at(work.app, here.place)).whole(
                here.node, is_condition=here.is_condition
            )
            for box in _all(whole):
                part = editing.part(here.expression, read_path(box.path))
                assert box.was == digest(part), (expression, box)


def _all(box: Box) -> Iterator[Box]:
    yield box
    for inner in box.inside:
        yield from _all(inner)
