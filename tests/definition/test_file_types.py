"""Components that take files bring the data type that keeps the files, and take it along."""

from typing import Any

import pytest
from builders import app, field

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddComponent,
    Change,
    DuplicateComponents,
    RemoveComponents,
    RenameComponent,
    SetProperty,
)
from studio.definition.checks import check
from studio.definition.components import CATALOGUE
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles

HERE = ("Task_1", "Contact")


def after(before: AppDefinition, *changes: Change) -> AppDefinition:
    for change in changes:
        before = AppDefinition(EditedFiles(before.files, change.apply(before)))
    return before


def upload(name: str, **properties: Any) -> AddComponent:
    return AddComponent(*HERE, None, 0, CATALOGUE["FileUpload"].new(name) | properties)


def kept(of: AppDefinition) -> dict[str, dict[str, Any]]:
    return {kind.id: dict(kind.raw) for kind in of.metadata.data_types if not kind.is_form}


def test_a_new_upload_brings_its_data_type_and_is_in_order() -> None:
    made = after(app(), upload("papers"))
    assert kept(made)["papers"] == {
        "id": "papers",
        "allowedContentTypes": [],
        "taskId": "Task_1",
        "maxSize": 25,
        "maxCount": 1,
        "minCount": 0,
    }
    assert "missing-data-type" not in {finding.code for finding in check(made)}


def test_the_limits_of_the_component_hold_for_what_is_kept() -> None:
    made = after(
        app(),
        upload("papers"),
        SetProperty(*HERE, "papers", "/maxFileSizeInMB", 7),
        SetProperty(*HERE, "papers", "/maxNumberOfAttachments", 3),
    )
    assert (kept(made)["papers"]["maxSize"], kept(made)["papers"]["maxCount"]) == (7, 3)
    ruled = after(made, SetProperty(*HERE, "papers", "/maxNumberOfAttachments", ["if", True, 1]))
    assert kept(ruled) == kept(made)  # what a rule says is not known here


def test_files_in_rows_share_a_data_type_without_a_limit() -> None:
    made = after(app(), upload("papers", dataModelBindings={"simpleBinding": "name"}))
    assert kept(made)["papers"]["maxCount"] == 0


def test_a_copy_gets_a_data_type_of_its_own_and_a_rename_takes_it_along() -> None:
    made = after(app(), upload("papers"), DuplicateComponents(*HERE, ("papers",)))
    assert set(kept(made)) - set(kept(app())) == {"papers", "papers2"}
    renamed = after(made, RenameComponent(*HERE, "papers", "pictures"))
    assert set(kept(renamed)) - set(kept(app())) == {"pictures", "papers2"}


def test_the_data_type_goes_with_its_component_and_nothing_else_does() -> None:
    before = app()
    gone = after(before, upload("papers"), RemoveComponents(*HERE, ("papers",)))
    assert dict(gone.files) == dict(before.files)
    other = after(before, RemoveComponents(*HERE, ("name",)))
    assert kept(other) == kept(before)


def test_a_data_type_that_is_there_is_used_as_it_is() -> None:
    there = after(app(), upload("papers"), SetProperty(*HERE, "papers", "/maxFileSizeInMB", 7))
    page = there.layout_sets[0].pages[0]
    files = EditedFiles(there.files, {page.path: app().files[page.path]})
    assert kept(after(AppDefinition(files), upload("papers"))) == kept(there)


def test_an_upload_cannot_have_the_name_of_a_data_model() -> None:
    with pytest.raises(DomainError, match="already a data type"):
        upload("model").apply(app())


def test_other_components_leave_the_data_types_alone() -> None:
    assert kept(after(app(), AddComponent(*HERE, None, 0, field("more")))) == kept(app())
