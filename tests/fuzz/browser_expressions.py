"""Random expressions and queries in both engines: `python -m tests.fuzz.browser_expressions`.

Two engines evaluate one language. An expression that comes out differently ends the run, and what caused it
is kept as `crash-…`. The arguments are those of libFuzzer (-max_total_time=600 and so on).
"""

import random
import sys

import atheris

with atheris.instrument_imports(include=["studio.definition.expressions"]):
    from tests.browser_engine import browser, random_expression, random_file, server_outcome
    from tests.random_queries import alike, asked_of_all, random_query


def main() -> None:
    """Compare until the time is over."""
    with browser() as engine:

        def try_one(data: bytes) -> None:
            chance = random.Random(data)
            file, query = random_file(chance), random_query(chance)
            expression = random_expression(chance, depth=chance.randrange(1, 6))
            for asked in (expression, asked_of_all(query)):
                found, wanted = engine.outcome(file, asked), server_outcome(file, asked)
                assert alike(found, query) == alike(wanted, query), (asked, file, found, wanted)

        atheris.Setup(sys.argv, try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
