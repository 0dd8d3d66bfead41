"""What the places of pull requests are made with."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.web.parts import Part

if TYPE_CHECKING:
    from studio.reviews.place_work import PlaceWork


@dataclass(frozen=True, slots=True)
class PlaceLimits:
    """How many places an organisation may have at once (0: none), and how long one is kept without use."""

    most: int = 10
    kept: timedelta = timedelta(days=7)


places: "Part[PlaceWork]" = Part("review_places")
