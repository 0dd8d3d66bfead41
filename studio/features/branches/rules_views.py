"""HTTP of the rules that protect branches: of one app, and of all apps of its organisation."""

from collections.abc import Mapping

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.features import repositories
from studio.features.branches.blueprint import bp
from studio.features.branches.views import title_of
from studio.history.branch_rules import DEFAULT, EVERY_APP, BranchRule, own_rules, remove_rule, set_rule
from studio.history.repository import MAIN
from studio.reviews.checks import CHECKS
from studio.web import render, translate


@bp.app_template_filter()
def check_label(name: str) -> str:
    """What people call a check; its name where it is none of ours."""
    return translate(CHECKS[name].label) if name in CHECKS else name


@bp.get("/<org>/<app>/branches/rules")
@requires(Right.VIEW)
def rules(org: str, app: str) -> ResponseReturnValue:
    """The rules; `pattern` and `for` choose one to change."""
    repositories().open(org, app)
    chosen, whose = request.args.get("pattern"), _whose(app, request.args)
    there = {rule.pattern: rule for rule in own_rules(studio_db.session, org, whose)}
    return _page(org, app, there.get(chosen or "") or BranchRule(chosen or ""), whose)


@bp.post("/<org>/<app>/branches/rules")
@requires(Right.MANAGE_ORGANISATION)
def save_rule(org: str, app: str) -> ResponseReturnValue:
    """Make a rule, or change the one with this pattern."""
    repositories().open(org, app)
    rule, whose = _read(request.form), _whose(app, request.form)
    try:
        set_rule(studio_db.session, org, whose, rule, now())
    except DomainError as error:
        studio_db.session.rollback()
        return _page(org, app, rule, whose, translate(error.sentence)), 422
    studio_db.session.commit()
    flash(gettext("The rule for “%(branch)s” is saved.", branch=rule.pattern), "success")
    return redirect(url_for(".rules", org=org, app=app))


@bp.post("/<org>/<app>/branches/rules/remove")
@requires(Right.MANAGE_ORGANISATION)
def remove_the_rule(org: str, app: str) -> ResponseReturnValue:
    """Take a rule away; what counts then is the organisation's, or the usual."""
    pattern = request.form.get("pattern", "")
    remove_rule(studio_db.session, org, _whose(app, request.form), pattern)
    studio_db.session.commit()
    flash(gettext("The rule for “%(branch)s” is removed.", branch=pattern), "success")
    return redirect(url_for(".rules", org=org, app=app))


def _whose(app: str, given: Mapping[str, str]) -> str:
    return EVERY_APP if given.get("for") == "organisation" else app


def _read(form: Mapping[str, str]) -> BranchRule:
    approvals = form.get("approvals", "")
    return BranchRule(
        pattern=form.get("pattern", "").strip(),
        by_review="by_review" in form,
        approvals=int(approvals) if approvals.isascii() and approvals.isdigit() else -1,
        checks=tuple(name for name in CHECKS if f"check-{name}" in form),
        owners_may_pass="owners_may_pass" in form,
        may_force="may_force" in form,
        may_delete="may_delete" in form,
    )


def _page(org: str, app: str, rule: BranchRule, whose: str, error: str | None = None) -> str:
    lists = [
        ("app", own_rules(studio_db.session, org, app)),
        ("organisation", own_rules(studio_db.session, org, EVERY_APP)),
        ("default", DEFAULT),
    ]
    return render(
        "branches/rules.html",
        org=org,
        app=app,
        app_title=title_of(repositories().open(org, app)),
        lists=lists,
        main_has_a_rule=any(rule.pattern == MAIN for _, rules in lists[:2] for rule in rules),
        rule=rule,
        whose="organisation" if whose == EVERY_APP else "app",
        checks=CHECKS,
        error=error,
    )
