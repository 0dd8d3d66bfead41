"""Fills in forms like a person without JavaScript: reads a page, answers what is asked, presses a button."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from form_journeys import finished
from werkzeug.test import TestResponse

from studio.definition import form_paths as paths
from studio.definition.app import AppDefinition
from studio.definition.data_model import Field

_MOST_STEPS: Final = 60
_FORMATS: Final = {
    "year": "2026",
    "year-month": "2026-01",
    "email": "kari@example.org",
    "idn-email": "kari@example.org",
    "uri": "https://example.org",
}
_FILES: Final = {
    ".pdf": b"%PDF-1.7\nattached\n%%EOF",
    ".png": b"\x89PNG\r\n\x1a\n" + bytes(30),
    ".jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20),
}
_KINDS: Final = {"boolean": "true", "date": "2026-01-31", "date-time": "2026-01-31", "time": "10:00:00"}


class Stuck(Exception):
    """The form cannot be finished; the message says on which page, and what that page says."""


@dataclass
class Filler:
    """Walks through one app. `answers` (field path without indexes -> text) comes before what is made up."""

    client: FlaskClient
    app: AppDefinition
    answers: Mapping[str, str] = field(default_factory=dict)

    def finish(self, shown: TestResponse) -> TestResponse:
        """From a page of the form to the receipt. Raises Stuck."""
        seen: set[tuple[str, str]] = set()
        for _ in range(_MOST_STEPS):
            path = unquote(shown.request.path)
            if path.endswith("/receipt"):
                return shown
            soup = BeautifulSoup(shown.text, "html.parser")
            form = soup.select("form.form")
            if soup.select("h1 + being-made[data-goes-on]"):
                shown = finished(self.client, shown)
                continue
            if not form:
                shown = self._confirm(shown, soup)
                continue
            sent = self._filled(form[0])
            do = _button(form[0])
            state = (path, repr(sorted(item for item in sent.items() if item[0] != ":has")))
            if not do or shown.status_code not in {200, 422} or (state in seen and shown.status_code == 422):
                raise Stuck(f"{path} ({shown.status_code}): {_said(soup)}")
            seen.add(state)
            shown = self.client.post(
                form[0]["action"],
                data={**sent, "do": do},
                follow_redirects=True,  # type: ignore[dict-item]  # what the client passes on
            )
        raise Stuck(f"no end after {_MOST_STEPS} pages: {unquote(shown.request.path)}")

    def _confirm(self, shown: TestResponse, soup: BeautifulSoup) -> TestResponse:
        if not soup.select('button[name="action"][value="confirm"]:not([disabled])'):
            raise Stuck(f"{unquote(shown.request.path)} ({shown.status_code}): {_said(soup)}")
        return self.client.post(shown.request.path, data={"action": "confirm"}, follow_redirects=True)

    def _filled(self, form: Tag) -> dict[str, Any]:
        """Every field of a page as a browser sends it, with an answer where it had none."""
        found: dict[str, Any] = {}
        for name, fields in _by_name(form):
            if fields[0].get("type") == "file":
                found |= self._file(name, fields[0])
                continue
            own = name.startswith(":") and not name.startswith((":tag-", ":list-"))
            if own or name in {"csrf_token", "do"}:
                found[name] = [str(each.get("value", "")) for each in fields]
                continue
            first = fields[0]
            kind = first.get("type") if first.name == "input" else first.name
            if kind in {"radio", "checkbox"}:
                options = [each for each in fields if not each.has_attr("disabled")]
                chosen = [str(each["value"]) for each in options if each.has_attr("checked")]
                found[name] = chosen or self._choice(name, [str(each["value"]) for each in options])
            elif kind == "select":
                chosen = [str(each["value"]) for each in first.select("option[selected]")]
                values = [str(each["value"]) for each in first.select("option") if each["value"]]
                found[name] = chosen or self._choice(name, values) or [""]
            else:
                there = first.text.lstrip("\n") if kind == "textarea" else str(first.get("value", ""))
                wrong = first.get("aria-invalid") == "true"
                keeps = first.has_attr("readonly") or (there and not wrong)
                found[name] = [there if keeps else self._text(name, first)]
        return found

    def _file(self, name: str, asked: Tag) -> dict[str, Any]:
        """A small file of a kind that the form takes, where none is attached yet."""
        box = asked.find_parent(class_="form-upload")
        if box is None or box.select(".form-file"):
            return {}
        accepted = str(asked.get("accept") or ".pdf").split(",")
        ending = next((each for each in _FILES if each in accepted), accepted[0])
        return {name: [(io.BytesIO(_FILES.get(ending, b"text")), f"attached{ending}")]}

    def _choice(self, name: str, values: list[str]) -> list[str]:
        wanted = self.answers.get(_bare(name))
        if wanted is not None:
            return [wanted] if wanted else []
        return values[:1]

    def _text(self, name: str, asked: Tag) -> str:
        if _bare(name) in self.answers:
            return self.answers[_bare(name)]
        if asked.get("type") == "date":
            return max(str(asked.get("min") or "2026-01-31"), "2026-01-31")
        if asked.get("type") == "time":
            return str(asked.get("min") or "12:00")
        if asked.get("autocomplete") == "postal-code":
            return "0580"
        data_type, _, path = name.rpartition("::")
        models = [data_type] if data_type else [kind.id for kind in self.app.metadata.data_types]
        for each in models:
            model = self.app.model(each)
            found = model.field(paths.without_indexes(path)) if model else None
            if found is not None:
                return text_for(found)
        return "Svar"


def text_for(asked: Field) -> str:
    """Something to write into a field that its restrictions allow, as far as they can be told."""
    limits = asked.restrictions
    if "const" in limits or "enum" in limits:
        allowed = [limits["const"]] if "const" in limits else limits["enum"]
        return str(next((value for value in allowed if value is not None), ""))
    if asked.kind in {"number", "integer"}:
        least = limits.get("minimum", limits.get("exclusiveMinimum", 0))
        return str(min(max(1, int(least) + 1), int(limits.get("maximum", 10**9))))
    made = _KINDS.get(asked.kind) or _FORMATS.get(str(asked.format))
    if made:
        return made
    if "pattern" in limits:
        return next(each for each in _written() if _fits(each, limits["pattern"]))
    text = "Svar"[: int(limits.get("maxLength", 4))]
    return text.ljust(int(limits.get("minLength", 1)), "x")


def _written() -> Iterator[str]:
    yield from ("1234", "12345678", "kari@example.org", "01017012345", "Svar", "A", "1", "+4740000001", "")


def _fits(text: str, pattern: Any) -> bool:
    return re.fullmatch(f"(?:{pattern})", text) is not None or not text


def _by_name(form: Tag) -> Iterator[tuple[str, list[Tag]]]:
    found: dict[str, list[Tag]] = {}
    for each in form.select("input[name], textarea[name], select[name]"):
        found.setdefault(str(each["name"]), []).append(each)
    yield from found.items()


def _bare(name: str) -> str:
    return paths.without_indexes(name.rpartition("::")[2])


def _button(form: Tag) -> str:
    """Into a subform without entries, away with it, or on to the next page; "" where there is no way on."""
    empty = [each for each in form.select(".form-subform") if not each.select("tr.form-row")]
    adding = [str(add["value"]) for each in empty for add in each.select("button[value^='add-entry:']")]
    values = [str(each["value"]) for each in form.select('button[name="do"]:not([aria-hidden="true"])')]
    ways = ("next", "close-entry") if "close-entry" in values else ("submit", "next")
    return next((each for each in (*adding, *ways) if each in values), "")


def _said(soup: BeautifulSoup) -> str:
    summary = soup.select("#error-summary li") or soup.select("main p, main h1")
    return "; ".join(each.get_text(" ", strip=True) for each in summary)[:400]
