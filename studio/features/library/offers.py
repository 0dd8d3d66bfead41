"""What an app has taken, what is new of it, and what else it could take."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.errors import DomainError
from studio.definition.files import Files
from studio.definition.library import (
    LATEST,
    Taken,
    Version,
    compared,
    latest,
    shared_items,
    suited,
    taken_items,
    version_of,
)
from studio.definition.option_lists.references import uses_by_list
from studio.definition.options import is_library_list
from studio.features.library.kinds import is_in_app, own_content

State = Literal["newest", "newer", "held", "gone", "missing", "elsewhere"]
_OWN: Final = frozenset({"own", "own-gone", "conflict"})


@dataclass(frozen=True, slots=True)
class Followed:
    """An item that the app has taken.

    `state`: newest; newer (there is a newer version); held (there is, and the app holds on to its own); gone
    (no longer in the library); missing (no longer in the app); elsewhere (of another organisation).
    """

    taken: Taken
    newest: Version | None
    state: State
    is_altered: bool  # whether the app has changed it


@dataclass(frozen=True, slots=True)
class Reference:
    """A list of the platform's shared lists that components name: lib**org**list**version."""

    option_id: str
    organisation: str
    list_id: str
    uses: int
    version: Version | None  # in this library, where it is of this organisation


def followed(app: AppDefinition, shelf: Files, org: str) -> tuple[Followed, ...]:
    """What the app has taken, by kind and name."""
    return tuple(_followed(app, shelf, org, taken) for _, taken in sorted(taken_items(app).items()))


def offered(app: AppDefinition, shelf: Files) -> tuple[Version, ...]:
    """What the app has not taken, each in its newest version."""
    known = taken_items(app)
    found = (latest(shelf, *each) for each in shared_items(shelf) if "/".join(each) not in known)
    return tuple(each for each in found if each is not None)


def news(app: AppDefinition, shelf: Files, org: str) -> tuple[Followed, ...]:
    """The items of which the app follows the newest version, and there is a newer one."""
    return tuple(each for each in followed(app, shelf, org) if each.state == "newer")


def references(app: AppDefinition, shelf: Files, org: str) -> tuple[Reference, ...]:
    """The shared lists of the platform that the app names."""
    return tuple(_references(app, shelf, org))


def _followed(app: AppDefinition, shelf: Files, org: str, taken: Taken) -> Followed:
    newest = latest(shelf, taken.kind, taken.id) if taken.organisation == org else None
    base = version_of(shelf, taken.kind, taken.id, taken.version) if newest else None
    keys = [part.key for part in base.content] if base else []
    if taken.organisation != org:
        state: State = "elsewhere"
    elif newest is None:
        state = "gone"
    elif not is_in_app(app, taken.kind, taken.name, keys):
        state = "missing"
    elif newest.number == taken.version:
        state = "newest"
    else:
        state = "newer" if taken.follows == LATEST else "held"
    is_altered = base is not None and state in {"newest", "newer", "held"} and _is_altered(app, taken, base)
    return Followed(taken, newest, state, is_altered)


def _is_altered(app: AppDefinition, taken: Taken, base: Version) -> bool:
    content = suited(base.content, app)
    try:
        own = own_content(app, taken.kind, taken.name, content)
    except DomainError:  # broken by hand, which the app check tells of
        return True
    return any(each.state in _OWN for each in compared(content, own, content))


def _references(app: AppDefinition, shelf: Files, org: str) -> Iterator[Reference]:
    spelled: dict[str, list[str]] = {}
    for places in uses_by_list(app).values():
        for place in places:
            named = place.component.raw.get("optionsId") if place.component else None
            if isinstance(named, str) and is_library_list(named):
                spelled.setdefault(named, []).append(named)
    for option_id, uses in sorted(spelled.items()):
        _, organisation, list_id, number = option_id.split("**")
        version = None
        if organisation == org:
            exact = version_of(shelf, "lists", list_id, int(number)) if number.isdecimal() else None
            version = exact or latest(shelf, "lists", list_id)
        yield Reference(option_id, organisation, list_id, len(uses), version)
