"""Pages in groups, and the steps of the process, above a form."""

from typing import Any

import pytest
from builders import app_files, as_json, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in

PAGES = {"Start": (field("name", required=True),), "Dogs": (field("phone"),), "Photo": (field("age"),)}
GROUPS = [
    {"order": ["Start"], "name": "You", "markWhenCompleted": True},
    {"order": ["Dogs", "Photo"], "name": "Your dogs"},
]


@pytest.fixture
def at(serve_app: Serve, client: FlaskClient) -> Any:
    sign_in(client)

    def put(pages: Any, shared: Any = None) -> Any:
        more = {"App/ui/Task_1/Settings.json": as_json({"pages": pages, "defaultDataType": "model"})}
        more["App/ui/Settings.json"] = as_json(shared or {})
        return begin(client, serve_app(app_files(pages=PAGES, more=more), "app"))

    return put


def test_pages_stand_in_their_groups_and_the_one_with_this_page_is_open(at: Any, client: FlaskClient) -> None:
    first = at({"groups": GROUPS})
    groups = page(first).select(".form-groups details")
    assert [each.summary.text for each in groups if each.summary] == ["You", "Your dogs"]
    assert [each.has_attr("open") for each in groups] == [True, False]
    there = send(client, first, "page:Photo")
    assert page(there).select_one(".form-groups [aria-current=page]").text == "Photo"  # type: ignore[union-attr] # shown


def test_a_group_is_marked_once_nothing_is_missing_in_it(at: Any, client: FlaskClient) -> None:
    first = at({"groups": GROUPS})
    assert not page(first).select(".form-groups [data-done]")
    kept = send(client, first, "save", name="Kari")
    assert len(page(kept).select(".form-groups [data-done]")) == 1


def test_a_plain_order_of_pages_has_no_groups(at: Any) -> None:
    assert not page(at({"order": list(PAGES)})).select(".form-groups")


@pytest.mark.parametrize("groups", [7, ["x"], [{"order": "Start"}], [{"name": "Empty", "order": []}]])
def test_groups_that_are_nonsense_are_passed_by(at: Any, groups: Any) -> None:
    assert not page(at({"groups": [*GROUPS, *groups] if isinstance(groups, list) else GROUPS})).select(
        ".form-groups summary:-soup-contains(Empty)"
    )


def test_the_steps_of_the_process_are_told_where_the_app_asks_for_it(at: Any) -> None:
    tasks = [{"taskId": "Task_1", "name": "Fill in"}, {"type": "receipt"}]
    shown = page(at({"order": list(PAGES)}, {"taskNavigation": tasks})).select(".form-tasks li")
    assert [each.get("aria-current") for each in shown] == ["step", None]
    assert shown[0].text == "Fill in"
