"""Random expressions in the browser's engine and in the server's: `python -m tests.fuzz.browser_expressions`.

Two engines evaluate one language. An expression that comes out differently ends the run, and what caused it
is kept as `crash-…`. The arguments are those of libFuzzer (-max_total_time=600 and so on).
"""

import random
import sys

import atheris

with atheris.instrument_imports(include=["studio.definition.expressions"]):
    from tests.browser_engine import browser, random_expression, random_file, server_outcome


def main() -> None:
    """Compare until the time is over."""
    with browser() as engine:

        def try_one(data: bytes) -> None:
            chance = random.Random(data)
            file, expression = random_file(chance), random_expression(chance, depth=chance.randrange(1, 6))
            found, wanted = engine.outcome(file, expression), server_outcome(file, expression)
            assert found == wanted, (expression, file, found, wanted)

        atheris.Setup(sys.argv, try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
