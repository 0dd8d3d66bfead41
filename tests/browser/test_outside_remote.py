"""An owner names an outside remote, and sees on the page what becomes of it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.second_server import second_server


def test_an_owner_names_a_remote_and_sees_it_sent_fetched_and_refused(
    stack: Any, page: Page, sign_in: Any, axe: Any, tmp_path: Path
) -> None:
    files = new_app("eksternt", "ttd", {"nb": "Eksternt"})
    who, now = Author("Ola Haugen", "ola@example.org"), datetime(2026, 11, 26, tzinfo=UTC)
    Repositories(stack.data / "repos").create("ttd", "eksternt", files, who, "Make the app", now)
    with second_server(tmp_path) as second:
        second.bare()
        sign_in(page, "ola")
        page.goto(f"{stack.studio}/ttd/eksternt/branches")
        page.get_by_role("link", name="Eksternt repository", exact=True).click()
        page.get_by_label("Adresse").fill(second.address())
        page.get_by_label("Deploy token").fill(second.token)
        page.get_by_role("button", name="Lagre det eksterne repositoryet").click()

        state = page.get_by_role("region", name="Slik står det til")
        expect(state).to_contain_text("«main» er sendt til 127.0.0.1.")
        axe(page)

        second.commit("main", {"App/notes.md": b"Theirs.\n"})
        page.get_by_role("button", name="Hent nå").click()
        expect(state.get_by_role("link", name=re.compile("Se endringsforespørsel"))).to_be_visible()
        page.set_viewport_size({"width": 390, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

        second.token = "made-anew"
        page.get_by_role("button", name="Send nå").click()
        expect(state).to_contain_text("godtar ikke tokenet")
        axe(page)
        assert "deploy-token-of-gro" not in page.content()
