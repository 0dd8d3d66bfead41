"""What a comment is about (the pull request, a component, a text, a line), and what became of it since."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal, cast

import pygit2

from studio.definition.app import AppDefinition, app_definition
from studio.definition.files import Files
from studio.definition.layouts import Component
from studio.definition.naming import component_name, component_noun, page_name
from studio.definition.sentences import N_, Sentence

Kind = Literal["whole", "component", "text", "line"]
_KINDS: Final = ("whole", "component", "text", "line")
_LONGEST_QUOTE: Final = 2000
MOST_LINES: Final = 50


@dataclass(frozen=True, slots=True)
class Subject:
    """What a comment is about. Of the other members those of its kind are set.

    component: `layout_set`, `page` (its name), `component` (its id). text: `language`, `key`. line: `path`,
    `line` (from 1), `last` where it is about several lines, and `blob`, the Git id of the file that they were
    seen in ("" where it is not known).
    """

    kind: Kind = "whole"
    layout_set: str = ""
    page: str = ""
    component: str = ""
    language: str = ""
    key: str = ""
    path: str = ""
    line: int = 0
    last: int = 0
    blob: str = ""

    @property
    def lines(self) -> int:
        """How many lines it is about."""
        return max(self.last, self.line) - self.line + 1

    def to_dict(self) -> dict[str, str | int]:
        """The members that are set."""
        return {name: value for name, value in asdict(self).items() if value}

    @staticmethod
    def from_dict(kept: Mapping[str, Any]) -> "Subject":
        """The inverse of `to_dict`, from strings too; what cannot be one is about the whole."""
        names = ("layout_set", "page", "component", "language", "key", "path", "blob")
        kind = kept.get("kind")
        return Subject(
            cast(Kind, kind) if kind in _KINDS else "whole",
            line=_number(kept.get("line")),
            last=_number(kept.get("last")),
            **{name: str(kept.get(name, "")) for name in names},
        )


def _number(kept: Any) -> int:
    text = str(kept)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0


WHOLE: Final = Subject()


def content(subject: Subject, files: Files) -> str | None:
    """What the subject is in this state of the app, as text; None where it is not there.

    "" for the whole pull request, a component's JSON, a text's value, the text of lines.
    """
    match subject.kind:
        case "component":
            component = _component(subject, app_definition(files))
            return None if component is None else _json(component.raw)
        case "text":
            text = app_definition(files).texts(subject.language).get(subject.key)
            return None if text is None else text.value
        case "line":
            lines = _lines(files.get(subject.path))
            first, last = subject.line - 1, subject.line - 1 + subject.lines
            is_there = 0 <= first < last <= len(lines) and subject.lines <= MOST_LINES
            return "\n".join(lines[first:last]) if is_there else None
        case _:
            return ""


def fingerprint(text: str | None) -> str:
    """A short name of a content; "" of what is not there."""
    return "" if text is None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def quote(subject: Subject, files: Files) -> str:
    """What to show of a text or line beside the comment, so that it stays clear when it has changed."""
    if subject.kind not in ("text", "line"):
        return ""
    text = (content(subject, files) or "").replace("\0", "")
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]} …"


def lines_now(before: bytes, after: bytes, first: int, count: int) -> int | None:
    """The number that the first of so many lines of `before` has in `after`; None where one was changed, or
    something came in between."""
    places = [line_now(before, after, line) for line in range(first, first + count)]
    start = places[0]
    return None if start is None or places != list(range(start, start + count)) else start


def line_now(before: bytes, after: bytes, line: int) -> int | None:
    """The number that a line of `before` has in `after`; None where it was changed or removed."""
    if before == after:
        return line
    shift = 0
    # The patch points into these bytes, so they have to live as long as it does.
    patch = pygit2.Patch.create_from(before, after, context_lines=0, interhunk_lines=0)
    for hunk in patch.hunks:
        # Without old lines, a hunk comes after the line that it names.
        first = hunk.old_start + (not hunk.old_lines)
        if line < first:
            break
        if line < first + hunk.old_lines:
            return None
        shift += hunk.new_lines - hunk.old_lines
    return line + shift


def named(subject: Subject, before: Files, after: Files) -> Sentence:
    """The subject as people call it: Field *Phone number* on the page *Contact*."""
    match subject.kind:
        case "component":
            return _component_named(subject, before, after)
        case "text":
            words = N_("Text *%(key)s* (%(language)s)")
            return Sentence(words, {"key": subject.key, "language": subject.language})
        case "line":
            place: dict[str, str | int | Sentence] = {"line": subject.line, "path": subject.path}
            if subject.lines > 1:
                place["last"] = subject.last
                return Sentence(N_("Lines %(line)s to %(last)s of the file %(path)s"), place)
            return Sentence(N_("Line %(line)s of the file %(path)s"), place)
        case _:
            return Sentence(N_("The pull request as a whole"))


def called(subject: Subject, before: Files, after: Files) -> str:
    """The subject in a word, for a sentence: a component's title, a text's key, a file with a line."""
    match subject.kind:
        case "component":
            for files in (after, before):
                app = app_definition(files)
                component = _component(subject, app)
                if component is not None:
                    return component_name(app, component)
            return subject.component
        case "text":
            return subject.key
        case "line":
            return f"{subject.path}:{subject.line}"
        case _:
            return ""


def _component_named(subject: Subject, before: Files, after: Files) -> Sentence:
    for files in (after, before):
        app = app_definition(files)
        component = _component(subject, app)
        if component is not None:
            page = page_name(app, current_page(subject, files))
            words = N_("%(component)s on the page *%(page)s*")
            return Sentence(words, {"component": component_noun(app, component), "page": page})
    words = N_("Component *%(component)s* on the page *%(page)s*")
    return Sentence(words, {"component": subject.component, "page": subject.page})


def current_page(subject: Subject, files: Files) -> str:
    """The page that a component is on in this state; the one that it was on where it is gone."""
    forms = app_definition(files).layout_set(subject.layout_set)
    found = forms.find(subject.component) if forms else None
    return found[0].name if found else subject.page


def _component(subject: Subject, app: AppDefinition) -> Component | None:
    forms = app.layout_set(subject.layout_set)
    found = forms.find(subject.component) if forms else None
    return found[1] if found else None


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)


def _lines(data: bytes | None) -> list[str]:
    """As Git counts lines; [] of what is no text."""
    if not data or b"\0" in data:
        return []
    lines = data.decode("utf-8", "replace").split("\n")
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]
