"""Random edits of any app, of every kind that people make: for laws of merging, and for measuring it."""

import re
from collections.abc import Callable, Iterable
from random import Random
from typing import Any, TypeVar

from studio.definition import changes as edits
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import MISSING, Change
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, Files
from studio.definition.layouts import Component, LayoutSet, Page

Thing = TypeVar("Thing")
WORDS = ("Navn", "Adresse", "Hva heter du?", "Fødselsår", "Telefon", "Ja", "")
EXPRESSIONS = (True, False, ["equals", ["dataModel", "name"], "x"], ["not", ["equals", 1, 2]])


class Nothing(Exception):
    """The app has nothing that such an edit could be about."""


def edited(files: Files, chance: Random, count: int) -> Files:
    """The app after up to `count` edits that succeed, one after the other."""
    for _ in range(count):
        for _attempt in range(6):
            try:
                app = app_definition(files)
                files = EditedFiles(files, random_change(app, chance).apply(app))
                break
            except (Nothing, DomainError):
                continue
    return files


def random_change(app: AppDefinition, chance: Random) -> Change:
    """An edit of any kind; raises Nothing."""
    return chance.choice(KINDS)(app, chance)


def _one(things: Iterable[Thing], chance: Random) -> Thing:
    found = list(things)
    if not found:
        raise Nothing
    return chance.choice(found)


def _name(chance: Random) -> str:
    return "n" + "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=6))


def _page(app: AppDefinition, chance: Random) -> tuple[LayoutSet, Page]:
    return _one(((one, page) for one in app.layout_sets for page in one.pages if not page.broken), chance)


def _component(app: AppDefinition, chance: Random) -> tuple[str, str, Component]:
    part, page = _page(app, chance)
    return part.id, page.name, _one((one for one in page.components if one.id), chance)


def _model(app: AppDefinition, chance: Random) -> str:
    folder = app.paths.models_folder + "/"
    ending = ".schema.json"
    paths = [path for path in app.files if path.startswith(folder) and path.endswith(ending)]
    return _one(sorted(path[len(folder) : -len(ending)] for path in paths), chance)


def _field(app: AppDefinition, chance: Random) -> tuple[str, str, str]:
    """A field of any model: the model, where the field is, and its name."""
    model = _model(app, chance)
    schema = app.json(app.paths.schema(model))
    if not isinstance(schema, dict):
        raise Nothing
    types = {f"/$defs/{name}": one for name, one in (schema.get("$defs") or {}).items()} or {"": schema}
    listed = [
        (place, name)
        for place, one in types.items()
        for name in (one.get("properties") if isinstance(one, dict) else None) or ()
    ]
    place, name = _one(listed, chance)
    return model, f"{place}/properties/{name}", name


def _language(app: AppDefinition, chance: Random) -> str:
    return _one(app.languages, chance)


def _key(app: AppDefinition, chance: Random) -> tuple[str, str]:
    language = _language(app, chance)
    return language, _one(app.texts(language).keys(), chance)


def _file(app: AppDefinition, endings: tuple[str, ...], chance: Random) -> str:
    return _one(sorted(path for path in app.files if path.endswith(endings)), chance)


def _list(app: AppDefinition, chance: Random) -> tuple[str, list[Any]]:
    folder = app.paths.options_folder + "/"
    path = _one(
        sorted(
            path
            for path in app.files
            if path.startswith(folder) and path.endswith(".json") and "/" not in path[len(folder) :]
        ),
        chance,
    )
    listed = app.json(path)
    return path[len(folder) : -len(".json")], listed if isinstance(listed, list) else []


def _set_text(app: AppDefinition, chance: Random) -> Change:
    language, key = _key(app, chance)
    return edits.SetText(language, key, chance.choice([*WORDS, _name(chance), None]))


def _add_text(app: AppDefinition, chance: Random) -> Change:
    return edits.SetText(_language(app, chance), _name(chance), chance.choice(WORDS))


def _rename_text(app: AppDefinition, chance: Random) -> Change:
    return edits.RenameText(_key(app, chance)[1], _name(chance))


def _set_title(app: AppDefinition, chance: Random) -> Change:
    return edits.SetAppTitle({chance.choice(["nb", "en"]): _name(chance)})


def _add_component(app: AppDefinition, chance: Random) -> Change:
    part, page = _page(app, chance)
    component = {"id": _name(chance), "type": chance.choice(["Input", "Paragraph", "Header", "Checkboxes"])}
    return edits.AddComponent(part.id, page.name, None, chance.randint(0, len(page.roots)), component)


