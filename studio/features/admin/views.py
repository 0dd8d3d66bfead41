"""HTTP of looking after organisations, people and members."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from studio.accounts import Organisation, Person, Right, Role, current_person, requires
from studio.accounts.install import environments, passwords
from studio.accounts.rights import ROLE_NAMES, Grant
from studio.accounts.service import (
    add_organisation,
    add_person,
    organisation_named,
    person_named,
    set_password,
    set_roles,
)
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.web import render, translate

bp = Blueprint("admin", __name__, template_folder="templates")


@bp.get("/admin")
@requires(Right.ADMINISTER)
def index() -> ResponseReturnValue:
    """All organisations and people."""
    return _overview()


def _overview(form: str = "", error: DomainError | None = None) -> ResponseReturnValue:
    page = render(
        "admin/overview.html",
        organisations=studio_db.session.scalars(select(Organisation).order_by(Organisation.short_name)).all(),
        people=studio_db.session.scalars(select(Person).order_by(Person.user_name)).all(),
        form=form,
        error=translate(error.sentence) if error else None,
        values=request.form,
    )
    return page, 422 if error else 200


@bp.post("/admin/organisations")
@requires(Right.ADMINISTER)
def new_organisation() -> ResponseReturnValue:
    """Add an organisation."""
    titles = {language: request.form.get(f"title_{language}", "") for language in ("nb", "nn", "en")}
    try:
        made = add_organisation(
            studio_db.session, short_name=request.form.get("short_name", ""), titles=titles, now=now()
        )
    except DomainError as error:
        return _overview("organisation", error)
    studio_db.session.commit()
    flash(gettext("%(name)s was added.", name=made.title_nb), "success")
    return redirect(url_for("admin.members", org=made.short_name))


@bp.post("/admin/people")
@requires(Right.ADMINISTER)
def new_person() -> ResponseReturnValue:
    """Add a person."""
    try:
        made = add_person(
            studio_db.session,
            passwords(),
            user_name=request.form.get("user_name", ""),
            name=request.form.get("name", ""),
            email=request.form.get("email", ""),
            password=request.form.get("password", ""),
            now=now(),
        )
    except DomainError as error:
        return _overview("person", error)
    studio_db.session.commit()
    flash(gettext("%(name)s was added.", name=made.name), "success")
    return redirect(url_for("admin.person", user_name=made.user_name))


@bp.get("/admin/people/<user_name>")
@requires(Right.ADMINISTER)
def person(user_name: str) -> ResponseReturnValue:
    """One person."""
    return _person(_the_person(user_name))


def _person(somebody: Person, error: DomainError | None = None) -> ResponseReturnValue:
    page = render("admin/person.html", person=somebody, error=translate(error.sentence) if error else None)
    return page, 422 if error else 200


@bp.post("/admin/people/<user_name>/password")
@requires(Right.ADMINISTER)
def reset_password(user_name: str) -> ResponseReturnValue:
    """Give somebody a new password."""
    somebody = _the_person(user_name)
    try:
        set_password(somebody, passwords(), request.form.get("password", ""))
    except DomainError as error:
        return _person(somebody, error)
    studio_db.session.commit()
    flash(
        gettext("%(name)s has a new password, and was signed out everywhere.", name=somebody.name), "success"
    )
    return redirect(url_for("admin.person", user_name=user_name))


@bp.post("/admin/people/<user_name>/administrator")
@requires(Right.ADMINISTER)
def set_administrator(user_name: str) -> ResponseReturnValue:
    """Make somebody an administrator, or no longer one."""
    somebody = _the_person(user_name)
    wanted = request.form.get("administrator") == "1"
    if somebody.id == current_person().id and not wanted:
        error = DomainError(Sentence(N_("Let another administrator do this: you would lock yourself out.")))
        return _person(somebody, error)
    somebody.is_administrator = wanted
    studio_db.session.commit()
    flash(gettext("The change was saved."), "success")
    return redirect(url_for("admin.person", user_name=user_name))


@bp.get("/organisations/<org>/members")
@requires(Right.MANAGE_ORGANISATION)
def members(org: str) -> ResponseReturnValue:
    """Who is what in an organisation."""
    organisation = organisation_named(studio_db.session, org)
    people = sorted(
        {membership.person for membership in organisation.memberships}, key=lambda each: each.name
    )
    return render(
        "admin/members.html",
        organisation=organisation,
        people=[(each, _role_names(each, org)) for each in people],
    )


@bp.get("/organisations/<org>/member")
@requires(Right.MANAGE_ORGANISATION)
def member(org: str) -> ResponseReturnValue:
    """The roles of one person in an organisation; also of somebody who has none yet."""
    organisation = organisation_named(studio_db.session, org)
    return _member(organisation, _the_person(request.args.get("user_name", "")))


def _member(
    organisation: Organisation, somebody: Person, error: DomainError | None = None
) -> ResponseReturnValue:
    held = {
        (grant.role.value, grant.environment)
        for grant in somebody.grants
        if grant.organisation == organisation.short_name
    }
    page = render(
        "admin/member.html",
        organisation=organisation,
        person=somebody,
        choices=[(_code(grant), _words(grant), grant) for grant in _possible_grants(organisation.short_name)],
        held={f"{role}:{environment}" for role, environment in held},
        error=translate(error.sentence) if error else None,
    )
    return page, 422 if error else 200


@bp.post("/organisations/<org>/member")
@requires(Right.MANAGE_ORGANISATION)
def set_member(org: str) -> ResponseReturnValue:
    """Give a person exactly the chosen roles in an organisation."""
    organisation = organisation_named(studio_db.session, org)
    somebody = _the_person(request.form.get("user_name", ""))
    chosen = set(request.form.getlist("role"))
    grants = frozenset(grant for grant in _possible_grants(org) if _code(grant) in chosen)
    try:
        set_roles(studio_db.session, somebody, organisation, grants)
    except DomainError as error:
        studio_db.session.rollback()
        return _member(organisation, somebody, error)
    studio_db.session.commit()
    flash(gettext("The roles of %(name)s were saved.", name=somebody.name), "success")
    return redirect(url_for("admin.members", org=org))


def _the_person(user_name: str) -> Person:
    somebody = person_named(studio_db.session, user_name)
    if somebody is None:
        raise NotThere(Sentence(N_("There is nobody with the user name %(name)s."), {"name": user_name}))
    return somebody


def _possible_grants(org: str) -> list[Grant]:
    everywhere = [Grant(org, role) for role in Role if role is not Role.DEPLOYER]
    return everywhere + [Grant(org, Role.DEPLOYER, name) for name in environments()]


def _code(grant: Grant) -> str:
    return f"{grant.role.value}:{grant.environment}"


def _words(grant: Grant) -> str:
    name = translate(ROLE_NAMES[grant.role])
    return f"{name} ({grant.environment})" if grant.environment else name


def _role_names(somebody: Person, org: str) -> list[str]:
    return [_words(grant) for grant in _possible_grants(org) if grant in somebody.grants]
