"""HTTP of presence: one small address that open pages ask, and a look at what somebody has not shared."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, current_person, may, requires
from studio.accounts.service import person_named
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.features import repositories
from studio.features.presence.places import label, place_of
from studio.features.presence.service import Here, definition, note, surroundings, unshared
from studio.history.draft import Draft
from studio.history.names import InvalidName
from studio.showing_changes import changes, file_differences, picture_answer, pictures_at, view_asked
from studio.web import render
from studio.web.branch_address import current_branch
from studio.web.language import current_language

bp = Blueprint("presence", __name__, template_folder="templates")


@bp.post("/<org>/<app>/presence")
@requires(Right.VIEW)
def here(org: str, app: str) -> ResponseReturnValue:
    """The person is at `path`. 204 if there is nothing that the page does not know (`known`) already."""
    place = Here(repositories().open(org, app), current_branch(), current_person())
    moment = now()
    around = surroundings(place, moment, with_drafts=may(place.person, Right.EDIT, org))
    note(place, place_of(request.form.get("path", "")[:1000], org, app), moment)
    if around.known == request.form.get("known"):
        return "", 204
    return render(
        "presence/_people.html",
        org=org,
        app=app,
        around=around,
        unshared=unshared(place, around, moment),
        label=lambda where: label(where, definition(place)),
        mine=place_of(request.form.get("path", "")[:1000], org, app),
        now=moment,
    )


@bp.get("/<org>/<app>/presence/<user_name>")
@requires(Right.EDIT)
def draft(org: str, app: str, user_name: str) -> ResponseReturnValue:
    """What somebody has changed on this branch and not shared."""
    theirs = _draft(org, app, user_name)
    different = changes(theirs.base_files, theirs.files)
    person = person_named(studio_db.session, user_name)
    return render(
        "presence/draft.html",
        org=org,
        app=app,
        app_title=app_definition(theirs.base_files).title(current_language()) or app,
        name=person.name if person is not None else user_name,
        different=different,
        view=view_asked(different),
        files=file_differences(theirs.base_files, theirs.files),
        here=url_for("presence.draft", org=org, app=app, user_name=user_name),
        picture=pictures_at("presence.picture", org=org, app=app, user_name=user_name),
    )


@bp.get("/<org>/<app>/presence/<user_name>/picture")
@requires(Right.EDIT)
def picture(org: str, app: str, user_name: str) -> ResponseReturnValue:
    """A page before somebody's changes, or with them."""
    theirs = _draft(org, app, user_name)
    return picture_answer(theirs.base_files, theirs.files)


def _draft(org: str, app: str, user_name: str) -> Draft:
    repository = repositories().open(org, app)
    if user_name not in repository.drafts(current_branch()):
        raise NotThere(Sentence(N_("%(name)s has no changes here that are not shared."), {"name": user_name}))
    try:
        return repository.draft(user_name, current_branch())
    except InvalidName as error:
        raise NotThere(error.sentence) from error