def _set_property(app: AppDefinition, chance: Random) -> Change:
    part, page, component = _component(app, chance)
    pointer = chance.choice(["required", "readOnly", "hidden", "grid", "textResourceBindings/title"])
    values: list[Any] = [*EXPRESSIONS, MISSING]
    if pointer == "grid":
        values = [{"xs": chance.randint(1, 12)}, MISSING]
    elif pointer.startswith("text"):
        values = [_name(chance)]
    return edits.SetProperty(part, page, component.id, f"/{pointer}", chance.choice(values))


def _bind(app: AppDefinition, chance: Random) -> Change:
    part, page, component = _component(app, chance)
    return edits.BindComponent(part, page, component.id, "simpleBinding", _field(app, chance)[2])


def _remove(app: AppDefinition, chance: Random) -> Change:
    part, page, component = _component(app, chance)
    return edits.RemoveComponents(part, page, (component.id,))


def _move(app: AppDefinition, chance: Random) -> Change:
    part, page, component = _component(app, chance)
    pages = next(one for one in app.layout_sets if one.id == part).pages
    target = _one((one for one in pages if not one.broken), chance)
    groups = [one.id for one in target.components if one.type == "Group" and one.id != component.id]
    parent = chance.choice([None, None, *groups])
    return edits.MoveComponents(
        part, page, (component.id,), target.name, parent, chance.randint(0, len(target.roots))
    )


def _group(app: AppDefinition, chance: Random) -> Change:
    part, page, component = _component(app, chance)
    return edits.GroupComponents(part, page, (component.id,), {"id": _name(chance), "type": "Group"})


def _ungroup(app: AppDefinition, chance: Random) -> Change:
    part, page = _page(app, chance)
    group = _one((one for one in page.components if one.type == "Group"), chance)
    return edits.UngroupComponents(part.id, page.name, (group.id,))


def _duplicate(app: AppDefinition, chance: Random) -> Change:
    part, page, component = _component(app, chance)
    return edits.DuplicateComponents(part, page, (component.id,))


def _rename_component(app: AppDefinition, chance: Random) -> Change:
    part, page, component = _component(app, chance)
    return edits.RenameComponent(part, page, component.id, _name(chance))


def _add_page(app: AppDefinition, chance: Random) -> Change:
    part, _ = _page(app, chance)
    return edits.AddPage(part.id, _name(chance), chance.randint(0, len(part.pages)))


def _move_page(app: AppDefinition, chance: Random) -> Change:
    part, page = _page(app, chance)
    return edits.MovePage(part.id, page.name, chance.randrange(len(part.pages)))


def _rename_page(app: AppDefinition, chance: Random) -> Change:
    part, page = _page(app, chance)
    return edits.RenamePage(part.id, page.name, _name(chance))


def _remove_page(app: AppDefinition, chance: Random) -> Change:
    part, page = _page(app, chance)
    if len(part.pages) < 2:
        raise Nothing
    return edits.RemovePage(part.id, page.name)


def _hide_page(app: AppDefinition, chance: Random) -> Change:
    part, page = _page(app, chance)
    return edits.SetPageHidden(part.id, page.name, chance.choice(EXPRESSIONS))


def _add_field(app: AppDefinition, chance: Random) -> Change:
    kind = chance.choice(["string", "integer", "group"])
    model, place, _ = _field(app, chance)
    return edits.AddField(model, place.rpartition("/properties/")[0], _name(chance), kind)


def _rename_field(app: AppDefinition, chance: Random) -> Change:
    model, place, _ = _field(app, chance)
    return edits.RenameNode(model, place, _name(chance))


def _remove_field(app: AppDefinition, chance: Random) -> Change:
    model, place, _ = _field(app, chance)
    return edits.DeleteNode(model, place)


def _limit_field(app: AppDefinition, chance: Random) -> Change:
    model, place, _ = _field(app, chance)
    keywords = chance.choice([{"maxLength": chance.randint(1, 90)}, {"title": _name(chance)}])
    return edits.SetKeywords(model, place, keywords)


def _require_field(app: AppDefinition, chance: Random) -> Change:
    model, place, _ = _field(app, chance)
    return edits.SetRequired(model, place, chance.random() < 0.5)


def _move_field(app: AppDefinition, chance: Random) -> Change:
    model, place, _ = _field(app, chance)
    return edits.MoveField(model, place, place.rpartition("/properties/")[0], _field(app, chance)[2])


def _calculate(app: AppDefinition, chance: Random) -> Change:
    model, _, name = _field(app, chance)
    return edits.SetCalculation(model, name, chance.choice([["concat", "a", _name(chance)], None]))


