"""Changes of which pages a form has, in which order, and which of them are shown."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from studio.definition import references
from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.content import set_text
from studio.definition.changes.examples import follow_page, forget_page
from studio.definition.changes.page_order import enter_in_order, forget_in_settings, move_in_order
from studio.definition.changes.removing import forget
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.layouts import LayoutSet, Page
from studio.definition.naming import page_name
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.telling import page_told
from studio.definition.sentences import N_, Sentence

_NAME: Final = re.compile(r"[\w][\w .-]{0,80}")
_SCHEMA: Final = (
    "https://altinncdn.no/toolkits/altinn-app-frontend/4/schemas/json/layout/layout.schema.v1.json"
)


@register
@dataclass(frozen=True)
class AddPage(Change):
    """A new page; at `index` in the order, or last.

    It gets navigation buttons where the other pages have them.
    """

    kind: ClassVar[str] = "add_page"
    layout_set: str
    page: str
    index: int | None = None

    def edit(self, copy: WorkingCopy) -> None:
        layout_set = copy.layout_set(self.layout_set)
        _refuse_name(layout_set, self.page)
        path = copy.app.paths.page(layout_set.folder, self.page)
        copy.write(path, _new_page(layout_set, self.page))
        enter_in_order(copy, layout_set, self.page, self.index)

    def sentence(self, app: AppDefinition) -> Sentence:
        return Sentence(N_("Page *%(page)s* was added"), {"page": page_name(app, self.page)})


@register
@dataclass(frozen=True)
class RenamePage(Change):
    """A page gets another name: its file, the order, groups, summaries, links and its title text follow."""

    kind: ClassVar[str] = "rename_page"
    layout_set: str
    page: str
    name: str

    def edit(self, copy: WorkingCopy) -> None:
        page = page_of(copy, self.layout_set, self.page)
        if self.name == self.page:
            return
        layout_set = copy.layout_set(self.layout_set)
        _refuse_name(layout_set, self.name, but=self.page)
        self._follow_in_components(copy, layout_set)
        for reference in references.page_in_settings(layout_set.settings, self.page):
            copy.set(layout_set.settings_path, reference.pointer, self.name)
        self._follow_in_texts(copy)
        follow_page(copy, self.layout_set, self.page, self.name)
        content = copy.read(page.path)
        copy.write(page.path, None)
        copy.write(copy.app.paths.page(layout_set.folder, self.name), content)

    def _follow_in_components(self, copy: WorkingCopy, layout_set: LayoutSet) -> None:
        for other in copy.app.layout_sets:
            for page, component in list(other.components()):
                if references.shows_set(component.raw, other, layout_set):
                    for reference in references.page_in_component(component.raw, self.page):
                        copy.set(page.path, component.pointer + reference.pointer, self.name)

    def _follow_in_texts(self, copy: WorkingCopy) -> None:
        """The text with the page's name is its title; a page of that name in another form keeps it."""
        shared = sum(1 for other in copy.app.layout_sets if other.page(self.page)) > 1
        for language in copy.app.languages:
            texts = copy.app.texts(language)
            resource = texts.get(self.page)
            if resource is None or self.name in texts:
                continue
            if shared:
                set_text(copy, language, self.name, resource.value)
            else:
                copy.set(copy.app.paths.texts(language), f"{resource.pointer}/id", self.name)

    def sentence(self, app: AppDefinition) -> Sentence:
        values = {"page": page_name(app, self.page), "name": self.name}
        return Sentence(N_("Page *%(page)s* is now named %(name)s"), values)


@register
@dataclass(frozen=True)
class MovePage(Change):
    """A page to another place in the order; `index` counts the other pages."""

    kind: ClassVar[str] = "move_page"
    layout_set: str
    page: str
    index: int

    def edit(self, copy: WorkingCopy) -> None:
        page_of(copy, self.layout_set, self.page)
        layout_set = copy.layout_set(self.layout_set)
        if not layout_set.order:
            enter_in_order(copy, layout_set, self.page, self.index)
            return
        move_in_order(copy, layout_set, self.page, self.index)

    def sentence(self, app: AppDefinition) -> Sentence:
        return Sentence(N_("Page *%(page)s* was moved"), {"page": page_name(app, self.page)})


