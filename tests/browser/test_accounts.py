"""Signing in, one's own settings, and looking after people, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

WIDTHS = (1440, 1024, 390)


def test_a_person_signs_in_chooses_nynorsk_and_dark_and_signs_out(
    stack: Any, page: Page, sign_in: Any
) -> None:
    sign_in(page, "tor")  # whom no other test signs in: what is chosen here stays chosen

    page.goto(f"{stack.studio}/account")
    page.get_by_role("radio", name="Nynorsk").check()
    page.get_by_role("radio", name="Mørkt").check()
    page.get_by_role("button", name="Lagre").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Mine innstillingar")
    expect(page.get_by_role("status")).to_contain_text("Innstillingane dine er lagra.")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    page.get_by_role("button", name="Tor Eide").click()
    page.get_by_role("button", name="Logg ut").click()
    expect(page).to_have_url(f"{stack.studio}/sign-in")
    page.goto(f"{stack.studio}/account")
    expect(page.get_by_label("Passord")).to_be_visible()


def test_a_wrong_password_is_said_and_read_aloud(stack: Any, page: Page, axe: Any) -> None:
    page.goto(f"{stack.studio}/sign-in")

    page.get_by_label("Brukernavn").fill("kari")
    page.get_by_label("Passord").fill("not the password")
    page.get_by_role("button", name="Logg inn").click()

    expect(page.get_by_role("alert")).to_have_text("Brukernavnet eller passordet er feil.")
    expect(page.get_by_label("Brukernavn")).to_have_value("kari")
    axe(page)


def test_an_administrator_adds_a_person_who_becomes_a_designer(stack: Any, page: Page, sign_in: Any) -> None:
    sign_in(page, "anne")
    page.goto(f"{stack.studio}/admin")

    page.get_by_role("button", name="Ny person").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Navn", exact=True).fill("Åse Ødegård <script>")
    dialog.get_by_label("E-post").fill("ase@example.org")
    dialog.get_by_label("Brukernavn").fill("ase")
    dialog.get_by_label("Passord").fill("a long password")
    dialog.get_by_role("button", name="Legg til").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Åse Ødegård <script>")
    page.goto(f"{stack.studio}/organisations/demo/members")
    page.get_by_label("Brukernavn").fill("ase")
    page.get_by_role("button", name="Velg roller").click()
    page.get_by_label("Tjenestedesigner").check()
    page.get_by_role("button", name="Lagre").click()

    expect(page.get_by_role("row", name="ase")).to_contain_text("Tjenestedesigner")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/account", "/admin", "/admin/people/ola", "/organisations/ttd/members", "/nowhere"]
)
def test_every_page_of_accounts_is_accessible_and_fits_every_width(
    stack: Any, new_context: Any, sign_in: Any, axe: Any, path: str, scheme: str
) -> None:
    page = new_context(color_scheme=scheme).new_page()
    sign_in(page, "anne")

    page.goto(stack.studio + path)

    axe(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_is_reached_by_keyboard_from_the_skip_link_on(
    stack: Any, page: Page, sign_in: Any
) -> None:
    sign_in(page, "anne")
    page.goto(f"{stack.studio}/admin")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til hovedinnholdet")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Ny organisasjon")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
