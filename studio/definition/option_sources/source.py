"""Where an option list is fetched from: App/options/sources/{id}.json (docs/reference/option-sources.md)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

LANGUAGE: Final = "language"
PLACE: Final = re.compile(r"\{([A-Za-z][A-Za-z0-9_-]*)\}")
DEFAULT_SECONDS: Final = 2.0
MOST_SECONDS: Final = 5.0
DEFAULT_CACHE_SECONDS: Final = 3600
MOST_CACHE_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class Secret:
    """A header whose value an environment keeps, by its name there, with what stands before it."""

    name: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class OptionSource:
    """A list that another server has.

    `address` and the values of `parameters` have places in curly brackets for what a component asks for, and
    for {language}. `options` is the query (JMESPath) that finds the list in the answer; `value`, `label`,
    `description`, `help_text` and `tags` are queries in one of its elements. `languages` is a language of
    forms -> what the server calls it. `seconds` is the longest wait, `cache_seconds` how long an answer is
    used.
    """

    address: str
    value: str
    label: str
    options: str = "@"
    description: str | None = None
    help_text: str | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str | Secret] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    seconds: float = DEFAULT_SECONDS
    cache_seconds: float = DEFAULT_CACHE_SECONDS

    @property
    def server(self) -> str:
        """The name of the server that is asked."""
        return urlsplit(self.address).hostname or ""

    @property
    def names(self) -> frozenset[str]:
        """What a component can ask for: the places of the address and of its parameters."""
        texts = (self.address, *self.parameters.values())
        return frozenset(name for text in texts for name in PLACE.findall(text)) - {LANGUAGE}

    @property
    def needs(self) -> frozenset[str]:
        """What has to be asked for: the places of the address itself."""
        return frozenset(PLACE.findall(self.address)) - {LANGUAGE}

    def address_for(self, asked: Mapping[str, str], language: str) -> str | None:
        """The address with what is asked for in it; None where the address itself lacks something.

        A parameter of which something is not asked for is left out.
        """
        given = {**asked, LANGUAGE: self.languages.get(language, language)}
        # A step of a path that means another folder would be another address.
        if any(given.get(name, "") in {"", ".", ".."} for name in PLACE.findall(self.address)):
            return None
        address = PLACE.sub(lambda place: quote(given[place[1]], safe=""), self.address)
        asks = dict(self._filled(given))
        return address + ("&" if "?" in address else "?") + urlencode(asks) if asks else address

    def _filled(self, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for name, text in self.parameters.items():
            if all(given.get(place) for place in PLACE.findall(text)):
                yield name, PLACE.sub(lambda place: given[place[1]], text)
