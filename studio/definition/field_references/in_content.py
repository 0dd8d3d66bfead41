"""Fields that texts, the files beside a data model, the metadata and the process name.

Sources of the places: app-format.md 1, 2, 7.5 to 7.7; process.md (conditions of gateways).
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.data_model.places import escaped, places_of
from studio.definition.field_references.field_place import FieldPlace
from studio.definition.field_references.in_expressions import readings
from studio.definition.field_references.in_forms import canonical
from studio.definition.field_references.written_paths import WrittenPath, read_path
from studio.definition.process import Process
from studio.definition.process.elements import Gateway, Task
from studio.definition.process.naming import way_name
from studio.definition.sentences import N_, Sentence
from studio.definition.texts import member, spelled

_MODEL_SOURCE: Final = "dataModel."
_PREFILL_SOURCES: Final = ("ER", "DSF", "UserProfile", "QueryParameters")


def in_content(app: AppDefinition) -> Iterator[FieldPlace]:
    """The places outside of forms."""
    yield from _in_texts(app)
    for data_type in app.metadata.data_types:
        if data_type.is_form:
            yield from _in_prefill(app, data_type.id)
            yield from _in_logic(app, data_type.id, "validation")
            yield from _in_logic(app, data_type.id, "calculation")
    yield from _in_metadata(app)
    yield from _in_process(app)


def _in_texts(app: AppDefinition) -> Iterator[FieldPlace]:
    readers = _TextReaders(app)
    for language in app.languages:
        file = app.paths.texts(language)
        for resource in app.texts(language).with_variables:
            what = Sentence(N_("Text *%(key)s* (%(language)s)"), {"key": resource.id, "language": language})
            for pointer, key, source in _variables(app.json(file), resource.pointer):
                path = read_path(key)
                if path is None or not source.startswith(_MODEL_SOURCE):
                    continue
                data_type = readers.data_type(resource.id, source.removeprefix(_MODEL_SOURCE), path)
                if data_type is not None:
                    yield FieldPlace(file, pointer, path, data_type, "text", what)


def _variables(document: Any, pointer: str) -> Iterator[tuple[str, str, str]]:
    """(pointer of the key, key, data source) of the variables of the text at `pointer`."""
    resource = member(document, "resources")[int(pointer.rpartition("/")[2])]
    listed, name = member(resource, "variables"), spelled(resource, "variables")
    for place, variable in enumerate(listed if isinstance(listed, list) else []):
        key, source = member(variable, "key"), member(variable, "dataSource")
        if isinstance(key, str) and isinstance(source, str):
            yield f"{pointer}/{name}/{place}/{spelled(variable, 'key')}", key, source


class _TextReaders:
    """Which models the texts of an app read."""

    def __init__(self, app: AppDefinition) -> None:
        self.app = app
        self.types = [kind for form in app.layout_sets if (kind := canonical(app, form.data_type))]
        self.showing: dict[str, list[str]] = {}
        for form in app.layout_sets:
            kind = canonical(app, form.data_type)
            for _, component in form.components() if kind else ():
                for key in component.text_keys.values():
                    self.showing.setdefault(key, []).append(str(kind))

    def data_type(self, key: str, named: str, path: WrittenPath) -> str | None:
        """The model that a variable of a text reads.

        "default" is that of the form that shows the text. Where several forms show it and the models of more
        than one have the field, it is about none of them alone: None.
        """
        if named != "default":
            return canonical(self.app, named)
        types = list(dict.fromkeys(self.showing.get(key, self.types)))
        having = [name for name in types if _has(self.app, name, path)]
        if not having:
            return types[0] if types else None
        return having[0] if len(having) == 1 else None


def _has(app: AppDefinition, data_type: str, path: WrittenPath) -> bool:
    model = app.model(data_type)
    return model is not None and places_of(model).resolve(path.names) is not None


def _in_prefill(app: AppDefinition, data_type: str) -> Iterator[FieldPlace]:
    file = f"{app.paths.models_folder}/{data_type}.prefill.json"
    document = app.json(file)
    if not isinstance(document, dict):
        return
    for source in _PREFILL_SOURCES:
        listed = document.get(source)
        for key, target in listed.items() if isinstance(listed, dict) else ():
            path = read_path(target) if isinstance(target, str) else None
            if path is not None:
                pointer = f"/{source}/{escaped(key)}"
                what = Sentence(N_("Prefill from %(source)s"), {"source": f"{source}: {key}"})
                yield FieldPlace(
                    file, pointer, path, data_type, "prefill", what, removable=pointer, loosely=True
                )


def _in_logic(app: AppDefinition, data_type: str, kind: str) -> Iterator[FieldPlace]:
    """A <type>.validation.json or <type>.calculation.json: fields as names of members, and expressions."""
    file = f"{app.paths.models_folder}/{data_type}.{kind}.json"
    document = app.json(file)
    if not isinstance(document, dict):
        return
    is_validation = kind == "validation"
    message = N_("Validation of %(field)s") if is_validation else N_("Calculation of %(field)s")
    rules = document.get(f"{kind}s")
    for written in rules if isinstance(rules, dict) else ():
        path, pointer = read_path(written), f"/{kind}s/{escaped(written)}"
        if path is not None:
            yield FieldPlace(
                file,
                pointer,
                path,
                data_type,
                "validation" if is_validation else "calculation",
                Sentence(message, {"field": written}),
                is_key=True,
                removable=pointer,
            )
    for found in readings(document):
        path, around = read_path(found.path), found.pointer.split("/")
        kind_of = canonical(app, found.data_type) or data_type
        what = Sentence(message, {"field": around[2] if len(around) > 2 else ""})
        if path is not None:
            yield FieldPlace(
                file, found.pointer, path, kind_of, "expression", what, relative_to=found.relative_to
            )


def _in_metadata(app: AppDefinition) -> Iterator[FieldPlace]:
    raw, file = app.metadata.raw, app.paths.metadata
    what = Sentence(N_("Settings of the app"))
    for key in ("dataFields", "presentationFields"):
        listed = raw.get(key)
        for place, one in enumerate(listed if isinstance(listed, list) else []):
            path = one.get("path") if isinstance(one, dict) else None
            written = read_path(path) if isinstance(path, str) else None
            named = one.get("dataTypeId") if isinstance(one, dict) else None
            data_type = canonical(app, named) if isinstance(named, str) else None
            if written is not None and data_type is not None:
                pointer = f"/{key}/{place}"
                yield FieldPlace(
                    file,
                    f"{pointer}/path",
                    written,
                    data_type,
                    "setting",
                    what,
                    removable=pointer,
                    loosely=True,
                )
    copied = raw.get("copyInstanceSettings")
    listed = copied.get("excludedDataFields") if isinstance(copied, dict) else None
    for place, path in enumerate(listed if isinstance(listed, list) else []):
        written = read_path(path) if isinstance(path, str) else None
        if written is not None:
            having = [kind.id for kind in app.metadata.data_types if _has(app, kind.id, written)]
            pointer = f"/copyInstanceSettings/excludedDataFields/{place}"
            if len(having) == 1:
                yield FieldPlace(file, pointer, written, having[0], "setting", what, removable=pointer)


def _in_process(app: AppDefinition) -> Iterator[FieldPlace]:
    process = app.process
    for flow in process.flows if process else ():
        default = type_at(app, process, flow.source) if process and flow.condition else None
        for found in readings(_parsed(flow.condition)):
            path, data_type = read_path(found.path), canonical(app, found.data_type) or default
            if path is not None and data_type is not None:
                values = {"name": way_name(process, flow)}
                what = Sentence(N_("Process: condition of the way %(name)s"), values)
                yield FieldPlace(
                    app.paths.process,
                    found.pointer,
                    path,
                    data_type,
                    "process",
                    what,
                    flow=flow.id,
                    relative_to=found.relative_to,
                )


def _parsed(condition: str | None) -> Any:
    try:
        return json.loads(condition) if condition else None
    except ValueError:
        return None


def type_at(app: AppDefinition, process: Process, element_id: str) -> str | None:
    """The model that a gateway reads: the one connected to it, else that of the form before it."""
    waiting, seen = [element_id], set[str]()
    while waiting:
        name = waiting.pop(0)
        element = process.elements.get(name)
        if isinstance(element, Gateway) and element.connected_data_type:
            return canonical(app, element.connected_data_type)
        form = app.layout_set_for_task(name) if isinstance(element, Task) else None
        if form is not None:
            return canonical(app, form.data_type)
        if name not in seen:
            seen.add(name)
            waiting.extend(flow.source for flow in process.incoming(name))
    return None
