"""What rules give for the answers that somebody tries them with, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from studio.definition.rules.examples import (
    OFFERED,
    WORDS,
    Bench,
    Example,
    RuleName,
    Situation,
    agrees,
    names_for,
    title,
    told_outcome,
    told_reason,
)
from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.reasons import spoken_value
from studio.definition.rules.sentences import FieldValue, Wording
from studio.features.rules.address import address_of
from studio.features.rules.saying import Said, spoken
from studio.features.rules.trying_form import as_number
from studio.features.rules.workplace import Workplace
from studio.web import translate


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule gives. `value` is as examples write it; `words` in the reader's language."""

    name: RuleName
    address: str
    title: Said
    value: Any
    words: str
    why: Said | None
    failed: bool
    # Where it is one of a few words: all that it could be.
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An example as it is listed. `value` and `why` are what the rule gives now."""

    example: Example
    answers: tuple[tuple[str, str], ...]
    expected: str
    result: Result | None
    holds: bool


def result(
    work: Workplace, data_type: str, name: RuleName, place: ExpressionPlace, situation: Situation
) -> Result:
    """What a rule gives in a situation."""
    return _told(work, name, place, Bench(work.app, data_type, situation), situation)


def results(
    work: Workplace,
    data_type: str,
    rules: Iterable[tuple[RuleName, ExpressionPlace]],
    situation: Situation,
) -> list[Result]:
    """What several rules give in one situation."""
    bench = Bench(work.app, data_type, situation)
    return [_told(work, name, place, bench, situation) for name, place in rules]


def row(work: Workplace, data_type: str, example: Example, place: ExpressionPlace) -> Row:
    """An example, run."""
    found = result(work, data_type, example.rule, place, example.situation)
    names = names_for(work.app, place, work.language)
    expected = _words(told_outcome(example.expect, example.rule, place, names))
    holds = not found.failed and agrees(example.expect, found.value)
    return Row(
        example, tuple(answers_in_words(work, data_type, place, example.situation)), expected, found, holds
    )


def answers_in_words(
    work: Workplace, data_type: str, place: ExpressionPlace, situation: Situation
) -> list[tuple[str, str]]:
    """(field, answer) as people read them; the number of the row stands behind the field."""
    names = names_for(work.app, place, work.language)
    found = []
    for kind, answers in ((data_type, situation.given), *situation.also.items()):
        for path, value in answers.items():
            node = FieldValue(path, () if kind == data_type else (kind,))
            label = names.field(path, None if kind == data_type else kind).text
            index = path.partition("[")[2].partition("]")[0]
            shown = f"{label} ({int(index) + 1})" if index.isdecimal() else label
            found.append((shown, _words(spoken_value(value, Wording(names), node))))
    return found


def suggested_name(
    work: Workplace, data_type: str, place: ExpressionPlace, situation: Situation, length: int = 80
) -> str:
    """What an example can be called: its first answers."""
    told = ", ".join(
        f"{label} {answer}" for label, answer in answers_in_words(work, data_type, place, situation)
    )
    return told if len(told) <= length else told[: length - 1].rstrip() + "…"


def as_json(value: Any) -> Any:
    """An outcome as a file has it."""
    return as_number(value) if isinstance(value, Decimal) else value


def choices_of(place: ExpressionPlace, situation: Situation) -> tuple[str, ...]:
    """The words among which the outcome of a rule is; () where it is a value."""
    if place.kind == "option filter":
        return OFFERED if situation.option else ()
    return WORDS.get(place.kind, ("true", "false") if place.wants == "boolean" else ())


def _told(
    work: Workplace, name: RuleName, place: ExpressionPlace, bench: Bench, situation: Situation
) -> Result:
    names = names_for(work.app, place, work.language)
    found = bench.outcome(name, place)
    why = told_reason(found, name, place, names)
    words: Mapping[str, str] = {
        choice: _words(told_outcome(_typed(choice), name, place, names))
        for choice in choices_of(place, situation)
    }
    return Result(
        name,
        str(address_of(place)),
        spoken(title(name, place, names)),
        as_json(found.value),
        "" if found.error is not None else _words(told_outcome(found.value, name, place, names)),
        spoken(why) if why is not None else None,
        found.error is not None,
        tuple(words.items()),
    )


def _typed(choice: str) -> Any:
    return {"true": True, "false": False}.get(choice, choice)


def _words(phrase: Any) -> str:
    """A phrase as plain text, without the stars around names."""
    return spoken(phrase).text if not isinstance(phrase, str) else getattr(phrase, "text", translate(phrase))
