"""What the room works with."""

from typing import TYPE_CHECKING

from studio.web.parts import Part

if TYPE_CHECKING:
    from studio.notices.sending import PostOffice

post_office: "Part[PostOffice]" = Part("post_office")
