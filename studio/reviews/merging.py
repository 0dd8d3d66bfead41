"""Merging a pull request: what the rules of the branch ask for, and doing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from studio.accounts import Person, Right, may
from studio.accounts.rights import allows
from studio.definition.merge import Choice, Conflict
from studio.definition.sentences import N_, Sentence
from studio.history.branch_rules import BranchRule, rule_for
from studio.history.commits import Author
from studio.history.merging import Mergeability
from studio.history.repository import Repository
from studio.reviews import events
from studio.reviews.check_models import CheckRun, RunState
from studio.reviews.check_runs import needed, runs_of
from studio.reviews.checks import CHECKS
from studio.reviews.models import PullRequest, State
from studio.reviews.people import reviewer_ids
from studio.reviews.problems import NotAllowed, NotNow
from studio.reviews.requests import AnySession, alone, follow
from studio.reviews.reviewing import Standing, standing

_MOST_COMMITS: Final = 500
_FAILED: Final = N_("The check “%(check)s” has to pass.")
_HAS_TO_PASS: Final = {
    RunState.QUEUED: N_("The check “%(check)s” has not been run yet."),
    RunState.RUNNING: N_("The check “%(check)s” is still running."),
    RunState.COULD_NOT_RUN: N_(
        "The check “%(check)s” has to pass, and could not be run. It says what to do."
    ),
}


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a pull request can be merged. `missing` are the rules that it does not meet yet, in sentences.

    `checks` are those that were asked for, as far as they are. `gone` says which branch is not there; then
    there is no `merge` to look at, and no checks.
    """

    rule: BranchRule
    standing: Standing
    merge: Mergeability | None
    checks: tuple[CheckRun, ...]
    missing: tuple[Sentence, ...]
    gone: Sentence | None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What has to be chosen first."""
        return self.merge.conflicts if self.merge else ()

    @property
    def can_be_merged(self) -> bool:
        """Whether anybody who may share can merge it now."""
        return self.merge is not None and not self.missing

    @property
    def required(self) -> frozenset[str]:
        """The names of the checks that the rule of the branch asks for."""
        return required_checks(self.rule)


def required_checks(rule: BranchRule) -> frozenset[str]:
    """The names of the checks that a rule asks for."""
    return frozenset(rule.checks) if rule.by_review else frozenset()


def is_owner(person: Person, org: str) -> bool:
    """Whether a person owns the organisation by a role: being an administrator is not enough."""
    return allows(person.grants, Right.MANAGE_ORGANISATION, org)


def may_pass(person: Person, org: str, rule: BranchRule) -> bool:
    """Whether a person may merge although the rules of the branch are not met."""
    return rule.owners_may_pass and is_owner(person, org)


def readiness(session: AnySession, repository: Repository, pull_request: PullRequest) -> Readiness:
    """Where an open pull request stands; call `follow` first, and `check_runs.demand`."""
    rule = rule_for(session, pull_request.org, pull_request.app, pull_request.target)
    opinions = standing(pull_request.reviews, pull_request.head, reviewer_ids(session, pull_request.org))
    gone = _gone(repository, pull_request)
    merge = None if gone else repository.mergeable(pull_request.head, pull_request.target)
    checks = tuple(runs_of(session, pull_request, needed(repository, pull_request)).values())
    missing = tuple(_missing(rule, opinions, checks)) if rule.by_review else ()
    return Readiness(rule, opinions, merge, checks, missing, gone)


@dataclass(frozen=True, slots=True)
class Wish:
    """How to merge: as one commit (`squash`) or keeping each; `seen` is the head that was looked at.

    `choices` settle conflicts: "ours" is the value of the pull request, "theirs" that of the branch.
    `pass_rules` merges although the rules are not met, for those who may.
    """

    seen: str
    message: str
    squash: bool = True
    choices: Mapping[str, Choice] | None = None
    pass_rules: bool = False


def merge(
    session: AnySession,
    repository: Repository,
    pull_request: PullRequest,
    person: Person,
    wish: Wish,
    now: datetime,
) -> tuple[Conflict, ...]:
    """Merge, and commit; returns the conflicts that still need a choice, and then nothing has moved.

    Raises NotNow where it is not open, a branch is gone or there are new commits; NotAllowed by the rules;
    Busy.
    """
    follow(session, repository, pull_request, now)
    with alone(session, repository, pull_request):
        found = _demand(session, repository, pull_request, person, wish)
        if found.conflicts and not wish.choices:
            return found.conflicts
        missing = _demand_rules(pull_request, person, wish, found)
        before = repository.head(pull_request.target).id
        author = Author(person.name, person.email)
        message = wish.message.strip() or default_message(pull_request)
        if wish.squash:
            message = _with_authors(repository, pull_request, message, author)
        done = repository.merge(
            pull_request.head,
            pull_request.target,
            author=author,
            message=message,
            now=now,
            squash=wish.squash,
            choices=wish.choices,
            accept_findings=True,
        )
        if done.commit is None:
            return done.conflicts
        pull_request.state, pull_request.ended_at = State.MERGED, now
        pull_request.base = repository.merge_base(before, pull_request.head) or before
        pull_request.merged_commit = done.commit.id
        words = N_("merged the changes into “%(branch)s”")
        if missing:
            words = N_("merged the changes into “%(branch)s” without what its rules ask for")
        sentence = Sentence(words, {"branch": pull_request.target})
        events.record(pull_request, events.MERGED, person, now, sentence=sentence, commit=done.commit.id)
        session.commit()
    return ()


def _demand(
    session: AnySession, repository: Repository, pull_request: PullRequest, person: Person, wish: Wish
) -> Readiness:
    """Raise where it cannot be merged by this person now, whatever the rules say."""
    if not pull_request.is_open:
        raise NotNow(Sentence(N_("This pull request is not open any more.")))
    found = readiness(session, repository, pull_request)
    if found.gone is not None:
        raise NotNow(found.gone)
    if wish.seen != pull_request.head:
        raise NotNow(Sentence(N_("There are new changes since you looked. Look at them, then decide.")))
    if not may(person, Right.SHARE, pull_request.org):
        raise NotAllowed(Sentence(N_("You may not put changes on a branch.")))
    return found


def _demand_rules(
    pull_request: PullRequest, person: Person, wish: Wish, found: Readiness
) -> tuple[Sentence, ...]:
    """Raise where the rules are not met; returns what is missing and may be passed over."""
    if found.missing and not (wish.pass_rules and may_pass(person, pull_request.org, found.rule)):
        raise NotAllowed(found.missing[0])
    return found.missing


def _with_authors(repository: Repository, pull_request: PullRequest, message: str, by: Author) -> str:
    """The message of the one commit, with those whose commits are in it (Git's usual trailer)."""
    commits = repository.compare(pull_request.base, pull_request.head).commits(_MOST_COMMITS)
    authors = dict.fromkeys(commit.author for commit in reversed(commits) if commit.author != by)
    trailers = [f"Co-authored-by: {author.name} <{author.email}>" for author in authors]
    return "\n\n".join((message, "\n".join(trailers))) if trailers else message


def default_message(pull_request: PullRequest) -> str:
    """What the commit on the target says: the title and number, then the description."""
    subject = f"{pull_request.title} (#{pull_request.number})"
    return f"{subject}\n\n{pull_request.description}".strip()


def _missing(rule: BranchRule, opinions: Standing, checks: tuple[CheckRun, ...]) -> "list[Sentence]":
    missing = []
    if opinions.waits_for:
        names = ", ".join(opinions.waits_for)
        missing.append(Sentence(N_("It waits for %(people)s, who asked for changes."), {"people": names}))
    lacking = rule.approvals - opinions.approvals
    if lacking > 0:
        values: dict[str, str | int | Sentence] = {"count": lacking, "branch": rule.pattern}
        words = (
            N_("One more approval is needed.") if lacking == 1 else N_("%(count)s more approvals are needed.")
        )
        missing.append(Sentence(words, values))
    states = {check.name: check.state for check in checks}
    for name in rule.checks:
        state = states.get(name, RunState.FAILED)
        if state != RunState.PASSED:
            label = CHECKS[name].label if name in CHECKS else name
            missing.append(Sentence(_HAS_TO_PASS.get(state, _FAILED), {"check": label}))
    return missing


def _gone(repository: Repository, pull_request: PullRequest) -> Sentence | None:
    there = repository.branches()
    for branch in (pull_request.target, pull_request.source):
        if branch not in there:
            words = N_(
                "The branch “%(branch)s” was deleted. What was on it when it was last seen is kept here."
            )
            return Sentence(words, {"branch": branch})
    return None
