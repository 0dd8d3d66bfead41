"""Messages carry every value there and back with every digit; what is no message is refused."""

import io
import struct
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.runtime.logic.messages import BadMessage, BadValue, packed, received, unpacked

MOST = 1_000_000
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    TEXTS,
    st.integers(-(10**39), 10**39),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**20), max_value=10**20),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(UTC)).map(lambda moment: moment.replace(fold=0)),
    st.times().map(lambda moment: moment.replace(fold=0)),
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def sent(value: Any) -> Any:
    read = io.BytesIO(packed({"value": value}, MOST)).read
    body = received(read, MOST)
    assert body is not None
    assert received(read, MOST) is None
    return unpacked(body)["value"]


@given(VALUES)
@example({"$": "decimal", "v": "1"})
@example({"$": {"$": 1}})
@example(Decimal("1.50"))
def test_every_value_comes_as_it_was_sent(value: Any) -> None:
    found = sent(value)
    assert found == value
    assert repr(found) == repr(value)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": [1, 0.1]}, "value.a[1]"),
        ({"a": {1: 2}}, "value.a"),
        (Decimal("NaN"), "value"),
        (Decimal("1e200"), "value"),
        (10**40, "value"),
        ({"a": {1, 2}}, "value.a"),
        (b"bytes", "value"),
    ],
)
def test_what_is_no_value_of_a_form_is_refused_with_its_place(value: Any, where: str) -> None:
    with pytest.raises(BadValue) as error:
        packed({"value": value}, MOST)
    assert error.value.where == where


def test_a_value_that_holds_itself_is_refused() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(BadValue, match="contains itself"):
        packed({"value": value}, MOST)


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert sent("a\ud800b") == "a\ufffdb"


def test_a_message_that_is_too_long_is_not_sent_and_not_read() -> None:
    with pytest.raises(BadMessage):
        packed({"value": "x" * MOST}, MOST)
    with pytest.raises(BadMessage):
        received(io.BytesIO(struct.pack("!I", MOST + 1) + b"x").read, MOST)


@given(st.binary(max_size=60))
@example(b"[1]")
@example(b'{"$":"object","v":[[1,2]]}')
@example(b'{"a":{"$":"decimal","v":"1e999999999"}}')
@example(b'{"a":{"$":"decimal","v":[]}}')
@example(b'{"a":{"$":[],"v":""}}')
@example(b'{"a":0.5}')
@example(b'{"a":NaN}')
@example(b"[" * 50)
def test_bytes_that_are_no_message_are_refused(body: bytes) -> None:
    with suppress(BadMessage):
        assert isinstance(unpacked(body), dict)


@given(st.integers(0, 60))
def test_a_message_that_is_cut_off_is_refused(length: int) -> None:
    moments = {"day": date(2026, 1, 31), "at": datetime(2026, 1, 31, tzinfo=UTC), "time": time(12)}
    whole = packed(moments, MOST)
    read = io.BytesIO(whole[: min(length, len(whole) - 1)]).read
    if length == 0:
        assert received(read, MOST) is None
    else:
        with pytest.raises(BadMessage):
            received(read, MOST)
