"""What can be brought back from an entry of the history, and the edit of a draft that does it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import (
    Change,
    RestoreFiles,
    app_as_in,
    component_as_in,
    file_as_in,
    page_as_in,
)
from studio.definition.changes.content import as_json
from studio.definition.errors import NotThere
from studio.definition.files import EditedFiles, Files
from studio.definition.merge import Conflict, merge
from studio.definition.naming import component_noun, page_name
from studio.definition.sentences import N_, Sentence
from studio.showing_changes import Changes, changes

State = Literal["before", "after"]
_MOST: Final = 200  # components that can be chosen; more are never looked through


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be brought back: its value in the form, what it is called, and its heading."""

    value: str
    label: Sentence
    heading: str  # a msgid


@dataclass(frozen=True)
class Wish:
    """What is to be brought back: `what` as in an Offer, from the state before or after the entry."""

    state: State
    what: str


@dataclass(frozen=True)
class Plan:
    """What a wish comes to in a draft. `change` is None where nothing differs, or places are undecided."""

    change: Change | None
    after: Files
    changes: Changes
    conflicts: tuple[Conflict, ...] = ()


TAKE_BACK: Final = "change"


def offers(before: Files, after: Files) -> list[tuple[str, list[Offer]]]:
    """What an entry offers, by headings: itself, everything, and what it changed."""
    old, new = app_definition(before), app_definition(after)
    different = changes(before, after)
    found = [
        Offer(TAKE_BACK, Sentence(N_("Take back this change, and nothing else")), N_("Everything")),
        Offer("app", Sentence(N_("The whole app")), N_("Everything")),
    ]
    for picture in different.pictures:
        value = f"page/{picture.page.layout_set}/{picture.page.name}"
        found.append(Offer(value, picture.title, N_("Pages")))
    found += list(_components(old, new, different))[:_MOST]
    values = ((path, {"path": path}) for path in different.paths)
    found += [Offer(f"file/{path}", Sentence("%(path)s", named), N_("Files")) for path, named in values]
    return [(heading, list(each)) for heading, each in groupby(found, key=lambda offer: offer.heading)]


def _components(old: AppDefinition, new: AppDefinition, different: Changes) -> Iterator[Offer]:
    seen: set[str] = set()
    for picture in different.pictures:
        page = picture.page
        for app, name, ids in ((new, page.after, page.now), (old, page.before, page.was)):
            shown = app.page(page.layout_set, name) if name else None
            for each in ids if shown else ():
                value = f"component/{page.layout_set}/{each}"
                part = shown.component(each) if shown else None
                if part is not None and value not in seen:
                    seen.add(value)
                    values: dict[str, str | int | Sentence] = {
                        "what": component_noun(app, part),
                        "page": page_name(app, name or ""),
                    }
                    yield Offer(value, Sentence(N_("%(what)s on page *%(page)s*"), values), N_("Components"))


def plan(wish: Wish, before: Files, after: Files, draft: Files) -> Plan:
    """What bringing back comes to in a draft. Raises DomainError where there is no such thing."""
    if wish.what == TAKE_BACK:
        merged = merge(after, before, draft)
        change: Change = RestoreFiles({path: as_json(data) for path, data in merged.edits.items()})
        if merged.conflicts:
            return Plan(None, draft, changes(draft, draft), merged.conflicts)
    else:
        change = _change(wish.what, app_definition(before if wish.state == "before" else after), draft)
    edits = change.apply(app_definition(draft))
    now = EditedFiles(draft, edits)
    return Plan(change if edits else None, now, changes(draft, now))


def _change(what: str, then: AppDefinition, draft: Files) -> Change:
    kind, _, rest = what.partition("/")
    layout_set, _, name = rest.partition("/")
    if what == "app":
        return app_as_in(then, app_definition(draft))
    if kind == "page" and name:
        return page_as_in(then, layout_set, name)
    if kind == "component" and name:
        return component_as_in(then, layout_set, name)
    if kind == "file" and rest and (rest in then.files or rest in draft):
        return file_as_in(then, rest)
    raise NotThere(Sentence(N_("Choose what to bring back.")))


def sentence(change: Change, app: AppDefinition, wish: Wish) -> Sentence:
    """What is said when it is done."""
    if wish.what == TAKE_BACK:
        return Sentence(N_("The change was taken back"))
    if wish.what == "app":
        return Sentence(N_("The whole app became as it was"))
    return change.sentence(app)
