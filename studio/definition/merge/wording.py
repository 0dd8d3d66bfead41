"""What a conflict is about, in words: the thing as people call it, and what about it."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.components import component_type
from studio.definition.layouts import Component
from studio.definition.merge.conflicts import Conflict
from studio.definition.naming import component_noun, page_name, text_in_line
from studio.definition.sentences import N_, Sentence

Values = dict[str, str | int | Sentence]
_ASPECTS: Final[Mapping[str, str]] = {
    "(page)": N_("%(what)s: the page that it is on"),
    "(holder)": N_("%(what)s: the group that it lies in"),
}
_RULES: Final[Mapping[str, str]] = {
    "calculations": N_("The calculation of *%(field)s*"),
    "validations": N_("The rules for what may be written in *%(field)s*"),
    "definitions": N_("The shared rule *%(field)s*"),
}


def conflict_sentence(app: AppDefinition, conflict: Conflict) -> Sentence:
    """The place of a conflict, seen from the app `app` (one of its sides)."""
    path = conflict.place.path
    for ending, tell in _TELLERS.items():
        if path.endswith(ending):
            told = tell(app, conflict)
            if told is not None:
                return told
    if conflict.place.line is not None and not conflict.steps:
        return Sentence(N_("Line %(line)s of the file %(path)s"), {"line": conflict.place.line, "path": path})
    detail = conflict.property.removesuffix("(order)").strip("/").replace("@", "")
    thing = " – ".join(part for part in (conflict.identity, detail) if part)
    if conflict.property.endswith("(order)"):
        message = N_("The order of *%(detail)s* in the file %(path)s")
        return Sentence(message, {"detail": thing or path, "path": path})
    if thing:
        return Sentence(N_("*%(detail)s* in the file %(path)s"), {"detail": thing, "path": path})
    return Sentence(N_("The file %(path)s"), {"path": path})


def component_of(app: AppDefinition, conflict: Conflict) -> Component | None:
    """The component that a conflict is about: as the app has it, else as one of the sides has it."""
    if conflict.steps[:2] != ("data", "layout") or not conflict.identity:
        return None
    name = conflict.steps[2][1:-1] if len(conflict.steps) > 2 else conflict.identity
    found = next((there for part in app.layout_sets if (there := part.find(name))), None)
    if found is not None:
        return found[1]
    values = (conflict.theirs, conflict.ours, conflict.base)
    raw = next((value for value in values if isinstance(value, Mapping) and value.get("id") == name), {})
    return Component(name, str(raw.get("type", "")), raw, "")


def page_of(app: AppDefinition, path: str) -> str | None:
    """What people call the page that lies in a file; None where it is no page."""
    folder, _, file = path.rpartition("/")
    if not folder.endswith("/layouts") or not file.endswith(".json"):
        return None
    return page_name(app, file.removesuffix(".json"))


def _page_or_json(app: AppDefinition, conflict: Conflict) -> Sentence | None:
    path = conflict.place.path
    page = page_of(app, path)
    if page is not None:
        return _in_page(app, conflict, page)
    language = app.paths.language(path)
    if language is not None:
        return _text(app, conflict, language)
    for tell in (_settings, _options, _field, _rule, _metadata):
        told = tell(app, conflict)
        if told is not None:
            return told
    return None


def _in_page(app: AppDefinition, conflict: Conflict, page: str) -> Sentence:
    component = component_of(app, conflict)
    if component is None:
        if conflict.property.endswith("(order)"):
            return Sentence(N_("The order on page *%(page)s*"), {"page": page})
        if conflict.steps[:2] == ("data", "hidden"):
            return Sentence(N_("Page *%(page)s*: when it is hidden"), {"page": page})
        return Sentence(N_("Page *%(page)s*"), {"page": page})
    values: Values = {"what": component_noun(app, component), "page": page}
    below = conflict.steps[3:]
    if not below:
        return Sentence(N_("%(what)s on page *%(page)s*"), values)
    if below[-1] in _ASPECTS:
        return Sentence(_ASPECTS[below[-1]], values)
    kind = component_type(component.type)
    labels = {each.name: each.label for each in kind.properties} if kind else {}
    names = [step.strip("[]") for step in below if not step.startswith("(")]
    values["property"] = labels.get(names[0] if names else "", "/".join(names))
    return Sentence(N_("%(what)s on page *%(page)s*: %(property)s"), values)


def _text(app: AppDefinition, conflict: Conflict, language: str) -> Sentence | None:
    key = conflict.identity
    if key is None:
        return None
    values: Values = {"key": text_in_line(app, key) or key, "language": language}
    if "variables" in conflict.steps:
        return Sentence(N_("The variables of the text *%(key)s* (%(language)s)"), values)
    return Sentence(N_("The text *%(key)s* (%(language)s)"), values)


def _settings(app: AppDefinition, conflict: Conflict) -> Sentence | None:
    if conflict.steps == ("pages", "order", "(order)"):
        return Sentence(N_("The order of the pages"))
    if conflict.place.path == app.paths.library and conflict.steps:
        return Sentence(N_("What was taken from the library: *%(name)s*"), {"name": conflict.steps[-1]})
    if conflict.place.path.startswith(f"{app.paths.examples_folder}/") and conflict.identity:
        return Sentence(N_("The rule example *%(name)s*"), {"name": conflict.identity})
    folder, _, name = conflict.place.path.rpartition("/")
    if folder == app.paths.texts_folder and name.startswith("translation.") and conflict.steps:
        language = name.split(".")[1]
        message = N_("How far the translation of *%(key)s* has come (%(language)s)")
        return Sentence(message, {"key": conflict.steps[-1], "language": language})
    return None


def _options(app: AppDefinition, conflict: Conflict) -> Sentence | None:
    folder, _, name = conflict.place.path.rpartition("/")
    if folder != app.paths.options_folder:
        return None
    values: Values = {"id": name.removesuffix(".json"), "key": conflict.identity or ""}
    if conflict.property.endswith("(order)"):
        return Sentence(N_("The order of the options in the list *%(id)s*"), values)
    if conflict.identity is None:
        return Sentence(N_("The list of options *%(id)s*"), values)
    return Sentence(N_("The option *%(key)s* in the list *%(id)s*"), values)


def _field(app: AppDefinition, conflict: Conflict) -> Sentence | None:  # noqa: ARG001 - as its siblings
    file = conflict.place.path.rpartition("/")[2]
    if not file.endswith(".schema.json"):
        return None
    pairs = zip(conflict.steps, conflict.steps[1:], strict=False)
    names = [after for before, after in pairs if before in ("properties", "$defs")]
    values: Values = {"model": file.removesuffix(".schema.json"), "field": ".".join(names)}
    if conflict.property.endswith("(order)"):
        return Sentence(N_("The order of the fields in the data model *%(model)s*"), values)
    if not names:
        return Sentence(N_("The data model *%(model)s*"), values)
    last = conflict.steps[-1]
    if last == names[-1]:
        return Sentence(N_("The field *%(field)s* in the data model *%(model)s*"), values)
    return Sentence(
        N_("The field *%(field)s* in the data model *%(model)s*: %(property)s"), {**values, "property": last}
    )


def _rule(app: AppDefinition, conflict: Conflict) -> Sentence | None:  # noqa: ARG001 - as its siblings
    file = conflict.place.path
    if file.endswith(".prefill.json") and conflict.steps:
        return Sentence(N_("The prefilling from *%(source)s*"), {"source": ": ".join(conflict.steps)})
    if file.endswith((".calculation.json", ".validation.json")) and len(conflict.steps) > 1:
        message = _RULES.get(conflict.steps[0])
        return Sentence(message, {"field": conflict.steps[1]}) if message else None
    return None


def _metadata(app: AppDefinition, conflict: Conflict) -> Sentence | None:
    if conflict.place.path != app.paths.metadata:
        return None
    if conflict.steps[:1] == ("title",) and len(conflict.steps) == 2:
        return Sentence(N_("The name of the app (%(language)s)"), {"language": conflict.steps[1]})
    if conflict.steps[:1] == ("dataTypes",) and conflict.identity:
        return Sentence(N_("The data type *%(id)s*"), {"id": conflict.identity})
    return None


def _step(app: AppDefinition, conflict: Conflict) -> Sentence | None:
    name = conflict.identity
    if name is None:
        return None
    process = app.process
    values: Values = {"id": name}
    named = next((step.name for step in process.tasks if step.id == name), None) if process else None
    values["id"] = named or name
    detail = conflict.property.replace("@", "").split(":")[-1]
    if not detail:
        return Sentence(N_("*%(id)s* in the process"), values)
    return Sentence(N_("*%(id)s* in the process: %(property)s"), {**values, "property": detail})


def _right(app: AppDefinition, conflict: Conflict) -> Sentence | None:
    if conflict.place.path != app.paths.policy or conflict.identity is None:
        return None
    return Sentence(N_("The access rule *%(id)s*"), {"id": conflict.identity})


_TELLERS: Final[Mapping[str, Callable[[AppDefinition, Conflict], Sentence | None]]] = {
    ".json": _page_or_json,
    ".bpmn": _step,
    ".xml": _right,
}
