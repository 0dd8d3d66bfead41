"""An expression as boxes within boxes: groups of conditions, rows that compare, and what is compared."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal

from flask_babel import gettext

from studio.definition.rules.sentences import (
    FUNCTIONS,
    OPERATORS,
    Answer,
    Call,
    Choice,
    Comparison,
    Constant,
    FieldValue,
    Function,
    Group,
    Negation,
    Node,
    Offers,
    Parameter,
    Path,
    Unread,
    Wording,
    in_words,
    write,
)
from studio.definition.rules.sentences.columns import column_of
from studio.definition.rules.sentences.function import Role
from studio.definition.rules.sentences.operators import Operator, mirrored, operator_of
from studio.definition.rules.sentences.phrases import Phrase, as_sentence
from studio.features.rules.naming import Option
from studio.web import translate

# group      conditions of which all, any, not all or none hold
# comparison left, operator, right      holds  a value that is taken as true or false
# choice     one value or another       value  something written out
# lookup     what is answered in a field or component
# function   a function and its arguments         raw  what is no expression
Look = Literal["group", "comparison", "holds", "choice", "value", "lookup", "function", "raw"]
# How something written out is written: pick one of `choices`, or a field for a number, date or text.
Control = Literal["pick", "number", "date", "text"]
Mode = Literal["and", "or", "nand", "nor"]
_EXPRESSION_OF_NOTHING: Final = "null"


@dataclass(frozen=True, slots=True)
class Box:
    """A part of an expression.

    `path` leads to it ("" the whole, "1.2"); `was` tells whether it is as it was when the page was made.
    """

    path: str
    look: Look
    was: str
    label: str = ""  # what a screen reader says of the control of this part
    words: str = ""  # of a condition in a row: what it says
    inside: "tuple[Box, ...]" = ()
    mode: Mode = "and"
    is_whole: bool = False  # a single condition, shown as the only one of a group
    operator: str = ""
    operators: tuple[Option, ...] = ()
    control: Control = "text"
    value: str = ""
    choices: tuple[Option, ...] = ()
    chosen: str = ""
    function: Function | None = None
    can_add: bool = False
    problems: tuple[str, ...] = ()
    is_condition: bool = False

    @property
    def least(self) -> int:
        """How many arguments a function needs."""
        if self.function is None:
            return 0
        return 1 if self.function.joins else len(self.function.parameters) - self.function.optional

    @property
    def id(self) -> str:
        """Of its element."""
        return "-".join(["part", *self.path.split(".")]) if self.path else "part"


def digest(value: Any) -> str:
    """What tells one part from another."""
    return sha256(as_text(value).encode()).hexdigest()[:12]


def as_text(value: Any) -> str:
    """A part as JSON."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except (RecursionError, ValueError):
        return _EXPRESSION_OF_NOTHING


def dotted(path: Path) -> str:
    """A path as forms and addresses have it."""
    return ".".join(str(place) for place in path)


