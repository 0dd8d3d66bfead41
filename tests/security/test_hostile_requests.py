"""Requests to Studio that no page of ours makes."""

# ruff: noqa: E501 - what is hostile is easier to compare on a line each

import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from builders import app_files
from flask import Flask
from flask.testing import FlaskClient

from studio import demo
from studio.config import Settings, read_settings
from studio.features.sign_in.views import _back
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.web.public_addresses import is_public
from tests.security.conftest import Make

EDITS = "/ttd/skjema/form/Task_1/Contact/edits"
HUGE = 10**30
DEEP = "[" * 100_000


def edit(client: FlaskClient, **fields: object) -> int:
    return client.post(EDITS, data=fields, headers={"HX-Request": "true"}).status_code


def test_a_text_with_a_nul_leaves_the_draft_as_usable_as_before(
    form: Repository, client_of: Callable[[str], FlaskClient]
) -> None:
    ola = client_of("ola")
    assert edit(ola, do="text", id="name", slot="title", value="na\0vn") == 200
    assert edit(ola, do="text", id="name", slot="title", value="navn") == 200
    assert ola.post("/ttd/skjema/draft/undo").status_code == 302
    assert ola.post("/ttd/skjema/sharing", data={"message": "be\0skjed"}).status_code == 302
    assert ola.get("/ttd/skjema/sharing").status_code == 200
    assert form.head().subject == "beskjed"


def test_the_name_of_an_edit_adds_nothing_to_what_the_draft_says_of_itself(
    form: Repository, kari: FlaskClient
) -> None:
    forged = f"x\nBase: {'0' * 40}\nPosition: {'0' * 40}"
    assert edit(kari, do="text", id="name", slot="title", value="A", edit_id=forged) == 200
    assert form.draft("kari").base == form.head().id
    assert kari.get("/ttd/skjema/").status_code == 200


def test_a_message_that_looks_like_a_mark_of_a_draft_is_a_message(
    form: Repository, client_of: Callable[[str], FlaskClient]
) -> None:
    ola, dina = client_of("ola"), client_of("dina")
    edit(ola, do="text", id="name", slot="title", value="A")
    ola.post("/ttd/skjema/sharing", data={"message": f"Del\n\nBase: {'0' * 40}\nChange: {{"})
    old = form.head().parents[0]
    assert edit(dina, do="text", id="phone", slot="title", value="B", base=old) == 200
    assert edit(dina, do="text", id="phone", slot="title", value="C", base="0" * 40) in {200, 409}


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "page_move", "name": "Contact", "index": "9" * 5000},
        {"do": "options", "act": f"up-{'9' * 5000}", "id": "name"},
        {"do": "options", "act": "remove-²", "id": "name"},
        {"do": "paste", "clipboard": DEEP},
        {"do": "paste", "clipboard": '{"components": [{"id": "\\ud800", "type": "Input"}]}'},
        {"do": "paste", "clipboard": '{"components": [{"id": [], "type": 5, "children": "x"}]}'},
        {"do": "set", "id": "name", "pointer": "/mapping", "value": DEEP},
        {"do": "set", "id": "name", "pointer": "/maxLength", "value": "1e999"},
        {"do": "set", "id": "name", "pointer": "/../../x", "value": "x"},
        {"do": "bind", "id": "name", "key": "simpleBinding", "field": DEEP},
        {"do": "bind", "id": "name", "key": "a/b/~", "field": ""},
        {"do": "text", "id": "name", "slot": "../..", "value": "x"},
        {"do": "rename", "id": "name", "value": "a" * 100_000},
        {"do": "create_field", "id": "name", "key": "simpleBinding", "field": '"/><x a="', "kind": "string"},
        {"do": "page_add", "value": "../../x"},
        {"do": "page_add", "value": "<script>"},
        {"do": "page_rename", "name": "Contact", "value": "a\0b"},
        {"do": "nothing-of-the-kind"},
        {},
    ],
)
def test_an_edit_that_no_page_sends_is_answered_and_harms_nothing(
    form: Repository, kari: FlaskClient, fields: dict[str, str]
) -> None:
    assert edit(kari, **fields) in {200, 400, 404, 422}
    assert kari.get("/ttd/skjema/form/Task_1/Contact").status_code == 200
    assert set(form.draft("kari").files) >= set(form.files()) - {"App/ui/Task_1/layouts/Contact.json"}
    assert all(".." not in path for path in form.draft("kari").files)


