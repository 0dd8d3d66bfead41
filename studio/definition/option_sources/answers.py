"""Options out of what another server answers."""

import json
from collections.abc import Mapping
from typing import Any, Final

from studio.definition.expressions.queries import BadQuery, answer
from studio.definition.option_sources.source import OptionSource
from studio.definition.options.narrowing import plain
from studio.definition.sentences import N_, Sentence

MOST_OPTIONS: Final = 10_000


class NoOptions(ValueError):
    """An answer holds no list of options; the sentence is for whoever made the source."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def read_answer(source: OptionSource, text: str) -> tuple[Mapping[str, Any], ...]:
    """The options as JSON, as files have them. Elements without a value are left out. Raises NoOptions."""
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise NoOptions(Sentence(N_("The answer is no JSON."))) from None
    try:
        listed = answer(source.options, content)
        if not isinstance(listed, list):
            raise NoOptions(Sentence(N_("%(query)s finds no list in the answer."), {"query": source.options}))
        if len(listed) > MOST_OPTIONS:
            raise NoOptions(
                Sentence(N_("The answer has more than %(number)s options."), {"number": MOST_OPTIONS})
            )
        found = tuple(option for each in listed if (option := _option(source, each)) is not None)
    except BadQuery as error:
        raise NoOptions(Sentence("%(reason)s", {"reason": str(error)})) from error
    if listed and not found:
        raise NoOptions(
            Sentence(N_("%(query)s finds a plain value in no element of the list."), {"query": source.value})
        )
    return found


def _option(source: OptionSource, element: Any) -> Mapping[str, Any] | None:
    value = answer(source.value, element)
    if not isinstance(value, str | int | float):
        return None
    texts = {
        name: _text(query, element)
        for name, query in (
            ("label", source.label),
            ("description", source.description),
            ("helpText", source.help_text),
        )
    }
    tags = {name: text for name, query in source.tags.items() if (text := _text(query, element))}
    return {"value": value, **texts, "label": texts["label"] or plain(value), "tags": tags}


def _text(query: str | None, element: Any) -> str | None:
    found = answer(query, element) if query else None
    return plain(found) if isinstance(found, str | int | float) else None


def _no_constant(name: str) -> None:
    raise ValueError(name)
