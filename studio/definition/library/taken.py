"""What an app has taken from its organisation's library: App/library.json, which no runtime reads.

    {"items": {"lists/counties": {"organisation": "ttd", "name": "counties", "follows": "latest",
                                  "version": 2, "fingerprint": "5f1d0c7a9b3e2f44"}}}

`name` is what the item is called in the app, `follows` "latest" or the version that is held on to.
One item a member, so that two people who take different ones never meet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.library.items import KINDS, Kind

LATEST: Final = "latest"


@dataclass(frozen=True, slots=True)
class Taken:
    """An item that an app has taken: which version, and what of it is followed."""

    kind: Kind
    id: str
    organisation: str
    name: str
    version: int
    fingerprint: str
    follows: int | Literal["latest"] = LATEST

    @property
    def key(self) -> str:
        """What it is known by in the file."""
        return f"{self.kind}/{self.id}"

    def to_json(self) -> dict[str, Any]:
        """The entry as the file holds it."""
        return {
            "organisation": self.organisation,
            "name": self.name,
            "follows": self.follows,
            "version": self.version,
            "fingerprint": self.fingerprint,
        }


def taken_items(app: AppDefinition) -> Mapping[str, Taken]:
    """What an app has taken, by key, whatever is in the file."""
    value = app.json(app.paths.library) if app.paths.library in app.files else None
    items = value.get("items") if isinstance(value, Mapping) else None
    found = {key: read_taken(key, raw) for key, raw in (items.items() if isinstance(items, Mapping) else ())}
    return {key: each for key, each in found.items() if each is not None}


def read_taken(key: str, raw: Any) -> Taken | None:
    """An entry of the file; None where it is none."""
    folder, _, item_id = key.partition("/")
    kind = next((each for each in KINDS if each == folder), None)
    said = raw if isinstance(raw, Mapping) else {}
    organisation, name, version = said.get("organisation"), said.get("name"), said.get("version")
    if kind is None or not item_id or not isinstance(organisation, str) or not isinstance(name, str):
        return None
    if not _is_number(version):
        return None
    follows, mark = said.get("follows"), said.get("fingerprint")
    return Taken(
        kind,
        item_id,
        organisation,
        name,
        int(version or 0),
        mark if isinstance(mark, str) else "",
        follows if isinstance(follows, int) and _is_number(follows) else LATEST,
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
