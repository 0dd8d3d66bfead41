"""RuleConfiguration.json: which function of RuleHandler.js decides about what (app-format.md 6.7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.field_references import read_path
from studio.definition.layouts import LayoutSet
from studio.definition.rules.problems import pointer

Action = Literal["show", "hide", "write"]

# What RuleHandler.js calls the objects that hold the functions.
CONDITIONS: Final = "conditionalRuleHandlerObject"
CALCULATIONS: Final = "ruleHandlerObject"
# More than any form has, and little enough to be read at once.
_LONGEST: Final = 500_000


@dataclass(frozen=True, slots=True)
class OldRule:
    """One rule. `inputs` is parameter -> path without marks of rows.

    "show" and "hide": `targets` are ids of components; "write": the field that gets the result. `rows` says
    whether it is asked in every row of a repeating group. `pointer` is its place in the configuration.
    """

    id: str
    action: Action
    function: str
    inputs: Mapping[str, str]
    targets: tuple[str, ...]
    rows: bool
    pointer: str

    @property
    def holder(self) -> str:
        """The object of RuleHandler.js that has the function."""
        return CALCULATIONS if self.action == "write" else CONDITIONS


@dataclass(frozen=True, slots=True)
class OldRules:
    """The old rules of one form, and the code of their functions ("" where there is none)."""

    layout_set: LayoutSet
    rules: tuple[OldRule, ...]
    code: str


def old_rules_of(app: AppDefinition) -> tuple[OldRules, ...]:
    """The old rules of every form that has some."""
    found = (read_old_rules(app, layout_set) for layout_set in app.layout_sets)
    return tuple(each for each in found if each.rules)


def read_old_rules(app: AppDefinition, layout_set: LayoutSet) -> OldRules:
    """The old rules of a form. Never raises: what is no rule is left out."""
    content = app.json(app.paths.rule_configuration(layout_set.folder))
    data = content.get("data") if isinstance(content, Mapping) else None
    code = app.files.get(app.paths.rule_handler(layout_set.folder), b"")
    text = code[:_LONGEST].decode("utf-8-sig", errors="replace")
    return OldRules(layout_set, tuple(_rules(data if isinstance(data, Mapping) else {})), text)


def _rules(data: Mapping[str, Any]) -> Iterator[OldRule]:
    for section in ("conditionalRendering", "ruleConnection"):
        listed = data.get(section)
        for rule_id, given in listed.items() if isinstance(listed, Mapping) else ():
            if isinstance(given, Mapping) and isinstance(given.get("selectedFunction"), str):
                yield _rule(section, rule_id, given)


def _rule(section: str, rule_id: str, given: Mapping[str, Any]) -> OldRule:
    where = pointer("data", section, rule_id)
    inputs = {name: _plain(path) for name, path in _texts(given.get("inputParams"))}
    function = str(given["selectedFunction"])
    if section == "ruleConnection":
        written = tuple(_plain(path) for _, path in _texts(given.get("outParams")))
        rows = any(_is_in_rows(path) for _, path in _texts(given.get("outParams")))
        return OldRule(rule_id, "write", function, inputs, written[:1], rows, where)
    action: Action = "hide" if str(given.get("selectedAction", "")).lower() == "hide" else "show"
    named = tuple(name for _, name in _texts(given.get("selectedFields")))
    components = dict.fromkeys(name.split("{")[0] for name in named)
    rows = "repeatingGroup" in given or any("{" in name for name in named)
    return OldRule(rule_id, action, function, inputs, tuple(components), rows, where)


def _texts(value: Any) -> list[tuple[str, str]]:
    members = value.items() if isinstance(value, Mapping) else ()
    return [(key, text) for key, text in members if isinstance(text, str) and text]


def _is_in_rows(path: str) -> bool:
    return "{" in path


def _plain(path: str) -> str:
    """A path without marks for the row that is looked at; rows that are numbered stay."""
    found = read_path(path)
    if found is None:
        return path
    return ".".join(name + (marks if "{" not in marks else "") for name, marks in found.parts)
