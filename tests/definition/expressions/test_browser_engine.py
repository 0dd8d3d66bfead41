"""The browser and the server evaluate one language."""

import random
from collections.abc import Iterator

import pytest
from browser_engine import Browser, browser, random_expression, random_file, server_outcome
from random_queries import BEYOND, alike, asked_of_all, random_query


@pytest.fixture(scope="module")
def engine() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.mark.parametrize("seed", range(4))
def test_random_expressions_come_out_alike_in_the_browser_and_on_the_server(
    engine: Browser, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        file, expression = random_file(chance), random_expression(chance)
        found, wanted = engine.outcome(file, expression), server_outcome(file, expression)
        assert found == wanted, (expression, file["dataModel"], file["context"])


@pytest.mark.parametrize("seed", range(2))
def test_random_queries_come_out_alike_in_the_browser_and_on_the_server(engine: Browser, seed: int) -> None:
    chance = random.Random(seed)
    found = []
    for _ in range(300):
        file, query = random_file(chance), random_query(chance)
        expression = asked_of_all(query)
        theirs, ours = engine.outcome(file, expression), server_outcome(file, expression)
        assert alike(theirs, query) == alike(ours, query), (query, file["dataModel"], theirs, ours)
        found.append("error" in ours)
    assert 100 < sum(found) < 200  # or the queries say little


@pytest.mark.parametrize("query", BEYOND)
def test_a_query_that_nothing_can_bear_is_refused_in_the_same_words_on_both_sides(
    engine: Browser, query: str
) -> None:
    file = random_file(random.Random(1))
    found = engine.outcome(file, ["jmespath", ["list", 1], query])
    assert found == server_outcome(file, ["jmespath", ["list", 1], query])
    assert "too" in found["error"]


@pytest.mark.parametrize("query", ["a" + "||a" * 200, "a" + "&&a" * 200])
def test_a_long_chain_of_alternatives_is_worked_out_once(engine: Browser, query: str) -> None:
    """Each step of it asks for all in front of it: asked twice, two hundred steps would never end."""
    file = random_file(random.Random(1))
    expression = ["jmespath", ["object", "a", 1], query]
    assert (
        engine.outcome(file, expression)
        == server_outcome(file, expression)
        == {"type": "number", "text": "1"}
    )
