"""What comes in from an outside remote: straight to its branch where nothing is in the way, or for review."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final

from flask_babel import force_locale

from studio.accounts import Person, Right, may
from studio.definition.errors import NotThere
from studio.definition.files import changed_paths
from studio.definition.sentences import N_, Sentence
from studio.history.branch_rules import BranchRule, rule_for
from studio.history.commits import Author
from studio.history.errors import NothingToDo
from studio.history.repository import Repository
from studio.outside_remotes.mappings import FROM_OUTSIDE, Pair
from studio.reviews.models import PullRequest
from studio.reviews.requests import AnySession, Filter, Wanted, found, open_request
from studio.web import translate
from studio.web.language import language_of

_MOST_BRANCHES: Final = 50
_STUDIO: Final = Author("Studio", "studio@studio.invalid")


@dataclass(frozen=True, slots=True)
class TakingIn:
    """One go of it: what comes from `host`, in the name of `person` (None where they are gone)."""

    session: AnySession
    repository: Repository
    host: str
    person: Person | None
    now: datetime

    def take(self, pair: Pair, theirs: str) -> Sentence | None:
        """Bring the commit `theirs`, which lies in the repository, to the branch `pair.here`; None where it
        has it already. Raises Busy and InvalidName."""
        values = {"branch": pair.here, "host": self.host}
        mine = self._head(pair.here)
        rule = rule_for(self.session, self.repository.org, self.repository.app, pair.here)
        if mine is None:
            return self._begin(pair, theirs, rule)
        common = self.repository.merge_base(mine, theirs)
        if common == theirs:
            return None
        if common == mine and not rule.by_review:
            self.repository.advance_branch(pair.here, mine, theirs)
            return Sentence(N_("“%(branch)s” has what is new at %(host)s."), values)
        if common is not None and self._says_nothing_new(pair.here, theirs):
            return self._note(pair, theirs)
        return self._offer(pair, theirs)

    def _begin(self, pair: Pair, theirs: str, rule: BranchRule) -> Sentence:
        values = {"branch": pair.here, "host": self.host}
        if rule.by_review:
            name = self._branch_at(pair.here, theirs)
            words = N_(
                "“%(branch)s” is not here yet, and is protected. What %(host)s has is on the branch "
                "“%(source)s”: an owner can make “%(branch)s” from it."
            )
            return Sentence(words, values | {"source": name})
        self.repository.create_branch(pair.here, theirs)
        return Sentence(N_("“%(branch)s” came in from %(host)s."), values)

    def _says_nothing_new(self, branch: str, theirs: str) -> bool:
        """Whether a merge would leave the branch's files as they are: all of it came in another way."""
        merge = self.repository.mergeable(theirs, branch)
        return merge.is_clean and not changed_paths(self.repository.files(branch), merge.files)

    def _note(self, pair: Pair, theirs: str) -> Sentence | None:
        """Write down that the branch has all of it, so that it can go out again. No file changes."""
        with force_locale(language_of(self.person.language if self.person else None)):
            words = translate(Sentence(N_("Take note of what %(host)s has"), {"host": self.host}))
        try:
            self.repository.merge(theirs, pair.here, author=self._author(), message=words, now=self.now)
        except NothingToDo:
            return None
        return Sentence(
            N_("“%(branch)s” had all that is at %(host)s already."), {"branch": pair.here, "host": self.host}
        )

    def _offer(self, pair: Pair, theirs: str) -> Sentence:
        source = self._branch_at(pair.here, theirs)
        values: dict[str, str | int | Sentence] = {
            "branch": pair.here,
            "host": self.host,
            "source": source,
        }
        there = self._asked_before(source, pair.here, theirs)
        if there is not None and not there.is_open:
            words = N_(
                "What is new at %(host)s is on the branch “%(source)s”. Pull request %(number)s into "
                "“%(branch)s” is closed: open it again to take it in."
            )
            return Sentence(words, values | {"number": there.number})
        if self.person is None or not may(self.person, Right.SHARE, self.repository.org):
            words = N_(
                "What is new at %(host)s is on the branch “%(source)s”. Open a pull request from it into "
                "“%(branch)s”."
            )
            return Sentence(words, values)
        title = f"{self.host}: {pair.there}"
        opened = open_request(
            self.session, self.repository, Wanted(source, pair.here, title[:200]), self.person, self.now
        )
        words = N_("What is new at %(host)s waits in pull request %(number)s, into “%(branch)s”.")
        return Sentence(words, values | {"number": opened.number})

    def _asked_before(self, source: str, target: str, head: str) -> PullRequest | None:
        every = found(self.session, self.repository.org, self.repository.app, Filter(state=None))
        return next(
            (each for each in every if (each.source, each.target, each.head) == (source, target, head)), None
        )

    def _branch_at(self, here: str, theirs: str) -> str:
        """A branch "from/<server>/<branch>" at this commit. What somebody added to one is left alone."""
        wanted = f"{FROM_OUTSIDE}{self.host.replace(':', '-')}/{here}"
        for number in count(1):
            name = wanted if number == 1 else f"{wanted}-{number}"
            head = self._head(name)
            if head is None:
                self.repository.create_branch(name, theirs)
                return name
            if head == theirs or number > _MOST_BRANCHES:
                return name
            if self.repository.merge_base(head, theirs) == head:
                self.repository.advance_branch(name, head, theirs)
                return name
        raise AssertionError  # count does not end

    def _head(self, branch: str) -> str | None:
        try:
            return self.repository.head(branch).id
        except NotThere:
            return None

    def _author(self) -> Author:
        return Author(self.person.name, self.person.email) if self.person else _STUDIO
