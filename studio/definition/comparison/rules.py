"""What changed in the rules beside the data models."""

from collections.abc import Iterator, Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.app_logic import read_settings, setting_told
from studio.definition.json_text import same
from studio.definition.rules import SOURCES
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.telling import calculation_told, validation_told
from studio.definition.sentences import N_, Sentence

Told = Iterator[tuple[str, Sentence]]


def rule_sentences(old: AppDefinition, new: AppDefinition, changed: frozenset[str]) -> Told:
    """Each sentence with the path of the file it is about."""
    paths = new.paths
    kinds = dict.fromkeys(kind.id for app in (new, old) for kind in app.metadata.data_types)
    for name in kinds:
        for path, tell in (
            (paths.validation(name), _validations),
            (paths.calculation(name), _calculations),
            (paths.prefill(name), _prefill),
        ):
            if path in changed:
                yield from ((path, told) for told in tell(_File(old, new, path, name)))
    if paths.logic_settings in changed:
        yield from ((paths.logic_settings, told) for told in _logic_settings(old, new))


class _File:
    """A file of rules before and after."""

    def __init__(self, old: AppDefinition, new: AppDefinition, path: str, data_type: str) -> None:
        self.old = Names(old, data_type=data_type)
        self.new = Names(new, data_type=data_type)
        self.data_type = data_type
        self.before = _content(old, path)
        self.after = _content(new, path)

    def parts(self, name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """A part of the content, before and after."""
        return _part(self.before, name), _part(self.after, name)


def _content(app: AppDefinition, path: str) -> Mapping[str, Any]:
    content = app.json(path)
    return content if isinstance(content, Mapping) else {}


def _logic_settings(old: AppDefinition, new: AppDefinition) -> Iterator[Sentence]:
    before, after = (read_settings(app.json(app.paths.logic_settings)) for app in (old, new))
    if before.seconds != after.seconds:
        yield setting_told("seconds", after)
    if before.hosts != after.hosts:
        yield setting_told("hosts", after)


def _validations(file: _File) -> Iterator[Sentence]:
    messages = (
        N_("The rule %(name)s was added"),
        N_("The rule %(name)s was changed"),
        N_("The rule %(name)s was removed"),
    )
    for name, message in _differences(*file.parts("definitions"), messages):
        yield Sentence(message, {"name": name})
    before, after = file.parts("validations")
    for field in dict.fromkeys((*after, *before)):
        yield from _rules(file, field, _listed(before.get(field)), _listed(after.get(field)))


def _rules(file: _File, field: str, before: list[Any], after: list[Any]) -> Iterator[Sentence]:
    gone = [rule for rule in before if not any(same(rule, other) for other in after)]
    came = [rule for rule in after if not any(same(rule, other) for other in before)]
    both = min(len(gone), len(came))
    for place, rule in enumerate(came):
        yield validation_told(file.new, field, rule, "changed" if place < both else "added")
    for rule in gone[both:]:
        yield validation_told(file.old, field, rule, "removed")
    if not gone and not came and not same(before, after):
        yield Sentence(N_("The rules for %(field)s were put in another order"), {"field": field})


def _calculations(file: _File) -> Iterator[Sentence]:
    before, after = file.parts("calculations")
    for field, given in after.items():
        if field not in before or not same(before[field], given):
            yield calculation_told(file.new, field, _part(after, field).get("expression"))
    for field in before:
        if field not in after:
            yield calculation_told(file.old, field, None)


def _prefill(file: _File) -> Iterator[Sentence]:
    old, new = file.before, file.after
    filled = N_("%(field)s is now filled in from %(source)s (%(key)s)")
    messages = (filled, filled, N_("No field is filled in from %(source)s (%(key)s) any more"))
    for source in SOURCES:
        after = _part(new, source)
        for key, message in _differences(_part(old, source), after, messages):
            yield Sentence(message, {"field": str(after.get(key, "")), "source": source, "key": key})
    if (old.get("allowOverwrite") is True) != (new.get("allowOverwrite") is True):
        text = N_("What is filled in no longer takes the place of other values (%(name)s)")
        if new.get("allowOverwrite") is True:
            text = N_("What is filled in now takes the place of other values (%(name)s)")
        yield Sentence(text, {"name": file.data_type})


def _differences(
    before: Mapping[str, Any], after: Mapping[str, Any], messages: tuple[str, str, str]
) -> Iterator[tuple[str, str]]:
    """(name, message) of every member that was added, changed or removed."""
    added, changed, removed = messages
    for name, value in after.items():
        if name not in before:
            yield name, added
        elif not same(before[name], value):
            yield name, changed
    yield from ((name, removed) for name in before if name not in after)


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = content.get(name)
    return part if isinstance(part, Mapping) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
