"""What the screen works on: one option list of an app, in a person's draft."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from studio.definition.app import AppDefinition, app_definition
from studio.definition.errors import NotThere
from studio.definition.option_lists import (
    SLOTS,
    Fault,
    OptionPlace,
    Row,
    faults,
    rows,
    uses_of_list,
    value_kind,
)
from studio.definition.options.values import ValueKind
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.status import source_language, written_language
from studio.features import open_draft
from studio.history.draft import Draft


@dataclass(frozen=True)
class Workplace:
    """An option list in a draft, as somebody wants to see it: with `slots`, and previewed in a `language`."""

    org: str
    app_name: str
    draft: Draft
    revision: str  # of the draft, when this was read from it
    app: AppDefinition
    list_id: str
    language: str
    wanted_slots: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The options."""
        return rows(self.app, self.list_id)

    @property
    def source(self) -> str:
        """The language that others are translated from."""
        return source_language(self.app)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the app, or the one that its first text will be in."""
        return self.app.languages or (self.source,)

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """What is shown of each option: its label, and what is used in the list or asked for."""
        used = {slot for row in self.rows for slot in SLOTS if row.said[slot].written is not None}
        return tuple(slot for slot in SLOTS if slot == "label" or slot in used or slot in self.wanted_slots)

    @property
    def shows_tags(self) -> bool:
        """Whether the tags of the options are shown: where some have any, or somebody wants to write them."""
        return "tags" in self.wanted_slots or any(row.tags for row in self.rows)

    @cached_property
    def kind(self) -> ValueKind | Literal["mixed"] | None:
        """What the values are."""
        return value_kind(self.app, self.list_id)

    @cached_property
    def faults(self) -> Mapping[int | None, tuple[Fault, ...]]:
        """Place of a row (None: the list) -> what is wrong there."""
        found: defaultdict[int | None, list[Fault]] = defaultdict(list)
        for fault in faults(self.app, self.list_id):
            found[fault.place].append(fault)
        return {place: tuple(each) for place, each in found.items()}

    @cached_property
    def uses(self) -> tuple[OptionPlace, ...]:
        """The places that use the list."""
        return uses_of_list(self.app, self.list_id)

    @property
    def is_written_out(self) -> bool:
        """Whether something in the list is no text of the app, and so the same in all languages."""
        return any(said.written and not said.is_key for row in self.rows for said in row.said.values())

    @property
    def is_list(self) -> bool:
        """Whether the file can be read and is a list."""
        return isinstance(self.app.json(self.app.paths.options(self.list_id)), list)


def workplace(org: str, app: str, list_id: str, language: str = "", slots: tuple[str, ...] = ()) -> Workplace:
    """The list that an address names, in the signed-in person's draft; raises NotThere."""
    return at(open_draft(org, app), org, app, list_id, language, slots)


def at(
    draft: Draft, org: str, app: str, list_id: str, language: str = "", slots: tuple[str, ...] = ()
) -> Workplace:
    """A list in a draft as it is now. Raises NotThere."""
    definition = app_definition(draft.files)
    if list_id not in definition.option_ids:
        raise NotThere(Sentence(N_("There is no option list %(id)s any more."), {"id": list_id}))
    shown = written_language(definition, language)
    return Workplace(org, app, draft, draft.revision, definition, list_id, shown, slots)
