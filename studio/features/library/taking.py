"""A version on its way into an app: what it would change, and the change."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from studio.definition.app import AppDefinition
from studio.definition.changes import Change, TakeShared, UseList
from studio.definition.changes.library import entry
from studio.definition.files import Files
from studio.definition.library import (
    LATEST,
    Content,
    Difference,
    Taken,
    Version,
    compared,
    fingerprint,
    is_moved,
    settled,
    suited,
    taken_items,
    version_of,
)
from studio.features.library.kinds import changes_for, name_in_app, own_content


@dataclass(frozen=True)
class Taking:
    """A version held against what an app has. `name`: what it is or will be called there."""

    app: AppDefinition
    version: Version
    taken: Taken | None
    name: str
    base: Content
    ours: Content
    theirs: Content

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What becomes of every part that is not the same."""
        return tuple(each for each in compared(self.base, self.ours, self.theirs) if each.state != "same")

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """What somebody has to choose."""
        return tuple(each for each in self.differences if each.state == "conflict")

    @property
    def is_moved(self) -> bool:
        """Whether the library has another order."""
        return bool(self.base) and is_moved(self.base, self.theirs)

    @property
    def is_first(self) -> bool:
        """Whether the app has nothing of it yet."""
        return not self.ours

    @property
    def seen(self) -> str:
        """What tells the app's state from a later one."""
        return fingerprint(self.ours)

    def change(self, organisation: str, mine: Collection[str], *, held: bool, instead_of: str = "") -> Change:
        """Take it. `mine`: conflicts in which the app's state stays; `instead_of`: a list that it replaces.

        Raises DomainError.
        """
        after = settled(self.base, self.ours, self.theirs, mine)
        made = changes_for(self.app, self.version, self.name, self.ours, after)
        if instead_of:
            made = (*made, UseList(instead_of, self.name))
        taken = Taken(
            self.version.kind,
            self.version.id,
            organisation,
            self.name,
            self.version.number,
            fingerprint(self.version.content),
            self.version.number if held else LATEST,
        )
        return TakeShared(entry(self.version.kind, self.version.id, self.version.title, taken), made)


def taking(app: AppDefinition, shelf: Files, version: Version, name: str = "") -> Taking:
    """A version held against what the app has under a name. Raises DomainError where that is broken."""
    taken = taken_items(app).get(f"{version.kind}/{version.id}")
    before = version_of(shelf, taken.kind, taken.id, taken.version) if taken else None
    base = suited(before.content, app) if before else ()
    theirs = suited(version.content, app)
    called = taken.name if taken else name or name_in_app(version)
    return Taking(
        app, version, taken, called, base, own_content(app, version.kind, called, theirs, base), theirs
    )
