"""Check digits of Norwegian numbers, and numbers that belong to nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.services.identifiers import (
    is_national_number,
    is_organisation_number,
    synthetic_national_number,
    synthetic_organisation_number,
)


@given(born=st.dates(date(1900, 1, 1), date(2026, 1, 1)), serial=st.integers(0, 900))
def test_synthetic_numbers_are_valid_and_have_eighty_added_to_the_month(born: date, serial: int) -> None:
    number = synthetic_national_number(born, serial)
    assert is_national_number(number)
    assert int(number[2:4]) == born.month + 80


@given(start=st.integers(31000000, 31999000))
def test_synthetic_organisation_numbers_are_valid(start: int) -> None:
    assert is_organisation_number(synthetic_organisation_number(start))


def test_one_wrong_digit_is_noticed() -> None:
    number = synthetic_national_number(date(1980, 5, 17), 100)
    for place in range(11):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert not is_national_number(wrong)


def test_a_known_organisation_number_is_valid() -> None:
    assert is_organisation_number("974760673")


@pytest.mark.parametrize("text", ["", "abc", "1234567890", "123456789012", "１２３４５６７８９０１"])
def test_other_text_is_no_number(text: str) -> None:
    assert not is_national_number(text)
    assert not is_organisation_number(text)
