"""Changes that put a block into a form, bring it to another version, and say what of it the app follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, cast

from studio.definition.app import AppDefinition
from studio.definition.blocks.bringing import brought
from studio.definition.changes.change import Change, register
from studio.definition.changes.inserting import InsertComponents, common_holder
from studio.definition.changes.taken_records import forget, record_block
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.library import LATEST
from studio.definition.library.used_blocks import UsedBlock, read_used, used_blocks
from studio.definition.merge import Choice
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import snippet_of


@register
@dataclass(frozen=True)
class InsertBlock(Change):
    """A block comes to a page by `changes` (one InsertComponents), and the app says that it stands there.

    `entry`: {"key": ..., "title": ..., and of `UsedBlock.to_json` block, organisation, version and follows}.
    """

    kind: ClassVar[str] = "insert_block"
    entry: Mapping[str, Any]
    changes: tuple[Change, ...]

    def edit(self, copy: WorkingCopy) -> None:
        insert = self.changes[0] if len(self.changes) == 1 else None
        if not isinstance(insert, InsertComponents):
            raise DomainError(Sentence(N_("The change %(kind)s is not complete."), {"kind": self.kind}))
        used = _entry(self.kind, {**self.entry, "layoutSet": insert.layout_set})
        names = insert.bring(copy)
        fields: dict[str, str] = {}
        if insert.under is not None:
            fields = {"from": ".".join(common_holder(insert.snippet)), "to": insert.under}
        named = replace(used, components=names.components, texts=names.texts, options=names.options)
        record_block(copy, replace(named, fields=fields))

    def sentence(self, app: AppDefinition) -> Sentence:
        insert = self.changes[0] if self.changes else None
        page = page_name(app, insert.page) if isinstance(insert, InsertComponents) else ""
        return Sentence(
            N_("The block *%(title)s* (version %(version)s) came to page *%(page)s*"),
            {**_titled(self.entry), "page": page},
        )


@register
@dataclass(frozen=True)
class KeepAsBlock(Change):
    """Components of the app were kept as a version of a block, which the app has with that. `entry` as in
    InsertBlock, with all of `UsedBlock.to_json`."""

    kind: ClassVar[str] = "keep_as_block"
    entry: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        record_block(copy, _entry(self.kind, self.entry))

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        message = N_("The app now follows version %(version)s of the block *%(title)s*")
        return Sentence(message, _titled(self.entry))


@register
@dataclass(frozen=True)
class UpdateBlock(Change):
    """A block comes from one version to another where it stands, merged with what the app changed of it.

    `before` and `after` are snippets, `choices` settles conflicts by their keys ("ours": as in the block).
    """

    kind: ClassVar[str] = "update_block"
    key: str
    title: str
    version: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    choices: Mapping[str, Any] = field(default_factory=dict)
    is_held: bool = False

    def edit(self, copy: WorkingCopy) -> None:
        choices = {key: cast(Choice, side) for key, side in self.choices.items()}
        versions = (snippet_of(self.before), snippet_of(self.after))
        found = brought(copy.app, _used(copy.app, self.key), versions, self.version, choices)
        if found.conflicts:
            raise DomainError(Sentence(N_("Choose first what is to stand where both were changed.")))
        for path, data in found.edits.items():
            copy.write(path, data)
        record_block(copy, replace(found.used, follows=self.version if self.is_held else LATEST))

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values: dict[str, str | int | Sentence] = {"title": self.title, "version": self.version}
        return Sentence(N_("The block *%(title)s* was brought to version %(version)s"), values)


@register
@dataclass(frozen=True)
class FollowBlock(Change):
    """The app holds on to the version of a block that it has, or follows the newest."""

    kind: ClassVar[str] = "follow_block"
    key: str
    is_held: bool = False

    def edit(self, copy: WorkingCopy) -> None:
        used = _used(copy.app, self.key)
        record_block(copy, replace(used, follows=used.version if self.is_held else LATEST))

    def sentence(self, app: AppDefinition) -> Sentence:
        used = used_blocks(app).get(self.key)
        version = used.version if used else 0
        values: dict[str, str | int | Sentence] = {
            "name": used.block if used else self.key,
            "version": version,
        }
        if self.is_held:
            return Sentence(N_("The app holds on to version %(version)s of the block %(name)s"), values)
        return Sentence(N_("The app follows the newest version of the block %(name)s"), values)


@register
@dataclass(frozen=True)
class LeaveBlock(Change):
    """The components stay, and the app no longer follows the block in them."""

    kind: ClassVar[str] = "leave_block"
    key: str

    def edit(self, copy: WorkingCopy) -> None:
        forget(copy, _used(copy.app, self.key).key, "blocks")

    def sentence(self, app: AppDefinition) -> Sentence:
        used = used_blocks(app).get(self.key)
        return Sentence(
            N_("The app no longer follows the block %(name)s"), {"name": used.block if used else self.key}
        )


def _entry(kind: str, entry: Mapping[str, Any]) -> UsedBlock:
    used = read_used(str(entry.get("key", "")), entry)
    if used is None:
        raise DomainError(Sentence(N_("The change %(kind)s is not complete."), {"kind": kind}))
    return used


def _titled(entry: Mapping[str, Any]) -> dict[str, str | int | Sentence]:
    return {"title": str(entry.get("title", "")), "version": str(entry.get("version", ""))}


def _used(app: AppDefinition, key: str) -> UsedBlock:
    found = used_blocks(app).get(key)
    if found is None:
        raise NotThere(Sentence(N_("The app does not follow %(name)s any more."), {"name": key}))
    return found
