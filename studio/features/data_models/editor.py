"""The editor's page and its parts, as HTML."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from studio.definition.app import AppDefinition
from studio.features.data_models.commands import Question
from studio.features.data_models.kinds import NEW_KINDS
from studio.features.data_models.outline import Item, Outline
from studio.features.data_models.panel import READY_PATTERNS, panel_of
from studio.features.data_models.phrases import phrases, shortcuts
from studio.features.data_models.search import hits
from studio.features.data_models.tree import Tree, TreeDifference
from studio.features.data_models.uses import UseRow, sets_of_model, use_rows
from studio.features.data_models.workplace import Workplace, models_of, tasks_without_model
from studio.web import render, translate
from studio.web.editing import Answer
from studio.web.language import current_language, language_name

# What <draft-editor> adds to each edit when it sends it.
_OF_THE_SENDING = frozenset({"csrf_token", "edit_id", "base", "open", "top"})
_MOST_IN_MENU = 20
_TEMPLATE = "data_models/editor.html"


@dataclass(frozen=True)
class Asking:
    """A question about an edit, with the edit as it was sent."""

    question: Question
    fields: tuple[tuple[str, str], ...]
    rows: tuple[UseRow, ...]
    address: str


def asking(work: Workplace, question: Question, fields: list[tuple[str, str]], address: str) -> Asking:
    """What the page asks before it makes an edit that was sent to an address."""
    rows = use_rows(work.org, work.app_name, question.uses)
    kept = tuple((name, value) for name, value in fields if name not in _OF_THE_SENDING)
    return Asking(question, kept, tuple(rows), address)


def whole_page(work: Workplace, answer: Answer | None = None, asked: Asking | None = None) -> str:
    """The editor."""
    return render(
        _TEMPLATE,
        **_context(work, answer or Answer(), asked),
        **_frame(work),
        tree=tree_of(work).html(),
        found=hits(work.rows, work.outline, work.spot.query) if work.spot.query else None,
    )


def without_models(
    org: str, app: str, definition: AppDefinition, problem: str = "", name: str = "model"
) -> str:
    """What stands in the place of the editor where there is no model that can be edited."""
    return render(
        "data_models/no_models.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        models=models_of(definition),
        tasks=tasks_without_model(definition),
        problem=problem,
        name=name,
    )


def broken_model(org: str, app: str, definition: AppDefinition, name: str, path: str) -> str:
    """What stands in the place of the editor where the model's file cannot be read."""
    findings = [found for found in definition.findings if found.place.path == path]
    return render(
        "data_models/broken.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        models=models_of(definition),
        model_name=name,
        tab="fields",
        language="",
        path=path,
        findings=findings,
    )


def changed_parts(work: Workplace, answer: Answer, before: Workplace | None) -> str:
    """What differs from `before` (None: unknown, so everything): tree, types, panel, state."""
    context = _context(work, answer)
    tree = tree_of(work)
    names = ["state", "tree_head", "panel", "ask"]
    if before is None or _sides(before) != _sides(work):
        names.append("sides")
    parts = [str(tree.html()) if before is None else TreeDifference(tree_of(before), tree).html()]
    parts += [_part(name, context) for name in names]
    return "\n".join(parts)


def _sides(work: Workplace) -> tuple[object, ...]:
    """What the column of types shows."""
    outline = work.outline
    return outline.top_of(work.selected).key, tuple(t.key for t in outline.types), outline.uses_of_types


def _menu_types(outline: Outline) -> tuple[Item, ...]:
    """The types to offer at once: all, or of many those that are used most."""
    if len(outline.types) <= _MOST_IN_MENU:
        return outline.types
    uses = outline.uses_of_types
    return tuple(sorted(outline.types, key=lambda found: -uses.get(found.pointer, 0))[:_MOST_IN_MENU])


def panel_part(work: Workplace, answer: Answer | None = None) -> str:
    """The panel; and the tree with it where what is selected is not to be seen there."""
    context = _context(work, answer or Answer())
    opened, item = work.spot.opened, work.selected
    seen = opened is not None and all(above.id in opened for above in item.above)
    same_top = work.spot.top == work.outline.top_of(item).key
    tree = (
        ""
        if seen and same_top
        else str(tree_of(work).html()) + _part("tree_head", context) + _part("sides", context)
    )
    return _part("panel", context) + tree


def state_part(work: Workplace, answer: Answer, asked: Asking | None = None) -> str:
    """What is said beside the parts, alone; with a question, where there is one."""
    context = _context(work, answer, asked)
    return _part("state", context) + (_part("ask", context) if asked else "")


def results_part(work: Workplace) -> str:
    """What a search has found."""
    context = _context(work, Answer())
    found = hits(work.rows, work.outline, work.spot.query) if work.spot.query else None
    return render(_TEMPLATE, block="results", **context, found=found)


def tree_of(work: Workplace) -> Tree:
    """The tree as it is to be seen."""
    return Tree(work, address(work, "editor_page"))


def address(work: Workplace, endpoint: str, **more: Any) -> str:
    """The address of a view for this model."""
    return url_for(f"data_models.{endpoint}", org=work.org, app=work.app_name, model=work.name, **more)


def _part(name: str, context: dict[str, Any]) -> str:
    return render(_TEMPLATE, block=name, **context)


def _context(work: Workplace, answer: Answer, asked: Asking | None = None) -> dict[str, Any]:
    """What every part needs."""
    panel = panel_of(work, work.rows)
    top = work.outline.top_of(work.selected)
    return {
        "shell": "app_shell.html",
        "org": work.org,
        "app": work.app_name,
        "model_name": work.name,
        "outline": work.outline,
        "menu_types": _menu_types(work.outline),
        "rows": work.rows,
        "language": work.language,
        "revision": work.revision,
        "selected": [work.selected.key],
        "top": top,
        "panel": panel,
        "item": panel.item,
        "more": work.spot.more,
        "use_rows": use_rows(work.org, work.app_name, panel.uses),
        "sets": list(sets_of_model(work.app, work.name)),
        "kinds": tuple(NEW_KINDS.values()),
        "ready_patterns": READY_PATTERNS,
        "pattern_phrases": phrases()["pattern"],
        "answer": answer,
        "asked": asked,
        "query": work.spot.query,
        "edits_address": address(work, "edits", lang=work.language),
        "page_address": address(work, "editor_page"),
        "key_address": lambda key: address(work, "editor_page", lang=work.language, selected=key),
    }


def _frame(work: Workplace) -> dict[str, Any]:
    """What only the whole page needs."""
    return {
        "app_title": work.app.title(current_language()) or work.app_name,
        "page_title": gettext("Data model %(name)s", name=work.name),
        "start_address": url_for("data_models.index", org=work.org, app=work.app_name),
        "models": models_of(work.app),
        "tab": "fields",
        "languages": [(code, language_name(code)) for code in work.app.languages or (work.language,)],
        "tasks": tasks_without_model(work.app),
        "phrases": phrases(),
        "shortcuts": shortcuts(),
        "translate_kind": translate,
    }
