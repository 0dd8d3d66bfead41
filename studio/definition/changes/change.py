"""What a change is: a value that knows how to edit an app and how to say what it does.

A change can be sent from a browser, kept in a commit and replayed on another state: everything in it is JSON.
"""

import base64
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, ClassVar, Final, TypeVar, get_type_hints

from studio.definition.app import AppDefinition
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.files import Edits
from studio.definition.sentences import N_, Sentence


class Missing(Enum):
    """No value at all, where null is a value. In JSON the member is left out."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


@dataclass(frozen=True)
class Change(ABC):
    """One edit of an app. `kind` names it in JSON."""

    kind: ClassVar[str]

    @abstractmethod
    def edit(self, copy: WorkingCopy) -> None:
        """Carry the change out on a working copy.

        Raises DomainError, and then nothing of the copy may be used.
        """

    @abstractmethod
    def sentence(self, app: AppDefinition) -> Sentence:
        """What the change does, said before it is done, for the history and the undo button."""

    def apply(self, app: AppDefinition) -> Edits:
        """The files that the change alters in `app`. Raises DomainError where it is not possible."""
        copy = WorkingCopy(app)
        self.edit(copy)
        return copy.edits

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON; `from_dict` makes an equal change of it."""
        values = ((part.name, getattr(self, part.name)) for part in fields(self))
        return {"kind": self.kind, **{name: _plain(value) for name, value in values if value is not MISSING}}


Made = TypeVar("Made", bound=Change)
_KINDS: Final[dict[str, type[Change]]] = {}


def register(made: type[Made]) -> type[Made]:
    """Make a kind of change known to `from_dict`."""
    _KINDS[made.kind] = made
    return made


def from_dict(value: Any) -> Change:
    """The change in a JSON object.

    Raises DomainError where it is none: what a browser sends is never trusted.
    """
    kind = value.get("kind") if isinstance(value, dict) else None
    made = _KINDS.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise DomainError(Sentence(N_("There is no kind of change named %(kind)s."), {"kind": str(kind)}))
    hints = get_type_hints(made)
    arguments = {}
    for part in fields(made):
        if part.name in value:
            arguments[part.name] = _checked(made.kind, part.name, hints[part.name], value[part.name])
    try:
        return made(**arguments)
    except TypeError as error:
        raise DomainError(
            Sentence(N_("The change %(kind)s is not complete."), {"kind": made.kind})
        ) from error


def _checked(kind: str, name: str, hint: Any, value: Any) -> Any:
    read = _READERS.get(str(hint))
    try:
        return value if read is None else read(value)
    except (TypeError, ValueError) as error:
        values = {"kind": kind, "name": name}
        raise DomainError(
            Sentence(N_("The change %(kind)s has a wrong value for %(name)s."), values)
        ) from error


def read_file_content(value: Any) -> bytes | None:
    """A file's content in JSON: text, {"base64": ...} where it is not UTF-8, or null.

    Raises ValueError or TypeError.
    """
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, dict):
        return base64.b64decode(_string(value.get("base64")), validate=True)
    return _string(value).encode()


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # half a surrogate pair cannot be written to any file
    return value


def _whole_number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _several(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def listed(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise TypeError
        return tuple(read(item) for item in value)

    return listed


_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    str(str): _string,
    str(int): _whole_number,
    str(bool): _yes_or_no,
    str(str | None): _optional(_string),
    str(int | None): _optional(_whole_number),
    str(bytes | None): read_file_content,
    str(tuple[str, ...]): _several(_string),
    str(Mapping[str, Any]): _object,
    str(tuple[Mapping[str, Any], ...]): _several(_object),
    str(tuple[Mapping[str, Any], ...] | None): _optional(_several(_object)),
    str(tuple[Change, ...]): _several(from_dict),
}


def _plain(value: Any) -> Any:
    if isinstance(value, Change):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
