"""JMESPath queries, with cases of the language's own tutorial."""

from typing import Any

import pytest

from studio.definition.expressions.jmespath import BrokenQuery, search

DATA: dict[str, Any] = {
    "a": {"b": {"c": [1, 2, 3, [4]]}},
    "people": [
        {"name": "b", "age": 30, "tags": ["x", "y"]},
        {"name": "a", "age": 50},
        {"name": "c", "age": 40, "tags": []},
    ],
    "ops": {"f1": {"n": 1}, "f2": {"n": 2}, "f3": {"m": 3}},
    "with space": "yes",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("a.b.c[0]", 1),
        ("a.b.c[-2]", 3),
        ("a.b.c[9]", None),
        ("a.b.c[1:3]", [2, 3]),
        ("a.b.c[::-1]", [[4], 3, 2, 1]),
        ("a.b.c[]", [1, 2, 3, 4]),
        ('"with space"', "yes"),
        ("people[*].name", ["b", "a", "c"]),
        ("people[].tags[]", ["x", "y"]),
        ("people[?age > `35`].name", ["a", "c"]),
        ("people[?age > `35` && name != 'a'].name | [0]", "c"),
        ("people[?!tags].name", ["a", "c"]),
        ("people[?tags || age == `50`].name", ["b", "a"]),
        ("ops.*.n", [1, 2]),
        (
            "people[*].{n: name, old: age}",
            [{"n": "b", "old": 30}, {"n": "a", "old": 50}, {"n": "c", "old": 40}],
        ),
        ("people[0].[name, age]", ["b", 30]),
        ("sort_by(people, &age)[-1].name", "a"),
        ("max_by(people, &age).name", "a"),
        ("length(people)", 3),
        ("sum(people[].age)", 120),
        ("avg(people[].age)", 40),
        ("join(', ', sort(people[].name))", "a, b, c"),
        ("not_null(nothing, a.x, 'z')", "z"),
        ("contains(people[0].tags, 'x')", True),
        ("keys(ops)", ["f1", "f2", "f3"]),
        ("map(&age, people)", [30, 50, 40]),
        ("to_string(a.b.c)", "[1,2,3,[4]]"),
        ("people[?name == 'a'] | [0].age", 50),
        ("nothing.at.all", None),
        ("@.a.b.c[0]", 1),
    ],
)
def test_a_query_finds(query: str, found: Any) -> None:
    assert search(query, DATA) == found


@pytest.mark.parametrize(
    "query",
    [
        "",
        "#",
        "a.",
        "a[",
        "people[?",
        "a..b",
        "nosuch(a)",
        "abs('x')",
        "length(a, a)",
        "sort(a)",
        "`{`",
        "(" * 90,
    ],
)
def test_a_broken_query_says_so(query: str) -> None:
    with pytest.raises(BrokenQuery):
        search(query, DATA)
