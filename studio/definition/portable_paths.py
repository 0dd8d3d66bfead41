"""Paths that every system can have: what Windows and macOS cannot keep, although Git and Linux can.

Whoever clones an app with such a path on Windows gets no files at all, or one file in place of two.
"""

import re
import unicodedata
from typing import Final

from studio.definition.sentences import N_, Sentence

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions
_SIGNS: Final = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_DEVICES: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE | re.DOTALL
)


def why_not_on_windows(path: str) -> Sentence | None:
    """Why Windows cannot have a file at this path; None where it can."""
    for part in path.split("/"):
        values = {"name": part}
        if found := _SIGNS.search(part):
            sign = found[0] if found[0].isprintable() else f"U+{ord(found[0]):04X}"
            words = N_("Windows cannot have the name “%(name)s”: the sign %(sign)s is not allowed there.")
            return Sentence(words, values | {"sign": sign})
        if part.endswith((".", " ")):
            words = N_("Windows cannot have the name “%(name)s”: it ends with a full stop or a space.")
            return Sentence(words, values)
        if _DEVICES.fullmatch(part):
            words = N_("Windows cannot have the name “%(name)s”: it means a device there.")
            return Sentence(words, values)
    return None


def as_others_see(path: str) -> str:
    """What paths have in common that are one and the same on Windows or macOS."""
    return unicodedata.normalize("NFC", path).casefold()
