"""A document as the bytes of a PDF, by Typst: tagged for assistive technology (PDF/UA-1), without a network.

The template (form.typ) is the only code that runs. All that is shown reaches it as one JSON value.
"""

import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import structlog
import typst
from flask_babel import gettext

from studio.runtime.pdf import wording
from studio.runtime.pdf.document import Answer, Break, Document, Heading, Part, Prose, Table, within

log = structlog.get_logger()

_HERE: Final = Path(__file__).parent
_FONTS: Final = typst.Fonts(include_system_fonts=False, font_paths=[_HERE / "fonts"])
_TEMPLATE: Final = (_HERE / "form.typ").read_bytes()
# Kinds of characters that no font shows and that are found one after the other; texts have few of them.
_MOST_KINDS: Final = 20
_NOT_SHOWN: Final = re.compile(r"the text `\"(?:\\u\{([0-9a-fA-F]+)\}|(.+?))\"`", re.DOTALL)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_SIGN: Final = "\N{REPLACEMENT CHARACTER}"


def typeset(document: Document, now: datetime) -> bytes:
    """The PDF. Characters that no font has are shown as a sign, and the document says so at its end."""
    content = json.dumps(_json(document), ensure_ascii=False)
    kinds: set[str] = set()
    for _ in range(_MOST_KINDS):
        try:
            return _compile(_without(content, kinds), now, "ua-1")
        except typst.TypstError as error:
            found = _NOT_SHOWN.search(error.message)
            character = (chr(int(found[1], 16)) if found[1] else found[2][:1]) if found else ""
            if not character or _kind(character) in kinds:
                log.warning("a PDF is made without PDF/UA", reason=error.message.split("`")[0])
                break
            kinds.add(_kind(character))
    return _compile(_without(content, kinds), now, None)


def _compile(content: str, now: datetime, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        _TEMPLATE,
        font_paths=_FONTS,
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
    return {
        "title": wording.clean(document.title),
        "author": wording.clean(document.author),
        "language": document.language if _LANGUAGE.fullmatch(document.language) else "nb",
        "footer": wording.clean(document.footer),
        "words": {"page": gettext("Page %(number)s of %(count)s", number="#1", count="#2")},
        "parts": [part for each in parts if (part := _part(each)) is not None],
    }


def _part(part: Part) -> dict[str, Any] | None:
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
        case Break():
            return {"kind": "break"}
