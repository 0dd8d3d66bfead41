"""Texts as a spreadsheet (XLSX), for those who translate without a tool of their own, and back.

One row a text: key, source, translation, status, notes, and two columns by which Studio sees conflicts. The
order of the columns and rows may be another one when it comes back; the first row names the columns.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

import python_calamine
import xlsxwriter

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.spreadsheet_bombs import UNREADABLE, refuse_bombs
from studio.definition.translation.units import Batch, Unit, status_named

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The longest text of a cell (Excel specifications and limits: 32 767).
_LONGEST: Final = 32_000
_KEY: Final = "key"
_STATUS: Final = "status"
_NOTES: Final = "notes"
_SOURCE_OF: Final = "source-version"
_TARGET_OF: Final = "translation-version"


def write(batch: Batch) -> bytes:
    """The batch as a workbook with one sheet. Raises DomainError for a text that fits no cell."""
    file = io.BytesIO()
    # Texts stay texts: nothing that begins with "=" becomes a formula, nothing becomes a link or a number.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("texts")
        head = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        quiet = book.add_format({"valign": "top", "font_color": "#6b6b6b", "num_format": "@"})
        sheet.freeze_panes(1, 1)
        for place, (name, width) in enumerate(zip(_columns(batch), _WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, name, head)
        for number, unit in enumerate(batch.units, 1):
            for place, value in enumerate(_cells(unit)):
                if len(value) > _LONGEST:
                    problem = N_("The text %(key)s is too long for a spreadsheet. Use XLIFF.")
                    raise DomainError(Sentence(problem, {"key": unit.key}))
                sheet.write_string(number, place, value, text if place in _WRITTEN else quiet)
    return file.getvalue()


_WIDTHS: Final = (34, 60, 60, 14, 50, 18, 18)
_WRITTEN: Final = frozenset({1, 2, 3})


def _columns(batch: Batch) -> tuple[str, ...]:
    languages = (f"source:{batch.source_language}", f"translation:{batch.target_language}")
    return (_KEY, *languages, _STATUS, _NOTES, _SOURCE_OF, _TARGET_OF)


def _cells(unit: Unit) -> tuple[str, ...]:
    notes = "\n".join(unit.notes)
    return (
        unit.key,
        unit.source,
        unit.target,
        unit.status,
        notes,
        unit.source_of or "",
        unit.target_of or "",
    )


def read(data: bytes) -> Batch:
    """The batch in the first sheet of a workbook. Raises DomainError for anything else, and for a bomb."""
    refuse_bombs(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        listed: Sequence[Sequence[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise DomainError(Sentence(UNREADABLE)) from error
    head = [str(cell).strip() for cell in listed[0]] if listed else []
    places = {name: place for place, name in enumerate(head) if name}
    source = next((name for name in places if name.startswith("source:")), None)
    target = next((name for name in places if name.startswith("translation:")), None)
    if source is None or target is None or _KEY not in places:
        problem = N_("The first row has to name the columns: key, source:nb, translation:en (for example).")
        raise DomainError(Sentence(problem))
    units = (_unit(row, places, source, target) for row in listed[1:])
    named = (unit for unit in units if unit.key)
    return Batch(source.removeprefix("source:"), target.removeprefix("translation:"), tuple(named))


def _unit(row: Sequence[Any], places: Mapping[str, int], source: str, target: str) -> Unit:
    def cell(name: str) -> str:
        place = places.get(name)
        value = row[place] if place is not None and place < len(row) else ""
        # A program may have made a number of what looks like one.
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

    return Unit(
        cell(_KEY),
        cell(source),
        cell(target),
        status_named(cell(_STATUS)),
        (),
        cell(_SOURCE_OF) or None,
        cell(_TARGET_OF) or None,
    )
