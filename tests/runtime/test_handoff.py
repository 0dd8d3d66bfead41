"""The pass from Studio to the owner's pages."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer

from studio.database.clock import now
from studio.runtime.handoff import VALID_FOR, BadPass, OwnerPass, read, sign

KEY = "the-key-of-an-environment-in-a-test"
GIVEN = OwnerPass("kari", "Kari Lunde", "ttd", "moving")


def test_a_pass_says_who_comes_and_to_which_app() -> None:
    assert read(KEY, sign(KEY, GIVEN)) == GIVEN


@pytest.mark.parametrize("text", ["", "x", "a.b.c", sign("another-key", GIVEN), sign(KEY, GIVEN)[:-1] + "!"])
def test_a_forged_or_altered_pass_opens_nothing(text: str) -> None:
    with pytest.raises(BadPass):
        read(KEY, text)


def test_a_pass_for_something_else_opens_nothing() -> None:
    with pytest.raises(BadPass):
        read(KEY, str(URLSafeTimedSerializer(KEY, salt="owner-pass").dumps({"person": "kari"})))


def test_an_old_pass_is_void() -> None:
    serializer = URLSafeTimedSerializer(KEY, salt="owner-pass")
    signer = serializer.make_signer("owner-pass")
    then = int((now() - timedelta(seconds=VALID_FOR + 2)).timestamp())
    signer.get_timestamp = lambda: then  # type: ignore[method-assign]  # the clock stands
    text = signer.sign(serializer.dump_payload(asdict(GIVEN))).decode()
    with pytest.raises(BadPass):
        read(KEY, text)
