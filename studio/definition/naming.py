"""What people call the parts of an app: a component by its title, a page by its text, else by their ids."""

import re
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.layouts import Component
from studio.definition.sentences import N_, Sentence

_LONGEST: Final = 60
_TITLE_SLOTS: Final = ("title", "content", "body", "legend", "summaryTitle")
_TAG: Final = re.compile(r"<[^<>]*>")
_BLANKS: Final = re.compile(r"\s+")
_MARKS: Final = re.compile(r"[*_`#\[\]]+")
# A sign that Markdown would else take for a mark: 1\. First
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def component_name(app: AppDefinition, component: Component, language: str = "") -> str:
    """The component's title, cut to a line; its id where it has none. See `text_in_line` for the language."""
    for slot in _TITLE_SLOTS:
        key = component.text_key(slot)
        if key and (text := text_in_line(app, key, language)):
            return text
    return component.called


def text_in_line(app: AppDefinition, key: str, language: str = "") -> str:
    """The text with this key as one short line; "" for a mere key.

    In `language` where it is written there, else in the app's first language that has it.
    """
    for code in sorted(app.languages, key=lambda each: each != language):
        resource = app.texts(code).get(key)
        if resource and resource.value.strip():
            return one_line(resource.value)
    return one_line(key) if " " in key else ""


def page_name(app: AppDefinition, page: str, language: str = "") -> str:
    """The page's title text, else its name."""
    return text_in_line(app, page, language) or page


def one_line(text: str) -> str:
    """The text without markup, on one line, and not too long to stand in a sentence."""
    bare = _ESCAPED.sub(r"\1", _MARKS.sub("", _TAG.sub("", text)))
    line = _BLANKS.sub(" ", bare).strip() or _BLANKS.sub(" ", text).strip()
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def component_noun(app: AppDefinition, component: Component) -> Sentence:
    """The component as the beginning of a sentence: Field *Phone number*."""
    name = {"name": component_name(app, component)}
    if component.type.casefold() in ("group", "repeatinggroup", "accordion", "tabs", "cards", "grid"):
        return Sentence(N_("Group *%(name)s*"), name)
    if component.bindings or "dataModelBindings" in component.raw:
        return Sentence(N_("Field *%(name)s*"), name)
    return Sentence(N_("Component *%(name)s*"), name)
