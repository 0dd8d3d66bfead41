"""A document as the bytes of a PDF, by Typst: tagged for assistive technology (PDF/UA-1), without a network.

The template (form.typ) is the only code that runs. All that is shown reaches it as one JSON value.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Literal

import structlog
import typst
from flask_babel import gettext

from studio.runtime.forms import markup
from studio.runtime.pdf import wording
from studio.runtime.pdf.document import (
    Answer,
    Break,
    Document,
    Heading,
    Part,
    Picture,
    Prose,
    Table,
    within,
)
from studio.runtime.pdf.pictures import PIXEL

log = structlog.get_logger()

_HERE: Final = Path(__file__).parent
_FONTS: Final = typst.Fonts(include_system_fonts=False, font_paths=[_HERE / "fonts"])
# The room for what is on a page, in millimetres; a picture leaves some of its height to what is told of it.
_WIDTH: Final = 170.0
_HEIGHT: Final = 120.0
_FORM: Final = "form.typ"
_TEMPLATE: Final = (_HERE / _FORM).read_bytes()
# Kinds of characters that no font shows and that are found one after the other; texts have few of them.
_MOST_KINDS: Final = 20
_NOT_SHOWN: Final = re.compile(r"the text `\"(?:\\u\{([0-9a-fA-F]+)\}|(.+?))\"`", re.DOTALL)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_SIGN: Final = "\N{REPLACEMENT CHARACTER}"


@cache
def machine_fonts() -> typst.Fonts:
    """Our fonts and those of this machine, for letters that ours do not have."""
    return typst.Fonts(include_system_fonts=True, font_paths=[_HERE / "fonts"])


def typeset(document: Document, now: datetime) -> bytes:
    """The PDF. Letters that our fonts do not have are set with those of the machine.

    Characters that no font has are shown as a sign, and the document says so at its end. Where a picture
    cannot be set, all are told of in words.
    """
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / _FORM).write_bytes(_TEMPLATE)
        for number, picture in enumerate(_pictures(document)):
            (folder / _file_name(number, picture)).write_bytes(picture.picture.content)
        try:
            return _typeset(document, now, folder)
        except typst.TypstError as error:
            if not _pictures(document):
                raise
            log.warning("a PDF is made without its pictures", reason=error.message.split("`")[0])
            return _typeset(_without_pictures(document), now, folder)


def _typeset(document: Document, now: datetime, folder: Path) -> bytes:
    content = json.dumps(_json(document), ensure_ascii=False)
    kinds: set[str] = set()
    fonts = _FONTS
    for _ in range(_MOST_KINDS):
        try:
            return _compile(_without(content, kinds), now, "ua-1", folder, fonts)
        except typst.TypstError as error:
            found = _NOT_SHOWN.search(error.message)
            character = (chr(int(found[1], 16)) if found[1] else found[2][:1]) if found else ""
            if character and fonts is _FONTS:
                fonts = machine_fonts()
                continue
            if not character or _kind(character) in kinds:
                log.warning("a PDF is made without PDF/UA", reason=error.message.split("`")[0])
                break
            kinds.add(_kind(character))
    return _compile(_without(content, kinds), now, None, folder, fonts)


def _pictures(document: Document) -> list[Picture]:
    return [part for part in within(document.parts)[0] if isinstance(part, Picture)]


def _without_pictures(document: Document) -> Document:
    parts = (Prose(part.alternative) if isinstance(part, Picture) else part for part in document.parts)
    return replace(document, parts=tuple(parts))


def _file_name(number: int, picture: Picture) -> str:
    return f"picture-{number}.{picture.picture.ending}"


def _compile(
    content: str, now: datetime, standard: Literal["ua-1"] | None, folder: Path, fonts: typst.Fonts
) -> bytes:
    return typst.compile(
        folder / _FORM,
        root=folder,
        font_paths=fonts,
        sys_inputs={"form": content},
        pdf_standards=standard,
        timestamp=int(now.timestamp()),
    )


def _kind(character: str) -> str:
    """The script of a character ("CJK", "THAI"), or what sort of sign it is: what one font has or has not."""
    if unicodedata.category(character) in {"So", "Cn", "Co", "Cs"}:
        return unicodedata.category(character)
    return unicodedata.name(character, unicodedata.category(character)).split()[0]


def _without(content: str, kinds: set[str]) -> str:
    if not kinds:
        return content
    shown = "".join(_SIGN if ord(each) > 0x7F and _kind(each) in kinds else each for each in content)
    form = json.loads(shown)
    note = gettext(
        "Some characters cannot be shown here (%(sign)s). They are kept in the form itself.", sign=_SIGN
    )
    form["parts"].append({"kind": "prose", "nodes": [["paragraph", wording.plain(note)]]})
    return json.dumps(form, ensure_ascii=False)


def _json(document: Document) -> dict[str, Any]:
    parts, is_cut = within(document.parts)
    if is_cut:
        note = gettext("The form is longer than a PDF can be here. All of it is kept in the form itself.")
        parts = (*parts, Prose(note))
    numbers = count()
    return {
        "title": wording.clean(document.title),
        "author": wording.clean(document.author),
        "language": document.language if _LANGUAGE.fullmatch(document.language) else "nb",
        "footer": wording.clean(document.footer),
        "words": {"page": gettext("Page %(number)s of %(count)s", number="#1", count="#2")},
        "parts": [part for each in parts if (part := _part(each, numbers)) is not None],
    }


def _part(part: Part, numbers: Iterator[int]) -> dict[str, Any] | None:
    match part:
        case Heading():
            words = wording.inline(part.text)
            # PDF/UA knows no heading without words.
            return {"kind": "heading", "level": part.level, "text": words} if words else None
        case Answer():
            several = [wording.inline(each) for each in part.several]
            return {
                "kind": "answer",
                "label": wording.inline(part.label),
                "text": wording.clean(part.text),
                "several": several,
            }
        case Table():
            return {
                "kind": "table",
                "heads": [wording.inline(head) for head in part.heads],
                "rows": [[wording.plain(cell) for cell in row] for row in part.rows],
            }
        case Prose():
            return {"kind": "prose", "nodes": wording.blocks(part.text)}
        case Picture():
            return _picture(part, next(numbers))
        case Break():
            return {"kind": "break"}


def _picture(part: Picture, number: int) -> dict[str, Any]:
    """A picture no wider than the page, and no higher than leaves room for words."""
    own, asked = part.picture, part.width
    wide = float(asked[:-1]) / 100 * _WIDTH if asked.endswith("%") else float(asked or 0) * PIXEL
    width = min(wide or own.width, _WIDTH)
    if own.width and own.height:
        width = min(width, _HEIGHT * own.width / own.height)
    return {
        "kind": "picture",
        "file": "/" + _file_name(number, part),
        # PDF/UA asks for words, also for what only decorates.
        "alternative": markup.plain(part.alternative) or gettext("Picture"),
        "width": width or None,
        "align": part.align,
    }
