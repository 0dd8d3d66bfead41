"""What a new app can begin as: complete apps in the v9 format, ready to be filled in and submitted."""

from collections.abc import Mapping
from typing import Final, Protocol

from studio.definition.files import MemoryFiles
from studio.definition.sentences import Sentence
from studio.definition.templates.blank import BLANK
from studio.definition.templates.contact import CONTACT
from studio.definition.templates.gallery import GALLERY

__all__ = ["TEMPLATES", "Template", "new_app"]


class Template(Protocol):
    """A kind of app to begin with."""

    @property
    def id(self) -> str:
        """What it is called in addresses and posts."""

    @property
    def name(self) -> Sentence:
        """What people choose it by."""

    @property
    def description(self) -> Sentence:
        """What is in it."""

    def files(self, name: str, org: str, titles: Mapping[str, str]) -> MemoryFiles:
        """The files of a new app. `titles` by language, "nb" among them."""


# In the order in which they are offered.
_ALL: Final[tuple[Template, ...]] = (BLANK, CONTACT, GALLERY)
TEMPLATES: Final[Mapping[str, Template]] = {each.id: each for each in _ALL}


def new_app(name: str, org: str, titles: Mapping[str, str], template: str = BLANK.id) -> MemoryFiles:
    """All files of a new app `org`/`name`.

    `titles` by language; bokmål ("nb") must be there.
    Raises KeyError where `template` is not a key of TEMPLATES.
    """
    return TEMPLATES[template].files(name, org, titles)
