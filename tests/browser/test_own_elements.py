"""An app's own element in a real browser: it does its work, and can do nothing else."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from builders import app_files, field
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import NewContext, Stack
from tests.browser.serving import begin, serve

BeginWith = Callable[[BrowserContext, str, bytes], Page]

COUNTER = b"""
customElements.define('my-counter', class extends HTMLElement {
  connectedCallback() {
    this.innerHTML = '<button type=button></button><p></p>';
    const more = this.getTextResourceAsString('count.more');
    if (this.language.count.more !== more) return;
    this.querySelector('button').textContent = more + ' ' + this.texts.title;
    this.querySelector('button').addEventListener('click', () => this.count());
    this.show();
  }
  set formData(data) { this.data = data; this.show(); }
  show() {
    const p = this.querySelector('p');
    if (p) p.textContent = 'Count: ' + (this.data.simpleBinding ?? 0);
  }
  count() {
    const value = Number(this.data.simpleBinding ?? 0) + 1;
    this.dispatchEvent(new CustomEvent('dataChanged', { detail: { value } }));
  }
});
"""
# Tries everything, and says in its own field what it got.
HOSTILE = b"""
const tries = {
  cookie: () => document.cookie,
  storage: () => localStorage.length,
  parent: () => parent.document.title,
  top: () => top.location.href,
  move: () => { top.location.href = 'about:blank'; return 'moved'; },
  fetch: async () => (await fetch(location.origin === 'null' ? document.baseURI : '/')).status,
  form: async () => (await fetch(new URL('../', document.baseURI), { method: 'POST', mode: 'no-cors' })).type,
  eval: () => eval('1'),
  worker: () => new Promise((done, failed) => {
    const worker = new Worker('data:text/javascript,postMessage(1)');
    worker.onmessage = () => done('works'); worker.onerror = failed;
  }),
  open: () => String(open('about:blank')),
  picture: () => new Promise((done, failed) => {
    const picture = new Image(); picture.onload = () => done('loaded'); picture.onerror = failed;
    picture.src = new URL('/assets/', document.baseURI).href + 'x.png';
  }),
};
customElements.define('my-counter', class extends HTMLElement {
  async connectedCallback() {
    const got = {};
    for (const [name, attempt] of Object.entries(tries)) {
      try { got[name] = await attempt(); } catch (error) { got[name] = 'refused'; }
    }
    this.say(JSON.stringify(got), 'simpleBinding');
    for (const field of ['other', 'phone', 'csrf_token', 'do', '__proto__', '']) this.say('stolen', field);
    this.say('x'.repeat(200000), 'simpleBinding');
    parent.postMessage({ type: 'dataChanged', field: 'phone', value: 'stolen' }, '*');
    parent.postMessage('nonsense', '*');
    parent.postMessage({ type: 'height', height: 1e9 }, '*');
    this.say('done', 'told');
  }
  say(value, field) { this.dispatchEvent(new CustomEvent('dataChanged', { detail: { value, field } })); }
});
"""
OWN = field(
    "own",
    "name",
    kind="Custom",
    tagName="my-counter",
    dataModelBindings={"simpleBinding": "name", "told": "told"},
)
TEXTS = {"nb": {"own.title": "teller", "count.more": "Tell opp", "phone.title": "Telefon"}}


@pytest.fixture
def begin_with(stack: Stack) -> BeginWith:
    """Serve an app with this code, and begin it."""

    def begun(context: BrowserContext, name: str, code: bytes) -> Page:
        fields = {"name": "string", "told": "string", "phone": "string", "other": "string"}
        pages = {"Page": (OWN, field("phone"))}
        more = {"App/wwwroot/custom-js/counter.js": code}
        return begin(
            context, serve(stack, name, app_files(pages=pages, fields=fields, texts=TEXTS, more=more))
        )

    return begun


@pytest.fixture
def wild(browser: Browser) -> Iterator[BrowserContext]:
    """A window in which the browser may complain: of an app's code that fails, and of what it tries."""
    context = browser.new_context(locale="nb-NO")
    yield context
    context.close()


def test_an_own_element_answers_its_question(
    new_context: NewContext, begin_with: BeginWith, axe: Any
) -> None:
    page = begin_with(new_context(), "teller", COUNTER)
    frame = page.frame_locator("custom-frame iframe")
    frame.get_by_role("button", name="Tell opp teller").click()
    expect(frame.get_by_text("Count: 1")).to_be_visible()
    frame.get_by_role("button", name="Tell opp teller").click()
    expect(frame.get_by_text("Count: 2")).to_be_visible()
    expect(page.locator(".form-state")).to_have_text("Lagret")
    expect(page.locator(".form-custom-fields")).to_be_hidden()
    axe(page)
    page.reload()
    expect(frame.get_by_text("Count: 2")).to_be_visible()


def test_an_element_that_never_comes_leaves_its_fields(wild: BrowserContext, begin_with: BeginWith) -> None:
    page = begin_with(wild, "ingen", b"throw new Error('broken')")
    page.locator("[data-slot=simpleBinding]").fill("written")
    expect(page.locator(".form-state")).to_have_text("Lagret")


def test_an_own_element_can_do_nothing_else(
    wild: BrowserContext, begin_with: BeginWith, stack: Stack
) -> None:
    page = begin_with(wild, "fiendtlig", HOSTILE)
    address = page.url
    expect(page.locator("[data-slot=told]")).to_have_value("done")
    got = json.loads(page.locator("[data-slot=simpleBinding]").input_value())
    assert got.pop("open") in {"null", "refused"}
    assert set(got.values()) == {"refused"}, got
    assert page.get_by_label("Telefon").input_value() == ""
    assert page.locator("custom-frame iframe").bounding_box()["height"] <= 3000  # type: ignore[index] # shown
    assert (page.url, len(wild.pages)) == (address, 1)
    # Nor where somebody is led to its page: it has no origin there either.
    source = page.locator("custom-frame").get_attribute("data-source")
    page.goto(f"{stack.test}{source}")
    assert page.evaluate("self.origin") == "null"
    # And no page of this site runs its code.
    page.goto(address)
    page.evaluate("s => document.head.append(Object.assign(document.createElement('script'), {src: s}))",
                  "/ttd/fiendtlig/custom-js/counter.js")  # fmt: skip
    page.wait_for_timeout(300)
    assert page.evaluate("customElements.get('my-counter') === undefined")
