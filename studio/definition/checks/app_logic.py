"""Checks of the Python hooks: syntax, signatures, imports, settings, and lists that are there twice."""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.app_logic import logic_of
from studio.definition.checks.places import Placing
from studio.definition.findings import Finding, Place
from studio.definition.sentences import N_, Sentence


def check_app_logic(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Everything that is wrong in App/logic, file by file."""
    logic = logic_of(app)
    for path, problem in logic.problems:
        place = Place(path, problem.line)
        yield Finding(problem.code, problem.severity, place, problem.sentence, problem.remedy)
    for problem in logic.settings.problems:
        place = placing.in_json(app.paths.logic_settings, problem.pointer or "")
        yield Finding(problem.code, problem.severity, place, problem.sentence, problem.remedy)
    for option_id, module in logic.option_lists.items():
        if option_id in app.option_ids:
            path, file = logic.files[module]
            sentence = Sentence(
                N_("The option list %(list)s is both a file and worked out; the file counts."),
                {"list": option_id},
            )
            remedy = Sentence(N_("Remove one of them."))
            yield Finding("double-options", "warning", Place(path, file.hooks["options"]), sentence, remedy)
