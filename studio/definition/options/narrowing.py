"""Which options of a list a component has asked for, by the tags of the options."""

from collections.abc import Mapping
from typing import Any


def plain(value: Any) -> str:
    """A plain value as the text that it is compared by (3, true)."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_wanted(option: Mapping[str, Any], asked: Mapping[str, str]) -> bool:
    """Whether an option (JSON) has the tags that are asked for.

    What is asked for without a text, and what no tag of the option is called, says nothing about it.
    """
    tags = option.get("tags")
    tags = tags if isinstance(tags, Mapping) else {}
    return all(not text or name not in tags or plain(tags[name]) == text for name, text in asked.items())
