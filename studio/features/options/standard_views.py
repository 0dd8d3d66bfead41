"""HTTP of the lists that every app can choose: what is in one, and a copy of it as a list of the app."""

from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Composite, SetOptions, TakeOptions
from studio.definition.errors import DomainError, NotThere
from studio.definition.option_lists import uses_of_list
from studio.definition.option_sources import standard_name, standard_words
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft, standard_lists
from studio.features.options.blueprint import bp
from studio.features.options.page import address_of
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.services.standard_lists import NoList
from studio.web import render, translate
from studio.web.language import current_language

_MOST_SHOWN: Final = 500
_MOST_COPIED: Final = 20_000


@bp.get("/<org>/<app>/standard-lists/<list_id>")
@requires(Right.EDIT)
def standard(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """What is in a standard list, in a language of the app."""
    return _page(org, app, app_definition(open_draft(org, app).files), list_id)


@bp.post("/<org>/<app>/standard-lists/<list_id>")
@requires(Right.EDIT)
def copy_standard(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """A list of the app with the options of a standard one, which from then on is the app's own."""
    draft = open_draft(org, app)
    definition, name = app_definition(draft.files), request.form.get("name", "").strip()
    try:
        if name.casefold() in {each.casefold() for each in definition.option_ids}:
            raise DomainError(Sentence(N_("There is already an option list %(id)s."), {"id": name}))
        options = tuple(_options(definition, _name(list_id)))
        change = Composite((SetOptions((), name), TakeOptions(name, options)))
        draft.apply(change, draft.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except NoList:
        return redirect(url_for("options.standard", org=org, app=app, list_id=list_id))
    except DomainError as problem:
        return _page(org, app, definition, list_id, translate(problem.sentence), name), 422
    flash(translate(change.sentence(definition)), "success")
    return redirect(url_for("options.edit_list", org=org, app=app, list_id=name))


def _name(list_id: str) -> str:
    name = standard_name(list_id)
    if name is None:
        raise NotThere(Sentence(N_("There is no option list %(id)s any more."), {"id": list_id}))
    return name


def _options(definition: AppDefinition, name: str) -> list[dict[str, object]]:
    """The options as changes take them: with labels in the languages of the app. Raises NoList."""
    languages = definition.languages or ("nb",)
    by_language = {
        language: {
            str(each["value"]): str(each["label"]) for each in standard_lists().options(name, language)
        }
        for language in languages
    }
    first = standard_lists().options(name, languages[0])[:_MOST_COPIED]
    return [
        {
            "value": each["value"],
            "label": {language: by_language[language][str(each["value"])] for language in languages},
        }
        for each in first
    ]


def _page(
    org: str, app: str, definition: AppDefinition, list_id: str, problem: str = "", name: str = ""
) -> str:
    known, words = _name(list_id), standard_words(list_id)
    language = request.args.get("lang", "")
    language = language if language in definition.languages else (definition.languages or ("nb",))[0]
    try:
        listed, is_there = standard_lists().options(known, language), True
    except NoList:
        listed, is_there = (), False
    uses = uses_of_list(definition, list_id)
    return render(
        "options/standard.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        list_id=list_id,
        words=translate(words) if words else list_id,
        listed=listed[:_MOST_SHOWN],
        size=len(listed),
        is_there=is_there,
        tags=list(dict.fromkeys(name for each in listed for name in each["tags"])),
        language=language,
        languages=definition.languages,
        name=name or known,
        problem=problem,
        uses=[(translate(use.what), address_of(org, app, use)) for use in uses],
    )
