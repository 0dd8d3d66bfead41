"""A form made from a data model: components for the chosen fields, with texts, choices and bindings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.changes.change import Change, register
from studio.definition.changes.components import add
from studio.definition.changes.form_writing import FormWriter
from studio.definition.changes.naming_ids import id_from
from studio.definition.changes.pages import AddPage
from studio.definition.changes.placing import LIST, place_of
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.components import CATALOGUE
from studio.definition.data_model.form_fields import FormField, form_fields
from studio.definition.errors import DomainError, NotThere
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence

_LEADING_ON: Final = frozenset({"NavigationButtons", "Button"})
_SUMMARIES: Final = frozenset({"Summary", "Summary2"})


@register
@dataclass(frozen=True)
class MakeForm(Change):
    """Components for the answers at the paths `fields` of a data model; groups around them come along.

    They go to the end of `page`, which is made where it does not exist; without it, every group at the top
    gets a page of its own. What the layout set has already is not made again, and rows that it has get the
    new answers.
    """

    kind: ClassVar[str] = "make_form"
    layout_set: str
    data_type: str
    fields: tuple[str, ...]
    page: str | None = None

    def edit(self, copy: WorkingCopy) -> None:
        layout_set = copy.layout_set(self.layout_set)
        chosen = self._chosen(copy.app, layout_set)
        writer = FormWriter(copy.app, layout_set, self.data_type)
        chosen = tuple(self._into_rows(copy, writer, chosen))
        for page in self._pages(layout_set, chosen):
            self._write_page(copy, writer, page)
        for language, texts in writer.texts.items():
            _add_texts(copy, language, texts)
        for name, options in writer.lists.items():
            copy.write(copy.app.paths.options(name), b"[]\n")
            copy.set(copy.app.paths.options(name), "", options)

    def sentence(self, app: AppDefinition) -> Sentence:
        values: dict[str, str | int | Sentence] = {"count": len(self.fields), "name": self.data_type}
        if self.page is None:
            return Sentence(N_("Components were made for %(count)s fields of %(name)s"), values)
        values["page"] = page_name(app, self.page)
        message = N_("Components were made for %(count)s fields of %(name)s on page *%(page)s*")
        return Sentence(message, values)

    def _chosen(self, app: AppDefinition, layout_set: LayoutSet) -> tuple[FormField, ...]:
        """The chosen fields that the form lacks, in their groups. Raises NotThere, DomainError."""
        model = app.model(self.data_type)
        if model is None:
            raise NotThere(Sentence(N_("There is no data model %(name)s."), {"name": self.data_type}))
        fields = form_fields(model)
        known = {answer.path for field in fields for answer in field.answers}
        for path in self.fields:
            if path not in known:
                problem = N_("The data model has no field %(field)s that can be filled in.")
                raise DomainError(Sentence(problem, {"field": path}))
        wanted = set(self.fields).difference(bound_paths(layout_set, self.data_type))
        found = tuple(_among(fields, wanted))
        if not found:
            raise DomainError(Sentence(N_("Choose at least one field that the form does not have yet.")))
        return found

    # ── rows that the form has ──

    def _into_rows(
        self, copy: WorkingCopy, writer: FormWriter, fields: Iterable[FormField]
    ) -> Iterator[FormField]:
        """Put answers into the repeating groups that are there for them; gives back what is left."""
        for field in fields:
            if field.shape == "answer":
                yield field
                continue
            holder = self._rows_of(copy, field) if field.shape == "rows" else None
            inside = tuple(self._into_rows(copy, writer, field.children))
            if holder is not None:
                self._add_to(copy, writer, holder, inside)
            elif inside:
                yield replace(field, children=inside)

    def _rows_of(self, copy: WorkingCopy, field: FormField) -> tuple[Page, Component] | None:
        layout_set = copy.layout_set(self.layout_set)
        for page, component in layout_set.components():
            bound = component.binding("group")
            if bound and bound.field == field.path and _is_type(bound.data_type, layout_set, self.data_type):
                return page, component
        return None

    def _add_to(
        self,
        copy: WorkingCopy,
        writer: FormWriter,
        holder: tuple[Page, Component],
        fields: Sequence[FormField],
    ) -> None:
        page, parent = holder
        for field in fields:
            first, *others = writer.components(field, page.name)
            _, now = copy.component(self.layout_set, page.name, parent.id)
            add(copy, self.layout_set, page.name, parent.id, len(now.children), first)
            written = copy.page(self.layout_set, page.name).component(first["id"])
            if written is not None:
                copy.insert_all(page.path, LIST, place_of(written) + 1, others)

    # ── pages ──

    def _pages(self, layout_set: LayoutSet, fields: tuple[FormField, ...]) -> Iterator["_NewPart"]:
        if not fields:
            return
        if self.page is not None:
            yield _NewPart(self.page, fields)
            return
        names = {page.name.casefold() for page in layout_set.pages}
        for title, inside in _parts(fields):
            stem = self.data_type if title is None else title.named.name
            name = _free_name(id_from(stem), names)
            names.add(name.casefold())
            yield _NewPart(name, inside, title)

    def _write_page(self, copy: WorkingCopy, writer: FormWriter, part: "_NewPart") -> None:
        layout_set = copy.layout_set(self.layout_set)
        if layout_set.page(part.name) is None:
            AddPage(self.layout_set, part.name, _before_the_end(layout_set)).edit(copy)
            self._lead_on(copy, writer, part.name)
            if part.title is not None and part.name not in writer.texts.get(writer.languages[0], {}):
                writer.title(part.title, part.name)
        page = copy.page(self.layout_set, part.name)
        made = [component for field in part.fields for component in writer.components(field, part.name)]
        copy.insert_all(page.path, LIST, _end_of(page), made)

    def _lead_on(self, copy: WorkingCopy, writer: FormWriter, name: str) -> None:
        """A new page in a form that had one page, and so no buttons to another, gets them."""
        page = copy.page(self.layout_set, name)
        if any(component.type in _LEADING_ON for component in page.components):
            return
        buttons = CATALOGUE["NavigationButtons"]
        made = buttons.new(writer.free_id(f"navigation-{id_from(name)}"), copy.app.generation)
        copy.insert(page.path, LIST, len(page.raw["layout"]), made)


@dataclass(frozen=True)
class _NewPart:
    """Fields that go to one page; `title` is the group that gives a new page its title."""

    name: str
    fields: tuple[FormField, ...]
    title: FormField | None = None


def bound_paths(layout_set: LayoutSet, data_type: str) -> frozenset[str]:
    """The fields of a data model that components of a layout set are bound to."""
    return frozenset(
        bound.field
        for _, component in layout_set.components()
        for bound in component.bindings.values()
        if _is_type(bound.data_type, layout_set, data_type)
    )


def _is_type(bound: str | None, layout_set: LayoutSet, data_type: str) -> bool:
    return (bound or layout_set.data_type or "").casefold() == data_type.casefold()


def _among(fields: Iterable[FormField], wanted: set[str]) -> Iterator[FormField]:
    """The wanted answers, and the groups that have some."""
    for field in fields:
        if field.shape == "answer":
            if field.path in wanted:
                yield field
        elif inside := tuple(_among(field.children, wanted)):
            yield replace(field, children=inside)


def _parts(fields: tuple[FormField, ...]) -> Iterator[tuple[FormField | None, tuple[FormField, ...]]]:
    """A page for the answers at the top, and one for each group; a group around everything is passed by."""
    while len(fields) == 1 and fields[0].shape == "group":
        inside = fields[0].children
        if all(child.shape == "answer" for child in inside):
            break
        fields = inside
    alone = tuple(field for field in fields if field.shape == "answer")
    if alone:
        yield None, alone
    for field in fields:
        if field.shape == "group":
            yield field, field.children
        elif field.shape == "rows":
            yield field, (field,)


def _free_name(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted}{number}", number + 1
    return name


def _before_the_end(layout_set: LayoutSet) -> int | None:
    """The place for a new page: before a last page with nothing but a summary and buttons."""
    if not layout_set.order:
        return None
    last = layout_set.page(layout_set.order[-1])
    types = {component.type for component in last.components} if last else set()
    ends = bool(types & _SUMMARIES) or "Button" in types
    return len(layout_set.order) - 1 if ends and last and not _answers(last) else None


def _answers(page: Page) -> bool:
    return any(component.bindings for component in page.components)


def _end_of(page: Page) -> int:
    """The place in the file before the buttons that end a page."""
    roots = list(page.roots)
    end = len(page.raw["layout"])
    for root in reversed(roots):
        if root.type not in _LEADING_ON:
            break
        end = place_of(root)
    return end


def _add_texts(copy: WorkingCopy, language: str, texts: dict[str, str]) -> None:
    path = copy.app.paths.texts(language)
    if not copy.exists(path):
        copy.write(path, b'{\n  "language": "%s",\n  "resources": []\n}\n' % language.encode())
    listed: Any = (copy.app.json(path) or {}).get("resources")
    if not isinstance(listed, list):
        copy.set(path, "/resources", [])
        listed = []
    resources = [{"id": key, "value": value} for key, value in texts.items()]
    copy.insert_all(path, "/resources", len(listed), resources)
