"""Where the texts of an app are used: every place that names a text by its key."""

from studio.definition.text_references.places import text_places, uses_by_key, uses_of_text
from studio.definition.text_references.text_place import TextPlace

__all__ = ["TextPlace", "text_places", "uses_by_key", "uses_of_text"]
