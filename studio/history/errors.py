"""What can stand in the way of a change to an app's history."""

from collections.abc import Sequence

from studio.definition.errors import DomainError, NotThere
from studio.definition.merge import Conflict as Difference
from studio.definition.sentences import N_, Sentence


class StaleEdit(DomainError):
    """An edit made on an older state that does not fit the newer one. HTTP 409.

    `differences` holds, for every place that both changed, the value before, the one in the refused edit
    (`ours`) and the one that is saved now (`theirs`). It may be empty: then the place itself is gone.
    """

    def __init__(self, sentence: Sentence, differences: Sequence[Difference] = ()) -> None:
        super().__init__(sentence)
        self.differences = tuple(differences)


class Conflict(DomainError):
    """The draft and the branch changed the same values. HTTP 409. `differences` as in StaleEdit."""

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__(
            Sentence(
                N_(
                    "You and someone else changed the same %(count)s places. Choose which value to keep "
                    "for each of them; nothing is lost until you have chosen."
                ),
                {"count": len(differences)},
            )
        )
        self.differences = tuple(differences)


class AlreadyThere(DomainError):
    """The name is taken. HTTP 409."""


class NothingToDo(DomainError):
    """There is nothing to undo, redo or share."""


class Busy(DomainError):
    """Someone else holds the branch at this moment. HTTP 409; trying again helps."""


class BranchGone(NotThere):
    """A branch was deleted, or never was. HTTP 404 for who looks, 409 for who writes: it may come back."""


class Moved(DomainError):
    """A branch is no longer at the commit that somebody looked at. HTTP 409."""

    @classmethod
    def looked_at(cls) -> "Moved":
        """For a branch that was about to be merged."""
        return cls(
            Sentence(N_("The branch has changed since you looked at it. Look at what is new, then merge."))
        )
