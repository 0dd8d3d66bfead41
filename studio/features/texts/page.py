"""The page of all texts and its parts, as HTML."""

from itertools import islice
from typing import Any

from flask import url_for
from flask_babel import gettext

from studio.features.texts.glossaries import glossary_of
from studio.features.texts.listing import SHOWN, counts
from studio.features.texts.panel import panel_of
from studio.features.texts.workplace import Workplace, row_id
from studio.web import render
from studio.web.editing import Answer, phrases
from studio.web.language import current_language

# The rows that are sent at once; the rest when somebody comes near them.
CHUNK = 60
_TEMPLATE = "texts/table.html"
_MOST_FIELDS = 2000


def whole_page(work: Workplace, answer: Answer | None = None) -> str:
    """The page."""
    return render(_TEMPLATE, **{**frame(work, "texts"), **_head(work), **_context(work, answer or Answer())})


def found_part(work: Workplace) -> str:
    """The rows that a search has found, and how many they are."""
    return render(_TEMPLATE, block="found", **_context(work, Answer()))


def rows_part(work: Workplace, start: int) -> str:
    """Some of the rows, from the one at a place on."""
    return render(_TEMPLATE, block="rows", **{**_context(work, Answer()), "start": start})


def panel_part(work: Workplace, answer: Answer | None = None) -> str:
    """The panel of the chosen text."""
    return render(_TEMPLATE, block="panel", **_context(work, answer or Answer()))


def state_part(work: Workplace, answer: Answer) -> str:
    """What is said beside the parts."""
    return render(_TEMPLATE, block="state", **_context(work, answer))


def row_part(work: Workplace, place: int) -> str:
    """The row of the chosen text, at its place in the table as the browser shows it."""
    if work.selected is None:
        return ""
    return render(_TEMPLATE, block="one_row", **_context(work, Answer()), row=work.selected, place=place)


def frame(work: Workplace, tab: str) -> dict[str, Any]:
    """What every page of the screen needs."""
    return {
        "org": work.org,
        "app": work.app_name,
        "app_title": work.app.title(current_language()) or work.app_name,
        "tab": tab,
    }


def _head(work: Workplace) -> dict[str, Any]:
    return {"counts": counts(work.app, work.languages), "shown": SHOWN, "all_languages": work.app.languages}


def _context(work: Workplace, answer: Answer) -> dict[str, Any]:
    """What every part needs."""
    address = url_for("texts.index", org=work.org, app=work.app_name)
    wish = work.wish
    query: dict[str, Any] = {
        "q": wish.query or None,
        "show": wish.show or None,
        "lang": list(wish.languages) or None,
    }
    avoided = glossary_of(work.org)
    return {
        "org": work.org,
        "app": work.app_name,
        "work": work,
        "wish": wish,
        "languages": work.languages,
        "chunk": CHUNK,
        "start": 0,
        "row_id": row_id,
        "field_names": lambda: _field_names(work),
        "panel": panel_of(work, {language: avoided.avoided(language) for language in work.languages}),
        "selected": [work.selected_key] if work.selected_key else [],
        "revision": work.revision,
        "answer": answer,
        "more": False,
        "page_address": address,
        "edits_address": url_for("texts.edits", org=work.org, app=work.app_name, **query),
        "rows_address": lambda start: url_for(
            "texts.rows", org=work.org, app=work.app_name, start=start, **query
        ),
        "key_address": lambda key: url_for(
            "texts.index", org=work.org, app=work.app_name, selected=key, **query
        ),
        "phrases": {
            "editor": phrases(),
            "grid": {"write": gettext("Write the text in {language}"), "chosen": gettext("{key}, chosen")},
        },
    }


def _field_names(work: Workplace) -> list[str]:
    """The fields that a variable can read."""
    models = (work.app.model(kind.id) for kind in work.app.metadata.data_types if kind.is_form)
    fields = (field for model in models if model is not None for field in model.walk())
    return list(dict.fromkeys(field.path for field in islice(fields, _MOST_FIELDS) if not field.is_group))
