"""What the editors of a draft say and answer beside what they show: the words of <draft-editor>."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response
from flask_babel import gettext


@dataclass(frozen=True)
class Answer:
    """What is said beside the parts: read aloud, opened for writing, given the focus, gone to, or wrong.

    `note` stays until the next edit: what the edit was made with, and left for somebody to see to.
    """

    say: str = ""
    begin: str = ""
    focus: str = ""
    goto: str = ""
    problem: str = ""
    note: str = ""
    # Field of the panel ("rename", "set/grid/xs") -> what is wrong there.
    problems: Mapping[str, str] = field(default_factory=dict)
    # Field of the panel -> what somebody wrote there that is not possible.
    written: Mapping[str, str] = field(default_factory=dict)

    def problem_at(self, name: str) -> str:
        """What is wrong at a field; "" where nothing is."""
        return self.problems.get(name, "")

    def value_at(self, name: str, value: str) -> str:
        """What a field shows: `value`, or what was written there and has to be corrected."""
        return self.written.get(name, value)


def fragments(html: str, status: int = 200) -> Response:
    """Parts of an editor that look different now, in the words of lib/fragments.js."""
    return Response(html, status=status, headers={"X-Fragments": "1"}, mimetype="text/html")


def phrases() -> dict[str, str]:
    """What <draft-editor> says about edits on their way; words in {braces} are filled in by the browser."""
    return {
        "saved": gettext("Saved"),
        "saving": gettext("Saving …"),
        "not-saved": gettext("Not saved"),
        "waiting": gettext("Not saved yet: {n}"),
        "unreachable": gettext(
            "There is no contact with the server. Your changes ({n}) are kept here "
            "and are sent when it is back."
        ),
        "signed-out": gettext(
            "You are signed out, or may no longer change this app. Sign in in another window "
            "and try again; your changes ({n}) are kept here."
        ),
        "conflict": gettext(
            "Somebody else, or you in another window, has changed the same thing. "
            "Try again, or give up your change."
        ),
        "refused": gettext("The change was not possible."),
        "no-panel": gettext("There is no contact with the server. The settings are shown when it is back."),
        "no-panel-signed-out": gettext(
            "You are signed out, or may no longer change this app. Sign in in another window, "
            "and load this page again."
        ),
    }
