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
from studio.history.errors import AlreadyThere
from studio.history.repository import Repository
from studio.reviews.merging import is_owner
from studio.reviews.models import PullRequest
from studio.reviews.problems import NotAllowed, NotNow
from studio.reviews.requests import LONGEST_TITLE, AnySession, Wanted, follow, open_request

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
    title, description = _title_and_description(message)
    author = Author(person.name, person.email)
    commit = draft.as_commit(message, author, now)
    branch = _new_branch(repository, branch_for(draft.person, title), commit.id)
    wanted = Wanted(branch, draft.branch, title, description, reviewers=tuple(reviewers))
    opened = open_request(session, repository, wanted, person, now)
    # All is safe there now. What was done in another window meanwhile stays.
    draft.discard(author, now, expected=draft.revision)
    return opened


def add_to_request(
    session: AnySession,
    repository: Repository,
    draft: Draft,
    person: Person,
    message: str,
    pull_request: PullRequest,
    now: datetime,
) -> None:
    """Put a draft of the target on the branch of an open pull request; commits.

    Raises NotNow where that branch changed the same places or the pull request is not open, NotAllowed by the
    rules of the branch, Conflict where a fetch waits for choices, NothingToDo without changes, Busy.
    """
    if not pull_request.is_open or pull_request.target != draft.branch:
        raise NotNow(Sentence(N_("This pull request is not open any more.")))
    demand_may_share(session, repository, pull_request.source, person)
    author = Author(person.name, person.email)
    commit = draft.as_commit(message, author, now)
    done = repository.merge(
        commit.id,
        pull_request.source,
        author=author,
        message=message,
        now=now,
        squash=True,
        accept_findings=True,
    )
    if done.commit is None:
        words = N_(
            "Pull request %(number)s has changed the same places, so your changes cannot simply be added "
            "to it. Share them as a pull request of their own, or make them on its branch."
        )
        raise NotNow(Sentence(words, {"number": pull_request.number}))
    draft.discard(author, now, expected=draft.revision)
    follow(session, repository, pull_request, now)


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


def _new_branch(repository: Repository, wanted: str, commit: str) -> str:
    """Make a branch at a commit, under a name that is free."""
    for number in count(1):
        name = wanted if number == 1 else f"{wanted}-{number}"
        try:
            repository.create_branch(name, commit)
        except AlreadyThere:
            if number >= _MOST_ATTEMPTS:
                raise
        else:
            break
    return name
