"""What axe-core's rules mean, in words for those who make forms: what is wrong, and what to do."""

from collections.abc import Mapping
from typing import Final

from studio.definition.sentences import N_

Words = tuple[str, str]  # msgids: what is wrong, what to do

_NO_LABEL: Final[Words] = (
    N_("%(thing)s has no label, so a screen reader cannot say what is asked for."),
    N_("Give it a title."),
)
_NO_WORDS: Final[Words] = (
    N_("%(thing)s has something to press without words, so a screen reader cannot say what it does."),
    N_("Give it a text that says what happens."),
)
_NO_PICTURE_TEXT: Final[Words] = (
    N_("%(thing)s shows a picture that is not described for those who cannot see it."),
    N_("Write an alternative text, or leave it empty on purpose where the picture says nothing new."),
)
_BAD_LIST: Final[Words] = (
    N_("%(thing)s has a list that a screen reader cannot read as one."),
    N_("Write the list with Markdown, each point on a line that begins with a hyphen."),
)
_BAD_TABLE: Final[Words] = (
    N_("%(thing)s has a table whose cells have no headings, so a screen reader cannot say what they are."),
    N_("Give every column a heading."),
)
_BAD_LANGUAGE: Final[Words] = (
    N_("%(thing)s is marked as a language that nobody knows, so it is read out wrongly."),
    N_("Use the code of the language, such as nb, nn, en or se."),
)
_NOT_REACHED: Final[Words] = (
    N_("%(thing)s has a part that cannot be reached or read with the keyboard."),
    N_("Put it where it needs no scrolling of its own, or leave it out."),
)
_SAME_NAME: Final[Words] = (
    N_("%(thing)s has an id that something else on the page has, too."),
    N_("Give one of them another id."),
)
_MISLEADING: Final[Words] = (
    N_("%(thing)s tells screen readers something that is not so (rule %(rule)s)."),
    N_("Take HTML with roles and aria attributes out of its texts."),
)
# What axe says is in English, and for those who know HTML.
NOT_KNOWN: Final[Words] = (
    N_("%(thing)s breaks a rule of accessibility (%(rule)s): %(help)s."),
    N_("Look the rule up by its name in the documentation of axe-core."),
)

WORDS: Final[Mapping[str, Words]] = {
    "label": _NO_LABEL,
    "select-name": _NO_LABEL,
    "aria-input-field-name": _NO_LABEL,
    "aria-toggle-field-name": _NO_LABEL,
    "button-name": _NO_WORDS,
    "input-button-name": _NO_WORDS,
    "link-name": _NO_WORDS,
    "summary-name": _NO_WORDS,
    "aria-command-name": _NO_WORDS,
    "image-alt": _NO_PICTURE_TEXT,
    "input-image-alt": _NO_PICTURE_TEXT,
    "role-img-alt": _NO_PICTURE_TEXT,
    "svg-img-alt": _NO_PICTURE_TEXT,
    "object-alt": _NO_PICTURE_TEXT,
    "color-contrast": (
        N_("%(thing)s has text that is hard to read: its colour is too close to what is behind it."),
        N_("Use the colours of the form instead of your own."),
    ),
    "link-in-text-block": (
        N_("%(thing)s has a link in a text that only its colour tells from the words around it."),
        N_("Use the look that links have in the form."),
    ),
    "frame-title": (
        N_("%(thing)s shows a frame without a title, so a screen reader cannot say what is in it."),
        N_("Give it a title."),
    ),
    "list": _BAD_LIST,
    "listitem": _BAD_LIST,
    "definition-list": _BAD_LIST,
    "dlitem": _BAD_LIST,
    "td-headers-attr": _BAD_TABLE,
    "th-has-data-cells": _BAD_TABLE,
    "valid-lang": _BAD_LANGUAGE,
    "html-lang-valid": _BAD_LANGUAGE,
    "html-has-lang": _BAD_LANGUAGE,
    "scrollable-region-focusable": _NOT_REACHED,
    "frame-focusable-content": _NOT_REACHED,
    "duplicate-id-aria": _SAME_NAME,
    "nested-interactive": (
        N_("%(thing)s has something to press inside something else to press; not everybody can reach both."),
        N_("Take the inner one out, such as a link in the title of something that opens."),
    ),
    "target-size": (
        N_("%(thing)s has something to press that is too small, or too close to something else."),
        N_("Give it more room, or put it on a line of its own."),
    ),
    "autocomplete-valid": (
        N_("%(thing)s names a kind of answer that browsers do not know, so they cannot help to fill it in."),
        N_("Choose another value for autocomplete."),
    ),
    "video-caption": (
        N_("%(thing)s shows a film without captions for those who cannot hear it."),
        N_("Add captions, or say in a text beside it what the film says."),
    ),
    "avoid-inline-spacing": (
        N_("%(thing)s fixes the distance between letters or lines, so people cannot change it."),
        N_("Take the style out of its texts."),
    ),
    "document-title": (
        N_("%(thing)s has no title."),
        N_("Give the page, or the app, a title."),
    ),
    "too-wide": (
        N_("%(thing)s does not fit a narrow screen (320 pixels): people have to scroll sideways."),
        N_("Shorten long words, or use fewer columns."),
    ),
    **dict.fromkeys(
        (
            "aria-allowed-attr",
            "aria-hidden-body",
            "aria-hidden-focus",
            "aria-prohibited-attr",
            "aria-required-attr",
            "aria-required-children",
            "aria-required-parent",
            "aria-roles",
            "aria-valid-attr",
            "aria-valid-attr-value",
            "presentation-role-conflict",
        ),
        _MISLEADING,
    ),
}
