"""Where fields are used, with links to the places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from studio.definition.app import AppDefinition
from studio.definition.field_references import FieldUse
from studio.definition.layouts import LayoutSet
from studio.web import translate
from studio.web.navigation import has_page

_MOST = 200


@dataclass(frozen=True, slots=True)
class UseRow:
    """One place: what it is in a sentence, the field there, and where it can be looked at ("": nowhere)."""

    words: str
    field: str
    address: str
    file: str


def use_rows(org: str, app: str, uses: Sequence[FieldUse]) -> list[UseRow]:
    """The first places, each once; forms first, as they come."""
    found: dict[tuple[str, str], UseRow] = {}
    for use in sorted(uses, key=lambda use: use.component is None):
        row = UseRow(translate(use.sentence), use.field, _address(org, app, use), use.file)
        found.setdefault((row.words, row.field), row)
        if len(found) == _MOST:
            break
    return list(found.values())


def _address(org: str, app: str, use: FieldUse) -> str:
    if use.layout_set is None or use.page is None or not has_page("layouts.page"):
        return ""
    chosen = use.component
    return url_for(
        "layouts.page", org=org, app=app, layout_set=use.layout_set, page=use.page, selected=chosen
    )


def sets_of_model(app: AppDefinition, data_type: str) -> Iterator[LayoutSet]:
    """The layout sets whose answers are kept in a model."""
    return (found for found in app.layout_sets if found.data_type == data_type)
