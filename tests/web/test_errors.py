"""Errors: status and words, for people, for htmx and for programs."""

import pytest
from flask.testing import FlaskClient

HTML = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/fail/domain", 422, "A password must have at least 9 characters."),
        ("/fail/missing", 404, "There is no &lt;b&gt;page&lt;/b&gt;."),
        ("/fail/clash", 409, "Somebody else was faster."),
        ("/fail/bug", 500, "Something went wrong here"),
        ("/nowhere", 404, "We did not find this page"),
    ],
)
def test_a_person_gets_a_page_with_the_reason(
    client: FlaskClient, path: str, status: int, words: str
) -> None:
    answer = client.get(path, headers=HTML)

    assert answer.status_code == status
    assert words in answer.text


def test_nothing_of_a_bug_is_shown(client: FlaskClient) -> None:
    answer = client.get("/fail/bug", headers=HTML)

    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text


def test_htmx_gets_a_message_for_the_region_of_messages(client: FlaskClient) -> None:
    answer = client.get("/fail/domain", headers=HTML | {"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#messages"
    assert answer.text.startswith('<div class="ds-alert')
    assert 'role="alert"' in answer.text


def test_a_program_gets_json(client: FlaskClient) -> None:
    answer = client.get("/fail/clash", headers={"Accept": "application/json"})

    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["detail"] == "Somebody else was faster."


def test_a_post_without_its_token_is_refused_with_advice(client: FlaskClient) -> None:
    answer = client.post("/form", headers=HTML)

    assert answer.status_code == 400
    assert "Reload and try again" in answer.text


def test_a_method_that_is_not_there_says_so(client: FlaskClient) -> None:
    assert client.delete("/health", headers=HTML).status_code == 405


def test_an_upload_beyond_the_limit_is_said_plainly(client: FlaskClient) -> None:
    answer = client.post("/form", data={"text": "x" * 2000}, headers=HTML)

    assert answer.status_code == 413
    assert "This is too large" in answer.text


def test_a_missing_slash_is_a_redirect_and_not_an_error(client: FlaskClient) -> None:
    assert client.get("/slash", headers=HTML).status_code == 308
