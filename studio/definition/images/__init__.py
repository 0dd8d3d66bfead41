"""The pictures of an app: what kind they are, how drawings are cleaned, and where they are used."""

from studio.definition.images.pictures import (
    ENDINGS,
    LARGE,
    Picture,
    arriving,
    pictures,
    read_picture,
)
from studio.definition.images.svg import cleaned
from studio.definition.images.uses import PictureUse, alternative_text, mentioned, uses_by_picture

__all__ = [
    "ENDINGS",
    "LARGE",
    "Picture",
    "PictureUse",
    "alternative_text",
    "arriving",
    "cleaned",
    "mentioned",
    "pictures",
    "read_picture",
    "uses_by_picture",
]
