"""Adding a field in the layout editor, and dragging one, at the sizes of `opening`.

Adding: from the press in the palette until the browser has painted the field, in ms, and how much of it the
main thread of the page worked. Dragging: how long a frame takes at most while a component is pulled over the
page. The floor, in the same run: the health page of the same server fetched, and something painted. Times
depend on what else the machine does; the work of the main thread hardly.
"""

import statistics
from typing import Any, Final

import httpx
from playwright.sync_api import Browser, Page

from bench._browser import MainThread, chromium, cookies_of
from bench._figures import spread, table
from bench._stack import Stack, stack
from bench.opening import AUTHOR, NOW, SIZES
from bench.standard_form import standard_form
from studio.definition.templates import new_app

ADDS: Final = 20
MOVES: Final = 60
LATE: Final = 33  # ms; a frame that takes longer has left out another one

_PAINTED: Final = """
  const frame = () => new Promise(requestAnimationFrame);
  const painted = async () => {
    await frame();
    await new Promise((done) => {
      const channel = new MessageChannel(); // the first task behind the frame's paint
      channel.port1.onmessage = done;
      channel.port2.postMessage(0);
    });
  };
"""
_ADD: Final = f"""async () => {{ {_PAINTED}
  const items = () => document.querySelectorAll('.canvas-item').length;
  const before = items();
  const began = performance.now();
  document.querySelector('#editor-palette [data-palette-type="Input"]').click();
  while (items() === before) await frame();
  await painted();
  return performance.now() - began;
}}"""
_FLOOR: Final = f"""async () => {{ {_PAINTED}
  const began = performance.now();
  await (await fetch('/health')).text();
  document.body.dataset.floor = String(began);
  await painted();
  return performance.now() - began;
}}"""
_WATCH: Final = """() => {
  window.frames_ = [];
  let last = performance.now();
  const tick = (now) => {
    window.frames_.push(now - last);
    last = now;
    window.watch_ = requestAnimationFrame(tick);
  };
  window.watch_ = requestAnimationFrame(tick);
}"""
_SEEN: Final = "() => { cancelAnimationFrame(window.watch_); return window.frames_.slice(2); }"


def measure() -> dict[str, Any]:
    """The spreads by size."""
    with stack() as running, chromium() as browser:
        http = running.editing()
        found = {
            f"{fields}, {per_page} a page": _measure(running, http, browser, fields, per_page)
            for fields, per_page in SIZES
        }
    rows = [
        [
            size,
            *(each["add"][name] for name in ("median", "p95")),
            each["main thread"],
            each["floor"]["p95"],
            each["longest frame"],
            each["late frames"],
        ]
        for size, each in found.items()
    ]
    head = ["components", "add", "p95", "main thread", "floor p95", "longest frame", "late"]
    print(table(head, rows))
    return found


def _measure(
    running: Stack, http: httpx.Client, browser: Browser, fields: int, per_page: int
) -> dict[str, Any]:
    name = f"form-{fields}-{per_page}"
    files = standard_form("ttd", name, fields, new_app(name, "ttd", {"nb": name}), per_page)
    running.repositories.create("ttd", name, files, AUTHOR, "Make the app", NOW)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(cookies_of(http, running.studio))
    page = context.new_page()
    page.goto(f"{running.studio}/ttd/{name}/form/Task_1/page1")
    page.locator(".canvas-item").first.wait_for()
    page.locator('#editor-palette [data-palette-type="Input"]').hover()  # as a pointer comes before its press
    thread = MainThread(page)
    times, work, floor = [], [], []
    for number in range(ADDS + 2):
        before = thread.worked()
        took = page.evaluate(_ADD)
        if number >= 2:  # the first ones load what all others need
            times.append(took)
            work.append(thread.worked() - before)
        page.wait_for_timeout(400)  # the panel, and how many changes there are
        floor.append(page.evaluate(_FLOOR))
    frames = _drag(page)
    context.close()
    return {
        "add": spread(times),
        "main thread": round(statistics.median(work), 1),
        "floor": spread(floor),
        "longest frame": round(max(frames)),
        "late frames": sum(frame > LATE for frame in frames),
    }


def _drag(page: Page) -> list[float]:
    """Pull the first component down the page, up and down; ms of each frame meanwhile."""
    box = page.locator('[data-component="field0x"]').bounding_box()
    if box is None:
        raise SystemExit("There is nothing to drag.")
    x, y = box["x"] + 20, box["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y + 8, steps=3)
    page.evaluate(_WATCH)
    for number in range(MOVES):
        page.mouse.move(x + number % 7, y + 40 + (number * 37) % 500)
    frames = page.evaluate(_SEEN)
    page.keyboard.press("Escape")
    page.mouse.up()
    return [float(frame) for frame in frames]
