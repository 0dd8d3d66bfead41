"""What the panel shows of one text: how it reads, where it stands, and what could be better."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from studio.definition.plain_language import Advice, advice_on
from studio.definition.text_references import TextPlace
from studio.definition.texts import Variable
from studio.definition.translation.status import State
from studio.definition.translation.table import Row, room
from studio.features.texts.workplace import Workplace
from studio.runtime.forms.markup import block
from studio.web import translate
from studio.web.navigation import has_page

_MOST_USES = 50


@dataclass(frozen=True, slots=True)
class Version:
    """The text in one language. `shown` is how the form shows it."""

    language: str
    value: str
    is_source: bool
    state: State
    flags: frozenset[str]
    shown: Markup
    advice: tuple[Advice, ...]
    room: int | None


@dataclass(frozen=True, slots=True)
class Use:
    """A place in words, and where it can be looked at ("": nowhere)."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One text. `sources`: the sources of values that variables can name."""

    key: str
    versions: tuple[Version, ...]
    variables: tuple[Variable, ...]
    uses: tuple[Use, ...]
    more_uses: int
    is_fixed: bool
    is_unused: bool
    sources: tuple[str, ...]


def panel_of(work: Workplace, avoided: Mapping[str, Mapping[str, str]]) -> Panel | None:
    """The panel of the chosen text. `avoided`: language -> words that the organisation avoids."""
    row = work.selected
    if row is None:
        return None
    uses = tuple(dict.fromkeys(_uses(work, row)))
    resources = row.resources.values()
    return Panel(
        row.key,
        tuple(_version(work, row, language, avoided.get(language, {})) for language in work.languages),
        max((each.variables for each in resources), key=len, default=()),
        uses[:_MOST_USES],
        max(0, len(uses) - _MOST_USES),
        any(place.is_fixed for place in row.uses),
        row.has("unused"),
        _sources(work),
    )


def _version(work: Workplace, row: Row, language: str, avoided: Mapping[str, str]) -> Version:
    value, longest = row.text(language), room(row.uses)
    return Version(
        language,
        value,
        language == work.source,
        row.states.get(language, State("new")),
        frozenset(row.flags.get(language, ())),
        block(value),
        advice_on(value, language, avoided),
        longest if longest < 10_000 else None,
    )


def _uses(work: Workplace, row: Row) -> Iterator[Use]:
    for place in sorted(row.uses, key=lambda place: place.component is None):
        yield Use(translate(place.in_words(work.app, work.source)), _address(work, place))


def _address(work: Workplace, place: TextPlace) -> str:
    if place.layout_set is None or place.page is None or not has_page("layouts.page"):
        return ""
    return url_for(
        "layouts.page",
        org=work.org,
        app=work.app_name,
        layout_set=place.layout_set.id,
        page=place.page.name,
        selected=place.component.id if place.component else None,
    )


def _sources(work: Workplace) -> tuple[str, ...]:
    models = (f"dataModel.{kind.id}" for kind in work.app.metadata.data_types if kind.is_form)
    return ("dataModel.default", *models, "instanceContext", "applicationSettings", "text")