@register
@dataclass(frozen=True)
class RemovePage(Change):
    """A page goes away with all its components; the order and the settings forget it."""

    kind: ClassVar[str] = "remove_page"
    layout_set: str
    page: str

    def edit(self, copy: WorkingCopy) -> None:
        page = page_of(copy, self.layout_set, self.page)
        layout_set = copy.layout_set(self.layout_set)
        copy.write(page.path, None)
        forget_in_settings(copy, layout_set, self.page)
        forget_page(copy, self.layout_set, self.page)
        for component in page.components:
            if component.id:
                forget(copy, self.layout_set, component.id)

    def sentence(self, app: AppDefinition) -> Sentence:
        return Sentence(N_("Page *%(page)s* was removed"), {"page": page_name(app, self.page)})


@register
@dataclass(frozen=True)
class SetPageHidden(Change):
    """A page is shown (false), left out (true), or depends on a rule (an expression)."""

    kind: ClassVar[str] = "set_page_hidden"
    layout_set: str
    page: str
    hidden: Any

    def edit(self, copy: WorkingCopy) -> None:
        page = copy.page(self.layout_set, self.page)
        if not isinstance(self.hidden, bool | list):
            raise DomainError(Sentence(N_("A page is hidden by true, false or a rule.")))
        if self.hidden is False:
            if "hidden" in page.raw:
                copy.delete(page.path, "/data/hidden")
        else:
            copy.set(page.path, "/data/hidden", self.hidden)

    def sentence(self, app: AppDefinition) -> Sentence:
        form = app.layout_set(self.layout_set)
        if isinstance(self.hidden, list) and form is not None:
            return page_told(Names(app, form), self.page, self.hidden)
        message = N_("Page *%(page)s* is now hidden")
        if not self.hidden:
            message = N_("Page *%(page)s* is no longer hidden")
        return Sentence(message, {"page": page_name(app, self.page)})


def page_of(copy: WorkingCopy, layout_set_id: str, name: str) -> Page:
    """The page, which may be broken: it can still be renamed, moved and removed. Raises NotThere."""
    page = copy.layout_set(layout_set_id).page(name)
    if page is None:
        raise NotThere(Sentence(N_("The page %(name)s does not exist any more."), {"name": name}))
    return page


def _refuse_name(layout_set: LayoutSet, name: str, but: str | None = None) -> None:
    if not _NAME.fullmatch(name) or name != name.strip() or name.endswith("."):
        problem = N_("%(name)s cannot be the name of a page: use letters, digits, spaces, - and _.")
        raise DomainError(Sentence(problem, {"name": name}))
    taken = {page.name.casefold() for page in layout_set.pages if page.name != but}
    if name.casefold() in taken:
        raise DomainError(Sentence(N_("There is already a page named %(name)s."), {"name": name}))


def _new_page(layout_set: LayoutSet, name: str) -> bytes:
    """An empty page, written like the one before it where there is one."""
    has_buttons = any(component.type == "NavigationButtons" for _, component in layout_set.components())
    body = "[]"
    if has_buttons:
        lines = (
            f'"id": "{_button_id(layout_set, name)}"',
            '"type": "NavigationButtons"',
            '"showBackButton": true',
        )
        button = ",\n        ".join(lines)
        body = f"[\n      {{\n        {button}\n      }}\n    ]"
    return f'{{\n  "$schema": "{_SCHEMA}",\n  "data": {{\n    "layout": {body}\n  }}\n}}\n'.encode()


def _button_id(layout_set: LayoutSet, name: str) -> str:
    plain = re.sub(r"[^0-9a-zA-Z]+", "-", name).strip("-") or "page"
    candidate, number = f"navigation-{plain}-buttons", 2
    while layout_set.find(candidate):
        candidate, number = f"navigation-{plain}-buttons{number}", number + 1
    return candidate
