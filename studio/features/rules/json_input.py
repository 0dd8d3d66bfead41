"""JSON as people write it in forms, held to what the files of an app can keep."""

import json
from typing import Any

from studio.definition import json_text
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


class UnreadableJson(DomainError):
    """What was written is no JSON, or nothing that can be kept. `line` and `column` count from 1."""

    def __init__(self, sentence: Sentence, line: int = 1, column: int = 1) -> None:
        super().__init__(sentence)
        self.line = line
        self.column = column


def read_json(text: str) -> Any:
    """The value of a text that is JSON and nothing else: a comment would be lost. Raises UnreadableJson."""
    try:
        json.loads(text)
        value = json_text.parse(text.encode())
        json.dumps(value, allow_nan=False)  # 1e999 is written as a number, and read as none
    except json.JSONDecodeError as error:
        problem = N_("The code is not valid JSON. Correct it, or undo what you wrote.")
        raise UnreadableJson(Sentence(problem), error.lineno, error.colno) from error
    except (ValueError, RecursionError, json_text.BrokenJson) as error:
        problem = N_("The code holds a number that is too large, or too many brackets inside one another.")
        raise UnreadableJson(Sentence(problem)) from error
    return value
