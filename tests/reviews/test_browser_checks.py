"""The checks that look at pages in a real Chromium, and what they do with pages and browsers gone wrong."""

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chromium import find
from PIL import Image

from studio import create_app
from studio.browser import Browser, BrowserFailed, BrowserMissing, Limits, Resource, Window
from studio.config import read_settings
from studio.definition.app import app_definition
from studio.definition.changes import SetText
from studio.reviews.accessibility import accessibility
from studio.reviews.check_models import RunState
from studio.reviews.form_pages import FormPage, form_pages, site_of
from studio.reviews.looking import CouldNotRun, Looker, NotShown, NotWanted
from studio.reviews.page_pictures import compare, page_pictures
from tests.reviews.checked_apps import TODAY, changed, contact, material

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium() -> Path:
    place = find()
    assert place is not None, "There is no Chromium. Run: python tests/chromium.py"
    return place


@pytest.fixture(scope="module")
def _studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Pages are drawn within Studio's application."""
    folder = tmp_path_factory.mktemp("studio")
    app = create_app(read_settings({"STUDIO_DATA": str(folder), "STUDIO_CHROMIUM": "off"}))
    with app.app_context():
        yield


@pytest.mark.usefixtures("_studio")
def test_what_keeps_people_out_is_said_in_words_with_its_place(chromium: Path) -> None:
    broken = SetText("nb", "message.description", 'Se <img src="wwwroot/map.png"> og [](https://example.org)')
    outcome = accessibility(material(contact("nb"), changed(contact("nb"), broken), chromium))
    assert outcome.state == RunState.FAILED
    found = {each.code: each for each in outcome.findings}
    assert set(found) == {"axe-image-alt", "axe-link-name"}
    picture = found["axe-image-alt"]
    assert (picture.place.page, picture.place.component) == ("enquiry", "message")
    assert str(picture.sentence) == (
        "Field *Meldingen din* on the page *Henvendelsen* shows a picture that is not described for those "
        "who cannot see it."
    )


@pytest.mark.usefixtures("_studio")
def test_pages_that_changed_are_pictured_on_both_screens_in_the_languages_that_differ(chromium: Path) -> None:
    after = changed(contact(), SetText("nn", "message.title", "Noko heilt anna"))
    outcome = page_pictures(material(contact(), after, chromium))
    assert outcome.state == RunState.PASSED
    assert [(each.page, each.language, each.width) for each in outcome.pictures] == [
        ("enquiry", "nn", 1280),
        ("enquiry", "nn", 390),
    ]
    for each in outcome.pictures:
        assert 100 < each.changed < each.pixels / 50
        shown = Image.open(io.BytesIO(each.difference or b""))
        assert shown.width == each.width
    assert page_pictures(material(contact(), contact(), chromium)).pictures == ()


def test_pictures_are_compared_by_what_somebody_would_see() -> None:
    def drawn(size: tuple[int, int], dot: tuple[int, int, int]) -> bytes:
        picture, written = Image.new("RGB", size, "white"), io.BytesIO()
        picture.putpixel((1, 1), dot)
        picture.save(written, "PNG")
        return written.getvalue()

    black, nearly = drawn((4, 4), (0, 0, 0)), drawn((4, 4), (3, 3, 3))
    assert compare(black, nearly)[:2] == (0, 16)
    assert compare(black, drawn((4, 4), (0, 0, 90)))[:2] == (1, 16)
    assert compare(black, drawn((4, 6), (0, 0, 0)))[:2] == (0, 24)  # grown by white
    assert compare(None, black) == (16, 16, None)


@pytest.mark.usefixtures("_studio")
def test_without_a_chromium_the_checks_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CouldNotRun, match="STUDIO_CHROMIUM"):
        accessibility(material(contact(), contact()))
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho no library >&2\nexit 1\n")
    broken.chmod(0o755)
    with pytest.raises(CouldNotRun, match="no library"):
        accessibility(material(contact(), contact(), broken))


@pytest.mark.usefixtures("_studio")
def test_what_nobody_wants_any_more_is_left_and_its_browser_ended(chromium: Path) -> None:
    asked: list[float] = []

    def go_on() -> bool:
        asked.append(time.monotonic())
        return len(asked) < 4

    with pytest.raises(NotWanted):
        accessibility(material(contact(), contact(), chromium, go_on=go_on))
    assert not browsers_of_mine()


