"""What a file is, as its name tells: the mode of the editor, and the icon in the tree."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """`mode` is one of <code-editor>'s; "" is plain text."""

    mode: str
    icon: str


_PLAIN: Final = Kind("", "File")
_KINDS: Final = {
    "json": Kind("json", "FileJson"),
    "xml": Kind("xml", "FileCode"),
    "python": Kind("python", "Terminal"),
    "javascript": Kind("javascript", "FileCode"),
    "css": Kind("css", "Palette"),
    "markdown": Kind("markdown", "FileText"),
    "picture": Kind("", "FileImage"),
}
_ENDINGS: Final = {
    "json": "json",
    "bpmn": "xml",
    "xsd": "xml",
    "xml": "xml",
    "svg": "xml",
    "csproj": "xml",
    "html": "xml",
    "py": "python",
    "js": "javascript",
    "mjs": "javascript",
    "css": "css",
    "md": "markdown",
    "png": "picture",
    "jpg": "picture",
    "jpeg": "picture",
    "gif": "picture",
    "webp": "picture",
}


def kind_of(path: str) -> Kind:
    """The kind of a file, by the ending of its name."""
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    return _KINDS.get(_ENDINGS.get(ending, ""), _PLAIN)