@pytest.mark.parametrize(
    "address",
    ["/ttd/skjema/deploy/progress/{}", "/ttd/skjema/deploy?deployment={}", "/ttd/skjema/history/{}"],
)
def test_a_number_that_no_row_can_have_is_not_there(
    form: Repository, kari: FlaskClient, address: str
) -> None:
    assert kari.get(address.format(HUGE)).status_code == 404
    assert kari.get(f"/ttd/skjema/sharing?page={HUGE}").status_code == 200


def test_a_release_with_an_impossible_number_is_not_there(
    form: Repository, client_of: Callable[[str], FlaskClient]
) -> None:
    tor = client_of("tor")
    assert tor.post("/ttd/skjema/deploy/test", data={"version": HUGE}).status_code == 404


def test_nobody_learns_which_apps_another_organisation_has(
    make: Make, client_of: Callable[[str], FlaskClient]
) -> None:
    make(app_files(), "demo", "hemmelig")
    dina = client_of("dina")  # of ttd alone
    answer = dina.get("/new-app/name?org=demo&name=hemmelig")
    assert "already" not in answer.text
    answer = dina.post("/new-app", data={"org": "demo", "name": "hemmelig", "title_nb": "x"})
    assert answer.status_code == 422
    assert "already" not in answer.text


def test_every_address_of_another_organisation_is_not_there(
    make: Make, studio: Flask, client_of: Callable[[str], FlaskClient]
) -> None:
    there = make(app_files(), "demo", "deres")
    dina = client_of("dina")
    values = {"org": "demo", "app": "deres", "layout_set": "Task_1", "page": "Contact", "model": "model", "block": "block",
              "commit": there.head().id, "number": 1, "environment": "test"}  # fmt: skip
    urls = studio.url_map.bind("localhost")
    tried = 0
    for rule in studio.url_map.iter_rules():
        if not {"org", "app"} <= rule.arguments:
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            address = urls.build(
                rule.endpoint, {name: values.get(name, "1") for name in rule.arguments}, method=method
            )
            # Git clients sign in by tokens: without one nothing is said of what is there.
            expected = 401 if rule.endpoint.startswith("git_http.") else 404
            assert dina.open(address, method=method).status_code == expected, address
            tried += 1
    assert tried > 20
    assert list(there.log()) == [there.head()]


def test_a_commit_of_somebodys_draft_is_no_version(
    form: Repository, kari: FlaskClient, client_of: Callable[[str], FlaskClient]
) -> None:
    edit(kari, do="text", id="name", slot="title", value="Ikke ferdig")
    private = form.draft("kari").revision
    dina = client_of("dina")
    assert dina.get(f"/ttd/skjema/history/{private}").status_code == 404
    assert edit(dina, do="text", id="phone", slot="title", value="x", base=private) == 409


def test_every_change_needs_the_token_of_a_page(studio: Flask, form: Repository, kari: FlaskClient) -> None:
    studio.config["WTF_CSRF_ENABLED"] = True
    before = form.draft("kari").revision
    values = {"org": "ttd", "app": "skjema", "layout_set": "Task_1", "page": "Contact", "model": "model", "block": "block",
              "environment": "test", "user_name": "kari"}  # fmt: skip
    urls = studio.url_map.bind("localhost")
    for rule in studio.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS", "GET"}:
            address = urls.build(
                rule.endpoint, {name: values.get(name, "1") for name in rule.arguments}, method=method
            )
            # Git clients have no pages: they sign in by tokens, and a session alone lets nobody in.
            expected = {401} if rule.endpoint.startswith("git_http.") else {400, 403}
            assert kari.open(address, method=method).status_code in expected, address
    assert form.draft("kari").revision == before


