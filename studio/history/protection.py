"""What counts for a branch: who may move it, and what a pull request into it needs.

Values alone, from the standard library alone: the check of a push runs in a process that loads nothing else.
People are not known here: whoever asks says whether somebody is an owner.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from studio.definition.sentences import N_, Sentence

_NOT_DELETED: Final = N_("The branch “%(branch)s” is protected, and cannot be deleted.")
_BY_REVIEW: Final = N_(
    "The branch “%(branch)s” is protected: changes come by a reviewed pull request. Put them on a branch of "
    "your own, and open a pull request from it."
)
_WOULD_BE_LOST: Final = N_(
    "What others have put on “%(branch)s” would be lost. Fetch it, bring your changes together with it, and "
    "try again."
)
REFUSALS: Final = (_NOT_DELETED, _BY_REVIEW, _WOULD_BE_LOST)  # all that `refusal` can say


@dataclass(frozen=True, slots=True)
class BranchRule:
    """What counts for the branches that `pattern` names: "main", or "release/*" ("*" is any characters)."""

    pattern: str
    by_review: bool = True  # changes come by a reviewed pull request alone
    approvals: int = 1  # how many a pull request needs
    checks: tuple[str, ...] = ()  # names of the checks that must be green
    owners_may_pass: bool = True  # an owner may do without review, approvals and checks
    may_force: bool = False  # the branch may be given another history
    may_delete: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the pattern is the name of one branch."""
        return "*" not in self.pattern

    def to_json(self) -> str:
        """The rule as text, for a process that reads no database."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__})

    @classmethod
    def from_json(cls, text: str) -> "BranchRule":
        """The rule that `to_json` wrote."""
        return cls.from_dict(json.loads(text))

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> "BranchRule":
        """The rule with these values; the checks may be any sequence."""
        return cls(**given | {"checks": tuple(given["checks"])})


# By the names that the checks have in studio/reviews/checks.py.
DEFAULT: Final = (BranchRule("main", checks=("app_check", "rule_examples")),)
# Branches that nobody made a rule for are those of whoever works on them.
OPEN: Final = BranchRule("*", by_review=False, approvals=0, may_force=True, may_delete=True)


def matching(rules: Iterable[BranchRule], branch: str) -> BranchRule:
    """The first rule that names the branch; OPEN where none does."""
    return next((rule for rule in rules if fnmatchcase(branch, _literal(rule.pattern))), OPEN)


def refusal(
    rule: BranchRule, branch: str, *, owner: bool, forced: bool = False, deleted: bool = False
) -> Sentence | None:
    """Why somebody may not move a branch without a pull request; None where they may."""
    name = {"branch": branch}
    if deleted:
        return None if rule.may_delete else Sentence(_NOT_DELETED, name)
    if rule.by_review and not (owner and rule.owners_may_pass):
        return Sentence(_BY_REVIEW, name)
    if forced and not rule.may_force:
        return Sentence(_WOULD_BE_LOST, name)
    return None


def _literal(pattern: str) -> str:
    """Only the star means more than itself."""
    return pattern.replace("[", "[[]").replace("?", "[?]")
