"""What goes to translators and comes back: a unit for each text, whatever the file format."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.definition.app import AppDefinition
from studio.definition.sentences import Sentence
from studio.definition.translation.status import STATUSES, Status, fingerprint, source_language
from studio.definition.translation.table import Row, placeholders, rows


@dataclass(frozen=True, slots=True)
class Unit:
    """One text. `source_of` and `target_of` tell the texts that the app had when the file was written."""

    key: str
    source: str
    target: str
    status: Status
    notes: tuple[str, ...] = ()
    source_of: str | None = None
    target_of: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The texts from one language to another."""

    source_language: str
    target_language: str
    units: tuple[Unit, ...]


def batch(
    app: AppDefinition,
    language: str,
    keys: Sequence[str] | None = None,
    say: Callable[[Sentence], str] = str,
) -> Batch:
    """Every text of the source language (or those with the keys), with its translation so far.

    `say` puts the places where a text stands in the words of the translator's language.
    """
    source = source_language(app)
    wanted = None if keys is None else set(keys)
    listed = (row for row in rows(app) if row.text(source) and (wanted is None or row.key in wanted))
    return Batch(source, language, tuple(_unit(app, row, source, language, say) for row in listed))


def _unit(app: AppDefinition, row: Row, source: str, language: str, say: Callable[[Sentence], str]) -> Unit:
    original, translation = row.text(source), row.text(language)
    state = row.states.get(language)
    notes = dict.fromkeys(say(place.in_words(app, source)) for place in row.uses[:5])
    variables = row.resources[source].variables
    listed = (f"{{{number}}}: {each.data_source} {each.key}" for number, each in enumerate(variables))
    return Unit(
        row.key,
        original,
        translation,
        state.status if state else "new",
        (*notes, *listed),
        fingerprint(original),
        fingerprint(translation),
    )


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text that is not what it was when the file was written.

    `reason` "source": it was translated from `source_then`, which now reads `source`; "target": someone
    else has translated it since, as `current`.
    """

    unit: Unit
    reason: str
    source: str
    current: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file from a translator would do. Nothing is done yet.

    `changes`: the texts that it alters or whose status it alters, without trouble; `conflicts`: where
    someone has to choose; `unknown`: keys that the app does not have; `lost_variables`: texts that no
    longer show the same variables, which is likely a slip (they are among the changes).
    """

    source_language: str
    target_language: str
    changes: tuple[Unit, ...]
    conflicts: tuple[Conflict, ...]
    unknown: tuple[str, ...]
    unchanged: int
    lost_variables: tuple[str, ...]


def arrival(app: AppDefinition, given: Batch) -> Arrival:
    """Hold what came back against the app as it is now."""
    known = {row.key: row for row in rows(app)}
    source = source_language(app)
    sorted_out = [(unit, known.get(unit.key)) for unit in given.units]
    unknown = tuple(unit.key for unit, row in sorted_out if row is None)
    ours = [(unit, row) for unit, row in sorted_out if row is not None]
    moving = [(unit, row) for unit, row in ours if _alters(unit, row, given.target_language)]
    conflicts = {
        unit.key: found
        for unit, row in moving
        if (found := _conflict(unit, row, source, given.target_language)) is not None
    }
    changes = tuple(unit for unit, _ in moving if unit.key not in conflicts)
    return Arrival(
        given.source_language,
        given.target_language,
        changes,
        tuple(conflicts.values()),
        unknown,
        len(ours) - len(moving),
        tuple(_lost(changes, known, source)),
    )


def _alters(unit: Unit, row: Row, language: str) -> bool:
    if not unit.target:
        return False
    state = row.states.get(language)
    return unit.target != row.text(language) or (state is not None and unit.status != state.status)


def _conflict(unit: Unit, row: Row, source: str, language: str) -> Conflict | None:
    original, current = row.text(source), row.text(language)
    if fingerprint(original) != (unit.source_of or fingerprint(unit.source)):
        return Conflict(unit, "source", original, current)
    if unit.target_of is not None and unit.target_of != fingerprint(current) and unit.target != current:
        return Conflict(unit, "target", original, current)
    return None


def _lost(changes: Sequence[Unit], known: Mapping[str, Row], source: str) -> Iterator[str]:

    for unit in changes:
        if placeholders(unit.target) != placeholders(known[unit.key].text(source)):
            yield unit.key


def status_named(given: str | None) -> Status:
    """A status by its name; what a translator hands back without one is translated."""
    return next((status for status in STATUSES if status == given), "translated")
