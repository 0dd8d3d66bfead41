"""Reading App/options/sources/{id}.json: what can be used, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

from studio.definition.app_logic.settings import Problem
from studio.definition.expressions.queries import BadQuery, compiled
from studio.definition.option_sources.source import (
    DEFAULT_CACHE_SECONDS,
    DEFAULT_SECONDS,
    MOST_CACHE_SECONDS,
    MOST_SECONDS,
    PLACE,
    OptionSource,
    Secret,
)
from studio.definition.sentences import N_, Sentence

_CODE: Final = "bad-option-source"
_QUERIES: Final = ("options", "value", "label", "description", "helpText")
_NAMES: Final = (
    *("address", *_QUERIES, "tags", "parameters", "headers", "languages", "seconds", "cacheSeconds"),
    "$schema",
)
_HEADER: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_REMEDY: Final = N_("See the reference of option sources.")


@dataclass(frozen=True, slots=True)
class ReadSource:
    """`source` is None where the file cannot be used."""

    source: OptionSource | None
    problems: tuple[Problem, ...] = ()


def read_source(content: Any) -> ReadSource:
    """A source from a parsed file (None: broken, which is told elsewhere). Never raises."""
    if content is None:
        return ReadSource(None)
    if not isinstance(content, Mapping):
        return ReadSource(
            None, (_wrong("", Sentence(N_("The source must be an object, with curly brackets."))),)
        )
    problems = tuple(_problems(content))
    if any(problem.severity == "error" for problem in problems):
        return ReadSource(None, problems)
    seconds, cached = content.get("seconds"), content.get("cacheSeconds")
    return ReadSource(
        OptionSource(
            address=content["address"],
            value=content["value"],
            label=content["label"],
            options=content.get("options") or "@",
            description=content.get("description"),
            help_text=content.get("helpText"),
            tags=content.get("tags") or {},
            parameters=content.get("parameters") or {},
            headers={name: _header(value) for name, value in (content.get("headers") or {}).items()},
            languages=content.get("languages") or {},
            seconds=DEFAULT_SECONDS if seconds is None else float(seconds),
            cache_seconds=DEFAULT_CACHE_SECONDS if cached is None else float(cached),
        ),
        problems,
    )


def _header(value: Any) -> str | Secret:
    return value if isinstance(value, str) else Secret(value["secret"], value.get("prefix", ""))


def _problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _address_problems(content.get("address"))
    for name in _QUERIES:
        yield from _query_problems("/" + name, content.get(name), required=name in {"value", "label"})
    for name in ("tags", "parameters", "languages", "headers"):
        yield from _map_problems(name, content.get(name))
    yield from _number_problems("seconds", content.get("seconds"), 0.1, MOST_SECONDS)
    yield from _number_problems("cacheSeconds", content.get("cacheSeconds"), 0, MOST_CACHE_SECONDS)
    for name in content:
        if name not in _NAMES:
            sentence = Sentence(N_("A source has no property called %(name)s."), {"name": name})
            yield Problem(_CODE, "warning", sentence, Sentence(_REMEDY), pointer=f"/{name}")


def _address_problems(address: Any) -> Iterator[Problem]:
    if not isinstance(address, str) or not _is_address(address):
        sentence = Sentence(
            N_("The address has to begin with https:// and the name of a server, without places in it.")
        )
        remedy = Sentence(N_("Write it like https://data.example.org/towns/{county}"))
        yield Problem(_CODE, "error", sentence, remedy, pointer="/address")


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        is_plain = parts.username is None and parts.port is None and bool(parts.hostname)
    except ValueError:
        return False
    return (
        is_plain
        and parts.scheme == "https"
        and "{" not in parts.netloc
        and not re.search(r"[{}]", PLACE.sub("", address))
        and address.isprintable()
        and " " not in address
        and not parts.fragment
    )


def _query_problems(pointer: str, query: Any, *, required: bool) -> Iterator[Problem]:
    if query is None and not required:
        return
    if not isinstance(query, str) or not query:
        sentence = Sentence(N_("%(name)s has to be a query (JMESPath)."), {"name": pointer.removeprefix("/")})
        yield _wrong(pointer, sentence)
        return
    try:
        compiled(query)
    except BadQuery as error:
        values = {"name": pointer.removeprefix("/"), "reason": str(error).splitlines()[0]}
        yield _wrong(pointer, Sentence(N_("The query of %(name)s cannot be read: %(reason)s"), values))


def _map_problems(name: str, given: Any) -> Iterator[Problem]:
    if given is None:
        return
    if not isinstance(given, Mapping):
        sentence = Sentence(N_("%(name)s has to be an object, with curly brackets."), {"name": name})
        yield _wrong(f"/{name}", sentence)
        return
    for key, value in given.items():
        pointer = f"/{name}/{key.replace('~', '~0').replace('/', '~1')}"
        if name == "tags":
            yield from _query_problems(pointer, value, required=True)
        elif not (_is_header(key, value) if name == "headers" else isinstance(value, str)):
            sentence = Sentence(N_("%(name)s cannot be used in %(where)s."), {"name": key, "where": name})
            yield _wrong(pointer, sentence)


def _is_header(name: str, value: Any) -> bool:
    if not _HEADER.fullmatch(name):
        return False
    if isinstance(value, str):
        return value.isprintable() and value.isascii()
    if not isinstance(value, Mapping) or value.keys() - {"secret", "prefix"}:
        return False
    secret, prefix = value.get("secret"), value.get("prefix", "")
    is_text = isinstance(prefix, str) and prefix.isprintable() and prefix.isascii()
    return is_text and isinstance(secret, str) and _SECRET.fullmatch(secret) is not None


def _number_problems(name: str, value: Any, least: float, most: float) -> Iterator[Problem]:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if value is not None and not (is_number and least <= value <= most):
        values: dict[str, str | int | Sentence] = {"name": name, "least": str(least), "most": str(int(most))}
        yield _wrong(
            f"/{name}", Sentence(N_("%(name)s has to be a number from %(least)s to %(most)s."), values)
        )


def _wrong(pointer: str, sentence: Sentence) -> Problem:
    return Problem(_CODE, "error", sentence, Sentence(_REMEDY), pointer=pointer)
