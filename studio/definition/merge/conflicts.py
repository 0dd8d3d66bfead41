"""What a merge says: edits, and places where both sides want something else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from studio.definition.files import Edits
from studio.definition.findings import Place

Side = Literal["ours", "theirs"]
# "both" is only for conflicts whose `both` is a value.
Choice = Literal["ours", "theirs", "both"]


class Gone:
    """The value of a place that does not exist on one side."""

    def __repr__(self) -> str:
        return "GONE"


GONE: Final = Gone()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both changed. Values are JSON values, text or bytes; GONE where the place does not exist.

    `key` names the conflict: it is the same whenever the same three definitions are merged. `both` is what
    comes of keeping both values, GONE where that makes no sense. `steps` lead to the place in a file:
    keys, and in brackets what things are known by.
    """

    key: str
    place: Place
    base: Any
    ours: Any
    theirs: Any
    both: Any = GONE
    steps: tuple[str, ...] = ()

    @property
    def identity(self) -> str | None:
        """The id of the innermost thing that has one: a component, a text, an option, an element."""
        return next((step[1:-1] for step in reversed(self.steps) if step.startswith("[")), None)

    @property
    def property(self) -> str:
        """What about it: keys joined by "/", at the end "(order)", "(page)" or "(holder)" for where it is."""
        below: list[str] = []
        for step in reversed(self.steps):
            if step.startswith("["):
                break
            below.insert(0, step)
        return "/".join(below)


@dataclass(frozen=True, slots=True)
class Merged:
    """`edits` turn *theirs* into the merge. At each conflict without a choice, theirs stands."""

    edits: Edits
    conflicts: tuple[Conflict, ...]


@dataclass(slots=True)
class Umpire:
    """Settles conflicts by the choices that were made, and gathers the others."""

    choices: Mapping[str, Choice]
    undecided: Literal["base", "theirs"] = "theirs"
    open: list[Conflict] = field(default_factory=list)

    def settle(self, conflict: Conflict) -> Any:
        """The value that stands: the chosen one, or for now that of the `undecided` side."""
        side = self.choices.get(conflict.key)
        if side == "both" and conflict.both is not GONE:
            return conflict.both
        if side not in ("ours", "theirs"):
            self.open.append(conflict)
            return getattr(conflict, self.undecided)
        return getattr(conflict, side)
