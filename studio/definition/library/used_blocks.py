"""Which blocks of its organisation stand in an app, and under which names: `blocks` in App/library.json.

    {"blocks": {"contact-1f3a": {
        "block": "contact", "organisation": "ttd", "follows": "latest", "version": 2, "layoutSet": "Task_1",
        "components": {"name": "name2"}, "texts": {"name.title": "name2.title"},
        "options": {"towns": "towns"},
        "fields": {"from": "people", "to": "persons"}}}}

A block can stand in an app several times; each is a member of its own, so that merging by identity needs
nothing more. `components`, `texts` and `options` say what the block's ids, keys and lists are called here,
`fields` what takes the place of which group or list ("": the top).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.library.taken import LATEST

_EMPTY: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class UsedBlock:
    """A block where it stands in an app. `key` names this use of it."""

    key: str
    block: str
    organisation: str
    version: int
    layout_set: str
    components: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    follows: int | Literal["latest"] = LATEST

    def to_json(self) -> dict[str, Any]:
        """The entry as the file holds it."""
        return {
            "block": self.block,
            "organisation": self.organisation,
            "follows": self.follows,
            "version": self.version,
            "layoutSet": self.layout_set,
            "components": dict(self.components),
            "texts": dict(self.texts),
            "options": dict(self.options),
            "fields": dict(self.fields),
        }

    def field_here(self, path: str) -> str:
        """Where a field of the block lies in the app; "" for what the block's fields lie in there."""
        return _moved(path, self.fields.get("from"), self.fields.get("to", ""))

    def field_there(self, path: str) -> str:
        """Where a field of the app lies in the block."""
        start = self.fields.get("from")
        return path if start is None else _moved(path, self.fields.get("to", ""), start)

    def renamed(self, kind: Literal["components", "texts", "options"], old: str, new: str) -> "UsedBlock":
        """The same after `old` became `new` in the app."""
        held: Mapping[str, str] = getattr(self, kind)
        changed = {name: new if here == old else here for name, here in held.items()}
        match kind:
            case "components":
                return replace(self, components=changed)
            case "texts":
                return replace(self, texts=changed)
            case "options":
                return replace(self, options=changed)


def _moved(path: str, start: str | None, to: str) -> str:
    if start is None:
        return path
    names, base = path.split("."), start.split(".") if start else []
    if names[: len(base)] != base:
        return "" if base[: len(names)] == names else path
    return ".".join([*(to.split(".") if to else []), *names[len(base) :]]) if len(names) > len(base) else ""


def used_blocks(app: AppDefinition) -> Mapping[str, UsedBlock]:
    """The blocks that stand in an app, by key, whatever is in the file."""
    value = app.json(app.paths.library) if app.paths.library in app.files else None
    held = value.get("blocks") if isinstance(value, Mapping) else None
    found = {key: read_used(key, raw) for key, raw in (held.items() if isinstance(held, Mapping) else ())}
    written = {key: each for key, each in found.items() if each is not None}
    return {key: _where_it_went(app, each, written) for key, each in written.items()}


def _where_it_went(app: AppDefinition, used: UsedBlock, written: Mapping[str, UsedBlock]) -> UsedBlock:
    """The same in the form where its components are: changed files may have moved them, or renamed the form.

    Only where all of them are in one form, with the same data, and no other block is said to stand there.
    """
    said, names = app.layout_set(used.layout_set), set(used.components.values())
    if not names or (said is not None and any(said.find(name) for name in names)):
        return used
    forms = [
        form.id
        for form in app.layout_sets
        if all(form.find(name) for name in names)
        and (said is None or form.data_type == said.data_type)
        and not any(
            each.layout_set == form.id and names & set(each.components.values()) for each in written.values()
        )
    ]
    return replace(used, layout_set=forms[0]) if len(forms) == 1 else used


def read_used(key: str, raw: Any) -> UsedBlock | None:
    """An entry of the file; None where it is none."""
    said = raw if isinstance(raw, Mapping) else {}
    named = [said.get(name) for name in ("block", "organisation", "layoutSet")]
    version = said.get("version")
    if not key or not all(isinstance(each, str) and each for each in named) or not _is_number(version):
        return None
    block, organisation, layout_set = (str(each) for each in named)
    maps = (_names(said.get(name)) for name in ("components", "texts", "options", "fields"))
    components, texts, options, fields = maps
    follows = said.get("follows")
    held: int | Literal["latest"] = follows if _is_number(follows) and isinstance(follows, int) else LATEST
    number = int(version or 0)
    return UsedBlock(key, block, organisation, number, layout_set, components, texts, options, fields, held)


def _names(value: Any) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        return _EMPTY
    return {name: here for name, here in value.items() if isinstance(here, str)}


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
