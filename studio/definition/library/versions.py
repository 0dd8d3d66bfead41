"""Where the versions of items lie on a shelf: lists/counties/3.json."""

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any, Final

from studio.definition import json_text
from studio.definition.content_cache import ContentCache
from studio.definition.field_names import in_ascii
from studio.definition.files import Files
from studio.definition.library.items import KINDS, Kind, Published, Version, read_content, read_data

_PATH: Final = re.compile(r"(lists|texts|images)/([A-Za-z0-9][A-Za-z0-9_-]{0,99})/([1-9][0-9]{0,5})\.json")
_OTHER: Final = re.compile(r"[^A-Za-z0-9_]+")
_READ: Final[ContentCache[Version | None]] = ContentCache(1000)


def path_of_version(kind: Kind, item_id: str, number: int) -> str:
    """The file of a version."""
    return f"{kind}/{item_id}/{number}.json"


def shared_items(shelf: Files) -> Mapping[tuple[Kind, str], tuple[int, ...]]:
    """(kind, id) of every item -> the numbers of its versions, rising; kinds and ids in order."""
    found: dict[tuple[Kind, str], list[int]] = {}
    for path in shelf:
        match = _PATH.fullmatch(path)
        if match:
            kind = next(kind for kind in KINDS if kind == match[1])
            found.setdefault((kind, match[2]), []).append(int(match[3]))
    order = sorted(found, key=lambda each: (KINDS.index(each[0]), each[1].casefold()))
    return {each: tuple(sorted(found[each])) for each in order}


def versions_of(shelf: Files, kind: Kind, item_id: str) -> tuple[Version, ...]:
    """The versions of an item that can be read, newest first; none where there is no such item."""
    numbers = shared_items(shelf).get((kind, item_id), ())
    return tuple(
        found
        for number in reversed(numbers)
        if (found := version_of(shelf, kind, item_id, number)) is not None
    )


def latest(shelf: Files, kind: Kind, item_id: str) -> Version | None:
    """The newest version of an item."""
    return next(iter(versions_of(shelf, kind, item_id)), None)


def version_of(shelf: Files, kind: Kind, item_id: str, number: int) -> Version | None:
    """One version; None where there is none, or its file is broken."""
    path = path_of_version(kind, item_id, number)
    if not _PATH.fullmatch(path) or path not in shelf:
        return None
    made = f"{path}:{shelf.blob_id(path)}"
    return _READ.get(made, lambda: _read(kind, item_id, number, shelf[path]))


def paths_of_item(shelf: Files, kind: Kind, item_id: str) -> list[str]:
    """Every file of an item."""
    return [path_of_version(kind, item_id, number) for number in shared_items(shelf).get((kind, item_id), ())]


def free_id(title: str, taken: Iterable[str]) -> str:
    """An id that says what a title says, and that no other item has."""
    stem = _OTHER.sub("-", in_ascii(title)).strip("-_").lower()[:60].strip("-_") or "item"
    used = {each.casefold() for each in taken}
    return next(
        name for number in count(1) if (name := stem if number == 1 else f"{stem}-{number}") not in used
    )


def _read(kind: Kind, item_id: str, number: int, data: bytes) -> Version | None:
    try:
        value = json_text.parse(data)
    except json_text.BrokenJson:
        return None
    if not isinstance(value, Mapping):
        return None
    return Version(
        kind,
        item_id,
        number,
        _text(value.get("title")) or item_id,
        read_content(kind, value),
        _published(value.get("published")),
        read_data(value) if kind == "images" else b"",
    )


def _published(value: Any) -> Published:
    said = value if isinstance(value, Mapping) else {}
    return Published(_text(said.get("by")), _text(said.get("at")), _text(said.get("note")))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
