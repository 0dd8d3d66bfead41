"""Where an edit of a data model was asked for, and what carrying it out comes to."""

from dataclasses import dataclass
from functools import cached_property

from werkzeug.datastructures import MultiDict

from studio.definition.app import AppDefinition
from studio.definition.changes import Change
from studio.definition.errors import DomainError, NotThere
from studio.definition.field_references import FieldUse
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.outline import Item, Outline
from studio.features.data_models.rows import main_language

# What a form post holds.
Form = MultiDict[str, str]


@dataclass(frozen=True)
class Place:
    """A data model of an app, what is chosen in it, and the language that its texts are written in."""

    app: AppDefinition
    data_type: str
    outline: Outline
    language: str

    @cached_property
    def is_main(self) -> bool:
        """Whether the language is the one of the schema's own titles."""
        return self.language == main_language(self.app)

    def item(self, key: str) -> Item:
        """The item at a place of the tree; raises NotThere."""
        found = self.outline.find(key)
        if found is None:
            raise NotThere(Sentence(N_("The field is not in the data model any more.")))
        return found

    def field(self, key: str) -> Item:
        """The same, for what only fields have; raises DomainError for anything else."""
        found = self.item(key)
        if found.role != "field":
            raise DomainError(Sentence(N_("Choose a field first.")))
        return found

    def names_in(self, item: Item) -> tuple[str, ...]:
        """The names of the fields inside an item, in order."""
        return tuple(child.name for child in self.outline.children(item) if child.role == "field")

    def holds(self, item: Item) -> bool:
        """Whether fields can be put into an item."""
        return self.outline.places.holder(item.pointer) is not None


@dataclass(frozen=True, slots=True)
class After:
    """What is chosen after an edit: the item called `name` inside `parent`; "" is the parent itself.

    `moved` (from, to): pointers under which the same branches are found before and after.
    """

    parent: str
    name: str = ""
    moved: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before an edit is made: the places that it touches."""

    sentence: Sentence
    uses: tuple[FieldUse, ...]
    yes: Sentence
    harms: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """An edit: the change, what is shown after it, and what is asked before. `begin`: its name is written."""

    change: Change | None
    after: After | None = None
    say: Sentence | None = None
    begin: bool = False
    question: Question | None = None
