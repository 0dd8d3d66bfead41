"""All option lists of an app, or those that somebody searches for."""

from dataclasses import dataclass
from typing import Literal

from studio.definition.app import AppDefinition
from studio.definition.app_logic import logic_of
from studio.definition.option_lists import faults, rows, uses_by_list, uses_of_list, value_kind
from studio.definition.option_sources import STANDARD_LISTS, source_at, sources_of, standard_words
from studio.definition.options.values import ValueKind
from studio.definition.sentences import Sentence
from studio.definition.translation.status import source_language


@dataclass(frozen=True, slots=True)
class Listed:
    """A list among others. `begins` are the labels of its first options."""

    id: str
    size: int
    kind: ValueKind | Literal["mixed"] | None
    uses: int
    faults: int
    begins: tuple[str, ...]
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """A list that another server has; `server` is "" where the file cannot be used."""

    id: str
    server: str
    uses: int
    problems: int
    words: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A list that no file of the app says anything about: of its code, or one of the standard ones."""

    id: str
    uses: int
    words: Sentence | None = None


def fetched(app: AppDefinition) -> tuple[Fetched, ...]:
    """The lists that other servers have."""
    read = {each: source_at(app, path) for each, path in sources_of(app).items()}
    return tuple(
        Fetched(each, found.source.server if found.source else "", _uses(app, each), len(found.problems))
        for each, found in read.items()
    )


def worked_out(app: AppDefinition) -> tuple[Elsewhere, ...]:
    """The lists that code of the app gives."""
    return tuple(Elsewhere(each, _uses(app, each)) for each in sorted(logic_of(app).option_lists))


def standard(app: AppDefinition) -> tuple[Elsewhere, ...]:
    """The lists that every app can choose."""
    return tuple(Elsewhere(each, _uses(app, each), standard_words(each)) for each in STANDARD_LISTS)


def _uses(app: AppDefinition, option_id: str) -> int:
    return len(uses_of_list(app, option_id))


def listed(app: AppDefinition, query: str) -> tuple[Listed, ...]:
    """The lists that fit: every word of the query is in the name of the list, a value or a label."""
    uses, words = uses_by_list(app), query.casefold().split()
    return tuple(
        _listed(app, each, len(uses.get(each.casefold(), ())))
        for each in sorted(app.option_ids, key=str.casefold)
        if not words or _fits(app, each, words)
    )


def _fits(app: AppDefinition, option_id: str, words: list[str]) -> bool:
    inside = (text for row in rows(app, option_id) for text in (row.key, *row.said["label"].texts.values()))
    content = "\n".join((option_id, *inside)).casefold()
    return all(word in content for word in words)


def _listed(app: AppDefinition, option_id: str, uses: int) -> Listed:
    found, language = rows(app, option_id), source_language(app)
    is_list = isinstance(app.json(app.paths.options(option_id)), list)
    return Listed(
        option_id,
        len(found),
        value_kind(app, option_id),
        uses,
        sum(1 for _ in faults(app, option_id)) if is_list else 1,
        tuple(row.said["label"].shown(language) for row in found[:3]),
        not is_list,
    )
