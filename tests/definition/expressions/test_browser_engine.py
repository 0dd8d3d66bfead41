"""The browser and the server evaluate one language."""

import random
from collections.abc import Iterator

import pytest
from browser_engine import Browser, browser, random_expression, random_file, server_outcome


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
