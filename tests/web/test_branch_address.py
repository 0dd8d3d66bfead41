"""The branch in the address: taken out before views see it, and put back into links to the same app."""

from collections.abc import Callable

import pytest
from flask import Blueprint, Flask, g, url_for
from hypothesis import given
from hypothesis import strategies as st

from studio.history.errors import DomainError
from studio.history.names import branch_ref
from studio.web.branch_address import about_whole_apps, current_branch, install_branch_addresses, on_branch

Ask = Callable[[str], dict[str, str]]


def make() -> Flask:
    app = Flask(__name__)
    install_branch_addresses(app, default="main")
    pages, whole = Blueprint("pages", __name__), Blueprint("whole", __name__)
    about_whole_apps(whole)

    def show(org: str, app: str) -> dict[str, str]:
        other = on_branch(app, "other/one")
        return {
            "app": app,
            "branch": current_branch(),
            "same": url_for("pages.show", org=org, app=app),
            "other": url_for("pages.show", org=org, app=other),
            "main": url_for("pages.show", org=org, app=on_branch(app, "main")),
            "neighbour": url_for("pages.show", org=org, app="neighbour"),
            "whole": url_for("whole.show", org=org, app=other),
        }

    for bp, rule in ((pages, "/<org>/<app>/"), (whole, "/<org>/<app>/whole")):
        bp.add_url_rule(rule, "show", show)
        app.register_blueprint(bp)
    return app


@pytest.fixture
def ask() -> Ask:
    client = make().test_client()
    return lambda address: client.get(address).get_json()


def test_an_address_without_a_branch_is_about_main(ask: Ask) -> None:
    answer = ask("/ttd/tax/")
    assert (answer["app"], answer["branch"], answer["same"]) == ("tax", "main", "/ttd/tax/")


def test_a_branch_in_the_address_stays_in_links_to_the_same_app_alone(ask: Ask) -> None:
    answer = ask("/ttd/tax@kari:shorter/")
    assert (answer["app"], answer["branch"]) == ("tax", "kari/shorter")
    assert answer["same"] == "/ttd/tax@kari:shorter/"
    assert answer["neighbour"] == "/ttd/neighbour/"


def test_a_link_can_name_another_branch_and_main_needs_no_name(ask: Ask) -> None:
    answer = ask("/ttd/tax@kari:shorter/")
    assert answer["other"] == "/ttd/tax@other:one/"
    assert answer["main"] == "/ttd/tax/"
    assert ask("/ttd/tax@main/")["same"] == "/ttd/tax/"


def test_pages_about_the_whole_app_have_no_branch_in_their_address(ask: Ask) -> None:
    assert ask("/ttd/tax@kari:shorter/")["whole"] == "/ttd/tax/whole"


_SHOWN = make()


@given(st.text(min_size=1, max_size=30))
def test_every_name_that_git_allows_comes_back_from_its_address(name: str) -> None:
    try:
        branch_ref(name)
    except (DomainError, ValueError):
        return
    with _SHOWN.test_request_context():
        address = url_for("pages.show", org="ttd", app=on_branch("tax", name))
    with _SHOWN.test_request_context(address):
        _SHOWN.preprocess_request()
        assert current_branch() == name
        assert g.branch_of == ("ttd", "tax")
