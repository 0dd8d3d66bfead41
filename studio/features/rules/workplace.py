"""What the screen works on: the rules of an app, in a person's draft."""

from dataclasses import dataclass
from functools import cached_property

from studio.definition.app import AppDefinition, app_definition
from studio.definition.layouts import LayoutSet
from studio.definition.rules.places import ExpressionPlace, expression_places
from studio.definition.rules.sentences import Names
from studio.definition.translation.status import written_language
from studio.features import open_draft
from studio.features.rules.address import places_by_address
from studio.features.rules.things import Things
from studio.history.draft import Draft


@dataclass(frozen=True)
class Workplace:
    """An app in a draft."""

    org: str
    app_name: str
    draft: Draft
    revision: str  # of the draft, when this was read from it
    app: AppDefinition
    language: str  # in which texts of the app are shown

    @cached_property
    def places(self) -> tuple[ExpressionPlace, ...]:
        """Every rule of the app."""
        return tuple(expression_places(self.app))

    @cached_property
    def by_address(self) -> dict[str, ExpressionPlace]:
        """Address -> rule."""
        return places_by_address(self.places)

    def names(self, layout_set: LayoutSet | None, data_type: str | None) -> Names:
        """What things are called, seen from a form or from a data type."""
        key = (layout_set.id if layout_set else None, data_type)
        if key not in self._names:
            self._names[key] = Names(self.app, layout_set, data_type, self.language)
        return self._names[key]

    @cached_property
    def _names(self) -> dict[tuple[str | None, str | None], Names]:
        return {}

    @cached_property
    def things(self) -> Things:
        """What rules ask about and decide about."""
        return Things(self.app, self.language)


def workplace(org: str, app: str, language: str) -> Workplace:
    """The app that an address names, in the signed-in person's draft; raises NotThere."""
    return at(open_draft(org, app), org, app, language)


def at(draft: Draft, org: str, app: str, language: str) -> Workplace:
    """The app in a draft as it is now. An unknown language gives the app's first."""
    definition = app_definition(draft.files)
    return Workplace(org, app, draft, draft.revision, definition, written_language(definition, language))
