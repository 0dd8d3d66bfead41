"""Fields that forms name: bindings, rules, options, columns, and the rules of the first generations.

Sources of the places: components.md (bindings, options, mapping, tables, subforms), expressions.md 6,
app-format.md 6.7 (RuleConfiguration.json).
"""

from collections.abc import Iterator
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.data_model.places import escaped
from studio.definition.field_references.field_place import FieldPlace, UseKind
from studio.definition.field_references.in_expressions import readings
from studio.definition.field_references.written_paths import read_path
from studio.definition.layouts import Component, LayoutSet, Page, read_binding
from studio.definition.sentences import N_, Sentence

# What a Subform component reads in each of its subforms instead of in its own form.
_SUBFORM_ROWS: Final = ("/tableColumns/", "/entryDisplayName/", "/textResourceBindings/tableEditButton/")


def in_forms(app: AppDefinition) -> Iterator[FieldPlace]:
    """The places in all layout sets."""
    for layout_set in app.layout_sets:
        own = canonical(app, layout_set.data_type)
        for page, component in layout_set.components():
            yield from _InComponent(app, own, page, component).places()
        for page in layout_set.pages:
            rest = {key: value for key, value in page.raw.items() if key != "layout"}
            what = Sentence(N_("rule of the page"))
            yield from _expressions(app, page.path, rest, "/data", own, what, page)
        what = Sentence(N_("settings of the form"))
        yield from _expressions(app, layout_set.settings_path, layout_set.settings, "", own, what)
        yield from _in_rules(app, layout_set, own)


def canonical(app: AppDefinition, data_type: str | None) -> str | None:
    """The id of a data type as the metadata spell it."""
    found = app.metadata.data_type(data_type) if data_type else None
    return found.id if found else data_type


def _expressions(
    app: AppDefinition,
    file: str,
    value: Any,
    before: str,
    data_type: str | None,
    what: Sentence,
    page: Page | None = None,
) -> Iterator[FieldPlace]:
    for found in readings(value, before):
        path, kind = read_path(found.path), canonical(app, found.data_type) or data_type
        if path is not None and kind is not None:
            yield FieldPlace(
                file, found.pointer, path, kind, "expression", what, page, relative_to=found.relative_to
            )


