"""What changed in the rules beside the data models."""

from collections.abc import Iterator, Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.json_text import same
from studio.definition.rules import SOURCES
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
                yield from ((path, told) for told in tell(_content(old, path), _content(new, path), name))


def _content(app: AppDefinition, path: str) -> Mapping[str, Any]:
    content = app.json(path)
    return content if isinstance(content, Mapping) else {}


def _validations(old: Mapping[str, Any], new: Mapping[str, Any], _name: str) -> Iterator[Sentence]:
    before, after = _part(old, "definitions"), _part(new, "definitions")
    messages = (
        N_("The rule %(name)s was added"),
        N_("The rule %(name)s was changed"),
        N_("The rule %(name)s was removed"),
    )
    for name, message in _differences(before, after, messages):
        yield Sentence(message, {"name": name})
    before, after = _part(old, "validations"), _part(new, "validations")
    for field in dict.fromkeys((*after, *before)):
        yield from (
            Sentence(message, {"field": field})
            for message in _rules(_listed(before.get(field)), _listed(after.get(field)))
        )


def _rules(before: list[Any], after: list[Any]) -> Iterator[str]:
    gone = [rule for rule in before if not any(same(rule, other) for other in after)]
    new = [rule for rule in after if not any(same(rule, other) for other in before)]
    both = min(len(gone), len(new))
    yield from [N_("A rule for %(field)s was changed")] * both
    yield from [N_("A rule for %(field)s was added")] * (len(new) - both)
    yield from [N_("A rule for %(field)s was removed")] * (len(gone) - both)
    if not gone and not new and not same(before, after):
        yield N_("The rules for %(field)s were put in another order")


def _calculations(old: Mapping[str, Any], new: Mapping[str, Any], _name: str) -> Iterator[Sentence]:
    messages = (
        N_("%(field)s is now calculated"),
        N_("The calculation of %(field)s was changed"),
        N_("%(field)s is no longer calculated"),
    )
    for field, message in _differences(_part(old, "calculations"), _part(new, "calculations"), messages):
        yield Sentence(message, {"field": field})


def _prefill(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> Iterator[Sentence]:
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
        yield Sentence(text, {"name": name})


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
