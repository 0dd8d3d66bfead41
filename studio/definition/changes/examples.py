"""Changes of the examples that rules are held against (App/tests/rules/*.json, decision 0018)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.rules.examples import Example, all_examples, example_json, examples_of, read_example
from studio.definition.sentences import N_, Sentence

# Members in the order in which people read them.
_MEMBERS: Final = (
    *("id", "name", "rule", "given", "also", "row", "language", "owner", "action", "option"),
    *("settings", "options", "expect"),
)
_ID_LENGTH: Final = 8


@register
@dataclass(frozen=True)
class AddExample(Change):
    """A rule gets an example; `example` is as the file has it, but for the id."""

    kind: ClassVar[str] = "add_example"
    data_type: str
    example: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        known = copy.app.metadata.data_type(self.data_type)
        if known is None:
            raise NotThere(Sentence(N_("The app has no data type %(name)s."), {"name": self.data_type}))
        path = copy.app.paths.examples(known.id)
        found = examples_of(copy.app, known.id)
        taken = {each.id for each in found.examples}
        written = _written(self.example, _free_id(self.example, taken))
        if not copy.exists(path):
            copy.write(path, b'{\n  "examples": []\n}\n')
        content = copy.app.json(path)
        listed = content.get("examples") if isinstance(content, Mapping) else None
        if not isinstance(listed, list):
            text = N_("The examples in %(path)s cannot be read. Correct the file, or remove it.")
            raise DomainError(Sentence(text, {"path": path}))
        copy.insert(path, "/examples", len(listed), written)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("Example *%(name)s* was added"), {"name": str(self.example.get("name", ""))})


@register
@dataclass(frozen=True)
class SetExample(Change):
    """The example `id` gets another content; `example` is as the file has it."""

    kind: ClassVar[str] = "set_example"
    data_type: str
    id: str
    example: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        before = _found(copy.app, self.data_type, self.id)
        path = copy.app.paths.examples(self.data_type)
        written = _written(self.example, self.id)
        had = _raw(copy.app, path, before)
        for member in _MEMBERS:
            where = f"{before.pointer}/{member}"
            if member in written and (member not in had or had[member] != written[member]):
                copy.set(path, where, written[member])
            elif member in had and member not in written:
                copy.delete(path, where)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("Example *%(name)s* was changed"), {"name": str(self.example.get("name", ""))})


@register
@dataclass(frozen=True)
class RemoveExample(Change):
    """The example `id` goes away, and the file with the last one."""

    kind: ClassVar[str] = "remove_example"
    data_type: str
    id: str

    def edit(self, copy: WorkingCopy) -> None:
        _remove(copy, self.data_type, [_found(copy.app, self.data_type, self.id)])

    def sentence(self, app: AppDefinition) -> Sentence:
        found = next((each for each in examples_of(app, self.data_type).examples if each.id == self.id), None)
        return Sentence(N_("Example *%(name)s* was removed"), {"name": found.name if found else self.id})


def follow_component(copy: WorkingCopy, layout_set: str, component: str, name: str) -> None:
    """The examples of a component's rules are for its new id."""
    _rename(copy, layout_set, "component", component, name)


def follow_page(copy: WorkingCopy, layout_set: str, page: str, name: str) -> None:
    """The examples of a page's rule are for its new name."""
    _rename(copy, layout_set, "page", page, name)


def forget_component(copy: WorkingCopy, layout_set: str, component: str) -> None:
    """The examples of a component's rules go away with it."""
    _forget(copy, layout_set, "component", component)


def forget_page(copy: WorkingCopy, layout_set: str, page: str) -> None:
    """The examples of a page's rule go away with it."""
    _forget(copy, layout_set, "page", page)


def _rename(copy: WorkingCopy, layout_set: str, member: str, before: str, after: str) -> None:
    for data_type, example in list(_about(copy.app, layout_set, member, before)):
        copy.set(copy.app.paths.examples(data_type), f"{example.pointer}/rule/{member}", after)


def _forget(copy: WorkingCopy, layout_set: str, member: str, name: str) -> None:
    gone: dict[str, list[Example]] = {}
    for data_type, example in _about(copy.app, layout_set, member, name):
        gone.setdefault(data_type, []).append(example)
    for data_type, examples in gone.items():
        _remove(copy, data_type, examples)


def _about(app: AppDefinition, layout_set: str, member: str, name: str) -> Iterator[tuple[str, Example]]:
    for data_type, found in all_examples(app):
        for example in found.examples:
            if example.rule.form == layout_set and getattr(example.rule, member) == name:
                yield data_type, example


def _remove(copy: WorkingCopy, data_type: str, examples: list[Example]) -> None:
    path = copy.app.paths.examples(data_type)
    places = {int(example.pointer.rpartition("/")[2]) for example in examples}
    content = copy.app.json(path)
    if set(content) <= {"examples", "$schema"} and len(content["examples"]) == len(places):
        copy.write(path, None)
    else:
        copy.delete_elements(path, "/examples", places)


def _found(app: AppDefinition, data_type: str, example_id: str) -> Example:
    found = next((each for each in examples_of(app, data_type).examples if each.id == example_id), None)
    if found is None:
        raise NotThere(Sentence(N_("The example does not exist any more.")))
    return found


def _raw(app: AppDefinition, path: str, example: Example) -> Mapping[str, Any]:
    raw: Mapping[str, Any] = app.json(path)["examples"][int(example.pointer.rpartition("/")[2])]
    return raw


def _written(example: Mapping[str, Any], example_id: str) -> dict[str, Any]:
    """The example as the file gets it. Raises DomainError where it is none."""
    whole = {**example, "id": example_id}
    name = whole.get("name")
    if not isinstance(name, str) or not name.strip():
        raise DomainError(Sentence(N_("Give the example a name.")))
    read = read_example({**whole, "name": name.strip()})
    if not isinstance(read, Example):
        raise DomainError(read.sentence)
    return {"id": example_id, **example_json(name.strip(), read.rule, read.situation, read.expect)}


def _free_id(example: Mapping[str, Any], taken: set[str]) -> str:
    """An id made from the content: two people who add examples at the same time get different ones."""
    text = json.dumps({**example, "id": ""}, sort_keys=True, default=str)
    made, count = hashlib.sha256(text.encode()).hexdigest(), 0
    while made[:_ID_LENGTH] in taken:
        count += 1
        made = hashlib.sha256(f"{text}{count}".encode()).hexdigest()
    return made[:_ID_LENGTH]
