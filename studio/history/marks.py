"""What a draft's commit says of itself, in trailers at the end of its message.

A draft is a chain of commits that only ever grows (first parents). Each commit has the files of the draft
at that moment,
and says which *state* of the draft it is:

- an edit is a new position; `Before` is the position that it was made on;
- an undo (`Undone`) goes back to an earlier position; `After` is the undo that a second redo would take back;
- a redo goes forward again; `Redo` is the undo that the next redo takes back;
- `Base` is the commit of the branch that the draft builds on. A draft whose position is its base has no
  changes;
- `Fetching` is a commit of the branch whose changes wait for the person's choices;
- `Edit` is the browser's name for an edit, so that one sent twice is applied once; `Change` is the edit
  itself (JSON).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pygit2

MAX_CHANGE: Final = 20_000  # characters; a larger change is named by its kind only, its bytes are in the tree


@dataclass(frozen=True, slots=True)
class Mark:
    """The trailers of one commit, parsed. Commit ids are hex; None where a trailer is missing."""

    base: str
    position: str | None = None
    before: str | None = None
    undone: str | None = None
    after: str | None = None
    redo: str | None = None
    fetching: str | None = None
    edit: str | None = None
    change: Mapping[str, Any] | None = None

    def message(self, subject: str) -> str:
        """The commit message: `subject` on one line, then the trailers."""
        # On one line each: the name of an edit comes from outside, and must not add trailers of its own.
        trailers = [
            f"{name.title()}: {' '.join(value.split())}"
            for name in ("base", "position", "before", "undone", "after", "redo", "fetching", "edit")
            if (value := getattr(self, name)) is not None
        ]
        if self.change is not None:
            trailers.insert(0, f"Change: {_one_line(self.change)}")
        return f"{' '.join(subject.split()) or '-'}\n\n" + "\n".join(trailers) + "\n"


def read_mark(commit: pygit2.Commit) -> Mark | None:
    """The mark of a draft's commit; None for a commit that is not a draft's."""
    _, _, last = commit.message.rstrip("\n").rpartition("\n\n")
    fields = dict(line.split(": ", 1) for line in last.split("\n") if ": " in line)
    if "Base" not in fields:
        return None
    change = fields.get("Change")
    return Mark(
        base=fields["Base"],
        position=fields.get("Position"),
        before=fields.get("Before"),
        undone=fields.get("Undone"),
        after=fields.get("After"),
        redo=fields.get("Redo"),
        fetching=fields.get("Fetching"),
        edit=fields.get("Edit"),
        change=json.loads(change) if change else None,
    )


def _one_line(change: Mapping[str, Any]) -> str:
    text = json.dumps(change, ensure_ascii=False, separators=(",", ":"))
    if len(text) > MAX_CHANGE:
        text = json.dumps({"kind": change.get("kind"), "omitted": len(text)})
    # JSON keeps line breaks escaped, save for these two that Python's splitlines would take for one.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
