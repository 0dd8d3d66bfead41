"""What is checked when people go on: for a page, for a form, for all forms."""

import json
from typing import Any

import pytest
from builders import app_files, as_json

from studio.definition.app import AppDefinition
from studio.definition.changes import Change, SetPageChecks, from_dict, page_checks
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import MemoryFiles

ALL = ("Required", "Schema", "Component", "Expression", "CustomBackend")


def app(**more: Any) -> AppDefinition:
    return AppDefinition(app_files(**more))


def made(before: AppDefinition, change: Change) -> AppDefinition:
    assert from_dict(json.loads(json.dumps(change.to_dict()))) == change
    edits = change.apply(before)
    files = {path: data for path, data in {**before.files, **edits}.items() if data is not None}
    return AppDefinition(MemoryFiles(files))


@pytest.mark.parametrize("generation", ["v8", "v9"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_checked_is_said_changed_by_one_line_and_taken_back(number: int, generation: str) -> None:
    before = app(generation=generation)
    form = before.layout_sets[0].id
    levels = ((form, "Contact"), (form, ""), ("", ""))
    level = levels[number]
    said = made(before, SetPageChecks(*level, "currentAndPrevious", ALL[1:]))
    assert page_checks(said, *level) == ("currentAndPrevious", ALL[1:])
    assert all(page_checks(said, *other) == ("", ALL) for other in levels if other != level)
    wider = made(said, SetPageChecks(*level, "all", ALL[1:]))
    [path] = [path for path in wider.files if wider.files[path] != said.files[path]]
    lines = zip(said.files[path].splitlines(), wider.files[path].splitlines(), strict=True)
    assert len([one for one, other in lines if one != other]) == 1
    again = made(wider, SetPageChecks(*level, ""))
    assert page_checks(again, *level) == ("", ALL)
    if level[0]:  # a file for all forms stays where it was made
        assert again.files[path] == before.files[path]
    assert not SetPageChecks(*level, "").apply(again)


def test_errors_are_named_together_where_they_can_be_and_kept_as_they_are_written() -> None:
    def show(of: AppDefinition) -> Any:
        return of.page("Task_1", "Contact").raw["validationOnNavigation"]["show"]  # type: ignore[union-attr]  # it is there

    assert show(made(app(), SetPageChecks("Task_1", "Contact", "all"))) == ["All"]
    assert show(made(app(), SetPageChecks("Task_1", "Contact", "all", ALL[1:]))) == ["AllExceptRequired"]
    few = made(app(), SetPageChecks("Task_1", "Contact", "all", ("Schema", "Required")))
    assert show(few) == ["Required", "Schema"]


def test_a_form_without_settings_says_its_order_with_what_is_checked() -> None:
    before = app()
    path = before.layout_sets[0].settings_path
    bare = AppDefinition(app_files(more={path: as_json({"defaultDataType": "model"})}))
    pages = made(bare, SetPageChecks("Task_1", "", "all")).layout_sets[0].settings["pages"]
    assert pages["order"] == ["Contact", "Summary"]


def test_nothing_to_look_for_an_unknown_choice_and_a_page_that_is_gone_are_refused() -> None:
    for bad in (
        SetPageChecks("Task_1", "Contact", "all", ()),
        SetPageChecks("Task_1", "Contact", "some"),
        SetPageChecks("", "", "all", ("Odd",)),
    ):
        with pytest.raises(DomainError):
            bad.apply(app())
    for gone in (SetPageChecks("Task_1", "Gone", "all"), SetPageChecks("Task_9", "", "")):
        with pytest.raises(NotThere):
            gone.apply(app())
