"""HTTP of languages and translation: how far each language has come, files to translators and from them."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import AddLanguage, Change, RemoveLanguage, SetTranslations
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.definition.translation import spreadsheet, xliff
from studio.definition.translation.status import STATUSES, Status
from studio.definition.translation.table import Row, rows
from studio.definition.translation.units import Arrival, Batch, arrival, batch
from studio.features import author
from studio.features.texts import page
from studio.features.texts.blueprint import bp
from studio.features.texts.suggesting import suggestions_for
from studio.features.texts.views import here
from studio.features.texts.workplace import Workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import render, translate

_FORMATS: Final = {
    "xliff": (xliff.write, xliff.MEDIA_TYPE, "xlf"),
    "xlsx": (spreadsheet.write, spreadsheet.MEDIA_TYPE, "xlsx"),
}
# Languages that are offered first; any other can be written.
_OFFERED: Final = ("nb", "nn", "en", "se", "pl", "uk", "de", "ar", "so", "lt", "fr", "es")
_LARGEST: Final = 20 * 1024 * 1024
# The texts that are taken travel in the form; 10 000 of them come to a tenth of this.
_LARGEST_FORM: Final = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How many texts of a language are in each status; `total` is what there is to translate."""

    language: str
    counts: dict[Status, int]
    stale: int
    total: int

    @property
    def done(self) -> int:
        """How many in a hundred are translated or approved."""
        finished = self.counts["translated"] + self.counts["approved"]
        return 100 * finished // self.total if self.total else 100


@bp.url_value_preprocessor
def _let_many_texts_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint == "texts.take":
        request.max_form_memory_size = _LARGEST_FORM


@bp.get("/<org>/<app>/texts/translation")
@requires(Right.EDIT)
def translation(org: str, app: str) -> ResponseReturnValue:
    """The languages of the app, and the way to translators."""
    return _page(here(org, app))


@bp.post("/<org>/<app>/texts/languages")
@requires(Right.EDIT)
def languages(org: str, app: str) -> ResponseReturnValue:
    """A language comes or goes."""
    work, form = here(org, app), request.form
    language = form.get("other", "").strip() or form.get("language", "").strip()
    change: Change = AddLanguage(language, form.get("source") or None)
    if form.get("do") == "remove":
        change = RemoveLanguage(language)
    try:
        work.draft.apply(change, work.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _page(work, problem=translate(problem.sentence)), 422
    return redirect(url_for("texts.translation", org=org, app=app))


@bp.get("/<org>/<app>/texts/translation/<language>.<kind>")
@requires(Right.EDIT)
def translation_file(org: str, app: str, language: str, kind: str) -> ResponseReturnValue:
    """The texts as a file for a translator: all, or with ?only=open those that are not done."""
    work = here(org, app)
    if kind not in _FORMATS or language not in work.app.languages or language == work.source:
        raise NotThere(Sentence(N_("There is no such file.")))
    keys = None
    if request.args.get("only") == "open":
        keys = [row.key for row in rows(work.app) if _is_open(row, language)]
    write, media_type, ending = _FORMATS[kind]
    data = write(batch(work.app, language, keys, translate))
    name = f"{work.app_name}-{work.source}-{language}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=media_type, headers=headers)


def _is_open(row: Row, language: str) -> bool:
    state = row.states.get(language)
    return state is None or state.status in {"new", "needs-work"}


@bp.post("/<org>/<app>/texts/translation/arrival")
@requires(Right.EDIT)
def arrived(org: str, app: str) -> ResponseReturnValue:
    """What a file from a translator would do, before it is done."""
    work = here(org, app)
    given = request.files.get("file")
    data = given.read(_LARGEST + 1) if given else b""
    try:
        if not data:
            raise DomainError(Sentence(N_("Choose a file first.")))
        if len(data) > _LARGEST:
            raise DomainError(Sentence(N_("The file is too large to be read.")))
        found = _arrival(work, _read(data))
    except DomainError as problem:
        return _page(work, problem=translate(problem.sentence), at_file=True), 422
    return render("texts/arrival.html", **page.frame(work, "translation"), work=work, found=found)


def _read(data: bytes) -> Batch:
    return spreadsheet.read(data) if data[:2] == b"PK" else xliff.read(data)


def _arrival(work: Workplace, given: Batch) -> Arrival:
    if given.target_language == work.source:
        problem = N_("The file translates into %(language)s, which the others are translated from.")
        raise DomainError(Sentence(problem, {"language": given.target_language}))
    if given.target_language not in work.app.languages:
        problem = N_("The app has no texts in %(language)s. Add the language first.")
        raise DomainError(Sentence(problem, {"language": given.target_language}))
    return arrival(work.app, given)


@bp.post("/<org>/<app>/texts/translation/taking")
@requires(Right.EDIT)
def take(org: str, app: str) -> ResponseReturnValue:
    """Take the texts of a file that has been looked through, as one change."""
    work, form = here(org, app), request.form
    language = form.get("language", "")
    taken = {
        key: {"value": value.replace("\r\n", "\n"), "status": status}
        for key, value, status, wanted in zip(
            form.getlist("key"),
            form.getlist("value"),
            form.getlist("status"),
            form.getlist("take"),
            strict=False,
        )
        if wanted == "1" and status in STATUSES
    }
    if taken:
        work.draft.apply(SetTranslations(language, taken), work.revision, author(), now())
    said = ngettext("%(num)s text was taken.", "%(num)s texts were taken.", len(taken))
    return _page(here(org, app), done=said)


@bp.get("/<org>/<app>/texts/suggestions")
@requires(Right.EDIT)
def suggestions(org: str, app: str) -> ResponseReturnValue:
    """What the organisation has said before for a text, and its terms; nothing where there is nothing."""
    work, language = here(org, app), request.args.get("language", "")
    key = request.args.get("key", "")
    found = suggestions_for(work, key, language)
    return render("texts/suggestions.html", found=found, key=key, language=language, org=org, app=app)


def _page(work: Workplace, *, problem: str = "", done: str = "", at_file: bool = False) -> str:
    offered = [code for code in _OFFERED if code not in work.app.languages]
    return render(
        "texts/translation.html",
        **page.frame(work, "translation"),
        work=work,
        progress=[_progress(work, language) for language in work.app.languages if language != work.source],
        offered=offered,
        problem=problem,
        at_file=at_file,
        done=done,
        title=gettext("Languages and translation"),
    )


def _progress(work: Workplace, language: str) -> Progress:
    listed = [row for row in rows(work.app) if row.text(work.source)]
    counts: dict[Status, int] = dict.fromkeys(STATUSES, 0)
    stale = 0
    for row in listed:
        state = row.states.get(language)
        counts[state.status if state else "new"] += 1
        stale += bool(state and state.is_stale)
    return Progress(language, counts, stale, len(listed))