class _InComponent:
    """The places in one component; `own` is the data type of its form."""

    def __init__(self, app: AppDefinition, own: str | None, page: Page, component: Component) -> None:
        self.app = app
        self.own = own
        self.page = page
        self.component = component
        self.raw = component.raw

    def places(self) -> Iterator[FieldPlace]:
        yield from self._bindings()
        yield from self._rules()
        yield from self._options()
        yield from self._mapping()
        yield from self._filters()
        yield from self._subform_columns()
        yield from self._table_columns()

    def _place(
        self,
        pointer: str,
        path: Any,
        data_type: str | None,
        kind: UseKind,
        what: Sentence,
        **more: Any,
    ) -> Iterator[FieldPlace]:
        written = read_path(path) if isinstance(path, str) else None
        if written is None or data_type is None:
            return
        at = self.component.pointer
        more.setdefault("rows", self._rows_around)
        if more.get("removable") is not None:
            more["removable"] = at + more["removable"]
        yield FieldPlace(
            self.page.path, at + pointer, written, data_type, kind, what, self.page, self.component, **more
        )

    @property
    def _rows_around(self) -> tuple[str, ...]:
        """The lists in whose rows the component stands."""
        found: list[str] = []
        above = self.page.component(self.component.parent_id) if self.component.parent_id else None
        while above is not None:
            found += list_of_rows(above)
            above = self.page.component(above.parent_id) if above.parent_id else None
        return tuple(reversed(found))

    def _bindings(self) -> Iterator[FieldPlace]:
        named = self.raw.get("dataModelBindings")
        for key, value in named.items() if isinstance(named, dict) else ():
            binding = read_binding(value)
            if binding is None:
                continue
            pointer = f"/dataModelBindings/{escaped(key)}"
            inside = pointer + "/field" if isinstance(value, dict) else pointer
            data_type = canonical(self.app, binding.data_type) or self.own
            what = Sentence(N_("binding"))
            rows = (*self._rows_around, *self._own_rows(key))
            yield from self._place(
                inside, binding.field, data_type, "binding", what, removable=pointer, rows=rows
            )

    def _own_rows(self, key: str) -> tuple[str, ...]:
        """The list whose rows the component itself shows or fills, for its other bindings."""
        bindings = self.component.bindings
        holder = next(
            (name for name in ("group", "questions", "geometries") if name != key and name in bindings), None
        )
        return (plain(bindings[holder].field),) if holder else ()

    def _rules(self) -> Iterator[FieldPlace]:
        for name, value in self.raw.items():
            if name == "dataModelBindings":
                continue
            for found in readings(value, f"/{escaped(name)}"):
                of_rows = self.component.type == "Subform" and found.pointer.startswith(_SUBFORM_ROWS)
                data_type = canonical(self.app, found.data_type)
                data_type = data_type or (self._subform_type if of_rows else self.own)
                what = Sentence(N_("rule for %(property)s"), {"property": name})
                yield from self._place(
                    found.pointer, found.path, data_type, "expression", what, relative_to=found.relative_to
                )

    @property
    def _subform_type(self) -> str | None:
        named = self.raw.get("layoutSet")
        shown = self.app.layout_set(named) if isinstance(named, str) else None
        return canonical(self.app, shown.data_type) if shown else None

    def _options(self) -> Iterator[FieldPlace]:
        source = self.raw.get("source")
        if not isinstance(source, dict):
            return
        named, group = source.get("dataType"), source.get("group")
        data_type = canonical(self.app, named if isinstance(named, str) else None) or self.own
        what = Sentence(N_("options from rows"))
        yield from self._place("/source/group", group, data_type, "options", what, removable="/source")
        rows = (*self._rows_around, *((plain(group),) if isinstance(group, str) else ()))
        yield from self._place(
            "/source/value", source.get("value"), data_type, "options", what, removable="/source", rows=rows
        )

    def _mapping(self) -> Iterator[FieldPlace]:
        mapping = self.raw.get("mapping")
        for path in mapping if isinstance(mapping, dict) else ():
            pointer = f"/mapping/{escaped(path)}"
            what = Sentence(N_("value sent with a query"))
            yield from self._place(pointer, path, self.own, "options", what, is_key=True, removable=pointer)

    def _filters(self) -> Iterator[FieldPlace]:
        edit = self.raw.get("edit")
        listed = edit.get("filter") if isinstance(edit, dict) else None
        for place, one in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(one, dict):
                what, pointer = Sentence(N_("filter of rows")), f"/edit/filter/{place}"
                yield from self._place(
                    pointer + "/key", one.get("key"), self.own, "setting", what, removable=pointer
                )

    def _subform_columns(self) -> Iterator[FieldPlace]:
        columns = self.raw.get("tableColumns")
        for place, column in enumerate(columns if isinstance(columns, list) else []):
            content = column.get("cellContent") if isinstance(column, dict) else None
            if isinstance(content, dict):
                what, pointer = Sentence(N_("column of the table")), f"/tableColumns/{place}"
                yield from self._place(
                    pointer + "/cellContent/query",
                    content.get("query"),
                    self._subform_type,
                    "setting",
                    what,
                    removable=pointer,
                    rows=(),
                )

    def _table_columns(self) -> Iterator[FieldPlace]:
        table, columns = self.component.binding("tableData"), self.raw.get("columns")
        if table is None or not isinstance(columns, list):
            return
        data_type = canonical(self.app, table.data_type) or self.own
        what = Sentence(N_("column of the table"))
        for pointer, path in _accessors(columns):
            yield from self._place(
                pointer, path, data_type, "setting", what, relative_to=plain(table.field), rows=(table.field,)
            )


def list_of_rows(component: Component) -> list[str]:
    """The list that a component shows the rows of, for what it holds; [] for other components."""
    kind, binding = component.type.casefold(), component.binding("group")
    repeats = kind == "repeatinggroup" or (kind == "group" and component.raw.get("maxCount", 1) != 1)
    return [plain(binding.field)] if repeats and binding else []


def plain(path: str) -> str:
    """A path without marks for rows."""
    found = read_path(path)
    return found.plain if found else path


def _accessors(columns: list[Any]) -> Iterator[tuple[str, Any]]:
    for place, column in enumerate(columns):
        if not isinstance(column, dict):
            continue
        listed = column.get("accessors")
        for number, path in enumerate(listed if isinstance(listed, list) else []):
            yield f"/columns/{place}/accessors/{number}", path
        shown = column.get("component")
        for key in ("hrefPath", "textPath") if isinstance(shown, dict) else ():
            yield f"/columns/{place}/component/{key}", shown.get(key) if isinstance(shown, dict) else None


def _in_rules(app: AppDefinition, layout_set: LayoutSet, own: str | None) -> Iterator[FieldPlace]:
    """Where a RuleConfiguration.json (v8) reads and writes fields."""
    path = app.paths.rule_configuration(layout_set.folder)
    document = app.json(path)
    data = document.get("data") if isinstance(document, dict) else None
    for section in ("ruleConnection", "conditionalRendering"):
        rules = data.get(section) if isinstance(data, dict) else None
        for rule_id, rule in rules.items() if isinstance(rules, dict) else ():
            for side in ("inputParams", "outParams"):
                named = rule.get(side) if isinstance(rule, dict) else None
                for key, written in named.items() if isinstance(named, dict) else ():
                    found = read_path(written) if isinstance(written, str) else None
                    pointer = f"/data/{section}/{escaped(rule_id)}/{side}/{escaped(key)}"
                    what = Sentence(N_("Dynamic rule of the form %(name)s"), {"name": layout_set.id})
                    if found is not None and own is not None:
                        yield FieldPlace(path, pointer, found, own, "expression", what)
