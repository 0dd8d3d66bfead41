"""The page of the rule editor and its parts, as HTML."""

from dataclasses import dataclass, field
from typing import Any, Final

from flask import url_for
from flask_babel import gettext

from studio.definition.expressions.calls import calls_of
from studio.definition.expressions.checking import Problem
from studio.definition.rules.checking import problems_at
from studio.definition.rules.sentences import FUNCTIONS, Path, at, rule_sentence
from studio.definition.rules.sentences.function import Family
from studio.features.rules.boxes import Box, Boxes, as_text, digest, plain
from studio.features.rules.marks import findings_of, marks_of
from studio.features.rules.messages import LEVEL_NAMES, message_of
from studio.features.rules.naming import Option
from studio.features.rules.rule import Rule
from studio.features.rules.saying import Said, spoken
from studio.features.rules.steps import read_path
from studio.features.rules.things import written
from studio.features.rules.titles import title_of
from studio.features.rules.views import frame
from studio.web import code_editor, editing, render, translate
from studio.web.editing import Answer

_TEMPLATE: Final = "rules/rule.html"
# With more questions than these, the menus of a page share one list of them.
_FEW_FIELDS: Final = 40
_LONGEST_LINE: Final = 60
# Calls and what is given to them in a rule that is still shown as boxes, each of which is several fields.
_MOST_PARTS: Final = 1200


@dataclass(frozen=True, slots=True)
class View:
    """A rule, what of it is chosen, and what is said about the last step."""

    rule: Rule
    chosen: str = ""
    answer: Answer = field(default_factory=Answer)
    code: str | None = None  # what somebody wrote that cannot be read


def whole_page(view: View) -> str:
    """The editor."""
    return render(_TEMPLATE, **_context(view))


def changed_parts(view: View, *, code: bool = True) -> str:
    """Everything that may be another one after a step."""
    return _parts(view, "state", "sentence", "tree", "message", "panel", *(["code"] if code else []))


def panel_part(view: View) -> str:
    """What is chosen."""
    return _parts(view, "panel")


def refused_parts(view: View) -> str:
    """What is said about a step that was not possible."""
    return _parts(view, "state", "tree", "message")


def state_part(view: View) -> str:
    """What is said beside the parts."""
    return _parts(view, "state")


def address(rule: Rule, endpoint: str, **more: Any) -> str:
    """The address of a view of this rule."""
    return url_for(
        f"rules.{endpoint}", org=rule.work.org, app=rule.work.app_name, rule=str(rule.address), **more
    )


def code_of(expression: Any) -> str:
    """An expression as people write it: what is short stays on one line."""
    return _written(expression, 0)


def _written(value: Any, depth: int) -> str:
    line = as_text(value)
    if not isinstance(value, list) or len(line) + depth <= _LONGEST_LINE or len(value) < 2:
        return line
    inside = " " * (depth + 2)
    parts = [_written(part, depth + 2) for part in value[1:]]
    return f"[{as_text(value[0])},\n" + ",\n".join(inside + part for part in parts) + "\n" + " " * depth + "]"


def words_of(rule: Rule) -> str:
    """The rule on one line; "" where there is none."""
    found = _sentence(rule)
    return found.text if found else ""


def _sentence(rule: Rule) -> Said | None:
    """The rule in words, said from the side from which it is looked at."""
    if not rule.exists:
        return None
    shows = rule.facing == "show" if rule.facing else None
    return spoken(rule_sentence(rule.place, rule.names, shows=shows))


def _code(view: View) -> str:
    """The code as it is stored, or as somebody wrote it."""
    if view.code is not None:
        return view.code
    return code_of(view.rule.place.expression) if view.rule.exists else ""


def _parts(view: View, *names: str) -> str:
    context = _context(view)
    return "\n".join(render(_TEMPLATE, block=name, **context) for name in names)


