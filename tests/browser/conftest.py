"""A real Studio with both its environments, and a real Chromium to visit it with.

All browser tests run in one process, one after the other (see the Makefile): they share the browser and the
cores, and those of one file share a Studio.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from chromium import FLAGS, find
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from studio import demo

# A busy machine is slow, and only a test that fails waits this long.
expect.set_options(timeout=15_000)

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# What serves Studio: itself, or with answers that come late (make late).
_SERVED = "tests.browser.late_serving" if os.environ.get("STUDIO_LATE") else "studio"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder drives the browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Stack:
    """Where the parts of a running Studio are, and how to sign in."""

    studio: str
    test: str
    production: str
    data: Path
    process: "subprocess.Popen[str]"
    password: str = demo.PASSWORD


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a Studio that has been started once: databases, keys and demo people are there.

    A copy of it is served within a second, where a first start takes several.
    """
    data = tmp_path_factory.mktemp("first-start")
    with _serving(data):
        return data


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, first_start: Path) -> Iterator[Stack]:
    """`studio serve` with demo people, on free ports and in a folder of its own.

    Every file of tests has its own, so that no file finds what another one left: demo people's settings,
    apps of the same name, blocks of the organisation.
    """
    data = tmp_path_factory.mktemp("stack")
    shutil.copytree(first_start, data, dirs_exist_ok=True)
    with _serving(data) as served:
        yield served


@contextmanager
def _serving(data: Path) -> Iterator[Stack]:
    studio, test, production = _free_ports(3)
    environ = os.environ | {
        "STUDIO_DATA": str(data),
        "STUDIO_PORT": str(studio),
        "STUDIO_TEST_PORT": str(test),
        "STUDIO_PRODUCTION_PORT": str(production),
        "PYTHONUNBUFFERED": "1",
        "STUDIO_CHROMIUM": str(_chromium_when_wanted(data)),
        "STUDIO_GIT_HOSTS": "127.0.0.1",
    }
    log = data / "log.txt"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", _SERVED, "serve"],
            env=environ,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    reader: threading.Thread | None = None
    try:
        reader = _wait_until_served(process, log)
        yield Stack(
            *(f"http://127.0.0.1:{port}" for port in (studio, test, production)), data=data, process=process
        )
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        if reader is not None:
            reader.join()
        process.stdout.close()


def _chromium_when_wanted(data: Path) -> Path:
    """A Chromium for Studio's own checks of pages that starts while there is a file `chromium.on` beside it.

    Most tests of pull requests are about something else, and are spared it.
    """
    program = data / "chromium"
    program.write_text(
        f'#!/bin/sh\n[ -e "$0.on" ] || {{ echo "not in this test" >&2; exit 1; }}\nexec "{find()}" "$@"\n'
    )
    program.chmod(0o755)
    return program


@pytest.fixture
def pages_are_checked(stack: Stack) -> Iterator[None]:
    """In this test Studio looks at pages itself, for the checks of pull requests."""
    wanted = stack.data / "chromium.on"
    wanted.touch()
    yield
    wanted.unlink()


def _wait_until_served(process: "subprocess.Popen[str]", log: Path) -> threading.Thread:
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl+C" in line:
            # Nobody reads on; a full pipe would stop the server.
            reader = threading.Thread(target=process.stdout.read, daemon=True)
            reader.start()
            return reader
    pytest.fail(f"Studio did not start:\n{log.read_text()}")


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests."""
    place = find()
    if place is None:
        pytest.fail("There is no Chromium. Run: python tests/chromium.py")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=place, args=list(FLAGS))
        yield chromium
        chromium.close()


# An answer that the tests ask for (404), and one that nobody waits for any more: htmx writes these two down
# where a newer request takes the place of another (hx-sync). What was not reached has a word of its own.
_NO_COMPLAINTS = ("Failed to load resource", "htmx:afterRequest, ", "htmx:sendAbort, ")


class Complaints(list[str]):
    """What the browser had to complain about: scripts that failed, and what the page's policy forbade."""

    def listen_to(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message))

    def _hear(self, page: Page, message: Any) -> None:
        if message.type == "error" and not message.text.startswith(_NO_COMPLAINTS):
            self.append(f"{page.url}: {message.text}")


NewContext = Callable[..., BrowserContext]


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test failed, for `new_context` to tell what its windows showed."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


def _what_it_shows(page: Page) -> str:
    """Where a window is and what it reads; without that, a failure on another machine is a riddle."""
    try:
        words = page.locator("body").inner_text(timeout=2_000)
    except PlaywrightError as problem:
        words = f"(cannot be read: {problem.message})"
    return f"{page.url}\n{words[:3_000]}"


@pytest.fixture
def new_context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewContext]:
    """Make a window of its own: `new_context(java_script_enabled=False, viewport=…, color_scheme="dark")`.

    The test fails if a script of any page in it fails, or if a page tries what its policy forbids.
    """
    contexts: list[BrowserContext] = []
    complaints = Complaints()

    def make(**options: Any) -> BrowserContext:
        defaults = {
            "viewport": {"width": 1440, "height": 900},
            "locale": "nb-NO",
            "timezone_id": "Europe/Oslo",
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(15_000)
        context.on("page", complaints.listen_to)
        contexts.append(context)
        return context

    yield make
    if request.node.stash.get(_FAILED, False):
        if "stack" in request.fixturenames:
            log = (request.getfixturevalue("stack").data / "log.txt").read_text()
            request.node.add_report_section("teardown", "log", log[-3_000:])
        for context in contexts:
            for page in context.pages:
                request.node.add_report_section("teardown", "window", _what_it_shows(page))
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A fresh window of 1440 by 900."""
    return new_context().new_page()


SignIn = Callable[[Page, str], None]


@pytest.fixture
def sign_in(stack: Stack) -> SignIn:
    """`sign_in(page, "kari")`: through the page, as everybody does."""

    def do(page: Page, who: str) -> None:
        page.goto(f"{stack.studio}/sign-in")
        page.locator("[name=user_name]").fill(who)
        page.locator("[name=password]").fill(stack.password)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)

    return do


Axe = Callable[[Page], None]


@pytest.fixture(scope="session")
def axe() -> Axe:
    """`axe(page)` fails where axe-core finds anything serious or critical on the page as it is now.

    It runs in a world of its own, beside the page's scripts, so that the page's policy stays as it is.
    """
    source = AXE.read_text()

    def check(page: Page) -> None:
        # A panel that waits for the next one takes nothing for that moment.
        expect(page.locator("#panel[inert]")).to_have_count(0)
        session = page.context.new_cdp_session(page)
        try:
            frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
            world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})
            where = {"contextId": world["executionContextId"]}
            session.send("Runtime.evaluate", where | {"expression": f"{source};0"})
            answer = session.send(
                "Runtime.evaluate",
                where
                | {
                    "expression": "axe.run(document, {iframes: false, resultTypes: ['violations']})",
                    "awaitPromise": True,
                    "returnByValue": True,
                },
            )
        finally:
            session.detach()
        assert "exceptionDetails" not in answer, answer
        assert _grave(answer["result"]["value"]["violations"]) == [], page.url

    return check


def _grave(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{each['id']}: {each['help']}: {', '.join(str(node['target']) for node in each['nodes'][:5])}"
        for each in violations
        if each["impact"] in {"serious", "critical"}
    ]
