"""Python hooks of an app in a real runtime: what they find, fill in, work out, offer, allow and refuse."""

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from builders import app_files, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in

from studio.database import clock, runtime_db
from studio.definition.bundle import bundle_id, manifest
from studio.definition.checks import check
from studio.definition.files import MemoryFiles
from studio.definition.process import DATA_AND_CONFIRMATION
from studio.runtime.context import app_logic, served
from studio.runtime.forms.hooks import Asking
from studio.runtime.logic.hosts import Hosts
from studio.runtime.logic.runner import Runner
from studio.runtime.served import PreviewApp, bundles, show_preview

BORN = {"type": "string", "format": "date"}
PAGES = {
    "Contact": (
        field("name"),
        field("age"),
        field("town", kind="Dropdown", optionsId="towns"),
        {"id": "next", "type": "NavigationButtons"},
    ),
    "Summary": ({"id": "send", "type": "Button"},),
}
FIELDS = {
    "name": "string",
    "age": "integer",
    "town": "string",
    "half": "number",
    "born": BORN,
}
# Data, then a fork without conditions: to the confirmation, or straight to the end.
FORK = DATA_AND_CONFIRMATION.replace(
    '<bpmn:sequenceFlow id="Flow_2"',
    '<bpmn:exclusiveGateway id="Fork_1"><bpmn:incoming>Flow_2</bpmn:incoming>'
    "<bpmn:outgoing>to-end</bpmn:outgoing><bpmn:outgoing>to-confirm</bpmn:outgoing></bpmn:exclusiveGateway>"
    '<bpmn:sequenceFlow id="to-end" sourceRef="Fork_1" targetRef="EndEvent_1" />'
    '<bpmn:sequenceFlow id="to-confirm" sourceRef="Fork_1" targetRef="Task_2" />'
    '<bpmn:sequenceFlow id="Flow_2"',
).replace('sourceRef="Task_1" targetRef="Task_2"', 'sourceRef="Task_1" targetRef="Fork_1"')


@pytest.fixture(autouse=True)
def no_hosts_left(runtime: Flask) -> Iterator[None]:
    """Ends the processes that a test has started."""
    yield
    with runtime.app_context():
        app_logic().hosts.end()


def logic(source: str, **more: str) -> MemoryFiles:
    """An app with this code in App/logic/rules.py, and more files by name ("options__x" lies in options/)."""
    files = {"App/logic/rules.py": source.encode()}
    files |= {f"App/logic/{name.replace('__', '/')}.py": text.encode() for name, text in more.items()}
    return app_files(pages=PAGES, fields=FIELDS, more=dict(files))


def test_what_validate_finds_stands_beside_its_field_and_stops_the_form(
    client: FlaskClient, serve_app: Serve
) -> None:
    app = serve_app(
        logic(
            "from studio_app import Issue\n"
            "def validate(data, context):\n"
            "    if data.get('age', 99) < 18:\n"
            "        yield Issue('age', 'Du må være 18 år.')\n"
        ),
        "hooks",
    )
    sign_in(client)
    saved = send(client, begin(client, app), "save", age="17")
    assert "Du må være 18 år." in page(saved).select("#f-age")[0].find_parent(class_="ds-field").text
    assert errors(send(client, saved, "next")) == ["age.title: Du må være 18 år."]
    assert errors(send(client, saved, "next", age="18")) == []


def test_what_calculate_gives_follows_every_save(client: FlaskClient, serve_app: Serve) -> None:
    app = serve_app(
        logic(
            "from decimal import Decimal\n"
            "from datetime import date\n"
            "def calculate(data, context):\n"
            "    age = data.get('age')\n"
            "    return {'half': None if age is None else Decimal(age) / 2, 'name': f'{age} years',\n"
            "            'born': date(2026, 1, 31)}\n"
        ),
        "hooks",
    )
    sign_in(client)
    saved = send(client, begin(client, app), "save", age="17")
    assert page(saved).select("#f-name")[0]["value"] == "17 years"
    again = send(client, saved, "save", age="20")
    assert page(again).select("#f-name")[0]["value"] == "20 years"


