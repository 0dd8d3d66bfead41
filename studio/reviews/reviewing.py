"""Reviews: what each reviewer thinks of a pull request as it is now, and saying it."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from studio.accounts import Person, Right, may
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.history.repository import Repository
from studio.reviews import events
from studio.reviews.models import PullRequest, Review, Verdict
from studio.reviews.problems import NotAllowed, NotNow
from studio.reviews.requests import AnySession, clean

_MOST_COMMITS: Final = 500
_WORDS: Final = {
    Verdict.APPROVE: N_("approved the changes"),
    Verdict.REQUEST_CHANGES: N_("asked for changes"),
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reviewer thinks. `is_stale`: an approval of an older state, which does not count any more."""

    review: Review
    is_stale: bool

    @property
    def counts(self) -> bool:
        """Whether it decides something: an approval of what is there now, or a wish for changes."""
        return not self.is_stale


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pull request stands with its reviewers: one opinion of each, the oldest first."""

    opinions: tuple[Opinion, ...]

    @property
    def approvals(self) -> int:
        """How many approve of what is there now."""
        return sum(each.counts and each.review.verdict == Verdict.APPROVE for each in self.opinions)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The names of those who asked for changes, and have not approved since."""
        return tuple(
            each.review.person_name
            for each in self.opinions
            if each.review.verdict == Verdict.REQUEST_CHANGES
        )


def standing(reviews: Iterable[Review], head: str, may_review: AbstractSet[int] | None = None) -> Standing:
    """What counts of these reviews (oldest first) when the newest commit is `head`.

    The last verdict of each person counts. An approval is of what was there then,
    and stale once there are new commits; a wish for changes stands until the same person approves. With
    `may_review` (ids of persons), verdicts of others do not count: they may have lost the right since.
    """
    last: dict[int, Review] = {}
    for review in reviews:
        known = review.person_id is not None and (may_review is None or review.person_id in may_review)
        if known:
            last[review.person_id] = review  # type: ignore[index]  # known has asked for None
    return Standing(
        tuple(
            Opinion(each, is_stale=each.verdict == Verdict.APPROVE and each.head != head)
            for each in sorted(last.values(), key=lambda review: review.id)
        )
    )


def why_not_review(repository: Repository, pull_request: PullRequest, person: Person) -> Sentence | None:
    """Why this person's verdict would not count: their own work is in it, or they lack the right."""
    if not may(person, Right.REVIEW, pull_request.org):
        return Sentence(N_("You are no reviewer in this organisation. You can comment."))
    if pull_request.author_id == person.id:
        return Sentence(N_("This is your own pull request, so somebody else has to approve it."))
    if _has_worked(repository, pull_request, person):
        return Sentence(N_("There are changes of yours in it, so somebody else has to approve it."))
    return None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says: `seen` is the head that they looked at."""

    verdict: Verdict
    text: str
    seen: str


def review(
    session: AnySession,
    repository: Repository,
    pull_request: PullRequest,
    person: Person,
    said: Said,
    now: datetime,
) -> Review:
    """Say something about a pull request, and commit.

    Raises NotNow where it is not open or has new commits, NotAllowed, and DomainError without the words that
    a wish for changes needs.
    """
    if not pull_request.is_open:
        raise NotNow(Sentence(N_("This pull request is not open any more.")))
    obstacle = why_not_review(repository, pull_request, person)
    if obstacle is not None:
        raise NotAllowed(obstacle)
    if said.seen != pull_request.head:
        raise NotNow(Sentence(N_("There are new changes since you looked. Look at them, then decide.")))
    text = clean(said.text)
    if not text and said.verdict == Verdict.REQUEST_CHANGES:
        raise DomainError(Sentence(N_("Write what should be changed.")))
    made = Review(
        person_id=person.id,
        person_name=person.name,
        verdict=said.verdict,
        text=text,
        head=pull_request.head,
        at=now,
    )
    pull_request.reviews.append(made)
    events.record(
        pull_request,
        events.REVIEWED,
        person,
        now,
        sentence=Sentence(_WORDS[said.verdict]),
        text=text,
        commit=pull_request.head,
    )
    session.commit()
    return made


def _has_worked(repository: Repository, pull_request: PullRequest, person: Person) -> bool:
    """Whether commits of theirs are in it. A suggestion is the work of who took it over."""
    taken = {
        comment.used_commit: comment.used_by_id
        for thread in pull_request.threads
        for comment in thread.comments
        if comment.used_commit and comment.used_by_id is not None
    }
    commits = repository.compare(pull_request.base, pull_request.head).commits(_MOST_COMMITS)
    return any(
        taken[commit.id] == person.id
        if commit.id in taken
        else commit.author.email.casefold() == person.email.casefold()
        for commit in commits
    )
