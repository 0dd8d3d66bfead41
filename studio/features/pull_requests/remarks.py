"""The comments of a pull request as its pages show them, and what can be commented on there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from flask import url_for

from studio.database import studio_db
from studio.definition.app import app_definition
from studio.definition.naming import component_name
from studio.definition.sentences import Sentence
from studio.features.pull_requests.suggesting import Suggested, suggested_in
from studio.features.pull_requests.workplace import Workplace
from studio.reviews.applying import why_not_apply
from studio.reviews.models import Thread
from studio.reviews.subjects import Subject, current_page, named
from studio.reviews.threads import is_outdated, line_of, may_comment
from studio.showing_changes import Changes, PictureOf
from studio.web.branch_address import on_branch

_MOST_TEXTS: Final = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """A thread as it is shown. `line` is the line's number now; None for other things, and where it is gone.

    `page` is the layout set and the name of the page that it belongs to, if it does. `suggested` is what its
    comments suggest, by the id of the comment.
    """

    thread: Thread
    where: Sentence
    outdated: bool
    line: int | None = None
    page: tuple[str, str] | None = None
    suggested: Mapping[int, Suggested] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A text on both sides; None where it is not there."""

    language: str
    key: str
    before: str | None
    after: str | None


def remarks(work: Workplace) -> list[Remark]:
    """Every thread, oldest first."""
    before, after = work.before, work.after
    found = []
    for thread in work.pull_request.threads:
        subject = thread.subject
        on_page = None
        if subject.kind == "component":
            on_page = (subject.layout_set, current_page(subject, after))
        found.append(
            Remark(
                thread,
                named(subject, before, after),
                is_outdated(thread, work.repository, after),
                line_of(thread, work.repository, after) if subject.kind == "line" else None,
                on_page,
                suggested_in(work, thread),
            )
        )
    return found


def commentable(work: Workplace, picture: PictureOf) -> list[tuple[str, str]]:
    """The changed components of a page, with the address at which to comment on each: [(name, address)]."""
    page = picture.page
    found: dict[str, tuple[str, str]] = {}
    for files, name, fates in (
        (work.after, page.after, (*page.now, *page.reworded)),
        (work.before, page.before, page.was),
    ):
        app = app_definition(files)
        forms = app.layout_set(page.layout_set)
        for component in fates if forms is not None and name is not None else ():
            place = forms.find(component) if forms is not None else None
            if place is not None and component not in found:
                subject = Subject(
                    "component", layout_set=page.layout_set, page=place[0].name, component=component
                )
                found[component] = (component_name(app, place[1]), address(work, subject, "pages"))
    return list(found.values())


def changed_texts(work: Workplace, changed: Changes) -> list[ChangedText]:
    """The texts that are not the same on both sides, by language; at most 200."""
    old, new = app_definition(work.before), app_definition(work.after)
    found: list[ChangedText] = []
    for language in changed.languages:
        before = {text.id: text.value for text in old.texts(language)}
        after = {text.id: text.value for text in new.texts(language)}
        found += [
            ChangedText(language, key, before.get(key), after.get(key))
            for key in dict.fromkeys((*after, *before))
            if before.get(key) != after.get(key)
        ]
    return found[:_MOST_TEXTS]


def address(work: Workplace, subject: Subject, back: str) -> str:
    """Where to write about something; `back` is the tab that one comes from."""
    one = work.pull_request
    values: dict[str, Any] = {name: value for name, value in subject.to_dict().items() if name != "blob"}
    return url_for("pull_requests.write", org=one.org, app=one.app, number=one.number, back=back, **values)


def for_pages(work: Workplace, changed: Changes) -> dict[str, Any]:
    """What the tab of pages shows of comments."""
    found = [each for each in remarks(work) if each.thread.subject.kind in ("component", "text")]
    shown = {
        (picture.page.layout_set, name)
        for picture in changed.pictures
        for name in (picture.page.after, picture.page.before)
        if name
    }
    texts = changed_texts(work, changed)
    of_texts = {(each.language, each.key) for each in texts}
    placed = [
        each
        for each in found
        if each.page in shown or (each.thread.subject.language, each.thread.subject.key) in of_texts
    ]
    return {
        **_common(work),
        "commentable": partial(commentable, work),
        "remarks": placed,
        "other_remarks": [each for each in found if each not in placed],
        "texts": texts,
        "text_address": lambda text: address(
            work, Subject("text", language=text.language, key=text.key), "pages"
        ),
    }


def for_code(work: Workplace, shown: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """What the tab of code shows of comments, where `shown` are the lines (path, number) on it."""
    found = [each for each in remarks(work) if each.thread.subject.kind == "line"]
    seen = set(shown)
    said: dict[tuple[str, int], list[Remark]] = {}
    for each in found:
        if each.line is not None and (each.thread.subject.path, each.line) in seen:
            said.setdefault((each.thread.subject.path, each.line), []).append(each)
    placed = [each for there in said.values() for each in there]

    def line_address(path: str, line: int) -> str:
        return address(work, Subject("line", path=path, line=line), "code")

    return {
        **_common(work),
        "said": said,
        "other_remarks": [each for each in found if each not in placed],
        "line_address": line_address if may_comment(work.person, work.pull_request.org) else None,
    }


def for_conversation(work: Workplace) -> dict[str, Any]:
    """What the conversation shows of comments: all."""
    found = remarks(work)
    usable = [
        (each, comment)
        for each in found
        for comment in each.thread.comments
        if comment.id in each.suggested and each.suggested[comment.id].fits
    ]
    return {**_common(work), "remarks": found, "usable": usable}


def _common(work: Workplace) -> dict[str, Any]:
    one = work.pull_request
    is_there = one.source in work.repository.branches()
    obstacle = why_not_apply(studio_db.session, work.repository, work.pull_request, work.person)
    return {
        "may_comment": may_comment(work.person, work.pull_request.org),
        "may_apply": obstacle is None,
        "branch_app": on_branch(one.app, one.source) if is_there else "",
        "me": work.person.id,
    }
