"""The frame around every page of Studio."""

from collections.abc import Callable

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from studio.web.navigation import APP_PAGES


def test_every_page_that_the_shell_points_to_is_there(app: Flask) -> None:
    assert {page.endpoint for page in APP_PAGES} <= set(app.view_functions)


def test_only_administrators_are_pointed_to_people_and_organisations(
    client_of: Callable[..., FlaskClient],
) -> None:
    assert 'href="/admin"' in client_of("anne").get("/account").text
    assert 'href="/admin"' not in client_of("kari").get("/account").text


def test_a_page_holds_nothing_that_its_policy_forbids(client_of: Callable[..., FlaskClient]) -> None:
    page = BeautifulSoup(client_of("anne").get("/admin").text, "html5lib")

    assert page.select("[style], style, script:not([src]), [onclick], [onload]") == []
    assert len(page.select("h1")) == 1
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert page.html is not None
    assert page.html["lang"] == "nb"


def test_a_persons_choices_hold_on_every_page(client_of: Callable[..., FlaskClient]) -> None:
    client = client_of("kari")

    client.post("/account", data={"language": "en", "theme": "dark"})

    assert '<html lang="en" data-color-scheme="dark"' in client.get("/account").text


def test_an_unknown_choice_changes_nothing(client_of: Callable[..., FlaskClient]) -> None:
    client = client_of("kari")

    client.post("/account", data={"language": "xx", "theme": '"><script>'})

    assert 'data-color-scheme="auto"' in client.get("/account").text


def test_one_changes_ones_password_by_knowing_the_present_one(client_of: Callable[..., FlaskClient]) -> None:
    client, elsewhere = client_of("kari"), client_of("kari")

    wrong = client.post("/account/password", data={"present": "wrong", "password": "a new password"})
    short = client.post("/account/password", data={"present": "demo-studio-2026", "password": "short"})
    right = client.post(
        "/account/password", data={"present": "demo-studio-2026", "password": "a new password"}
    )

    assert (wrong.status_code, short.status_code, right.status_code) == (422, 422, 302)
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert client_of("kari", "a new password").get("/account").status_code == 200


def test_an_administrator_does_not_lock_themselves_out(client_of: Callable[..., FlaskClient]) -> None:
    client = client_of("anne")

    assert client.post("/admin/people/anne/administrator", data={}).status_code == 422
    assert client.get("/admin").status_code == 200


def test_an_owner_gives_roles_in_their_own_organisation(client_of: Callable[..., FlaskClient]) -> None:
    client = client_of("ola")

    answer = client.post(
        "/organisations/ttd/member",
        data={"user_name": "tor", "role": ["reviewer:", "deployer:production", "x"]},
    )

    assert answer.status_code == 302
    row = client.get("/organisations/ttd/members").text.split("tor</td>")[1].split("</tr>")[0]
    assert "Kvalitetssikrer, Publiserer (production)" in row


def test_nobody_makes_an_organisation_ownerless(client_of: Callable[..., FlaskClient]) -> None:
    answer = client_of("ola").post(
        "/organisations/ttd/member", data={"user_name": "ola", "role": ["reviewer:"]}
    )

    assert answer.status_code == 422
    assert "eneste eieren" in answer.text


def test_the_language_is_chosen_on_every_page_however_narrow_the_window(
    client_of: Callable[..., FlaskClient], app: Flask
) -> None:
    signed_in = BeautifulSoup(client_of("kari").get("/account").text, "html5lib")
    outside = BeautifulSoup(app.test_client().get("/sign-in").text, "html5lib")

    assert len(signed_in.select("#profile-menu .language-form button")) == 3
    assert len(outside.select(".site-header__end > .language-form button")) == 3
    assert outside.select(".bell") == []
