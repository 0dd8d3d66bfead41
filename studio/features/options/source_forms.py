"""A fetched list as a form: what its file says as fields, and fields as what the file is to say.

Fields that hold several things are rows of a name and a value, numbered from 0; empty rows say nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from studio.definition.sentences import N_

Form = MultiDict[str, str]

# Member of the file -> its words, and an example.
TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "options": (N_("Where the list is in the answer"), "data.towns"),
    "value": (N_("Value"), "id"),
    "label": (N_("Label"), "name"),
    "description": (N_("Description"), "about"),
    "helpText": (N_("Help text"), "help"),
}
NEEDED: Final = frozenset({"value", "label"})
NUMBERS: Final = ("seconds", "cacheSeconds")
# Members that hold several things by name, and how many empty rows they are shown with.
ROWS: Final[Mapping[str, int]] = {"parameters": 2, "tags": 1, "languages": 1, "headers": 1}
_MOST_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a member that holds several. `secret` is the name of a secret that the value is."""

    name: str = ""
    value: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """What the form shows. `rows` are without the empty ones at the end."""

    address: str
    texts: Mapping[str, str]
    rows: Mapping[str, tuple[Line, ...]]


def fields_of(source: Any) -> Fields:
    """The fields for what a file says, whatever is in it."""
    said = source if isinstance(source, Mapping) else {}
    return Fields(
        _text(said.get("address")),
        {name: _text(said.get(name)) for name in (*TEXTS, *NUMBERS)},
        {name: tuple(_lines(said.get(name))) for name in ROWS},
    )


def source_from(form: Form, before: Any) -> dict[str, Any]:
    """What the file is to say: what the form has no fields for stays, what is empty goes."""
    made: dict[str, Any] = dict(before) if isinstance(before, Mapping) else {}
    given: dict[str, Any] = {"address": form.get("address", "").strip()}
    given |= {name: form.get(name, "").strip() for name in TEXTS}
    given |= {name: _number(form.get(name, "")) for name in NUMBERS}
    given |= {name: dict(_written(form, name)) for name in ROWS}
    for name, value in given.items():
        if value in ("", {}):
            made.pop(name, None)
        elif made.get(name) != value:
            made[name] = value
    return made


def _lines(given: Any) -> Iterator[Line]:
    for name, value in given.items() if isinstance(given, Mapping) else ():
        if isinstance(value, Mapping):
            yield Line(str(name), _text(value.get("prefix")), _text(value.get("secret")))
        else:
            yield Line(str(name), _text(value))


def _written(form: Form, member: str) -> Iterator[tuple[str, Any]]:
    for number in range(_MOST_ROWS):
        name = form.get(f"{member}-{number}-name")
        if name is None:
            return
        # A prefix ends with the blank that parts it from the secret.
        value, secret = form.get(f"{member}-{number}-value", ""), form.get(f"{member}-{number}-secret", "")
        if secret.strip():
            yield name.strip(), {"secret": secret.strip(), **({"prefix": value} if value else {})}
        elif name.strip():
            yield name.strip(), value.strip()


def _number(written: str) -> int | float | str:
    """A number as JSON has it; what is none stays as it was written, and the check says so."""
    plain = written.strip().replace(",", ".")
    try:
        number = Decimal(plain)
    except ArithmeticError:
        return plain
    if not number.is_finite() or abs(number) > 10**9:
        return plain
    return int(number) if number == number.to_integral_value() else float(number)


def _text(value: Any) -> str:
    return (
        str(value) if isinstance(value, str | int | float | Decimal) and not isinstance(value, bool) else ""
    )
