"""App/tests/rules/{data type}.json: what rules are expected to give for some answers (decision 0018)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.form_paths import BadPath, parse
from studio.definition.rules.examples.rule_names import RuleName, read_rule_name
from studio.definition.rules.problems import Problem, pointer
from studio.definition.sentences import N_, Sentence

# Who can be said to fill in the form: what instanceContext gives for the kind of its owner.
OWNERS: Final = ("person", "org", "selfIdentified")
# A row far down makes all rows above it, empty.
MOST_ROWS: Final = 200
_MOST_QUOTED: Final = 60
_READ: Final[ContentCache["Examples"]] = ContentCache(500)


@dataclass(frozen=True, slots=True)
class Situation:
    """Some answers, and who gives them.

    `given` is path -> value (JSON), with row indexes from 0 ("people[0].name"), in the data type of the file;
    `also` the same for other data types. `row` are the indexes of the row that the rule is looked at in,
    outermost first. `action` is what the process is asked to go on with. "" is the usual thing everywhere.
    `settings` stand in for those of the app by name, and `options` are those of lists that are no files:
    list -> value -> label. `option` is the value of the option that a filter is looked at for; ""
    for all of them.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    also: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    row: tuple[int, ...] = ()
    language: str = ""
    owner: str = ""
    action: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    option: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """In `situation` the rule gives `expect` (see outcome.py for how outcomes are written)."""

    id: str
    name: str
    rule: RuleName
    expect: Any
    situation: Situation
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples in one file, in its order."""

    examples: tuple[Example, ...] = ()
    problems: tuple[Problem, ...] = ()


def examples_of(app: AppDefinition, data_type: str) -> Examples:
    """The examples of the rules that read a data type; none where there is no such file, or a broken one."""
    path = app.paths.examples(data_type)
    if path not in app.files:
        return Examples()
    return _READ.get(app.files.blob_id(path), lambda: read_examples(app.json(path)))


def all_examples(app: AppDefinition) -> Iterator[tuple[str, Examples]]:
    """(data type, its examples), for every file of examples."""
    folder = app.paths.examples_folder + "/"
    for path in app.files.under(app.paths.examples_folder):
        name = path.removeprefix(folder)
        if name.endswith(".json") and "/" not in name:
            yield name.removesuffix(".json"), examples_of(app, name.removesuffix(".json"))


def read_examples(content: Any) -> Examples:
    """The examples in a parsed file. Never raises: what is none is a problem, and left out."""
    if content is None:
        return Examples()
    listed = content.get("examples") if isinstance(content, Mapping) else None
    if not isinstance(listed, list):
        sentence = Sentence(N_("A file of examples is an object with a list named examples."))
        return Examples(problems=(Problem("bad-examples", "warning", "", sentence),))
    found: list[Example] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for place, given in enumerate(listed):
        made = read_example(given, pointer("examples", place))
        if isinstance(made, Example) and made.id in seen:
            sentence = Sentence(N_("Two examples have the id %(id)s."), {"id": made.id})
            made = Problem("bad-examples", "warning", made.pointer, sentence)
        if isinstance(made, Problem):
            problems.append(made)
        else:
            seen.add(made.id)
            found.append(made)
    return Examples(tuple(found), tuple(problems))


def read_example(given: Any, where: str = "") -> Example | Problem:
    """The example in a JSON object, or what is wrong with it."""
    if not isinstance(given, Mapping):
        return _problem(where, str(given), N_("%(name)s is no example."))
    name = str(given.get("name") or given.get("id") or "")
    rule = read_rule_name(given.get("rule"))
    if not isinstance(given.get("id"), str) or not given["id"]:
        return _problem(where, name, N_("The example *%(name)s* has no id."))
    if rule is None:
        return _problem(where, name, N_("The example *%(name)s* does not say which rule it is for."))
    if "expect" not in given:
        return _problem(where, name, N_("The example *%(name)s* does not say what is expected."))
    situation = read_situation(given)
    if situation is None:
        return _problem(where, name, N_("The example *%(name)s* has answers that cannot be read."))
    return Example(given["id"], name, rule, given["expect"], situation, where)


def read_situation(given: Mapping[str, Any]) -> Situation | None:
    """The situation in a JSON object; None where a part of it cannot be read."""
    answers, also, row = given.get("given", {}), given.get("also", {}), given.get("row", [])
    if not _are_answers(answers) or not isinstance(also, Mapping) or not isinstance(row, list):
        return None
    if not all(_are_answers(each) for each in also.values()):
        return None
    if not all(type(index) is int and 0 <= index < MOST_ROWS for index in row):
        return None
    around = [given.get(key, "") for key in ("language", "owner", "action", "option")]
    if not all(isinstance(each, str) for each in around) or around[1] not in {"", *OWNERS}:
        return None
    settings, options = given.get("settings", {}), given.get("options", {})
    if not isinstance(settings, Mapping) or not isinstance(options, Mapping):
        return None
    if not all(_are_texts(each) for each in options.values()):
        return None
    language, owner, action, option = around
    return Situation(answers, also, tuple(row), language, owner, action, settings, options, option)


def example_json(name: str, rule: RuleName, situation: Situation, expect: Any) -> dict[str, Any]:
    """An example as a file has it, without its id; what is usual is left out."""
    around = {
        "also": {kind: dict(given) for kind, given in situation.also.items() if given},
        "row": list(situation.row),
        "language": situation.language,
        "owner": situation.owner,
        "action": situation.action,
        "option": situation.option,
        "settings": dict(situation.settings),
        "options": {name: dict(each) for name, each in situation.options.items()},
    }
    written = {"name": name, "rule": rule.to_json(), "given": dict(situation.given)}
    return {**written, **{key: value for key, value in around.items() if value}, "expect": expect}


def _are_texts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(label, str) for label in value.values())


def _are_answers(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_is_place(path) for path in value)


def _is_place(path: str) -> bool:
    try:
        segments = parse(path)
    except BadPath:
        return False
    return bool(segments) and all((segment.index or 0) < MOST_ROWS for segment in segments)


def _problem(where: str, name: str, message: str) -> Problem:
    return Problem("bad-examples", "warning", where, Sentence(message, {"name": name[:_MOST_QUOTED] or "?"}))
