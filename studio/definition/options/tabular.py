"""Tables as text: CSV (RFC 4180) with any of three delimiters, and what a spreadsheet puts on the clipboard.

Between spreadsheets and Studio nothing but text travels, so the cells here are texts.
"""

import csv
import io
from collections.abc import Sequence
from typing import Final

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

DELIMITERS: Final = (";", ",", "\t")
LARGEST: Final = 5_000_000  # letters
_BOM: Final = "\ufeff"

Table = list[list[str]]


def write_table(rows: Sequence[Sequence[str]], delimiter: str = ";", *, bom: bool = False) -> bytes:
    """The rows as CSV in UTF-8; Excel reads it as such only with a byte-order mark."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return ((_BOM if bom else "") + text.getvalue()).encode(errors="replace")


def decoded(data: bytes, encoding: str | None = None) -> str:
    """The text of a file in an encoding of ENCODINGS; without one: UTF-8 with or without mark, UTF-16 with
    one, else what Excel in Norway writes.
    """
    named = encoding if encoding in ENCODINGS else encoding_of(data)
    return data.decode("utf-8-sig" if named == "utf-8" else named, errors="replace")


# What a file can be read as, by name; the name is what the codec is called.
ENCODINGS: Final = ("utf-8", "utf-16", "cp1252")


def encoding_of(data: bytes) -> str:
    """What a file seems to be written in, one of ENCODINGS: as `decoded` reads it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def read_table(text: str, delimiter: str | None = None) -> Table:
    """The rows of a text, all of one length; lines without any content are left out.

    Raises DomainError for what is too large or has a quotation mark that nothing ends.
    """
    if len(text) > LARGEST:
        raise DomainError(Sentence(N_("The table is too large to be read.")))
    text = text.removeprefix(_BOM)
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter or delimiter_of(text), strict=True
        )
        rows = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        problem = N_("The table cannot be read. Is there a quotation mark that nothing ends?")
        raise DomainError(Sentence(problem)) from error
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def delimiter_of(text: str) -> str:
    """What parts the cells of a text: a tab if there is one in the first line, else what is there most."""
    quoted, first = False, ""
    for sign in text.lstrip("\r\n"):
        quoted ^= sign == '"'
        if sign in "\r\n" and not quoted:
            break
        first += "" if quoted else sign
    if "\t" in first:
        return "\t"
    return max((";", ","), key=first.count)
