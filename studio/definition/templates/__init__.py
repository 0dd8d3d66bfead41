"""What a new app can begin as: complete apps in the v9 format, ready to be filled in and submitted."""

from collections.abc import Mapping
from typing import Final

from studio.definition.files import MemoryFiles
from studio.definition.templates.blank import BLANK
from studio.definition.templates.contact import CONTACT
from studio.definition.templates.writing import Template, write_app

__all__ = ["TEMPLATES", "Template", "new_app"]

# In the order in which they are offered.
TEMPLATES: Final[Mapping[str, Template]] = {each.id: each for each in (BLANK, CONTACT)}


def new_app(name: str, org: str, titles: Mapping[str, str], template: str = BLANK.id) -> MemoryFiles:
    """All files of a new app `org`/`name`.

    `titles` by language; bokmål ("nb") must be there.
    Raises KeyError where `template` is not a key of TEMPLATES.
    """
    return write_app(TEMPLATES[template], name, org, titles)
