"""Whether a call can be read: a function that exists, with as many arguments as it takes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from studio.definition.expressions.checking.nearest import nearest
from studio.definition.expressions.checking.problems import Problem
from studio.definition.expressions.checking.signatures import COMPARED_AS
from studio.definition.expressions.compiling import Function, function_names, known_function
from studio.definition.expressions.errors import ExpressionError
from studio.definition.sentences import N_, Sentence

_NOT_OBJECTS: Final = N_("An object cannot stand in an expression; the function object makes one.")
_NO_FUNCTION: Final = N_("A list in an expression is a call and has to begin with the name of a function.")


def problem_of_call(expression: Any, at: tuple[int, ...]) -> Problem | None:
    """What keeps a list or an object from being read, its arguments aside; None where nothing does."""
    if not isinstance(expression, list):
        return _broken(at, Sentence(_NOT_OBJECTS)) if isinstance(expression, dict) else None
    if not expression or not isinstance(expression[0], str):
        return _broken(at, Sentence(_NO_FUNCTION))
    name, *arguments = expression
    known = known_function(name)
    if known is None:
        return _unknown_function(name, expression, at)
    if not (known.least <= len(arguments) and (known.most is None or len(arguments) <= known.most)):
        return _broken(at, _wrong_count(known, len(arguments)))
    try:
        if known.check is not None:
            known.check(arguments)
    except ExpressionError as error:
        return _LITERALS[name](expression, at) if name in _LITERALS else _broken(at, error.words)
    return None


def _broken(at: tuple[int, ...], sentence: Sentence, *instead: Any) -> Problem:
    return Problem("bad-expression", "broken", at, sentence, instead)


def _unknown_function(name: str, expression: list[Any], at: tuple[int, ...]) -> Problem:
    near = nearest(name, function_names())
    if near is None:
        sentence = Sentence(N_("There is no function named %(name)s."), {"name": name})
        return _broken(at, sentence)
    values = {"name": name, "near": near}
    sentence = Sentence(N_("There is no function named %(name)s; did you mean %(near)s?"), values)
    return _broken(at, sentence, [near, *expression[1:]])


def _wrong_count(known: Function, count: int) -> Sentence:
    values: dict[str, str | int | Sentence] = {
        "name": known.name,
        "least": known.least,
        "most": known.most or 0,
        "count": count,
    }
    if known.most is None:
        text = N_("%(name)s takes %(least)s arguments or more, but is given %(count)s.")
    elif known.most == 0:
        text = N_("%(name)s takes no arguments, but is given %(count)s.")
    elif known.most == known.least == 1:
        text = N_("%(name)s takes one argument, but is given %(count)s.")
    elif known.most == known.least:
        text = N_("%(name)s takes %(most)s arguments, but is given %(count)s.")
    else:
        text = N_("%(name)s takes from %(least)s to %(most)s arguments, but is given %(count)s.")
    return Sentence(text, values)


def _if(expression: list[Any], at: tuple[int, ...]) -> Problem:
    text = N_('“if” takes a condition and a value, and may go on with "else" and another value.')
    instead = []
    if len(expression) == 4:
        instead = [[*expression[:3], "else", expression[3]]]
    elif len(expression) == 5 and isinstance(expression[3], str):
        instead = [[*expression[:3], "else", expression[4]]]
    return _broken(at, Sentence(text), *instead)


def _compare(expression: list[Any], at: tuple[int, ...]) -> Problem:
    operator = expression[-2]
    if len(expression) == 5 and expression[2] != "not":
        text = N_('“compare” with four arguments has "not" as the second one.')
        return _broken((*at, 2), Sentence(text), "not")
    near = nearest(operator, COMPARED_AS) if isinstance(operator, str) else None
    place = (*at, len(expression) - 2)
    values: dict[str, str | int | Sentence] = {"operators": ", ".join(COMPARED_AS)}
    if near is None:
        text = N_("The operator of “compare” has to be one of these, written out: %(operators)s.")
        return _broken(place, Sentence(text, values))
    values |= {"name": str(operator), "near": near}
    text = N_("There is no operator named %(name)s; did you mean %(near)s?")
    return _broken(place, Sentence(text, values), near)


def _data_model(_expression: list[Any], at: tuple[int, ...]) -> Problem:
    return _broken((*at, 2), Sentence(N_("The data type has to be written out; it cannot be worked out.")))


def _option_label(_expression: list[Any], at: tuple[int, ...]) -> Problem:
    text = N_("The name of the option list has to be written out; it cannot be worked out.")
    return _broken((*at, 1), Sentence(text))


_LITERALS: Final[Mapping[str, Callable[[list[Any], tuple[int, ...]], Problem]]] = {
    "if": _if,
    "compare": _compare,
    "dataModel": _data_model,
    "optionLabel": _option_label,
}
