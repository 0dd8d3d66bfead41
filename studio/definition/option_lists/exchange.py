"""Lists of options as tables: for spreadsheets and back.

The first line names the columns: `value`, then `label`, `description` and `help`, each with a language
(`label.nb`) or without one, which means the language that others are translated from.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.errors import DomainError
from studio.definition.option_lists.rows import SLOTS, Row, Slot, rows, value_kind
from studio.definition.options import Option
from studio.definition.options.tabular import Table
from studio.definition.options.values import ValueKind, read_value
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.status import source_language

_MOST: Final = 20_000
_HEADING: Final = re.compile(
    r"([a-zæøå ]+?)\s*(?:[.:_ ]\s*\(?|\()?\s*([a-z]{2,3}(?:-[a-z]{2,4})?)?\)?", re.IGNORECASE
)
# What columns are called, in the files that Studio writes and in those that people have.
_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("value", "verdi", "kode", "code", "key", "id"), "value"),
    **dict.fromkeys(
        ("label", "ledetekst", "leietekst", "etikett", "navn", "namn", "name", "tekst", "text"), "label"
    ),
    **dict.fromkeys(("description", "beskrivelse", "skildring"), "description"),
    **dict.fromkeys(("help", "helptext", "hjelp", "hjelpetekst", "help text"), "helpText"),
}
_COLUMNS: Final[Mapping[Slot, str]] = {"label": "label", "description": "description", "helpText": "help"}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: "value" or a slot in a language."""

    name: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One option of a table that comes in, and what it would do: "new", "changed", "same"."""

    option: Mapping[str, Any]
    state: Literal["new", "changed", "same"]

    @property
    def key(self) -> str:
        """Its value as text."""
        return Option(self.option["value"], "").key

    def text(self, slot: str, language: str) -> str:
        """What it says."""
        found: Mapping[str, str] = self.option.get(slot, {})
        return found.get(language, "")


@dataclass(frozen=True, slots=True)
class Coming:
    """What a table would do to a list.

    `gone` are the options that it does not have, `unread` the columns that say nothing about an option: by
    heading, or (without one) by number.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    gone: tuple[Row, ...]
    kind: ValueKind
    unread: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[Mapping[str, Any], ...]:
        """The options of the table, as the change TakeOptions takes them."""
        return tuple(line.option for line in self.lines)


def as_table(app: AppDefinition, option_id: str) -> Table:
    """A list as a table with all languages, and with the slots that it uses."""
    listed = [row for row in rows(app, option_id) if not row.is_broken]
    languages = app.languages or (source_language(app),)
    used = [slot for slot in SLOTS if slot == "label" or any(row.said[slot].texts for row in listed)]
    columns = [(slot, language) for slot in used for language in languages]
    heading = ["value", *(f"{_COLUMNS[slot]}.{language}" for slot, language in columns)]
    return [heading, *([row.key, *(row.said[s].text(lang) for s, lang in columns)] for row in listed)]


def coming(app: AppDefinition, option_id: str, table: Table, kind: ValueKind | None = None) -> Coming:
    """What a table would do to a list, which may be missing. New values are of a `kind`, or of the list's.

    Raises DomainError that names the line of a table that cannot be taken in.
    """
    columns, lines = _columns(app, table)
    if not lines:
        raise DomainError(Sentence(N_("There are no options in the table.")))
    if len(lines) > _MOST:
        problem = N_("There are more than %(count)s options in the table.")
        raise DomainError(Sentence(problem, {"count": _MOST}))
    listed = rows(app, option_id)
    own = value_kind(app, option_id)
    kind = kind or ("text" if own is None or own == "mixed" else own)
    known = {row.key: row for row in reversed(listed) if not row.is_broken}
    made = list(_lines(columns, lines, known, kind, len(table) - len(lines)))
    keys = {line.key for line in made}
    gone = tuple(row for row in listed if row.key not in keys)
    return Coming(columns, tuple(made), gone, kind, tuple(_unread(columns, table, lines)))


def _unread(columns: Sequence[Column], table: Table, lines: Table) -> Iterator[str]:
    """The columns that are left out; those without a heading only if something is in them."""
    heading = table[0] if len(lines) < len(table) else []
    for number, column in enumerate(columns):
        if not column.name and any(line[number] for line in table if number < len(line)):
            yield (heading[number] if heading else "") or str(number + 1)


