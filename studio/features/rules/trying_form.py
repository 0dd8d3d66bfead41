"""The answers that somebody tries rules with, as a form sends them and as a situation."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from studio.definition import form_paths
from studio.definition.data_model.input import Problem, parse_input
from studio.definition.rules.examples import OWNERS, Situation, read_situation
from studio.definition.sentences import N_, Sentence
from studio.features.rules.json_input import UnreadableJson, read_json
from studio.features.rules.trying_questions import Asked, Questions
from studio.features.rules.workplace import Workplace

# In names of fields: what is answered, how many rows a list has.
_ANSWER: Final = "v"
_ROWS: Final = "rows"
MOST_ROWS: Final = 20
_LONGEST_JSON: Final = 200_000
_LANGUAGES: Final = ("nb", "nn", "en")


@dataclass(frozen=True)
class Tried:
    """What was filled in. `texts` and `problems` are by field name: what is written, and what is wrong."""

    texts: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    row: int = 0
    language: str = ""
    owner: str = ""
    action: str = ""
    option: str = ""
    json: str = ""
    situation: Situation = field(default_factory=Situation)
    problems: Mapping[str, Sentence] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands in a field."""
        return self.texts.get(name, "")

    def rows_of(self, rows: str) -> int:
        """How many rows of a list are shown."""
        return self.rows.get(rows, 1)


def name_of(asked: Asked, own_type: str, row: int | None = None) -> str:
    """The name of a question's field in the form."""
    return f"{_ANSWER}:{asked.data_type if asked.data_type != own_type else ''}:{path_in_row(asked, row)}"


def path_in_row(asked: Asked, row: int | None) -> str:
    """The path of a question's answer in a row of its list; lists inside of that are at their first row."""
    if not asked.rows or row is None:
        return asked.path
    return f"{asked.rows}[{row}]{asked.path.removeprefix(asked.rows)}"


def rows_name(rows: str) -> str:
    """The name of the field with the number of rows of a list."""
    return f"{_ROWS}:{rows}"


def setting_name(key: str) -> str:
    """The name of the field for a setting of the app."""
    return f"setting:{key}"


def options_name(option_id: str) -> str:
    """The name of the field with the options of a list."""
    return f"options:{option_id}"


def read_form(work: Workplace, own_type: str, questions: Questions, form: MultiDict[str, str]) -> Tried:
    """What a form says. What is no answer of its field is a problem, and left out of the situation."""
    rows = {rows: _count(form.get(rows_name(rows), "1"), form.get("add") == rows) for rows in questions.lists}
    reader = _Reader(work, own_type, form)
    for asked in questions.single:
        reader.take(asked, None)
    for listed in questions.lists:
        for index in range(rows[listed]):
            for asked in questions.of_rows(listed):
                reader.take(asked, index)
    for key in questions.settings:
        reader.take_setting(key)
    for listed in questions.option_lists:
        reader.take_options(listed)
    pasted = form.get("json", "")[:_LONGEST_JSON].strip()
    reader.take_json(pasted)
    row = _count(form.get("row", "0"), more=False, least=0)
    around = {
        "language": _one_of(form.get("language", ""), _LANGUAGES),
        "owner": _one_of(form.get("owner", ""), OWNERS),
        "action": form.get("action", "").strip()[:100],
        "option": form.get("option", "").strip()[:200],
    }
    found = {
        "given": reader.given,
        "also": reader.also,
        "row": [row] if row else [],
        "settings": reader.settings,
        "options": reader.options,
        **around,
    }
    situation = read_situation(found) or Situation()
    return Tried(
        reader.texts, rows, row, json=pasted, situation=situation, problems=reader.problems, **around
    )


