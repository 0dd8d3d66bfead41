"""What is decided for pages in their panel, over HTTP as forms without scripts send it: checks and groups."""

from typing import Any

import pytest
from builders import app_files, field

from studio.definition.app import AppDefinition, LayoutSet
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

ADDRESS = "/ttd/paged/form/Task_1/Contact"


@pytest.fixture
def form(repositories: Repositories) -> Repository:
    """The app ttd/paged with three pages."""
    pages = {"Contact": [field("name")], "Other": [field("town")], "Last": [field("age")]}
    return repositories.create("ttd", "paged", app_files(pages=pages), KARI, "Begin", NOW)


def of(form: Repository) -> LayoutSet:
    return AppDefinition(form.draft("kari").files).layout_sets[0]


def sent(kari: Browser, form: Repository, do: str, **more: Any) -> str:
    """The editor after an edit from a form without scripts."""
    base = form.draft("kari").revision
    answer = kari.post(f"{ADDRESS}/edits?lang=en", do=do, base=base, **{"name": "Contact", **more})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200, html
    return html


def test_what_is_checked_when_people_go_on_is_decided_for_a_page_and_for_the_form(
    kari: Browser, form: Repository
) -> None:
    html = sent(kari, form, "page_checks", level="form", value="all")
    assert of(form).settings["pages"]["validationOnNavigation"] == {"page": "all", "show": ["All"]}
    assert 'id="page-checks-form-Required" name="errors" value="Required" checked' in html
    assert "page-checks-page-Required" not in html
    sent(kari, form, "page_checks", level="page", value="current", chosen="1", errors=["Schema", "Required"])
    page = of(form).page("Contact")
    assert page is not None
    assert page.raw["validationOnNavigation"] == {"page": "current", "show": ["Required", "Schema"]}
    sent(kari, form, "page_checks", level="form", value="")
    assert "validationOnNavigation" not in of(form).settings["pages"]
    base = form.draft("kari").revision
    asked = {"do": "page_checks", "level": "page", "name": "Contact", "value": "all", "chosen": "1"}
    refused = kari.post(f"{ADDRESS}/edits?lang=en", base=base, **asked)
    assert refused.status_code == 422
    assert "Choose at least one kind of error" in refused.get_data(as_text=True)


def test_pages_are_put_into_a_group_that_is_named_moved_and_dissolved(
    kari: Browser, form: Repository
) -> None:
    html = sent(kari, form, "page_group_make", name="Other", value="About you")
    assert "<span>About you</span></li>" in html
    sent(kari, form, "page_group_join", name="Last", value="Other")
    assert of(form).settings["pages"]["groups"][1]["order"] == ["Other", "Last"]
    sent(kari, form, "page_group_set", name="Last", setting="markWhenCompleted", value="true")
    sent(kari, form, "page_group_set", name="Last", setting="type", choice="1", value="info")
    html = sent(kari, form, "page_group_name", name="Other", value="All about you")
    assert "All about you" in html
    sent(kari, form, "page_group_move", name="Other", index="0")
    sent(kari, form, "page_group_join", name="Contact", value="Other")
    assert of(form).settings["pages"]["groups"] == [
        {
            "name": "Other.group",
            "order": ["Other", "Last", "Contact"],
            "markWhenCompleted": True,
            "type": "info",
        }
    ]
    html = kari.get(f"{ADDRESS}?lang=en").get_data(as_text=True)
    assert 'value="Other" selected>All about you' in html
    assert "Mark the group" not in html  # what is only read is never complete
    sent(kari, form, "page_group_join", name="Contact", value="")
    html = sent(kari, form, "page_group_dissolve", name="Last")
    assert of(form).settings["pages"] == {"order": ["Other", "Last", "Contact"]}
    assert "All about you" not in html
