"""What a form's page shows, as values: the input of the templates, and of nothing else.

Everything is resolved here: texts, expressions, options, values and issues. Templates only lay out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any, Literal, Protocol

from studio.runtime.forms.drawn import Look

Severity = Literal["error", "warning", "info", "success"]


@dataclass(frozen=True, slots=True)
class InEntry:
    """Where in an entry of a subform something is corrected.

    `element` is the entry's data element, `page` a page of the subform, `at` the id of an element there.
    """

    element: str
    page: str
    at: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that validation has to say.

    `field` is a path with indexes ("rows[0].name"), "" for an issue of the whole form. `message` is text in
    the reader's language. `source` and `code` are those of the App API (app-api.md, 8.3). `at_once`: it is
    told while its field is written in, whatever the component says about that. `entry` is set where an entry
    of a subform has to be corrected; the issue is then the subform's.
    """

    field: str
    message: str
    severity: Severity = "error"
    source: str = ""
    code: str = ""
    data_type: str = ""
    at_once: bool = False
    entry: InEntry | None = None


@dataclass(frozen=True, slots=True)
class OptionView:
    """One choice. `value` is text, as form posts carry it.

    `place` counts among all options of the list, also those that are not offered now.
    """

    value: str
    label: str
    description: str = ""
    help: str = ""
    chosen: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of a repeating group: the component `id` of every row."""

    id: str
    title: str
    align: str = ""
    width: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of a repeating group. `field` names it: "rows[0]".

    `children` is everything in it, `panel` what is shown to fill it in (a page of it, where it has several),
    `in_table` what is filled in in the table. `asks`: the person is asked whether to delete it.
    """

    index: int
    field: str
    row_id: str
    is_open: bool
    cells: tuple["CellView", ...]
    children: tuple["ComponentView", ...]
    panel: tuple["ComponentView", ...] = ()
    in_table: tuple["ComponentView", ...] = ()
    can_edit: bool = True
    can_delete: bool = True
    can_save: bool = True
    can_save_and_next: bool = False
    asks: bool = False
    page: int = 0
    pages: int = 1
    has_errors: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether something in it would be lost with it."""
        return any(cell.text for cell in self.cells)

    def child(self, component_id: str) -> "ComponentView | None":
        """The component with this id in the row; None where it is hidden."""
        return next((child for child in self.children if child.id == component_id), None)

    def fills(self, component_id: str) -> bool:
        """Whether the component is filled in in the table."""
        return any(child.id == component_id for child in self.in_table)


@dataclass(frozen=True, slots=True)
class CellView:
    """What a closed row, or a summary, says about one component."""

    label: str
    text: str


class ViewKind(Protocol):
    """What a view must know of its type (kinds/kind.py)."""

    @property
    def template(self) -> str:
        """The name of the template."""

    @property
    def summary(self) -> str | None:
        """The name of the template in a summary, where it is not the answer in words."""

    @property
    def cells(self) -> "Callable[[ComponentView], Iterator[CellView]]":
        """What summaries say."""


@dataclass(frozen=True, slots=True)
class ComponentView:
    """One component as it is shown.

    `key` is unique on the page (the id, and row indexes: "name-0"). `field` is the name in form posts (a path
    with indexes; "type::" before it where the data type is not the default one), "" where it is unbound.
    `fields` and `values` are the same for each binding by its key ("simpleBinding"). `shown` is the text in
    the input, `answer` what was answered in words. `raw` is the component as the layout file has it,
    `settings` what its type needs beyond the common parts. `level` is that of its heading, if it shows one.
    """

    key: str
    id: str
    type: str
    raw: Mapping[str, Any]
    kind: ViewKind
    texts: Mapping[str, str] = member(default_factory=dict)
    field: str = ""
    value: Any = None
    fields: Mapping[str, str] = member(default_factory=dict)
    values: Mapping[str, Any] = member(default_factory=dict)
    shown: str = ""
    answer: str = ""
    level: int = 2
    required: bool = False
    read_only: bool = False
    hidden: bool = False
    as_summary: bool = False  # shown as what was answered, not to be filled in
    # Drawn, but hidden: the browser shows it as soon as its rule says so.
    dormant: bool = False
    # The properties that the browser follows by itself (page_rules.py).
    follows: frozenset[str] = frozenset()
    options: tuple[OptionView, ...] = ()
    issues: tuple[Issue, ...] = ()
    children: tuple["ComponentView", ...] = ()
    rows: tuple[RowView, ...] = ()
    settings: Mapping[str, Any] = member(default_factory=dict)

    def text(self, slot: str) -> str:
        """The text in a slot ("title"), "" where it has none."""
        return self.texts.get(slot, "")

    @property
    def element_id(self) -> str:
        """The id of the element that focus goes to."""
        return f"f-{self.key}"

    def slot_id(self, slot: str) -> str:
        """The id of the element for one of several bindings."""
        return self.element_id if self.fields.get(slot) == self.field else f"{self.element_id}-{slot}"

    def issues_at(self, slot: str) -> tuple[Issue, ...]:
        """The issues of one of several bindings."""
        path = self.fields.get(slot, "").rpartition("::")[2]
        return tuple(issue for issue in self.issues if issue.field == path)

    @property
    def cells(self) -> "Iterator[CellView]":
        """What summaries and tables say about the component: a cell for each answer in it."""
        return self.kind.cells(self)

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop the form."""
        return tuple(issue for issue in self.issues if issue.severity == "error")

    def walk(self, but: frozenset[str] = frozenset()) -> Iterator["ComponentView"]:
        """This component and everything inside it that is shown, in the order of the page.

        `but` are keys of components that do not count, with all that is in them.
        """
        if self.dormant or self.key in but:
            return
        yield self
        for child in self.children:
            yield from child.walk(but)
        for row in self.rows:
            for child in row.children:
                yield from child.walk(but)


@dataclass(frozen=True, slots=True)
class Step:
    """One page in the list of pages.

    `comes`: it comes and goes with answers on the page that is shown, and is `hidden` now or not.
    """

    name: str
    title: str
    current: bool
    number: int
    comes: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PageView:
    """One page. `steps` are the pages that are not hidden, in order; `ways` has those that may come, too.

    `looks` has a place for the HTML of each component, where the views outlast the request.
    """

    name: str
    title: str
    components: tuple[ComponentView, ...]
    hidden: bool = False
    steps: tuple[Step, ...] = ()
    ways: tuple[Step, ...] = ()
    previous: str | None = None
    next: str | None = None
    settings: Mapping[str, Any] = member(default_factory=dict)
    looks: tuple[Look, ...] = member(default=(), compare=False)

    def walk(self, but: frozenset[str] = frozenset()) -> Iterator[ComponentView]:
        """Every component, in the order of the page, without those with the keys `but`."""
        for component in self.components:
            yield from component.walk(but)
