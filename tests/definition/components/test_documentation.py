"""The reference of component types is what the catalogue says, and lies where readers look for it."""

from pathlib import Path

import pytest

from studio.definition.components import CATALOGUE
from studio.definition.components.documentation import pages

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference" / "components"


def test_the_reference_is_what_the_catalogue_says() -> None:
    written = {path.name: path.read_text() for path in FOLDER.glob("*.md")}
    assert written == pages(), "the reference is stale: run `studio docs write`"


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_a_page_names_every_property_text_and_binding(name: str) -> None:
    kind, page = CATALOGUE[name], pages()[f"{name}.md"]
    common = pages()["every-component.md"]
    for found in kind.properties:
        assert f"| `{found.name}`" in page or f"| `{found.name}`" in common
    for slot in (*kind.texts, *kind.bindings):
        assert f"| `{slot.key}`" in page


def test_a_page_goes_into_objects_lists_and_alternatives() -> None:
    page = pages()["CustomButton.md"]
    assert "| `actions[].metadata.page` **(required)** | name of a page |" in page
    assert 'type: `"ServerAction"`' in page
    grid = pages()["RepeatingGroup.md"]
    assert "| `tableColumns.{}.textOverflow.maxHeight` | number | `2` |" in grid


def test_every_page_is_in_the_list_and_leads_to_pages_that_exist() -> None:
    every = pages()
    assert all(f"]({name})" in every["README.md"] for name in every if name != "README.md")
    for page in every.values():
        linked = {part.partition(")")[0] for part in page.split("](")[1:]}
        assert linked <= every.keys()