def test_what_prefill_gives_is_there_when_the_form_is_begun(client: FlaskClient, serve_app: Serve) -> None:
    app = serve_app(
        logic("def prefill(data, context):\n    return {'name': context.party.name, 'age': 40}\n"), "hooks"
    )
    sign_in(client)
    first = begin(client, app)
    assert page(first).select("#f-name")[0]["value"] != ""
    assert page(first).select("#f-age")[0]["value"] == "40"


def test_options_of_a_hook_follow_the_answers(client: FlaskClient, serve_app: Serve) -> None:
    app = serve_app(
        logic(
            "",
            options__towns=(
                "from studio_app import Option\n"
                "def options(data, parameters, context):\n"
                "    yield Option('oslo', 'Oslo')\n"
                "    if data.get('age') == 40:\n"
                "        yield Option('bergen', 'Bergen')\n"
            ),
        ),
        "hooks",
    )
    sign_in(client)
    first = begin(client, app)
    assert [each.text.strip() for each in page(first).select("#f-town option")][1:] == ["Oslo"]
    saved = send(client, first, "save", age="40", town="oslo")
    assert [each["value"] for each in page(saved).select("#f-town option")] == ["", "oslo", "bergen"]
    sent = send(client, send(client, saved, "next", town="bergen"), "submit")
    assert "/receipt" in sent.request.path
    assert "Bergen" in sent.text


def test_a_form_that_may_not_be_begun_says_why_on_its_start_page(
    client: FlaskClient, serve_app: Serve
) -> None:
    app = serve_app(
        logic(
            "from studio_app import refuse\ndef may_start(context):\n    refuse('Søknadsfristen er ute.')\n"
        ),
        "hooks",
    )
    sign_in(client)
    refused = begin(client, app)
    assert refused.status_code == 409
    assert page(refused).select("#notice")[0].get_text(strip=True) == "Søknadsfristen er ute."
    assert page(client.get(app)).select(".public-begun") == []


def test_a_step_that_a_hook_does_not_let_go_keeps_the_form_where_it_is(
    client: FlaskClient, serve_app: Serve
) -> None:
    app = serve_app(
        logic(
            "from studio_app import refuse\n"
            "def task_ended(task, data, context):\n"
            "    if data.get('age') != 40 and task.id == 'Task_1':\n"
            "        refuse('stop')\n"
        ),
        "hooks",
    )
    sign_in(client)
    summary = send(client, begin(client, app), "next", age="39")
    refused = send(client, summary, "submit")
    assert refused.status_code == 409
    assert page(refused).select("#notice")[0].text.startswith("stop")
    contact = send(client, refused, "back")
    sent = send(client, send(client, contact, "next", age="40"), "submit")
    assert "/receipt" in sent.request.path


def test_a_step_that_has_begun_gets_what_its_hook_fills_in(client: FlaskClient, serve_app: Serve) -> None:
    app = serve_app(
        logic("def task_started(task, data, context):\n    return {'name': task.id, 'age': 7}\n"), "hooks"
    )
    sign_in(client)
    first = begin(client, app)
    assert page(first).select("#f-name")[0]["value"] == "Task_1"


def test_a_step_without_a_form_cannot_be_filled_in_by_its_hook(client: FlaskClient, serve_app: Serve) -> None:
    source = (
        "def task_started(task, data, context):\n    return {'age': 7} if task.id == 'Task_2' else None\n"
    )
    files = app_files(
        pages=PAGES, fields=FIELDS, process=DATA_AND_CONFIRMATION, more={"App/logic/a.py": source.encode()}
    )
    app = serve_app(files, "hooks")
    sign_in(client)
    sent = send(client, send(client, begin(client, app), "next"), "submit")
    assert sent.status_code == 500
    assert len(page(sent).select("#hook-failure")) == 1
    assert "/Task_1/" in sent.request.path


