"""HTTP of deploying."""

from functools import partial

from flask import Blueprint, Response, current_app, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, current_person, demand, may, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.findings import Finding
from studio.delivery import deployments, releases
from studio.delivery.deployments import EnvironmentStatus
from studio.delivery.handoff import owner_address
from studio.delivery.models import Deployment
from studio.delivery.room import delivery
from studio.features.deploys import board, progress
from studio.reviews.places import places_of
from studio.web import render, translate
from studio.web.branch_address import about_whole_apps
from studio.web.language import current_language

bp = Blueprint("deploys", __name__, template_folder="templates")
about_whole_apps(bp)  # what is delivered is made of the main branch

MAX_MESSAGE = 2000


@bp.get("/<org>/<app>/deploy")
@requires(Right.VIEW)
def index(org: str, app: str) -> ResponseReturnValue:
    """What is in use where, what is new, and every release."""
    repository = delivery().repositories.open(org, app)
    shared = repository.files()
    person = current_person()
    rights = partial(_may, org)
    statuses = deployments.status(org, app)
    made = releases.releases(org, app)
    return render(
        "deploys/page.html",
        org=org,
        app=app,
        app_title=app_definition(shared).title(current_language()) or app,
        head=repository.head(),
        cards=board.cards(statuses, delivery().environments, rights),
        rows=board.rows(org, app, made, statuses, rights),
        news=releases.news(delivery(), org, app),
        has_unshared=may(person, Right.EDIT, org) and repository.draft(person.user_name).is_changed,
        shown=_shown(org, app, statuses),
        steps_of=_steps,
        tried=places_of(studio_db.session, org, app),
        tried_address=partial(delivery().environments[0].review_address, org, app),
        address=partial(_editor_address, org, app),
        now=now(),
    )


@bp.post("/<org>/<app>/deploy")
@requires(Right.BUILD)
def deploy(org: str, app: str) -> ResponseReturnValue:
    """Build a release of the shared state and put it into the first environment."""
    demand(Right.DEPLOY, org, delivery().environments[0].name)
    message = request.form.get("message", "")[:MAX_MESSAGE]
    asked = deployments.deploy(org, app, current_person().name, message, now())
    return _to_progress(org, app, asked.id)


@bp.post("/<org>/<app>/deploy/<environment>")
@requires(Right.DEPLOY)
def put(org: str, app: str, environment: str) -> ResponseReturnValue:
    """Put a release that was made before into an environment: promote, or roll back."""
    release = releases.release(org, app, request.form.get("version", 0, type=int))
    asked = deployments.put_into(release, environment, current_person().name, now())
    return _to_progress(org, app, asked.id)


@bp.post("/<org>/<app>/deploy/<environment>/take-out")
@requires(Right.DEPLOY)
def take_out(org: str, app: str, environment: str) -> ResponseReturnValue:
    """Take the app out of an environment."""
    confirmation = request.form.get("confirmation", "")
    asked = deployments.undeploy(org, app, environment, confirmation, current_person().name, now())
    return _to_progress(org, app, asked.id)


@bp.get("/<org>/<app>/deploy/progress/<int:number>")
@requires(Right.VIEW)
def events(org: str, app: str, number: int) -> ResponseReturnValue:
    """The progress of a deployment as server-sent events."""
    deployments.deployment(org, app, number)
    delivery().worker.wake()
    seen = request.headers.get("Last-Event-ID", "")
    response = Response(stream_with_context(progress.stream(number, seen)), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"  # a proxy in between passes each event on at once
    return response


@bp.get("/<org>/<app>/deploy/<environment>/submissions")
@requires(Right.READ_SUBMISSIONS)
def submissions(org: str, app: str, environment: str) -> ResponseReturnValue:
    """Over to the owner's pages of the environment, as the person who is signed in here."""
    person = current_person()
    return redirect(owner_address(environment, org, app, person.user_name, person.name))


def _to_progress(org: str, app: str, number: int) -> ResponseReturnValue:
    return redirect(url_for("deploys.index", org=org, app=app, deployment=number), code=303)


def _may(org: str, right: Right, environment: str) -> bool:
    return may(current_person(), right, org, environment)


def _shown(org: str, app: str, statuses: tuple[EnvironmentStatus, ...]) -> list[Deployment]:
    """The deployments whose steps are shown: those under way, and the one that was asked for."""
    under_way = [each.unfinished for each in statuses if each.unfinished is not None]
    asked = request.args.get("deployment", type=int)
    if asked is None or asked in {each.id for each in under_way}:
        return under_way
    return [deployments.deployment(org, app, asked), *under_way]


def _steps(deployment: Deployment) -> list[progress.Step]:
    return progress.steps_of(deployment, deployments.events(deployment.id))


def _editor_address(org: str, app: str, finding: Finding) -> str | None:
    place = finding.place
    if place.layout_set is None or place.page is None or "layouts.page" not in current_app.view_functions:
        return None
    return url_for(
        "layouts.page",
        org=org,
        app=app,
        layout_set=place.layout_set,
        page=place.page,
        selected=place.component,
    )


@bp.app_template_filter("what_it_is")
def what_it_is(deployment: Deployment) -> str:
    """A deployment in a few words, for its heading."""
    return translate(progress.title_of(deployment))
