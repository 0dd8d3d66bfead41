"""Checks of the Python hooks: syntax, signatures, imports, settings, and lists that are there twice."""

from collections.abc import Iterator

from studio.definition import form_paths as paths
from studio.definition.app import AppDefinition
from studio.definition.app_logic import AppLogic, logic_of
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
    yield from _unknown_fields(app, logic)
    for option_id, module in logic.option_lists.items():
        if option_id in app.option_ids:
            path, file = logic.files[module]
            sentence = Sentence(
                N_("The option list %(list)s is both a file and worked out; the file counts."),
                {"list": option_id},
            )
            remedy = Sentence(N_("Remove one of them."))
            yield Finding("double-options", "warning", Place(path, file.hooks["options"]), sentence, remedy)


def _unknown_fields(app: AppDefinition, logic: AppLogic) -> Iterator[Finding]:
    """Fields that hooks name and no data model has: one that was renamed is read as one without an answer."""
    models = [model for kind in app.metadata.data_types if (model := app.model(kind.id)) is not None]
    for path, file in logic.files.values():
        for field, line in file.fields if models else ():
            if not any(model.field(paths.without_indexes(field)) for model in models):
                sentence = Sentence(
                    N_("The code names the field %(field)s, which no data model of the app has."),
                    {"field": field},
                )
                yield Finding(
                    "missing-field", "warning", Place(path, line), sentence, Sentence(N_("Correct the name."))
                )