def test_a_stranger_cannot_send_much(studio: Flask) -> None:
    client = studio.test_client()
    for address in ("/sign-in", "/language"):
        assert client.post(address, data="a&" * 100_000, content_type="application/x-www-form-urlencoded").status_code == 413  # fmt: skip
    signed_out = client.post("/import", data="a&" * 100_000, content_type="application/x-www-form-urlencoded")
    assert signed_out.location.startswith("/sign-in")


def test_a_form_has_an_end(kari: FlaskClient) -> None:
    body = "a=" + "x" * (3 * 1024 * 1024)
    kind = "application/x-www-form-urlencoded"
    assert kari.post("/account", data=body, content_type=kind).status_code == 413


def test_a_large_clipboard_can_be_pasted(form: Repository, kari: FlaskClient) -> None:
    texts = {"nb": {"long": "æ" * 500_000}}
    clipboard = json.dumps({"components": [{"id": "a", "type": "Input"}], "texts": texts}, ensure_ascii=False)
    assert edit(kari, do="paste", clipboard=clipboard) == 200


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
     "javascript:alert(1)", "https:evil.example", "///evil.example", "/\n/evil.example", "evil.example"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(studio: Flask, wanted: str) -> None:
    data = {"user_name": "kari", "password": demo.PASSWORD, "next": wanted}
    answer = studio.test_client().post("/sign-in", data=data)
    assert answer.status_code == 302
    assert re.fullmatch(r"/(?![/\\]).*|/", answer.location)
    with studio.test_request_context("/sign-in", query_string={"next": wanted}):
        assert not _back().startswith(("//", "/\\"))


def test_a_session_from_before_signing_in_is_not_the_session_after(studio: Flask) -> None:
    client = studio.test_client()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    client.post("/sign-in", data={"user_name": "kari", "password": demo.PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ext::sh -c id", "--upload-pack=touch /tmp/x", "http://127.0.0.1/x",
     "http://2130706433/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost/x",
     "http://169.254.169.254/latest", "ssh://-oProxyCommand=x/y", "git@-x:y", "https://u:p@10.0.0.1/x",
     "http://[64:ff9b::7f00:1]/x", "http://[2002:7f00:1::]/x", "http://0/", "gopher://x"],
)  # fmt: skip
def test_an_app_is_not_fetched_from_inside(settings: Settings, kari: FlaskClient, url: str) -> None:
    answer = kari.post("/import", data={"org": "ttd", "name": "hentet", "url": url})
    assert answer.status_code == 422
    assert not Repositories(settings.repositories).exists("ttd", "hentet")


@pytest.mark.parametrize(
    "address", ["64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "::ffff:10.0.0.1", "::1"]
)
def test_an_address_that_hides_a_private_one_is_private(address: str) -> None:
    assert not is_public(address)
    assert is_public("2a00:1450:400f::1")


def test_a_zip_with_a_disguised_git_folder_is_refused_in_words(kari: FlaskClient) -> None:
    for number, path in enumerate(["App/.git /hooks/x", "App/git~1/config", "App/.g\u200cit/config"]):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("App/config/applicationmetadata.json", "{}")
            archive.writestr(path, "x")
        packed.seek(0)
        data = {"org": "ttd", "name": f"skjult{number}", "zip": (packed, "x.zip")}
        answer = kari.post("/import", data=data)
        assert answer.status_code == 422
        assert "not allowed" in answer.text


def test_pages_say_what_a_browser_may_do_with_them(form: Repository, kari: FlaskClient) -> None:
    for address in ("/", "/ttd/skjema/", "/ttd/skjema/form/Task_1/Contact", "/ttd/skjema/sharing", "/account",
                    "/nowhere", "/admin"):  # fmt: skip
        headers = kari.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_behind_https_the_cookie_belongs_to_one_host_alone(tmp_path: object) -> None:
    from studio import create_app  # noqa: PLC0415 - this test alone makes its own

    https = read_settings({"STUDIO_DATA": str(tmp_path), "STUDIO_ORIGIN": "https://studio.example.org"})
    app = create_app(https)
    answer = app.test_client().get("/sign-in", base_url="https://studio.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-studio_session=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
