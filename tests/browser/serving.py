"""Apps of a test's own in the running test environment, begun as the first person."""

from playwright.sync_api import BrowserContext, Page

from studio.definition.files import Files
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment
from tests.browser.conftest import Stack


def serve(stack: Stack, name: str, files: Files) -> str:
    """Serve files as an app of the organisation `ttd`; gives its address."""
    key = (stack.data / "keys" / "test-environment").read_text().strip()
    client = ManagementClient(Environment("test", stack.test, stack.test, key))
    bundle = bundle_of(files)
    client.hand_over(bundle)
    client.activate("ttd", name, release="r1", version=1, bundle=bundle.id, by="test")
    client.close()
    return f"{stack.test}/ttd/{name}/"


def begin(context: BrowserContext, address: str) -> Page:
    """Sign in and begin; at the first page of the form."""
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Vennlig Fjellrev").click()
    page.locator(".public-start button").click()
    page.wait_for_selector("form-page")
    return page


def filling(page: Page) -> Page:
    """The same page, once its scripts have come for somebody about to write, and its rules are followed."""
    page.locator("form.form").dispatch_event("pointerover")
    page.wait_for_selector("form-page[data-ready]")
    return page
