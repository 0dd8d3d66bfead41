"""What the editor's browser code says, in the language of the interface."""

from flask_babel import gettext

from studio.web import editing


def phrases() -> dict[str, dict[str, str]]:
    """Sentences by part of the editor and name. Words in {braces} are filled in by the browser."""
    return {
        "editor": editing.phrases(),
        "tree": {
            "name": gettext("Name of the field"),
            "cut": gettext("{name} is cut. Choose where it belongs and press Ctrl+V."),
            "nothing": gettext("Nothing is cut. Choose a field and press Ctrl+X."),
            "tree": gettext("Fields"),
        },
        "pattern": {
            "fits": gettext("This fits the pattern."),
            "misfits": gettext("This does not fit the pattern."),
            "broken": gettext("This is not a pattern: something in it is not closed."),
        },
    }


def shortcuts() -> list[tuple[tuple[str, ...], str]]:
    """Keys and what they do, for the dialog."""
    return [
        (("↑", "↓"), gettext("Go to the field above or below")),
        (("→", "←"), gettext("Open a group, or go into it; close it, or go out of it")),
        (("Home", "End"), gettext("Go to the first or last field")),
        (("a–z",), gettext("Go to the next field that begins so")),
        (("Enter",), gettext("Go to the settings of the field")),
        (("F2",), gettext("Rename")),
        (("Insert",), gettext("New field")),
        (("Alt", "↑ ↓"), gettext("Move up or down")),
        (("Alt", "→ ←"), gettext("Move into the group above, or out of the group")),
        (("Ctrl", "X / V"), gettext("Cut, and put in at the chosen place")),
        (("Ctrl", "D"), gettext("Duplicate")),
        (("Delete",), gettext("Delete")),
        (("Ctrl", "F"), gettext("Search")),
        (("Ctrl", "Z"), gettext("Undo; with Shift: redo")),
    ]
