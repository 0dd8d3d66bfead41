"""From the clone address on an app's page to a clone: a token made in the browser, used by the real Git."""

import os
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect


def test_a_person_makes_a_token_and_git_takes_it(
    stack: Any, page: Page, sign_in: Any, axe: Any, tmp_path: Path
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/demo/galleri/")
    address = page.get_by_label("Adresse", exact=True).input_value()
    page.get_by_role("link", name="Tilgangstokenene dine").click()
    axe(page)

    page.get_by_label("Hva det er til").fill("Git i prøven")
    page.get_by_role("button", name="Lag token").click()

    field = page.get_by_role("textbox", name="Token")
    expect(page.get_by_role("button", name="Kopier")).to_be_visible()
    axe(page)
    secret = field.input_value()
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    remote = address.replace("://", f"://kari:{secret}@")
    environ = {"PATH": os.environ["PATH"], "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_GLOBAL": os.devnull}
    ask = ["git", "clone", "-q", "--depth", "1", remote, str(tmp_path / "clone")]
    subprocess.run(ask, env=environ, check=True, capture_output=True)
    assert (tmp_path / "clone" / "App" / "config" / "applicationmetadata.json").exists()

    page.goto(f"{stack.studio}/account/tokens")
    expect(page.get_by_role("textbox", name="Token")).to_have_count(0)
    page.get_by_role("button", name="Trekk tilbake – Git i prøven").click()
    expect(page.get_by_role("status")).to_contain_text("trukket tilbake")
    again = subprocess.run(["git", "ls-remote", remote], env=environ, check=False, capture_output=True)
    assert again.returncode != 0
