"""What there is to say about the text of a schema, and where in it."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from studio.definition import json_text
from studio.definition.data_model.conversion.schema_problems import schema_problems
from studio.definition.sentences import N_, Sentence
from studio.web.code_editor import Mark

_MOST: Final = 100


def marks_on(text: str) -> tuple[Mark, ...]:
    """Errors and warnings: what keeps the text from being JSON, else what is wrong with the model."""
    data = text.encode("utf-8", "replace")
    try:
        value = json_text.parse(data)
    except json_text.BrokenJson as problem:
        return (Mark(problem.sentence, line=problem.line, column=problem.column),)
    if not isinstance(value, dict):
        return (Mark(Sentence(N_("A schema is a JSON object: it begins with { and ends with }.")), line=1),)
    return tuple(islice(_about(data, value), _MOST))


def _about(data: bytes, value: dict[str, Any]) -> Iterator[Mark]:
    for name in json_text.repeated_keys(data):
        words = N_("The name %(name)s stands twice in one object. Only the last one counts.")
        yield Mark(Sentence(words, {"name": name}), "warning")
    for problem in schema_problems(value):
        pointer = problem.pointer.removeprefix("#")
        line = json_text.line_of(data, pointer)
        yield Mark(problem.sentence, problem.severity, line=line, pointer=pointer)
