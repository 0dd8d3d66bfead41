"""Looks at pages one after the other in a Chromium; one that fails is ended, and another goes on.

A page gets a second try: the browser may have died of something else. Then it counts as not to be shown.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Self, TypeVar

import structlog

from studio.browser import Browser, BrowserFailed, BrowserMissing, Window
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.reviews.form_pages import FormPage, Site, site_of
from studio.reviews.outcomes import Material

log = structlog.get_logger()

Seen = TypeVar("Seen")

MOST_SECONDS: Final = 900.0  # that a check may look at pages
_TRIES: Final = 2
_MOST_NOT_SHOWN: Final = 5

_WHY: Final = {
    "time": N_("it took too long to show"),
    "memory": N_("it takes too much memory to show"),
    "ended": N_("the browser broke down over it"),
    "refused": N_("the browser could not show it"),
}
_NO_PROGRAM: Final = N_(
    "It could not be run: this check needs a Chromium, and there is none. Whoever runs Studio can "
    "install one, or name it with STUDIO_CHROMIUM."
)


class CouldNotRun(DomainError):
    """The check has no outcome; the sentence says why and what to do."""


class NotWanted(Exception):
    """Nobody wants the outcome any more."""


class NotShown(Exception):
    """A page could not be shown; `why` says it in words that go on after "because"."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(str(why))
        self.why = why


class Looker:
    """A context in which pages are looked at. Raises CouldNotRun, NotWanted."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._browser: Browser | None = None
        self._ends = time.monotonic() + MOST_SECONDS
        self._not_shown = 0

    def __enter__(self) -> Self:
        if self._material.program is None:
            raise CouldNotRun(Sentence(_NO_PROGRAM))
        return self

    def __exit__(self, *_exception: object) -> None:
        self._end()

    def draw(self, wanted: FormPage) -> Site:
        """The document of a page. Raises NotShown."""
        try:
            return site_of(wanted, self._material.today)
        except Exception as fault:  # one page that we cannot draw keeps nobody from the others
            log.error("page could not be drawn for a check", page=wanted.page.path, exc_info=fault)
            raise NotShown(
                Sentence(N_("it could not be drawn; the fault is ours and has been recorded"))
            ) from fault

    def look(self, site: Site, width: int, do: Callable[[Window], Seen]) -> Seen:
        """What `do` makes of the window that shows the site on a screen this wide. Raises NotShown."""
        failure: BrowserFailed | None = None
        for _ in range(_TRIES):
            self._demand()
            try:
                return do(self._ready().show(site.answer, site.address, width))
            except BrowserFailed as problem:
                failure = problem
                self._end()
                if problem.why != "ended":
                    break
        self._demand()
        self._not_shown += 1
        if self._not_shown > _MOST_NOT_SHOWN:
            raise CouldNotRun(Sentence(N_("It was given up: too many pages could not be shown.")))
        raise NotShown(Sentence(_WHY[failure.why if failure else "ended"]))

    def _demand(self) -> None:
        if not self._material.go_on():
            raise NotWanted
        if time.monotonic() > self._ends:
            values = {"minutes": int(MOST_SECONDS // 60)}
            raise CouldNotRun(Sentence(N_("It was given up: it took more than %(minutes)s minutes."), values))

    def _ready(self) -> Browser:
        program = self._material.program
        if self._browser is None and program is not None:
            try:
                self._browser = Browser(program, self._material.limits, self._material.go_on)
            except BrowserMissing as problem:
                self._demand()
                words = N_("It could not be run: the Chromium of this Studio does not start (%(said)s).")
                said = str(problem).strip().rpartition("\n")[2][:200] or "–"
                raise CouldNotRun(Sentence(words, {"said": said})) from problem
        if self._browser is None:
            raise CouldNotRun(Sentence(_NO_PROGRAM))
        return self._browser

    def _end(self) -> None:
        if self._browser is not None:
            with suppress(OSError):
                self._browser.close()
            self._browser = None
