"""The shared expression vectors: functions, malformed expressions, gateways, contexts of components."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from studio.definition.expressions import (
    ExpressionError,
    Form,
    PageLayout,
    Spot,
    Surroundings,
    evaluate,
    form_tree,
)
from studio.definition.expressions.checking import Answer, Question, problems_of
from studio.definition.expressions.checking.types import ANY

pytestmark = pytest.mark.conformance

# Cases that cannot come out as the file says, each with the reason.
LEFT_OUT: dict[str, str] = {}


def read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8-sig")
    text = re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
    return json.loads(re.sub(r",(\s*[}\]])", r"\1", text), parse_float=Decimal)


def form_of(case: dict[str, Any]) -> Form:
    layouts = case.get("layouts") or {
        "default": {"data": {"layout": [{"id": "current-component", "type": "Paragraph"}]}}
    }
    pages = [
        PageLayout(name, layout["data"]["layout"], layout["data"].get("hidden", False))
        for name, layout in layouts.items()
    ]
    models = {entry["dataElement"]["dataType"]: entry["data"] for entry in case.get("dataModels", [])}
    elements = [entry["dataElement"] for entry in case.get("dataModels", [])]
    if "dataModels" not in case:
        models, elements = {"default": case.get("dataModel") or {}}, [{"dataType": "default"}]
    instance = case.get("instance")
    resources = {entry["id"]: entry for entry in case.get("textResources", [])}
    permissions = case.get("permissions") or {}
    actions = {key: permissions[key] for key in ("read", "write") if key in permissions}
    task = (case.get("process") or {}).get("currentTask") or {}
    around = Surroundings(
        models=models,
        default_type=next(iter(models)),
        language=(case.get("profileSettings") or {}).get("language", "nb"),
        resource=resources.get,
        options=(case.get("codeLists") or {}).get,
        settings=case.get("frontendSettings") or {},
        instance=None if case.get("stateless") else instance,
        elements=[*elements, *case.get("instanceDataElements", [])],
        task_id=task.get("elementId", "Task_1"),
        actions=actions | permissions.get("actions", {}),
        external=(case.get("externalApis") or {}).get("data", {}),
        gateway_action=case.get("gatewayAction"),
    )
    return Form(form_tree(pages), around)


def spot_of(case: dict[str, Any], form: Form) -> Spot:
    context = case.get("context") or {}
    if "component" in context:
        spot = form.spot(context["component"], tuple(context.get("rowIndices") or ()))
    else:
        spot = form.page(context.get("currentLayout") or form.tree.pages[0].name)
    named = case.get("valueArguments") or {}
    return spot.with_arguments(case.get("positionalArguments"), named.get("data"), named.get("defaultKey"))


def cases(folder: Path) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(name, the file, the case) of every case in a folder."""
    for path in sorted(folder.rglob("*.json")):
        case = read(path)
        name = f"{path.relative_to(folder.parent)}"
        if "expression" in case:
            yield name, case, case
        for number, part in enumerate(case.get("testCases", [])):
            yield f"{name}#{number}", case, part


def equal(found: Any, expected: Any) -> bool:
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    if isinstance(found, int | float | Decimal) and isinstance(expected, int | float | Decimal):
        return float(found) == pytest.approx(float(expected), rel=1e-12)
    if isinstance(found, list) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(equal, found, expected))
    if isinstance(found, dict) and isinstance(expected, dict):
        return found.keys() == expected.keys() and all(equal(found[key], expected[key]) for key in found)
    return type(found) is type(expected) and found == expected


def miss(case: dict[str, Any], part: dict[str, Any]) -> str | None:
    """What is wrong with the outcome of a case; None where it is right."""
    form = form_of(case)
    fails = part.get("expectsFailure")
    try:
        if form.tree.problems:
            raise ExpressionError("; ".join(form.tree.problems))
        found = evaluate(part["expression"], spot_of(case, form))
    except ExpressionError as error:
        if fails is None:
            return f"failed: {error.reason}"
        return None if fails.strip("*") in error.reason else f"expected {fails!r}, failed: {error.reason}"
    if fails is not None:
        return f"expected {fails!r}, found {found!r}"
    return None if equal(found, part.get("expects")) else f"expected {part.get('expects')!r}, found {found!r}"


@pytest.mark.parametrize("folder", ["functions", "invalid", "backend-only"])
def test_every_shared_case_comes_out_as_its_file_says(vectors: Path, folder: str) -> None:
    misses, count = {}, 0
    for name, case, part in cases(vectors / "expressions" / folder):
        count += 1
        wrong = miss(case, part)
        if (wrong is not None) != (name in LEFT_OUT):
            misses[name] = wrong or "is right now: take it off the list"
    assert count > 0
    assert misses == {}


class Anything:
    """Surroundings of which nothing is known."""

    def answer(self, _question: Question) -> Answer:
        return ANY

    def words(self, call: list[Any], *, as_condition: bool = False) -> str:
        return f"{call}{as_condition}"


@pytest.mark.parametrize("folder", ["functions", "backend-only"])
def test_no_shared_case_that_has_a_value_is_said_to_fail(vectors: Path, folder: str) -> None:
    said = {
        name: found
        for name, case, part in cases(vectors / "expressions" / folder)
        if miss(case, part) is None and "expectsFailure" not in part
        for found in problems_of(part["expression"], Anything())
        if found.certainty != "misleading"
    }
    assert said == {}


def outline(spot: Spot) -> dict[str, Any]:
    """A place and what is inside it, in the shape of expectedContexts."""
    found: dict[str, Any] = {
        "component": spot.node.id if spot.node else spot.page,
        "currentLayout": spot.page,
    }
    if spot.rows:
        found["rowIndices"] = list(spot.rows)
    children = [outline(child) for child in spot.form.children(spot)]
    return found | ({"children": children} if children else {})


def tidy(context: dict[str, Any]) -> dict[str, Any]:
    """An expected context without empty parts."""
    found = {key: context[key] for key in ("component", "currentLayout")}
    if context.get("rowIndices"):
        found["rowIndices"] = context["rowIndices"]
    children = [tidy(child) for child in context.get("children") or []]
    return found | ({"children": children} if children else {})


def test_the_contexts_of_components_are_those_of_the_shared_files(vectors: Path) -> None:
    paths = sorted((vectors / "expressions" / "context-lists").rglob("*.json"))
    assert paths
    for path in paths:
        case = read(path)
        form = form_of(case)
        found = [outline(form.page(page.name)) for page in form.tree.pages]
        assert found == [tidy(context) for context in case["expectedContexts"]], path.name
