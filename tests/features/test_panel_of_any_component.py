"""The property panel of any component: it opens, and posting what it shows changes nothing."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup, Tag
from builders import app as small_app
from flask import Flask
from hypothesis import HealthCheck, given, settings
from shape_values import components
from werkzeug.datastructures import MultiDict

from studio.definition.app import AppDefinition
from studio.definition.components import CATALOGUE
from studio.features.layouts.commands import Place, asked
from studio.features.layouts.editor import panel_part
from studio.features.layouts.workplace import Workplace
from studio.history.draft import Draft

OTHERS = [
    {"id": "a", "type": "Input", "dataModelBindings": {}, "textResourceBindings": {"title": "a"}},
    {"id": "first-name", "type": "Group", "children": ["in"]},
    {"id": "in", "type": "Image"},
]


def place_of(raw: dict[str, Any]) -> Place:
    app = small_app(pages={"P": [raw, *OTHERS]}, texts={"nb": {"a": "En tekst"}})
    (layout_set,) = app.layout_sets
    return Place(app, layout_set, layout_set.pages[0], "nb")


def panel_html(studio: Flask, place: Place, name: str) -> str:
    """The panel with everything unfolded; nothing of it needs the draft that the page came from."""
    work = Workplace(
        "ttd",
        "skjema",
        cast(Draft, None),
        "r1",
        place.app,
        place.layout_set,
        place.page,
        place.language,
        (name,),
        more=True,
    )
    with studio.test_request_context():
        return panel_part(work)


def posts(html: str) -> Iterator[MultiDict[str, str]]:
    """What each form of one value would send, untouched."""
    for form in BeautifulSoup(html, "html.parser").select("form[data-autosave]"):
        yield MultiDict(list(sent(form)))


def sent(form: Tag) -> Iterator[tuple[str, str]]:
    for control in form.select("input[name], select[name], textarea[name]"):
        name = str(control["name"])
        if control.name == "select":
            options = control.select("option")
            chosen = [option for option in options if option.has_attr("selected")] or options[:1]
            yield from ((name, str(option.get("value", ""))) for option in chosen)
        elif control.name == "textarea":
            # A browser leaves out one line break behind the tag, and sends the others as two signs.
            yield name, control.get_text().removeprefix("\n").replace("\n", "\r\n")
        elif control.get("type") != "checkbox" or control.has_attr("checked"):
            yield name, str(control.get("value", ""))


def changed(app: AppDefinition, place: Place, form: MultiDict[str, str]) -> bool:
    change = asked(place, form).change
    return change is not None and bool(change.apply(app))


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_posting_what_the_panel_shows_changes_nothing(studio: Flask, name: str) -> None:
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
    @given(components(CATALOGUE[name], "here"))
    def holds(raw: dict[str, Any]) -> None:
        place = place_of(raw)
        forms = list(posts(panel_html(studio, place, "here")))
        assert forms
        with studio.test_request_context():
            for form in forms:
                assert not changed(place.app, place, form), dict(form)

    holds()


@pytest.mark.parametrize("grid", [{}, {"grid": {"xs": "auto"}}, {"grid": {"xs": 6}}])
def test_no_width_is_offered_twice_for_one_who_has_set_none(studio: Flask, grid: dict[str, Any]) -> None:
    html = panel_html(studio, place_of({"id": "here", "type": "Input", **grid}), "here")
    found = [
        [option.text.strip() for option in select.select("option")]
        for select in BeautifulSoup(html, "html.parser").select("select:has(option[value='12'])")
    ]
    assert found
    for shown in found:
        assert shown.count("Automatisk") == (
            2 if grid == {"grid": {"xs": "auto"}} and shown is found[0] else 1
        )
    chosen = BeautifulSoup(html, "html.parser").select_one("option[value='\"auto\"'][selected]")
    assert (chosen is not None) == (grid == {"grid": {"xs": "auto"}})
