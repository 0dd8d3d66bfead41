"""What calls that look around ask about: fields, components, texts, options, pages."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.expressions.checking.nearest import nearest
from studio.definition.expressions.checking.problems import Problem
from studio.definition.expressions.checking.scope import Asked, Question, Scope, Trouble
from studio.definition.expressions.checking.signatures import INSTANCE_FACTS
from studio.definition.expressions.checking.types import Type
from studio.definition.expressions.values import to_text
from studio.definition.sentences import N_, Sentence

# The function -> (its argument that is a name, what that names). The first one gives the type.
_NAMES: Final[Mapping[str, tuple[tuple[int, Asked], ...]]] = {
    "component": ((1, "component"),),
    "displayValue": ((1, "displayed"),),
    "optionLabel": ((1, "option list"),),
    "text": ((1, "text"),),
    "authContext": ((1, "action"),),
    "countDataElements": ((1, "data type"),),
    "linkToPage": ((2, "page"),),
    "linkToComponent": ((2, "target"),),
    "_experimentalSelectAndMap": ((1, "field"),),
}
# What has a type of its own; of the others only whether they are there is asked.
_TYPED: Final = frozenset({"component"})


class Lookups:
    """One call that looks around, and what is wrong with the names in it."""

    def __init__(self, scope: Scope, call: list[Any], at: tuple[int, ...]) -> None:
        self._scope = scope
        self._call = call
        self._at = at
        self.problems: list[Problem] = []

    def kind(self) -> Type | None:
        """What the call gives, as far as what it names says; None where its signature says it."""
        name: str = self._call[0]
        found = None
        if name in _NAMES:
            for place, about in _NAMES[name]:
                found = self._named(place, about)
        elif name in _SPECIAL:
            found = _SPECIAL[name](self)
        return found if name in _TYPED or name in _SPECIAL else None

    def _named(self, place: int, about: Asked) -> Type | None:
        given = self._call[place]
        if isinstance(given, list):
            return None
        text = to_text(given)
        if text is None:
            if about != "text":
                self._tell(place, Sentence(N_("Here has to be a name, and not null.")), "wrong-argument")
            return None
        return self.ask(Question(about, text), place)

    def ask(self, question: Question, place: int | None) -> Type | None:
        """The answer of the surroundings; trouble is told at argument `place`, or at the call as a whole."""
        answer = self._scope.answer(question)
        if isinstance(answer, Type):
            return answer
        at = self._at if place is None else (*self._at, place)
        instead = () if answer.near is None else (answer.near,)
        self.problems.append(Problem(answer.code, answer.certainty, at, answer.sentence, instead))
        return None

    def _tell(self, place: int, sentence: Sentence, code: str, near: str | None = None) -> None:
        instead = () if near is None else (near,)
        self.problems.append(Problem(code, "fails", (*self._at, place), sentence, instead))

    def data_model(self) -> Type | None:
        """["dataModel", path, type]"""
        path, named = self._call[1], self._call[2] if len(self._call) > 2 else None
        if named is not None and self.ask(Question("data type", named, "dataModel"), 2) is None:
            return None
        if isinstance(path, list):
            return self._own_field(path, named)
        text = to_text(path)
        if text is None:
            self._tell(1, Sentence(N_("Here has to be a name, and not null.")), "wrong-argument")
            return None
        return self.ask(Question("field", text, named), 1)

    def _own_field(self, path: list[Any], named: str | None) -> Type | None:
        """The field that a rule is about, by its place."""
        is_own = named is None and path in (["argv", 0], ["value"], ["value", "field"])
        answer = self._scope.answer(Question("field", "", "the rule's own")) if is_own else None
        return answer if isinstance(answer, Type) else None

    def fact(self) -> Type | None:
        """["instanceContext", key]"""
        key = self._call[1]
        if isinstance(key, list) or to_text(key) in INSTANCE_FACTS:
            return INSTANCE_FACTS.get(str(key)) if isinstance(key, str) else None
        near = nearest(str(key), INSTANCE_FACTS)
        values = {"name": str(key), "names": ", ".join(INSTANCE_FACTS)}
        text = N_("instanceContext knows nothing named %(name)s; it knows %(names)s.")
        self._tell(1, Sentence(text, values), "unknown-fact", near)
        return None

    def argument(self) -> Type | None:
        """["argv", number]"""
        number = self._call[1]
        return None if isinstance(number, list) else self.ask(Question("argument", to_text(number) or ""), 1)

    def value(self) -> Type | None:
        """["value", name]"""
        name = self._call[1] if len(self._call) > 1 else ""
        if isinstance(name, list):
            return None
        return self.ask(Question("named", to_text(name) or ""), 1 if len(self._call) > 1 else None)

    def setting(self) -> Type | None:
        """["frontendSettings", key]"""
        key = self._call[1]
        if not isinstance(key, list) and to_text(key) is None:
            self._tell(1, Sentence(N_("Here has to be a name, and not null.")), "wrong-argument")
        return None

    def action(self) -> Type | None:
        """["gatewayAction"]"""
        return self.ask(Question("gateway action"), None)


_SPECIAL: Final = {
    "dataModel": Lookups.data_model,
    "instanceContext": Lookups.fact,
    "frontendSettings": Lookups.setting,
    "argv": Lookups.argument,
    "value": Lookups.value,
    "gatewayAction": Lookups.action,
}
__all__ = ["Lookups", "Trouble"]
