"""HTTP of components that come to a page: from blocks, files and other apps, with what they need."""

import json
import secrets
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, demand, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, LayoutSet, Page, app_definition
from studio.definition.blocks import InsertBlock
from studio.definition.changes import Change, InsertComponents, RemoveComponents, plan
from studio.definition.errors import DomainError, NotThere
from studio.definition.library import LATEST
from studio.definition.library.blocks import Block
from studio.definition.naming import component_name
from studio.definition.references import asked_about
from studio.definition.sentences import N_, Sentence
from studio.definition.snippet_differences import snippet_differences
from studio.definition.snippets import Snippet, read_snippet
from studio.features import author, open_draft, repositories
from studio.features.layouts.commands.place import Place, end_of_page
from studio.features.layouts.travelling import blocks_of, page_choices, roots, shown_there
from studio.features.layouts.views import bp
from studio.history.block_uses import block_uses
from studio.history.draft import Draft
from studio.web import render, translate
from studio.web.language import current_language

_BRING = "/<org>/<app>/form/bring"


@bp.get(_BRING)
@requires(Right.EDIT)
def bring(org: str, app: str) -> ResponseReturnValue:
    """The blocks of the organisation, and files with components."""
    return _bring(org, app)


@bp.post(_BRING)
@requires(Right.EDIT)
def bring_sent(org: str, app: str) -> ResponseReturnValue:
    """Show what bringing components to a page comes to; with `sure`, do it."""
    try:
        block = _sent_block(org)
        snippet = block.snippet if block else _sent_snippet()
    except DomainError as problem:
        return _bring(org, app, translate(problem.sentence)), 422
    try:
        if "sure" in request.form:
            return _brought(org, app, snippet, block)
    except NotThere:
        raise
    except DomainError as problem:
        return plan_page(org, app, snippet, block=block, problem=translate(problem.sentence)), 422
    return plan_page(org, app, snippet, block=block)


@bp.post("/<org>/<app>/form/blocks/<block>")
@requires(Right.EDIT)
def block_sent(org: str, app: str, block: str) -> ResponseReturnValue:
    """Rename or delete a block of the organisation."""
    shelf, form = blocks_of(org), request.form
    found = shelf.named(block)
    try:
        if form.get("do") == "remove":
            _refuse_used(org, found)
            shelf.remove(found, author(), now())
        else:
            shelf.rename(
                found, form.get("name", "").strip(), form.get("description", "").strip(), author(), now()
            )
    except NotThere:
        raise
    except DomainError as problem:
        return _bring(org, app, translate(problem.sentence)), 422
    return redirect(url_for("layouts.bring", org=org, app=app, page=form.get("page") or None))


def _refuse_used(org: str, block: Block) -> None:
    """Raises DomainError where an app follows the block: what an app has is not deleted."""
    uses = block_uses(repositories(), org, current_language()).get(block.id, ())
    if uses:
        problem = N_("%(title)s is used in %(apps)s. These apps have to stop following it first.")
        apps = ", ".join(dict.fromkeys(use.title for use in uses))
        raise DomainError(Sentence(problem, {"title": block.name, "apps": apps}))


def _bring(org: str, app: str, problem: str = "") -> str:
    uses = block_uses(repositories(), org, current_language())
    title = app_definition(open_draft(org, app).files).title(current_language())
    page = request.values.get("page", "")
    blocks = [
        {
            "block": block,
            "parts": roots(block.snippet),
            "fields": len(block.snippet.fields),
            "history": _history(blocks_of(org).versions(block.id)),
            "uses": len({use.app for use in uses.get(block.id, ())}),
        }
        for block in blocks_of(org).all()
    ]
    address = url_for("layouts.bring", org=org, app=app)
    return render(
        "layouts/bring.html",
        org=org,
        app=app,
        app_title=title or app,
        page=page,
        blocks=blocks,
        address=address,
        problem=problem,
    )


def _history(versions: tuple[Block, ...]) -> list[tuple[Block, list[str]]]:
    """Every version of a block that has several, newest first, with what differs from the one before."""
    if len(versions) < 2:
        return []
    befores = [*versions[1:], None]
    return [
        (
            each,
            [translate(said) for said in snippet_differences(before.snippet, each.snippet)] if before else [],
        )
        for each, before in zip(versions, befores, strict=True)
    ]


def _sent_block(org: str) -> Block | None:
    """The version of a block that a form names. Raises NotThere."""
    name, number = request.form.get("block", ""), request.form.get("version", "")
    if not name:
        return None
    if number.isdecimal() and len(number) < 7:
        return blocks_of(org).version(name, int(number))
    return blocks_of(org).named(name)


def _sent_snippet() -> Snippet:
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        return read_snippet(sent.read().decode("utf-8-sig", "replace"))
    return read_snippet(request.form.get("snippet", ""))


@dataclass(frozen=True)
class _Wish:
    """What the form of a plan says."""

    layout_set: LayoutSet
    page: Page
    under: str | None
    create_fields: bool
    keep_own: bool


