"""Sharing, fetching, conflicts, undo and redo by two people in two real browsers."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio.definition.changes import Change, SetProperty
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NAMES = {"kari": "Kari Lunde", "ola": "Ola Haugen"}


def app(stack: Any, name: str) -> Repository:
    """A new app ttd/`name`, made on the disk of the running Studio."""
    repositories = Repositories(stack.data / "repos")
    files = new_app(name, "ttd", {"nb": "Kontakt oss"}, "contact")
    return repositories.create("ttd", name, files, author("kari"), "Opprett Kontakt oss", NOW)


def author(person: str) -> Author:
    return Author(NAMES[person], f"{person}@example.org")


def edit(repository: Repository, person: str, change: Change) -> None:
    draft = repository.draft(person)
    draft.apply(change, draft.revision, author(person), NOW)


def longest(value: int) -> Change:
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


OPTIONAL = SetProperty("Task_1", "about-you", "full-name", "/required", False)


def test_changes_are_shared_and_the_bar_becomes_calm(stack: Any, page: Page, sign_in: Any, axe: Any) -> None:
    repository = app(stack, "deling")
    edit(repository, "ola", OPTIONAL)
    sign_in(page, "ola")  # an owner: others share for review
    page.goto(f"{stack.studio}/ttd/deling/")
    page.get_by_role("link", name=re.compile("Del .*1 endring som ikke er delt")).click()

    expect(page.get_by_role("listitem").filter(has_text="Navnet ditt")).to_be_visible()
    axe(page)
    page.get_by_label("Hva har du gjort?").fill("Navnet er ikke lenger påkrevd")
    page.get_by_role("button", name="Del endringer").click()

    expect(page.get_by_role("status").first).to_contain_text("Endringene dine er delt.")
    expect(page.locator("#draft-bar")).to_contain_text("Alt er delt")
    page.get_by_role("link", name="Det som er delt, står i historikken").click()
    page.get_by_role("link", name="Navnet er ikke lenger påkrevd").click()
    expect(page.locator(".history__sentences")).to_contain_text("Navnet ditt")


def test_undo_and_redo_by_keys_but_not_while_writing(stack: Any, page: Page, sign_in: Any) -> None:
    repository = app(stack, "angring")
    edit(repository, "kari", longest(500))
    edit(repository, "kari", OPTIONAL)
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/angring/sharing")
    expect(page.locator(".change-list li")).to_have_count(2)

    page.get_by_label("Hva har du gjort?").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".change-list li")).to_have_count(2)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("Control+z")
    expect(page.locator(".change-list li")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator("#draft-bar")).to_contain_text("Alt er delt")
    expect(page.locator("#draft-undo")).to_be_disabled()
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".change-list li")).to_have_count(1)
    page.reload()
    page.locator("#draft-redo").click()
    expect(page.locator(".change-list li")).to_have_count(2)
    expect(page.locator("#draft-redo")).to_be_disabled()


def test_what_another_person_shared_is_fetched_and_mine_stays(
    stack: Any, page: Page, new_context: Any, sign_in: Any
) -> None:
    repository = app(stack, "henting")
    edit(repository, "kari", longest(500))
    edit(repository, "ola", OPTIONAL)
    other = new_context().new_page()
    sign_in(other, "ola")
    other.goto(f"{stack.studio}/ttd/henting/sharing")
    other.get_by_role("button", name="Del endringer").click()
    expect(other.get_by_role("status").first).to_contain_text("delt")

    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/henting/")
    page.get_by_role("link", name="Nytt fra andre").click()
    expect(page.locator("#fetch")).to_contain_text("Ola Haugen")
    page.get_by_role("button", name="Hent endringer").click()
    expect(page.get_by_role("status").first).to_contain_text("Du har nå endringene til de andre.")
    expect(page.locator(".change-list li")).to_have_count(1)


@pytest.mark.parametrize("width", [1440, 320])
def test_a_conflict_is_two_values_side_by_side(
    stack: Any, new_context: Any, sign_in: Any, axe: Any, width: int
) -> None:
    repository = app(stack, f"konflikt-{width}")
    edit(repository, "kari", longest(500))
    edit(repository, "ola", longest(900))
    repository.draft("ola").share("Lengre", author("ola"), NOW)
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/konflikt-{width}/sharing")
    page.get_by_role("button", name="Hent endringer").click()

    choice = page.get_by_role("group", name="Meldingen din")
    expect(choice.locator(".conflict__sides .conflict__value")).to_have_text(["500", "900"])
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    choice.get_by_role("radio", name="Min").check()
    page.get_by_role("button", name="Bruk disse valgene").click()
    expect(page.get_by_role("status").first).to_contain_text("Konfliktene er løst.")
    assert b'"maxLength": 500' in repository.draft("kari").files["App/ui/Task_1/layouts/enquiry.json"]
