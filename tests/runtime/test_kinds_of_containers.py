"""Accordions, tabs, cards, grids and groups of buttons: what they show of what is inside them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from builders import field
from kind_pages import html, page, view
from markupsafe import Markup

from studio.runtime.forms.render import render_page
from studio.runtime.forms.view import ComponentView, Issue

pytestmark = pytest.mark.usefixtures("words")

TABS: dict[str, Any] = {
    "id": "tabs",
    "type": "Tabs",
    "tabs": [
        {"id": "one", "title": "First", "children": ["name"]},
        {"id": "two", "title": "Second", "children": ["phone"]},
    ],
}


def test_tabs_show_the_first_tab_or_the_default_one() -> None:
    inside = (field("name"), field("phone"))
    assert [tab.is_open for tab in view(TABS, *inside).settings["tabs"]] == [True, False]
    by_default = view({**TABS, "defaultTab": "two"}, *inside).settings["tabs"]
    assert [(tab.title, tab.is_open) for tab in by_default] == [("First", False), ("Second", True)]


def test_tabs_show_the_tab_with_something_to_correct() -> None:
    tabs = view(TABS, field("name"), field("phone"), issues=(Issue("phone", "wrong"),)).settings["tabs"]
    assert [(tab.is_open, tab.has_errors) for tab in tabs] == [(False, False), (True, True)]


def test_every_tab_is_in_the_page_so_that_it_can_be_filled_in_without_scripts() -> None:
    soup = html(TABS, field("name"), field("phone"))
    links = [link["href"].removeprefix("#") for link in soup.select(".form-tab-list a")]
    assert [soup.find(id=link).name for link in links] == ["section", "section"]
    assert {each["name"] for each in soup.select("input.ds-input")} == {"name", "phone"}


def test_tabs_whose_content_is_broken_still_show() -> None:
    odd = {"id": "tabs", "type": "Tabs", "tabs": [{"title": "no id"}, "no tab", {"id": "x", "children": 7}]}
    assert [tab.title for tab in view(odd).settings["tabs"]] == ["x"]


def test_an_accordion_is_closed_until_it_is_asked_to_be_open_or_holds_an_error() -> None:
    accordion = {"id": "more", "type": "Accordion", "children": ["name"]}
    assert html(accordion, field("name")).details.get("open") is None
    assert html({**accordion, "openByDefault": True}, field("name")).details.get("open") == ""
    assert html(accordion, field("name"), issues=(Issue("name", "wrong"),)).details.get("open") == ""


def test_a_group_of_accordions_holds_them() -> None:
    soup = html(
        {"id": "all", "type": "AccordionGroup", "children": ["more"]},
        {"id": "more", "type": "Accordion", "children": ["name"]},
        field("name"),
    )
    assert soup.select_one(".form-accordions details input[name=name]")


def test_cards_show_their_texts_picture_and_fields_in_the_order_asked_for() -> None:
    cards: dict[str, Any] = {
        "id": "cards",
        "type": "Cards",
        "color": "subtle",
        "mediaPosition": "bottom",
        "minWidth": "390px",
        "cards": [{"media": "picture", "title": "T", "footer": "F", "children": ["name"]}, {"title": "U"}],
    }
    picture = {"id": "picture", "type": "Image", "image": {"src": {"nb": "wwwroot/images/a.png"}}}
    soup = html(cards, picture, field("name"))
    first, second = soup.select(".form-card")
    assert (first.h2.text, second.h2.text) == ("T", "U")
    assert first.find(class_="form-card-media").find_previous("input")["name"] == "name"
    assert first.img["src"] == "/ttd/app/wwwroot/images/a.png"
    assert soup.select_one(".form-cards")["data-min-width"] == "400"


def grid(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"id": "grid", "type": "Grid", "rows": list(rows)}


def test_a_grid_is_a_table_with_texts_labels_and_fields() -> None:
    soup = html(
        grid(
            {"header": True, "cells": [None, {"text": "This year"}]},
            {
                "cells": [
                    {"labelFrom": "name"},
                    {"component": "name", "columnOptions": {"alignText": "right"}},
                ]
            },
        ),
        field("name", required=True),
    )
    assert soup.select_one("thead th[scope=col]:nth-of-type(2)").text == "This year"
    assert soup.select_one("tbody th[scope=row]").text.startswith("Navn")
    assert soup.select_one("tbody td[data-align=right] input")["name"] == "name"


def test_a_row_of_a_grid_is_left_out_where_everything_in_it_is_hidden() -> None:
    rows = [{"cells": [{"text": "a"}, {"component": "name"}]}, {"cells": [{"component": "phone"}]}]
    soup = html(grid(*rows), field("name", hidden=True), field("phone"))
    assert [row.text.strip() == "a" for row in soup.select("tbody tr")] == [False]
    assert soup.select_one("input[name=phone]")
    assert not soup.select_one("input[name=name]")


def test_a_read_only_row_of_a_grid_cannot_be_written_in() -> None:
    soup = html(grid({"readOnly": True, "cells": [{"component": "name"}]}), field("name"))
    assert soup.select_one("input[name=name]").has_attr("readonly")


def test_the_width_of_a_column_is_only_ever_a_number() -> None:
    cell = {"component": "name", "columnOptions": {"width": "20%"}}
    odd = {"text": "x", "columnOptions": {"width": 'auto" onclick="x'}}
    soup = html(grid({"cells": [cell, odd]}), field("name"))
    assert [each.get("width") for each in soup.select("td")] == ["20%", None]


@pytest.mark.parametrize("odd", [{"id": "name"}, ["name"], 7, None, True])
def test_a_cell_that_names_no_component_is_empty(odd: Any) -> None:
    soup = html(grid({"cells": [{"component": odd}, {"component": "name"}]}), field("name"))
    assert [bool(each.select("input")) for each in soup.select("td")] == [False, True]


def test_buttons_stand_together_in_their_group() -> None:
    soup = html(
        {"id": "buttons", "type": "ButtonGroup", "children": ["send", "go"]},
        {"id": "send", "type": "Button"},
        {"id": "go", "type": "NavigationButtons"},
    )
    assert len(soup.select(".form-button-group button")) == 2


def test_what_is_inside_a_container_is_answered_like_anything_else() -> None:
    inside = page(TABS, field("name"), field("phone"), data={"name": "Kari"})
    assert [cell.text for part in inside.components for cell in part.cells] == ["Kari", ""]


@pytest.mark.parametrize("kind", ["Tabs", "Cards", "Grid", "Accordion", "AccordionGroup", "ButtonGroup"])
def test_an_empty_container_can_be_shown_and_designed(kind: str) -> None:
    for design in (True, False):
        assert html({"id": "box", "type": kind}, design=design, mode="design" if design else "fill")


def heading(component_id: str, size: str) -> dict[str, Any]:
    return {
        "id": component_id,
        "type": "Heading",
        "size": size,
        "textResourceBindings": {"title": component_id},
    }


def titled(component_id: str, kind: str, *children: str, **more: Any) -> dict[str, Any]:
    texts = {"title": component_id}
    return {
        "id": component_id,
        "type": kind,
        "children": list(children),
        "textResourceBindings": texts,
        **more,
    }


def test_headings_stand_one_level_below_what_they_are_under() -> None:
    rows = {"dataModelBindings": {"group": "rows"}, "edit": {"mode": "showAll"}}
    soup = html(
        titled("rows", "RepeatingGroup", "inner", **rows),
        titled("inner", "Group", "a"),
        field("a", "rows.a"),
        heading("large", "L"),
        titled("outer", "Group", "small", "note", "last"),
        heading("small", "M"),
        titled("note", "Alert"),
        titled("last", "AccordionGroup", "fold"),
        titled("fold", "Accordion", "name"),
        field("name"),
        titled("own", "Group", "phone", headingLevel=5),
        field("phone"),
        data={"rows": [{"a": "1"}]},
        fields={
            "rows": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}},
            "name": "string",
            "phone": "string",
        },
    )
    levels = {each.get_text(strip=True): each.name for each in soup.find_all(["h2", "h3", "h4", "h5", "h6"])}
    assert levels == {
        "rows": "h2",
        "inner": "h3",
        "large": "h2",
        "outer": "h3",
        "small": "h3",
        "note": "h4",
        "last": "h4",
        "own": "h5",
    }
    assert soup.select_one("[role=heading]")["aria-level"] == "5"


def test_a_cell_says_what_its_column_is_called_where_nothing_in_it_does() -> None:
    head = {"header": True, "cells": [{"text": "What"}, {"text": "Last year"}, {"text": "This year"}]}
    row = {"cells": [{"text": "Adults"}, {"text": "12"}, {"component": "name"}]}
    untitled = field("phone")
    del untitled["textResourceBindings"]
    wide = {"cells": [{"text": "Both", "gridColumnOptions": {"colSpan": 2}}, {"component": "phone"}]}
    soup = html(
        {"id": "grid", "type": "Grid", "rows": [head, row, wide]},
        field("name"),
        untitled,
    )
    cells = [cell.get("data-label") for cell in soup.select("tbody td")]
    assert cells == ["Last year", None, "This year"]
    assert [head.text for head in soup.select("tbody th[scope=row]")] == ["Adults", "Both"]
    assert soup.find("input", {"name": "phone"})["aria-label"] == "This year"


def nest(kind: str, depth: int) -> list[dict[str, Any]]:
    """Containers in one another; the innermost holds the component `g{depth}`."""

    def holds(child: str) -> dict[str, Any]:
        if kind == "Tabs":
            return {"tabs": [{"id": "tab", "title": "Tab", "children": [child]}]}
        if kind == "Cards":
            return {"cards": [{"children": [child]}]}
        if kind == "Grid":
            return {"rows": [{"cells": [{"component": child}]}]}
        return {"children": [child]}

    return [{"id": f"g{place}", "type": kind, **holds(f"g{place + 1}")} for place in range(depth)]


@pytest.mark.parametrize("kind", ["Group", "Accordion", "Tabs", "Cards", "Grid"])
def test_no_question_is_lost_and_all_are_drawn_once_however_deep_they_lie(kind: str) -> None:
    for depth in (60, 200):
        drawn: list[str] = []

        def noted(view: ComponentView, content: Markup, drawn: list[str] = drawn) -> Markup:
            drawn.append(view.key)
            return content

        shown = page(*nest(kind, depth), field(f"g{depth}", "name"), field("phone"))
        soup = BeautifulSoup(render_page(shown, "fill", noted), "lxml")
        assert [each["name"] for each in soup.find_all("input")] == ["name", "phone"]
        assert len(drawn) == len(set(drawn)), "twice as often for each container around it"


def test_what_is_hidden_stays_hidden_where_it_lies_too_deep_to_be_framed() -> None:
    groups = nest("Group", 200)
    groups[150]["hidden"] = ["equals", ["dataModel", "phone"], "1"]
    parts = (*groups, field("g200", "name"), field("phone"))
    assert html(*parts, data={"phone": "2"}).find("input", {"name": "name"})
    assert not html(*parts, data={"phone": "1"}).find("input", {"name": "name"})


def test_rows_that_lie_too_deep_are_told_of_in_a_sentence() -> None:
    rows = {
        "id": "g99",
        "type": "RepeatingGroup",
        "children": ["name"],
        "dataModelBindings": {"group": "rows"},
    }
    soup = html(*nest("Group", 99), rows, field("name", "rows.name"), field("phone"))
    assert "too deep" in soup.text
    assert soup.find("input", {"name": "phone"})
