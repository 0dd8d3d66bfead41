"""Changes of the groups of a form's pages (app-format.md, 6.4). A group is known by a page that is in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar, Final

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.content import set_text
from studio.definition.changes.page_order import (
    GROUPS,
    ORDER,
    enter_in_order,
    groups_of,
    is_named,
    leave_order,
    number_of,
    pages_in,
)
from studio.definition.changes.page_printing import pdf_page
from studio.definition.changes.pages import page_of
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.layouts import LayoutSet
from studio.definition.naming import page_name, text_in_line
from studio.definition.sentences import N_, Sentence

# What is decided for a group: the value that need not be written, and the others.
SETTINGS: Final[Mapping[str, tuple[Any, ...]]] = {
    "type": ("default", "info"),
    "markWhenCompleted": (False, True),
    "expandedByDefault": (False, True),
}


@dataclass(frozen=True, slots=True)
class PageGroup:
    """A group with a name (a text key, or words), and what is decided for it.

    `number` is its place among groups and pages in none, `last` the greatest such.
    """

    name: str
    pages: tuple[str, ...]
    number: int
    last: int
    settings: Mapping[str, Any]


def page_groups(form: LayoutSet) -> tuple[PageGroup, ...]:
    """The groups with names, in order."""
    return tuple(_found(groups_of(form.settings) or []))


def _found(groups: list[Any]) -> Iterator[PageGroup]:
    for number, group in enumerate(groups):
        if is_named(group):
            names = tuple(name for name in pages_in(group) if isinstance(name, str))
            given = {name: group.get(name, values[0]) for name, values in SETTINGS.items()}
            yield PageGroup(str(group["name"]), names, number, len(groups) - 1, given)


@register
@dataclass(frozen=True)
class MakePageGroup(Change):
    """A page becomes a group with a title, in `language`. Out of another group, it comes behind that one."""

    kind: ClassVar[str] = "make_page_group"
    layout_set: str
    page: str
    language: str
    title: str

    def edit(self, copy: WorkingCopy) -> None:
        form = _entered(copy, self.layout_set, self.page)
        key = _new_text(copy, self.page, self.language, self.title)
        form = _in_groups(copy, form)
        path, groups = form.settings_path, groups_of(form.settings) or []
        number = _number(groups, self.page)
        if pages_in(groups[number]) == [self.page]:
            copy.set(path, f"{GROUPS}/{number}/name", key)
            return
        leave_order(copy, form, self.page)
        copy.insert(path, GROUPS, number + 1, {"name": key, "order": [self.page]})

    def sentence(self, app: AppDefinition) -> Sentence:
        values = {"group": self.title.strip(), "page": page_name(app, self.page)}
        return Sentence(N_("The group *%(group)s* was made of page *%(page)s*"), values)


@register
@dataclass(frozen=True)
class JoinPageGroup(Change):
    """A page into the group that the page `other` is in, as its last."""

    kind: ClassVar[str] = "join_page_group"
    layout_set: str
    page: str
    other: str

    def edit(self, copy: WorkingCopy) -> None:
        page_of(copy, self.layout_set, self.page)
        form = copy.layout_set(self.layout_set)
        _group(form, self.other)
        _refuse_pdf_page(form, self.page)
        if self.page in pages_in(_group(form, self.other)[1]):
            return
        leave_order(copy, form, self.page)
        number, group = _group(copy.layout_set(self.layout_set), self.other)
        copy.insert(form.settings_path, f"{GROUPS}/{number}/order", len(pages_in(group)), self.page)

    def sentence(self, app: AppDefinition) -> Sentence:
        values = {"page": page_name(app, self.page), "group": _title(app, self.layout_set, self.other)}
        return Sentence(N_("Page *%(page)s* is now in the group *%(group)s*"), values)


@register
@dataclass(frozen=True)
class LeavePageGroup(Change):
    """A page out of its group, behind it; the first page of a group comes before it."""

    kind: ClassVar[str] = "leave_page_group"
    layout_set: str
    page: str

    def edit(self, copy: WorkingCopy) -> None:
        form = copy.layout_set(self.layout_set)
        number, group = _group(form, self.page)
        names = pages_in(group)
        if len(names) == 1:
            _dissolve(copy, form, number, names)
        else:
            leave_order(copy, form, self.page)
            at = number if names[0] == self.page else number + 1
            copy.insert(form.settings_path, GROUPS, at, {"order": [self.page]})
        _without_groups(copy, copy.layout_set(self.layout_set))

    def sentence(self, app: AppDefinition) -> Sentence:
        return Sentence(N_("Page *%(page)s* is in no group any more"), {"page": page_name(app, self.page)})


@register
@dataclass(frozen=True)
class DissolvePageGroup(Change):
    """A group goes away; its pages stay where they are in the order."""

    kind: ClassVar[str] = "dissolve_page_group"
    layout_set: str
    page: str

    def edit(self, copy: WorkingCopy) -> None:
        form = copy.layout_set(self.layout_set)
        number, group = _group(form, self.page)
        _dissolve(copy, form, number, pages_in(group))
        _without_groups(copy, copy.layout_set(self.layout_set))

    def sentence(self, app: AppDefinition) -> Sentence:
        return Sentence(N_("The group of page *%(page)s* was dissolved"), {"page": page_name(app, self.page)})


@register
@dataclass(frozen=True)
class MovePageGroup(Change):
    """A group with its pages to another place; `index` counts the other groups and the pages in none."""

    kind: ClassVar[str] = "move_page_group"
    layout_set: str
    page: str
    index: int

    def edit(self, copy: WorkingCopy) -> None:
        form = copy.layout_set(self.layout_set)
        number, _group_there = _group(form, self.page)
        to = max(0, min(self.index, len(groups_of(form.settings) or []) - 1))
        if to != number:
            copy.move(form.settings_path, f"{GROUPS}/{number}", GROUPS, to)

    def sentence(self, app: AppDefinition) -> Sentence:
        return Sentence(
            N_("The group *%(group)s* was moved"), {"group": _title(app, self.layout_set, self.page)}
        )


@register
@dataclass(frozen=True)
class RenamePageGroup(Change):
    """A group gets another title, in `language`; words that are no text become one."""

    kind: ClassVar[str] = "rename_page_group"
    layout_set: str
    page: str
    language: str
    title: str

    def edit(self, copy: WorkingCopy) -> None:
        form = copy.layout_set(self.layout_set)
        number, group = _group(form, self.page)
        key = str(group["name"])
        if any(key in copy.app.texts(language) for language in copy.app.languages):
            set_text(copy, self.language, key, _title_of(self.title))
        else:
            key = _new_text(copy, self.page, self.language, self.title)
            copy.set(form.settings_path, f"{GROUPS}/{number}/name", key)

    def sentence(self, app: AppDefinition) -> Sentence:
        values = {"group": _title(app, self.layout_set, self.page), "title": self.title.strip()}
        return Sentence(N_("The group *%(group)s* is now called %(title)s"), values)


@register
@dataclass(frozen=True)
class SetPageGroup(Change):
    """One of SETTINGS of the group that a page is in gets a value."""

    kind: ClassVar[str] = "set_page_group"
    layout_set: str
    page: str
    name: str
    value: Any

    def edit(self, copy: WorkingCopy) -> None:
        form = copy.layout_set(self.layout_set)
        number, group = _group(form, self.page)
        values = SETTINGS.get(self.name, ())
        if self.value not in values:
            raise DomainError(Sentence(N_("A group of pages has no such setting. Reload the page.")))
        pointer = f"{GROUPS}/{number}/{self.name}"
        if self.value != values[0]:
            copy.set(form.settings_path, pointer, self.value)
        elif self.name in group:
            copy.delete(form.settings_path, pointer)

    def sentence(self, app: AppDefinition) -> Sentence:
        values = {"group": _title(app, self.layout_set, self.page)}
        return Sentence(N_("What holds for the group *%(group)s* was changed"), values)


def _entered(copy: WorkingCopy, layout_set: str, page: str) -> LayoutSet:
    """The form, with the page in its order."""
    page_of(copy, layout_set, page)
    form = copy.layout_set(layout_set)
    _refuse_pdf_page(form, page)
    if page not in form.order:
        enter_in_order(copy, form, page, None)
    return copy.layout_set(layout_set)


def _in_groups(copy: WorkingCopy, form: LayoutSet) -> LayoutSet:
    """The form with its order as groups, each of one page where it was a list."""
    if groups_of(form.settings) is None:
        names, path = form.settings["pages"]["order"], form.settings_path
        if "groups" in form.settings["pages"]:  # unused beside an order
            copy.delete(path, GROUPS)
        copy.rename_key(path, ORDER, "groups")
        copy.set(path, GROUPS, [{"order": [name]} for name in names])
    return copy.layout_set(form.id)


def _without_groups(copy: WorkingCopy, form: LayoutSet) -> None:
    """Write the order as a list again where no group says anything."""
    groups = groups_of(form.settings) or []
    if all(isinstance(group, dict) and set(group) == {"order"} for group in groups):
        if "order" in form.settings["pages"]:  # null, say
            copy.delete(form.settings_path, ORDER)
        copy.rename_key(form.settings_path, GROUPS, "order")
        copy.set(form.settings_path, ORDER, [name for group in groups for name in pages_in(group)])


def _dissolve(copy: WorkingCopy, form: LayoutSet, number: int, names: list[Any]) -> None:
    copy.delete(form.settings_path, f"{GROUPS}/{number}")
    copy.insert_all(form.settings_path, GROUPS, number, [{"order": [name]} for name in names])


def _number(groups: list[Any], page: str) -> int:
    number = number_of(groups, page)
    if number is None:
        raise NotThere(Sentence(N_("The page %(name)s is in no group any more."), {"name": page}))
    return number


def _group(form: LayoutSet, page: str) -> tuple[int, Any]:
    """The group with a name that the page is in. Raises NotThere."""
    groups = groups_of(form.settings) or []
    number = _number(groups, page)
    if not is_named(groups[number]):
        raise NotThere(Sentence(N_("The page %(name)s is in no group any more."), {"name": page}))
    return number, groups[number]


def _refuse_pdf_page(form: LayoutSet, page: str) -> None:
    if pdf_page(form) == page:
        raise DomainError(Sentence(N_("The page that the PDF is made of is in no group.")))


def _title_of(words: str) -> str:
    if not words.strip():
        raise DomainError(Sentence(N_("Give the group a name.")))
    return words.strip()


def _new_text(copy: WorkingCopy, page: str, language: str, title: str) -> str:
    """The key of a new text with the title."""
    texts = [copy.app.texts(each) for each in copy.app.languages]
    names = (f"{page}.group{number if number > 1 else ''}" for number in count(1))
    key = next(name for name in names if not any(name in each for each in texts))
    set_text(copy, language, key, _title_of(title))
    return key


def _title(app: AppDefinition, layout_set: str, page: str) -> str:
    form = app.layout_set(layout_set)
    for group in page_groups(form) if form else ():
        if page in group.pages:
            return text_in_line(app, group.name) or group.name
    return page
