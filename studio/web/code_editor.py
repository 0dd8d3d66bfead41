"""What pages with a <code-editor> share: the marks on a text, and the editor's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, ngettext

from studio.definition.findings import Severity
from studio.definition.sentences import Sentence
from studio.web.language import translate


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to say about a place in a text.

    The place is a line and column, which count from 1, or a JSON Pointer, which goes before them. `fix` names
    the finding where it can be mended by itself.
    """

    sentence: Sentence
    severity: Severity = "error"
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    fix: str | None = None

    @property
    def words(self) -> str:
        """The sentence in the reader's language; nothing is emphasised in an editor."""
        return translate(self.sentence).replace("*", "")

    def to_dict(self) -> dict[str, Any]:
        """The mark in the words of <code-editor>."""
        place = {"line": self.line, "column": self.column, "pointer": self.pointer, "fix": self.fix}
        return {
            "message": self.words,
            "severity": self.severity,
            **{name: value for name, value in place.items() if value is not None},
        }


def checked(marks: Sequence[Mark]) -> dict[str, Any]:
    """The answer to a text that <code-editor> has sent to be checked."""
    return {"words": check_words(marks), "findings": [mark.to_dict() for mark in marks]}


def check_words(marks: Sequence[Mark]) -> str:
    """How many errors and other things there are to say about a text."""
    errors = sum(mark.severity == "error" for mark in marks)
    words: str = gettext("No errors")
    if errors:
        words = ngettext("%(num)s error", "%(num)s errors", errors)
    elif marks:
        words = ngettext("%(num)s remark", "%(num)s remarks", len(marks))
    return words


def phrases() -> dict[str, str]:
    """What <code-editor> says, and the words of CodeMirror by their English names."""
    return {
        "leave": gettext("Escape and then Tab leaves the editor"),
        "finding": gettext("Line {line}: {message}"),
        "mend": gettext("Correct it for me"),
        "unread": gettext("This cannot be read."),
        "errors": gettext("Errors: {count}"),
        "Control character": gettext("Control character"),
        "Selection deleted": gettext("Selection deleted"),
        "Completions": gettext("Suggestions"),
        "Diagnostics": gettext("Errors and remarks"),
        "No diagnostics": gettext("No errors"),
        "Folded lines": gettext("Folded lines"),
        "Unfolded lines": gettext("Unfolded lines"),
        "folded code": gettext("folded text"),
        "unfold": gettext("unfold"),
        "Fold line": gettext("Fold"),
        "Unfold line": gettext("Unfold"),
        "to": gettext("to"),
        "Find": gettext("Find"),
        "Replace": gettext("Replace"),
        "next": gettext("next"),
        "previous": gettext("previous"),
        "all": gettext("all"),
        "match case": gettext("match case"),
        "regexp": gettext("regular expression"),
        "by word": gettext("whole words"),
        "replace": gettext("replace"),
        "replace all": gettext("replace all"),
        "close": gettext("close"),
        "current match": gettext("found here"),
        "on line": gettext("on line"),
        "replaced match on line $": gettext("replaced on line $"),
        "replaced $ matches": gettext("replaced $ times"),
        "Go to line": gettext("Go to line"),
        "go": gettext("go"),
    }
