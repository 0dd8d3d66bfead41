"""Whether a file is what its name says: what its first bytes look like, against its ending."""

import mimetypes
from pathlib import PurePosixPath
from typing import Final

import puremagic

# Endings that name the same kind of file.
_SAME: Final = (
    {".jpg", ".jpeg", ".jpe", ".jfif"},
    {".tif", ".tiff"},
    {".htm", ".html"},
    {".mp4", ".m4v", ".mov", ".heic", ".heif", ".m4a", ".3gp"},
    {".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".docm", ".xlsm", ".epub", ".asice"},
    {".doc", ".xls", ".ppt", ".msg"},
    {".xml", ".svg", ".gml", ".xsd"},
)
_TEXT: Final = frozenset({".txt", ".csv", ".json", ".md", ".xml", ".gml", ".log", ".sos", ".geojson"})
# What may never be taken in, whatever it is called.
_RUNS: Final = frozenset(
    {".exe", ".dll", ".msi", ".bat", ".cmd", ".scr", ".com", ".sh", ".js", ".jar", ".vbs"}
)
_PROGRAMS: Final = frozenset({".exe", ".dll", ".elf", ".msi"})
_HEAD: Final = 8192


def media_type(filename: str) -> str:
    """The media type that a file's ending stands for."""
    known = {".csv": "text/csv", ".heic": "image/heic", ".md": "text/markdown", ".webp": "image/webp"}
    ending = ending_of(filename)
    return known.get(ending) or mimetypes.guess_type(filename)[0] or "application/octet-stream"


def ending_of(filename: str) -> str:
    """The ending of a file's name in small letters (".pdf"), "" where it has none."""
    return PurePosixPath(filename).suffix.lower()


def is_what_it_says(filename: str, content: bytes) -> bool:
    """Whether the content can be what the name's ending says. Programs never are."""
    ending = ending_of(filename)
    if ending in _RUNS:
        return False
    seen = _endings(content, filename)
    if seen & _PROGRAMS or (seen & {".html", ".htm"} and ending not in {".html", ".htm"}):
        return False
    if not seen:
        return ending in _TEXT and _is_text(content)
    allowed = {ending}.union(*(group for group in _SAME if ending in group))
    return bool(seen & allowed) or (ending in _TEXT and _is_text(content))


def _endings(content: bytes, filename: str) -> set[str]:
    try:
        found = puremagic.magic_string(content[:_HEAD], filename)
    except (puremagic.PureError, ValueError):
        return set()
    # A guess from the name alone proves nothing.
    return {each.extension.lower() for each in found if each.byte_match}


def _is_text(content: bytes) -> bool:
    if b"\0" in content[:_HEAD]:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return not any(byte < 9 for byte in content[:_HEAD])  # the older encodings of the same letters
    return True
