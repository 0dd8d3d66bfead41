"""Checks of a pull request: what the app would be after the merge is held against rules.

A check is a function of the app's files, kept by their content. Those here are quick and run at once; what
takes a browser or a queue can give its results as the same `CheckResult`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from studio.definition.app import AppDefinition, app_definition
from studio.definition.checks import check
from studio.definition.content_cache import ContentCache
from studio.definition.files import Files
from studio.definition.findings import Finding
from studio.definition.rules.examples import complaint, run_examples
from studio.definition.sentences import N_, Sentence

CheckState = Literal["passed", "failed", "running"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check went, and in which sentences it says so. `name` is one of CHECKS."""

    name: str
    state: CheckState
    summary: Sentence
    details: tuple[Sentence, ...] = ()


# By the names that branch rules and the database know them by.
APP_CHECK: Final = "app_check"
RULE_EXAMPLES: Final = "rule_examples"
_MOST_DETAILS: Final = 50


def _app_check(app: AppDefinition) -> CheckResult:
    found = {each.key: each.sentence for each in (*app.findings, *check(app)) if _is_error(each)}
    errors = tuple(found.values())
    summary = (
        Sentence(N_("The app can be deployed."))
        if not errors
        else Sentence(N_("Errors that stand in the way of deploying: %(count)s."), {"count": len(errors)})
    )
    return _result(APP_CHECK, errors, summary)


def _is_error(found: Finding) -> bool:
    """Examples that do not hold have a check of their own."""
    return found.severity == "error" and found.code != "failed-example"


def _rule_examples(app: AppDefinition) -> CheckResult:
    ran = run_examples(app)
    wrong = tuple(said for each in ran if (said := complaint(app, each)) is not None)
    summary = (
        Sentence(N_("%(count)s of %(all)s examples do not hold."), {"count": len(wrong), "all": len(ran)})
        if wrong
        else Sentence(N_("Every example holds (%(count)s)."), {"count": len(ran)})
        if ran
        else Sentence(N_("The app has no examples of its rules."))
    )
    return _result(RULE_EXAMPLES, wrong, summary)


def _result(name: str, wrong: tuple[Sentence, ...], summary: Sentence) -> CheckResult:
    return CheckResult(name, "failed" if wrong else "passed", summary, wrong[:_MOST_DETAILS])


@dataclass(frozen=True, slots=True)
class Check:
    """A check that can be required: its name, what people call it, and how it is done."""

    name: str
    label: Sentence
    run: Callable[[AppDefinition], CheckResult]


CHECKS: Final[Mapping[str, Check]] = {
    each.name: each
    for each in (
        Check(APP_CHECK, Sentence(N_("App check")), _app_check),
        Check(RULE_EXAMPLES, Sentence(N_("Examples of rules")), _rule_examples),
    )
}
_DONE: Final[ContentCache[tuple[CheckResult, ...]]] = ContentCache(128)


def results_of(files: Files) -> tuple[CheckResult, ...]:
    """All checks of an app's files, in the order in which they are shown."""

    def done() -> tuple[CheckResult, ...]:
        app = app_definition(files)
        return tuple(each.run(app) for each in CHECKS.values())

    return _DONE.get(files.tree_id, done)
