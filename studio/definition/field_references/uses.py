"""Who uses a field: the places that name it, found through every way that leads to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from studio.definition.app import AppDefinition
from studio.definition.data_model.places import Step, places_of, split_property
from studio.definition.field_references.field_place import FieldPlace, UseKind
from studio.definition.field_references.in_code import lines_naming
from studio.definition.field_references.in_content import in_content
from studio.definition.field_references.in_examples import in_examples
from studio.definition.field_references.in_forms import in_forms
from studio.definition.naming import component_name, page_name
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One place that names a field.

    `field` is its path without indexes; `pointer` is a JSON Pointer in `file`, in a process inside the
    condition of a flow, and "" in code. `sentence` says where it is.
    """

    file: str
    pointer: str
    field: str
    kind: UseKind
    sentence: Sentence
    layout_set: str | None = None
    page: str | None = None
    component: str | None = None


def uses_of_field(app: AppDefinition, data_type: str, node: str) -> tuple[FieldUse, ...]:
    """Every place that names the field, group or type at the pointer `node`, or a field beneath it.

    Last the app's own code, where the name of the field itself stands in it.
    """
    named = [use_at(app, place) for place in places_through(app, data_type, node)]
    _, name = split_property(node)
    return (*named, *(_use_in_code(name, *found) for found in lines_naming(app, name) if name))


def _use_in_code(name: str, file: str, line: int) -> FieldUse:
    values: dict[str, str | int | Sentence] = {"file": file, "line": line}
    sentence = Sentence(N_("The app's own code, perhaps: %(file)s, line %(line)s"), values)
    return FieldUse(file, "", name, "code", sentence)


def places_through(app: AppDefinition, data_type: str, node: str) -> Iterator[FieldPlace]:
    """The places whose path leads through the schema at `node`."""
    named = app.metadata.data_type(data_type)
    for place in all_places(app):
        if place.data_type != (named.id if named else data_type):
            continue
        steps = steps_of(app, place)
        if steps and any(node in step.pointers or node in step.inside for step in steps):
            yield place


def all_places(app: AppDefinition) -> Iterator[FieldPlace]:
    """Every place in the app that names a field, of any model, whether the field exists or not."""
    yield from in_forms(app)
    yield from in_content(app)
    yield from in_examples(app)


def steps_of(app: AppDefinition, place: FieldPlace) -> tuple[Step, ...] | None:
    """The way through the model that a place names; None where there is no such field, or no model."""
    model = app.model(place.data_type)
    if model is None:
        return None
    return places_of(model).resolve(place.full_path.names, loosely=place.loosely)


def use_at(app: AppDefinition, place: FieldPlace) -> FieldUse:
    """A place as people see it."""
    page, component, steps = place.page, place.component, steps_of(app, place)
    return FieldUse(
        place.file,
        place.pointer,
        ".".join(step.name for step in steps) if steps else place.full_path.plain,
        place.kind,
        place_sentence(app, place),
        page.layout_set if page else None,
        page.name if page else None,
        component.id if component else None,
    )


def place_sentence(app: AppDefinition, place: FieldPlace) -> Sentence:
    """Where a place is, in plain words: Page *Income*: *Amount*, binding."""
    if place.page is None:
        return place.what
    values: dict[str, str | int | Sentence] = {"page": page_name(app, place.page.name), "what": place.what}
    if place.component is None:
        return Sentence(N_("Page *%(page)s*: %(what)s"), values)
    values["name"] = component_name(app, place.component)
    return Sentence(N_("Page *%(page)s*: *%(name)s*, %(what)s"), values)
