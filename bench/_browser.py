"""A page in a real Chromium: how soon it can be used, and what of code and styles it needs."""

import gzip
import importlib.util
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Browser, Page, Response, sync_playwright

QUIET: Final = 500  # ms without a long task after which a page counts as settled

# Interactive: the expected elements are there and painted, and no long task has followed.
# In ms since the navigation.
_INTERACTIVE: Final = """
async ([selector, count, quiet]) => {
  const long = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) long.push(each.startTime + each.duration);
  }).observe({ type: 'longtask', buffered: true });
  const frame = () => new Promise(requestAnimationFrame);
  while (document.querySelectorAll(selector).length < count) {
    if (performance.now() > 60000) return null;
    await frame();
  }
  const present = await frame();
  for (;;) {
    const last = Math.max(present, ...long);
    if (performance.now() - last > quiet) return last;
    await new Promise((done) => setTimeout(done, 50));
  }
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, as the browser tests use it."""
    flags = list(_of_the_tests().FLAGS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield browser
        browser.close()


def chromium_path() -> Path:
    """The program. Raises SystemExit where there is none."""
    found: Path | None = _of_the_tests().find()
    if found is None:
        raise SystemExit("There is no Chromium. Run: python tests/chromium.py")
    return found


class MainThread:
    """How long the main thread of a page has worked. Other load on the machine hardly changes it."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked(self) -> float:
        """CPU time in ms since the page was opened."""
        metrics = self._session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) * 1000 for each in metrics if each["name"] == "TaskDuration")


def visit(
    browser: Browser, address: str, signed_in: httpx.Client, selector: str, count: int
) -> dict[str, float]:
    """Open a page in a fresh window: ms until it is interactive, ms of work of its main
    thread, KiB (gzip) of scripts and styles, elements.

    Raises SystemExit where the page does not show `count` elements of `selector`.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(cookies_of(signed_in, address))
    page = context.new_page()
    answers: list[Response] = []

    def keep(answer: Response) -> None:  # Playwright marks its listeners, which it cannot do with list.append
        answers.append(answer)

    page.on("response", keep)
    thread = MainThread(page)
    page.goto(address, wait_until="commit")
    interactive = page.evaluate(_INTERACTIVE, [selector, count, QUIET])
    if interactive is None:
        raise SystemExit(f"{address} does not show {count} of {selector}.")
    elements = page.evaluate("document.getElementsByTagName('*').length")
    worked = round(thread.worked())
    weight = sum(_weight(answer) for answer in answers)
    context.close()
    return {
        "interactive": interactive,
        "main thread": worked,
        "js+css KiB gzip": round(weight / 1024, 1),
        "elements": elements,
    }


def cookies_of(client: httpx.Client, address: str) -> Any:
    """A client's cookies as the browser takes them."""
    return [{"name": each.name, "value": each.value, "url": address} for each in client.cookies.jar]


def median_visit(visits: Sequence[dict[str, float]]) -> dict[str, float]:
    """The visit in the middle, by the time until the page was interactive."""
    return sorted(visits, key=lambda visit: visit["interactive"])[len(visits) // 2]


def _weight(answer: Response) -> int:
    is_code = answer.request.resource_type in {"script", "stylesheet"}
    return len(gzip.compress(answer.body(), 9)) if is_code and answer.ok else 0


def _of_the_tests() -> Any:
    """tests/chromium.py, which is no package."""
    place = Path(__file__).parents[1] / "tests" / "chromium.py"
    spec = importlib.util.spec_from_file_location("chromium_of_the_tests", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
