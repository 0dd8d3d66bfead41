"""The HTML of a component at the top of a page, and what tells it from one that says something else."""

from dataclasses import dataclass
from hashlib import blake2b

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Drawn:
    """HTML, and a digest of it: 12 hexadecimal digits."""

    html: Markup
    digest: str

    @classmethod
    def of(cls, html: Markup) -> "Drawn":
        """The same HTML with its digest."""
        return cls(html, blake2b(html.encode(), digest_size=6).hexdigest())


@dataclass(slots=True, eq=False)
class Look:
    """Where the HTML of a view is kept, once it was asked for, for as long as the view is."""

    drawn: Drawn | None = None
