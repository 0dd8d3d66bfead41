"""Pages in groups, and the steps of the process, above a form."""

import json
from typing import Any

import pytest
from builders import app_files, as_json, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in

from studio.definition.files import MemoryFiles
from studio.definition.process import DATA_AND_CONFIRMATION

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


def test_the_steps_of_the_process_are_told_to_the_end_where_the_app_asks_for_it(
    serve_app: Serve, client: FlaskClient
) -> None:
    sign_in(client)
    listed = [
        {"taskId": "Task_1", "name": "Fill in"},
        {"taskId": "Task_2", "name": "Look"},
        {"type": "receipt"},
    ]
    more = {"App/ui/Settings.json": as_json({"taskNavigation": listed})}
    first = begin(client, serve_app(app_files(process=DATA_AND_CONFIRMATION, more=more), "app"))
    assert steps(first) == ["*Fill in", "Look", "Kvittering"]
    look = send(client, send(client, first, "next", name="Kari"), "submit")
    assert steps(look) == ["Fill in done", "*Look", "Kvittering"]
    receipt = client.post(look.request.path, data={"action": "confirm"}, follow_redirects=True)
    assert steps(receipt) == ["Fill in done", "Look done", "*Kvittering"]


def steps(response: Any) -> list[str]:
    """The steps that are told: the current one with a star."""
    listed = page(response).select(".form-tasks li")
    return ["*" * each.has_attr("aria-current") + each.text.replace("ferdig", "done") for each in listed]


CHECKED = {"page": "current", "show": ["All"]}
UNCHECKED = {"page": "current", "show": ["Schema"]}  # an answer that is missing is told by "Required"


@pytest.mark.parametrize(
    ("bar", "page_says", "form_says", "all_say", "stops"),
    [
        ({}, None, None, None, False),
        ({}, None, None, CHECKED, True),
        ({}, None, UNCHECKED, CHECKED, False),
        ({}, None, CHECKED, None, True),
        ({}, UNCHECKED, CHECKED, None, False),
        ({}, CHECKED, None, UNCHECKED, True),
        ({"validateOnForward": UNCHECKED}, CHECKED, CHECKED, None, False),
        ({"validateOnForward": CHECKED}, UNCHECKED, None, None, True),
    ],
)
def test_what_is_nearest_to_the_button_says_what_is_checked_on_the_way(
    serve_app: Serve,
    client: FlaskClient,
    bar: dict[str, Any],
    page_says: Any,
    form_says: Any,
    all_say: Any,
    stops: bool,
) -> None:
    sign_in(client)
    shown = [field("name", required=True), {"id": "bar", "type": "NavigationBar", **bar}]
    settings: dict[str, Any] = {"pages": {"order": ["Start", "Dogs"]}, "defaultDataType": "model"}
    settings["pages"] |= {"validationOnNavigation": form_says} if form_says else {}
    first: dict[str, Any] = {"layout": shown} | ({"validationOnNavigation": page_says} if page_says else {})
    more = {
        "App/ui/Task_1/Settings.json": as_json(settings),
        "App/ui/Task_1/layouts/Start.json": as_json({"data": first}),
        "App/ui/Settings.json": as_json({"validationOnNavigation": all_say} if all_say else {}),
    }
    files = app_files(pages={"Start": (), "Dogs": (field("phone"),)}, more=more)
    there = send(client, begin(client, serve_app(files, "app")), "page:Dogs")
    assert there.request.path.endswith("/Start" if stops else "/Dogs")
    # The way back is not checked unless the button itself asks for it.
    back = send(client, begin(client, serve_app(files, "app")), "back")
    assert not page(back).select("#error-summary")


@pytest.mark.parametrize("inside", [False, True])
def test_older_apps_say_what_is_checked_in_their_list_of_forms(
    serve_app: Serve, client: FlaskClient, inside: bool
) -> None:
    sign_in(client)
    files = app_files(
        pages={"Start": (field("name", required=True),), "Dogs": (field("phone"),)}, generation="v8"
    )
    listed = json.loads(files["App/ui/layout-sets.json"])
    said = {"validationOnNavigation": UNCHECKED}
    listed |= {"uiSettings": said} if inside else said
    more = MemoryFiles({path: files[path] for path in files} | {"App/ui/layout-sets.json": as_json(listed)})
    there = send(client, begin(client, serve_app(more, "app")), "next")
    assert there.request.path.endswith("/Dogs")
