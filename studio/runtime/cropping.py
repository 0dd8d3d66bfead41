"""Pictures that people attach, cut to the size that the app asks for and written anew."""

import io
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from PIL import Image, ImageDraw, ImageOps

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

# Above this a picture is a trap: its bytes are few, and its pixels fill the memory.
_MOST_PIXELS: Final = 60_000_000


def cropped(
    name: str, content: bytes, crop: Mapping[str, Any], box: tuple[float, ...] | None
) -> tuple[str, bytes]:
    """(name, PNG) of a picture cut to crop["width"] x crop["height"] pixels; round where that is a circle.

    `box` is the chosen part as shares of the picture (left, top, width, height); without one the middle is
    taken. What was hidden in the file, such as where it was taken, is gone. Raises DomainError for what is no
    picture.
    """
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise DomainError(Sentence(N_("%(file)s has too many pixels."), {"file": name}))
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DomainError(Sentence(N_("%(file)s is no picture that can be read."), {"file": name})) from error
    size = (min(int(crop["width"]), 4000), min(int(crop["height"]), 4000))
    if box is not None:
        picture = picture.crop(_pixels(box, picture.size))
    picture = ImageOps.fit(picture, size)
    if crop["shape"] == "circle":
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=255)
        picture.putalpha(mask)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return f"{PurePosixPath(name).stem or 'picture'}.png", written.getvalue()


def _pixels(box: tuple[float, ...], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The nearest pixels to shares of a picture, at least one: left, top, right, bottom."""
    left, top = (min(round(share * most), most - 1) for share, most in zip(box[:2], size, strict=True))
    right = min(max(round((box[0] + box[2]) * size[0]), left + 1), size[0])
    bottom = min(max(round((box[1] + box[3]) * size[1]), top + 1), size[1])
    return left, top, right, bottom
