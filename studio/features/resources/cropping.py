"""Cutting a picture to a part of it, and making it smaller, in the format that it has."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_FORMATS: Final = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}
CROPPED: Final = frozenset(_FORMATS)
_LARGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Crop:
    """What stays: a box in pixels from the upper left corner, and how wide it is made (0: as it is)."""

    left: int
    top: int
    width: int
    height: int
    to_width: int = 0


def cropped(data: bytes, kind: str, crop: Crop) -> bytes:
    """The part of a picture. Raises DomainError where the box is not in it, or it cannot be cut."""
    if kind not in _FORMATS:
        raise DomainError(Sentence(N_("Only PNG, JPEG and WebP can be cropped here.")))
    with Image.open(io.BytesIO(data)) as opened:
        picture = ImageOps.exif_transpose(opened)
    box = (crop.left, crop.top, crop.left + crop.width, crop.top + crop.height)
    inside = box[2] <= picture.width and box[3] <= picture.height
    if min(box) < 0 or crop.width < 1 or crop.height < 1 or not inside:
        problem = N_("The part has to lie in the picture, which is %(width)s × %(height)s pixels.")
        raise DomainError(Sentence(problem, {"width": picture.width, "height": picture.height}))
    picture = picture.crop(box)
    if crop.to_width and crop.to_width != crop.width:
        height = max(1, round(crop.height * crop.to_width / crop.width))
        if not 0 < crop.to_width <= _LARGEST or height > _LARGEST:
            problem = N_("A picture can be from 1 to %(most)s pixels wide and high.")
            raise DomainError(Sentence(problem, {"most": _LARGEST}))
        picture = picture.resize((crop.to_width, height))
    written = io.BytesIO()
    if kind == "jpeg":
        picture.convert("RGB").save(written, "JPEG", quality=88, optimize=True)
    else:
        picture.save(written, _FORMATS[kind])
    return written.getvalue()
