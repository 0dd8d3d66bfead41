"""Sharing for review: what somebody has done on a protected branch goes to a branch of its own, with a pull
request. It leaves the protected branch's draft only when it is safe there."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Final

from studio.accounts import Person
from studio.definition.sentences import N_, Sentence
from studio.history.branch_rules import refusal, rule_for
from studio.history.commits import Author
from studio.history.draft import Draft
from studio.history.errors import AlreadyThere, Conflict, NothingToDo
from studio.history.repository import Repository
from studio.reviews.merging import is_owner
from studio.reviews.models import PullRequest
from studio.reviews.problems import NotAllowed
from studio.reviews.requests import LONGEST_TITLE, AnySession, Wanted, open_request

_LONGEST_SLUG: Final = 40
_MOST_ATTEMPTS: Final = 50


def why_not_share(
    session: AnySession, repository: Repository, branch: str, person: Person
) -> Sentence | None:
    """Why this person may not share straight to the branch; None where they may."""
    rule = rule_for(session, repository.org, repository.app, branch)
    return refusal(rule, branch, owner=is_owner(person, repository.org))


def demand_may_share(session: AnySession, repository: Repository, branch: str, person: Person) -> None:
    """Raise NotAllowed where this person may not share straight to the branch."""
    obstacle = why_not_share(session, repository, branch, person)
    if obstacle is not None:
        raise NotAllowed(obstacle)


def share_for_review(
    session: AnySession,
    repository: Repository,
    draft: Draft,
    person: Person,
    message: str,
    reviewers: Sequence[Person],
    now: datetime,
) -> PullRequest:
    """Put a draft on a branch of its own, and open a pull request from there; commits.

    The first line of `message` is the title, the rest the description. Raises Conflict where a fetch waits
    for choices, NothingToDo without changes, Busy.
    """
    if draft.conflicts:
        raise Conflict(draft.conflicts)
    if not draft.is_changed:
        raise NothingToDo(Sentence(N_("There are no changes to share.")))
    title, description = _title_and_description(message)
    seen, author = draft.revision, Author(person.name, person.email)
    branch = _new_branch(repository, draft, title)
    repository.draft(draft.person, branch).share(message, author, now)
    wanted = Wanted(branch, draft.branch, title, description, reviewers=tuple(reviewers))
    opened = open_request(session, repository, wanted, person, now)
    # All is safe there now. What was done in another window meanwhile stays.
    draft.discard(author, now, expected=seen)
    return opened


def _title_and_description(message: str) -> tuple[str, str]:
    """The first line and the rest; all of it where the line is too long for a title."""
    first, _, rest = message.strip().partition("\n")
    if len(first) <= LONGEST_TITLE:
        return first, rest
    return f"{first[: LONGEST_TITLE - 1]}…", message


def branch_for(person: str, title: str) -> str:
    """A readable name for a branch: "kari/shorter-form"."""
    return f"{slug(person) or 'branch'}/{slug(title) or 'changes'}"


def slug(text: str) -> str:
    """Words as a part of a branch's name: small letters a–z, digits and hyphens; "" where none are left."""
    for letter, plain in (("æ", "ae"), ("ø", "o"), ("å", "a")):
        text = text.lower().replace(letter, plain)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")


def _new_branch(repository: Repository, draft: Draft, title: str) -> str:
    """Make a branch with the draft on it, under a name that is free."""
    wanted = branch_for(draft.person, title)
    for number in count(1):
        name = wanted if number == 1 else f"{wanted}-{number}"
        try:
            repository.create_branch_with_draft(name, draft.person, draft.branch)
        except AlreadyThere:
            if number >= _MOST_ATTEMPTS:
                raise
        else:
            break
    return name
