"""Random JMESPath queries, most of which can be read, for comparing the two engines."""

import random
from typing import Any, Final

_NAMES: Final = ("number", "text", "numbers", "rows", "flag", '"date"', "missing")
_LITERALS: Final = ("`1`", "`null`", "`[1, 2]`", "'x'", "'é'", "`{}`", "`true`", '`"a"`')
_OF_ONE: Final = (
    "length",
    "type",
    "to_string",
    "to_number",
    "to_array",
    "keys",
    "values",
    "reverse",
    "sort",
    "sum",
    "avg",
    "max",
    "min",
    "abs",
    "ceil",
    "floor",
    "not_null",
)
_OF_TWO: Final = ("contains", "starts_with", "ends_with", "join", "merge", "not_null", "nothing")
_BY: Final = ("sort_by", "max_by", "min_by")
# What no engine carries out.
BEYOND: Final = (
    "|".join(["[@,@]"] * 60),
    "[@,@]." * 60 + "a",
    "{a: [@, @], b: [@, @]} | " * 6 + "to_string(@)",
    "!" * 201 + "a",
    "(" * 201 + "a" + ")" * 201,
    "a||" * 201 + "b",
    "a[*]." * 101 + "a",
)


def random_query(chance: random.Random, depth: int = 4) -> str:
    """A query over the data of `random_file`."""
    if depth <= 0:
        return chance.choice((*_NAMES, *_LITERALS, "@"))
    part = _parts(chance, depth - 1)
    return chance.choice(
        (
            lambda: f"{part()}.{chance.choice((*_NAMES, '*'))}",
            lambda: f"{part()}[{chance.choice(('0', '-1', '7', '*', '', '1:', ':-1', '::-1', '::2', '?@'))}]",
            lambda: f"{part()}[].{chance.choice(_NAMES)}",
            lambda: f"{part()}[?{part()} {chance.choice(('==', '!=', '<', '>=', '&&', '||'))} {part()}]",
            lambda: f"{part()} {chance.choice(('|', '||', '&&'))} {part()}",
            lambda: f"!{part()}",
            lambda: f"({part()})",
            lambda: f"[{part()}, {part()}]",
            lambda: f'{{a: {part()}, "b": {part()}}}',
            lambda: f"{chance.choice(_OF_ONE)}({part()})",
            lambda: f"{chance.choice(_OF_TWO)}({part()}, {part()})",
            lambda: f"map(&{part()}, {part()})",
            lambda: f"{chance.choice(_BY)}({part()}, &{part()})",
            part,
        )
    )()


def alike(outcome: dict[str, Any], query: str) -> dict[str, Any]:
    """An outcome as far as it has to be the same.

    Each engine says in words of its own what is wrong with a query, and in the same words what is too much.
    """
    reason = outcome.get("error", "")
    if not reason.startswith("Jmespath error") or query in BEYOND:
        return outcome
    return {"error": "Jmespath error"}


def asked_of_all(query: str) -> Any:
    """The expression that asks a query of all data."""
    names = ("number", "text", "numbers", "rows", "flag", "date")
    return ["jmespath", ["object", *(part for name in names for part in (name, ["dataModel", name]))], query]


def _parts(chance: random.Random, depth: int) -> Any:
    return lambda: random_query(chance, chance.randrange(depth + 1))
