"""Values and types in words, for the sentences of the type checker."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from studio.definition.expressions.checking.scope import Scope
from studio.definition.expressions.checking.types import Cast, Kind, Type
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import as_json
from studio.definition.sentences import N_, Sentence

_LONGEST: Final = 60
_KINDS: Final[Mapping[Kind, str]] = {
    "boolean": N_("true or false"),
    "number": N_("a number"),
    "text": N_("a text"),
    "list": N_("a list"),
    "object": N_("an object"),
}
_CASTS: Final[Mapping[Cast, str]] = {
    "boolean": N_("true or false"),
    "number": N_("a number"),
    "date": N_("a date"),
    "text": N_("a text"),
    "list": N_("a list"),
    "any": N_("a value"),
}


def words_for_cast(cast: Cast) -> Sentence:
    """What is wanted, in words."""
    return Sentence(_CASTS[cast])


def words_for_type(kind: Type) -> Sentence:
    """What a value of the type is, in words: "a date", "a text or a list"."""
    if kind.is_null:
        return Sentence(N_("nothing"))
    if kind.kinds == {"text"} and kind.look == "date":
        return Sentence(N_("a date"))
    words = [Sentence(word) for each, word in _KINDS.items() if each in kind.kinds]
    said = words[0]
    for word in words[1:]:
        said = Sentence(N_("%(first)s or %(second)s"), {"first": said, "second": word})
    return said


def quoted(expression: Any) -> str:
    """An expression or a value as it is written, cut to a line. It may be nested as deep as you like."""
    try:
        written = as_json(expression)
    except ExpressionError:
        return "…"
    return written if len(written) <= _LONGEST else written[: _LONGEST - 1] + "…"


def words_for(scope: Scope, expression: Any, *, as_condition: bool = False) -> str | Sentence:
    """A part of an expression in words; a literal as it is written."""
    if not isinstance(expression, list):
        return quoted(expression)
    return scope.words(expression, as_condition=as_condition)


def said(scope: Scope, expression: Any, kind: Type) -> str | Sentence:
    """A part of an expression as the subject of a sentence, with what it is."""
    words = words_for(scope, expression)
    if not isinstance(expression, list):
        return words
    return Sentence(N_("%(value)s (%(kind)s)"), {"value": words, "kind": words_for_type(kind)})


def joined(parts: Sequence[str | Sentence]) -> Sentence:
    """Parts one after the other."""
    found = Sentence("%(part)s", {"part": parts[0]})
    for part in parts[1:]:
        found = Sentence("%(before)s; %(part)s", {"before": found, "part": part})
    return found
