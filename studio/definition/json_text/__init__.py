"""JSON as people write it: read with comments and trailing commas, edited without touching any other line."""

from studio.definition.json_text.editing import (
    delete,
    insert,
    insert_all,
    move,
    rename_key,
    set_value,
)
from studio.definition.json_text.many_elements import delete_elements, edit_elements
from studio.definition.json_text.reading import BrokenJson, parse, repeated_keys
from studio.definition.json_text.rendering import Raw, same
from studio.definition.json_text.scanning import elements, line_of, raw, raw_elements

__all__ = [
    "BrokenJson",
    "Raw",
    "delete",
    "delete_elements",
    "edit_elements",
    "elements",
    "insert",
    "insert_all",
    "line_of",
    "move",
    "parse",
    "raw",
    "raw_elements",
    "rename_key",
    "repeated_keys",
    "same",
    "set_value",
]
