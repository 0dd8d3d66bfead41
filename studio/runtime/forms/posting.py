"""What a person sent with a page, put into the form data.

Only fields that the page shows and lets the person change are taken; everything else in a post is ignored.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import uuid4

from studio.definition import form_paths as paths
from studio.definition.data_model import ROW_ID, Problem
from studio.definition.sentences import Sentence
from studio.runtime.forms.building import Builder
from studio.runtime.forms.kinds import Post, kind_of
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import PageView

# How far answers can bring up questions whose answers bring up questions in a single post.
_MOST_ROUNDS: Final = 5
# What a post has beside answers.
_NO_FIELDS: Final = frozenset({"csrf_token", "do"})


@dataclass(frozen=True, slots=True)
class Posted:
    """The data after a post. `typed` holds texts that are no value of their field; `problems` says why."""

    data: dict[str, Any]
    typed: Mapping[str, str]
    problems: Mapping[str, Sentence]
    changed: frozenset[str]


def apply_post(state: FormState, page: PageView, post: Post) -> Posted:
    """The form data (all data types) with the fields of a post in it."""
    data = copy.deepcopy(dict(state.data))
    typed: dict[str, str] = {}
    problems: dict[str, Sentence] = {}
    changed: set[str] = set()
    for view in page.walk():
        kind = kind_of(view.type)
        if not view.fields or view.read_only or kind.read is None or not kind.was_posted(view, post):
            continue
        for slot, value in kind.read(state, view, post).items():
            field = view.fields[slot]
            if isinstance(value, Problem):
                typed[field], problems[field] = value.text, value.sentence
            elif value != view.values.get(slot):
                put(state, data, field, value)
                changed.add(field)
    return Posted(data, typed, problems, frozenset(changed))


def apply_to_shown(state: FormState, page: str, view: PageView, post: Post) -> Posted:
    """The form data with a post in it, also with answers to questions that others in it have brought up.

    The browser shows those without waiting for the server (page_rules.py). `view`: the page before the post.
    """
    posted = apply_post(state, view, post)
    known, changed = _asked(view), bool(posted.changed)
    # A choice may be one that another answer of the same post has brought up.
    filters = any("optionFilter" in each.raw for each in view.walk())
    for _ in range(_MOST_ROUNDS):
        if not changed or not (filters or _speaks_of_more(post, known)):
            break
        state = replace(state, data=posted.data, typed=posted.typed)
        view = Builder(state).page(page)
        if view.hidden or (_asked(view) <= known and not filters):
            break
        known |= _asked(view)
        more = apply_post(state, view, post)
        changed = bool(more.changed)
        posted = Posted(
            more.data,
            {**posted.typed, **more.typed},
            {**posted.problems, **more.problems},
            posted.changed | more.changed,
        )
    return posted


def _asked(view: PageView) -> frozenset[str]:
    """The fields that a page lets a person write into."""
    return frozenset(name for each in view.walk() if not each.read_only for name in each.fields.values())


def _speaks_of_more(post: Post, known: frozenset[str]) -> bool:
    names = (name for name in post if not name.startswith(":") and name not in _NO_FIELDS)
    return not known.issuperset(names)


def put(state: FormState, data: dict[str, Any], name: str, value: Any) -> None:
    """Write a value into the data of all types, by the field's name in posts; a bad path is left alone."""
    data_type, path = state.place(name)
    try:
        paths.write(data.setdefault(data_type, {}), path, value)
    except paths.BadPath:
        return


def add_row(data: dict[str, Any], path: str) -> int:
    """Add an empty row to the list at `path`; its index. Raises BadPath."""
    rows = paths.read(data, path)
    if not isinstance(rows, list):
        rows = []
        paths.write(data, path, rows)
    rows.append({ROW_ID: str(uuid4())})
    return len(rows) - 1


def delete_row(data: dict[str, Any], row: str) -> None:
    """Delete the row "rows[1]". A row that is not there is left alone. Raises BadPath."""
    segments = paths.parse(row)
    if not segments or segments[-1].index is None:
        raise paths.BadPath(row)
    last = paths.Segment(segments[-1].name)
    rows = paths.read(data, paths.join((*segments[:-1], last)))
    if isinstance(rows, list) and segments[-1].index < len(rows):
        del rows[segments[-1].index]
