"""Python hooks in Studio: their files, code with its errors, and what a hook gives for some data."""

import ast
import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from studio.definition.app import AppDefinition, app_definition
from studio.definition.app_logic import HOOKS, OPTIONS, logic_of, read_logic_file
from studio.definition.checks.app_logic import check_app_logic
from studio.definition.checks.places import Placing
from studio.definition.comparison import describe
from studio.features.rules import hook_runner
from studio.features.rules.hooks import with_text
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.runtime.fetching import Fetcher
from studio.runtime.logic.runner import Runner
from tests.features.conftest import KARI, NOW, Browser
from tests.features.rules_app import rules_files
from tests.runtime.https_server import https_server

HOOKS_PAGE = "/ttd/benefit/rules/hooks"
FILE = f"{HOOKS_PAGE}/file/checks"
SOURCE = (
    "from studio_app import Issue\n\n\ndef validate(data, context):\n    print('seen', data.get('income'))\n"
    "    if data.get('income', 0) > 100:\n        yield Issue('income', 'children.title', 'warning')\n"
    "\n\ndef calculate(data, context):\n    return {'costs': data['income'] / 2}\n"
)


@pytest.fixture
def benefit(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/benefit, with a file of hooks."""
    more = {"App/logic/checks.py": SOURCE.encode()}
    return repositories.create("ttd", "benefit", rules_files(more=more), KARI, "Create Child benefit", NOW)


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return BeautifulSoup(text, "html.parser")


def words(found: Any) -> str:
    return " ".join(found.get_text(" ", strip=True).split())


def app_of(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("kari").files)


def fields(shown: BeautifulSoup, **written: str) -> dict[str, str]:
    """What the form of the file holds, with what is written in it."""
    form = shown.select_one("form.hook-form")
    assert form is not None
    found = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
    for each in form.select("textarea"):
        found[str(each["name"])] = each.get_text().removeprefix("\n")
    for each in form.select("select"):
        chosen = each.select_one("option[selected]") or each.select_one("option")
        found[str(each["name"])] = str(chosen["value"]) if chosen else ""
    del found["csrf_token"]
    return {**found, **written}


def test_files_are_listed_with_their_hooks(benefit: Repository, kari: Browser) -> None:
    (file,) = page(kari.get(HOOKS_PAGE)).select(".hook-file")
    assert (
        words(file)
        == "App/logic/checks.py Check the answers validate, line 4 Work out fields calculate, line 10"
    )


def test_who_may_only_look_sees_the_files_and_changes_nothing(benefit: Repository, runa: Browser) -> None:
    shown = page(runa.get(HOOKS_PAGE))
    assert "App/logic/checks.py" in shown.get_text()
    assert not shown.select(".new-hook, .hook-file a")
    assert runa.post(HOOKS_PAGE, kind="validate", name="mine").status_code == 403
    assert runa.post(FILE, do="try", text="", hook="validate").status_code == 403
    assert "Servers that may be asked None" in words(shown.select_one("#limits"))
    assert runa.post(f"{HOOKS_PAGE}/limits", seconds="3", hosts="").status_code == 403


@pytest.mark.parametrize("hook", [*HOOKS, *OPTIONS])
def test_every_kind_of_hook_begins_with_code_that_has_no_faults_and_runs(
    benefit: Repository, kari: Browser, hook: Any
) -> None:
    kari.get(HOOKS_PAGE)
    shown = page(kari.post(HOOKS_PAGE, kind=hook, name="first_try"))
    app = app_of(benefit)
    folder = "options/" if hook in OPTIONS else ""
    path = f"App/logic/{folder}first_try.py"
    text = app.files[path].decode()
    assert ast.get_docstring(ast.parse(text))
    assert read_logic_file(app.files[path], gives_options=hook in OPTIONS).hooks.keys() == {hook}
    assert [found for found in check_app_logic(app, Placing(app)) if found.place.path == path] == []

    ran = page(kari.post(f"{HOOKS_PAGE}/file/{folder}first_try", **fields(shown, do="try", hook=hook)))
    assert not ran.select(".hook-outcome .ds-alert"), ran.select_one("#outcome")
    assert words(ran.select_one("#outcome"))


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("validate", "My checks", "Write a name of small letters"),
        ("validate", "class", "Write a name of small letters"),
        ("validate", "../../x", "Write a name of small letters"),
        ("validate", "checks", "There is a file App/logic/checks.py already."),
        ("options", "../x", "Write the id of the list"),
        ("nonsense", "x", "Choose what the code is to do."),
    ],
)
def test_a_file_that_cannot_be_is_refused_in_words(
    benefit: Repository, kari: Browser, kind: str, name: str, told: str
) -> None:
    kari.get(HOOKS_PAGE)
    before = benefit.draft("kari").revision
    refused = page(kari.post(HOOKS_PAGE, kind=kind, name=name), 422)
    assert told in words(refused.select_one("main [role=alert]:not(.message)"))
    assert benefit.draft("kari").revision == before


def test_code_is_saved_with_its_errors_named_at_their_lines(benefit: Repository, kari: Browser) -> None:
    shown = page(kari.get(FILE))
    wrong = "def validate(data):\n    return data.get('incme')\n\n\nimport os\n"
    checked = kari.post(f"{FILE}/check", text=wrong).get_json()
    assert [(each["line"], each["severity"]) for each in checked["findings"]] == [
        (1, "error"),
        (2, "warning"),
        (5, "error"),
    ]

    saved = page(kari.post(FILE, **fields(shown, do="save", text=wrong)))
    assert app_of(benefit).files["App/logic/checks.py"].decode() == wrong
    assert [each["data-line"] for each in saved.select("[data-findings] a")] == ["1", "2", "5"]
    assert "The code is saved" in words(saved)

    broken = page(kari.post(FILE, **fields(saved, do="save", text="def validate(:\n")))
    assert "Line 1: This is not Python" in words(broken.select_one("[data-findings]"))


def test_a_field_that_no_model_has_is_named(benefit: Repository, kari: Browser) -> None:
    kari.get(FILE)
    text = "def validate(data, context):\n    return [data['incme']]\n"
    (found,) = kari.post(f"{FILE}/check", text=text).get_json()["findings"]
    assert found["line"] == 2
    assert "incme" in found["message"]


def test_code_that_somebody_else_changed_meanwhile_is_not_lost(benefit: Repository, kari: Browser) -> None:
    shown = page(kari.get(FILE))
    mine = fields(shown, do="save", text="# mine\n")
    page(kari.post(FILE, **fields(shown, do="save", text="# theirs\n")))

    told = page(kari.post(FILE, **mine), 409)

    assert "# theirs" in words(told.select_one("main [role=alert]:not(.message)"))
    assert fields(told)["text"] == "# mine\n"
    page(kari.post(FILE, **fields(told, do="save")))
    assert app_of(benefit).files["App/logic/checks.py"] == b"# mine\n"


def test_a_hook_is_tried_with_data_before_it_is_saved(benefit: Repository, kari: Browser) -> None:
    shown = page(kari.get(FILE))
    assert json.loads(fields(shown)["data"])["income"] == 1.5  # something to begin with

    data = json.dumps({"income": 150.5})
    issues = page(kari.post(FILE, **fields(shown, do="try", hook="validate", data=data)))
    (row,) = issues.select("#outcome tbody tr")
    assert words(row) == "Warning income Children"
    assert "seen 150.5" in words(issues.select_one("#outcome pre"))

    worked_out = page(kari.post(FILE, **fields(shown, do="try", hook="calculate", data=data)))
    assert words(worked_out.select_one("#outcome tbody")) == "costs No answer 75.25"

    written = SOURCE.replace("/ 2", "* 2")
    other = page(kari.post(FILE, **fields(shown, do="try", hook="calculate", data=data, text=written)))
    assert words(other.select_one("#outcome tbody")) == "costs No answer 301"
    assert app_of(benefit).files["App/logic/checks.py"].decode() == SOURCE
    assert fields(other)["text"] == written


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("    return {}['nothing']\n", "KeyError"),
        ("    return {'nothing': 1}\n", "the data model has no such field"),
        ("    while True: pass\n", "took longer"),
        ("    return open('/etc/passwd').read()\n", "App/logic/checks.py, line 2"),
    ],
)
def test_a_hook_that_fails_says_what_and_where(
    benefit: Repository, kari: Browser, code: str, told: str
) -> None:
    shown = page(kari.get(FILE))
    text = f"def calculate(data, context):\n{code}"
    failed = page(kari.post(FILE, **fields(shown, do="try", hook="calculate", text=text)))
    assert told in words(failed.select_one("#outcome .ds-alert"))


class _Rates(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"0.25")

    def log_message(self, *_arguments: Any) -> None:
        pass


def test_a_hook_that_is_tried_asks_the_servers_that_the_app_names_and_shows_what_it_asked(
    studio: Flask, repositories: Repositories, kari: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with https_server(tmp_path_factory.mktemp("certificate"), _Rates, "rates.example.org") as server:
        name, here = "rates.example.org", [(0, 0, 0, "", ("127.0.0.1", server.port))]
        door = Fetcher(frozenset(), 0, True, server.port, server.trust, lambda *_, **__: here)
        hook_runner.give(studio, Runner(servers=frozenset({name}), door=door))
        rate, elsewhere = (
            f"https://{name}:{server.port}/rate?year=2026",
            f"https://example.org:{server.port}/",
        )
        code = (
            "from decimal import Decimal\n\nfrom studio_app import HttpFailed\n\n\n"
            f"def calculate(data, context):\n    rate = Decimal(context.http.get({rate!r}).text)\n"
            f"    try:\n        context.http.get({elsewhere!r})\n    except HttpFailed:\n"
            "        return {'costs': data['income'] * rate}\n"
        )
        more = {
            "App/logic/checks.py": code.encode(),
            "App/logic/settings.json": b'{"hosts": ["rates.example.org", "example.org"]}',
        }
        repositories.create("ttd", "benefit", rules_files(more=more), KARI, "Create Child benefit", NOW)
        shown = page(kari.get(FILE))
        assert "Can be asked from here: rates.example.org." in words(shown.select_one(".hook-try"))

        ran = page(kari.post(FILE, **fields(shown, do="try", hook="calculate", data='{"income": 100}')))

    changed, asked = ran.select("#outcome table")
    assert words(changed.tbody) == "costs No answer 25"
    assert [words(row) for row in asked.tbody.select("tr")] == [
        f"{rate} Status 200, 4 characters",
        f"{elsewhere} example.org is not among the servers that may be asked here.",
    ]


@pytest.mark.parametrize(("data", "told"), [("{", "Line 1 of the data"), ("[]", "in curly brackets")])
def test_data_that_cannot_be_read_is_named(benefit: Repository, kari: Browser, data: str, told: str) -> None:
    shown = page(kari.get(FILE))
    refused = page(kari.post(FILE, **fields(shown, do="try", data=data)), 422)
    assert told in words(refused.select_one("main [role=alert]:not(.message)"))
    assert fields(refused)["data"] == data


def test_a_file_goes_away_and_comes_back_with_undo(benefit: Repository, kari: Browser) -> None:
    kari.get(FILE)
    assert "No Python hooks yet" in words(page(kari.post(FILE, do="remove")))
    assert "App/logic/checks.py" not in app_of(benefit).files
    assert kari.get(FILE).status_code == 404


def test_text_that_is_no_text_is_shown_all_the_same(benefit: Repository, kari: Browser) -> None:
    app = with_text(app_of(benefit), "App/logic/checks.py", "x = '\ud800'")
    assert app.files["App/logic/checks.py"] == b"x = '?'"


LIMITS = "App/logic/settings.json"


def test_the_time_and_the_servers_of_hooks_are_set_on_the_screen_and_undone(
    benefit: Repository, kari: Browser
) -> None:
    shown = page(kari.get(HOOKS_PAGE))
    assert shown.select_one("#field-seconds")["value"] == "2"  # type: ignore[index] # it is shown

    kari.post(f"{HOOKS_PAGE}/limits", seconds="4,5", hosts="data.example.org\r\nAPI.example.org")
    draft = benefit.draft("kari")
    settings = logic_of(app_of(benefit)).settings
    assert (settings.seconds, settings.hosts) == (4.5, ("data.example.org", "api.example.org"))
    limits = words(page(kari.get(HOOKS_PAGE)).select_one("#limits"))
    assert "No environment allows this yet: api.example.org, data.example.org." in limits
    told = [str(each) for each in describe(rules_files(more={}), draft.files)]
    assert "A call of a Python hook may take 4.5 s" in told
    kari.post("/language", language="nb")
    assert "4,5 s" in words(page(kari.get("/ttd/benefit/history")))
    kari.post("/language", language="en")
    assert "Python hooks may ask data.example.org, api.example.org" in told

    revision = draft.revision
    kari.post(f"{HOOKS_PAGE}/limits", seconds="4.5", hosts="data.example.org api.example.org")
    assert benefit.draft("kari").revision == revision
    kari.post(f"{HOOKS_PAGE}/limits", seconds="2", hosts="")
    assert json.loads(app_of(benefit).files[LIMITS]) == {}
    draft = benefit.draft("kari")
    draft.undo(KARI, NOW)
    draft.undo(KARI, NOW)
    assert LIMITS not in benefit.draft("kari").files


@pytest.mark.parametrize(
    ("seconds", "hosts", "told"),
    [
        ("1e999999", "", "must be a number from 0.1 to 10"),
        ("2", "https://data.example.org/x", "is not the name of a server"),
        ("2", "good.example.org\nlocalhost", "localhost is not the name of a server"),
    ],
)
def test_limits_that_cannot_be_are_refused_and_what_was_written_stays(
    benefit: Repository, kari: Browser, seconds: str, hosts: str, told: str
) -> None:
    kari.get(HOOKS_PAGE)
    before = benefit.draft("kari").revision
    refused = page(kari.post(f"{HOOKS_PAGE}/limits", seconds=seconds, hosts=hosts), 422)
    assert told in words(refused.select_one("#limits [role=alert]"))
    assert refused.select_one("#field-seconds")["value"] == seconds  # type: ignore[index] # it is shown
    assert refused.select_one("#field-hosts").get_text().strip() == hosts  # type: ignore[union-attr] # it is shown
    assert benefit.draft("kari").revision == before


def test_limits_in_a_file_that_cannot_be_read_are_not_written_over(
    studio: object, repositories: Repositories, kari: Browser
) -> None:
    broken = rules_files(more={LIMITS: b'{"hosts": ['})
    made = repositories.create("ttd", "broken", broken, KARI, "Create", NOW)
    page(kari.get("/ttd/broken/rules/hooks"))
    refused = page(kari.post("/ttd/broken/rules/hooks/limits", seconds="3", hosts=""), 422)
    assert "before it is corrected" in words(refused.select_one("#limits [role=alert]"))
    assert made.draft("kari").files[LIMITS] == b'{"hosts": ['
