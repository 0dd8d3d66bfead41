"""A place where an expression stands, as a value."""

from dataclasses import dataclass
from typing import Any, Literal

from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.process.elements import Flow

PlaceKind = Literal[
    "page hidden",
    "hidden",
    "required",
    "read-only",
    "row hidden",
    "text",
    "option filter",
    "query parameter",
    "property",
    "setting",
    "gateway",
    "validation",
    "message",
    "calculation",
]
# What the result is turned into there; "any" where it is kept as it is.
Wanted = Literal["boolean", "text", "number", "any"]


@dataclass(frozen=True, slots=True)
class ExpressionPlace:
    """One expression (JSON) and its place. `pointer` is its JSON Pointer in `file`; in a process "".

    `name` is the property in words ("edit.deleteButton"). `data_type` is the model that paths are read in
    where they name none; `rows` the lists (paths without indexes) in whose rows it may stand, outermost
    first. `forms` are the layout sets whose components it can ask about. `choices` are the only values that
    fit. `fields` are the fields that a validation or calculation is about: several, or none, for a
    `definition` that others build on. `named` is what `value` can ask for, `positional` whether there is
    anything for argv. `flow` is the arrow of a process whose condition it is.
    """

    file: str
    pointer: str
    expression: Any
    kind: PlaceKind
    name: str
    wants: Wanted
    data_type: str | None = None
    rows: tuple[str, ...] = ()
    forms: tuple[LayoutSet, ...] = ()
    choices: tuple[str | int | bool, ...] = ()
    layout_set: LayoutSet | None = None
    page: Page | None = None
    component: Component | None = None
    fields: tuple[str, ...] = ()
    definition: str | None = None
    named: tuple[str, ...] = ()
    positional: bool = False
    flow: Flow | None = None

    @property
    def key(self) -> str:
        """What tells the place from all others of the app; the same as long as nothing is moved."""
        return f"{self.file}#{self.flow.id if self.flow else self.pointer}"

    @property
    def in_subform(self) -> bool:
        """Whether it stands in a component and is read in each of the forms that the component lists."""
        return self.component is not None and self.forms != (self.layout_set,)
