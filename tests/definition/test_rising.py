"""The longest run that rises, held against looking at every run."""

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition.rising import longest_rising


def looked_up(numbers: list[int]) -> list[int]:
    """The same by comparing every number with all before it."""
    runs: list[list[int]] = []
    longest: list[int] = []
    for place, number in enumerate(numbers):
        before: list[int] = []
        for run in runs:
            if numbers[run[-1]] < number and len(run) > len(before):
                before = run
        runs.append([*before, place])
        if len(runs[-1]) > len(longest):
            longest = runs[-1]
    return longest


@settings(deadline=None, max_examples=300)
@given(st.lists(st.integers(-1, 12)))
def test_the_run_is_the_one_that_comparing_all_of_them_finds(numbers: list[int]) -> None:
    assert longest_rising(numbers) == looked_up(numbers)
