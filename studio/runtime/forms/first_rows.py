"""The first row of a group that opens by itself: there as soon as the page is, kept with the first answer."""

import copy
from dataclasses import replace

from studio.definition import form_paths as paths
from studio.definition.expressions.tree import Node
from studio.runtime.forms.posting import add_row
from studio.runtime.forms.state import FormState


def with_first_rows(state: FormState, page: str) -> FormState:
    """The form with a row in each empty group of the page that says so (`edit.openByDefault`: true)."""
    if state.read_only:
        return state
    for node in state.form.tree.nodes.values():
        if node.page == page and _opens_by_itself(node):
            state = _with_row(state, node)
    return state


def _opens_by_itself(node: Node) -> bool:
    edit = node.raw.get("edit")
    return (
        node.repeats and not node.row_parents and isinstance(edit, dict) and edit.get("openByDefault") is True
    )


def _with_row(state: FormState, node: Node) -> FormState:
    bound = state.form.spot(node.id).path("group")
    if bound is None or state.form.row_count(node, ()):
        return state
    data_type, path = bound
    data = copy.deepcopy(dict(state.data))
    try:
        add_row(data.setdefault(data_type, {}), path)
    except paths.BadPath:
        return state
    return replace(state, data=data)
