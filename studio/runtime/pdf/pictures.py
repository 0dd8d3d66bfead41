"""Pictures as a PDF takes them: written anew, so that only what is seen is left, and not too large."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from studio.definition.errors import DomainError
from studio.definition.images import read_picture
from studio.definition.images.svg import cleaned

# On paper nobody sees more pixels than these on a side.
_SIDE: Final = 1600
# Above this a picture is a trap: its bytes are few, and its pixels fill the memory.
_MOST_PIXELS: Final = 60_000_000
PIXEL: Final = 25.4 / 96  # millimetres, as on a screen


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture that can be set: `ending` says of which kind, `width` and `height` are in millimetres.

    Of a drawing both are 0: it says itself how large it is.
    """

    ending: str
    content: bytes
    width: float = 0
    height: float = 0


def prepared(content: bytes) -> Prepared | None:
    """The picture; None for what is no picture that can be set."""
    found = read_picture(content)
    if found is None or found[1] * found[2] > _MOST_PIXELS:
        return None
    try:
        if found[0] == "svg":
            return Prepared("svg", cleaned(content)[0])
        return _drawn(content)
    except (DomainError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _drawn(content: bytes) -> Prepared:
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened)
        width, height = picture.size
        is_clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
        picture = picture.convert("RGBA" if is_clear else "RGB")
    picture.thumbnail((_SIDE, _SIDE))
    written = io.BytesIO()
    # A photograph is many times as large as a PNG.
    picture.save(written, "PNG" if is_clear else "JPEG", quality=85)
    return Prepared("png" if is_clear else "jpg", written.getvalue(), width * PIXEL, height * PIXEL)