def tried_of(own_type: str, questions: Questions, situation: Situation) -> Tried:
    """The form for a situation: what has no field of its own stands in the JSON."""
    rows: dict[str, int] = {}
    for path in situation.given:
        for listed in questions.lists:
            if path.startswith(f"{listed}["):
                rows[listed] = max(rows.get(listed, 1), form_paths.row_numbers(path)[0] + 1)
    texts: dict[str, str] = {}
    left = {own_type: dict(situation.given), **{kind: dict(each) for kind, each in situation.also.items()}}
    for asked in questions.fields:
        for row in range(rows.get(asked.rows, 1)) if asked.rows else (None,):
            answers = left.get(asked.data_type, {})
            path = path_in_row(asked, row)
            if path in answers and not isinstance(answers[path], dict | list):
                texts[name_of(asked, own_type, row)] = _as_text(answers.pop(path))
    for key, setting in situation.settings.items():
        texts[setting_name(key)] = setting if isinstance(setting, str) else json.dumps(setting)
    for listed, options in situation.options.items():
        texts[options_name(listed)] = "\n".join(f"{value} = {label}" for value, label in options.items())
    pasted = json.dumps(left[own_type], ensure_ascii=False, indent=2) if left[own_type] else ""
    row = situation.row[0] if situation.row else 0
    return Tried(
        texts,
        {listed: min(count, MOST_ROWS) for listed, count in rows.items()},
        row,
        situation.language,
        situation.owner,
        situation.action,
        situation.option,
        pasted,
        situation,
    )


def as_number(value: Decimal) -> int | float:
    """A number as JSON has it."""
    return int(value) if value == value.to_integral_value() else float(value)


class _Reader:
    """Takes answers out of a form."""

    def __init__(self, work: Workplace, own_type: str, form: MultiDict[str, str]) -> None:
        self._work = work
        self._own = own_type
        self._form = form
        self.texts: dict[str, str] = {}
        self.given: dict[str, Any] = {}
        self.also: dict[str, dict[str, Any]] = {}
        self.settings: dict[str, Any] = {}
        self.options: dict[str, dict[str, str]] = {}
        self.problems: dict[str, Sentence] = {}

    def take_setting(self, key: str) -> None:
        """A setting: a number, true, false or JSON where it is that, else a text."""
        name = setting_name(key)
        text = self.texts[name] = self._form.get(name, "").strip()
        if not text:
            return
        try:
            self.settings[key] = read_json(text)
        except UnreadableJson:
            self.settings[key] = text

    def take_options(self, option_id: str) -> None:
        """The options of a list: a value and its label on each line."""
        name = options_name(option_id)
        text = self.texts[name] = self._form.get(name, "").strip()
        for line in text.splitlines():
            value, sign, label = (part.strip() for part in line.partition("="))
            if value:
                self.options.setdefault(option_id, {})[value] = label if sign else value

    def take(self, asked: Asked, row: int | None) -> None:
        """One field."""
        name = name_of(asked, self._own, row)
        text = self._form.get(name, "")
        if not text.strip():
            return
        self.texts[name] = text
        model = self._work.app.model(asked.data_type)
        known = model.field(asked.path) if model else None
        value = parse_input(known, text) if known else text.strip()
        if isinstance(value, Problem):
            self.problems[name] = value.sentence
            return
        answers = self.given if asked.data_type == self._own else self.also.setdefault(asked.data_type, {})
        answers[path_in_row(asked, row)] = as_number(value) if isinstance(value, Decimal) else value

    def take_json(self, text: str) -> None:
        """Answers as JSON: form data, or path -> value. They come on top of what is written in fields."""
        if not text:
            return
        try:
            found = read_json(text)
        except UnreadableJson:
            found = None
        if not isinstance(found, dict):
            self.problems["json"] = Sentence(
                N_('Write an object in curly brackets: {"income": 90000, "people": [{"age": 12}]}')
            )
            return
        flat = dict(_flat(found, ""))
        if read_situation({"given": flat}) is None:
            self.problems["json"] = Sentence(N_("Some names in the JSON are no paths of fields."))
        else:
            self.given |= flat


def _flat(value: Any, before: str) -> Iterator[tuple[str, Any]]:
    """(path, value) of everything in form data; an empty list or object is a value."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _flat(inner, f"{before}.{key}" if before else key)
    elif isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        for index, inner in enumerate(value):
            yield from _flat(inner, f"{before}[{index}]")
    else:
        yield before, value


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _count(text: str, more: bool, least: int = 1) -> int:
    count = int(text) if text.isdecimal() and len(text) < 4 else least
    return max(least, min(count + more, MOST_ROWS))


def _one_of(text: str, known: tuple[str, ...]) -> str:
    return text if text in known else ""
