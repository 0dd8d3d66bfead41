"""Changes of the rules beside a data model: what is filled in, worked out, and what answers must keep.

A change writes the members that it knows and leaves all others as they are; a file that is missing is made.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.rules import SOURCES
from studio.definition.rules.problems import expression_problems, pointer
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.telling import Became, calculation_told, validation_told
from studio.definition.sentences import N_, Sentence

_RULE_MEMBERS: Final = ("ref", "message", "condition", "severity", "showImmediately")
_EXPRESSIONS: Final = ("condition", "message", "expression")
# What the platform's own editors look up to check and complete the file.
_SCHEMAS: Final = "https://altinncdn.no/schemas/json"


@register
@dataclass(frozen=True)
class SetValidation(Change):
    """A rule for a field: the one at `index` gets this content, or a new one comes last (None).

    `rule` is the name of a definition, or an object with the members of a rule (app-format.md, 7.6).
    """

    kind: ClassVar[str] = "set_validation"
    data_type: str
    field: str
    rule: Any
    index: int | None = None

    def edit(self, copy: WorkingCopy) -> None:
        _refuse_bad_rule(self.field, self.rule)
        path = copy.app.paths.validation(_known(copy, self.data_type))
        where = _made(copy, path, "validations", self.field, [])
        rules = _at(copy, path, "validations", self.field)
        if not isinstance(rules, list):
            raise DomainError(Sentence(N_("The rules for %(field)s must be a list."), {"field": self.field}))
        if self.index is None:
            copy.insert(path, where, len(rules), self.rule)
        elif 0 <= self.index < len(rules):
            _put(copy, path, f"{where}/{self.index}", rules[self.index], self.rule, _RULE_MEMBERS)
        else:
            raise _gone(self.field)

    def sentence(self, app: AppDefinition) -> Sentence:
        became: Became = "added" if self.index is None else "changed"
        return validation_told(Names(app, data_type=self.data_type), self.field, self.rule, became)


@register
@dataclass(frozen=True)
class RemoveValidation(Change):
    """The rule at `index` of a field goes away."""

    kind: ClassVar[str] = "remove_validation"
    data_type: str
    field: str
    index: int

    def edit(self, copy: WorkingCopy) -> None:
        path = copy.app.paths.validation(_known(copy, self.data_type))
        rules = _at(copy, path, "validations", self.field)
        if not isinstance(rules, list) or not 0 <= self.index < len(rules):
            raise _gone(self.field)
        where = pointer("validations", self.field)
        copy.delete(path, where if len(rules) == 1 else f"{where}/{self.index}")

    def sentence(self, app: AppDefinition) -> Sentence:
        rules = _member(_member(app.json(app.paths.validation(self.data_type)), "validations"), self.field)
        there = isinstance(rules, list) and 0 <= self.index < len(rules)
        rule = rules[self.index] if there else None
        return validation_told(Names(app, data_type=self.data_type), self.field, rule, "removed")


@register
@dataclass(frozen=True)
class SetRuleDefinition(Change):
    """A rule with a name, for others to be or to build on; None takes it away."""

    kind: ClassVar[str] = "set_rule_definition"
    data_type: str
    name: str
    rule: Any

    def edit(self, copy: WorkingCopy) -> None:
        path = copy.app.paths.validation(_known(copy, self.data_type))
        if self.rule is not None and (not self.name.strip() or not isinstance(self.rule, Mapping)):
            raise DomainError(Sentence(N_("A rule that others build on needs a name and a content.")))
        _set_or_remove(copy, path, "definitions", self.name, self.rule, _RULE_MEMBERS)

    def sentence(self, app: AppDefinition) -> Sentence:
        content = app.json(app.paths.validation(self.data_type))
        message = N_("The rule %(name)s was changed")
        if self.rule is None:
            message = N_("The rule %(name)s was removed")
        elif self.name not in (_member(content, "definitions") or {}):
            message = N_("The rule %(name)s was added")
        return Sentence(message, {"name": self.name})


@register
@dataclass(frozen=True)
class SetCalculation(Change):
    """A field is worked out by an expression; None lets people answer it themselves again."""

    kind: ClassVar[str] = "set_calculation"
    data_type: str
    field: str
    expression: Any

    def edit(self, copy: WorkingCopy) -> None:
        path = copy.app.paths.calculation(_known(copy, self.data_type))
        rule = None if self.expression is None else {"expression": self.expression}
        _set_or_remove(copy, path, "calculations", self.field, rule, ("expression",))

    def sentence(self, app: AppDefinition) -> Sentence:
        return calculation_told(Names(app, data_type=self.data_type), self.field, self.expression)


@register
@dataclass(frozen=True)
class SetPrefill(Change):
    """The field `target` is filled in with what a source has under `key`; None ends that."""

    kind: ClassVar[str] = "set_prefill"
    data_type: str
    source: str
    key: str
    target: str | None

    def edit(self, copy: WorkingCopy) -> None:
        path = copy.app.paths.prefill(_known(copy, self.data_type))
        values = {"name": self.source}
        if self.source not in SOURCES:
            text = N_("%(name)s is no source that fields can be filled in from.")
            raise DomainError(Sentence(text, values))
        if self.target is None:
            if _at(copy, path, self.source, self.key) is None:
                raise _gone(self.key)
            copy.delete(path, pointer(self.source, self.key))
        elif not self.key.strip() or not self.target.strip():
            raise DomainError(Sentence(N_("Say what is filled in, and in which field.")))
        else:
            where = _made(copy, path, self.source, self.key, self.target)
            copy.set(path, where, self.target)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"field": self.target or "", "source": self.source, "key": self.key}
        if self.target is None:
            return Sentence(N_("No field is filled in from %(source)s (%(key)s) any more"), values)
        return Sentence(N_("%(field)s is now filled in from %(source)s (%(key)s)"), values)


@register
@dataclass(frozen=True)
class SetPrefillOverwrite(Change):
    """Whether what is filled in takes the place of what is there already."""

    kind: ClassVar[str] = "set_prefill_overwrite"
    data_type: str
    allowed: bool

    def edit(self, copy: WorkingCopy) -> None:
        path = copy.app.paths.prefill(_known(copy, self.data_type))
        _file(copy, path)
        copy.set(path, "/allowOverwrite", self.allowed is True)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        message = N_("What is filled in no longer takes the place of other values (%(name)s)")
        if self.allowed:
            message = N_("What is filled in now takes the place of other values (%(name)s)")
        return Sentence(message, {"name": self.data_type})


def _known(copy: WorkingCopy, data_type: str) -> str:
    """The id of a data type as the app writes it. Raises NotThere."""
    found = copy.app.metadata.data_type(data_type)
    if found is None:
        raise NotThere(Sentence(N_("The data type %(name)s does not exist any more."), {"name": data_type}))
    return found.id


def _refuse_bad_rule(name: str, rule: Any) -> None:
    if isinstance(rule, str) and rule:
        return
    if not isinstance(rule, Mapping):
        raise DomainError(Sentence(N_("A rule for %(field)s is no rule."), {"field": name}))
    for key in _EXPRESSIONS:
        for problem in expression_problems(rule[key], "", name) if key in rule else ():
            raise DomainError(problem.sentence)


def _file(copy: WorkingCopy, path: str) -> None:
    if not copy.exists(path):
        kind = path.removesuffix(".json").rpartition(".")[2]
        content = {"$schema": f"{_SCHEMAS}/{kind}/{kind}.schema.v1.json"}
        copy.write(path, json.dumps(content, indent=2).encode() + b"\n")
    if copy.app.json(path) is not None and not isinstance(copy.app.json(path), dict):
        text = N_("%(name)s must be an object, with curly brackets.")
        raise DomainError(Sentence(text, {"name": path}))


def _made(copy: WorkingCopy, path: str, part: str, name: str, empty: Any) -> str:
    """The pointer of a member of a part of the file; both are made where they are missing."""
    _file(copy, path)
    content = copy.app.json(path)
    if not isinstance(_member(content, part), Mapping):
        copy.set(path, pointer(part), {name: empty})
    elif name not in content[part]:
        copy.set(path, pointer(part, name), empty)
    return pointer(part, name)


def _set_or_remove(
    copy: WorkingCopy,
    path: str,
    part: str,
    name: str,
    rule: Mapping[str, Any] | None,
    members: Iterable[str],
) -> None:
    """A member of a part of the file gets the known members of `rule`, or goes away (None)."""
    before = _at(copy, path, part, name)
    if rule is None:
        if before is None:
            raise _gone(name)
        copy.delete(path, pointer(part, name))
        return
    _refuse_bad_rule(name, rule)
    where = _made(copy, path, part, name, {})
    _put(copy, path, where, before, rule, members)


def _at(copy: WorkingCopy, path: str, part: str, name: str) -> Any:
    return _member(_member(copy.app.json(path), part), name)


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


def _put(copy: WorkingCopy, path: str, where: str, before: Any, rule: Any, members: Iterable[str]) -> None:
    """Write the known members of a rule, each where it is another now; unknown ones stay."""
    if not isinstance(before, Mapping) or not isinstance(rule, Mapping):
        copy.set(path, where, rule)
        return
    for key in members:
        if key in rule:
            copy.set(path, f"{where}/{key}", rule[key])
        elif key in before:
            copy.delete(path, f"{where}/{key}")


def _gone(name: str) -> NotThere:
    return NotThere(Sentence(N_("The rule for %(field)s does not exist any more."), {"field": name}))
