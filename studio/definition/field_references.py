"""Who names which field of a data model: where a field's path stands in the files of an app."""

from dataclasses import dataclass
from typing import Literal

from studio.definition.app import AppDefinition
from studio.definition.sentences import Sentence

# What a place does with the field.
UseKind = Literal[
    "binding", "expression", "text", "prefill", "calculation", "validation", "process", "setting"
]


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One place that names a field. `field` is its path without indexes; `pointer` is a JSON Pointer in
    `file`, or "" where that is not JSON.
    """

    file: str
    pointer: str
    field: str
    kind: UseKind
    sentence: Sentence


def uses_of_field(app: AppDefinition, data_type: str, node: str) -> tuple[FieldUse, ...]:  # noqa: ARG001
    """Every place that names the field at the pointer `node`, or one beneath it, by any of its paths."""
    return ()
