"""Who made a component what it is, and in which change."""

from datetime import UTC, datetime, timedelta

import pytest

from studio.definition.changes import (
    MISSING,
    MoveComponents,
    RemoveComponents,
    RenameComponent,
    RenamePage,
    SetFile,
    SetProperty,
    SetText,
)
from studio.definition.templates import new_app
from studio.history.blaming import blame
from studio.history.commits import Author
from studio.history.repositories import Repositories

KARI, OLA = Author("Kari", "kari@example.org"), Author("Ola", "ola@example.org")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAME = "full-name"


@pytest.fixture
def app(tmp_path):
    files = new_app("kontakt", "ttd", {"nb": "Kontakt", "en": "Contact"}, "contact")
    return Repositories(tmp_path).create("ttd", "kontakt", files, OLA, "Made", NOW)


def put(pointer, value, component=NAME, page="about-you"):
    return SetProperty("Task_1", page, component, pointer, value)


def share(app, message, *changes, author=KARI, branch="main"):
    draft = app.draft(author.name.lower(), branch)
    for change in changes:
        draft.apply(change, draft.revision, author, NOW)
    share.minutes = getattr(share, "minutes", 0) + 1
    return draft.share(message, author, NOW + timedelta(minutes=share.minutes))


def told(app, component=NAME):
    """Pointer (and language) -> the message of the change that made it so."""
    found = blame(app, app.timeline(), "Task_1", component)
    return {
        (each.pointer, each.language) if each.language else each.pointer: each.commit.subject
        for each in found
    }


def test_what_nobody_changed_was_made_with_the_component(app):
    share(app, "Elsewhere", put("/maxLength", 7, "message", "enquiry"))
    assert set(told(app).values()) == {"Made"}
    assert "" in told(app)


def test_each_property_names_the_change_that_made_it_what_it_is(app):
    share(app, "Optional", put("/required", False), author=OLA)
    share(app, "Long", put("/maxLength", 100))
    share(app, "Required again", put("/required", True))
    share(app, "Another component", put("/required", False, "email"))
    found = told(app)
    assert (found["/required"], found["/maxLength"], found["/type"]) == ("Required again", "Long", "Made")


def test_what_was_taken_away_is_told_too(app):
    share(app, "Long", put("/maxLength", 100))
    share(app, "No limit", put("/maxLength", MISSING))
    (gone,) = [each for each in blame(app, app.timeline(), "Task_1", NAME) if each.pointer == "/maxLength"]
    assert (gone.commit.subject, gone.value) == ("No limit", None)


def test_a_value_that_came_back_was_made_by_the_one_who_brought_it_back(app):
    share(app, "Off", put("/required", False))
    share(app, "On", put("/required", True))
    assert told(app)["/required"] == "On"


def test_a_component_is_followed_to_other_pages_under_other_ids_and_through_renamed_pages(app):
    share(app, "Long", put("/maxLength", 100))
    share(app, "Moved", MoveComponents("Task_1", "about-you", (NAME,), "enquiry", None, 0))
    share(app, "Another id", RenameComponent("Task_1", "enquiry", NAME, "name"))
    share(app, "Another page name", RenamePage("Task_1", "enquiry", "questions"))
    found = told(app, "name")
    assert (found["/maxLength"], found[""]) == ("Long", "Made")


def test_a_component_that_went_and_came_was_made_by_the_one_who_made_it_again(app):
    made = app.files()
    share(app, "Gone", RemoveComponents("Task_1", "about-you", ("email",)))
    path = "App/ui/Task_1/layouts/about-you.json"
    share(app, "Back", SetFile(path, made[path]), author=OLA)
    assert {value for key, value in told(app, "email").items() if isinstance(key, str)} == {"Back"}


def test_what_a_text_says_is_told_by_language(app):
    share(app, "New words", SetText("nb", "full-name.title", "Hele navnet"))
    share(app, "Other words", SetText("nb", "email.title", "Adresse"))
    share(app, "English", SetText("en", "full-name.title", "What you are called"))
    found = told(app)
    texts = {language: found[("/textResourceBindings/title", language)] for language in ("nb", "nn", "en")}
    assert texts == {"nb": "New words", "nn": "Made", "en": "English"}


def test_a_change_that_a_merge_brought_is_named_and_so_is_the_merge(app):
    app.create_branch("work")
    share(app, "On the branch", put("/maxLength", 50), branch="work")
    share(app, "More on the branch", put("/required", False, "email"), branch="work")
    share(app, "On main", put("/maxLength", 9, "message", "enquiry"), author=OLA)
    app.merge("work", "main", author=OLA, message="Merge work", now=NOW + timedelta(days=1))
    (found,) = [each for each in blame(app, app.timeline(), "Task_1", NAME) if each.pointer == "/maxLength"]
    assert (found.commit.subject, found.commit.author, found.merge.subject) == (
        "On the branch",
        KARI,
        "Merge work",
    )


def test_a_page_that_could_not_be_read_for_a_while_does_not_stop_the_search(app):
    path = "App/ui/Task_1/layouts/about-you.json"
    whole = app.files()[path]
    share(app, "Broken", SetFile(path, b"{"))
    share(app, "Whole", SetFile(path, whole))
    assert set(told(app)) >= {"", "/required"}


def test_what_is_not_on_the_branch_has_nobody(app):
    assert blame(app, app.timeline(), "Task_1", "nobody") == ()
    assert blame(app, app.timeline(), "nowhere", NAME) == ()


def test_a_page_is_read_however_it_is_written(app):
    path = "App/ui/Task_1/layouts/about-you.json"
    page = '{"data": {"layout": [{"type": "Input", "grid": {"xs": 6}, %s "maxLength": %d, "id": "odd"}]}}'
    share(app, "Odd", SetFile(path, (page % ("", 1)).encode()))
    share(app, "Longer", SetFile(path, (page % ("", 2)).encode()))
    share(app, "With a comment", SetFile(path, (page % ("/* { */", 2)).encode()))
    found = told(app, "odd")
    assert (found["/maxLength"], found["/grid"], found[""]) == ("Longer", "Odd", "Odd")
