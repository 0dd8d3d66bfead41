"""What every answer carries, languages, blocks of pages, and assets."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from studio.definition.sentences import Sentence
from studio.web import assets, catalogue, hx, render, translate
from studio.web.headers import content_security_policy


def test_every_answer_carries_the_headers_also_errors(client: FlaskClient) -> None:
    for path in ("/health", "/nowhere", "/fail/bug"):
        headers = client.get(path).headers

        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_only_named_origins_may_be_framed_and_frame() -> None:
    policy = content_security_policy(["https://test.example.org"], ["https://studio.example.org"])

    assert "frame-src 'self' https://test.example.org;" in policy
    assert "frame-ancestors https://studio.example.org;" in policy
    assert "frame-ancestors 'none';" in content_security_policy()


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("nn", "nn"),
        ("no", "nb"),
        ("nb-NO,nb;q=0.9", "nb"),
        ("en-GB", "en"),
        ("de", "nb"),
        ("", "nb"),
        ("%%", "nb"),
    ],
)
def test_the_browser_says_which_language(client: FlaskClient, wanted: str, got: str) -> None:
    assert (
        f"lang={got}"
        in client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": wanted}).text
    )


def test_the_cookie_counts_before_the_browser(client: FlaskClient) -> None:
    client.set_cookie("studio_language", "nn")

    assert "lang=nn" in client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": "en"}).text


def test_sentences_inside_sentences_are_translated_first(app: Flask) -> None:
    catalogue.compile_catalogues()
    with app.test_request_context(headers={"Accept-Language": "nn"}):
        inner = Sentence("Overview")

        assert (
            translate(Sentence("Page %(page)s of %(pages)s", {"page": inner, "pages": 3}))
            == "Side Oversikt av 3"
        )
        assert translate("as it is") == "as it is"


def test_a_block_of_a_page_has_the_macros_of_the_page(app: Flask) -> None:
    with app.test_request_context():
        assert render("page.html", block="part", name="kari") == "KARI!"
        assert render("page.html", block="main", name="kari") == "<h1>KARI!</h1>KARI!"
        assert render("page.html", name="kari").startswith("<html")


def test_a_block_that_is_not_there_is_a_mistake(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(KeyError):
        render("page.html", block="nowhere", name="kari")


def test_an_answer_steers_htmx(app: Flask) -> None:
    with app.test_request_context():
        answer = hx("ok", status=409, trigger={"saved": {"id": 1}}, push_url="/x", retarget="#a")

    assert answer.status_code == 409
    assert answer.headers["HX-Trigger"] == '{"saved": {"id": 1}}'
    assert answer.headers["HX-Push-Url"] == "/x"
    assert answer.headers["HX-Retarget"] == "#a"


def test_built_files_may_be_kept_for_ever(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = assets.asset("studio.css")

    answer = client.get(address)

    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_a_file_that_was_not_built_says_what_to_do(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(assets.AssetMissing, match=r"build\.mjs"):
        assets.asset("unknown.js")


@pytest.mark.parametrize("path", ["../build.mjs", "%2e%2e/build.mjs", "..%2fbuild.mjs"])
def test_nothing_outside_the_built_files_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/assets/{path}").status_code == 404
