"""The time line of a pull request: every change of its state is a row, in words that need no other row."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final

from studio.accounts import Person
from studio.definition.sentences import N_, Sentence
from studio.reviews.announcing import Doers, announce
from studio.reviews.models import Event, PullRequest, Thread
from studio.reviews.place_calls import look_again

OPENED: Final = "opened"
RETITLED: Final = "retitled"
COMMITS: Final = "commits"
REVIEWERS: Final = "reviewers"
REVIEWED: Final = "reviewed"
CLOSED: Final = "closed"
REOPENED: Final = "reopened"
MERGED: Final = "merged"
BRANCH: Final = "branch"
COMMENTED: Final = "commented"
REPLIED: Final = "replied"
RESOLVED: Final = "resolved"
UNRESOLVED: Final = "unresolved"
REMOVED: Final = "removed"
APPLIED: Final = "applied"

_SENTENCES: Final = {
    OPENED: N_("opened the pull request"),
    CLOSED: N_("closed the pull request without merging it"),
    REOPENED: N_("opened the pull request again"),
    COMMENTED: N_("commented"),
    REPLIED: N_("answered a comment"),
    RESOLVED: N_("resolved a conversation"),
    UNRESOLVED: N_("opened a conversation again"),
    REMOVED: N_("removed a comment"),
}


def record(  # noqa: PLR0913 - all named after the first four
    pull_request: PullRequest,
    kind: str,
    person: Person | str,
    now: datetime,
    *,
    sentence: Sentence | None = None,
    text: str = "",
    commit: str | None = None,
    authors: AbstractSet[str] = frozenset(),
    asked: Collection[Person] = (),
    thread: Thread | None = None,
) -> None:
    """Add to the time line, and tell those whom it concerns.

    `sentence` is what `person` did; a kind that is always the same needs none. What came by Git has names
    instead of a person, and the addresses of its `authors`. `asked` are asked to review by it. What happened
    in a `thread`, which is in the database, leads there.
    """
    event = Event(
        kind=kind,
        person_name=person.name if isinstance(person, Person) else person,
        sentence=sentence or Sentence(_SENTENCES[kind]),
        text=text,
        commit=commit,
        at=now,
        thread_id=thread.id if thread else None,
    )
    pull_request.events.append(event)
    pull_request.changed_at = now
    if isinstance(person, Person):
        doers = Doers(person)
    else:
        doers = Doers(names=frozenset({person}), emails=frozenset(each.casefold() for each in authors))
    announce(pull_request, event, doers, asked, thread)
    look_again(pull_request, now)
