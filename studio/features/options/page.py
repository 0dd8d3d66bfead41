"""The page of one option list and its parts, as HTML."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from studio.database.clock import now
from studio.definition.option_lists import OptionPlace
from studio.definition.options.tags import tags_text
from studio.features.options.previewing import MOST, preview
from studio.features.options.workplace import Workplace
from studio.web import render, translate
from studio.web.editing import Answer, phrases
from studio.web.language import current_language
from studio.web.navigation import has_page

# The rows that are sent at once; the rest when somebody comes near them.
CHUNK = 50
_TEMPLATE = "options/list.html"
_MOST_USES = 50


def whole_page(work: Workplace, answer: Answer | None = None) -> str:
    """The page."""
    return render(_TEMPLATE, **{**frame(work), **_context(work, answer or Answer())})


def listing_part(work: Workplace, answer: Answer, near: int = 0) -> str:
    """The rows, as far as those around the one at `near`."""
    end = CHUNK * (near // CHUNK + 1)
    return render(_TEMPLATE, block="listing", **{**_context(work, answer), "end": end})


def rows_part(work: Workplace, start: int) -> str:
    """Some of the rows, from the one at a place on."""
    values = {**_context(work, Answer()), "start": start, "end": start + CHUNK}
    return render(_TEMPLATE, block="rows", **values)


def row_part(work: Workplace, place: int) -> str:
    """One row."""
    return render(_TEMPLATE, block="one_row", **_context(work, Answer()), row=work.rows[place])


def panel_part(work: Workplace, answer: Answer | None = None) -> str:
    """The panel: preview, places, name."""
    return render(_TEMPLATE, block="panel", **_context(work, answer or Answer()))


def state_part(work: Workplace, answer: Answer) -> str:
    """What is said beside the parts."""
    return render(_TEMPLATE, block="state", **_context(work, answer))


def frame(work: Workplace) -> dict[str, Any]:
    """What every page about one list needs."""
    return {
        "org": work.org,
        "app": work.app_name,
        "app_title": work.app.title(current_language()) or work.app_name,
        "work": work,
    }


def address_of(org: str, app: str, place: OptionPlace) -> str:
    """Where a place that uses a list can be looked at; "" where nowhere."""
    if place.layout_set is None or place.page is None or not has_page("layouts.page"):
        return ""
    return url_for(
        "layouts.page",
        org=org,
        app=app,
        layout_set=place.layout_set.id,
        page=place.page.name,
        selected=place.component.id if place.component else None,
    )


def _context(work: Workplace, answer: Answer) -> dict[str, Any]:
    """What every part needs."""
    here: dict[str, Any] = {"org": work.org, "app": work.app_name, "list_id": work.list_id}
    query: dict[str, Any] = {
        "lang": work.language if work.language != work.source else None,
        "slot": list(work.wanted_slots) or None,
    }
    return {
        "org": work.org,
        "app": work.app_name,
        "work": work,
        "start": 0,
        "end": CHUNK,
        "chunk": CHUNK,
        "shown": preview(work, now().date()),
        "most_shown": MOST,
        "uses": [(translate(use.what), address_of(work.org, work.app_name, use)) for use in work.uses][
            :_MOST_USES
        ],
        "more_uses": max(0, len(work.uses) - _MOST_USES),
        "revision": work.revision,
        "selected": [],
        "answer": answer,
        "more": False,
        "page_address": url_for("options.edit_list", **here),
        "edits_address": url_for("options.edits", **here, **query),
        "table_address": url_for("options.table", **here),
        "rows_address": lambda start: url_for("options.rows", **here, **query, start=start),
        "view_address": lambda **other: url_for("options.edit_list", **here, **{**query, **other}),
        "slot_names": slot_names(),
        "kind_names": kind_names(),
        "tags_text": tags_text,
        "phrases": {"editor": phrases()},
    }


def slot_names() -> dict[str, str]:
    """What an option can say, in words."""
    return {
        "label": gettext("Label"),
        "description": gettext("Description"),
        "helpText": gettext("Help text"),
        "tags": gettext("Tags"),
    }


def kind_names() -> dict[str, str]:
    """What values can be, in words."""
    return {
        "text": gettext("Text"),
        "number": gettext("Numbers"),
        "boolean": gettext("Yes or no"),
    }
