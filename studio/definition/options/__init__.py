"""Option lists: the choices of radio buttons, checkboxes and dropdowns (options/{id}.json)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.texts import member

# A list in the shared library of an organisation: lib**org**list**version.
_LIBRARY: Final = re.compile(r"lib\*\*[a-zA-Z0-9]+\*\*[a-zA-Z0-9_-]+\*\*[a-zA-Z0-9._-]+")

OptionValue = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `label`, `description` and `help_text` are text keys or the text itself."""

    value: OptionValue
    label: str
    description: str | None = None
    help_text: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The value as the text that it is compared by (null, true, 3)."""
        if self.value is None or isinstance(self.value, bool):
            return {None: "null", True: "true", False: "false"}[self.value]
        return str(self.value)


def read_options(value: Any) -> tuple[Option, ...]:
    """Options from a parsed list, whatever is in it."""
    return tuple(_options(value if isinstance(value, list) else []))


def is_library_list(option_id: str) -> bool:
    """Whether the id names a list in a shared library instead of a file of the app."""
    return _LIBRARY.fullmatch(option_id) is not None


def _options(listed: list[Any]) -> Iterator[Option]:
    for raw in listed:
        label = member(raw, "label")
        value = member(raw, "value")
        if not isinstance(raw, dict) or isinstance(value, dict | list):
            continue
        description, help_text, tags = (
            member(raw, "description"),
            member(raw, "helpText"),
            member(raw, "tags"),
        )
        yield Option(
            value,
            label if isinstance(label, str) else "",
            description if isinstance(description, str) else None,
            help_text if isinstance(help_text, str) else None,
            {key: tag for key, tag in tags.items() if isinstance(tag, str)} if isinstance(tags, dict) else {},
        )
