"""Just enough of a PDF reader to see what is in a PDF that was made here: its text, and its structure."""

import re
import zlib
from dataclasses import dataclass
from functools import cached_property

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\(((?:\\.|[^\\)])*)\)|\b(ET)\b", re.DOTALL)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})", re.DOTALL)


@dataclass(frozen=True)
class Pdf:
    """The bytes of a PDF."""

    content: bytes

    @cached_property
    def objects(self) -> dict[int, bytes]:
        return {int(number): body for number, body in _OBJECT.findall(self.content)}

    @cached_property
    def catalog(self) -> str:
        """The root object."""
        found = next(body for body in self.objects.values() if b"/Type/Catalog" in body)
        return found.decode("latin-1")

    @property
    def language(self) -> str:
        found = re.search(r"/Lang\((.*?)\)", self.catalog)
        return found[1] if found else ""

    @property
    def says_ua(self) -> bool:
        """Whether the metadata says that this is PDF/UA-1."""
        return re.search(rb"<pdfuaid:part>1<|pdfuaid:part=.1", self.content) is not None

    @property
    def tags(self) -> list[str]:
        """The kinds of the structure elements: "H1", "P", "TH", ..."""
        bodies = (body for body in self.objects.values() if b"/Type/StructElem" in body)
        found = (re.search(rb"/S\s*/(\w+)", body) for body in bodies)
        return [match[1].decode() for match in found if match]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page."""
        root = next(body for body in self.objects.values() if b"/Type/Pages" in body)
        kids = re.search(rb"/Kids\[(.*?)\]", root, re.DOTALL)
        assert kids is not None
        return [self._text(self.objects[int(number)]) for number in re.findall(rb"(\d+) 0 R", kids[1])]

    @property
    def text(self) -> str:
        """All that is written, with single spaces between words."""
        return " ".join(" ".join(self.pages).split())

    def _text(self, page: bytes) -> str:
        fonts = self._fonts(page)
        contents = re.search(rb"/Contents (\d+) 0 R", page)
        assert contents is not None
        found, unicodes = list[str](), dict[int, str]()
        for font, in_hex, literal, end in _SHOWN.findall(self._stream(int(contents[1]))):
            if font:
                unicodes = fonts.get(font.decode(), {})
                continue
            codes = bytes.fromhex(in_hex.decode()) if in_hex else _literal(literal)
            pairs = zip(codes[::2], codes[1::2], strict=False)
            found.append(" " if end else "".join(unicodes.get(high << 8 | low, "") for high, low in pairs))
        return "".join(found)

    def _fonts(self, page: bytes) -> dict[str, dict[int, str]]:
        resources = re.search(rb"/Resources (\d+) 0 R", page)
        holder = self.objects[int(resources[1])] if resources else page
        named = re.search(rb"/Font<<(.*?)>>", holder, re.DOTALL)
        fonts = re.findall(rb"/(f\d+) (\d+) 0 R", named[1]) if named else []
        return {name.decode(): self._unicodes(int(number)) for name, number in fonts}

    def _unicodes(self, font: int) -> dict[int, str]:
        table = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        if table is None:
            return {}
        pairs = re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", self._stream(int(table[1])), re.MULTILINE)
        return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}

    def _stream(self, number: int) -> bytes:
        body = self.objects[number]
        start = body.index(b"stream") + len(b"stream")
        raw = body[start:].removeprefix(b"\r\n").removeprefix(b"\n")
        return zlib.decompressobj().decompress(raw) if b"/FlateDecode" in body[:start] else raw


def _literal(text: bytes) -> bytes:
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def one(match: re.Match[bytes]) -> bytes:
        sign = match[1]
        return bytes([int(sign, 8)]) if sign.isdigit() else named.get(sign, sign)

    return _ESCAPE.sub(one, text)
