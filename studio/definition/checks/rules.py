"""Checks of the rules beside the data models: prefill, calculation, validation."""

from collections.abc import Iterator
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing
from studio.definition.findings import Finding
from studio.definition.rules import problems_of
from studio.definition.sentences import N_, Sentence

_RULE_FILES: Final = (".validation.json", ".calculation.json", ".prefill.json")
_REMEDIES: Final = {
    "missing-rule-field": N_("Choose another field, or remove the rule."),
    "wrong-prefill-field": N_("Choose another field, or remove the rule."),
}
_REMEDY: Final = N_("Correct the rule.")


def check_rules(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """The rules of every data type, and rules of data types that do not exist."""
    read: set[str] = set()
    for kind in app.metadata.data_types:
        paths = app.paths
        read.update((paths.validation(kind.id), paths.calculation(kind.id), paths.prefill(kind.id)))
        for path, problem in problems_of(app, kind.id):
            if problem.code == "bad-expression":
                continue  # the check of expressions says more
            place = placing.in_json(path, problem.pointer)
            remedy = Sentence(_REMEDIES.get(problem.code, _REMEDY))
            yield Finding(problem.code, problem.severity, place, problem.sentence, remedy)
    for path in app.files.under(app.paths.models_folder):
        if path.endswith(_RULE_FILES) and path not in read:
            text = N_("The rules in %(path)s are for a data type that the app does not have.")
            advice = Sentence(N_("Name the file for a data type, or remove it."))
            place = placing.in_json(path, "")
            yield Finding("unused-rules", "advice", place, Sentence(text, {"path": path}), advice)
