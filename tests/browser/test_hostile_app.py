"""An app full of texts that want to run, seen in a real browser on every page that shows them."""

from datetime import UTC, datetime

from builders import app_files, field
from playwright.sync_api import Page

from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.conftest import NewContext, SignIn, Stack
from tests.security.hostile_texts import EVASIONS, VECTORS

RUNS = "<script>window.ran=1</script><img src=x onerror=window.ran=1><svg onload=window.ran=1>"
LINK = (
    "<a href=javascript:window.ran=1>x</a>[x](javascript:window.ran=1)\"'>"
    "<b hx-get=/account hx-trigger=load>x</b>"
)
TEXT = f"{RUNS}{LINK}</textarea></title>{RUNS}"


# What waits for a mouse or the focus gets both.
POINTED_AT = """() => document.querySelectorAll('p *, .markdown *').forEach((each) => {
  for (const name of ['mouseover', 'focus']) each.dispatchEvent(new Event(name, { bubbles: true }));
})"""


def hostile() -> dict[str, str]:
    slots = ("title", "description", "help", "body")
    return {"appName": TEXT, "Side1": TEXT, **{f"a.{slot}": TEXT for slot in slots}}


def test_no_text_of_an_app_runs_in_studio_or_in_its_preview(
    stack: Stack, new_context: NewContext, sign_in: SignIn
) -> None:
    texts = {slot: f"a.{slot}" for slot in ("title", "description", "help", "body")}
    options = [{"value": '"><script>window.ran=1</script>', "label": TEXT}]
    components = [
        {**field("name"), "textResourceBindings": texts},
        {**field("phone", kind="RadioButtons"), "textResourceBindings": texts, "options": options},
        {"id": "p", "type": "Paragraph", "textResourceBindings": texts},
        {"id": "h", "type": "Alert", "severity": "info", "textResourceBindings": texts},
        {"id": '"><script>window.ran=1</script>', "type": "<script>window.ran=1</script>"},
        {"id": "s", "type": "Summary2", "target": {"type": "layoutSet"}, "textResourceBindings": texts},
    ]
    files = app_files(pages={"Side1": components}, texts={"nb": hostile()})
    author = Author("<script>window.ran=1</script>", "x@example.org")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    Repositories(stack.data / "repos").create("ttd", "fiendtlig", files, author, TEXT, now)
    page = new_context().new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    sign_in(page, "ola")
    for address in ("/", "/ttd/fiendtlig/", "/ttd/fiendtlig/form/Task_1/Side1?selected=name&selected=",
                    "/ttd/fiendtlig/form/Task_1/Side1?selected=phone", "/ttd/fiendtlig/sharing",
                    "/ttd/fiendtlig/deploy", "/ttd/fiendtlig/preview", "/ttd/fiendtlig/copy",
                    "/ttd/fiendtlig/texts?selected=a.title", "/ttd/fiendtlig/texts/advice",
                    "/ttd/fiendtlig/texts/replace?find=script&replace=<script>window.ran=1</script>",
                    "/ttd/fiendtlig/texts/translation", "/ttd/fiendtlig/rules"):  # fmt: skip
        page.goto(f"{stack.studio}{address}")
        page.wait_for_load_state("networkidle")
        assert_nothing_ran(page, address)
    assert dialogs == []


def test_no_evasion_of_filters_runs_on_the_canvas_beside_a_text_or_in_a_form(
    stack: Stack, new_context: NewContext, sign_in: SignIn
) -> None:
    vectors = [*VECTORS, *EVASIONS]
    texts = {f"p{number}": vector for number, vector in enumerate(vectors)}
    components = [{"id": key, "type": "Paragraph", "textResourceBindings": {"title": key}} for key in texts]
    files = app_files(pages={"Side1": components}, texts={"nb": {"appName": "Prøve", **texts}})
    author, now = Author("Kari", "kari@example.org"), datetime(2026, 11, 24, tzinfo=UTC)
    Repositories(stack.data / "repos").create("ttd", "omveier", files, author, "Begin", now)
    page = new_context().new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda each: seen.append(each.url) if "evil.example" in each.url else None)
    sign_in(page, "ola")
    for address in ("form/Task_1/Side1", "preview", *(f"texts?selected={key}" for key in ("p0", "p1", "p2"))):
        page.goto(f"{stack.studio}/ttd/omveier/{address}")
        page.wait_for_load_state("networkidle")
        for frame in page.frames:
            frame.evaluate(POINTED_AT)
        assert page.url.startswith(stack.studio)
        assert_nothing_ran(page, address)
    assert seen == []


def assert_nothing_ran(page: Page, address: str) -> None:
    for frame in page.frames:
        assert frame.evaluate("window.ran") is None, address
        assert (
            frame.locator("[onerror], [onload], script:not([src]):not([type]), [href^='javascript:']").count()
            == 0
        )
        assert frame.locator("b[hx-get]").count() == 0
