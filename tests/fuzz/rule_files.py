"""Files of examples and of old rules as Studio reads them; nothing of them is run.

`python -m tests.fuzz.rule_files`; the arguments are those of libFuzzer (-max_total_time=600 and so on).
"""

import sys

import atheris

with atheris.instrument_imports(
    include=["studio.definition.rules.old_rules", "studio.definition.rules.examples"]
):
    from studio.definition.app import AppDefinition
    from studio.definition.files import MemoryFiles
    from studio.definition.rules.examples import all_examples
    from studio.definition.rules.old_rules import old_rules_of, proposals

FOLDER = "App/ui/form"
RULE = b"""{"selectedFunction": "f", "selectedAction": "Show", "inputParams": {"x": "x", "y": "y"},
 "selectedFields": {"b": "field"}}"""
CONFIGURATION = b'{"data": {"conditionalRendering": {"a": ' + RULE + b"}}}"
PAGE = b'{"data": {"layout": [{"id": "field", "type": "Input"}]}}'
SETS = b'{"sets": [{"id": "form", "dataType": "model", "tasks": ["Task_1"]}]}'


def try_one(data: bytes) -> None:
    """What is wrong is told, and never raised."""
    function = b"var conditionalRuleHandlerObject = {f: (obj) => " + data + b"};"
    for configuration, handler in ((CONFIGURATION, data), (CONFIGURATION, function), (data, function)):
        files = {
            "App/ui/layout-sets.json": SETS,
            f"{FOLDER}/layouts/page.json": PAGE,
            f"{FOLDER}/RuleConfiguration.json": configuration,
            f"{FOLDER}/RuleHandler.js": handler,
            "App/tests/rules/model.json": data,
        }
        app = AppDefinition(MemoryFiles(files))
        for old in old_rules_of(app):
            assert len(proposals(app, old)) == len(old.rules)
        list(all_examples(app))


def main() -> None:
    """Try until the time is over."""
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
