"""Changes of what is checked when people go on: `validationOnNavigation` (app-format.md, 6.3 to 6.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.page_order import enter_in_order
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence

_NAME: Final = "validationOnNavigation"
PAGES: Final[Mapping[str, Sentence]] = {
    "current": Sentence(N_("This page")),
    "currentAndPrevious": Sentence(N_("This page and those before")),
    "all": Sentence(N_("All pages")),
}
# Errors by where they come from, and the names that stand for several of them.
ERRORS: Final = ("Required", "Schema", "Component", "Expression", "CustomBackend")
_TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {"All": ERRORS, "AllExceptRequired": ERRORS[1:]}


@register
@dataclass(frozen=True)
class SetPageChecks(Change):
    """What is checked when people go on: `pages` is one of PAGES, `errors` are some of ERRORS.

    It is said for a page, for all pages of a form (`page` is ""), or for all forms (`layout_set` is "" too).
    Where `pages` is "", the wider one holds.
    """

    kind: ClassVar[str] = "set_page_checks"
    layout_set: str
    page: str
    pages: str
    errors: tuple[str, ...] = ERRORS

    def edit(self, copy: WorkingCopy) -> None:
        if self.page:
            copy.page(self.layout_set, self.page)
        elif self.layout_set:
            form = copy.layout_set(self.layout_set)
            if self.pages and not form.order and form.pages:
                # Settings have to say the order of the pages; without them, all are shown.
                enter_in_order(copy, form, form.pages[0].name, 0)
        path, pointer = _place(copy.app, self.layout_set, self.page)
        held = _at(copy.app.json(path), pointer)
        if not self.pages:
            if isinstance(held, Mapping) and _NAME in held:
                copy.delete(path, f"{pointer}/{_NAME}")
            return
        _set(copy, path, pointer, self._value(held.get(_NAME) if isinstance(held, Mapping) else None))

    def _value(self, before: Any) -> dict[str, Any]:
        if self.pages not in PAGES or not set(self.errors) <= set(ERRORS):
            raise DomainError(Sentence(N_("This cannot be checked when people go on. Reload the page.")))
        if not self.errors:
            raise DomainError(Sentence(N_("Choose at least one kind of error that is looked for.")))
        wanted = tuple(name for name in ERRORS if name in self.errors)
        show = before.get("show") if isinstance(before, Mapping) else None
        if not isinstance(show, list) or errors_in(show) != wanted:
            show = next(([name] for name, those in _TOGETHER.items() if those == wanted), list(wanted))
        return {"page": self.pages, "show": show}

    def sentence(self, app: AppDefinition) -> Sentence:
        values: dict[str, str | int | Sentence] = {
            "page": page_name(app, self.page) if self.page else "",
            "form": self.layout_set,
            "what": PAGES.get(self.pages, Sentence(self.pages)),
        }
        if self.page:
            told = N_("Going on from page *%(page)s* now checks: %(what)s")
            taken_back = N_("Going on from page *%(page)s* now checks the same as in the whole form")
        elif self.layout_set:
            told = N_("Going on in the form *%(form)s* now checks: %(what)s")
            taken_back = N_("Going on in the form *%(form)s* now checks the same as in all forms")
        else:
            told = N_("Going on in all forms now checks: %(what)s")
            taken_back = N_("What going on checks is no longer said for all forms")
        return Sentence(told if self.pages else taken_back, values)


def page_checks(app: AppDefinition, layout_set: str, page: str) -> tuple[str, tuple[str, ...]]:
    """What is said there, as the change takes it: the pages ("": nothing is said) and the errors."""
    path, pointer = _place(app, layout_set, page)
    held = _at(app.json(path), pointer)
    said = held.get(_NAME) if isinstance(held, Mapping) else None
    if not isinstance(said, Mapping):
        return "", ERRORS
    pages = said.get("page")
    known = isinstance(pages, str) and pages in PAGES
    return str(pages) if known else "current", errors_in(said.get("show")) or ERRORS


def errors_in(show: Any) -> tuple[str, ...]:
    """The errors that a list of names stands for."""
    names = [name for name in (show if isinstance(show, list) else []) if isinstance(name, str)]
    found = {error for name in names for error in _TOGETHER.get(name, (name,))}
    return tuple(error for error in ERRORS if error in found)


def _place(app: AppDefinition, layout_set: str, page: str) -> tuple[str, str]:
    """The file and the object in it that hold the setting."""
    form = app.layout_set(layout_set)
    found = form.page(page) if form and page else None
    if found is not None:
        return found.path, "/data"
    if form is not None:
        return form.settings_path, "/pages"
    # The places of all forms, in the order in which they are read.
    shared, listed = (app.paths.settings(app.paths.ui), ""), app.paths.layout_sets
    for place in (shared, (listed, "/uiSettings"), (listed, "")):
        held = _at(app.json(place[0]), place[1])
        if isinstance(held, Mapping) and _NAME in held:
            return place
    return (listed, "/uiSettings") if listed in app.files else shared


def _set(copy: WorkingCopy, path: str, pointer: str, value: dict[str, Any]) -> None:
    if not copy.exists(path):
        copy.write(path, b"{}\n")
    held = _at(copy.app.json(path), pointer)
    if not isinstance(held, Mapping):
        copy.set(path, pointer, {_NAME: value})
    elif not isinstance(before := held.get(_NAME), Mapping):
        copy.set(path, f"{pointer}/{_NAME}", value)
    else:
        for name, one in value.items():
            if before.get(name) != one:
                copy.set(path, f"{pointer}/{_NAME}/{name}", one)


def _at(found: Any, pointer: str) -> Any:
    """The object at a pointer of at most one step."""
    if not pointer:
        return found
    return found.get(pointer[1:]) if isinstance(found, Mapping) else None
