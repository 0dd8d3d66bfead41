"""The gallery shows every type of component that forms know, in every variant."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from studio.definition.app import AppDefinition
from studio.definition.components import CATALOGUE, ComponentType, component_type
from studio.definition.components.shapes import (
    Alternatives,
    Enumeration,
    ListShape,
    MapShape,
    ObjectShape,
    Shape,
)
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app

# Lists of words that are open in practice: currencies, units, kinds of autofill, types to be excepted.
MOST_VARIANTS = 12
# LikertItem is what forms make of the rows of Likert; no layout names it.
NOT_WRITTEN = {"LikertItem"}
# They stand in steps that the gallery does not have.
ELSEWHERE = {"Payment", "PaymentDetails", "SigneeList", "SigningActions", "SigningDocumentList"}
SHOWN = sorted(name for name in CATALOGUE if name not in NOT_WRITTEN | ELSEWHERE)
# The same for every component: how it is placed on the screen and on paper, when it says what is wrong,
# how choices are ordered. Rows before and after a group are those of a Grid.
SHARED = {"grid", "pageBreak", "showValidations", "sortOrder", "rowsBefore", "rowsAfter"}
SHARED_TEXTS = {"description", "help"}
NOT_HERE = {
    # Is carried out by code of the app, and the gallery has none.
    ("CustomButton", "actions.type", "ServerAction"),
}


@pytest.fixture(scope="module")
def files() -> MemoryFiles:
    return new_app("galleri", "demo", {"nb": "Galleri", "nn": "Galleri", "en": "Gallery"}, "gallery")


@pytest.fixture(scope="module")
def components(files: MemoryFiles) -> list[dict[str, Any]]:
    app = AppDefinition(files)
    return [
        dict(component.raw)
        for layout_set in app.layout_sets
        for page in layout_set.pages
        for component in page.components
    ]


def of_type(components: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [component for component in components if component["type"] == name]


def words_of(shape: Shape, name: str) -> Iterator[tuple[str, Any]]:
    """Every word that may stand somewhere inside a value: (the way there, the word)."""
    if isinstance(shape, Enumeration) and len(shape.choices) <= MOST_VARIANTS:
        yield from ((name, choice.value) for choice in shape.choices)
    elif isinstance(shape, ObjectShape):
        for each in shape.properties:
            yield from words_of(each.shape, f"{name}.{each.name}")
    elif isinstance(shape, ListShape):
        yield from words_of(shape.item, name)
    elif isinstance(shape, MapShape):
        yield from words_of(shape.value, f"{name}.*")
    elif isinstance(shape, Alternatives):
        for inner in shape.shapes:
            yield from words_of(inner, name)


def values_in(raw: Any, shape: Shape, name: str) -> Iterator[tuple[str, Any]]:
    """Every plain value inside a property of a component, by the same way."""
    if isinstance(raw, list):
        for inner in raw:
            yield from values_in(inner, shape, name)
    elif isinstance(raw, dict) and isinstance(shape, MapShape):
        for inner in raw.values():
            yield from values_in(inner, shape.value, f"{name}.*")
    elif isinstance(raw, dict):
        for key, inner in raw.items():
            yield from values_in(inner, shape, f"{name}.{key}")
    else:
        yield name, raw


def variants_of(kind: ComponentType) -> set[tuple[str, Any]]:
    return {
        variant
        for each in kind.properties
        if each.name not in SHARED
        for variant in words_of(each.shape, each.name)
        if (kind.name, *variant) not in NOT_HERE
    }


@pytest.mark.parametrize("name", SHOWN)
def test_every_type_is_shown_in_every_variant(components: list[dict[str, Any]], name: str) -> None:
    kind = CATALOGUE[name]
    examples = of_type(components, name)
    seen = {
        found
        for raw in examples
        for each in kind.properties
        for found in values_in(raw.get(each.name, each.default), each.shape, each.name)
    }
    assert examples
    assert variants_of(kind) - seen == set()


@pytest.mark.parametrize("name", SHOWN)
def test_every_text_and_binding_of_a_type_is_used_somewhere(
    components: list[dict[str, Any]], name: str
) -> None:
    kind = CATALOGUE[name]
    examples = of_type(components, name)
    texts = {slot for raw in examples for slot in raw.get("textResourceBindings", {})}
    bound = {key for raw in examples for key in raw.get("dataModelBindings", {})}
    assert {slot.key for slot in kind.texts if not slot.advanced} - SHARED_TEXTS <= texts
    assert {slot.key for slot in kind.bindings if slot.required} <= bound


def test_every_kind_of_text_is_there_in_every_language(files: MemoryFiles) -> None:
    texts = [
        {each["id"]: each["value"] for each in json.loads(files[path])["resources"]}
        for path in files.under("App/config/texts")
    ]
    assert len(texts) == 3
    assert texts[0].keys() == texts[1].keys() == texts[2].keys()
    assert all(value.strip() for language in texts for value in language.values())


def test_no_two_fields_on_the_pages_keep_the_same_answer(components: list[dict[str, Any]]) -> None:
    bound: dict[str, str] = {}
    for raw in components:
        kind = component_type(str(raw["type"]))
        assert kind is not None
        for key, path in raw.get("dataModelBindings", {}).items():
            # The questions of Likert and the rows of a table are added by another component, and a
            # subform has data of its own.
            if key not in {"questions", "tableData"} and not raw["id"].startswith("stall-"):
                assert path not in bound, f"{raw['id']} and {bound[path]} are both bound to {path}"
                bound[path] = raw["id"]
