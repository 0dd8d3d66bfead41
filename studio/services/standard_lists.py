"""Lists that every app can choose: countries, currencies, counties, and what else a public service asks for.

A list is a file of codes and names. One that was fetched anew (`studio lists refresh`) stands before the one
that comes with Studio. Where the content comes from stands in docs/reference/standard-lists.md.
"""

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

_BUNDLED: Final = Path(__file__).parent / "data" / "lists"
_POSTAL_CODES: Final = Path(__file__).parent / "data" / "postal_codes.csv"
_LANGUAGES: Final = ("nb", "nn", "en")
# Letters that stand after z, as the signs that stand after it.
_LAST_LETTERS: Final = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})

Option = Mapping[str, Any]


class NoList(LookupError):
    """This installation has no content of a list."""


@dataclass
class StandardLists:
    """`refreshed` is the folder of lists that were fetched anew; None where there are none."""

    refreshed: Path | None = None
    _made: dict[tuple[str, str, float], Sequence[Option]] = field(default_factory=dict)

    def options(self, name: str, language: str) -> Sequence[Option]:
        """The options of a list ("countries") as JSON, sorted by what they are called. Raises NoList."""
        path = self._path(name)
        key = (name, language, path.stat().st_mtime)
        if key not in self._made:
            self._made = {known: made for known, made in self._made.items() if known[:2] != key[:2]}
            self._made[key] = tuple(_options(name, path, language))
        return self._made[key]

    def _path(self, name: str) -> Path:
        if name == "postal-codes":
            return _POSTAL_CODES
        for folder in (self.refreshed, _BUNDLED):
            if folder is not None and (path := folder / f"{name}.csv").is_file():
                return path
        raise NoList(name)


def write_list(folder: Path, name: str, rows: Iterable[Mapping[str, str]]) -> Path:
    """Keep a list that was fetched: rows of "code", a name in each language, and perhaps "parent"."""
    folder.mkdir(parents=True, exist_ok=True)
    path, new = folder / f"{name}.csv", folder / f"{name}.csv.new"
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("code", *_LANGUAGES, "parent"), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    new.replace(path)  # whoever reads it meanwhile reads all of the old one
    return path


def _options(name: str, path: Path, language: str) -> list[Option]:
    with path.open(encoding="utf-8", newline="") as file:
        names = ("code", "name") if path == _POSTAL_CODES else None
        found = [_option(name, row, language) for row in csv.DictReader(file, names, delimiter=";")]
    by_code = name in {"postal-codes", "industry-codes"}
    return found if by_code else sorted(found, key=lambda each: sort_key(each["label"], language))


def _option(name: str, row: Mapping[str, str], language: str) -> Option:
    label = row.get(language) or row.get("nb") or row["name"]
    if name in {"postal-codes", "industry-codes"}:
        label = f"{row['code']} {label}"
    tags = {_PARENTS[name]: row["parent"]} if row.get("parent") and name in _PARENTS else {}
    return {"value": row["code"], "label": label, "description": None, "helpText": None, "tags": tags}


# What the list is narrowed by: the tag that says to what of another list an option belongs.
_PARENTS: Final[Mapping[str, str]] = {"municipalities": "county", "industry-codes": "parent"}


def sort_key(text: str, language: str) -> str:
    """What names are sorted by: without accents, and with æ, ø and å last where the language has them."""
    small = unicodedata.normalize("NFC", text.casefold())
    if language != "en":
        small = small.translate(_LAST_LETTERS)
    apart = unicodedata.normalize("NFD", small)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
