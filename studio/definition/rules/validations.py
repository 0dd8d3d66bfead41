"""{data type}.validation.json: the rules that answers must keep (app-format.md 7.6, expressions.md 7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from studio.definition.findings import Severity
from studio.definition.rules.problems import Problem, expression_problems, not_an_object, pointer
from studio.definition.sentences import N_, Sentence

Level = Literal["error", "warning", "info", "success"]
LEVELS: Final[tuple[Level, ...]] = ("error", "warning", "info", "success")
_BY_NAME: Final[Mapping[str, Level]] = {level: level for level in LEVELS}


@dataclass(frozen=True, slots=True)
class Validation:
    """Where `condition` holds, the answer is wrong; `message` (a text key or an expression) says why.

    What a definition gives is filled in. `written` is the rule as the file has it: the name of a definition,
    or an object, unknown members and all.
    """

    condition: Any
    message: Any
    severity: Level = "error"
    show_immediately: bool = False
    pointer: str = ""
    written: Any = field(default=None, compare=False, repr=False)

    @property
    def definition(self) -> str | None:
        """The definition that the rule is, or builds on."""
        if isinstance(self.written, str):
            return self.written
        reference = self.written.get("ref") if isinstance(self.written, Mapping) else None
        return reference if isinstance(reference, str) else None


@dataclass(frozen=True)
class Validations:
    """The rules of one data model: field path (without indexes) -> its rules, in file order."""

    rules: Mapping[str, tuple[Validation, ...]] = field(default_factory=dict)
    definitions: Mapping[str, Validation] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_validations(content: Any) -> Validations:
    """The rules in a parsed file. Never raises: what cannot be carried out is a problem, and left out."""
    if content is None:
        return Validations()
    if not isinstance(content, Mapping):
        return Validations(problems=(not_an_object(""),))
    return _Reader(content).read()


class _Reader:
    """Reads one file from the top: a definition knows those above it."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content
        self._known: dict[str, Mapping[str, Any]] = {}
        self._problems: list[Problem] = []

    def read(self) -> Validations:
        definitions = {}
        for name, given in self._members("definitions"):
            where = pointer("definitions", name)
            made = self._validation(given, where, name, name)
            if made is not None:
                definitions[name] = made
        rules = {path: tuple(self._rules(path, given)) for path, given in self._members("validations")}
        return Validations(rules, definitions, tuple(self._problems))

    def _members(self, name: str) -> Iterator[tuple[str, Any]]:
        given = self._content.get(name)
        if isinstance(given, Mapping):
            yield from given.items()
        elif given is not None:
            self._problems.append(not_an_object(pointer(name), name))

    def _rules(self, path: str, given: Any) -> Iterator[Validation]:
        where = pointer("validations", path)
        if not isinstance(given, list):
            self._tell("bad-rule-file", where, N_("The rules for %(field)s must be a list."), field=path)
            return
        for place, each in enumerate(given):
            made = self._validation(each, where + pointer(place), path, None)
            if made is not None:
                yield made

    def _validation(self, given: Any, where: str, name: str, defines: str | None) -> Validation | None:
        members = self._resolved(given, where, name, defines)
        if members is None:
            return None
        problems = list(self._wrong_expressions(given, where, name))
        self._problems += problems
        level = self._level(members, where, name)
        if problems or level is None:
            return None
        if defines is not None:
            self._known[defines] = members
        elif not _says_something(members.get("message")):
            text = N_("A rule for %(field)s has no message to show.")
            self._tell("incomplete-rule", where, text, "warning", field=name)
        if "condition" not in members:
            # A definition may be there for others to build on.
            if defines is None:
                self._tell("incomplete-rule", where, N_("A rule for %(field)s has no condition."), field=name)
            return None
        shows = members.get("showImmediately") is True
        return Validation(members["condition"], members.get("message"), level, shows, where, given)

    def _resolved(self, given: Any, where: str, name: str, defines: str | None) -> Mapping[str, Any] | None:
        """The members of a rule with those of the definition it builds on; its own count."""
        if isinstance(given, str) and defines is None:
            return self._definition(given, where, name, defines)
        if not isinstance(given, Mapping):
            self._tell("bad-rule-file", where, N_("A rule for %(field)s is no rule."), field=name)
            return None
        reference = given.get("ref")
        if reference is None:
            return given
        base = self._definition(str(reference), where + "/ref", name, defines)
        return None if base is None else {**base, **given}

    def _definition(
        self, reference: str, where: str, name: str, defines: str | None
    ) -> Mapping[str, Any] | None:
        if reference in self._known:
            return self._known[reference]
        written = self._content.get("definitions")
        if reference == defines:
            text = N_("The rule %(name)s builds on itself.")
        elif isinstance(written, Mapping) and reference in written and defines is not None:
            text = N_("A rule can only build on one that stands above it: %(name)s stands below.")
        elif isinstance(written, Mapping) and reference in written:
            # It is there, and what is wrong with it has been told.
            return None
        else:
            text = N_("There is no rule named %(name)s that the rule for %(field)s could build on.")
        self._tell("missing-definition", where, text, name=reference, field=name)
        return None

    def _wrong_expressions(self, given: Any, where: str, name: str) -> Iterator[Problem]:
        if isinstance(given, Mapping):
            yield from (
                problem
                for key in ("condition", "message")
                if key in given
                for problem in expression_problems(given[key], where + pointer(key), name)
            )

    def _level(self, members: Mapping[str, Any], where: str, name: str) -> Level | None:
        given = members.get("severity")
        level = "error" if given is None else _BY_NAME.get(str(given).lower())
        if level is None:
            text = N_("A rule for %(field)s cannot be %(name)s; it can be error, warning, info or success.")
            self._tell("unknown-severity", where + "/severity", text, name=str(given), field=name)
        return level

    def _tell(self, code: str, where: str, message: str, severity: Severity = "error", **values: str) -> None:
        self._problems.append(Problem(code, severity, where, Sentence(message, values)))


def _says_something(message: Any) -> bool:
    return isinstance(message, list) or (isinstance(message, str) and bool(message.strip()))
