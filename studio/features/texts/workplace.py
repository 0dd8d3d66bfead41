"""What the screen works on: the texts of an app, in a person's draft."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from studio.definition.app import AppDefinition, app_definition
from studio.definition.translation.status import source_language
from studio.definition.translation.table import Row, row
from studio.features import open_draft
from studio.features.texts.listing import Wish, found
from studio.history.draft import Draft


@dataclass(frozen=True)
class Workplace:
    """The texts of an app in a draft, as somebody wants to see them."""

    org: str
    app_name: str
    draft: Draft
    revision: str  # of the draft, when this was read from it
    app: AppDefinition
    wish: Wish
    selected_key: str

    @property
    def source(self) -> str:
        """The language that others are translated from."""
        return source_language(self.app)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that are shown: those wanted, or all; the first one always."""
        wanted = [language for language in self.app.languages if language in self.wish.languages]
        if not wanted:
            return self.app.languages or (self.source,)
        return tuple(dict.fromkeys((self.source, *wanted)))

    @cached_property
    def found(self) -> tuple[Row, ...]:
        """The texts that are wanted, in order."""
        return found(self.app, self.wish, self.languages)

    @cached_property
    def selected(self) -> Row | None:
        """The text that is chosen."""
        return row(self.app, self.selected_key) if self.selected_key else None


def workplace(org: str, app: str, wish: Wish, selected: str = "") -> Workplace:
    """The texts that an address names, in the signed-in person's draft; raises NotThere."""
    return at(open_draft(org, app), org, app, wish, selected)


def at(draft: Draft, org: str, app: str, wish: Wish, selected: str = "") -> Workplace:
    """The texts of an app in a draft as it is now."""
    return Workplace(org, app, draft, draft.revision, app_definition(draft.files), wish, selected)


def row_id(key: str) -> str:
    """The id of a text's row on the page; keys can have any letters."""
    return "text-" + hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:16]
