"""Every place that names a text. Keys that the app's own code puts together are not seen.

Sources of the places: app-format.md 1, 2, 5, 6, 7.6 and 8; components.md; process.md on file names.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.components import component_type
from studio.definition.components.referring import text_mentions
from studio.definition.content_cache import ContentCache
from studio.definition.data_model.places import escaped
from studio.definition.expressions.calls import calls
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.rules import validations_of
from studio.definition.rules.examples import all_examples, is_worked_out
from studio.definition.rules.places import ExpressionPlace, expression_places
from studio.definition.sentences import N_, Sentence
from studio.definition.text_references.text_place import TextPlace
from studio.definition.texts import member, spelled

_OF_OPTIONS: Final = ("label", "description", "helpText")
_OUTSIDE: Final[ContentCache[Mapping[str, tuple[TextPlace, ...]]]] = ContentCache(16)
_BY_KEY: Final[ContentCache[Mapping[str, tuple[TextPlace, ...]]]] = ContentCache(16)


def uses_by_key(app: AppDefinition) -> Mapping[str, tuple[TextPlace, ...]]:
    """The places by what is written there, remembered by the content of the app."""
    return _BY_KEY.get(app.files.tree_id, lambda: _by_key(app))


def uses_of_text(app: AppDefinition, key: str) -> tuple[TextPlace, ...]:
    """The places that name the text with this key."""
    return uses_by_key(app).get(key, ())


def text_places(app: AppDefinition) -> Iterator[TextPlace]:
    """Every place that names a text, form by form, then what lies beside the forms, then other texts."""
    yield from _outside_texts(app)
    yield from _in_texts(app)


def _outside_texts(app: AppDefinition) -> Iterator[TextPlace]:
    for layout_set in app.layout_sets:
        for page in layout_set.pages:
            yield _page_title(layout_set, page)
            for component in page.components:
                yield from _in_component(layout_set, page, component)
        yield from _in_settings(layout_set)
    for place in expression_places(app):
        yield from _in_expression(place)
    for option_id in app.option_ids:
        yield from _in_options(app, option_id)
    for data_type in app.metadata.data_types:
        yield from _in_messages(app, data_type.id)
        yield from _in_schema(app, data_type.id)
    yield from _in_examples(app)
    yield from _in_metadata(app)
    yield from _in_footer(app)


def _by_key(app: AppDefinition) -> Mapping[str, tuple[TextPlace, ...]]:
    """Most places are not in texts, and are kept when only a text is edited: the very same tuples."""
    files = app.files
    state = "\n".join(f"{path}:{files.blob_id(path)}" for path in files if app.paths.language(path) is None)
    outside = _OUTSIDE.get(state, lambda: _grouped(_outside_texts(app)))
    inside = _grouped(_in_texts(app))
    return {**outside, **{key: (*outside.get(key, ()), *places) for key, places in inside.items()}}


def _grouped(places: Iterator[TextPlace]) -> Mapping[str, tuple[TextPlace, ...]]:
    found: defaultdict[str, list[TextPlace]] = defaultdict(list)
    for place in places:
        found[place.key].append(place)
    return {key: tuple(listed) for key, listed in found.items()}


def _page_title(layout_set: LayoutSet, page: Page) -> TextPlace:
    what = Sentence(N_("Title of the page *%(page)s*"), {"page": page.name})
    return TextPlace(page.path, "", page.name, what, layout_set, page, is_fixed=True)


def _in_component(layout_set: LayoutSet, page: Page, component: Component) -> Iterator[TextPlace]:
    kind = component_type(component.type)

    def at(pointer: str, key: str, slot: str, label: Sentence | str) -> TextPlace:
        values: dict[str, str | int | Sentence] = {"slot": label, "id": component.id, "page": page.name}
        what = Sentence(N_("%(slot)s of *%(id)s* on the page *%(page)s*"), values)
        return TextPlace(page.path, component.pointer + pointer, key, what, layout_set, page, component, slot)

    for slot, key in component.text_keys.items():
        declared = kind.text(slot) if kind else None
        label = declared.label if declared else slot
        yield at(f"/textResourceBindings/{escaped(slot)}", key, slot, label)
    for mention in text_mentions(kind, component.raw) if kind else ():
        yield at(mention.pointer, mention.name, mention.about.name, mention.about.label)


def _in_settings(layout_set: LayoutSet) -> Iterator[TextPlace]:
    """The names of page groups."""
    groups = _at(layout_set.settings, "pages", "groups")
    for number, group in enumerate(groups if isinstance(groups, list) else ()):
        if isinstance(name := _at(group, "name"), str):
            pointer = f"/pages/groups/{number}/name"
            what = Sentence(N_("Name of a group of pages"))
            yield TextPlace(layout_set.settings_path, pointer, name, what, layout_set)


def _in_examples(app: AppDefinition) -> Iterator[TextPlace]:
    """The messages that examples of rules are about (decision 0018)."""
    for data_type, found in all_examples(app):
        for example in found.examples:
            if example.rule.message and not is_worked_out(example.rule.message):
                what = Sentence(N_("Example *%(name)s*"), {"name": example.name})
                pointer = f"{example.pointer}/rule/message"
                yield TextPlace(app.paths.examples(data_type), pointer, example.rule.message, what)


def _in_expression(place: ExpressionPlace) -> Iterator[TextPlace]:
    """Keys in an expression: what `text` asks for, and the texts that it can give where a text is wanted."""
    found = {
        (*call.at, 1): key
        for call in calls(place.expression)
        if call.name == "text" and (key := call.literal(1)) is not None
    }
    if place.kind in {"text", "message"} or (place.wants == "text" and place.kind in {"property", "setting"}):
        found.update(_results(place.expression))
    what = Sentence(N_("Rule of *%(id)s* on the page *%(page)s*"), _names(place))
    if place.component is None:
        what = Sentence(N_("A rule in %(file)s"), {"file": place.file})
    slot = place.name.removeprefix("textResourceBindings.")
    for at, key in found.items():
        pointer = "".join((place.pointer, *(f"/{step}" for step in at)))
        flow = place.flow.id if place.flow else None
        yield TextPlace(
            place.file, pointer, key, what, place.layout_set, place.page, place.component, slot, flow
        )


def _names(place: ExpressionPlace) -> Mapping[str, str]:
    return {
        "id": place.component.id if place.component else "",
        "page": place.page.name if place.page else "",
    }


def _results(expression: Any) -> Iterator[tuple[tuple[int, ...], str]]:
    """(where, text) of the texts written out that an expression can have as its value."""
    waiting: list[tuple[tuple[int, ...], Any]] = [((), expression)]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, str) and at:
            yield at, value
        elif isinstance(value, list) and value and value[0] == "if":
            waiting.extend(((*at, branch), value[branch]) for branch in (2, 4) if branch < len(value))


def _in_options(app: AppDefinition, option_id: str) -> Iterator[TextPlace]:
    path = app.paths.options(option_id)
    listed = app.json(path)
    what = Sentence(N_("Option list *%(id)s*"), {"id": option_id})
    for number, option in enumerate(listed if isinstance(listed, list) else ()):
        for name in _OF_OPTIONS:
            if isinstance(key := member(option, name), str) and key:
                yield TextPlace(path, f"/{number}/{spelled(option, name)}", key, what, slot=name)


def _in_texts(app: AppDefinition) -> Iterator[TextPlace]:
    """Texts that are variables of other texts."""
    for language in app.languages:
        path = app.paths.texts(language)
        for resource in app.texts(language).with_variables:
            for number, variable in enumerate(resource.variables):
                if variable.data_source == "text":
                    raw = _at(app.json(path), *resource.pointer.split("/")[1:])
                    listed = spelled(raw, "variables")
                    name = spelled(raw[listed][number], "key") if isinstance(raw, dict) else "key"
                    pointer = f"{resource.pointer}/{listed}/{number}/{name}"
                    what = Sentence(N_("Inside the text *%(key)s*"), {"key": resource.id})
                    yield TextPlace(path, pointer, variable.key, what)


def _in_messages(app: AppDefinition, data_type: str) -> Iterator[TextPlace]:
    """Messages of rules, where they are written and not taken over from a definition."""
    path, validations = app.paths.validation(data_type), validations_of(app, data_type)
    rules = [rule for of_field in validations.rules.values() for rule in of_field]
    for rule in (*rules, *validations.definitions.values()):
        message = _at(rule.written, "message")
        if isinstance(message, str):
            what = Sentence(N_("Message of a validation in %(file)s"), {"file": path})
            yield TextPlace(path, f"{rule.pointer}/message", message, what)


def _in_schema(app: AppDefinition, data_type: str) -> Iterator[TextPlace]:
    """Messages that a data model names for what does not fit it."""
    path = app.schema_path(data_type)
    waiting: list[tuple[str, Any]] = [("", app.json(path))] if path else []
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            message = value.get("errorMessage")
            if isinstance(message, str) and path and not pointer.endswith("/properties"):
                what = Sentence(N_("Error message in the data model *%(name)s*"), {"name": data_type})
                yield TextPlace(path, f"{pointer}/errorMessage", message, what)
            waiting.extend((f"{pointer}/{escaped(name)}", inner) for name, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((f"{pointer}/{number}", inner) for number, inner in enumerate(value))


def _in_metadata(app: AppDefinition) -> Iterator[TextPlace]:
    path, raw = app.paths.metadata, app.json(app.paths.metadata)
    listed = _at(raw, "dataTypes")
    for number, data_type in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(key := _at(data_type, "grouping"), str):
            what = Sentence(N_("Heading of attachments on the receipt"))
            yield TextPlace(path, f"/dataTypes/{number}/grouping", key, what)
    for steps in ((), ("users",), ("serviceOwners",)):
        if isinstance(key := _at(raw, "apiScopes", *steps, "errorMessageTextResourceKey"), str):
            pointer = "/".join(("", "apiScopes", *steps, "errorMessageTextResourceKey"))
            yield TextPlace(path, pointer, key, Sentence(N_("Message to those without access")))


def _in_footer(app: AppDefinition) -> Iterator[TextPlace]:
    path = app.paths.footer
    listed = _at(app.json(path), "footer")
    for number, line in enumerate(listed if isinstance(listed, list) else ()):
        for name in ("title", "target"):
            if isinstance(key := _at(line, name), str):
                yield TextPlace(path, f"/footer/{number}/{name}", key, Sentence(N_("The footer")), slot=name)


def _at(value: Any, *steps: str) -> Any:
    """What lies at the end of some steps into JSON; None where there is nothing."""
    for step in steps:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
