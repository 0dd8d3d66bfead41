"""The texts of an app as one table: a row for each key, with what is wrong in each language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.text_references import TextPlace, uses_by_key
from studio.definition.text_references.mentioned import is_asked_for_by_runtime, mentioned_of
from studio.definition.texts import TextResource
from studio.definition.translation.status import Record, State, records, state_of

# What can be the matter with a text. "unused" is about all languages at once.
Flag = Literal["missing", "unused", "stale", "variables", "too-long", "html"]
FLAGS: Final[tuple[Flag, ...]] = ("missing", "stale", "variables", "too-long", "html", "unused")

_PLACEHOLDER: Final = re.compile(r"\{([0-9]{1,3})\}")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
# How many characters are easily read in a place, by the type of component ("" for any) and the slot.
_ROOM: Final[Mapping[tuple[str, str], int]] = {
    ("Button", "title"): 40,
    ("CustomButton", "title"): 40,
    ("ActionButton", "title"): 40,
    ("InstantiationButton", "title"): 40,
    ("NavigationButtons", "next"): 30,
    ("NavigationButtons", "back"): 30,
    ("RepeatingGroup", "add_button"): 40,
    ("RepeatingGroup", "addButton"): 40,
    ("Tabs", "tabs"): 30,
    ("List", "tableHeaders"): 40,
    ("", "title"): 200,
    ("", "tableTitle"): 40,
    ("", "shortName"): 60,
}
_ROOM_FOR_PAGE: Final = 60


@dataclass(frozen=True)
class Row:
    """One key. `resources` has the languages that have it, `records` what is kept of its translations.

    What follows from them is worked out when it is asked for, and once.
    """

    key: str
    languages: tuple[str, ...]
    resources: Mapping[str, TextResource]
    records: Mapping[str, Record]
    uses: tuple[TextPlace, ...] = field(repr=False, default=())
    is_used: bool = True

    def text(self, language: str) -> str:
        """The text in a language; "" where there is none."""
        resource = self.resources.get(language)
        return resource.value if resource else ""

    @cached_property
    def states(self) -> Mapping[str, State]:
        """Where the text stands in each language; the first one is translated from nothing."""
        source = self.languages[0]
        original = self.resources[source].value if source in self.resources else None
        return {
            language: state_of(
                self.records.get(language), self.text(language), original if language != source else None
            )
            for language in self.languages
        }

    @cached_property
    def flags(self) -> Mapping[str, frozenset[Flag]]:
        """What is the matter in each language; what is the matter with the key as a whole stands under ""."""
        original = self.resources.get(self.languages[0])
        found = _flags(self.resources, self.states, original.value if original else None, room(self.uses))
        return found if self.is_used else {**found, "": _UNUSED}

    @cached_property
    def searched(self) -> Mapping[str, str]:
        """The text in each language as it is searched; the key under ""."""
        texts = {language: found.value.casefold() for language, found in self.resources.items()}
        return {**texts, "": self.key.casefold()}

    def has(self, flag: Flag, language: str | None = None) -> bool:
        """Whether something is the matter: in one language, or in any."""
        if language is not None:
            return flag in self.flags.get(language, ()) or flag in self.flags.get("", ())
        return any(flag in found for found in self.flags.values())


def rows(app: AppDefinition) -> tuple[Row, ...]:
    """Every key that the app has in some language, in file order of the first language that has it."""
    return _TABLES.get(app.files.tree_id, lambda: _rows(app))


def row(app: AppDefinition, key: str) -> Row | None:
    """The row of one key, without the others; None where no language has it."""
    found = next(_of_keys(app, (key,), {}), None)
    return found if found is not None and found.resources else None


_TABLES: Final[ContentCache[tuple[Row, ...]]] = ContentCache(8)
# The tables that were made last, by the languages of their apps: most of a new one is as in one of these.
_LATEST: Final[ContentCache[dict[str, Row]]] = ContentCache(8)


def _rows(app: AppDefinition) -> tuple[Row, ...]:
    keys = dict.fromkeys(chain.from_iterable(app.texts(language).keys() for language in app.languages))
    latest = _LATEST.get(f"{app.metadata.id}:{app.languages}", dict)
    made = tuple(_of_keys(app, tuple(keys), latest))
    latest.clear()
    latest.update((each.key, each) for each in made)
    return made


def _of_keys(app: AppDefinition, keys: Sequence[str], latest: Mapping[str, Row]) -> Iterator[Row]:
    languages = app.languages
    texts = {language: app.texts(language) for language in languages}
    known = {language: kept for language in languages if (kept := records(app, language))}
    uses, mentioned = uses_by_key(app), mentioned_of(app, keys)
    for key in keys:
        resources = {
            language: found for language in languages if (found := texts[language].get(key)) is not None
        }
        own = {language: of_language[key] for language, of_language in known.items() if key in of_language}
        places = uses.get(key, ())
        is_used = bool(places) or is_asked_for_by_runtime(key) or key in mentioned
        before = latest.get(key)
        if (
            before is not None
            and before.uses is places
            and before.is_used == is_used
            and before.resources == resources
            and before.records == own
        ):
            yield before
        else:
            yield Row(key, languages, resources, own, places, is_used)


_UNUSED: Final = frozenset[Flag]({"unused"})
_MISSING: Final = frozenset[Flag]({"missing"})
_FINE: Final = frozenset[Flag]()


def _flags(
    resources: Mapping[str, TextResource], states: Mapping[str, State], original: str | None, longest: int
) -> dict[str, frozenset[Flag]]:
    """What is the matter in each language."""
    variables = {resource.variables for resource in resources.values()}
    shown = placeholders(original or "")
    found: dict[str, frozenset[Flag]] = {}
    for language, state in states.items():
        resource = resources.get(language)
        if resource is None or not resource.value:
            # A text that is empty in the first language too is meant to be so.
            found[language] = _FINE if resource is not None and original == "" else _MISSING
            continue
        value, flags = resource.value, set[Flag]()
        own = placeholders(value)
        if state.is_stale:
            flags.add("stale")
        lacks = resource.variables and any(number >= len(resource.variables) for number in own)
        if len(variables) > 1 or lacks or (original and own != shown):
            flags.add("variables")
        if len(value) > longest:
            flags.add("too-long")
        if "<" in value and _TAG.search(value):
            flags.add("html")
        found[language] = frozenset(flags) if flags else _FINE
    return found


def placeholders(text: str) -> frozenset[int]:
    """The numbers of the variables that a text shows."""
    if "{" not in text:
        return frozenset()
    return frozenset(int(number) for number in _PLACEHOLDER.findall(text))


def room(places: tuple[TextPlace, ...]) -> int:
    """How many characters are easily read where a text stands: in the narrowest of its places."""
    return min((_room(place) for place in places), default=10_000)


def _room(place: TextPlace) -> int:
    if place.is_fixed:
        return _ROOM_FOR_PAGE
    kind = place.component.type if place.component else ""
    return _ROOM.get((kind, place.slot)) or _ROOM.get(("", place.slot), 10_000)
