"""A button that was pressed, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import FileStorage, MultiDict

from studio.definition.sentences import Sentence
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import Issue, PageView
from studio.runtime.storage import Instance


@dataclass(frozen=True, slots=True)
class Deed:
    """A button of a page. `view` is the page as it was sent, `state` has what was written on it."""

    instance: Instance
    state: FormState
    view: PageView
    target: str
    form: "MultiDict[str, str]"
    files: "MultiDict[str, FileStorage]"


def nowhere(_page: PageView) -> str:
    """For what leaves the reader where the page begins."""
    return ""


@dataclass(frozen=True, slots=True)
class Done:
    """The form afterwards.

    `problems` says by field what could not be done, `issues` what has to be right before it is. `at` gives
    the id of the element to go on at, on the page as it then is.
    """

    state: FormState
    problems: Mapping[str, Sentence] = field(default_factory=dict)
    at: Callable[[PageView], str] = nowhere
    issues: tuple[Issue, ...] = ()