def _wish(app: AppDefinition) -> _Wish:
    form = request.form
    set_name, _, page_name = form.get("page", "").rpartition("/")
    pages = [(found, page) for found in app.layout_sets for page in found.pages]
    if not pages:
        raise DomainError(Sentence(N_("The app has no page to put components on. Make one first.")))
    named = [each for each in pages if (each[0].id, each[1].name) == (set_name, page_name)]
    layout_set, page = (named or pages)[0]
    under = form.get("under", "keep")
    looked = "looked" in form
    return _Wish(
        layout_set,
        page,
        None if under == "keep" else under.removeprefix("in:"),
        "create_fields" in form or not looked,
        form.get("keep_own", "yes") == "yes",
    )


def plan_page(
    org: str, app: str, snippet: Snippet, *, block: Block | None = None, origin: str = "", problem: str = ""
) -> str:
    """What bringing a snippet to an app comes to, and what can be chosen about it."""
    definition = app_definition(open_draft(org, app).files)
    wish = _wish(definition)
    model = definition.model(wish.layout_set.data_type) if wish.layout_set.data_type else None
    holders = [
        (f"in:{found.path}", found.path) for found in (model.walk() if model else ()) if found.kind == "group"
    ]
    return render(
        "layouts/plan.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        address=url_for("layouts.bring", org=org, app=app),
        pages=[(f"{found.id}/{page.name}", label) for found, page, label in page_choices(definition)],
        wish=wish,
        plan=plan(definition, wish.layout_set.id, snippet, wish.under),
        parts=roots(snippet),
        users=_users(definition, wish.layout_set),
        unknown=_unknown(wish.layout_set, snippet),
        unders=[
            ("keep", gettext("The fields with the same names")),
            ("in:", gettext("The top of the data model")),
            *holders,
        ],
        under=request.form.get("under", "keep"),
        from_block=block,
        follows=request.form.get("follows", LATEST),
        snippet="" if block else json.dumps(snippet.to_dict(), ensure_ascii=False),
        origin=origin or request.form.get("origin", ""),
        problem=problem,
    )


def _users(app: AppDefinition, layout_set: LayoutSet) -> dict[str, str]:
    """Each field that a component is bound to, with what that component is called."""
    bound = [(each.field, part) for _, part in layout_set.components() for each in part.bindings.values()]
    return {field: component_name(app, part) for field, part in reversed(bound)}


def _unknown(layout_set: LayoutSet, snippet: Snippet) -> list[str]:
    """The ids that rules of what comes ask about, of components that neither come nor are there."""
    coming = {raw.get("id") for raw in snippet.components}
    asked = {name for raw in snippet.components for name in asked_about(dict(raw))}
    return sorted(name for name in asked - coming if layout_set.find(name) is None)


def _brought(org: str, app: str, snippet: Snippet, block: Block | None) -> ResponseReturnValue:
    draft = open_draft(org, app)
    definition = app_definition(draft.files)
    wish = _wish(definition)
    index = end_of_page(Place(definition, wish.layout_set, wish.page, "nb")).index
    change: Change = InsertComponents.of(
        snippet,
        wish.layout_set.id,
        wish.page.name,
        None,
        index,
        under=wish.under,
        create_fields=wish.create_fields,
        keep_own=wish.keep_own,
    )
    if block is not None and request.form.get("follows", LATEST) in {LATEST, "version"}:
        change = InsertBlock(_entry(org, block), (change,))
    gone = _leaving()
    draft.apply(change, draft.revision, author(), now())
    if gone is not None:
        source, removal = gone
        source.apply(removal, source.revision, author(), now())
    before = {component.id for component in wish.page.components}
    return shown_there(org, app, wish.layout_set.id, wish.page.name, before)


def _entry(org: str, block: Block) -> dict[str, str | int]:
    """What the app is to say of a block that is put into it. Each use has a key of its own."""
    return {
        "key": f"{block.id}-{secrets.token_hex(3)}",
        "title": block.name,
        "block": block.id,
        "organisation": org,
        "version": block.version,
        "follows": LATEST if request.form.get("follows", LATEST) == LATEST else block.version,
    }


def _leaving() -> tuple[Draft, Change] | None:
    """The draft that moved components leave, and the change that takes them away; None where they stay."""
    if not request.form.get("origin"):
        return None
    try:
        origin = json.loads(request.form["origin"])
        org, app, layout_set, page = (str(origin[name]) for name in ("org", "app", "layout_set", "page"))
        ids = tuple(str(name) for name in origin["ids"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DomainError(Sentence(N_("The editor does not know how to do this. Reload the page."))) from None
    demand(Right.EDIT, org)
    draft = open_draft(org, app)
    change = RemoveComponents(layout_set, page, ids)
    change.apply(app_definition(draft.files))  # refused before anything is written anywhere
    return draft, change
