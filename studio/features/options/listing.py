"""All option lists of an app, or those that somebody searches for."""

from dataclasses import dataclass
from typing import Literal

from studio.definition.app import AppDefinition
from studio.definition.option_lists import faults, rows, uses_by_list, value_kind
from studio.definition.options.values import ValueKind
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
