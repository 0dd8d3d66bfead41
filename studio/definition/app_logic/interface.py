"""The hooks there are, what each is given, and which modules they may import (docs/reference/app-logic.md).

The types are those of the package `studio_app`, which hooks import.
"""

from collections.abc import Mapping
from typing import Final, Literal

Hook = Literal[
    "validate", "calculate", "prefill", "may_start", "task_started", "task_ended", "choose_flow", "options"
]

# Functions in App/logic/*.py -> the names of what they are given, in order.
HOOKS: Final[Mapping[Hook, tuple[str, ...]]] = {
    "validate": ("data", "context"),
    "calculate": ("data", "context"),
    "prefill": ("data", "context"),
    "may_start": ("context",),
    "task_ended": ("task", "data", "context"),
    "task_started": ("task", "data", "context"),
    "choose_flow": ("gateway", "data", "context"),
}
# The function in App/logic/options/<list>.py.
OPTIONS: Final[Mapping[Hook, tuple[str, ...]]] = {"options": ("data", "parameters", "context")}

# The part of the standard library that is useful where there are no files, processes and networks.
AVAILABLE: Final = (
    *("__future__", "abc", "base64", "binascii", "bisect", "calendar", "collections", "collections.abc"),
    *("contextlib", "copy", "csv", "dataclasses", "datetime", "decimal", "difflib", "enum", "fractions"),
    *("functools", "graphlib", "hashlib", "heapq", "hmac", "html", "io", "itertools", "json", "keyword"),
    *("math", "numbers", "operator", "random", "re", "secrets", "statistics", "string", "studio_app"),
    *("textwrap", "time", "types", "typing", "unicodedata", "urllib.parse", "uuid", "warnings", "zlib"),
    "zoneinfo",
)
