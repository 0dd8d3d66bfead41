"""Real apps in a real browser: dropped on the page as a zip file, opened, edited by one switch, and saved."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from real_apps import difference, zipped

from studio.definition.app import AppDefinition
from studio.definition.files import folder_files
from studio.definition.layouts import Component, LayoutSet
from studio.definition.layouts import Page as FormPage
from studio.history.repositories import Repositories
from tests.browser.conftest import Axe, SignIn, Stack

# The name that it gets in Studio -> where it lies.
APPS = {
    "frontend-test-8": "test-apps-v8/frontend-test",
    "frontend-test-9": "test-apps-v9/frontend-test",
    "legeerklaering": "real/forer-legeerklaering",
    "dynamic-options": "historic-v4-v7/tdd/dynamic-options-2",
}


@pytest.mark.parametrize("name", APPS)
def test_a_real_app_is_dropped_opened_and_edited(
    name: str, stack: Stack, page: Page, sign_in: SignIn, axe: Axe, vectors: Path
) -> None:
    folder = vectors / "apps" / APPS[name]
    sign_in(page, "kari")
    bring_in(page, stack, folder, name)
    expect(page).to_have_url(f"{stack.studio}/ttd/{name}/imported")

    definition = AppDefinition(folder_files(folder))
    layout_set, form_page, component = first_input(definition)
    page.get_by_role("link", name="Åpne appen").click()
    expect(page).to_have_url(f"{stack.studio}/ttd/{name}/")
    page.goto(f"{stack.studio}/ttd/{name}/form/{layout_set.id}/{form_page.name}")
    page.locator("draft-editor:defined").wait_for(state="attached")
    shown = page.locator(f'#canvas [data-component="{component.id}"]')
    expect(shown).to_be_visible()
    axe(page)
    page.goto(f"{page.url}?selected={component.id}")
    page.locator("draft-editor:defined").wait_for(state="attached")
    page.locator("#panel").get_by_label("Skrivebeskyttet", exact=True).check()
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")

    draft = Repositories(stack.data / "repos").open("ttd", name).draft("kari")
    changed = difference(stack.data / "repos" / "ttd" / f"{name}.git", draft.base, draft.revision)
    assert changed.files == [form_page.path]
    added = [line for line in changed.come if line.rstrip(b",") not in changed.gone]
    assert len(added) == 1
    assert b'"readOnly": true' in added[0]


def bring_in(page: Page, stack: Stack, folder: Path, name: str) -> None:
    page.goto(f"{stack.studio}/import")
    transfer = page.evaluate_handle(
        """([name, bytes]) => {
            const transfer = new DataTransfer();
            const content = [new Uint8Array(bytes)];
            transfer.items.add(new File(content, `${name}.zip`, { type: 'application/zip' }));
            return transfer;
        }""",
        [name, list(zipped(folder).getvalue())],
    )
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})
    page.get_by_label("Organisasjon").select_option("ttd")
    page.locator("[name=name]").fill(name)
    page.get_by_role("button", name="Importer").click()


def first_input(app: AppDefinition) -> tuple[LayoutSet, FormPage, Component]:
    """A component that is filled in and may be made read-only."""
    return next(
        (layout_set, page, component)
        for layout_set in app.layout_sets
        for page, component in layout_set.components()
        if component.type in {"Input", "TextArea", "Dropdown", "RadioButtons"}
        and component.parent_id is None
        and "readOnly" not in component.raw
    )
