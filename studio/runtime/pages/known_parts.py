"""What of a page the browser has already, so that the answer to a save need not say it again.

A page is told in parts: its top components. Each answer gets a name that nobody can guess; the browser gives
it back with the next save, and parts that are as they were then are left out. Who does not remember an
answer, such as another process, says everything.
"""

import secrets
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from threading import Lock
from typing import Final

from markupsafe import Markup

# Key of a part -> its HTML, in the order of the page; and what is remembered of it.
Parts = Mapping[str, Markup]
Seen = Mapping[str, int]

# Stands for parts of which the first and the last are named (lib/morph.js).
_SAME: Final = Markup('<i data-same="{}" data-to="{}" hidden></i>\n')


class KnownParts:
    """The parts of the answers given last, `most` parts in all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._given: OrderedDict[str, Seen] = OrderedDict()
        self._lock = Lock()

    def remember(self, parts: Parts) -> str:
        """The name of an answer with these parts."""
        seen = {key: hash(html) for key, html in parts.items()}
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._given[name] = seen
            self._count += len(seen)
            while self._count > self._most and len(self._given) > 1:
                self._count -= len(self._given.popitem(last=False)[1])
        return name

    def recall(self, name: str) -> Seen:
        """What is known of an answer; nothing of one that is forgotten, or never was."""
        with self._lock:
            return self._given.get(name, {})


def what_is_new(parts: Parts, seen: Seen, touched: AbstractSet[str]) -> Markup:
    """The parts as HTML; a run of parts that the browser has is a sign that names its first and last one.

    `touched` are parts that the browser has changed by itself.
    """
    return Markup("").join(_told(parts, seen, touched))


def _told(parts: Parts, seen: Seen, touched: AbstractSet[str]) -> Iterator[Markup]:
    follows = dict(zip(seen, list(seen)[1:], strict=False))
    run: list[str] = []
    for key, html in parts.items():
        is_same = key not in touched and seen.get(key) == hash(html)
        if run and not (is_same and follows.get(run[-1]) == key):
            yield _SAME.format(f"c-{run[0]}", f"c-{run[-1]}")
            run = []
        if is_same:
            run.append(key)
        else:
            yield html
    if run:
        yield _SAME.format(f"c-{run[0]}", f"c-{run[-1]}")
