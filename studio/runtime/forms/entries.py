"""Entries of subforms: data elements of a type that an instance has several of (components.md, 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.layouts import LayoutSet
from studio.definition.metadata import DataType

SUBFORM: Final = "Subform"


@dataclass(frozen=True, slots=True)
class Entry:
    """One filled-in subform: the id of its data element, and its form data (JSON)."""

    id: str
    data: Mapping[str, Any]
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """Where a form that is an entry stands: in the subform `component` on a `page` of the task's form.

    `element` is the id of the entry's data element, `title` what the subform is called.
    """

    page: str
    component: str
    element: str
    title: str = ""


def subform_of(app: AppDefinition, raw: Mapping[str, Any]) -> LayoutSet | None:
    """The pages of a Subform component; None where it names none, or they have no form data of their own."""
    found = app.layout_set(str(raw.get("layoutSet") or ""))
    return found if found is not None and data_type_of(app, found) is not None else None


def data_type_of(app: AppDefinition, layout_set: LayoutSet) -> DataType | None:
    """What kind of data the entries of a subform are."""
    kind = app.metadata.data_type(layout_set.data_type or "")
    return kind if kind is not None and kind.is_form and not kind.auto_create else None
