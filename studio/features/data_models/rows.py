"""The rows of the tree: what stands on each, and which of them are to be seen."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.data_model.nodes import split_path
from studio.definition.sentences import Sentence
from studio.features.data_models.kinds import kind_of
from studio.features.data_models.outline import Item, Outline
from studio.features.data_models.wording import text_in

# As many rows as fill a tall window are opened at once.
_AT_FIRST: Final = 60
_ICONS: Final = {"model": "Database", "type": "Component"}


@dataclass(frozen=True, slots=True)
class Row:
    """What is shown of one item. `occurs` says how often it may come, where that is not once.

    `uses`: how many components keep their answers here or inside.
    """

    item: Item
    name: str
    title: str
    icon: str
    kind: Sentence
    of_type: str
    required: bool
    occurs: str
    values: int
    uses: int
    has_children: bool
    holds: bool  # whether fields can be put into it


class Rows:
    """Makes rows of one model of an app, with titles in a language."""

    def __init__(self, app: AppDefinition, data_type: str, outline: Outline, language: str) -> None:
        self._outline = outline
        self._uses = uses_by_path(app, data_type)
        self._language = language
        self._is_main = language == main_language(app)
        self._model_name = data_type

    def row(self, item: Item) -> Row:
        """One row."""
        about, kind = item.about, kind_of(self._outline, item)
        values = about.value_node.first("enum")
        name = self._model_name if item.role == "model" else item.name
        return Row(
            item=item,
            name=name,
            title=text_in(item.node.schema, "title", self._language, is_main=self._is_main),
            icon=_ICONS.get(item.role, kind.icon),
            kind=kind.label,
            of_type=(self._outline.type_of(item.pointer) or "") if item.role == "field" else "",
            required=item.required and item.role == "field",
            occurs=occurs(item),
            values=len(values) if isinstance(values, list) else 0,
            uses=self._uses.get(item.path, 0) if item.path and item.role == "field" else 0,
            has_children=bool(self._outline.children(item)),
            holds=self._outline.places.holder(item.pointer) is not None,
        )


def occurs(item: Item) -> str:
    """How often the item may come: "0–5", "1–∞"; "" where it is a single value."""
    if not item.about.repeating:
        return ""
    limits = item.about.restrictions
    least = limits.get("minItems", 0)
    return f"{least}–{limits.get('maxItems', '∞')}"


def main_language(app: AppDefinition) -> str:
    """The language of a schema's own titles: the app's first."""
    return app.languages[0] if app.languages else "nb"


@lru_cache(maxsize=32)
def uses_by_path(app: AppDefinition, data_type: str) -> Mapping[str, int]:
    """Path of a field -> how many components are bound to it or to something inside."""
    found: Counter[str] = Counter()
    for layout_set in app.layout_sets:
        for page in layout_set.pages:
            for component in page.components:
                bindings = component.bindings.values()
                for bound in bindings:
                    if (bound.data_type or layout_set.data_type) == data_type:
                        found.update(_prefixes(bound.field))
    return found


def _prefixes(path: str) -> Iterator[str]:
    names = split_path(path)
    for length in range(1, len(names) + 1):
        yield ".".join(names[:length])


def opened_at_first(outline: Outline, top: Item) -> frozenset[str]:
    """The ids of the branches that are open when nobody has opened any: the upper ones, a window full."""
    opened = {top.id}
    count, level = len(outline.children(top)), [top]
    while level:
        level = [child for item in level for child in outline.children(item) if item.id in opened]
        for item in level:
            inside = len(outline.children(item))
            if inside and count + inside <= _AT_FIRST:
                opened.add(item.id)
                count += inside
    return frozenset(opened)
