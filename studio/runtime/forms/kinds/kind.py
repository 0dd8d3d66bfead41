"""How a form treats a type of component: one value for each type, with defaults for what most types share.

A kind says what its template needs, what fills the view, what was answered in words, how a post is read and
what can be wrong with an answer. `kinds/` has one module for each family of types; nothing else in the form
knows a type by its name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, Protocol

from studio.definition.data_model import Problem
from studio.definition.expressions import Spot
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, Issue, PageView, Step
from studio.runtime.forms.wording import gettext

# The key of the name that a component has itself, among those of its bindings.
OWN: Final = ":"

Raw = Mapping[str, Any]
Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Around:
    """Where a component stands: the pages before and after, the generation of its app, today."""

    generation: str
    today: date
    previous: str | None = None
    next: str | None = None
    deciding: frozenset[str] = frozenset()  # fields that expressions read (deciding.py)
    attachments: str = ""  # the address in front of the attachments of the instance
    resources: str = ""  # the address in front of the app's own pictures and other files
    steps: tuple[Step, ...] = ()  # the pages that are shown
    back_to: str = ""  # the page with the summary from which one came to change something


class Build(Protocol):
    """What makes the views inside a view."""

    @property
    def state(self) -> FormState:
        """What the form is now."""

    @property
    def summarise(self) -> bool:
        """Whether summaries are filled; not inside a summary."""

    def component(self, spot: Spot, around: Around) -> ComponentView | None:
        """The view of a component; None where it is hidden."""

    def drawn(self, spot: Spot, around: Around) -> ComponentView | None:
        """The same; where the browser may show it at any moment, a dormant view instead of None."""

    def children(self, spot: Spot, around: Around) -> tuple[ComponentView, ...]:
        """The views of everything inside a component."""

    def page(self, name: str) -> PageView:
        """The view of a page. Raises KeyError."""

    def in_summary(self) -> "Build":
        """The same, for the content of a summary."""

    def of(self, state: FormState) -> "Build":
        """The same for another state."""


class Post(Protocol):
    """Names and texts of a form post."""

    def getlist(self, key: str) -> list[str]:
        """Every text sent under a name."""

    def __contains__(self, key: object) -> bool:
        """Whether a name was sent."""

    def __iter__(self) -> Iterator[str]:
        """The names that were sent."""


# What was sent for each binding of a component: its key ("simpleBinding") -> value, or why it is none.
Answers = Mapping[str, Any | Problem]


def no_settings(_raw: Raw, _spot: Spot, _around: Around) -> Settings:
    """For types whose templates need nothing of their own."""
    return {}


def with_children(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    """A container's view with what is inside it. Most types have nothing inside, and stay as they are."""
    from_inside = build.children(spot, around)
    return replace(view, children=from_inside) if from_inside else view


def plain(view: ComponentView, _language: str) -> str:
    """A value as plain text, for the component's input."""
    return "" if isinstance(view.value, list | dict) else to_text(view.value)


def affixed(view: ComponentView) -> str:
    """The text that is shown, between what stands before and after it."""
    if not view.shown:
        return ""
    return " ".join(part for part in (view.text("prefix"), view.shown, view.text("suffix")) if part)


def title_of(view: ComponentView) -> str:
    """What summaries and tables call a component."""
    return view.text("summaryTitle") or view.text("tableTitle") or view.text("title") or view.id


def one_cell(view: ComponentView) -> Iterator[CellView]:
    """What summaries say about a component with one answer; containers give those of what is inside."""
    if view.children:
        for child in view.children:
            yield from () if child.dormant else child.cells
    elif view.field:
        yield CellView(title_of(view), view.answer)


def no_issues(_state: FormState, _view: ComponentView) -> Iterator[Issue]:
    """For types that accept whatever the data model does."""
    return iter(())


def missing_answer(state: FormState, view: ComponentView) -> Iterator[Issue]:
    """What is said where an answer is required and there is none."""
    if view.required and view.value in (None, "", []) and view.field not in state.typed:
        yield required_issue(state, view, view.field)


def required_issue(state: FormState, view: ComponentView, name: str, title: str = "") -> Issue:
    """The issue of a field that must be filled in; `title` where it is not called as the component is."""
    data_type, path = state.place(name)
    message = view.text("requiredValidation") or gettext(
        "You must fill this in.", name=title or view.text("title")
    )
    return Issue(path, message, "error", "Required", "required", data_type)


def was_posted(view: ComponentView, post: Post) -> bool:
    """Whether a post speaks of a component at all: others keep their answers."""
    return any(name in post for name in view.fields.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One type of component.

    `template` is the name of its template in templates/forms. `main` is the binding whose field names the
    component in issues and posts. `read` is None for what nobody writes in.
    """

    template: str
    main: str = "simpleBinding"
    settings: Callable[[Raw, Spot, Around], Settings] = no_settings
    fill: Callable[[ComponentView, Spot, Around, Build], ComponentView] = with_children
    shown: Callable[[ComponentView, str], str] = plain
    answer: Callable[[ComponentView], str] = affixed
    cells: Callable[[ComponentView], Iterator[CellView]] = one_cell
    read: Callable[[FormState, ComponentView, Post], Answers] | None = None
    was_posted: Callable[[ComponentView, Post], bool] = was_posted
    issues: Callable[[FormState, ComponentView], Iterator[Issue]] = no_issues
    missing: Callable[[FormState, ComponentView], Iterator[Issue]] = missing_answer
    # Whether it may be drawn before it is shown: not where that asks for much, or elsewhere.
    drawn_ahead: bool = True
    # How the browser reads what is written into it (form_rules.js); None leaves that to the server.
    control: Callable[[Raw, str], Mapping[str, str] | None] | None = None
    # The template in a summary; None for the answer in words where the component has one.
    summary: str | None = None
    # The texts that a component has without being given them: slot -> text.
    texts: Callable[[Raw, str], Mapping[str, str]] | None = None
    # Whether issues are about the component itself and not about a field: it is called ":" and its key.
    own_name: bool = False
    # Whether what is inside stands under a heading of the component: its title, or those of its parts.
    heading: Literal["none", "title", "always"] = "none"
    # The level of a heading that says it itself, and under which stands what comes after it.
    heading_level: Callable[[Raw], int] | None = None
    # Where the main binding depends on the component: the binding's key.
    main_of: Callable[[Raw], str] | None = None

    def main_key(self, raw: Raw) -> str:
        """The binding that stands for the component."""
        return self.main_of(raw) if self.main_of else self.main


# What is shown for a type that nobody knows: nobody can answer it here, so nobody is asked to.
UNKNOWN: Final = Kind(template="placeholder", missing=no_issues)
# What is shown for a container that lies deeper inside others than anybody means to nest them: what is in it,
# without it. Of rows only a sentence is left.
TOO_DEEP: Final = Kind(template="too_deep", missing=no_issues)
