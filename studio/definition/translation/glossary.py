"""The words of an organisation: what it calls things in each language, and what it does not say.

{"terms": [{"nb": "foretak", "en": "enterprise", "avoid": {"nb": ["firma"]}, "note": "Brønnøysund"}]}
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from studio.definition.errors import DomainError
from studio.definition.plain_language.reading import words_only
from studio.definition.sentences import N_, Sentence

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-zA-Z]{2,4})?")
_OTHERS: Final = frozenset({"avoid", "note"})


@dataclass(frozen=True)
class Term:
    """One thing: what it is called in each language, and the words for it that are not used."""

    names: Mapping[str, str]
    avoid: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note: str = ""

    @property
    def digest(self) -> str:
        """What tells this term, as it reads now, from every other."""
        return sha256(json.dumps(self.to_json(), sort_keys=True).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """The term as the file holds it."""
        made: dict[str, Any] = dict(self.names)
        if self.avoid:
            made["avoid"] = {language: list(words) for language, words in self.avoid.items()}
        return {**made, "note": self.note} if self.note else made


@dataclass(frozen=True)
class Glossary:
    """The terms of an organisation, in their order."""

    terms: tuple[Term, ...] = ()

    def avoided(self, language: str) -> Mapping[str, str]:
        """Words that are not used in a language -> what is said instead."""
        return {
            word: term.names.get(language, "") for term in self.terms for word in term.avoid.get(language, ())
        }

    def wanted(self, source: str, source_language: str, language: str) -> Iterator[tuple[str, str]]:
        """(name in the source, name in the language) of the terms that a text uses."""
        plain = words_only(source)
        for term in self.terms:
            name, wanted = term.names.get(source_language), term.names.get(language)
            if name and wanted and _holds(plain, name):
                yield name, wanted

    def unmet(
        self, source: str, target: str, source_language: str, language: str
    ) -> Iterator[tuple[str, str]]:
        """The terms of the source that its translation does not call as the organisation does."""
        plain = words_only(target)
        for name, wanted in self.wanted(source, source_language, language):
            if not _holds(plain, wanted):
                yield name, wanted


def read_glossary(value: Any) -> Glossary:
    """A glossary from parsed JSON, whatever is in it."""
    listed = value.get("terms") if isinstance(value, dict) else None
    return Glossary(tuple(_terms(listed if isinstance(listed, list) else [])))


def checked_term(names: Mapping[str, str], avoid: Mapping[str, tuple[str, ...]], note: str = "") -> Term:
    """A term as it may be kept.

    Raises DomainError where it names nothing, a language is none, or control characters stand in it.
    """
    words = (*names.values(), *(word for listed in avoid.values() for word in listed), note)
    if not all(each.isprintable() for each in words):
        raise DomainError(Sentence(N_("A term has letters that cannot be seen. Write it anew.")))
    kept = {language: name.strip() for language, name in names.items() if name.strip()}
    unwanted = {
        language: tuple(word.strip() for word in words if word.strip()) for language, words in avoid.items()
    }
    unwanted = {language: words for language, words in unwanted.items() if words}
    for language in (*kept, *unwanted):
        if not _LANGUAGE.fullmatch(language):
            raise DomainError(Sentence(N_("%(code)s is not the code of a language."), {"code": language}))
    if not kept:
        raise DomainError(Sentence(N_("A term needs a name in one language at least.")))
    return Term(kept, unwanted, note.strip())


def _terms(listed: list[Any]) -> Iterator[Term]:
    for raw in listed:
        if isinstance(raw, dict):
            names = {key: name for key, name in raw.items() if key not in _OTHERS and isinstance(name, str)}
            avoid, note = raw.get("avoid"), raw.get("note")
            if names:
                yield Term(
                    names,
                    {
                        language: tuple(word for word in words if isinstance(word, str))
                        for language, words in (avoid.items() if isinstance(avoid, dict) else ())
                        if isinstance(words, list)
                    },
                    note if isinstance(note, str) else "",
                )


def _holds(plain: str, name: str) -> bool:
    """Whether a text has a term, also with an ending ("foretaket")."""
    return re.search(rf"(?<!\w){re.escape(name)}\w{{0,4}}(?!\w)", plain, re.IGNORECASE) is not None
