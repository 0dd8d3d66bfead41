"""The list of all rules: by page, or by what they are about; searched and filtered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import url_for
from flask_babel import gettext

from studio.definition.naming import page_name
from studio.definition.rules.checking import Known, problems_at
from studio.definition.rules.influences import Thing, targets_of
from studio.definition.rules.places import ExpressionPlace
from studio.features.rules.address import address_of
from studio.features.rules.kinds import KINDS, RuleKind, kind_of
from studio.features.rules.marks import Finding, findings_at
from studio.features.rules.saying import Said, said
from studio.features.rules.things import written
from studio.features.rules.workplace import Workplace
from studio.web.navigation import has_page

_MOST: Final = 500  # rules on one page


@dataclass(frozen=True, slots=True)
class Row:
    """One rule in the list."""

    address: str
    kind: RuleKind
    sentence: Said
    about: Thing
    about_label: str
    thing_key: str  # how addresses name what it is about
    editor: str  # address of the rule's editor; "" for none
    place: str  # address of where it stands; "" for nowhere
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Some rules under a heading."""

    heading: str
    detail: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What is shown of all rules."""

    sections: tuple[Section, ...]
    counts: tuple[tuple[RuleKind, int], ...]
    shown: int
    total: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What an address asks to see."""

    query: str = ""
    kind: str = ""
    by: str = "page"


def listing(work: Workplace, wish: Wish) -> Listing:
    """The rules that are asked for."""
    places = {str(address_of(place)): place for place in work.places}
    rows = [row_of(work, place) for place in work.places]
    found = [row for row in rows if _fits(row, wish.query)]
    counts = tuple((kind, sum(row.kind is kind for row in found)) for kind in KINDS)
    kept = [row for row in found if wish.kind in ("", row.kind.name)]
    known = Known(work.app)
    shown = [
        replace(row, findings=findings_at(problems_at(known, places[row.address]))) for row in kept[:_MOST]
    ]
    sections = _by_thing(work, shown) if wish.by == "field" else _by_page(work, shown)
    return Listing(
        tuple(sections),
        tuple((kind, count) for kind, count in counts if count),
        len(shown),
        len(rows),
        len(kept) - len(shown),
    )


def row_of(work: Workplace, place: ExpressionPlace) -> Row:
    """A rule as the list shows it."""
    address = str(address_of(place))
    about = next(iter(targets_of(place)), Thing("form", "", ""))
    question = work.things.question(about)
    return Row(
        address,
        kind_of(place.kind),
        said(work, place),
        question,
        work.things.label(question),
        written(question),
        url_for("rules.rule", org=work.org, app=work.app_name, rule=address)
        if has_page("rules.rule")
        else "",
        work.things.address(work.org, work.app_name, question),
    )


def _fits(row: Row, query: str) -> bool:
    words = query.casefold().split()
    text = f"{row.sentence.text} {row.about_label} {row.about.name} {row.address}".casefold()
    return all(word in text for word in words)


def _by_page(work: Workplace, rows: Sequence[Row]) -> Iterator[Section]:
    """One section for each page, in the order of the forms; then what stands on no page."""
    named: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        named.setdefault(_page_of(work, row.about), []).append(row)
    order = {
        (form.id, page.name): number
        for number, (form, page) in enumerate(
            (form, page) for form in work.app.layout_sets for page in form.pages
        )
    }
    several = len([form for form in work.app.layout_sets if form.pages]) > 1
    for form, page in sorted(named, key=lambda key: order.get(key, len(order))):
        heading = page_name(work.app, page, work.language) if (form, page) in order else page
        yield Section(heading, form if several and (form, page) in order else "", tuple(named[form, page]))


def _page_of(work: Workplace, about: Thing) -> tuple[str, str]:
    if about.kind == "page":
        return about.owner, about.name
    if about.kind == "component":
        form = work.app.layout_set(about.owner)
        found = form.find(about.name) if form else None
        return about.owner, found[0].name if found else ""
    if about.kind == "flow":
        return "", gettext("The process")
    if about.kind == "field":
        return "", gettext("Fields of %(model)s that are on no page", model=about.owner)
    return "", gettext("Settings of the form")


def _by_thing(work: Workplace, rows: Sequence[Row]) -> Iterator[Section]:
    """What decides about each thing: one section for each that a rule is about."""
    named: dict[Thing, list[Row]] = {}
    for row in rows:
        named.setdefault(row.about, []).append(row)
    for thing, about in named.items():
        yield Section(work.things.label(thing), work.things.kind(thing), tuple(about))


@dataclass(frozen=True, slots=True)
class Dependency:
    """Something that a thing decides about, or is decided about by, with the rules that say so."""

    thing: Thing
    label: str
    kind: str
    rules: tuple[Row, ...]
    around: str  # how an address names the thing


def dependencies(work: Workplace, thing: Thing) -> tuple[list[Dependency], list[Dependency]]:
    """(what decides about this, what this decides about)."""
    on: dict[Thing, list[ExpressionPlace]] = {}
    of: dict[Thing, list[ExpressionPlace]] = {}
    for source, target, influence in work.things.links:
        if target == thing:
            on.setdefault(source, []).append(influence.place)
        if source == thing:
            of.setdefault(target, []).append(influence.place)
    return _dependencies(work, on), _dependencies(work, of)


def _dependencies(work: Workplace, found: dict[Thing, list[ExpressionPlace]]) -> list[Dependency]:
    return [
        Dependency(
            thing,
            work.things.label(thing),
            work.things.kind(thing),
            tuple(row_of(work, place) for place in places),
            written(thing),
        )
        for thing, places in found.items()
    ]
