"""HTTP of spreadsheets: a list as CSV, and options from a table with a look at what it would do."""

from collections import Counter
from typing import Any, Final

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import TakeOptions
from studio.definition.errors import DomainError
from studio.definition.option_lists import SLOTS
from studio.definition.option_lists.exchange import Coming, as_table, coming
from studio.definition.options.tabular import (
    ENCODINGS,
    LARGEST,
    decoded,
    delimiter_of,
    encoding_of,
    read_table,
    write_table,
)
from studio.definition.options.values import KINDS, ValueKind
from studio.definition.sentences import N_, Sentence
from studio.features import author
from studio.features.options import page
from studio.features.options.blueprint import bp
from studio.features.options.views import here
from studio.features.options.workplace import Workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import render, translate

_PARTED: Final = {"semicolon": ";", "comma": ",", "tab": "\t"}
_MOST_SHOWN: Final = 200


@bp.get("/<org>/<app>/options/<list_id>/table")
@requires(Right.EDIT)
def table(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """The ways to and from a spreadsheet."""
    return _page(here(org, app, list_id))


@bp.get("/<org>/<app>/options/<list_id>/csv")
@requires(Right.EDIT)
def download(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """The list as CSV: ?parted=semicolon|comma|tab, ?mark=1 with a byte-order mark."""
    work = here(org, app, list_id)
    parted = _PARTED.get(request.args.get("parted", ""), ";")
    data = write_table(as_table(work.app, list_id), parted, bom=request.args.get("mark") == "1")
    answer = Response(data, content_type="text/csv; charset=utf-8; header=present")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{list_id}.csv")
    return answer


@bp.post("/<org>/<app>/options/<list_id>/table")
@requires(Right.EDIT)
def look_through(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """What a table would do to the list, before it is done."""
    work, (text, encoding) = here(org, app, list_id), _given()
    try:
        found = coming(work.app, list_id, _read(text))
    except DomainError as problem:
        return _page(work, translate(problem.sentence), text), 422
    return render(
        "options/arrival.html",
        **page.frame(work),
        **_of_arrival(found),
        text=text,
        said=_said(text, encoding),
        parted=request.form.get("parted", ""),
    )


def _given() -> tuple[str, str]:
    """The text of the table, of a file where one is chosen, else as pasted; and what a file is read as."""
    upload = request.files.get("file")
    data = upload.read(4 * LARGEST + 1) if upload else b""
    if not data:
        return request.form.get("text", ""), ""
    wanted = request.form.get("encoding", "")
    encoding = wanted if wanted in ENCODINGS else encoding_of(data)
    return decoded(data, encoding), encoding


def _read(text: str) -> list[list[str]]:
    if not text.strip():
        raise DomainError(Sentence(N_("Paste a table or choose a file first.")))
    return read_table(text, _PARTED.get(request.form.get("parted", "")))


def _said(text: str, encoding: str) -> str:
    """What the table was read as, so that a wrong guess is seen."""
    delimiter = _PARTED.get(request.form.get("parted", "")) or delimiter_of(text)
    name = next(name for name, sign in _PARTED.items() if sign == delimiter)
    between = dict(parted_choices())[name]
    if not encoding:
        guessed: str = gettext("Read with this between the columns: %(between)s", between=between)
        return guessed
    letters = dict(encoding_choices())[encoding]
    read: str = gettext(
        "Read as %(letters)s, with this between the columns: %(between)s", letters=letters, between=between
    )
    return read


def parted_choices() -> list[tuple[str, str]]:
    """What can stand between columns, in words."""
    return [
        ("semicolon", gettext("Semicolon (as Excel in Norway)")),
        ("comma", gettext("Comma")),
        ("tab", gettext("Tab")),
    ]


def encoding_choices() -> list[tuple[str, str]]:
    """What a file can be written in, in words."""
    return [
        ("utf-8", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", gettext("Windows-1252 (as older Excel)")),
    ]


def _of_arrival(found: Coming) -> dict[str, Any]:
    counts = Counter(line.state for line in found.lines)
    return {
        "found": found,
        "counts": {state: counts[state] for state in ("new", "changed", "same")},
        "columns": [(column.name, column.language) for column in found.columns if column.name in SLOTS],
        "most": _MOST_SHOWN,
        "slot_names": page.slot_names(),
        "kinds": list(page.kind_names().items()),
    }


@bp.post("/<org>/<app>/options/<list_id>/taking")
@requires(Right.EDIT)
def take(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """Take the options of a table in, as one change."""
    work, form = here(org, app, list_id), request.form
    text = form.get("text", "")
    kind: ValueKind | None = next((each for each in KINDS if each == form.get("kind")), None)
    try:
        found = coming(work.app, list_id, _read(text), kind)
        change = TakeOptions(list_id, found.options, replace=form.get("mode") == "replace")
        work.draft.apply(change, work.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _page(work, translate(problem.sentence), text), 422
    return redirect(url_for("options.edit_list", org=org, app=app, list_id=list_id))


def _page(work: Workplace, problem: str = "", text: str = "") -> str:
    columns = ["value", *(f"label.{language}" for language in work.languages)]
    return render(
        "options/table.html",
        **page.frame(work),
        problem=problem,
        text=text,
        parted_choices=[("", gettext("Found out from the table")), *parted_choices()],
        encoding_choices=[("", gettext("Found out from the file")), *encoding_choices()],
        written=request.form,
        columns=[*columns, f"description.{work.source}", f"help.{work.source}"],
        title=gettext("Spreadsheet and CSV"),
    )
