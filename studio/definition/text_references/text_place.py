"""A place in the files of an app that names a text."""

from dataclasses import dataclass, replace

from studio.definition.app import AppDefinition
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.naming import component_name, page_name
from studio.definition.sentences import Sentence


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One place. `key` is what is written there: the key of a text, or (where there is none) the text itself.

    `pointer` is its place in `file`, where that is JSON; for a `flow` of the process inside its condition.
    `what` says what the place is, by ids, which no text has a part in; `in_words` says it by names. `slot` is
    the text slot of the component ("title"), or the property that holds the text. `is_fixed`: the key follows
    from something else (the name of a page), so that it cannot be another one here.
    """

    file: str
    pointer: str
    key: str
    what: Sentence
    layout_set: LayoutSet | None = None
    page: Page | None = None
    component: Component | None = None
    slot: str = ""
    flow: str | None = None
    is_fixed: bool = False

    def in_words(self, app: AppDefinition, language: str = "") -> Sentence:
        """What the place is, with the component and the page called what people know them as."""
        names = {}
        if self.component is not None:
            names["id"] = component_name(app, self.component, language)
        if self.page is not None:
            names["page"] = page_name(app, self.page.name, language)
        return replace(self.what, values={**self.what.values, **names})
