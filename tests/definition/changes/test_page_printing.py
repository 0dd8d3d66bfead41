"""What goes into the PDF of a form: pages that are left out, and a page that it is made of."""

import json
from typing import Any

import pytest
from builders import app_files, field

from studio.definition.app import AppDefinition
from studio.definition.changes import Change, SetPagePrinted, SetPdfPage, from_dict
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import MemoryFiles

PAGES = {"one": [field("a")], "two": [field("b")], "three": [field("c")]}


def app(pages: Any = None, only: tuple[str, ...] = ("one", "two", "three")) -> AppDefinition:
    """An app whose Settings.json holds `pages`."""
    made = app_files(pages={name: PAGES[name] for name in only}, fields={"a": "string"})
    files = {**made}
    path = AppDefinition(made).layout_sets[0].settings_path
    settings = json.loads(files[path]) if path in files else {}
    files[path] = json.dumps({**settings, "pages": pages or {"order": list(only)}}, indent=2).encode()
    return AppDefinition(MemoryFiles(files))


def made(before: AppDefinition, *changes: Change) -> AppDefinition:
    for change in changes:
        assert from_dict(json.loads(json.dumps(change.to_dict()))) == change
        edits = change.apply(before)
        files = {**before.files, **{path: data for path, data in edits.items() if data is not None}}
        before = AppDefinition(MemoryFiles(files))
    return before


def pages(of: AppDefinition) -> Any:
    return of.layout_sets[0].settings["pages"]


def test_a_page_is_left_out_of_the_pdf_and_taken_in_again() -> None:
    without = made(app(), SetPagePrinted("Task_1", "two", False))
    assert pages(without) == {"order": ["one", "two", "three"], "excludeFromPdf": ["two"]}
    assert pages(made(without, SetPagePrinted("Task_1", "two", True))) == {"order": ["one", "two", "three"]}
    assert made(without, SetPagePrinted("Task_1", "two", False)).files == without.files


def test_a_page_that_makes_the_pdf_leaves_the_order_and_comes_back_when_another_takes_its_place() -> None:
    first = made(app(), SetPdfPage("Task_1", "two", True))
    assert pages(first) == {"order": ["one", "three"], "pdfLayoutName": "two"}
    second = made(first, SetPdfPage("Task_1", "three", True))
    assert pages(second) == {"order": ["one", "two"], "pdfLayoutName": "three"}
    assert pages(made(second, SetPdfPage("Task_1", "three", False))) == {"order": ["one", "two", "three"]}


def test_a_page_in_a_group_makes_the_pdf_too() -> None:
    grouped = app({"groups": [{"order": ["one"]}, {"name": "more", "order": ["two", "three"]}]})
    printed = pages(made(grouped, SetPdfPage("Task_1", "two", True)))
    assert printed["groups"][1]["order"] == ["three"]
    assert printed["pdfLayoutName"] == "two"


def test_the_only_page_and_one_that_is_gone_cannot_be_the_pdf() -> None:
    with pytest.raises(DomainError):
        SetPdfPage("Task_1", "one", True).apply(app(only=("one",)))
    with pytest.raises(NotThere):
        SetPdfPage("Task_1", "four", True).apply(app())
    with pytest.raises(NotThere):
        SetPagePrinted("Task_1", "four", False).apply(app())
