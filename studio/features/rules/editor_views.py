"""HTTP of the editor of one rule: the page, its parts, and one address for every step."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import Change
from studio.definition.errors import DomainError
from studio.definition.expressions.checking.problems import mended
from studio.definition.rules.checking import problems_at
from studio.definition.rules.sentences import read, turned, write
from studio.definition.sentences import N_, Sentence
from studio.features import author
from studio.features.rules import editor
from studio.features.rules.blueprint import bp
from studio.features.rules.changing import remove_rule, set_expression
from studio.features.rules.code import checked, dialect
from studio.features.rules.editor import View
from studio.features.rules.json_input import read_json
from studio.features.rules.messages import message_change
from studio.features.rules.rule import Rule, rule_at
from studio.features.rules.steps import Done, Form, WrongValue, taken
from studio.features.rules.workplace import workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import is_htmx, translate
from studio.web.editing import Answer, fragments
from studio.web.language import current_language

RULE = "/<org>/<app>/rules/of/<path:rule>"


@bp.get(RULE, endpoint="rule")
@requires(Right.EDIT)
def rule_page(org: str, app: str, rule: str) -> ResponseReturnValue:
    """The editor of a rule, or the form with which one begins."""
    return editor.whole_page(View(_here(org, app, rule), request.args.get("selected", "")))


@bp.get(f"{RULE}/panel", endpoint="rule_panel")
@requires(Right.EDIT)
def panel(org: str, app: str, rule: str) -> ResponseReturnValue:
    """The panel of the part that is chosen."""
    return fragments(editor.panel_part(View(_here(org, app, rule), request.args.get("selected", ""))))


@bp.get(f"{RULE}/changes", endpoint="rule_changes")
@requires(Right.EDIT)
def changes(org: str, app: str, rule: str) -> ResponseReturnValue:
    """Everything that may have changed since what the browser shows."""
    view = View(_here(org, app, rule), request.args.get("selected", ""))
    return fragments(editor.changed_parts(view))


@bp.post(f"{RULE}/edits", endpoint="rule_edits")
@requires(Right.EDIT)
def edits(org: str, app: str, rule: str) -> ResponseReturnValue:
    """One step: carried out on the draft, answered with the parts of the editor that look different now."""
    form = request.form
    before = _here(org, app, rule, form.get("turned_from", ""))
    try:
        change, done = _asked(before, form)
        if change is not None:
            base = form.get("base") or before.work.revision
            before.work.draft.apply(change, base, author(), now(), form.get("edit_id") or None)
    except (StaleEdit, Conflict, Busy):
        raise  # 409: the browser keeps the edit
    except DomainError as problem:
        return _refused(before, form, problem)
    facing = form["value"] if form.get("do") == "facing" else before.facing
    after = rule_at(workplace(org, app, before.work.language), rule, facing)
    if not is_htmx():
        return redirect(
            editor.address(after, "rule", selected=done.chosen or None, facing=after.facing or None)
        )
    # Who does not see the sentence hears what the rule does now.
    answer = Answer(say=editor.words_of(after) or translate(done.say or ""), focus=done.focus)
    return fragments(editor.changed_parts(View(after, done.chosen, answer), code=form.get("do") != "code"))


def _here(org: str, app: str, rule: str, facing: str = "") -> Rule:
    """The rule of the request, looked at as it says (or as `facing` says)."""
    language = request.values.get("lang", "") or current_language()
    return rule_at(workplace(org, app, language), rule, facing or request.values.get("facing", ""))


def _asked(rule: Rule, form: Form) -> tuple[Change | None, Done]:
    """The change that a form asks for (None: all is that way already), and what is shown after it."""
    app, do = rule.work.app, form.get("do", "")
    if do == "remove_rule":
        return remove_rule(app, rule.address), Done(None, say=Sentence(N_("The rule was removed.")))
    if do == "code":
        stored = read_json(form.get("text", ""))
        unchanged = rule.exists and stored == rule.place.expression
        return None if unchanged else set_expression(app, rule.address, stored), Done(stored)
    if do in {"message", "severity", "at_once"}:
        return message_change(rule, form), Done(None)
    if do == "mend":
        return _mended(rule, form), Done(None)
    if do == "facing":
        turns = rule.facing and form.get("value") in {"show", "hide"} and form["value"] != rule.facing
        stored = write(turned(read(rule.place.expression)))
        return set_expression(app, rule.address, stored) if turns else None, Done(None, focus="facing")
    done = taken(rule, form)
    if done.expression is None:
        return remove_rule(app, rule.address), done
    return rule.change(done.expression), done


def _mended(rule: Rule, form: Form) -> Change:
    number = form.get("number", "")
    problems = problems_at(rule.work.app, rule.place)
    if not number.isdecimal() or len(number) > 4 or int(number) >= len(problems):
        raise DomainError(Sentence(N_("This is mended already.")))
    return set_expression(rule.work.app, rule.address, mended(rule.place.expression, problems[int(number)]))


def _refused(rule: Rule, form: Form, problem: DomainError) -> ResponseReturnValue:
    """422 with the problem said at the part it is about, or above the editor."""
    words, chosen = translate(problem.sentence), form.get("selected", "")
    answer = Answer(problem=words)
    if isinstance(problem, WrongValue):
        answer = Answer(problems={f"literal/{problem.path}": words}, written={problem.path: form["value"]})
    code = form.get("text") if form.get("do") == "code" else None
    view = View(rule, chosen, answer, code)
    if is_htmx():
        return fragments(editor.refused_parts(view), 422)
    return editor.whole_page(view), 422


@bp.post(f"{RULE}/check", endpoint="check_code")
@requires(Right.EDIT)
def check_code(org: str, app: str, rule: str) -> ResponseReturnValue:
    """What there is to say about code that is being written."""
    return checked(_here(org, app, rule), request.form.get("text", ""))


@bp.get(f"{RULE}/dialect", endpoint="dialect")
@requires(Right.EDIT)
def code_dialect(org: str, app: str, rule: str) -> ResponseReturnValue:
    """What can be written, for suggestions and help."""
    return dialect(_here(org, app, rule))
