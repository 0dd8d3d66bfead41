"""What the owner of an app sees: the submissions, to look at and to download. Studio hands a person over."""

import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from studio.database import clock, runtime_db
from studio.definition.app import AppDefinition
from studio.runtime import form_data
from studio.runtime.attachments import attachments
from studio.runtime.context import known
from studio.runtime.handoff import read
from studio.runtime.management import environment_key, with_key
from studio.runtime.pages.files import as_file
from studio.runtime.pdf.jobs import standing
from studio.runtime.storage import DataElement, Instance
from studio.web import declare, open_to_all, render

_SESSION: Final = "owner"
_STAYS: Final = timedelta(hours=2)
PAGE_SIZE: Final = 25
_MOST_IN_ZIP: Final = 5000
_MOST_PAGES: Final = 1_000_000
_NO_NAME: Final = re.compile(r"[^0-9A-Za-z_-]+")

bp = Blueprint("owner", __name__)


@bp.get("/owner/enter")
@open_to_all
def enter() -> ResponseReturnValue:
    """Come in with a pass of Studio's."""
    given = read(environment_key(), request.args.get("pass", ""))
    until = (clock.now() + _STAYS).isoformat()
    session[_SESSION] = {"name": given.name, "org": given.org, "app": given.app, "until": until}
    return redirect(url_for("owner.submissions", org=given.org, app=given.app))


def _as_owner(arguments: dict[str, Any]) -> ResponseReturnValue | None:
    here = session.get(_SESSION)
    if (
        not isinstance(here, dict)
        or (here.get("org"), here.get("app")) != (arguments.get("org"), arguments.get("app"))
        or datetime.fromisoformat(str(here.get("until"))) < clock.now()
    ):
        abort(403)
    return None


as_owner = declare(_as_owner)


@bp.get("/<org>/<app>/owner/submissions")
@as_owner
def submissions(org: str, app: str) -> ResponseReturnValue:
    """The submissions of the app, the newest first, page by page."""
    wanted = request.args.get("q", "").strip()
    number = _page_number()
    rows, count = _listed(org, app, wanted, number)
    return render(
        "runtime/owner/submissions.html",
        org=org,
        app=app,
        rows=rows,
        count=count,
        q=wanted,
        number=number,
        pages=max(1, -(-count // PAGE_SIZE)),
        standing=standing,
        owner_name=session[_SESSION]["name"],
    )


def _page_number() -> int:
    return min(max(1, request.args.get("page", 1, int)), _MOST_PAGES)


def _file_name(data_type: str) -> str:
    """A data type's id, which its app may choose as it likes, as a name in a header or in a zip."""
    return _NO_NAME.sub("_", data_type)[:100] or "_"


def _document_name(instance: Instance, element: DataElement) -> str:
    """What form data is called beside the other documents of its instance: entries of subforms are many."""
    name = _file_name(element.data_type)
    return name if len(instance.elements_of(element.data_type)) == 1 else f"{name}-{element.id}"


def _query(org: str, app: str, wanted: str = "") -> Any:
    query = select(Instance).where(
        Instance.org == org, Instance.app == app, Instance.preview.is_(None), Instance.is_archived.is_(True)
    )
    if wanted:
        owner = func.lower(Instance.owner["party"]["name"].as_string())
        query = query.where(owner.contains(wanted.lower(), autoescape=True))
    return query


def _listed(org: str, app: str, wanted: str, number: int) -> tuple[list[Instance], int]:
    query = _query(org, app, wanted)
    count = runtime_db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Instance.archived.desc(), Instance.id)
    ordered = ordered.options(selectinload(Instance.pdf_jobs))
    page = ordered.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return list(runtime_db.session.scalars(page)), count


def _submission(org: str, app: str, guid: UUID) -> Instance:
    instance = runtime_db.session.scalar(_query(org, app).where(Instance.id == guid))
    if not isinstance(instance, Instance):
        abort(404)
    return instance


@bp.get("/<org>/<app>/owner/submissions/<uuid:guid>/<uuid:element>.<any(xml, json, file):kind>")
@as_owner
def download(org: str, app: str, guid: UUID, element: UUID, kind: str) -> ResponseReturnValue:
    """One document of a submission: form data as XML or JSON, everything else as the file it is."""
    found = next((each for each in _submission(org, app, guid).elements if each.id == element), None)
    if found is None:
        abort(404)
    if found.stored_as:
        return as_file(found)
    if kind == "file":
        abort(404)
    content, content_type = _as(known(org, app).definition, found, kind)
    return Response(
        content,
        mimetype=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{_file_name(found.data_type)}-{guid}.{kind}"'
        },
    )


@bp.get("/<org>/<app>/owner/submissions.zip")
@as_owner
def download_all(org: str, app: str) -> ResponseReturnValue:
    """Every submission that matches the search, as XML and JSON in one zip."""
    rows = runtime_db.session.scalars(_query(org, app, request.args.get("q", "").strip()).limit(_MOST_IN_ZIP))
    definition = known(org, app).definition
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for instance in rows:
            for element in instance.elements:
                if element.stored_as:
                    name = f"{instance.id}/{element.id}-{element.filename}"
                    archive.writestr(name, attachments().content(element))
                    continue
                for kind in ("xml", "json"):
                    name = f"{instance.id}/{_document_name(instance, element)}.{kind}"
                    archive.writestr(name, _as(definition, element, kind)[0])
    return Response(
        buffer.getvalue(),
        mimetype="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{app}-submissions.zip"'},
    )


def _as(definition: AppDefinition, element: DataElement, kind: str) -> tuple[bytes, str]:
    content_type = form_data.XML if kind == "xml" else form_data.JSON
    if element.content_type == content_type:
        return element.content, content_type
    data = form_data.decode(definition, element.data_type, element.content, element.content_type)
    return form_data.encode(definition, element.data_type, data, content_type), content_type


@bp.get("/_management/apps/<org>/<app>/submissions")
@with_key
def listed(org: str, app: str) -> ResponseReturnValue:
    """The submissions with their form data as JSON, for the command line: {count, submissions: [...]}."""
    number = _page_number()
    rows, count = _listed(org, app, "", number)
    definition = known(org, app).definition
    return jsonify(
        count=count,
        page=number,
        pages=max(1, -(-count // PAGE_SIZE)),
        submissions=[
            {
                "id": f"{row.party_id}/{row.id}",
                "reference": row.reference,
                "archived": row.archived.isoformat() if row.archived else None,
                "owner": row.owner["party"]["name"],
                "workflow": {"status": standing(row)},
                "data": {
                    _document_name(row, each): json.loads(_as(definition, each, "json")[0])
                    for each in row.elements
                    if not each.stored_as
                },
                "xml": {
                    _document_name(row, each): _as(definition, each, "xml")[0].decode()
                    for each in row.elements
                    if not each.stored_as
                },
                "attachments": [
                    {"id": str(each.id), "type": each.data_type, "name": each.filename, "size": each.size}
                    for each in row.elements
                    if each.stored_as
                ],
            }
            for row in rows
        ],
    )
