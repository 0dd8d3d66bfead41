"""What fails is said in the words of the format to programs, and in the reader's language to people."""

import ast
from pathlib import Path

import pytest

import studio
from studio.definition.expressions import (
    ExpressionError,
    Form,
    PageLayout,
    Surroundings,
    evaluate,
    form_tree,
)

ROOT = Path(studio.__file__).parent


def test_every_failure_has_words_that_are_translated() -> None:
    """A message is marked where it stands, or has a name (and is marked where that is given)."""
    unmarked = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in ROOT.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "ExpressionError"
        and not _is_marked(call.args[0])
    ]
    assert unmarked == []


def _is_marked(message: ast.expr) -> bool:
    if isinstance(message, ast.IfExp):
        return _is_marked(message.body) and _is_marked(message.orelse)
    if isinstance(message, ast.Call):
        return isinstance(message.func, ast.Name) and message.func.id == "N_"
    return isinstance(message, ast.Name) and message.id.isupper()


@pytest.mark.parametrize(
    ("expression", "message", "values"),
    [
        (["plus", "x", 1], "Expected number, got value %(value)s", {"value": '"x"'}),
        (["sum", "x"], "Expected argument to be list, got %(type)s", {"type": "string"}),
        (["formatDate", "5 %s"], 'Unable to parse date "%(value)s": Unknown format', {"value": "5 %s"}),
    ],
)
def test_what_failed_is_kept_apart_from_the_words(
    expression: list[object], message: str, values: dict[str, str]
) -> None:
    form = Form(form_tree([PageLayout("page", [])]), Surroundings({"m": {}}, "m"))
    with pytest.raises(ExpressionError) as failed:
        evaluate(expression, form.page("page"))
    assert failed.value.words.message == message
    assert {name: str(value) for name, value in failed.value.words.values.items()} == values
    assert failed.value.reason == message % values