def _validate(app: AppDefinition, chance: Random) -> Change:
    model, _, name = _field(app, chance)
    rule = {"message": _name(chance), "condition": ["equals", ["dataModel", name], _name(chance)]}
    return edits.SetValidation(model, name, rule, None)


def _prefill(app: AppDefinition, chance: Random) -> Change:
    model, _, name = _field(app, chance)
    return edits.SetPrefill(model, "UserProfile", chance.choice(["Email", "PhoneNumber"]), name)


def _add_list(app: AppDefinition, chance: Random) -> Change:
    options = tuple({"value": str(number), "label": _name(chance)} for number in range(3))
    return edits.SetOptions(options, option_id=_name(chance))


def _add_option(app: AppDefinition, chance: Random) -> Change:
    option_id, listed = _list(app, chance)
    written = {"value": _name(chance), "label": {"nb": _name(chance)}}
    return edits.AddOption(option_id, chance.randint(0, len(listed)), written)


def _remove_option(app: AppDefinition, chance: Random) -> Change:
    option_id, listed = _list(app, chance)
    place = _one(range(len(listed)), chance)
    return edits.SetOptions((*listed[:place], *listed[place + 1 :]), option_id=option_id)


def _set_option(app: AppDefinition, chance: Random) -> Change:
    option_id, listed = _list(app, chance)
    place = _one(range(len(listed)), chance)
    listed = [
        {**one, "label": _name(chance)} if number == place else one for number, one in enumerate(listed)
    ]
    return edits.SetOptions(tuple(listed), option_id=option_id)


def _move_option(app: AppDefinition, chance: Random) -> Change:
    option_id, listed = _list(app, chance)
    listed = list(listed)
    one = listed.pop(_one(range(len(listed)), chance))
    listed.insert(chance.randint(0, len(listed)), one)
    return edits.SetOptions(tuple(listed), option_id=option_id)


def _name_step(app: AppDefinition, chance: Random) -> Change:
    path = _file(app, (".bpmn",), chance)
    text = app.files[path].decode("utf-8", "surrogateescape")
    place = _one(
        [found.span(1) for found in re.finditer(r'<bpmn2?:\w*[tT]ask [^>]*name="([^"]*)"', text)], chance
    )
    return _file_of(path, text[: place[0]] + _name(chance) + text[place[1] :])


def _describe_rule(app: AppDefinition, chance: Random) -> Change:
    path = _file(app, ("policy.xml",), chance)
    text = app.files[path].decode("utf-8", "surrogateescape")
    place = _one([found.end() for found in re.finditer(r"</xacml:Rule>", text)], chance)
    rule = f'\n  <xacml:Rule RuleId="urn:rule:{_name(chance)}" Effect="Permit"></xacml:Rule>'
    return _file_of(path, text[:place] + rule + text[place:])


def _edit_lines(app: AppDefinition, chance: Random) -> Change:
    """Somebody who works with the files: lines of code or text."""
    path = _file(app, (".md", ".py", ".css", ".js", ".cs", ".csproj", "Dockerfile"), chance)
    lines = app.files[path].decode("utf-8", "surrogateescape").splitlines(keepends=True)
    place = chance.randint(0, len(lines))
    lines[place : place + chance.randint(0, 2)] = [f"{_name(chance)}\n"] * chance.randint(0, 2)
    return _file_of(path, "".join(lines))


def _add_file(app: AppDefinition, chance: Random) -> Change:
    return _file_of(f"docs/{chance.choice('abc')}.md", f"# {_name(chance)}\n")


def _remove_file(app: AppDefinition, chance: Random) -> Change:
    return edits.SetFile(_file(app, (".md", ".cs", ".css", ".png"), chance), None)


def _file_of(path: str, text: str) -> Change:
    return edits.SetFile(path, text.encode("utf-8", "surrogateescape"))


KINDS: tuple[Callable[[AppDefinition, Random], Change], ...] = (
    *(_set_text, _add_text, _rename_text, _set_title, _edit_lines, _add_file, _remove_file),
    *(_add_component, _add_component, _set_property, _set_property, _set_property, _bind, _remove),
    *(_move, _move, _group, _ungroup, _duplicate, _rename_component),
    *(_add_page, _move_page, _rename_page, _remove_page, _hide_page),
    *(_add_field, _rename_field, _remove_field, _limit_field, _require_field, _move_field),
    *(_calculate, _validate, _prefill, _name_step, _describe_rule),
    *(_add_list, _add_option, _remove_option, _set_option, _move_option),
)
