"""One talk with an outside remote: what is new there comes in, what is new here goes out, without force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.history import outside, outside_refs
from studio.history.push_checks import PushLimits
from studio.history.repository import Repository
from studio.outside_remotes.mappings import BranchMapping, Pair, pairs
from studio.outside_remotes.taking_in import TakingIn


@dataclass(frozen=True, slots=True)
class Server:
    """The repository on the other server, and how it may be spoken to."""

    url: str
    access: outside.Access
    limits: PushLimits

    @property
    def host(self) -> str:
        """What people call it."""
        return outside.parse(self.url).host


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk: `pushes` sends, `fetches` takes in. `results` are its outcomes, branch by branch.

    Where a branch is to go out and the other side has changes that are not here, these are taken in as well:
    without them nothing can go out.
    """

    repository: Repository
    server: Server
    mappings: tuple[BranchMapping, ...]
    taking_in: TakingIn
    pushes: bool
    fetches: bool
    results: list[Sentence] = field(default_factory=list)

    def hold(self) -> None:
        """Carry it out. Raises OutsideError where there was no talking to the server."""
        there = outside.heads(self.server.url, self.server.access)
        both = pairs(self.mappings, self.repository.branches(), there)
        there = {each.there: there[each.there] for each in both if each.there in there}
        known = outside_refs.last_seen(self.repository.folder)
        outside_refs.forget(self.repository.folder, known.keys() - there.keys())
        news = [branch for branch, commit in there.items() if known.get(branch) != commit]
        refused = self._bring(news) if news else {}
        known = outside_refs.last_seen(self.repository.folder)
        for pair in both:
            if pair.there in refused:
                self._say_refused(pair, refused[pair.there])
            elif pair.there in known and self._is_wanted(pair, known[pair.there]):
                self._take(pair, known[pair.there])
        if self.pushes:
            self._send([each for each in both if each.goes_out and each.there not in refused], known)

    def _bring(self, branches: list[str]) -> Mapping[str, tuple[Sentence, ...]]:
        """Fetch branches and look at them as at a push; why some were not taken in."""
        server, folder = self.server, self.repository.folder
        with outside.fetched(server.url, branches, folder, server.access, server.limits.pack) as apart:
            return outside_refs.take_in(folder, apart, branches, server.limits)

    def _is_wanted(self, pair: Pair, theirs: str) -> bool:
        if self.fetches and pair.comes_in:
            return True
        mine = self._head(pair.here)
        if not (self.pushes and pair.goes_out) or mine is None:
            return False
        return self.repository.merge_base(mine, theirs) not in (mine, theirs)

    def _take(self, pair: Pair, theirs: str) -> None:
        try:
            found = self.taking_in.take(pair, theirs)
        except DomainError as error:
            found = error.sentence
        if found is not None:
            self.results.append(found)

    def _send(self, both: Iterable[Pair], known: Mapping[str, str]) -> None:
        moves = {}
        for pair in both:
            mine, theirs = self._head(pair.here), known.get(pair.there)
            if mine is not None and mine != theirs:
                if theirs is None or self.repository.merge_base(mine, theirs) == theirs:
                    moves[pair.there] = mine
                elif self.repository.merge_base(mine, theirs) == mine:
                    self._say_behind(pair)
        if not moves:
            return
        told = outside.push(self.server.url, moves, self.repository.folder, self.server.access)
        for branch, reason in told.items():
            if reason is None:
                outside_refs.remember(self.repository.folder, branch, moves[branch])
                self.results.append(self._sentence(N_("“%(branch)s” went out to %(host)s."), branch))
            else:
                words = N_("%(host)s did not take “%(branch)s”: %(reason)s")
                self.results.append(self._sentence(words, branch, reason=reason))

    def _say_behind(self, pair: Pair) -> None:
        if not pair.comes_in:
            words = N_("%(host)s has changes on “%(branch)s” that are not here. Let them come in.")
            self.results.append(self._sentence(words, pair.there))
        elif not self.fetches:
            words = N_("%(host)s has changes on “%(branch)s” that are not here. Fetch them.")
            self.results.append(self._sentence(words, pair.there))

    def _say_refused(self, pair: Pair, reasons: Iterable[Sentence]) -> None:
        for reason in reasons:
            words = N_("“%(branch)s” from %(host)s was not taken in. %(reason)s")
            self.results.append(self._sentence(words, pair.there, reason=reason))

    def _sentence(self, words: str, branch: str, **more: str | Sentence) -> Sentence:
        return Sentence(words, {"branch": branch, "host": self.server.host, **more})

    def _head(self, branch: str) -> str | None:
        try:
            return self.repository.head(branch).id
        except NotThere:
            return None
