"""Layouts that a parser must take or refuse, from the shared vectors (layout-parse)."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import app, as_json

from studio.definition.checks import check
from studio.definition.layouts import Component

pytestmark = pytest.mark.conformance

PAGE = "App/ui/Task_1/layouts/Contact.json"


def test_layouts_have_the_expected_tree_or_are_refused(vectors: Path) -> None:
    files = sorted((vectors / "layout-parse").glob("*.json"))
    assert files
    for path in files:
        case = json.loads(path.read_text(encoding="utf-8"))
        found = app(more={PAGE: as_json(case["layout"])})
        page = found.layout_sets[0].pages[0]
        codes = {finding.code for finding in check(found) if finding.place.path == PAGE}
        assert ("component-without-id" in codes) == (not case["valid"]), path.name
        if "expectedHierarchy" in case:
            assert [_tree(root) for root in page.roots] == [
                _expected(node) for node in case["expectedHierarchy"]
            ], path.name


def _tree(component: Component) -> Any:
    return (component.id, [_tree(child) for child in component.children])


def _expected(node: dict[str, Any]) -> Any:
    return (node["id"], [_expected(child) for child in node.get("children", [])])
