"""Fetching standard lists anew from Statistics Norway (the API of its classifications)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from studio.runtime.fetching import Fetcher, NotFetched
from studio.services.standard_lists import write_list

SERVER: Final = "data.ssb.no"
_LANGUAGES: Final = ("nb", "nn", "en")
_SECONDS: Final = 20.0
# Codes that stand for "not stated" are no choice.
_UNSTATED: Final = frozenset({"99", "9999"})


class NotRefreshed(Exception):
    """A list could not be fetched; the one that is there stays. The message is for whoever asked."""


@dataclass(frozen=True, slots=True)
class _Classification:
    """`number` is the classification's, `least` the fewest codes that are believed, `level` theirs."""

    number: int
    least: int
    level: str | None = None
    parent: Callable[[Mapping[str, Any]], str] = lambda _code: ""


_CLASSIFICATIONS: Final[Mapping[str, _Classification]] = {
    "counties": _Classification(104, 10),
    "municipalities": _Classification(131, 300, parent=lambda code: str(code["code"])[:2]),
    "industry-codes": _Classification(6, 500, "5", lambda code: str(code.get("parentCode") or "")),
}
REFRESHABLE: Final = tuple(_CLASSIFICATIONS)


def fetcher() -> Fetcher:
    """What fetches from Statistics Norway."""
    return Fetcher(frozenset({SERVER}), _SECONDS, most_bytes=8_000_000)


def refresh(name: str, folder: Path, day: date, fetch: Fetcher) -> int:
    """Fetch a list as it is on a day and keep it in `folder`; how many codes it has. Raises NotRefreshed."""
    classification = _CLASSIFICATIONS[name]
    names = {language: _codes(classification, language, day, fetch) for language in _LANGUAGES}
    listed = [code for code in names["nb"].values() if _is_choice(code, classification)]
    if len(listed) < classification.least:
        raise NotRefreshed(f"{SERVER} gave {len(listed)} codes for {name}, too few to be all of them.")
    rows = [
        {"code": str(code["code"]), "parent": classification.parent(code)}
        | {language: _name(names, language, code) for language in _LANGUAGES}
        for code in listed
    ]
    write_list(folder, name, sorted(rows, key=lambda row: row["code"]))
    return len(rows)


def _is_choice(code: Mapping[str, Any], classification: _Classification) -> bool:
    is_of_level = classification.level is None or str(code.get("level")) == classification.level
    return is_of_level and str(code["code"]) not in _UNSTATED


def _name(names: Mapping[str, Mapping[str, Any]], language: str, code: Mapping[str, Any]) -> str:
    there = names[language].get(str(code["code"])) or code
    return str(there.get("name") or code["name"])


def _codes(
    classification: _Classification, language: str, day: date, fetch: Fetcher
) -> Mapping[str, Mapping[str, Any]]:
    asks = urlencode({"date": day.isoformat(), "language": language})
    address = f"https://{SERVER}/api/klass/v1/classifications/{classification.number}/codesAt.json?{asks}"
    try:
        answer = fetch.get(address, {"Accept": "application/json"})
    except NotFetched as error:
        raise NotRefreshed(f"{SERVER}: {error}") from error
    try:
        if answer.status != 200:
            raise NotRefreshed(f"{SERVER} answered with the status {answer.status}.")
        return {str(code["code"]): code for code in json.loads(answer.text)["codes"] if code["name"]}
    except (ValueError, LookupError, TypeError) as error:
        raise NotRefreshed(f"What {SERVER} answered is no list of codes.") from error
