"""HTTP of lists that other servers have: written down, tried, renamed, removed."""

from collections.abc import Mapping
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Change, RemoveOptionSource, RenameOptionSource, SetOptionSource
from studio.definition.errors import DomainError, NotThere
from studio.definition.option_lists import uses_of_list
from studio.definition.option_sources import OptionSource, read_source, sources_of
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft
from studio.features.options.blueprint import bp
from studio.features.options.page import address_of
from studio.features.options.source_forms import NEEDED, NUMBERS, ROWS, TEXTS, fields_of, source_from
from studio.history.draft import Draft
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.runtime.option_lists import OptionLists, Tried
from studio.web import Part, render, translate
from studio.web.language import current_language, language_name

# What may be fetched in each environment, by its name: the lists are tried as one of them would fetch them.
trials: Part[Mapping[str, OptionLists]] = Part("option_source_trials")
_MOST_SHOWN: Final = 20


@bp.get("/<org>/<app>/option-sources")
@requires(Right.EDIT)
def new_source(org: str, app: str) -> ResponseReturnValue:
    """A list that is not fetched yet."""
    return _page(org, app, app_definition(open_draft(org, app).files), "", {})


@bp.post("/<org>/<app>/option-sources")
@requires(Right.EDIT)
def create_source(org: str, app: str) -> ResponseReturnValue:
    """Write a new one down, or try it before."""
    name = request.form.get("name", "").strip()
    return _sent(org, app, open_draft(org, app), "", name)


@bp.get("/<org>/<app>/option-sources/<list_id>")
@requires(Right.EDIT)
def source(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """What says from where a list is fetched."""
    definition = app_definition(open_draft(org, app).files)
    return _page(org, app, definition, list_id, _content(definition, list_id))


@bp.post("/<org>/<app>/option-sources/<list_id>")
@requires(Right.EDIT)
def edit_source(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """Save it, try it, give it another name, or remove it."""
    draft = open_draft(org, app)
    return _sent(org, app, draft, list_id, request.form.get("name", list_id).strip())


def _sent(org: str, app: str, draft: Draft, list_id: str, name: str) -> ResponseReturnValue:
    definition, do = app_definition(draft.files), request.form.get("do", "save")
    before = _content(definition, list_id) if list_id else {}
    written = source_from(request.form, before) if do in {"save", "try"} else before
    if do == "try":
        return _page(org, app, definition, list_id, written, tried=_try(org, app, written))
    try:
        if do == "rename":
            change: Change = RenameOptionSource(list_id, name)
        elif do == "remove":
            change = RemoveOptionSource(list_id)
        elif do == "save":
            change = SetOptionSource(list_id or name, written)
        else:
            abort(400)
        said = translate(change.sentence(definition))
        draft.apply(change, draft.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _page(org, app, definition, list_id, written, problem=translate(problem.sentence)), 422
    flash(said, "success")
    if do == "remove":
        return redirect(url_for("options.index", org=org, app=app))
    shown = name if do == "rename" else list_id or name
    return redirect(url_for("options.source", org=org, app=app, list_id=shown))


def _content(definition: AppDefinition, list_id: str) -> Any:
    path = sources_of(definition).get(list_id)
    if path is None:
        raise NotThere(Sentence(N_("There is no option list %(id)s any more."), {"id": list_id}))
    return definition.json(path)


def _try(org: str, app: str, written: Mapping[str, Any]) -> Tried | None:
    """What the server answers the chosen environment; None where the source cannot be used."""
    found = read_source(written).source
    lists = _environment()
    if found is None or lists is None:
        return None
    return lists.tried(found, f"{org}/{app}", _asked(), request.form.get("language", "nb"))


def _asked() -> Mapping[str, str]:
    """What a component is said to ask for, by its names."""
    prefix = "asked-"
    return {name.removeprefix(prefix): text for name, text in request.form.items() if name.startswith(prefix)}


def _environment() -> OptionLists | None:
    known = trials()
    return known.get(request.form.get("environment", "")) or next(iter(known.values()), None)


def _page(
    org: str,
    app: str,
    definition: AppDefinition,
    list_id: str,
    content: Any,
    *,
    problem: str = "",
    tried: Tried | None = None,
) -> str:
    read = read_source(content) if content else None
    uses = uses_of_list(definition, list_id) if list_id else ()
    return render(
        "options/source.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        list_id=list_id,
        name=request.form.get("name", list_id).strip(),
        fields=fields_of(content),
        needed=NEEDED,
        texts=TEXTS,
        rows=ROWS,
        row_words=_row_words(),
        numbers=NUMBERS,
        problem=problem,
        faults=_faults(read.problems) if read and (list_id or request.method == "POST") else [],
        source=read.source if read else None,
        allowed=_allowed(read.source if read else None),
        environments=[*trials()],
        environment_choices=[(name, name) for name in trials()],
        chosen_environment=request.form.get("environment", ""),
        languages=definition.languages,
        language_choices=[(each, language_name(each)) for each in definition.languages],
        chosen_language=request.form.get("language", ""),
        asked=_asked(),
        tried=tried,
        most=_MOST_SHOWN,
        uses=[(translate(use.what), address_of(org, app, use)) for use in uses],
        is_hidden=list_id in definition.option_ids,
    )


def _faults(problems: Any) -> list[tuple[str, str]]:
    return [(translate(each.sentence), translate(each.remedy) if each.remedy else "") for each in problems]


def _allowed(source: OptionSource | None) -> list[tuple[str, bool]]:
    """Each environment, and whether its forms may ask the server."""
    if source is None:
        return []
    return [(name, source.server in lists.servers) for name, lists in trials().items()]


def _row_words() -> Mapping[str, tuple[str, str, str, str]]:
    """Of each member that holds several: its words, what it is for, and the words of its two fields."""
    return {
        "parameters": (
            gettext("What follows the question mark"),
            gettext(
                "{name} is what a component asks for under that name, {language} the language of the form."
            ),
            gettext("Name"),
            gettext("Value"),
        ),
        "tags": (
            gettext("Tags"),
            gettext("Components can narrow the list by them."),
            gettext("Tag"),
            gettext("Where it is in an element"),
        ),
        "languages": (
            gettext("What the server calls the languages"),
            "",
            gettext("Language of the form"),
            gettext("Language of the server"),
        ),
        "headers": (
            gettext("Headers"),
            gettext(
                "Never write a secret here: write the name of one that those who run the environments keep. "
                "What stands under value then comes before it."
            ),
            gettext("Header"),
            gettext("Value"),
        ),
    }
