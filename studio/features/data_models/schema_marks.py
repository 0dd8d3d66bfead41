"""What there is to say about the text of a schema, and where in it."""

from studio.definition import json_text
from studio.definition.sentences import N_, Sentence
from studio.web.code_editor import Mark


def marks_on(text: str) -> tuple[Mark, ...]:
    """Errors and warnings, in the order of the text."""
    data = text.encode("utf-8", "replace")
    try:
        value = json_text.parse(data)
    except json_text.BrokenJson as problem:
        return (Mark(problem.sentence, line=problem.line, column=problem.column),)
    if not isinstance(value, dict):
        return (Mark(Sentence(N_("A schema is a JSON object: it begins with { and ends with }.")), line=1),)
    return ()
