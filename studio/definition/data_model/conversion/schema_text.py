"""A JSON Schema as the file that the platform's own designer writes."""

import json
from collections.abc import Mapping
from typing import Any


def schema_text(schema: Mapping[str, Any]) -> bytes:
    """UTF-8 with two spaces of indentation, letters as they are, and no line end at the end."""
    return json.dumps(schema, ensure_ascii=False, indent=2).encode()
