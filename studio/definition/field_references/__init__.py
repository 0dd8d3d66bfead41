"""Who names which field of a data model: where a field's path stands in the files of an app."""

from studio.definition.field_references.field_place import FieldPlace, UseKind
from studio.definition.field_references.uses import (
    FieldUse,
    all_places,
    place_sentence,
    places_through,
    steps_of,
    use_at,
    uses_of_field,
)
from studio.definition.field_references.written_paths import WrittenPath, read_path

__all__ = [
    "FieldPlace",
    "FieldUse",
    "UseKind",
    "WrittenPath",
    "all_places",
    "place_sentence",
    "places_through",
    "read_path",
    "steps_of",
    "use_at",
    "uses_of_field",
]
