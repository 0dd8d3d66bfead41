"""Suggestions: values that a comment wants other ones for, and the change that it would be to use them. Pure.

A suggestion knows what was there when it was made. Where that reads otherwise now, it does not fit any more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import MISSING, Change, ReplaceLines, SetProperty, SetText, composite
from studio.definition.components.catalogue import component_type
from studio.definition.components.shapes import Choice, Property
from studio.definition.errors import DomainError
from studio.definition.files import Files
from studio.definition.layouts import Component, Page
from studio.definition.sentences import N_, Sentence
from studio.reviews.subjects import Subject, content

Control = Literal["lines", "text", "boolean", "number", "choice"]
_LONGEST: Final = 20_000
_USUAL_TEXTS: Final = ("title", "description", "help")


class DoesNotFit(DomainError):
    """What a suggestion was made for reads otherwise now. HTTP 409."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value that is to be another; None stands for no value.

    `place` is "" for the lines or the text that the comment is about, "/required" for a property of the
    component, "nb:name.title" for a text of it.
    """

    place: str
    before: Any
    after: Any


Suggestion = tuple[Part, ...]


def to_json(suggestion: Suggestion) -> list[dict[str, Any]]:
    """As it is kept."""
    return [asdict(part) for part in suggestion]


def from_json(kept: Iterable[Mapping[str, Any]]) -> Suggestion:
    """The inverse of `to_json`."""
    return tuple(Part(str(each["place"]), each["before"], each["after"]) for each in kept)


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that can be suggested: where it is, what people call it, and what it is now.

    `language` is that of a text, `choices` are the values to choose from, with "" for none.
    """

    place: str
    label: Sentence
    control: Control
    now: Any
    language: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def field(self) -> str:
        """Its name in a form."""
        return f"suggest:{self.place}"

    @property
    def shown(self) -> str:
        """The value as a form has it."""
        return _as_text(self.now)


def offers(subject: Subject, files: Files) -> tuple[Offer, ...]:
    """What can be suggested about a subject: its lines, its words, or texts and properties of a component."""
    there = content(subject, files)
    if there is None:
        return ()
    match subject.kind:
        case "line":
            return (Offer("", Sentence(N_("Lines as they should be")), "lines", there),)
        case "text":
            return (Offer("", Sentence(N_("Words as they should be")), "text", there, subject.language),)
        case "component":
            app = app_definition(files)
            found = _component(subject, app)
            made = () if found is None else (*_texts(app, found[1]), *_properties(app, found[1]))
            return tuple({offer.place: offer for offer in reversed(made)}.values())[::-1]
        case _:
            return ()


def asked_for(subject: Subject, files: Files, given: Mapping[str, str]) -> Suggestion:
    """What a form with the fields of `offers` suggests: the values that are not as they are now.

    Raises DomainError for what the place cannot have.
    """
    parts = []
    for offer in offers(subject, files):
        text = given.get(offer.field)
        if text is None:
            continue
        after = _read(offer, text.replace("\r\n", "\n").replace("\0", ""))
        if after != offer.now and _as_text(after) != offer.shown:
            parts.append(Part(offer.place, offer.now, after))
    return tuple(parts)


def change_of(suggestion: Suggestion, subject: Subject, files: Files, line: int | None = None) -> Change:
    """The change that using it is, in these files; `line` is where its lines are now. Raises DoesNotFit."""
    now = {offer.place: offer.now for offer in offers(_at(subject, line), files)}
    if not suggestion or any(now.get(part.place, MISSING) != part.before for part in suggestion):
        raise DoesNotFit(
            Sentence(N_("What the suggestion is about has changed since, so it cannot be used as it is."))
        )
    return composite([_change(part, _at(subject, line), files) for part in suggestion])


def _at(subject: Subject, line: int | None) -> Subject:
    """The subject with its lines where they are now."""
    if subject.kind != "line" or line is None:
        return subject
    return Subject("line", path=subject.path, line=line, last=line + subject.lines - 1)


def _change(part: Part, subject: Subject, files: Files) -> Change:
    if subject.kind == "line":
        after = tuple(part.after.split("\n")) if part.after else ()
        return ReplaceLines(subject.path, subject.line, tuple(part.before.split("\n")), after)
    if subject.kind == "text":
        return SetText(subject.language, subject.key, part.after or "")
    if part.place.startswith("/"):
        found = _component(subject, app_definition(files))
        page = found[0].name if found else subject.page
        value = MISSING if part.after is None else part.after
        return SetProperty(subject.layout_set, page, subject.component, part.place, value)
    language, _, key = part.place.partition(":")
    return SetText(language, key, part.after or "")


def _component(subject: Subject, app: AppDefinition) -> tuple[Page, Component] | None:
    forms = app.layout_set(subject.layout_set)
    return forms.find(subject.component) if forms else None


def _texts(app: AppDefinition, component: Component) -> Iterable[Offer]:
    """The texts that the component shows, in every language of the app; not those that are written in it."""
    kind = component_type(component.type)
    slots: Sequence[str] = tuple(slot.key for slot in kind.texts) if kind else _USUAL_TEXTS
    for slot in slots:
        key = component.text_key(slot)
        if not key or not any(key in app.texts(language) for language in app.languages):
            continue
        named = kind.text(slot) if kind else None
        label = named.label if named else Sentence(slot)
        for language in app.languages:
            text = app.texts(language).get(key)
            yield Offer(f"{language}:{key}", label, "text", "" if text is None else text.value, language)


def _properties(app: AppDefinition, component: Component) -> Iterable[Offer]:
    """The plain properties: those that designers meet first, and others that have a value."""
    kind = component_type(component.type)
    for prop in kind.properties if kind else ():
        has_value = prop.name in component.raw
        now = component.raw.get(prop.name)
        control = _control(prop)
        is_plain = not isinstance(now, dict | list)  # a rule decides it otherwise
        if control and is_plain and not prop.deprecated and (has_value or not prop.advanced):
            now = prop.default_in(app.generation) if now is None else now
            yield Offer(f"/{prop.name}", prop.label, control, now, choices=prop.choices)


def _control(prop: Property) -> Control | None:
    match prop.kind:
        case "boolean":
            return "boolean"
        case "integer" | "number":
            return "number"
        case "choice":
            return "choice"
        case _:
            return None


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _read(offer: Offer, text: str) -> Any:
    if len(text) > _LONGEST:
        raise DomainError(Sentence(N_("A suggestion may have up to %(max)s characters."), {"max": _LONGEST}))
    match offer.control:
        case "boolean":
            return {"true": True, "false": False}.get(text)
        case "number":
            return _number(offer, text.strip())
        case "choice":
            return next((each.value for each in offer.choices if str(each.value) == text), None)
        case _:
            return text


def _number(offer: Offer, text: str) -> int | float | None:
    if not text:
        return None
    try:
        number = float(text.replace(",", "."))
        if not -1e15 < number < 1e15:
            raise ValueError
    except ValueError as error:
        words = N_("Write a number for “%(name)s”, not “%(text)s”.")
        raise DomainError(Sentence(words, {"name": offer.label, "text": text[:50]})) from error
    return int(number) if number.is_integer() else number