def browsers_of_mine() -> list[int]:
    """The first processes of browsers that this process has started and that still run."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes()
            parent = int(place.with_name("stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        if parent == os.getpid() and b"--remote-debugging-pipe" in words:
            found.append(int(place.parent.name))
    return found


ENDLESS = b"<!doctype html><html lang=nb><title>x</title><link rel=stylesheet href=/a.css><main>%s</main>"


def site(body: bytes = b"", more: dict[str, Resource] | None = None) -> Callable[[str], Resource | None]:
    pages = {"/page": Resource(ENDLESS % body, "text/html; charset=utf-8"), **(more or {})}
    return pages.get


def test_a_page_reaches_nothing_and_runs_nothing_of_its_own(chromium: Path) -> None:
    asked: list[str] = []

    def answer(path: str) -> Resource | None:
        asked.append(path)
        return site(
            b"<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
            b"<img src=http://127.0.0.1:9/secret><iframe srcdoc=\"<img src='http://example.org/x'>\"></iframe>"
            b"<iframe src='file:///etc/passwd'></iframe><p id=here>Hei</p>"
        )(path)

    with Browser(chromium) as browser:
        window = browser.show(answer, "/page", 400)
        assert window.run("document.title") == "x"
        assert window.run("document.querySelector('#here').textContent") == "Hei"
        told = "fetch('http://127.0.0.1:9/').then(() => 'came through', () => 'stopped')"
        assert window.run(told) == "stopped"
        folder = Path(f"/proc/{browser.process_id}/cwd").resolve()
        assert folder.name.startswith("studio-browser-")
    assert set(asked) <= {"/page", "/a.css", "/x", "/favicon.ico"}
    assert not folder.exists()


@pytest.mark.parametrize("what", ["hangs", "dies", "memory"])
def test_a_browser_that_goes_wrong_is_ended_with_all_its_processes(chromium: Path, what: str) -> None:
    with pytest.raises(BrowserFailed) as failed:
        go_wrong(chromium, what)
    assert failed.value.why == {"hangs": "time", "dies": "ended", "memory": "memory"}[what]
    assert not browsers_of_mine()


def go_wrong(chromium: Path, what: str) -> None:
    limits = Limits(page=1.5 if what == "hangs" else 20, memory=600 * 1024 * 1024)
    with Browser(chromium, limits) as browser:
        window = browser.show(site(), "/page", 400)
        if what == "hangs":
            window.run("for (;;) ;")
        if what == "memory":
            window.run(
                "(async () => { for (const all = [];; await new Promise(setTimeout)) "
                "all.push(new Uint8Array(4e7).fill(1)) })()"
            )
        os.kill(browser.process_id, signal.SIGKILL)
        window.run("1")


def test_a_browser_ends_with_the_process_that_drives_it(chromium: Path) -> None:
    script = (
        "import pathlib, sys, threading; from studio.browser import Browser; "
        f"browser = Browser(pathlib.Path({str(chromium)!r})); "
        "print(browser.process_id, flush=True); threading.Event().wait()"
    )
    child = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout:
        browser = int(child.stdout.readline())
        assert processes_of(browser)
        folder = Path(f"/proc/{browser}/cwd").resolve()
        child.kill()
        child.wait()
    until = time.monotonic() + 20
    while (left := processes_of(browser)) and time.monotonic() < until:
        time.sleep(0.05)
    shutil.rmtree(folder)  # what a killed process leaves is swept an hour later
    assert left == []


def processes_of(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, leader = place.read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(leader) == session and state != "Z":
            found.append(int(place.parent.name))
    return found


def test_a_program_that_is_no_browser_is_told() -> None:
    with pytest.raises(BrowserMissing):
        Browser(Path("/bin/false"))


@pytest.mark.usefixtures("_studio")
def test_a_page_that_breaks_the_browser_is_left_and_another_browser_goes_on(chromium: Path) -> None:
    files = contact("nb")
    form, page = form_pages(app_definition(files))[0]
    wanted = site_of(FormPage(app_definition(files), form, page, "nb"), TODAY)
    broken: list[str] = []

    def break_it(window: Window) -> None:
        broken.append(window.run("document.title"))
        for process in browsers_of_mine():
            os.kill(process, signal.SIGKILL)
        window.run("1")

    with Looker(material(files, files, chromium)) as looker:
        with pytest.raises(NotShown, match="broke down"):
            looker.look(wanted, 400, break_it)
        assert len(broken) == 2
        assert looker.look(wanted, 400, lambda window: window.run("innerWidth")) == 400
    assert not browsers_of_mine()
