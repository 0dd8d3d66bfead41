"""Turning an expression into a closure once, so that it can be evaluated many times."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value
from studio.definition.sentences import N_, Sentence

Compiled = Callable[[Context], Value]
Implementation = Callable[[Context, list[Value]], Value]
# Makes a closure that does the same as a call of the function, from the compiled arguments and the literals
# among them (else a Computed); None where there is no quicker way than the call.
Shortcut = Callable[[list[Compiled], list[Any]], Compiled | None]
# Looks at the unevaluated arguments (JSON) and raises ExpressionError where one has to be literal.
LiteralCheck = Callable[[list[Any]], None]

MAX_DEPTH: Final = 100


@dataclass(frozen=True, slots=True)
class Computed:
    """Stands for an argument that has to be evaluated; `holds_or_not`: what it gives is true or false."""

    holds_or_not: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: at least `least` and at most `most` arguments (None: any number)."""

    name: str
    run: Implementation
    least: int
    most: int | None
    check: LiteralCheck | None = None
    # What comes before the message about a wrong number of arguments.
    reckons: bool = False  # the format says it in other words where arguments of these are missing
    shortcut: Shortcut | None = None
    holds_or_not: bool = False  # it never gives anything but true or false


_COMPUTED: Final = Computed()
_CONDITION: Final = Computed(holds_or_not=True)
_REGISTRY: Final[dict[str, Function]] = {}


def function(
    name: str,
    least: int,
    most: int | None,
    *,
    check: LiteralCheck | None = None,
    reckons: bool = False,
    shortcut: Shortcut | None = None,
    holds_or_not: bool = False,
) -> Callable[[Implementation], Implementation]:
    """Declare a function of the language."""

    def declare(run: Implementation) -> Implementation:
        _REGISTRY[name] = Function(name, run, least, most, check, reckons, shortcut, holds_or_not)
        return run

    return declare


def function_names() -> tuple[str, ...]:
    """The names of all functions of the language."""
    return tuple(sorted(_REGISTRY))


def function_named(name: str) -> Implementation:
    """What a function of the language does. Raises KeyError for an unknown one."""
    return _REGISTRY[name].run


def known_function(name: str) -> Function | None:
    """The function of the language with this name, if there is one."""
    return _REGISTRY.get(name)


def compile_expression(expression: Any) -> Compiled:
    """A closure for an expression (JSON: a literal or a call).

    Raises ExpressionError for a malformed one, with the part that is wrong in `at`.
    """
    try:
        return _compiled(expression, 0)
    except ExpressionError:
        # What is malformed anywhere is told before what is wrong with single functions.
        _read(expression, ())
        raise


def evaluate(expression: Any, context: Context) -> Value:
    """The value of an expression in a context. Raises ExpressionError.

    An expression is compiled the first time it is seen; like all parsed JSON it must not be altered later.
    """
    if not isinstance(expression, list):
        return compile_expression(expression)(context)
    known = _SEEN.get(id(expression))
    return (known[1] if known is not None else _remembered(expression))(context)


def is_expression(value: Any) -> bool:
    """Whether a property's value is a call (and not a literal)."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


# id -> the expression and its closure. Keeping the expression keeps its id from being given to another one.
_SEEN: Final[dict[int, tuple[list[Any], Compiled]]] = {}
_MOST_SEEN: Final = 20_000


def _remembered(expression: list[Any]) -> Compiled:
    compiled = compile_expression(expression)
    if len(_SEEN) >= _MOST_SEEN:
        _SEEN.clear()
    _SEEN[id(expression)] = (expression, compiled)
    return compiled


def _read(expression: Any, at: tuple[int, ...]) -> None:
    """Refuse what is malformed anywhere in the tree, before anything is said about single functions."""
    if len(at) > MAX_DEPTH:
        raise ExpressionError(N_("The expression is nested too deeply"), at=at)
    if isinstance(expression, dict):
        raise ExpressionError(N_('Invalid type "object"'), at=at)
    if not isinstance(expression, list):
        return
    if not expression:
        raise ExpressionError(N_("Missing function name in expression"), at=at)
    if not isinstance(expression[0], str):
        raise ExpressionError(N_("Function name in expression should be string"), at=at)
    for place, argument in enumerate(expression[1:], 1):
        if isinstance(argument, list | dict):
            _read(argument, (*at, place))


def _compiled(expression: Any, depth: int) -> Compiled:
    if not isinstance(expression, list):
        if isinstance(expression, dict):
            raise ExpressionError(N_("It is malformed"))  # how, says `_read`
        return _Constant(expression)
    if not expression or not isinstance(expression[0], str) or depth > MAX_DEPTH:
        raise ExpressionError(N_("It is malformed"))
    known = _REGISTRY.get(expression[0])
    if known is None:
        raise ExpressionError(N_('Function "%(name)s" not implemented'), {"name": expression[0]})
    arguments = expression[1:]
    if len(arguments) < known.least or (known.most is not None and len(arguments) > known.most):
        raise _wrong_count(known, len(arguments))
    if known.check is not None:
        known.check(arguments)
    inner = []
    for place, argument in enumerate(arguments, 1):
        try:
            inner.append(_compiled(argument, depth + 1))
        except ExpressionError as error:
            raise error.inside(place) from None
    quick = known.shortcut(inner, [*map(_literal, arguments)]) if known.shortcut is not None else None
    return quick or _call(known.run, inner)


def _literal(argument: Any) -> Any:
    if not isinstance(argument, list):
        return argument
    return _CONDITION if _REGISTRY[argument[0]].holds_or_not else _COMPUTED


class _Constant:
    """A literal."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value

    def __call__(self, _context: Context) -> Value:
        return self.value


def _call(run: Implementation, arguments: Sequence[Compiled]) -> Compiled:
    # Every argument is evaluated, as in every implementation of the language: an error anywhere is an error.
    # The common shapes are spelled out: a loop over the arguments costs as much as many a function.
    if len(arguments) == 1:
        return _call_with_one(run, arguments[0])
    if len(arguments) == 2:
        return _call_with_two(run, *arguments)
    return lambda context: run(context, [argument(context) for argument in arguments])


def _call_with_one(run: Implementation, first: Compiled) -> Compiled:
    if isinstance(first, _Constant):
        value = first.value
        return lambda context: run(context, [value])
    return lambda context: run(context, [first(context)])


def _call_with_two(run: Implementation, first: Compiled, second: Compiled) -> Compiled:
    if isinstance(second, _Constant):
        value = second.value
        return lambda context: run(context, [first(context), value])
    return lambda context: run(context, [first(context), second(context)])


def _wrong_count(known: Function, count: int) -> ExpressionError:
    expected = f"{known.least}+" if known.most is None else str(known.least)
    if known.most is not None and known.most != known.least:
        expected = f"{known.least}-{known.most}"
    values: dict[str, str | int | Sentence] = {"expected": expected, "count": count}
    if known.reckons:
        return ExpressionError(
            N_("Invalid number of args: Expected %(expected)s argument(s), got %(count)s"), values
        )
    return ExpressionError(N_("Expected %(expected)s argument(s), got %(count)s"), values)
