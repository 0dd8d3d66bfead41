"""What languages are called: in themselves in lists, and in the reader's language inside a sentence."""

import pytest
from flask import Flask

from studio.web.language import language_in_sentence, language_name


@pytest.mark.parametrize(
    ("reader", "called"),
    [
        ("nb", ["bokmål", "nynorsk", "engelsk", "polsk", "xx"]),
        ("nn", ["bokmål", "nynorsk", "engelsk", "polsk", "xx"]),
        ("en", ["Norwegian Bokmål", "Norwegian Nynorsk", "English", "Polish", "xx"]),
    ],
)
def test_a_sentence_calls_a_language_as_its_reader_does(app: Flask, reader: str, called: list[str]) -> None:
    with app.test_request_context(headers={"Accept-Language": reader}):
        assert [language_in_sentence(code) for code in ("nb", "nn", "en", "pl", "xx")] == called
        assert language_name("en") == "English"
