"""HTTP of publishing: something of an app becomes a version in the library of its organisation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import TakeShared
from studio.definition.changes.library import entry
from studio.definition.errors import DomainError
from studio.definition.files import Files
from studio.definition.library import (
    KINDS,
    LATEST,
    Content,
    Difference,
    Kind,
    Taken,
    Version,
    compared,
    difference_sentence,
    fingerprint,
    free_id,
    is_moved,
    latest,
    shared_items,
    suited,
    taken_items,
)
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft
from studio.features.library.app_views import frame
from studio.features.library.blueprint import bp
from studio.features.library.kinds import publishable
from studio.features.library.shelves import publish, published_now, shelf_of
from studio.web import render, translate
from studio.web.language import current_language

_MOST_TEXTS = 1000


@dataclass(frozen=True)
class Publishing:
    """Something of an app on its way to the library; `before` is the newest version where it is not new."""

    kind: Kind
    name: str
    content: Content
    data: bytes
    before: Version | None
    taken: Taken | None

    def differences(self, app: AppDefinition) -> tuple[Difference, ...]:
        """What the new version would change, as far as the app's languages show it."""
        old = suited(self.before.content, app) if self.before else ()
        found = compared(old, old, suited(self.content, app))
        return tuple(each for each in found if each.state != "same")

    @property
    def is_moved(self) -> bool:
        """Whether the order is another one."""
        return self.before is not None and is_moved(self.before.content, self.content)


@bp.get("/<org>/<app>/library/publish/<kind>")
@requires(Right.PUBLISH)
def publish_form(org: str, app: str, kind: str) -> ResponseReturnValue:
    """What would be published, and what is new in it; without a name, what could be."""
    definition = app_definition(open_draft(org, app).files)
    chosen = next((each for each in KINDS if each == kind), None) or abort(404)
    name, keys = request.args.get("name", ""), request.args.getlist("key")
    if (not name and chosen != "texts") or (chosen == "texts" and not keys and not name):
        return _choice_page(org, app, definition, chosen)
    try:
        found = _publishing(definition, shelf_of(org).files, org, chosen, name, keys)
    except DomainError as problem:
        flash(translate(problem.sentence), "danger")
        return redirect(url_for("library.index", org=org, app=app))
    return _page(org, app, definition, found)


@bp.post("/<org>/<app>/library/publish/<kind>")
@requires(Right.PUBLISH)
def publish_version(org: str, app: str, kind: str) -> ResponseReturnValue:
    """Publish: the version lies in the library, and the app follows it."""
    draft, form = open_draft(org, app), request.form
    definition = app_definition(draft.files)
    chosen = next((each for each in KINDS if each == kind), None) or abort(404)
    shelf = shelf_of(org).files
    try:
        found = _publishing(definition, shelf, org, chosen, form.get("name", ""), form.getlist("key"))
    except DomainError as problem:
        flash(translate(problem.sentence), "danger")
        return redirect(url_for("library.index", org=org, app=app))
    title = form.get("title", "").strip()
    try:
        version = _made(found, shelf, title, form.get("note", "").strip())
        publish(org, version)
    except DomainError as problem:
        return _page(org, app, definition, found, translate(problem.sentence)), 422
    name = found.taken.name if found.taken else found.name or version.id
    taken = Taken(chosen, version.id, org, name, version.number, fingerprint(version.content), LATEST)
    change = TakeShared(entry(chosen, version.id, version.title, taken))
    draft.apply(change, draft.revision, author(), now())
    flash(
        gettext(
            "Version %(version)s of %(title)s is in the library. The apps that follow it are offered it.",
            version=version.number,
            title=version.title,
        ),
        "success",
    )
    return redirect(url_for("library.index", org=org, app=app))


def _publishing(
    app: AppDefinition, shelf: Files, org: str, kind: Kind, name: str, keys: list[str]
) -> Publishing:
    """What is to be published. Raises DomainError where the app has not got the newest version."""
    taken = next(
        (
            each
            for each in taken_items(app).values()
            if (each.kind, each.name, each.organisation) == (kind, name, org)
        ),
        None,
    )
    before = latest(shelf, taken.kind, taken.id) if taken else None
    if taken and before and before.number != taken.version:
        problem = N_("Take version %(version)s of %(title)s first, so that nothing in it is lost.")
        raise DomainError(Sentence(problem, {"version": before.number, "title": before.title}))
    if kind == "texts" and before:
        keys = list(dict.fromkeys([*(part.key for part in before.content), *keys]))
    content, data = publishable(app, kind, name, keys[:_MOST_TEXTS])
    if before and kind == "images":
        content = (replace(content[0], key=before.content[0].key, value=before.content[0].key),)
    if before and kind != "images":
        content = _with_other_languages(content, before.content, app.languages)
    return Publishing(kind, name, content, data, before, taken)


def _with_other_languages(content: Content, before: Content, languages: Sequence[str]) -> Content:
    """A content with what the newest version says in languages that the app does not have."""
    known = {part.key: part.cells for part in before}
    return tuple(
        replace(
            part,
            cells={
                **part.cells,
                **{cell: text for cell, text in known.get(part.key, {}).items() if cell[1] not in languages},
            },
        )
        for part in content
    )


def _made(found: Publishing, shelf: Files, title: str, note: str) -> Version:
    """The version that is to be published. Raises DomainError where it is the one that is there."""
    if found.before:
        if fingerprint(found.before.content) == fingerprint(found.content):
            raise DomainError(Sentence(N_("Nothing in it is new since the newest version."), {}))
        number, item_id = found.before.number + 1, found.before.id
    else:
        ids = [item_id for kind, item_id in shared_items(shelf) if kind == found.kind]
        number, item_id = 1, free_id(found.name if found.kind == "lists" else title, ids)
    return Version(found.kind, item_id, number, title, found.content, published_now(note), found.data)


def _page(org: str, app: str, definition: AppDefinition, found: Publishing, problem: str = "") -> str:
    language = current_language()
    differences = found.differences(definition) if found.before else ()
    return render(
        "library/publish.html",
        **frame(org, app, definition),
        found=found,
        sentences=[translate(difference_sentence(each, language)).replace("*", "") for each in differences],
        problem=problem,
        title=request.form.get("title", found.before.title if found.before else _proposed(found)),
        note=request.form.get("note", ""),
        languages=definition.languages,
    )


def _proposed(found: Publishing) -> str:
    """A name to begin with: that of the file."""
    return found.name.rpartition("/")[2].partition(".")[0]


def _choice_page(org: str, app: str, definition: AppDefinition, kind: Kind) -> str:
    source = definition.languages[0] if definition.languages else "nb"
    words = request.args.get("q", "").strip().casefold()[:100]
    texts = [
        (each.id, each.value)
        for each in definition.texts(source)
        if words in each.id.casefold() or words in each.value.casefold()
    ]
    followed = {each.name for each in taken_items(definition).values() if each.kind == kind}
    return render(
        "library/choose.html",
        **frame(org, app, definition),
        kind=kind,
        lists=[each for each in definition.option_ids if each not in followed],
        texts=texts[:_MOST_TEXTS],
        words=request.args.get("q", ""),
        source=source,
    )
