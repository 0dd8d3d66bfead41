"""Authors and commits, as the rest of Studio sees them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Self

import pygit2

from studio.history.origins import Origin, origin_of

_FORBIDDEN = str.maketrans("", "", "<>\n\r\0")


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change."""

    name: str
    email: str

    def signature(self, now: datetime) -> pygit2.Signature:
        """The Git signature at `now` (with its time zone; a naive time counts as UTC)."""
        moment = now if now.tzinfo else now.replace(tzinfo=UTC)
        offset = moment.utcoffset() or timedelta()
        return pygit2.Signature(
            _clean(self.name) or "Unknown",
            _clean(self.email) or "unknown@invalid",
            int(moment.timestamp()),
            int(offset.total_seconds() // 60),
        )


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """One commit: `id` is hex, `subject` the first line of `message`, `when` the author's time.

    `origin` says in which editor it was made, or that it came with Git.
    """

    id: str
    author: Author
    when: datetime
    message: str
    parents: tuple[str, ...]
    tree_id: str
    origin: Origin = "git"

    @property
    def subject(self) -> str:
        """The first line: what was done, in a plain sentence."""
        return self.message.split("\n", 1)[0]

    @classmethod
    def of(cls, commit: pygit2.Commit) -> Self:
        """Read a commit of Git."""
        zone = timezone(timedelta(minutes=commit.author.offset))
        return cls(
            id=str(commit.id),
            author=Author(commit.author.name, commit.author.email),
            when=datetime.fromtimestamp(commit.author.time, zone),
            message=commit.message.rstrip("\n"),
            parents=tuple(str(parent) for parent in commit.parent_ids),
            tree_id=str(commit.tree_id),
            origin=origin_of(commit),
        )


def _clean(text: str) -> str:
    """Git keeps no angle brackets and no line breaks in a name."""
    return text.translate(_FORBIDDEN).strip(" .,:;\"'\\")
