"""The pictures that lie in an app's wwwroot, and pictures that come in: what they are by their bytes."""

import io
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final, Literal

from PIL import Image

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.errors import DomainError
from studio.definition.field_names import in_ascii
from studio.definition.images.svg import cleaned
from studio.definition.sentences import N_, Sentence

PictureKind = Literal["png", "jpeg", "gif", "webp", "svg"]
# Kind -> the endings of its files, the usual one first.
ENDINGS: Final[dict[PictureKind, tuple[str, ...]]] = {
    "png": ("png",),
    "jpeg": ("jpg", "jpeg"),
    "gif": ("gif",),
    "webp": ("webp",),
    "svg": ("svg",),
}
LARGE: Final = 500_000  # bytes: a second and a half on a slow mobile line
LARGEST: Final = 5_000_000  # bytes that may come in
_MOST_PIXELS: Final = 60_000_000
_OTHER: Final = re.compile(r"[^A-Za-z0-9_-]+")
_READ: Final[ContentCache["tuple[PictureKind, int, int] | None"]] = ContentCache(2000)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an app; `path` is inside wwwroot. Width and height (pixels) are 0 for drawings."""

    path: str
    bytes: int
    kind: PictureKind | None  # None: its bytes are not what its ending says
    width: int
    height: int

    @property
    def name(self) -> str:
        """The name of its file."""
        return PurePosixPath(self.path).name

    @property
    def is_large(self) -> bool:
        """Whether it takes long to load."""
        return self.bytes > LARGE


def pictures(app: AppDefinition) -> tuple[Picture, ...]:
    """The pictures in wwwroot, by path."""
    folder = app.paths.resource("")
    endings = {ending for known in ENDINGS.values() for ending in known}
    found = [path for path in app.files.under(folder) if _ending(path) in endings]
    return tuple(_picture(app, path, path.removeprefix(folder)) for path in found)


def read_picture(data: bytes) -> tuple[PictureKind, int, int] | None:
    """(kind, width, height) of a picture by its bytes; None for what is none. Drawings have no size here."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return ("svg", 0, 0) if b"<svg" in data[:4096] else None
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as opened:
            kind = _KINDS.get(str(opened.format))
            return (kind, opened.width, opened.height) if kind else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def arriving(name: str, data: bytes, kind: PictureKind | None = None) -> tuple[str, bytes, tuple[str, ...]]:
    """A file that comes in: (its name, its bytes, what was taken out of a drawing).

    The name gets plain letters and the ending of what the bytes are. With `kind` it has to be of that kind.
    Raises DomainError for what is no picture, is too large, or is of another kind.
    """
    if len(data) > LARGEST:
        values: dict[str, str | int | Sentence] = {"name": name, "size": LARGEST // 1_000_000}
        raise DomainError(Sentence(N_("%(name)s is larger than %(size)s MB. Make it smaller first."), values))
    found = read_picture(data)
    if found is None or found[1] * found[2] > _MOST_PIXELS:
        problem = N_("%(name)s is no picture that can be shown. Use PNG, JPEG, GIF, WebP or SVG.")
        raise DomainError(Sentence(problem, {"name": name}))
    if kind is not None and found[0] != kind:
        values = {"name": name, "kind": kind.upper(), "found": found[0].upper()}
        problem = N_("%(name)s is a picture of the kind %(found)s. It can only be replaced by a %(kind)s.")
        raise DomainError(Sentence(problem, values))
    gone: tuple[str, ...] = ()
    if found[0] == "svg":
        data, gone = cleaned(data)
    stem = _OTHER.sub("-", in_ascii(PurePosixPath(name).stem)).strip("-")[:80] or "picture"
    return f"{stem}.{ENDINGS[found[0]][0]}", data, gone


def _picture(app: AppDefinition, path: str, inside: str) -> Picture:
    data = app.files[path]
    kind, width, height = _READ.get(app.files.blob_id(path), lambda: read_picture(data)) or (None, 0, 0)
    fits = kind is not None and _ending(path) in ENDINGS[kind]
    return Picture(inside, len(data), kind if fits else None, width, height)


@lru_cache(4096)
def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower().removeprefix(".")


_KINDS: Final[dict[str, PictureKind]] = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WEBP": "webp"}
