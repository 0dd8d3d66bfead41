"""What else is done with a pull request: other words and reviewers, closing, opening again, its branch."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from studio.accounts import Person
from studio.definition.merge import Choice, Conflict
from studio.definition.sentences import N_, Sentence
from studio.history.branch_rules import refusal, rule_for
from studio.history.commits import Author
from studio.history.repository import MAIN, Repository
from studio.reviews import events
from studio.reviews.merging import is_owner
from studio.reviews.models import PullRequest, State
from studio.reviews.problems import NotAllowed, NotNow
from studio.reviews.requests import (
    AnySession,
    advance,
    checked_labels,
    checked_title,
    clean,
    follow,
    open_from,
)
from studio.reviews.sharing import demand_may_share
from studio.web import translate


def describe(
    session: AnySession,
    pull_request: PullRequest,
    person: Person,
    *,
    title: str,
    description: str,
    labels: Sequence[str],
    now: datetime,
) -> None:
    """Give it other words, and commit. Raises DomainError for the title."""
    title = checked_title(title)
    if title != pull_request.title:
        sentence = Sentence(
            N_("changed the title from “%(before)s” to “%(after)s”"),
            {"before": pull_request.title, "after": title},
        )
        events.record(pull_request, events.RETITLED, person, now, sentence=sentence)
    pull_request.title = title
    pull_request.description = clean(description)
    pull_request.labels = checked_labels(labels)
    session.commit()


def ask(
    session: AnySession,
    pull_request: PullRequest,
    person: Person,
    reviewers: Sequence[Person],
    now: datetime,
) -> None:
    """Ask these to review (and nobody else), and commit."""
    wanted = [each for each in reviewers if each.id != pull_request.author_id]
    before = {each.id for each in pull_request.reviewers}
    new = [each for each in wanted if each.id not in before]
    pull_request.reviewers = wanted
    if new:
        names = ", ".join(each.name for each in new)
        sentence = Sentence(N_("asked %(people)s to review"), {"people": names})
        events.record(pull_request, events.REVIEWERS, person, now, sentence=sentence, asked=new)
    session.commit()


def catch_up(
    session: AnySession,
    repository: Repository,
    pull_request: PullRequest,
    person: Person,
    choices: Mapping[str, Choice],
    now: datetime,
) -> tuple[Conflict, ...]:
    """Bring what is new on the target into the source, and commit; returns the conflicts without a choice.

    `choices` settle conflicts: "ours" is the value of the target, "theirs" that of the source. It is new work
    on the source: what was approved before does not count any more. Raises NotNow, NotAllowed, NothingToDo,
    Busy.
    """
    if not pull_request.is_open:
        raise NotNow(Sentence(N_("This pull request is not open any more.")))
    demand_may_share(session, repository, pull_request.source, person)
    done = repository.merge(
        pull_request.target,
        pull_request.source,
        author=Author(person.name, person.email),
        message=translate(
            Sentence(N_("Bring in what is new on “%(branch)s”"), {"branch": pull_request.target})
        ),
        now=now,
        choices=choices,
        accept_findings=True,
    )
    if done.commit is None:
        return done.conflicts
    sentence = Sentence(N_("brought in what is new on “%(branch)s”"), {"branch": pull_request.target})
    events.record(pull_request, events.COMMITS, person, now, sentence=sentence, commit=done.commit.id)
    advance(repository, pull_request, done.commit.id)
    session.commit()
    return ()


def close(session: AnySession, pull_request: PullRequest, person: Person, now: datetime) -> None:
    """Give it up without merging, and commit. Raises NotNow where it is not open."""
    if not pull_request.is_open:
        raise NotNow(Sentence(N_("This pull request is not open any more.")))
    pull_request.state, pull_request.ended_at = State.CLOSED, now
    events.record(pull_request, events.CLOSED, person, now)
    session.commit()


def reopen(
    session: AnySession, repository: Repository, pull_request: PullRequest, person: Person, now: datetime
) -> None:
    """Open a closed one again, and commit. Raises NotNow where that cannot be."""
    if pull_request.state != State.CLOSED:
        raise NotNow(Sentence(N_("Only a closed pull request can be opened again.")))
    there = repository.branches()
    for branch in (pull_request.source, pull_request.target):
        if branch not in there:
            words = N_("The branch “%(branch)s” was deleted. Bring it back first.")
            raise NotNow(Sentence(words, {"branch": branch}))
    for other in open_from(session, pull_request.org, pull_request.app, pull_request.source):
        if other.target == pull_request.target:
            words = N_("Pull request %(number)s is open for the same branches. Go on in that one.")
            raise NotNow(Sentence(words, {"number": other.number}))
    pull_request.state, pull_request.ended_at = State.OPEN, None
    events.record(pull_request, events.REOPENED, person, now)
    session.commit()
    follow(session, repository, pull_request, now)


def delete_branch(
    session: AnySession, repository: Repository, pull_request: PullRequest, person: Person, now: datetime
) -> None:
    """Delete the source branch of one that is over, and commit. Its commits are kept.

    Raises NotNow while it is open, NotAllowed by the rules of the branch, Busy where it has newer commits.
    """
    if pull_request.is_open:
        raise NotNow(Sentence(N_("Merge or close the pull request first.")))
    for other in open_from(session, pull_request.org, pull_request.app, pull_request.source):
        words = N_("Pull request %(number)s is open from this branch. Merge or close it first.")
        raise NotNow(Sentence(words, {"number": other.number}))
    remove_branch(session, repository, pull_request.source, pull_request.head, person)
    sentence = Sentence(N_("deleted the branch “%(branch)s”"), {"branch": pull_request.source})
    events.record(pull_request, events.BRANCH, person, now, sentence=sentence)
    session.commit()


def restore_branch(
    session: AnySession, repository: Repository, pull_request: PullRequest, person: Person, now: datetime
) -> None:
    """Bring a deleted source branch back as it was last seen, and commit. Raises AlreadyThere."""
    repository.create_branch(pull_request.source, pull_request.kept_ref)
    sentence = Sentence(N_("brought the branch “%(branch)s” back"), {"branch": pull_request.source})
    events.record(pull_request, events.BRANCH, person, now, sentence=sentence)
    session.commit()


def remove_branch(
    session: AnySession, repository: Repository, branch: str, expected: str, person: Person
) -> None:
    """Delete a branch that is at the commit `expected`. Raises NotAllowed by its rules, NotThere, Busy."""
    if branch == MAIN:
        raise NotAllowed(Sentence(N_("The main branch cannot be deleted.")))
    rule = rule_for(session, repository.org, repository.app, branch)
    obstacle = refusal(rule, branch, owner=is_owner(person, repository.org), deleted=True)
    if obstacle is not None:
        raise NotAllowed(obstacle)
    repository.delete_branch(branch, expected)
