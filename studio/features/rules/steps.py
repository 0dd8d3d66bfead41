"""What the forms of the editor ask for, turned into a new expression: one step each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from studio.definition.errors import DomainError, NotThere
from studio.definition.rules.sentences import (
    Choice,
    Comparison,
    Constant,
    Group,
    Negation,
    Path,
    at,
    editing,
    read,
    write,
)
from studio.definition.rules.sentences.functions import FUNCTIONS
from studio.definition.rules.sentences.operators import mirrored
from studio.definition.sentences import N_, Sentence
from studio.features.rules.boxes import digest, dotted
from studio.features.rules.json_input import read_json
from studio.features.rules.numbers import read_number
from studio.features.rules.rule import Rule

Form = MultiDict[str, str]

_MOST_STEPS: Final = 100
_MARK: Final = "\0"


@dataclass(frozen=True, slots=True)
class Done:
    """The expression after a step (None: nothing is left of it), what is chosen then and has the focus."""

    expression: Any
    chosen: str = ""
    focus: str = ""
    say: Sentence | None = None


class WrongValue(DomainError):
    """What was written cannot be the value; `path` is where."""

    def __init__(self, path: str, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.path = path


def taken(rule: Rule, form: Form) -> Done:
    """The step that a form asks for. Raises DomainError where it is not possible (any more)."""
    step = STEPS.get(form.get("do", ""))
    if step is None:
        raise DomainError(Sentence(N_("The editor does not know how to do this. Reload the page.")))
    path = read_path(form.get("path", ""))
    if rule.exists and "was" in form and digest(editing.part(rule.expression, path)) != form["was"]:
        raise DomainError(
            Sentence(N_("This part of the rule has been changed meanwhile. Look at it and try again."))
        )
    return step(rule, path, form)


def read_path(text: str) -> Path:
    """A path as forms have it. Raises NotThere."""
    parts = text.split(".") if text else []
    if len(parts) > _MOST_STEPS or not all(part.isdecimal() and len(part) < 6 for part in parts):
        raise NotThere(Sentence(N_("This part of the rule does not exist any more.")))
    return tuple(int(part) for part in parts)


def _begin(rule: Rule, _path: Path, form: Form) -> Done:
    about = read_json(form.get("value") or "null")
    if about is None:
        raise DomainError(Sentence(N_("Choose a question first.")))
    if rule.is_condition:
        return Done(rule.offers.comparison(about), focus="part-operator")
    return Done(about, focus="part-value")


def _begin_function(_rule: Rule, _path: Path, form: Form) -> Done:
    return Done(editing.set_function("", (), form.get("value", "")), focus="part-more")


def _put(rule: Rule, path: Path, form: Form) -> Done:
    """Another field, or anything else, in the place of a part."""
    new, chosen = read_json(form.get("value") or "null"), form.get("selected", "")
    around = at(rule.node, path[:-1]) if path else None
    if isinstance(around, Comparison) and _other_kind(rule, around, path, new):
        # What it was compared with does not fit any more.
        made = rule.offers.comparison(new)
        return Done(editing.replace(rule.expression, path[:-1], made), "", _id(path[:-1], "operator"))
    return Done(editing.replace(rule.expression, path, new), chosen)


def _other_kind(rule: Rule, around: Comparison, path: Path, new: Any) -> bool:
    before = at(rule.node, path)
    turned = mirrored(around)
    if before is None or before != turned.left or not isinstance(turned.right, Constant):
        return False
    kinds, after = rule.offers.kinds, read(new)
    if isinstance(after, Constant):
        return False
    return kinds.kind(before) != kinds.kind(after) or kinds.options(before) != kinds.options(after)


def _literal(rule: Rule, path: Path, form: Form) -> Done:
    written, control = form.get("value", ""), form.get("control", "text")
    if control == "pick":
        value = read_json(written)
    elif control == "number":
        value = _number(written, path)
    else:
        value = written.replace("\r\n", "\n")
    return Done(editing.replace(rule.expression, path, value), form.get("selected", ""))


def _number(written: str, path: Path) -> Any:
    if not written.strip():
        return None
    number = read_number(written)
    if number is None:
        message = N_("%(written)s is not a number. Write it with digits, such as 1500 or 12,5.")
        raise WrongValue(dotted(path), Sentence(message, {"written": written[:40]}))
    return number


def _operator(rule: Rule, path: Path, form: Form) -> Done:
    name, node = form.get("value", ""), at(rule.node, path)
    left = mirrored(node).left if isinstance(node, Comparison) else node
    denies = name.startswith("not ")
    if left is None or not isinstance(node, Comparison):
        raise NotThere(Sentence(N_("This part of the rule does not exist any more.")))
    if denies:
        made = editing.negate(rule.expression, path) if not node.negated else rule.expression
        return Done(made, form.get("selected", ""))
    made = editing.set_operator(rule.expression, path, name, rule.offers.kinds.kind(left))
    after = read(editing.part(made, path))
    values = rule.offers.values(left)
    if isinstance(after, Comparison) and after.right == Constant("") and values:
        made = editing.replace(made, path, write(_with_right(after, values[0].value)))
    return Done(made, form.get("selected", ""))


def _with_right(node: Comparison, value: Any) -> Comparison:
    return Comparison(node.operator, node.left, Constant(value), node.by_compare, node.negated)


def _connective(rule: Rule, path: Path, form: Form) -> Done:
    """All, any, not all or none of the members hold."""
    mode, node = form.get("value", ""), at(rule.node, path)
    if node is None or mode not in {"and", "or", "nand", "nor"}:
        raise NotThere(Sentence(N_("This part of the rule does not exist any more.")))
    inner = node.inner if isinstance(node, Negation) else node
    members = inner.members if isinstance(inner, Group) else (inner,)
    made: Any = Group("and" if mode in {"and", "nand"} else "or", members)
    if mode in {"nand", "nor"}:
        made = Negation(made)
    return Done(editing.replace(rule.expression, path, write(made)), form.get("selected", ""))


def _add(rule: Rule, path: Path, form: Form) -> Done:
    """One more condition in a group, or what is given where a condition does not hold."""
    node = at(rule.node, path)
    if isinstance(node, Choice):
        return Done([*editing.part(rule.expression, path), "else", None], focus=_id((*path, 4), "value"))
    about = read_json(form.get("value") or "null")
    if about is None:
        raise DomainError(Sentence(N_("Choose a question first.")))
    return _added(rule, path, rule.offers.comparison(about))


def _added(rule: Rule, path: Path, condition: Any) -> Done:
    node, there = at(rule.node, path), editing.part(rule.expression, path)
    if isinstance(node, Negation):
        into = (*path, 1)
        inner = there[1] if isinstance(node.inner, Group) else ["or", there[1]]
        made = editing.replace(rule.expression, into, [*inner, condition])
        return Done(made, focus=_id((*into, len(inner)), "operator"))
    made = editing.add_condition(rule.expression, path, condition)
    last = len(editing.part(made, path)) - 1
    return Done(made, focus=_id((*path, last), "operator"))


def _add_group(rule: Rule, path: Path, form: Form) -> Done:
    """A group of its own inside a group, with one condition in it."""
    about = read_json(form.get("value") or "null")
    if about is None:
        raise DomainError(Sentence(N_("Choose a question first.")))
    node = at(rule.node, path)
    inner = node.inner if isinstance(node, Negation) else node
    other = "and" if isinstance(inner, Group) and inner.connective == "or" else "or"
    return _added(rule, path, [other, rule.offers.comparison(about)])


def _add_argument(rule: Rule, path: Path, _form: Form) -> Done:
    there = editing.part(rule.expression, path)
    known = FUNCTIONS.get(there[0]) if isinstance(there, list) else None
    if known is None or not known.parameters:
        raise DomainError(Sentence(N_("Nothing more can be added here.")))
    place = len(there)
    wanted = known.parameters[min(place, len(known.parameters)) - 1].type
    new = {"number": 0, "boolean": True, "list": ["list"]}.get(wanted, "")
    return Done(editing.replace(rule.expression, path, [*there, new]), focus=_id((*path, place), "value"))


def _remove(rule: Rule, path: Path, _form: Form) -> Done:
    return Done(
        editing.remove(rule.expression, path), focus="rule-tree-heading", say=Sentence(N_("Removed."))
    )


def _wrap(rule: Rule, path: Path, form: Form) -> Done:
    """The part inside of a new group or function."""
    function = form.get("value", "")
    if function in {"and", "or"}:
        return Done(editing.wrap(rule.expression, path, function), dotted(path), _id(path, "more"))
    made = editing.set_function(_MARK, (), function)
    there = editing.part(rule.expression, path)
    around = [there if part == _MARK else part for part in made]
    return Done(editing.replace(rule.expression, path, around), dotted(path), _id(path, "more"))


def _function(rule: Rule, path: Path, form: Form) -> Done:
    made = editing.set_function(rule.expression, path, form.get("value", ""))
    return Done(made, dotted(path), _id(path, "more"))


def _unwrap(rule: Rule, path: Path, _form: Form) -> Done:
    return Done(editing.unwrap(rule.expression, path), focus="rule-tree-heading")


def _negate(rule: Rule, path: Path, _form: Form) -> Done:
    return Done(editing.negate(rule.expression, path), dotted(path), _id(path, "more"))


def _move(rule: Rule, path: Path, form: Form) -> Done:
    """A condition to another place: one up or down, or before the member at `to`."""
    if "to" in form:
        to = read_path(form["to"])
        return Done(
            editing.move(rule.expression, path, to), focus="rule-tree-heading", say=Sentence(N_("Moved."))
        )
    by = 1 if form.get("by") == "1" else -1
    *above, place = path or (0,)
    around = editing.part(rule.expression, tuple(above))
    there = place + by
    if not path or not isinstance(around, list) or not 0 < there < len(around):
        raise DomainError(Sentence(N_("It cannot be moved further that way.")))
    to = (*above, there + 1 if by > 0 else there)
    after = (*above, there)
    made = editing.move(rule.expression, path, to)
    return Done(made, dotted(after), _id(after, "more"), Sentence(N_("Moved.")))


def _duplicate(rule: Rule, path: Path, _form: Form) -> Done:
    *above, place = path or (0,)
    around = editing.part(rule.expression, tuple(above))
    there = editing.part(rule.expression, path)
    if not path or not isinstance(around, list) or around[0] not in {"and", "or"}:
        return _added(rule, path, there)
    made = [*around[: place + 1], there, *around[place + 1 :]]
    after = (*above, place + 1)
    return Done(editing.replace(rule.expression, tuple(above), made), dotted(after), _id(after, "more"))


def _id(path: Path, what: str) -> str:
    return "-".join(["part", *(str(place) for place in path), what])


STEPS: Final[Mapping[str, Callable[[Rule, Path, Form], Done]]] = MappingProxyType(
    {
        "begin": _begin,
        "begin_function": _begin_function,
        "put": _put,
        "literal": _literal,
        "operator": _operator,
        "connective": _connective,
        "add": _add,
        "add_group": _add_group,
        "add_argument": _add_argument,
        "remove": _remove,
        "wrap": _wrap,
        "function": _function,
        "unwrap": _unwrap,
        "negate": _negate,
        "move": _move,
        "duplicate": _duplicate,
    }
)
