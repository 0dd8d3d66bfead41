"""Checks of rules by their examples: what a rule gives is what somebody said it must give."""

from collections.abc import Iterator
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.findings import Finding
from studio.definition.rules.examples import Ran, all_examples, complaint, run_examples
from studio.definition.sentences import N_, Sentence

_REMEDY: Final = N_("Correct the rule, or the example.")
_REMEDY_GONE: Final = N_("Remove the example, or write the rule again.")


def check_examples(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Every example that does not hold, that is for no rule, or that cannot be read."""
    for path in app.files.under(app.paths.examples_folder):
        if path.endswith(".json") and app.json(path) is None:
            sentence = Sentence(N_("The examples in %(path)s cannot be read."), {"path": path})
            yield finding("bad-examples", "warning", placing.in_json(path, ""), sentence, _CORRECT)
    for data_type, found in all_examples(app):
        path = app.paths.examples(data_type)
        for problem in found.problems:
            place = placing.in_json(path, problem.pointer, "/examples")
            yield finding(problem.code, problem.severity, place, problem.sentence, _CORRECT)
    for ran in run_examples(app):
        wrong = complaint(app, ran)
        if wrong is not None:
            yield _finding(app, placing, ran, wrong)


_CORRECT: Final = N_("Correct the file in the code view.")


def _finding(app: AppDefinition, placing: Placing, ran: Ran, sentence: Sentence) -> Finding:
    if ran.place is None:
        place = placing.in_json(app.paths.examples(ran.data_type), ran.example.pointer, "/examples")
        return finding("example-without-rule", "warning", place, sentence, _REMEDY_GONE)
    rule = ran.place
    if rule.component is not None and rule.page is not None:
        place = placing.component(rule.page, rule.component)
    elif rule.file.endswith(".json"):
        more = {"layout_set": rule.page.layout_set, "page": rule.page.name} if rule.page else {}
        place = placing.in_json(rule.file, rule.pointer, **more)
    else:
        place = placing.in_json(app.paths.examples(ran.data_type), ran.example.pointer, "/examples")
    return finding("failed-example", "error", place, sentence, _REMEDY)
