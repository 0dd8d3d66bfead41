"""The time line of a pull request: every change of its state is a row, in words that need no other row."""

from datetime import datetime
from typing import Final

from studio.definition.sentences import N_, Sentence
from studio.reviews.models import Event, PullRequest

OPENED: Final = "opened"
RETITLED: Final = "retitled"
COMMITS: Final = "commits"
REVIEWERS: Final = "reviewers"
REVIEWED: Final = "reviewed"
CLOSED: Final = "closed"
REOPENED: Final = "reopened"
MERGED: Final = "merged"
BRANCH: Final = "branch"

_SENTENCES: Final = {
    OPENED: N_("opened the pull request"),
    CLOSED: N_("closed the pull request without merging it"),
    REOPENED: N_("opened the pull request again"),
}


def record(
    pull_request: PullRequest,
    kind: str,
    person: str,
    now: datetime,
    *,
    sentence: Sentence | None = None,
    text: str = "",
    commit: str | None = None,
) -> None:
    """Add to the time line. `sentence` is what `person` did; a kind that is always the same needs none."""
    pull_request.events.append(
        Event(
            kind=kind,
            person_name=person,
            sentence=sentence or Sentence(_SENTENCES[kind]),
            text=text,
            commit=commit,
            at=now,
        )
    )
    pull_request.changed_at = now
