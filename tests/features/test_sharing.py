"""Sharing and fetching changes, conflicts, history, undo and redo."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from studio.definition.changes import (
    MoveComponents,
    RemoveComponents,
    SetAppTitle,
    SetFile,
    SetProperty,
    SetText,
)
from studio.history.commits import Author
from studio.history.errors import StaleEdit
from tests.features.conftest import KARI, NOW

# Sharing itself, without the rules for branches: these have tests of their own (test_pull_requests.py).
pytestmark = pytest.mark.usefixtures("open_main")

OLA = Author("Ola Haugen", "ola@example.org")
NAME_TITLE = SetText("nb", "full-name.title", "Fornavn og etternavn")


def page(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def text(answer):
    return " ".join(page(answer).select_one("main").get_text(" ").split())


def edit(repository, person, change, author=KARI):
    draft = repository.draft(person)
    return draft.apply(change, draft.revision, author, NOW)


def share_as_ola(repository, change):
    edit(repository, "ola", change, OLA)
    return repository.draft("ola").share("Olas endring", OLA, NOW)


def optional(component="full-name"):
    return SetProperty("Task_1", "about-you", component, "/required", False)


def longest(value):
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


def test_without_changes_the_page_is_calm(kari, contact):
    assert "Everything is shared" in text(kari.get("/ttd/kontakt/sharing"))


def test_changes_are_listed_in_sentences_and_counted_in_the_bar(kari, contact):
    edit(contact, "kari", longest(500))
    edit(contact, "kari", NAME_TITLE)
    answer = kari.get("/ttd/kontakt/sharing")
    assert len(page(answer).select(".change-list li")) == 2
    assert "Page Henvendelsen" in text(answer)
    assert page(answer).select_one(".draft-bar .ds-badge")["data-count"] == "2"
    assert "{" not in page(answer).select_one(".change-list").get_text()


def test_sharing_puts_the_draft_on_the_main_line_with_the_message(kari, contact):
    edit(contact, "kari", longest(500))
    proposed = page(kari.get("/ttd/kontakt/sharing")).select_one("#field-message").get_text()
    assert proposed.strip()
    answer = kari.post("/ttd/kontakt/sharing", message="Kortere <b>melding</b> 🐶")
    assert "Your changes are shared." in answer.get_data(as_text=True)
    head = contact.head()
    assert (head.message, head.author) == ("Kortere <b>melding</b> 🐶", KARI)
    assert "<b>melding</b>" not in answer.get_data(as_text=True)
    assert not contact.draft("kari").is_changed


def test_sharing_takes_a_message(kari, contact):
    edit(contact, "kari", longest(500))
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing", message="  ")
    assert answer.status_code == 422
    assert "Write in a few words" in answer.get_data(as_text=True)
    assert contact.draft("kari").is_changed


def test_sharing_nothing_is_answered_in_words(kari, contact):
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing", message="Ingenting")
    assert answer.status_code == 409
    assert "no changes to share" in answer.get_data(as_text=True)


def test_what_others_shared_is_shown_and_fetched_and_mine_stays(kari, contact):
    edit(contact, "kari", longest(500))
    share_as_ola(contact, optional())
    answer = kari.get("/ttd/kontakt/sharing")
    assert "News from others" in page(answer).select_one(".draft-bar").get_text()
    assert "Ola Haugen" in page(answer).select_one("#fetch").get_text()
    answer = kari.post("/ttd/kontakt/sharing/fetch")
    assert "You now have the changes of the others." in answer.get_data(as_text=True)
    draft = contact.draft("kari")
    assert not draft.is_behind
    assert b'"maxLength": 500' in draft.files["App/ui/Task_1/layouts/enquiry.json"]
    assert draft.files.blob_id("App/ui/Task_1/layouts/about-you.json") == contact.files().blob_id(
        "App/ui/Task_1/layouts/about-you.json"
    )


def conflicting(repository):
    edit(repository, "kari", longest(500))
    share_as_ola(repository, longest(900))


@pytest.mark.parametrize(
    ("side", "expected"), [("ours", b'"maxLength": 500'), ("theirs", b'"maxLength": 900')]
)
def test_a_conflict_shows_both_values_and_takes_the_chosen_one(kari, contact, side, expected):
    conflicting(contact)
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing/fetch")
    shown = page(answer).select(".conflict")
    assert len(shown) == 1
    assert [each.get_text() for each in shown[0].select(".conflict__sides .conflict__value")] == [
        "500",
        "900",
    ]
    assert "Meldingen din" in shown[0].legend.get_text()
    assert "<<<<" not in answer.get_data(as_text=True)
    key = shown[0].select_one('[name="key-1"]')["value"]
    assert [each["name"] for each in shown[0].select("input[type=radio]")] == ["choice-1", "choice-1"]
    kari.post("/ttd/kontakt/sharing/conflicts", **{"key-1": key, "choice-1": side})
    assert expected in contact.draft("kari").files["App/ui/Task_1/layouts/enquiry.json"]
    assert not contact.draft("kari").conflicts


def test_sharing_into_a_conflict_asks_for_the_choice_and_loses_nothing(kari, contact):
    conflicting(contact)
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing", message="Min")
    assert len(page(answer).select(".conflict")) == 1
    assert b'"maxLength": 500' in contact.draft("kari").files["App/ui/Task_1/layouts/enquiry.json"]
    assert contact.head().message == "Olas endring"


def test_a_conflict_without_a_choice_stays(kari, contact):
    conflicting(contact)
    kari.get("/ttd/kontakt/sharing")
    kari.post("/ttd/kontakt/sharing/fetch")
    answer = kari.post("/ttd/kontakt/sharing/conflicts", **{"key-1": "no such key", "choice-1": "ours"})
    assert "still need a choice" in answer.get_data(as_text=True)
    assert len(page(answer).select(".conflict")) == 1


def test_undo_and_redo_walk_the_draft_also_without_scripts(kari, contact):
    edit(contact, "kari", longest(500))
    kari.get("/ttd/kontakt/sharing")
    assert kari.post("/ttd/kontakt/draft/undo").status_code == 200
    assert not contact.draft("kari").is_changed
    assert kari.post("/ttd/kontakt/draft/redo").status_code == 200
    assert contact.draft("kari").is_changed


def test_htmx_learns_by_an_event_that_the_draft_changed(kari, contact):
    edit(contact, "kari", longest(500))
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/draft/undo", htmx=True)
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, '{"draft-changed": {"by": "undo"}}')
    bar = page(kari.get("/ttd/kontakt/draft", htmx=True))
    assert bar.select_one("#draft-undo").has_attr("disabled")
    assert not bar.select_one("#draft-redo").has_attr("disabled")


def test_nothing_to_undo_is_answered_in_words(kari, contact):
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/draft/undo", htmx=True)
    assert answer.status_code == 409
    assert "nothing to undo" in answer.get_data(as_text=True)


def test_an_edit_that_lost_the_race_is_a_conflict_in_words(kari, contact):
    draft = contact.draft("kari")
    base = draft.revision
    draft.apply(longest(500), base, KARI, NOW)
    with pytest.raises(StaleEdit):
        contact.draft("kari").apply(longest(600), base, KARI, NOW)


def test_all_changes_are_taken_back_and_can_be_had_again(kari, contact):
    edit(contact, "kari", longest(500))
    edit(contact, "kari", optional())
    kari.get("/ttd/kontakt/sharing")
    kari.post("/ttd/kontakt/sharing/discard")
    assert not contact.draft("kari").is_changed
    kari.post("/ttd/kontakt/draft/undo")
    assert b'"maxLength": 500' in contact.draft("kari").files["App/ui/Task_1/layouts/enquiry.json"]


def test_what_others_shared_leads_to_its_entry_in_the_history(kari, contact):
    edit(contact, "kari", longest(500))
    commit = share_as_ola(contact, RemoveComponents("Task_1", "enquiry", ("before-sending",)))
    entry = page(kari.get("/ttd/kontakt/sharing")).select_one(".version__message a")
    assert entry.get_text() == "Olas endring"
    assert entry["href"] == f"/ttd/kontakt/history/{commit.id}"
    assert kari.get(entry["href"]).status_code == 200


def test_reviewers_see_the_page_but_change_nothing(runa, contact):
    answer = runa.get("/ttd/kontakt/sharing")
    assert page(answer).select_one("#draft-undo") is None
    for action in (
        "sharing",
        "sharing/fetch",
        "sharing/conflicts",
        "sharing/discard",
        "draft/undo",
        "draft/redo",
    ):
        assert runa.post(f"/ttd/kontakt/{action}", message="x").status_code == 403, action


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_speaks_every_language(kari, contact, language):
    kari.client.set_cookie("studio_language", language)
    assert page(kari.get("/ttd/kontakt/sharing")).html["lang"] == language


def test_a_conflict_shows_the_pages_of_both_sides(kari, contact):
    conflicting(contact)
    kari.get("/ttd/kontakt/sharing")
    frames = page(kari.post("/ttd/kontakt/sharing/fetch")).select("#conflicts iframe")
    assert [frame["title"].rpartition(": ")[2] for frame in frames] == ["Mine", "Theirs"]
    for frame in frames:
        assert kari.get(frame["src"]).status_code == 200


@pytest.mark.parametrize(
    ("mine", "yours", "where", "values"),
    [
        (
            SetProperty(
                "Task_1", "enquiry", "message", "/hidden", ["equals", ["component", "full-name"], "x"]
            ),
            SetProperty("Task_1", "enquiry", "message", "/hidden", True),
            "Hidden",
            "is x",
        ),
        (RemoveComponents("Task_1", "about-you", ("full-name",)), optional(), "Om deg", "Deleted"),
        (NAME_TITLE, SetText("nb", "full-name.title", "Hele navnet"), "The text", "Hele navnet"),
        (
            MoveComponents("Task_1", "about-you", ("full-name",), "enquiry", None, 0),
            RemoveComponents("Task_1", "about-you", ("full-name",)),
            "Field",
            "Deleted",
        ),
        (SetFile("README.md", b"mine\n"), SetFile("README.md", b"yours\n"), "Line 1", "yours"),
        (SetAppTitle({"nb": "A"}), SetAppTitle({"nb": "B"}), "The name of the app", "A"),
    ],
    ids=["a rule in words", "removed and edited", "a text", "moved and removed", "lines", "the title"],
)
def test_conflicts_of_every_kind_are_told_in_words_and_settled(kari, contact, mine, yours, where, values):
    edit(contact, "kari", mine)
    share_as_ola(contact, yours)
    kari.get("/ttd/kontakt/sharing")
    shown = page(kari.post("/ttd/kontakt/sharing/fetch")).select(".conflict")
    assert shown
    said = " ".join(" ".join(each.get_text(" ").split()) for each in shown)
    assert where in said
    assert values in said
    form = {}
    for number, each in enumerate(shown, 1):
        form |= {f"key-{number}": each.select_one("[type=hidden]")["value"], f"choice-{number}": "ours"}
    answer = kari.post("/ttd/kontakt/sharing/conflicts", **form)
    assert "The conflicts are settled" in answer.get_data(as_text=True)
    assert not contact.draft("kari").is_behind


def test_lines_that_both_put_in_one_place_can_both_be_kept(kari, contact):
    edit(contact, "kari", SetFile("new.md", b"mine\n"))
    share_as_ola(contact, SetFile("new.md", b"yours\n"))
    kari.get("/ttd/kontakt/sharing")
    (shown,) = page(kari.post("/ttd/kontakt/sharing/fetch")).select(".conflict")
    assert [each["value"] for each in shown.select("[type=radio]")] == ["ours", "theirs", "both"]
    key = shown.select_one("[type=hidden]")["value"]
    kari.post("/ttd/kontakt/sharing/conflicts", **{"key-1": key, "choice-1": "both"})
    assert contact.draft("kari").files["new.md"] == b"mine\nyours\n"


def test_what_is_wrong_only_together_is_said_after_fetching(kari, contact):
    hidden = ["equals", ["component", "full-name"], "x"]
    edit(contact, "kari", SetProperty("Task_1", "enquiry", "message", "/hidden", hidden))
    share_as_ola(contact, RemoveComponents("Task_1", "about-you", ("full-name",)))
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing/fetch").get_data(as_text=True)
    assert "which came of both changes together" in answer
    assert "full-name" in answer


def test_a_shared_change_is_taken_back_and_what_came_after_it_stays(kari, contact):
    first = share_as_ola(contact, longest(900))
    share_as_ola(contact, optional())
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post(f"/ttd/kontakt/sharing/versions/{first.id}/revert")
    assert "The change is taken back in your draft." in answer.get_data(as_text=True)
    draft = contact.draft("kari")
    assert b"900" not in draft.files["App/ui/Task_1/layouts/enquiry.json"]
    assert b'"required": false' in draft.files["App/ui/Task_1/layouts/about-you.json"]


def test_taking_back_what_was_changed_again_asks_first(kari, contact):
    first = share_as_ola(contact, longest(900))
    share_as_ola(contact, longest(901))
    kari.get("/ttd/kontakt/sharing")
    address = f"/ttd/kontakt/sharing/versions/{first.id}/revert"
    (shown,) = page(kari.post(address)).select(".conflict")
    assert not contact.draft("kari").is_changed
    key = shown.select_one("[type=hidden]")["value"]
    kari.post(address, **{"key-1": key, "choice-1": "ours"})
    assert b"901" not in contact.draft("kari").files["App/ui/Task_1/layouts/enquiry.json"]


def test_what_a_merge_brought_in_is_news_however_old_it_is(kari, contact):
    edit(contact, "kari", longest(500))
    contact.create_branch("work")
    branch = contact.draft("ola", "work")
    branch.apply(optional(), branch.revision, OLA, NOW - timedelta(days=30))
    branch.share("Gammel endring", OLA, NOW - timedelta(days=30))
    contact.merge("work", "main", author=OLA, message="Flett work", now=NOW)
    news = page(kari.get("/ttd/kontakt/sharing")).select_one("#fetch").get_text()
    assert "Flett work" in news
    assert "Gammel endring" in news
