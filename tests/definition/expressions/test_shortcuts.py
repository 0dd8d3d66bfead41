"""The quick ways of evaluating give what the plain calls give: the same value, or the same error."""

import random

import pytest
from browser_engine import random_expression, random_file

from studio.definition.expressions import ExpressionError, Form, PageLayout, Surroundings, evaluate, form_tree
from studio.definition.expressions import trace as through_plain_calls


@pytest.mark.parametrize("seed", range(3))
def test_a_quick_way_gives_what_the_plain_call_gives(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(300):
        file, expression = random_file(chance), random_expression(chance)
        tree = form_tree([PageLayout("default", file["layouts"]["default"]["data"]["layout"])])
        form = Form(tree, Surroundings({"default": file["dataModel"]}, "default"))
        context = file["context"]
        spot = form.spot(context["component"], tuple(context["rowIndices"]))
        plain = through_plain_calls(expression, spot)
        if plain.error is None:
            assert evaluate(expression, spot) == plain.value
        else:
            with pytest.raises(ExpressionError) as quick:
                evaluate(expression, spot)
            assert quick.value.reason == plain.error.reason


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (["and", ["unknown"], {}], 'Invalid type "object"'),
        (["unknown", []], "Missing function name in expression"),
        (["not", ["not", ["equals", 1]]], "Expected 2 argument(s), got 1"),
    ],
)
def test_what_is_malformed_anywhere_is_told_first_and_where(expression: object, reason: str) -> None:
    with pytest.raises(ExpressionError) as first:
        evaluate(expression, None)  # type: ignore[arg-type]  # it never comes to the context
    with pytest.raises(ExpressionError) as again:
        evaluate(expression, None)  # type: ignore[arg-type]  # nothing is asked of it
    assert first.value.reason == again.value.reason == reason
    assert first.value.at == again.value.at != ()
