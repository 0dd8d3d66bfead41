"""HTTP of the old rules: what each one does, what it would become, and the change that makes it so."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import ConvertOldRules
from studio.definition.errors import DomainError, NotThere
from studio.definition.layouts import LayoutSet
from studio.definition.rules.old_rules import OldRule, old_rules_of
from studio.definition.rules.sentences import Names, Wording, read
from studio.definition.sentences import N_, Sentence
from studio.features import author
from studio.features.rules.blueprint import bp
from studio.features.rules.old_rules_engine import Judged, judged
from studio.features.rules.saying import Said, spoken
from studio.features.rules.views import frame
from studio.features.rules.workplace import Workplace, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import render, translate
from studio.web.language import current_language

_TITLES = {"show": N_("Show %(targets)s"), "hide": N_("Hide %(targets)s"), "write": N_("Fill in %(targets)s")}
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Row:
    """An old rule in the list. `becomes` and `tried` are there where it can be converted."""

    id: str
    title: Said
    inputs: tuple[tuple[str, str], ...]
    function: str
    code: str
    line: int
    becomes: Said | None
    tried: int
    why_not: str


@dataclass(frozen=True, slots=True)
class Section:
    """The old rules of one form."""

    layout_set: str
    rows: tuple[Row, ...]

    @property
    def convertible(self) -> int:
        """How many can be converted."""
        return sum(row.becomes is not None for row in self.rows)


@bp.get("/<org>/<app>/rules/old", endpoint="old_rules")
@requires(Right.VIEW)
def old_rules(org: str, app: str) -> ResponseReturnValue:
    """The old rules of all forms, each with what it would become."""
    return _page(workplace(org, app, current_language()))


@bp.post("/<org>/<app>/rules/old", endpoint="convert_old_rules")
@requires(Right.EDIT)
def convert(org: str, app: str) -> ResponseReturnValue:
    """The chosen rules of a form become expressions, in one change."""
    work = workplace(org, app, current_language())
    found = {old.layout_set.id: old for old in old_rules_of(work.app)}
    form = request.form.get("form", "")
    if form not in found:
        raise NotThere(Sentence(N_("The form has no old rules any more.")))
    wanted = set(request.form.getlist("rule"))
    chosen = {
        each.proposal.rule.id: each.proposal.expression
        for each in judged(work, found[form])
        if each.why_not is None and each.proposal.rule.id in wanted
    }
    if not chosen:
        return _page(work, gettext("Choose at least one rule that can be converted.")), 422
    try:
        work.draft.apply(ConvertOldRules(form, chosen), work.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _page(work, translate(problem.sentence)), 422
    return redirect(url_for("rules.index", org=org, app=app))


def _page(work: Workplace, problem: str = "") -> str:
    sections = [
        Section(old.layout_set.id, tuple(_row(work, old.layout_set, each) for each in judged(work, old)))
        for old in old_rules_of(work.app)
    ]
    return render("rules/old_rules.html", **frame(work, "old"), sections=sections, problem=problem)


def _row(work: Workplace, form: LayoutSet, found: Judged) -> Row:
    proposal, rule = found.proposal, found.proposal.rule
    names = work.names(form, form.data_type)
    function = proposal.function
    return Row(
        rule.id,
        spoken(_title(rule, names)),
        tuple((name, names.field(path).text) for name, path in rule.inputs.items()),
        rule.function,
        function.text if function else "",
        function.line if function else 0,
        spoken(_becomes(rule, proposal.expression, names)) if found.why_not is None else None,
        len(proposal.samples),
        translate(found.why_not) if found.why_not is not None else "",
    )


def _title(rule: OldRule, names: Names) -> Sentence:
    label = names.field if rule.action == "write" else names.component
    told = [label(target) for target in rule.targets[:_MOST_NAMED]]
    values: dict[str, Any] = {f"p{place}": each for place, each in enumerate(told)}
    listed = Sentence(", ".join(f"%({key})s" for key in values), values)
    left = len(rule.targets) - len(told)
    if left > 0:
        listed = Sentence(N_("%(listed)s and %(count)s more"), {"listed": listed, "count": left})
    return Sentence(_TITLES[rule.action], {"targets": listed})


def _becomes(rule: OldRule, expression: Any, names: Names) -> Sentence:
    wording = Wording(names)
    if rule.action == "write":
        return Sentence(N_("Worked out as %(value)s"), {"value": wording.value(read(expression))})
    shows = rule.action == "show"
    message = N_("Shown when %(condition)s") if shows else N_("Hidden when %(condition)s")
    return Sentence(message, {"condition": wording.condition(read(expression), denied=shows)})
