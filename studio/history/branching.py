"""Making and deleting branches, and taking unshared work from one to another. Nothing is lost by it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygit2

from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.history import refs
from studio.history.errors import AlreadyThere, Busy
from studio.history.locking import locked
from studio.history.marks import read_mark
from studio.history.names import InvalidName, branch_ref, draft_ref

MAX_BRANCH: Final = 100  # characters
_DRAFTS: Final = "refs/drafts/"
_HEADS: Final = "refs/heads/"
_ID_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Unshared work on a branch that is gone: `base` is the commit of the branch that it builds on."""

    person: str
    branch: str
    base: str


def new_branch_ref(name: str) -> str:
    """The ref of a new branch; raises InvalidName, also for what Git allows and people would misread."""
    if len(name) > MAX_BRANCH:
        raise InvalidName(
            Sentence(N_("The name of a branch may have up to %(max)s characters."), {"max": MAX_BRANCH})
        )
    is_commit_id = len(name) == _ID_LENGTH and all(digit in "0123456789abcdef" for digit in name)
    if is_commit_id or name.upper() == "HEAD":
        raise InvalidName(Sentence(N_("“%(name)s” cannot be the name of a branch."), {"name": name}))
    return branch_ref(name)


def create(repository: pygit2.Repository, name: str, start: str) -> None:
    """Make a branch at a commit. Raises AlreadyThere, InvalidName, Busy."""
    ref = new_branch_ref(name)
    with locked(Path(repository.path)):
        _must_be_free(repository, name)
        refs.move(repository, ref, None, start)


def create_with_draft(repository: pygit2.Repository, person: str, source: str, name: str) -> None:
    """Make a branch where `person`'s draft on `source` left it, with the same draft (and its undo) on it.

    The draft on `source` stays as it is. Raises AlreadyThere, InvalidName, NotThere, Busy.
    """
    ref = new_branch_ref(name)
    with locked(Path(repository.path)):
        _must_be_free(repository, name)
        tip = refs.target(repository, draft_ref(person, source))
        base = draft_base(repository, tip)
        if tip is None or base is None:
            raise NotThere(Sentence(N_("There are no unshared changes on “%(branch)s”."), {"branch": source}))
        there = refs.target(repository, draft_ref(person, name))
        if there not in (None, tip):
            raise AlreadyThere(
                Sentence(
                    N_(
                        "You have unshared changes on a branch “%(branch)s” that was deleted. "
                        "Choose another name."
                    ),
                    {"branch": name},
                )
            )
        # The draft first: killed in between, it waits under the name of a branch that is not there yet.
        if there is None:
            refs.move(repository, draft_ref(person, name), None, tip)
        refs.move(repository, ref, None, base)


def delete(repository: pygit2.Repository, name: str, expected: str) -> None:
    """Delete a branch that is at the commit `expected`. Drafts on it are kept. Raises NotThere, Busy."""
    ref = branch_ref(name)
    with locked(Path(repository.path)):
        there = refs.target(repository, ref)
        if there is None:
            raise NotThere(Sentence(N_("There is no branch “%(branch)s”."), {"branch": name}))
        if there != expected:
            raise Busy(
                Sentence(
                    N_("The branch “%(branch)s” has got new changes. Look at them before you delete it."),
                    {"branch": name},
                )
            )
        try:
            repository.references.delete(ref)
        except (pygit2.GitError, OSError) as error:
            raise Busy(
                Sentence(N_("Someone is changing this just now. Try again in a few seconds."))
            ) from error


def advance(repository: pygit2.Repository, name: str, expected: str, to: str) -> None:
    """Let a branch go on from the commit `expected` to one that builds on it. Raises Busy."""
    with locked(Path(repository.path)):
        refs.move(repository, branch_ref(name), expected, to)


def kept_drafts(repository: pygit2.Repository, person: str) -> list[KeptDraft]:
    """The unshared work of `person` on branches that are gone, by the names of these."""
    prefix = draft_ref(person, "x").removesuffix("x")
    found = []
    for ref in repository.references.iterator():
        branch = ref.name.removeprefix(prefix)
        if not ref.name.startswith(prefix) or refs.target(repository, branch_ref(branch)) is not None:
            continue
        tip = str(ref.target)
        base = draft_base(repository, tip)
        if base is not None and repository[tip].peel(pygit2.Tree).id != repository[base].peel(pygit2.Tree).id:
            found.append(KeptDraft(person, branch, base))
    return sorted(found, key=lambda draft: draft.branch)


def draft_base(repository: pygit2.Repository, tip: str | None) -> str | None:
    """The commit of the branch that the draft with this tip builds on; None where there is no draft."""
    mark = read_mark(repository[tip].peel(pygit2.Commit)) if tip else None
    return mark.base if mark else None


def _must_be_free(repository: pygit2.Repository, name: str) -> None:
    """Git keeps refs as files: beside a branch `a` there can be no `a/b`. The same goes for drafts."""
    for ref in repository.references:
        if ref.startswith(_HEADS):
            taken = ref.removeprefix(_HEADS)
            if taken == name:
                raise AlreadyThere(
                    Sentence(
                        N_("There is already a branch “%(branch)s”. Choose another name."), {"branch": name}
                    )
                )
        elif ref.startswith(_DRAFTS):
            taken = ref.removeprefix(_DRAFTS).partition("/")[2]
        else:
            continue
        if taken.startswith(f"{name}/") or name.startswith(f"{taken}/"):
            raise AlreadyThere(
                Sentence(
                    N_(
                        "“%(branch)s” cannot be used beside “%(taken)s”: "
                        "one would lie inside the other. Choose another name."
                    ),
                    {"branch": name, "taken": taken},
                )
            )
