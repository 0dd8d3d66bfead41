"""Workbooks (XLSX) that are small as files and enormous once they are read, refused before they are.

The reader holds a sheet as a full rectangle: one cell far out costs as much as all between it and the first.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from lxml import etree

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

UNREADABLE: Final = N_("This is no spreadsheet that can be read. Save it as XLSX.")
MAX_BYTES: Final = 20 * 1024 * 1024
# What all parts may become when they are unpacked, in bytes.
_MAX_UNPACKED: Final = 200 * 1024 * 1024
# Of the rectangle around what is written: a hundred thousand texts in the seven columns fit.
_MOST_CELLS: Final = 1_000_000
# Parts of the other formats that the reader knows, whose sheets are no XML of this kind.
_OTHER_FORMATS: Final = ("workbook.bin", "content.xml")
# A part of the name of every sheet's element; names cannot be written in any other way in UTF-8.
_SHEET: Final = b"sheetData"
_PLACE: Final = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")


def refuse_bombs(data: bytes) -> None:
    """Raises DomainError for what is too large in any way, and for what is no XLSX at all."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
                raise _too_large()
            for entry in packed.infolist():
                if entry.filename.lower().endswith(_OTHER_FORMATS):
                    raise DomainError(Sentence(UNREADABLE))
                part = packed.read(entry)
                if _SHEET in part and _area(part) > _MOST_CELLS:
                    raise _too_large()
    except _UNREADABLE_PARTS as error:
        raise DomainError(Sentence(UNREADABLE)) from error


# Broken or locked archives, ways of packing that are not known, and what is no XML.
_UNREADABLE_PARTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    etree.XMLSyntaxError,
)


def _area(sheet: bytes) -> int:
    """How many cells the rectangle from the first to the last one with something in it has."""
    rows, columns, row, column = 0, 0, 0, 0
    # The reader takes every sheet for UTF-8, whatever it says of itself; so must who looks after it.
    seen = etree.iterparse(
        io.BytesIO(sheet),
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for event, element in seen:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if event == "start" and name == "row":
            row, column = _number(element.get("r")) or row + 1, 0
        elif event == "end" and name == "c":
            place = _PLACE.fullmatch(element.get("r", ""))
            column = _column(place[1]) if place else column + 1
            row = int(place[2]) if place else row
            if len(element):
                rows, columns = max(rows, row), max(columns, column)
        if event == "end" and name in {"c", "row"}:
            element.clear()
    return rows * columns


def _number(written: str | None) -> int:
    return int(written) if written and written.isascii() and written.isdecimal() and len(written) < 10 else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _too_large() -> DomainError:
    return DomainError(Sentence(N_("The spreadsheet is too large to be read.")))
