"""Languages of the interface, and sentences put into words at the edge."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from flask import Flask, current_app, request
from flask_babel import Babel, get_locale, gettext
from markupsafe import Markup, escape

from studio.definition.sentences import Sentence

# In their own words, so that people find theirs.
LANGUAGES: Final = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
DEFAULT: Final = "nb"
COOKIE: Final = "studio_language"
_EMPHASIS: Final = re.compile(r"\*([^*]+)\*")

# The language that the signed-in person has chosen, or None.
Choice = Callable[[], str | None]


def translate(sentence: Sentence | str) -> str:
    """A sentence in the language of this request; sentences among its values are translated first."""
    if isinstance(sentence, str):
        return sentence
    values = {
        key: translate(value) if isinstance(value, Sentence) else value
        for key, value in sentence.values.items()
    }
    text: str = gettext(sentence.message)
    return text % values if values else text


def emphasised(text: str) -> Markup:
    """Names in a sentence stand between asterisks; on a page they stand out instead."""
    return Markup(_EMPHASIS.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704 - escaped just before


def language_name(code: str) -> str:
    """What a language is called in itself; the code where nobody knows."""
    known = _OWN_NAMES.get(code)
    if known is None:
        try:
            known = Locale.parse(code.replace("-", "_")).get_display_name()
        except (ValueError, UnknownLocaleError):
            known = None
    return known[:1].upper() + known[1:] if known else code


def language_in_sentence(code: str) -> str:
    """What the language of the interface calls a language inside a sentence: “Text in …”."""
    reader = get_locale() or Locale(DEFAULT)
    if reader.language != "en" and code in {"nb", "nn"}:
        return _OWN_NAMES[code].lower()  # "norsk bokmål" is more than people say
    known: str | None = reader.languages.get(code.replace("-", "_"))
    return known or language_name(code)


# Babel has no name of its own for some languages of the country.
_OWN_NAMES: Final = {"nb": "Bokmål", "nn": "Nynorsk", "se": "Davvisámegiella", "fkv": "Kvääni"}


def install_language(app: Flask, choice: Choice) -> None:
    """Choose the language of each request: the person's, the cookie's, the browser's, or bokmål."""
    app.extensions["studio.language"] = choice
    Babel(
        app,
        default_locale=DEFAULT,
        default_timezone="Europe/Oslo",
        default_translation_directories=str(Path(__file__).parents[1] / "translations"),
        locale_selector=_select,
    )
    app.jinja_env.filters.update(
        translate=translate, emphasised=emphasised, language_in_sentence=language_in_sentence
    )
    app.jinja_env.globals.update(
        current_language=current_language,
        language_name=language_name,
        language_in_sentence=language_in_sentence,
        LANGUAGES=LANGUAGES,
    )


def language_of(choice: str | None) -> str:
    """The language of somebody who has chosen this one, or none: for what is written while they are away."""
    return choice if choice in LANGUAGES else DEFAULT


def current_language() -> str:
    """The code of the language that this request is answered in: "nb", "nn" or "en"."""
    return str(get_locale() or DEFAULT)


def _select() -> str:
    choice: Choice = current_app.extensions["studio.language"]
    for wanted in (choice(), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    # Browsers say "no" for Norwegian without saying which one.
    best = request.accept_languages.best_match([*LANGUAGES, "no"]) or DEFAULT
    return DEFAULT if best == "no" else best
