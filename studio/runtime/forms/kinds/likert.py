"""Likert: the same choices for several questions, each a row of a list in the data (components.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from studio.definition.expressions import Spot
from studio.definition.expressions.rows import Location, split
from studio.runtime.forms.kinds.choosing import ITEM, NOT_THERE, with_options
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings, no_issues, title_of
from studio.runtime.forms.options import as_chosen
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, OptionView, RowView


def _settings(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    columns = raw.get("columns")
    dividers = {
        to_text(column.get("value")): column["divider"]
        for column in (columns if isinstance(columns, list) else [])
        if isinstance(column, Mapping) and column.get("divider") in {"before", "after", "both"}
    }
    return {"dividers": dividers}


def _fill(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    view = with_options(view, spot, around, build)
    if view.settings[NOT_THERE]:
        view = replace(view, options=())
    rows = tuple(_row(view, spot, place, build) for place in _places(view, build))
    return replace(view, rows=rows)


def _places(view: ComponentView, build: Build) -> range | list[int]:
    """The indexes of the rows that are asked about; a design shows three."""
    if build.state.design:
        return range(3)
    count = len(view.value) if isinstance(view.value, list) else 0
    start, stop = 0, count
    given = view.raw.get("filter")
    for part in given if isinstance(given, list) else []:
        if isinstance(part, Mapping) and to_text(part.get("value")).isdecimal():
            number = int(to_text(part.get("value")))
            start = number if part.get("key") == "start" else start
            stop = min(stop, number) if part.get("key") == "stop" else stop
    return list(range(start, stop))


def _row(view: ComponentView, spot: Spot, index: int, build: Build) -> RowView:
    place = _at(spot, index)
    answer, state = place.path("answer"), build.state
    name = state.name(*answer) if answer else ""
    value = spot.form.page("").data(answer[1], answer[0]) if answer and not state.design else None
    chosen = to_text(value)
    item = replace(
        view,
        key=f"{view.key}-{index}",
        type="LikertItem",
        kind=ITEM,
        texts={"title": _text(place, "questions"), "description": _text(place, "questionDescriptions")}
        | {"help": _text(place, "questionHelpTexts")},
        field=name,
        value=value,
        fields={"simpleBinding": name},
        values={"simpleBinding": value},
        required=_flag(place, view.raw, "required"),
        read_only=state.read_only or _flag(place, view.raw, "readOnly"),
        options=_options(view, None if value is None else chosen),
        issues=state.issues_at(name) if name else (),
        rows=(),
    )
    item = replace(item, answer=ITEM.answer(item))
    return RowView(
        index=index,
        field=f"{view.field}[{index}]",
        row_id=str(index),
        is_open=True,
        cells=(),
        children=(item,),
        has_errors=bool(item.errors),
    )


def _options(view: ComponentView, chosen: str | None) -> tuple[OptionView, ...]:
    """The choices of all questions, as they are for one of them."""
    if view.settings[NOT_THERE]:
        return as_chosen([chosen] if chosen else [])
    return tuple(replace(option, chosen=option.value == chosen) for option in view.options)


def _at(spot: Spot, index: int) -> Spot:
    """The place of one question, from which its texts and its answer are read."""
    bound = spot.path("questions")
    if bound is None:
        return spot
    data_type, path = bound
    segments = split(path)
    row = (*segments[:-1], (segments[-1][0], index))
    return Spot(spot.form, spot.node, spot.page, (*spot.rows, index), Location(data_type, row))


def _text(place: Spot, slot: str) -> str:
    return place.label(slot) or ""


def _flag(place: Spot, raw: Raw, name: str) -> bool:
    return place.flag_value(name, raw.get(name), default=False)


def _cells(view: ComponentView) -> Iterator[CellView]:
    for row in view.rows:
        for item in row.children:
            yield CellView(title_of(item), item.answer)


KINDS: Final[Mapping[str, Kind]] = {
    "Likert": Kind(
        template="likert",
        summary="likert",
        main="questions",
        settings=_settings,
        fill=_fill,
        answer=lambda _view: "",
        cells=_cells,
        missing=no_issues,
    ),
}