@dataclass(frozen=True)
class Boxes:
    """Makes boxes for one rule.

    `named`: what an argument can name; `problems`: path -> what is wrong there.
    """

    offers: Offers
    wording: Wording
    named: Callable[[Role], Sequence[Option]]
    problems: Mapping[Path, tuple[str, ...]]
    # The only values that fit the place, where there are such.
    choices: tuple[Option, ...] = ()

    def whole(self, node: Node, *, is_condition: bool) -> Box:
        """The box of a whole expression."""
        if not is_condition:
            return self.operand((), node, label=gettext("Value"))
        if isinstance(node, Group | Negation | Choice):
            return self.condition((), node)
        return self._box(
            (), node, "group", inside=(self.condition((), node),), is_whole=True, is_condition=True
        )

    def condition(self, path: Path, node: Node) -> Box:
        """The box of something that holds or does not."""
        match node:
            case Group(connective, members):
                return self._group(path, node, connective, path, members)
            case Negation(Group(connective, members)):
                mode: Mode = "nand" if connective == "and" else "nor"
                return self._group(path, node, mode, (*path, 1), members)
            case Negation(inner):
                inside = (self.condition((*path, 1), inner),)
                return self._box(path, node, "group", mode="nor", inside=inside, is_condition=True)
            case Comparison():
                return self._comparison(path, node)
            case Choice():
                return self._choice(path, node, is_condition=True)
            case Unread():
                return self._raw(path, node)
        operand = self.operand(path, node, label=gettext("What is true"))
        words = plain(self.wording.condition(node))
        return self._box(path, node, "holds", inside=(operand,), is_condition=True, words=words)

    def operand(
        self,
        path: Path,
        node: Node,
        *,
        beside: Node | None = None,
        label: str = "",
        parameter: Parameter | None = None,
    ) -> Box:
        """The box of a value.

        `beside` is what it is compared with, `parameter` what it is an argument for.
        """
        if column_of(node) is not None or self.offers.kinds.is_own(node):
            return self._lookup(path, node, label)
        match node:
            case Constant(value):
                return self._value(path, value, beside, label, parameter)
            case FieldValue() | Answer():
                return self._lookup(path, node, label)
            case Call():
                return self._call(path, node, label)
            case Choice():
                return self._choice(path, node, is_condition=False)
            case Unread():
                return self._raw(path, node)
        return self.condition(path, node)

    def _group(self, path: Path, node: Node, mode: Mode, above: Path, members: Sequence[Node]) -> Box:
        inside = tuple(self.condition((*above, place), each) for place, each in enumerate(members, 1))
        return self._box(path, node, "group", mode=mode, inside=inside, is_condition=True)

    def _comparison(self, path: Path, node: Comparison) -> Box:
        places = (1, 2 + node.by_compare + node.negated)
        turned = mirrored(node)
        if turned is not node:
            places = (places[1], places[0])
        left_path, right_path = ((*path, place) for place in places)
        picked = operator_of(turned)
        operators = {each.name: each for each in (*self.offers.operators(turned.left), picked)}
        inside = [self.operand(left_path, turned.left, label=gettext("What is compared"))]
        if picked.takes_value:
            right = self.operand(right_path, turned.right, beside=turned.left, label=gettext("Compared with"))
            inside.append(right)
        return self._box(
            path,
            node,
            "comparison",
            operator=("not " if node.negated else "") + picked.name,
            operators=self._operator_options(operators, node, picked.name),
            inside=tuple(inside),
            is_condition=True,
            words=plain(self.wording.condition(node)),
        )

    def _operator_options(
        self, operators: Mapping[str, Operator], node: Comparison, picked: str
    ) -> tuple[Option, ...]:
        found = [Option(name, translate(each.label)) for name, each in operators.items()]
        if node.negated:
            found.append(Option(f"not {picked}", translate(OPERATORS[picked].denied)))
        return tuple(found)

    def _choice(self, path: Path, node: Choice, *, is_condition: bool) -> Box:
        def result(place: int, part: Node, label: str, other: Node | None) -> Box:
            here = (*path, place)
            if is_condition:
                return self.condition(here, part)
            return self.operand(here, part, beside=other, label=label)

        inside = [
            self.condition((*path, 1), node.condition),
            result(2, node.then, gettext("Then"), node.otherwise),
        ]
        if node.otherwise is not None:
            inside.append(result(4, node.otherwise, gettext("Otherwise"), node.then))
        return self._box(
            path,
            node,
            "choice",
            inside=tuple(inside),
            can_add=node.otherwise is None,
            is_condition=is_condition,
        )

    def _value(
        self, path: Path, value: Any, beside: Node | None, label: str, parameter: Parameter | None
    ) -> Box:
        known = self.offers.values(beside) if beside is not None else ()
        choices = [Option(as_text(each.value), plain(each.label)) for each in known]
        if parameter is not None:
            choices += self.named(parameter.role)
        elif beside is None or isinstance(beside, Constant):
            choices += self.choices
        kind = self.wording.kinds.kind(beside) if beside is not None else "any"
        wanted = parameter.type if parameter is not None else kind
        control: Control = "pick" if choices else "text"
        if not choices and (wanted == "boolean" or isinstance(value, bool)):
            control = "pick"
            choices = [Option("true", gettext("Yes")), Option("false", gettext("No"))]
        elif not choices and (wanted == "number" or _is_number(value)):
            control = "number"
        elif not choices and wanted == "date":
            control = "date"
        chosen = as_text(value)
        if control == "pick" and chosen not in {each.value for each in choices}:
            missing = gettext("Choose …") if value is None else plain(self.wording.value(Constant(value)))
            choices.insert(0, Option(chosen, missing))
        shown = "" if value is None else value if isinstance(value, str) else chosen
        return self._box(
            path,
            Constant(value),
            "value",
            label=label,
            control=control,
            value=shown,
            choices=tuple(choices),
            chosen=chosen,
        )

    def _lookup(self, path: Path, node: Node, label: str) -> Box:
        phrase = plain(self.wording.value(node))
        chosen = as_text(write(node))
        return self._box(path, node, "lookup", label=label, value=phrase, chosen=chosen)

    def _call(self, path: Path, node: Call, label: str) -> Box:
        known = FUNCTIONS.get(node.function)
        inside = tuple(
            self._argument((*path, place), argument, known, place)
            for place, argument in enumerate(node.arguments, 1)
        )
        return self._box(
            path,
            node,
            "function",
            label=label,
            chosen=node.function,
            value=translate(known.label) if known else node.function,
            function=known,
            inside=inside,
            can_add=known is not None and (known.joins or len(node.arguments) < len(known.parameters)),
        )

    def _argument(self, path: Path, node: Node, known: Function | None, place: int) -> Box:
        label = gettext("Part %(number)s", number=place)
        parameter = None
        if known is not None and known.parameters:
            parameter = known.parameters[min(place, len(known.parameters)) - 1]
        if parameter is not None and parameter.type == "boolean" and not isinstance(node, Constant):
            return self.condition(path, node)
        return self.operand(path, node, label=label, parameter=parameter)

    def _raw(self, path: Path, node: Unread) -> Box:
        return self._box(path, node, "raw", value=as_text(node.value))

    def _box(self, path: Path, node: Node, look: Look, **more: Any) -> Box:
        problems = () if more.get("is_whole") else self._problems(path, more.get("inside", ()))
        return Box(dotted(path), look, digest(write(node)), problems=problems, **more)

    def _problems(self, path: Path, inside: Sequence[Box]) -> tuple[str, ...]:
        """What is wrong here, or in what has no box of its own."""
        inner = {tuple(int(step) for step in box.path.split(".") if step) for box in inside}
        return tuple(
            words
            for where, told in self.problems.items()
            if where[: len(path)] == path and not any(where[: len(each)] == each for each in inner)
            for words in told
        )


def plain(phrase: Phrase) -> str:
    """A name or a clause as plain text in the language of the interface."""
    return in_words(as_sentence(phrase), gettext)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
