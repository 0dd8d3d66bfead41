"""Titles and descriptions in a schema: the keyword in the app's first language, "@titles" for the others."""

from collections.abc import Mapping
from typing import Any, Final

# Keyword -> the keyword with the texts in other languages: language -> text.
TRANSLATED: Final = {"title": "@titles", "description": "@descriptions"}


def text_in(schema: Mapping[str, Any], keyword: str, language: str, *, is_main: bool) -> str:
    """A title or description in one language; "" where it is not written."""
    given = schema.get(keyword) if is_main else translations(schema, keyword).get(language)
    return given if isinstance(given, str) else ""


def translations(schema: Mapping[str, Any], keyword: str) -> Mapping[str, Any]:
    """The texts in the other languages, by language."""
    found = schema.get(TRANSLATED[keyword])
    return found if isinstance(found, Mapping) else {}


def with_text(
    schema: Mapping[str, Any], keyword: str, language: str, value: str, *, is_main: bool
) -> Mapping[str, Any]:
    """The keywords to set so that a title or description says `value` in a language; None takes one away."""
    if is_main:
        return {keyword: value or None}
    others = {code: text for code, text in translations(schema, keyword).items() if code != language}
    if value:
        others[language] = value
    return {TRANSLATED[keyword]: others or None}