def _columns(app: AppDefinition, table: Table) -> tuple[tuple[Column, ...], Table]:
    """What the columns are, by the first line; or by their order where that names none."""
    first, source = table[0] if table else [], source_language(app)
    named = [_named(cell, source) for cell in first]
    if any(column is not None and column.name == "value" for column in named):
        used = [column or Column("") for column in named]
        _refuse_repeated([column for column in used if column.name], app)
        return tuple(used), table[1:]
    if len(first) == 1:
        return (Column("label", source),), table
    languages = list(dict.fromkeys((source, *app.languages)))
    labels = [Column("label", language) for language in languages][: len(first) - 1]
    rest = [Column("")] * (len(first) - 1 - len(labels))
    return (Column("value"), *labels, *rest), table


def _named(cell: str, source: str) -> Column | None:
    match = _HEADING.fullmatch(cell.strip())
    words, language = (match[1], match[2]) if match else ("", None)
    whole = _NAMES.get(cell.strip().casefold())
    name = whole or _NAMES.get(words.strip().casefold())
    if name is None:
        return None
    if name == "value":
        return Column("value")
    return Column(name, source if whole or not language else language.lower())


def _refuse_repeated(columns: Sequence[Column], app: AppDefinition) -> None:
    if len(set(columns)) < len(columns):
        raise DomainError(Sentence(N_("Two columns of the table have the same name.")))
    strange = next((each for each in columns if each.language and each.language not in _languages(app)), None)
    if strange is not None:
        problem = N_("The app has no texts in %(language)s. Add the language first.")
        raise DomainError(Sentence(problem, {"language": strange.language}))


def _languages(app: AppDefinition) -> tuple[str, ...]:
    return app.languages or (source_language(app),)


def _lines(
    columns: Sequence[Column], lines: Table, known: Mapping[str, Row], kind: ValueKind, above: int
) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for number, cells in enumerate(lines, above + 1):
        option = _option(columns, cells, known, kind, number)
        line = Line(option, _state(option, known))
        if line.key in seen:
            values: dict[str, str | int | Sentence] = {
                "value": line.key,
                "one": seen[line.key],
                "two": number,
            }
            problem = N_("Lines %(one)s and %(two)s of the table both have the value “%(value)s”.")
            raise DomainError(Sentence(problem, values))
        seen[line.key] = number
        yield line


def _option(
    columns: Sequence[Column], cells: Sequence[str], known: Mapping[str, Row], kind: ValueKind, number: int
) -> Mapping[str, Any]:
    said: dict[str, dict[str, str]] = {}
    written = ""
    for column, cell in zip(columns, cells, strict=False):
        if column.name == "value":
            written = cell
        elif column.name:
            said.setdefault(column.name, {})[column.language] = cell
    if not any(column.name == "value" for column in columns):
        written = next(iter(said.get("label", {}).values()), "")
    row = known.get(written)
    if row is None and not any(said.get("label", {}).values()):
        problem = N_("Line %(number)s of the table has no label.")
        raise DomainError(Sentence(problem, {"number": number}))
    return {"value": row.value if row else _value(written, kind, number), **said}


def _value(written: str, kind: ValueKind, number: int) -> Any:
    try:
        return read_value(written, kind)
    except DomainError as problem:
        values: dict[str, str | int | Sentence] = {"number": number, "problem": problem.sentence}
        raise DomainError(Sentence(N_("Line %(number)s of the table: %(problem)s"), values)) from problem


def _state(option: Mapping[str, Any], known: Mapping[str, Row]) -> Literal["new", "changed", "same"]:
    row = known.get(Option(option["value"], "").key)
    if row is None:
        return "new"
    slots: Iterable[tuple[str, Mapping[str, str]]] = ((s, t) for s, t in option.items() if s != "value")
    same = all(row.said[_slot(s)].text(lang) == text for s, texts in slots for lang, text in texts.items())
    return "same" if same else "changed"


def _slot(name: str) -> Slot:
    return next(slot for slot in SLOTS if slot == name)
