"""Options that a rule offers or withholds (`optionFilter`), as far as the browser can follow it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from studio.definition.expressions import is_expression
from studio.runtime.forms.options import key_of
from studio.runtime.forms.page_reads import OPTION_PARTS

Options = Sequence[Mapping[str, Any]]
# The options of a list that is a file of the app; None for any other.
Lists = Callable[[str], Options | None]

_TYPES: Final = frozenset({"checkboxes", "radiobuttons", "dropdown", "multipleselect"})
# What else decides about the options is asked of the server.
_ASKING: Final = ("source", "mapping", "queryParameters")
_MOST: Final = 500


def filterable(raw: Mapping[str, Any], kind: str, lists: Lists) -> Options | None:
    """The options of a component whose filter the browser can put to each of them; None where it cannot."""
    if kind.lower() not in _TYPES or not is_expression(raw.get("optionFilter")):
        return None
    if any(raw.get(name) for name in _ASKING):
        return None
    listed = raw.get("optionsId")
    given = lists(listed) if isinstance(listed, str) and listed else raw.get("options")
    if not isinstance(given, list | tuple) or not 0 < len(given) <= _MOST:
        return None
    options = [option for option in given if isinstance(option, Mapping)]
    # Of several with one value the first that is offered counts: which one that is, the server says.
    keys = {key_of(option.get("value")) for option in options}
    return options if len(keys) == len(options) else None


def asked_of_options(raw: Mapping[str, Any], kind: str, lists: Lists) -> list[tuple[str, dict[str, Any]]]:
    """Of each option its value in posts, and what the filter asks of it."""
    wanted = set(_parts(raw["optionFilter"]))
    return [
        (key_of(option.get("value")), {part: option.get(part) for part in OPTION_PARTS if part in wanted})
        for option in filterable(raw, kind, lists) or ()
    ]


def _parts(expression: Any) -> Iterator[str]:
    if not isinstance(expression, list):
        return
    if expression[:1] == ["value"]:
        yield str(expression[1]) if len(expression) > 1 else "value"
    for part in expression[1:]:
        yield from _parts(part)
