"""Writing in a form: how soon what depends on a letter is painted, and what a page costs until it is ready.

The standard form with 10, 100 and 1000 fields on one page, in a real Chromium, with the real runtime. A
keystroke shows or hides a field; the clock runs from the browser's own time of the key to the task after the
next frame. Main-thread CPU until the page is ready is the browser's own count (TaskDuration, in the thread's
time), in ms. The floor, in the same run: a page with one field whose listener toggles an element.
"""

import statistics
from collections.abc import Callable
from typing import Any, Final

import httpx

from bench._browser import chromium, cookies_of
from bench._figures import spread, table
from bench._stack import Stack, stack, token
from bench.standard_form import standard_form
from studio.definition.templates import new_app

SIZES: Final = (10, 100, 1000)
KEYS: Final = 40
SETTLED: Final = 1500  # ms after which a page has nothing more to do

# What a page notes: from the key's own time until the frame after the change was painted.
_WATCH: Final = """
([field, part]) => {
  window.times = [];
  const input = document.querySelector(field);
  const shown = () => document.querySelector(part)?.hidden === false;
  input.addEventListener('input', (event) => {
    const wanted = input.value === 'yes';
    const look = () => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        if (shown() === wanted) window.times.push(performance.now() - event.timeStamp);
        else look();
      };
      port2.postMessage(0);
    });
    look();
  });
}
"""
_TOGGLE: Final = """
() => {
  const [field, part] = [document.querySelector('input'), document.querySelector('div')];
  field.addEventListener('input', () => { part.hidden = field.value !== 'yes'; });
}
"""


def measure() -> dict[str, Any]:
    """{fields: {"keystroke": spread of ms, "p95", "cpu": ms}} and the floor."""
    figures: dict[str, Any] = {}
    with stack() as running, chromium() as browser:
        figures["floor"] = _floor(browser)
        for size in SIZES:
            name = f"keys{size}"
            base = new_app(name, "ttd", {"nb": "Form"})
            running.deploy("ttd", name, standard_form("ttd", name, size, base, per_page=size))
            figures[str(size)] = _page(browser, *_begin(running, name))
    rows = [
        [
            name,
            each["keystroke"]["median"],
            each["keystroke"]["p95"],
            each["cpu"],
            each["script"],
        ]
        for name, each in figures.items()
    ]
    print(table(["fields", "keystroke, ms", "p95", "CPU until interactive", "of it script"], rows))
    return figures


def _begin(running: Stack, name: str) -> tuple[str, httpx.Client]:
    """The address of the first page of a new submission, and who is signed in."""
    http = httpx.Client(base_url=running.test, trust_env=False, follow_redirects=True, timeout=60)
    person = http.get("/sign-in").text.partition('name="person" value="')[2].partition('"')[0]
    http.post("/sign-in", data={"csrf_token": token(http, "/sign-in"), "person": person, "next": "/"})
    start = http.get(f"/ttd/{name}/").text
    party = start.partition('name="party"')[2].partition('value="')[2].partition('"')[0]
    begun = {"csrf_token": token(http, f"/ttd/{name}/"), "party": party}
    return str(http.post(f"/ttd/{name}/instances", data=begun).url), http


def _page(browser: Any, address: str, http: httpx.Client) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(cookies_of(http, address))
    page = context.new_page()
    used = _used(page, lambda: page.goto(address, wait_until="load"))
    times = _press(page, '[name="f0"]', "#c-field4x")
    context.close()
    return {"keystroke": times} | used


def _used(page: Any, load: Callable[[], object]) -> dict[str, int]:
    """The main thread's time, in ms, for loading a page, and what of it is script."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    load()
    page.wait_for_timeout(SETTLED)
    used = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    return {"cpu": round(used["TaskDuration"] * 1000), "script": round(used["ScriptDuration"] * 1000)}


def _press(page: Any, field: str, part: str) -> dict[str, float]:
    place = page.locator(field)
    place.fill("ye")
    page.wait_for_timeout(800)
    page.evaluate(_WATCH, [field, part])
    place.press("End")
    for number in range(KEYS):
        page.keyboard.press("Backspace" if number % 2 else "s")
        while page.evaluate("window.times.length") <= number:
            page.wait_for_timeout(20)
        page.wait_for_timeout(120)
    times = page.evaluate("window.times")
    return spread(times) | {"p95": round(statistics.quantiles(times, n=20)[-1], 1)}


def _floor(browser: Any) -> dict[str, Any]:
    page = browser.new_page()
    content = '<input name="f0"><div id="c-field4x" hidden>x</div>'
    used = _used(page, lambda: page.set_content(content))
    page.evaluate(_TOGGLE)
    found = _press(page, '[name="f0"]', "#c-field4x")
    page.close()
    return {"keystroke": found} | used
