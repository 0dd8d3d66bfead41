"""What the editor's browser code says, in the language of the interface."""

from flask_babel import gettext

from studio.web import editing


def phrases() -> dict[str, dict[str, str]]:
    """Sentences by part of the editor and name. Words in {braces} are filled in by the browser."""
    return {
        "editor": editing.phrases(),
        "move": {
            "picked": gettext(
                "{what} is picked up. Move it with the arrow keys, drop it with Space, leave it with Escape."
            ),
            "many": gettext("{n} components"),
            "page": gettext("the page"),
            "before": gettext("Before {next}, in {container}. Place {n} of {total}."),
            "last": gettext("Last in {container}. Place {n} of {total}."),
            "end": gettext("It cannot be moved further that way."),
            "cancelled": gettext("Put back."),
        },
        "clipboard": {
            "copy": gettext("Copied: {n}"),
            "cut": gettext("Cut: {n}"),
            "empty": gettext("There is nothing to paste. Copy a component first."),
        },
    }


def shortcuts() -> list[tuple[tuple[str, ...], str]]:
    """Keys and what they do, for the dialog."""
    return [
        (("↑", "↓"), gettext("Choose the component above or below")),
        (("←", "→"), gettext("Choose the group around, or the first inside")),
        (("Shift", "↑ ↓"), gettext("Choose several")),
        (("Enter",), gettext("Write the text")),
        (("Alt", "↑ ↓"), gettext("While writing: the same text in another language")),
        (("Space",), gettext("Pick up; arrow keys move, Space drops, Escape leaves")),
        (("Alt", "↑ ↓ ← →"), gettext("Move at once: up, down, out, into")),
        (("Ctrl", "C / X / V"), gettext("Copy, cut, paste")),
        (("Ctrl", "D"), gettext("Duplicate")),
        (("Delete",), gettext("Delete")),
        (("Ctrl", "Z"), gettext("Undo; with Shift: redo")),
        (("F2",), gettext("Rename the page, in the list of pages")),
        (("?",), gettext("Show these shortcuts")),
    ]


def field_kinds() -> dict[str, str]:
    """The kinds of new fields in plain words."""
    return {
        "string": gettext("Text"),
        "integer": gettext("Whole number"),
        "number": gettext("Decimal number"),
        "boolean": gettext("Yes or no"),
        "date": gettext("Date"),
        "group": gettext("Rows"),
    }
