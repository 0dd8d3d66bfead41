"""HTTP of components that go from a page: to another page or app, to a file, to the organisation's blocks."""

import json
import secrets
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, current_person, demand, may, requires
from studio.database.clock import now
from studio.definition.app import Component
from studio.definition.blocks import KeepAsBlock, beginning, given_back
from studio.definition.changes import Change, InsertComponents, MoveComponents, RemoveComponents, composite
from studio.definition.errors import DomainError, NotThere
from studio.definition.library.blocks import Block
from studio.definition.library.used_blocks import UsedBlock, used_blocks
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import Snippet, taken
from studio.features import author, repositories
from studio.features.layouts.bringing import plan_page
from studio.features.layouts.commands.place import Place, end_of_page
from studio.features.layouts.travelling import blocks_of, page_choices, page_of, roots, shown_there
from studio.features.layouts.views import PAGE, bp
from studio.features.layouts.workplace import Spot, Workplace, workplace
from studio.web import render, translate
from studio.web.language import current_language


@bp.get(f"{PAGE}/take")
@requires(Right.EDIT)
def take(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """Where the chosen components can go."""
    return _take(_chosen(org, app, layout_set, page))


@bp.post(f"{PAGE}/take")
@requires(Right.EDIT)
def take_sent(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """Send the chosen components to a page of the app, towards another app, or to the blocks."""
    work, what = _chosen(org, app, layout_set, page), request.form.get("do", "")
    try:
        if what == "block":
            return _saved(work)
        if what in {"copy", "move"} and request.form.get("to", "").startswith("page:"):
            return _to_page(work, move=what == "move")
        if what in {"copy", "move"}:
            return _towards_app(work, move=what == "move")
    except NotThere:
        raise
    except DomainError as problem:
        return _take(work, translate(problem.sentence)), 422
    raise DomainError(Sentence(N_("The editor does not know how to do this. Reload the page.")))


def _chosen(org: str, app: str, layout_set: str, page: str) -> Workplace:
    values = request.args if request.method == "GET" else request.form
    selected = tuple(values.getlist("selected"))
    work = workplace(org, app, Spot(layout_set, page, values.get("lang", ""), selected))
    work.place.components(work.selected)  # raises where nothing is chosen
    return work


def _take(work: Workplace, problem: str = "") -> str:
    chosen = work.place.components(work.selected)
    pages = [
        (f"page:{found.id}/{page.name}", label)
        for found, page, label in page_choices(work.app)
        if page is not work.page
    ]
    return render(
        "layouts/take.html",
        org=work.org,
        app=work.app_name,
        work=work,
        address=url_for("layouts.take", **_names(work)),
        back=url_for("layouts.page", **_names(work), lang=work.language, selected=list(work.chosen)),
        file=url_for("layouts.components", **_names(work), ids=list(work.chosen), download=1),
        chosen=roots(taken(work.app, work.layout_set, chosen)),
        app_title=work.app.title(current_language()) or work.app_name,
        pages=pages,
        apps=[(f"app:{name}", name) for name in _editable_apps() if name != f"{work.org}/{work.app_name}"],
        problem=problem,
        blocks=[(block.id, block.name) for block in blocks_of(work.org).all()],
        form=request.form,
    )


def _names(work: Workplace) -> dict[str, Any]:
    return {
        "org": work.org,
        "app": work.app_name,
        "layout_set": work.layout_set.id,
        "page": work.page.name,
    }


def _editable_apps() -> list[str]:
    person = current_person()
    allowed: dict[str, bool] = {}
    for org, _ in repositories().all():
        allowed.setdefault(org, may(person, Right.EDIT, org))
    return [f"{org}/{app}" for org, app in repositories().all() if allowed[org]]


def _saved(work: Workplace) -> ResponseReturnValue:
    snippet = _snippet(work)
    name, about = request.form.get("name", "").strip(), request.form.get("description", "").strip()
    blocks, of = blocks_of(work.org), request.form.get("of", "")
    if of:
        block = blocks.named(of)
        made, use = _as_block(work, block, snippet)
        block = blocks.renew(block, made, request.form.get("note", "").strip(), author(), now())
    else:
        block = blocks.save(name, about, snippet, author(), now())
        use = beginning(_new_use(work, block), snippet)
    entry = {**use.to_json(), "key": use.key, "title": block.name, "version": block.version}
    work.draft.apply(KeepAsBlock(entry), work.revision, author(), now())
    page = f"{work.layout_set.id}/{work.page.name}"
    return redirect(url_for("layouts.bring", org=work.org, app=work.app_name, page=page))


def _new_use(work: Workplace, block: Block) -> UsedBlock:
    key = f"{block.id}-{secrets.token_hex(3)}"
    return UsedBlock(key, block.id, work.org, block.version, work.layout_set.id)


def _as_block(work: Workplace, block: Block, snippet: Snippet) -> tuple[Snippet, UsedBlock]:
    """What becomes a newer version, in the names that the block has, and where the app has it.

    Raises DomainError where the app has an older version than the newest: something of it would be lost.
    """
    ids = {str(raw.get("id")) for raw in snippet.components}
    there = [
        used
        for used in used_blocks(work.app).values()
        if (used.block, used.organisation, used.layout_set) == (block.id, work.org, work.layout_set.id)
        and ids & set(used.components.values())
    ]
    if not there:
        return snippet, beginning(_new_use(work, block), snippet)
    use = max(there, key=lambda used: len(ids & set(used.components.values())))
    if use.version != block.version:
        problem = N_("Take version %(version)s of %(title)s first, so that nothing in it is lost.")
        raise DomainError(Sentence(problem, {"version": block.version, "title": block.name}))
    return given_back(use, snippet)


def _snippet(work: Workplace) -> Snippet:
    return taken(work.app, work.layout_set, _outermost(work))


def _outermost(work: Workplace) -> list[Component]:
    chosen = work.place.components(work.selected)
    inside = {part.id for root in chosen for part in root.walk() if part is not root}
    return [component for component in chosen if component.id not in inside]


def _to_page(work: Workplace, *, move: bool) -> ResponseReturnValue:
    set_name, _, page_name = request.form.get("to", "").removeprefix("page:").rpartition("/")
    target, page = page_of(work.app, set_name, page_name)
    ids = tuple(component.id for component in _outermost(work))
    index = end_of_page(Place(work.app, target, page, work.language)).index
    if move and target.id == work.layout_set.id:
        change: Change = MoveComponents(target.id, work.page.name, ids, page.name, None, index)
    else:
        removed = [RemoveComponents(work.layout_set.id, work.page.name, ids)] if move else []
        change = composite([*removed, InsertComponents.of(_snippet(work), target.id, page.name, None, index)])
    before = {component.id for component in page.components}
    work.draft.apply(change, work.revision, author(), now())
    return shown_there(work.org, work.app_name, target.id, page.name, before)


def _towards_app(work: Workplace, *, move: bool) -> ResponseReturnValue:
    org, _, app = request.form.get("to", "").removeprefix("app:").partition("/")
    demand(Right.EDIT, org)
    ids = [component.id for component in _outermost(work)]
    origin = json.dumps({**_names(work), "ids": ids}) if move else ""
    return plan_page(org, app, _snippet(work), origin=origin)