def test_a_hook_that_fails_tells_the_person_a_reference_and_loses_nothing(
    client: FlaskClient, serve_app: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    app = serve_app(
        logic(
            "def calculate(data, context):\n    if 'age' in data:\n        return {'half': {}['secret']}\n"
        ),
        "hooks",
    )
    sign_in(client)
    saved = send(client, begin(client, app), "save", age="17")
    told = page(saved).select("#hook-failure")[0].get_text(" ", strip=True)
    reference = told.split()[-1]
    assert "secret" not in saved.text
    assert page(saved).select("#f-age")[0]["value"] == "17"
    again = send(client, saved, "save", age="18")
    assert page(again).select("#hook-failure")[0].get_text(" ", strip=True).split()[-1] == reference
    lines = [line for line in capsys.readouterr().err.splitlines() if "app logic failed" in line]
    assert len(lines) == 1
    assert reference in lines[0]
    assert "App/logic/rules.py:3 calculate" in lines[0]
    assert "secret" not in lines[0]


def test_a_form_whose_check_fails_is_not_sent_in(client: FlaskClient, serve_app: Serve) -> None:
    app = serve_app(logic("def validate(data, context):\n    return 1 / 0\n"), "hooks")
    sign_in(client)
    summary = send(client, begin(client, app), "next")
    refused = send(client, summary, "submit")
    assert refused.status_code == 422
    assert len(page(refused).select("#hook-failure")) == 1
    assert len(errors(refused)) == 1


def test_an_issue_of_the_whole_form_is_told_when_it_is_sent_in(client: FlaskClient, serve_app: Serve) -> None:
    app = serve_app(
        logic("from studio_app import Issue\ndef validate(data, context):\n    return [Issue('', 'Nei.')]\n"),
        "hooks",
    )
    sign_in(client)
    summary = send(client, begin(client, app), "next")
    assert errors(send(client, summary, "submit")) == ["Nei."]


@pytest.mark.parametrize(
    ("gives", "says"),
    [
        ("{'half': 0.1}", "binary float"),
        ("{'nothing': 1}", "no such field"),
        ("{'age': 'old'}", "age"),
        ("['age']", "gives fields"),
        ("{'name[0]': 'x'}", "no such row"),
        ("{'age': {1}}", "set is no kind of value"),
    ],
)
def test_a_value_that_has_no_place_in_the_data_is_refused_with_what_is_wrong(
    runtime: Flask, serve_app: Serve, gives: str, says: str
) -> None:
    serve_app(logic(f"def calculate(data, context):\n    return {gives}\n"), "hooks")
    with runtime.app_context():
        app = served("ttd", "hooks")
        hooks = app.hooks(None, clock.now())
        assert hooks.results(Asking("nb", "model", {"model": {}})) is None
        assert says in hooks.failures[0].message


def test_a_hook_chooses_the_way_out_of_a_fork(client: FlaskClient, serve_app: Serve) -> None:
    source = (
        "def choose_flow(gateway, data, context):\n"
        "    return {1: 'to-end', 2: 'to-confirm', 3: 'nowhere'}.get(data.get('age'))\n"
    )
    files = app_files(pages=PAGES, fields=FIELDS, process=FORK, more={"App/logic/ways.py": source.encode()})
    app = serve_app(files, "hooks")
    sign_in(client)
    for age, place in (("1", "/receipt"), ("2", "/Task_2"), ("3", "/Summary"), ("4", "/Summary")):
        sent = send(client, send(client, begin(client, app), "next", age=age), "submit")
        assert place in sent.request.path, age
        assert sent.status_code == (409 if place == "/Summary" else 200)


def test_a_preview_shows_the_traceback_and_what_was_printed(client: FlaskClient, runtime: Flask) -> None:
    files = logic("def calculate(data, context):\n    print('here')\n    return {}['key']\n")
    with runtime.app_context():
        entries = manifest(files)
        for path, sha256 in entries.items():
            bundles().put_blob(sha256, files[path])
        bundles().put_bundle(entries)
        draft = PreviewApp(token="secret", org="ttd", app="hooks", bundle_id=bundle_id(entries), person="ada")
        draft.updated_at = clock.now()
        show_preview(draft)
    shown = client.get("/preview/secret/ttd/hooks/", follow_redirects=True)
    saved = send(client, shown, "save", age="1")
    told = page(saved).select("#hook-failure")[0]
    assert "App/logic/rules.py:3" in told.text
    assert "return {}['key']" in told.select("pre")[0].text
    assert "KeyError: 'key'" in told.text
    assert [each.text for each in page(saved).select(".hook-printed pre")] == ["here\n"]


def test_a_fault_at_the_beginning_is_a_page_with_a_reference(client: FlaskClient, serve_app: Serve) -> None:
    app = serve_app(logic("def prefill(data, context):\n    return data['nothing']\n"), "hooks")
    sign_in(client)
    failed = begin(client, app)
    assert failed.status_code == 500
    assert len(page(failed).select("#hook-failure")) == 1
    assert "nothing" not in failed.text
    assert page(client.get(app)).select(".public-begun") == []


def test_hooks_that_are_turned_off_are_not_passed_over_in_silence(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    app = serve_app(logic("def validate(data, context):\n    return []\n"), "hooks")
    app_logic.give(runtime, Runner("off"))
    sign_in(client)
    summary = send(client, begin(client, app), "next")
    assert send(client, summary, "submit").status_code == 422


def test_the_example_of_the_reference_works(runtime: Flask, serve_app: Serve) -> None:
    text = (Path(__file__).parents[2] / "docs/reference/app-logic.md").read_text("utf-8")
    source = text.partition("```python\n")[2].partition("```")[0]
    row = {"type": "object", "properties": {"amount": {"type": "number"}, "born": BORN}}
    fields = {"lines": {"type": "array", "items": row}, "children": {"type": "array", "items": row}}
    more = {"App/logic/rules.py": source.encode(), "App/config/texts/resource.en.json": None}
    serve_app(app_files(pages=PAGES, fields={**fields, "sum": "number"}, more=more), "hooks")
    data = {
        "children": [{"born": "2020-01-01"}, {"born": "2999-01-01"}],
        "lines": [{"amount": 1}, {"amount": 2}],
    }
    with runtime.app_context():
        app = served("ttd", "hooks")
        assert [each for each in check(app.definition) if each.place.path.endswith("rules.py")] == []
        hooks = app.hooks(None, clock.now())
        asking = Asking("nb", "model", {"model": data})
        assert [each.field for each in hooks.issues(asking)] == ["children[1].born"]
        assert hooks.results(asking) == {**data, "sum": 3}


def calls(hosts: Hosts) -> list[float]:
    """When the calls that run at this moment were begun."""
    return [host.last_asked for host in list(hosts._hosts.values()) if host.is_busy]


def test_nobody_waits_for_the_database_while_a_hook_runs(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    slow = "    import time; time.sleep(0.7)\n"
    source = (
        f"def prefill(data, context):\n{slow}    return {{'age': 40}}\n"
        f"def task_started(task, data, context):\n{slow}"
        "    return {'name': task.id} if task.id == 'Task_1' else None\n"
        f"def task_ended(task, data, context):\n{slow}"
        f"def choose_flow(gateway, data, context):\n{slow}    return 'to-confirm'\n"
    )
    files = app_files(pages=PAGES, fields=FIELDS, process=FORK, more={"App/logic/rules.py": source.encode()})
    app = serve_app(files, "hooks")
    sign_in(client)
    with runtime.app_context():
        place = runtime_db.engine.url.database
        hosts = app_logic().hosts

    def fill_in() -> None:
        summary = send(client, begin(client, app), "next")
        assert "/Task_2" in send(client, summary, "submit").request.path

    with ThreadPoolExecutor(1) as pool, closing(sqlite3.connect(str(place), timeout=0)) as other:
        filled_in = pool.submit(fill_in)
        tried = 0
        while not filled_in.done():
            running = calls(hosts)
            try:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
                tried += bool(running)
            except sqlite3.OperationalError:  # somebody is writing: no hook, then, that still runs
                assert not running or calls(hosts) != running
            time.sleep(0.05)
        filled_in.result()
    assert tried > 5
