"""A newer version of a block on its way into an app that has changed it: the semantic merge of both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from studio.definition.app import AppDefinition
from studio.definition.blocks.laying import laid
from studio.definition.files import Edits
from studio.definition.library.used_blocks import UsedBlock
from studio.definition.merge import Choice, Conflict, merge
from studio.definition.snippets import Snippet


@dataclass(frozen=True)
class Brought:
    """What bringing a version comes to: edits of the app, and what both changed. `used` is to be recorded.

    At a conflict without a choice the app's own stands. There `ours` is the block's, `theirs` the app's.
    """

    edits: Edits
    conflicts: tuple[Conflict, ...]
    used: UsedBlock


def brought(
    app: AppDefinition,
    used: UsedBlock,
    versions: tuple[Snippet, Snippet],
    number: int,
    choices: Mapping[str, Choice] | None = None,
) -> Brought:
    """Bring a block from the version that the app has to another; `versions` are both, `number` is its.

    Raises NotThere where no component of it is left in the app, and DomainError.
    """
    before, after = versions
    base, newer = laid(app, used, before), laid(app, used, after, before)
    merged = merge(base.files, newer.files, app.files, choices, undecided="theirs")
    return Brought(merged.edits, merged.conflicts, replace(newer.used, version=number))
