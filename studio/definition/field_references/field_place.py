"""A place in the files of an app that names a field."""

from dataclasses import dataclass
from typing import Literal

from studio.definition.field_references.written_paths import WrittenPath
from studio.definition.layouts import Component, Page
from studio.definition.sentences import Sentence

# What a place does with the field.
UseKind = Literal[
    "binding",
    "expression",
    "text",
    "options",
    "prefill",
    "calculation",
    "validation",
    "process",
    "setting",
    "code",
    "example",
]


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """One place. `path` is what is written there; `pointer` is its place in the file, where that is JSON.

    `data_type` is the model that the path is read in. `is_key`: the path is the name of the member at
    `pointer`. `flow`: the flow of the process whose condition `pointer` lies in.
    `removable`: what goes with the field when that goes (a pointer); None where the place says more.
    `rows`: the lists whose rows the place is shown for, outermost first. `relative_to`: a list that the path
    begins in. `loosely`: case and hyphens of names do not matter. `what` says what the place is, as the rest
    of a sentence.
    """

    file: str
    pointer: str
    path: WrittenPath
    data_type: str
    kind: UseKind
    what: Sentence
    page: Page | None = None
    component: Component | None = None
    is_key: bool = False
    flow: str | None = None
    removable: str | None = None
    rows: tuple[str, ...] = ()
    relative_to: str | None = None
    loosely: bool = False

    @property
    def full_path(self) -> WrittenPath:
        """The path from where the data begins."""
        if self.relative_to is None:
            return self.path
        before = tuple((name, "") for name in self.relative_to.split("."))
        return WrittenPath((*before, *self.path.parts))