def _context(view: View) -> dict[str, Any]:
    """What every part needs."""
    rule, work = view.rule, view.rule.work
    problems = problems_at(work.app, rule.place) if rule.exists else ()
    fits = sum(1 + len(call.arguments) for call in calls_of(rule.place.expression)) <= _MOST_PARTS
    made = boxes_of(rule, problems) if rule.exists and fits else None
    whole = made.whole(rule.node, is_condition=rule.is_condition) if made else None
    fields = _fields(rule)
    marks = marks_of(problems)
    question = work.things.question(rule.about)
    return {
        **frame(work, "rule"),
        "shell": "app_shell.html",
        "page_title": title_of(rule),
        "page_address": address(rule, "rule"),
        "edits_address": address(rule, "rule_edits"),
        "check_address": address(rule, "check_code"),
        "dialect_address": address(rule, "dialect"),
        "start_address": url_for("rules.index", org=work.org, app=work.app_name),
        "graph_address": url_for("rules.graph", org=work.org, app=work.app_name, around=written(question)),
        "place_address": work.things.address(work.org, work.app_name, question),
        "part_address": lambda path: address(rule, "rule", selected=path, facing=rule.facing or None),
        "rule": rule,
        "rule_address": str(rule.address),
        "place": rule.place,
        "language": work.language,
        "revision": work.revision,
        "selected": [view.chosen] if view.chosen else [],
        "more": False,
        "chosen_path": view.chosen or None,
        "exists": rule.exists,
        "is_condition": rule.is_condition,
        "facing": rule.facing,
        "sentence": _sentence(rule),
        "findings": findings_of(rule, problems),
        "whole": whole,
        "part": _chosen(rule, whole, view.chosen),
        "fields": _grouped(fields),
        "field_values": {each.value for each in fields},
        "all_fields_inline": len(fields) <= _FEW_FIELDS,
        "functions": _functions(rule),
        "modes": _modes(),
        "code": _code(view),
        "code_marks": marks,
        "code_words": code_editor.check_words(marks),
        "code_phrases": code_editor.phrases(),
        "phrases": editing.phrases(),
        "answer": view.answer,
        "message": message_of(rule),
        "levels": LEVEL_NAMES,
    }


def boxes_of(rule: Rule, problems: tuple[Problem, ...]) -> Boxes:
    """What makes the boxes of a rule, with what is wrong at each part."""
    told: dict[Path, tuple[str, ...]] = {}
    for problem in problems:
        path = rule.path_of(problem.at)
        told[path] = (*told.get(path, ()), translate(problem.sentence).replace("*", ""))
    choices = tuple(Option(as_text(value), str(value)) for value in rule.place.choices)
    return Boxes(rule.offers, rule.wording, rule.named, told, choices)


def _fields(rule: Rule) -> tuple[Option, ...]:
    """What can be asked about: questions by page, then what is asked nowhere, then columns and lists."""
    elsewhere, lists = gettext("Not on a page"), gettext("All rows")
    offers = rule.offers
    return (
        *(
            Option(as_text(each.expression), plain(each.label), each.page.text if each.page else elsewhere)
            for each in offers.fields
        ),
        *(Option(as_text(each.expression), plain(each.label), lists) for each in offers.lists),
    )


def _grouped(options: tuple[Option, ...]) -> list[tuple[str, list[Option]]]:
    """Options under their pages, in the order in which these come first."""
    found: dict[str, list[Option]] = {}
    for each in options:
        found.setdefault(each.detail, []).append(each)
    return list(found.items())


def _functions(rule: Rule) -> list[tuple[str, list[Option]]]:
    """The functions that work here, by family; logic has buttons of its own."""
    families: dict[Family, str] = {
        "number": gettext("Numbers"),
        "text": gettext("Texts"),
        "date": gettext("Dates"),
        "logic": gettext("Choices"),
        "lookup": gettext("Facts and answers"),
        "list": gettext("Lists"),
        "link": gettext("Links"),
    }
    offered = [each for each in rule.offers.functions() if each.name not in {"and", "or", "not"}]
    found = [
        (
            words,
            [
                Option(each.name, translate(each.label), translate(each.help))
                for each in offered
                if each.family == family
            ],
        )
        for family, words in families.items()
    ]
    return [(words, options) for words, options in found if options]


def _modes() -> list[tuple[str, str]]:
    return [
        ("and", gettext("All of these are true")),
        ("or", gettext("At least one of these is true")),
        ("nand", gettext("Not all of these are true")),
        ("nor", gettext("None of these is true")),
    ]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The part that the panel is about."""

    path: str
    was: str
    words: str
    box: Box
    in_group: bool  # so that it can be moved up and down there
    is_condition: bool
    help: str = ""
    example: str = ""


def _chosen(rule: Rule, whole: Box | None, chosen: str) -> Chosen | None:
    if whole is None or not chosen:
        return None
    path = read_path(chosen) if chosen != "whole" else ()
    node = at(rule.node, path)
    box = _find(whole, ".".join(str(step) for step in path))
    if node is None or box is None:
        return None
    words = rule.wording.condition(node) if box.is_condition else rule.wording.value(node)
    around = at(rule.node, path[:-1]) if path else None
    known = FUNCTIONS.get(box.chosen) if box.look == "function" else None
    return Chosen(
        box.path,
        digest(rule.expression if not path else _written_part(rule, path)),
        plain(words),
        box,
        in_group=type(around).__name__ == "Group",
        is_condition=box.is_condition,
        help=translate(known.help) if known else "",
        example=as_text(known.example) if known else "",
    )


def _written_part(rule: Rule, path: Path) -> Any:
    value = rule.expression
    for place in path:
        value = value[place]
    return value


def _find(box: Box, path: str) -> Box | None:
    if box.path == path and not box.is_whole:
        return box
    return next((found for inner in box.inside if (found := _find(inner, path)) is not None), None)
