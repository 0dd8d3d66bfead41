"""Pull requests: sharing for review, looking, reviewing, and merging by the rules of the branch."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from studio.database import studio_db
from studio.definition.app import app_definition
from studio.definition.changes import Change, SetProperty
from studio.definition.files import Files
from studio.definition.templates import new_app
from studio.history.branch_rules import EVERY_APP, BranchRule, set_rule
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser, work_off_checks

OLA = Author("Ola Haugen", "ola@example.org")
ALL = "/ttd/kontakt/pull-requests"
FIRST = f"{ALL}/1"


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return BeautifulSoup(text, "html.parser")


def words(answer: Any, status: int = 200) -> str:
    return " ".join(page(answer, status).main.get_text(" ", strip=True).split())


def edit(repository: Repository, change: Change, branch: str = "main", person: str = "kari") -> None:
    draft = repository.draft(person, branch)
    draft.apply(change, draft.revision, KARI if person == "kari" else OLA, NOW)


def longest(value: int) -> SetProperty:
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


def longest_on(repository: Repository, branch: str = "main") -> Any:
    found = app_definition(repository.files(branch)).layout_set("Task_1")
    assert found is not None
    place = found.find("message")
    assert place is not None
    return place[1].raw.get("maxLength")


def name_is_required(files: Files) -> Any:
    found = app_definition(files).layout_set("Task_1")
    assert found is not None
    place = found.find("full-name")
    assert place is not None
    return place[1].raw["required"]


OPTIONAL = SetProperty("Task_1", "about-you", "full-name", "/required", False)


@pytest.fixture
def shared(kari: Browser, contact: Repository) -> Repository:
    """The app, where Kari has shared a change for review: pull request 1."""
    edit(contact, longest(500))
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing/review", message="Kortere melding\nDe skriver for langt.")
    assert answer.request.path == FIRST
    return contact


def seen(browser: Browser, address: str = FIRST) -> str:
    return page(browser.get(address)).select_one("[name=seen]")["value"]


def review(browser: Browser, verdict: str, text: str = "", address: str = FIRST) -> Any:
    return browser.post(f"{address}/review", verdict=verdict, text=text, seen=seen(browser, address))


def approved(browser: Browser) -> None:
    assert "approves" in words(review(browser, "approve"))


def merge(browser: Browser, address: str = FIRST, **fields: str) -> Any:
    head = seen(browser, address)
    work_off_checks(browser.client.application)
    return browser.post(f"{address}/merge", **{"seen": head} | fields)


def test_a_designer_cannot_share_straight_to_a_protected_branch(kari: Browser, contact: Repository) -> None:
    edit(contact, longest(500))
    assert "Share for review" in words(kari.get("/ttd/kontakt/sharing"))
    answer = kari.post("/ttd/kontakt/sharing", message="Kortere melding")
    assert answer.status_code == 403
    assert "protected" in words(answer, 403)
    assert contact.head().subject == "Create Kontakt oss"
    assert contact.draft("kari").is_changed


def test_sharing_for_review_moves_the_draft_to_a_branch_with_a_pull_request(
    kari: Browser, shared: Repository
) -> None:
    assert shared.branches() == ["kari/kortere-melding", "main"]
    assert longest_on(shared, "kari/kortere-melding") == 500
    assert not shared.draft("kari").is_changed
    said = words(kari.get(FIRST))
    assert "Kortere melding #1" in said
    assert "De skriver for langt." in said
    assert "One more approval is needed." in said


def test_the_round_from_review_to_merge(kari: Browser, runa: Browser, shared: Repository) -> None:
    assert "Write what should be changed." in words(review(runa, "request_changes"), 422)
    assert "Runa Moen: wants changes" in words(review(runa, "request_changes", "Hva med 800?"))
    edit(shared, longest(800), "kari/kortere-melding")
    kari.get("/ttd/kontakt@kari:kortere-melding/sharing")
    kari.post("/ttd/kontakt@kari:kortere-melding/sharing", message="800 tegn")
    assert "added a change: 800 tegn" in words(runa.get(FIRST))
    assert "The rules of the branch are met." in words(review(runa, "approve", "Fint"))
    answer = merge(kari)
    assert "Merged" in words(answer)
    assert longest_on(shared) == 800
    assert shared.head().message.startswith("Kortere melding (#1)")
    assert shared.head().author.name == "Kari Lunde"
    assert len(shared.head().parents) == 1
    kari.post(f"{FIRST}/branch", do="delete")
    assert shared.branches() == ["main"]
    assert "deleted the branch" in words(kari.get(FIRST))


def test_nobody_approves_what_is_their_own(ola: Browser, dina: Browser, contact: Repository) -> None:
    contact.create_branch("ola/forslag")
    for person, author in (("ola", OLA), ("dina", Author("Dina Solheim", "dina@example.org"))):
        draft = contact.draft(person, "ola/forslag")
        change = longest(300 if person == "ola" else 400)
        draft.apply(change, draft.revision, author, NOW)
        draft.share("Kortere", author, NOW)
    ola.get(f"{ALL}/new?source=ola/forslag")
    ola.post(f"{ALL}/new", source="ola/forslag", target="main", title="Kortere", description="")
    assert "somebody else has to approve" in words(review(ola, "approve"), 422)
    assert "changes of yours" in words(review(dina, "approve"), 422)
    assert "commented" in words(review(dina, "comment", "Jeg har også skrevet her"))


def test_a_designer_can_comment_and_not_approve(kari: Browser, shared: Repository) -> None:
    assert "Approve" not in words(kari.get(FIRST))
    assert "You can comment" in words(review(kari, "approve"), 422)
    assert "<b>" in words(review(kari, "comment", "Hva med <b>dette</b>?"))


def test_an_approval_is_of_what_was_there_and_is_stale_after_new_changes(
    kari: Browser, runa: Browser, shared: Repository
) -> None:
    approved(runa)
    edit(shared, longest(800), "kari/kortere-melding")
    shared.draft("kari", "kari/kortere-melding").share("Mer", KARI, NOW)
    said = words(kari.get(FIRST))
    assert "approved, before the newest changes" in said
    assert "One more approval is needed." in said
    assert "needed" in words(merge(kari), 422)
    assert shared.head().subject == "Create Kontakt oss"


def test_what_came_after_a_look_is_neither_approved_nor_merged_unseen(
    kari: Browser, runa: Browser, shared: Repository
) -> None:
    old = seen(runa)
    edit(shared, longest(800), "kari/kortere-melding")
    shared.draft("kari", "kari/kortere-melding").share("Mer", KARI, NOW)
    answer = runa.post(f"{FIRST}/review", verdict="approve", text="Fint!", seen=old)
    assert "There are new changes since you looked." in words(answer, 422)
    assert "Fint!" in answer.get_data(as_text=True)
    approved(runa)
    kari.get(FIRST)
    assert "new changes" in words(kari.post(f"{FIRST}/merge", seen=old), 422)


def test_a_wish_for_changes_holds_until_the_same_person_approves(
    kari: Browser, runa: Browser, dina: Browser, shared: Repository
) -> None:
    review(runa, "request_changes", "Nei")
    approved(dina)
    assert "It waits for Runa Moen" in words(merge(kari), 422)
    approved(runa)
    assert "Merged" in words(merge(kari))


def test_an_owner_may_merge_without_but_has_to_say_so(ola: Browser, shared: Repository) -> None:
    assert "approval is needed" in words(merge(ola), 422)
    assert "without what its rules ask for" in words(merge(ola, pass_rules="1"))
    assert shared.head().message.endswith("Co-authored-by: Kari Lunde <kari@example.org>")
    assert longest_on(shared) == 500


def test_a_rule_can_ask_for_checks_and_hold_for_owners_too(
    studio: Flask, ola: Browser, runa: Browser, shared: Repository
) -> None:
    with studio.app_context():
        rule = BranchRule("main", approvals=2, checks=("app_check",), owners_may_pass=False)
        set_rule(studio_db.session, "ttd", EVERY_APP, rule, NOW)
        studio_db.session.commit()
    broken = SetProperty("Task_1", "enquiry", "message", "/dataModelBindings/simpleBinding", "no.such")
    edit(shared, broken, "kari/kortere-melding")
    shared.draft("kari", "kari/kortere-melding").share("Ødelagt", KARI, NOW)
    approved(runa)
    said = words(merge(ola, pass_rules="1"), 422)
    assert "One more approval is needed." in said
    assert "The check “App check” has to pass." in said


def test_the_commits_can_be_kept_in_a_merge(kari: Browser, runa: Browser, shared: Repository) -> None:
    approved(runa)
    merge(kari, how="merge", message="Alt sammen")
    assert shared.head().message == "Alt sammen"
    assert shared.head().parents[1] == shared.head("kari/kortere-melding").id


def test_main_may_move_meanwhile_and_both_changes_are_there(
    kari: Browser, runa: Browser, shared: Repository
) -> None:
    approved(runa)
    edit(shared, OPTIONAL, person="ola")
    shared.draft("ola").share("Ikke påkrevd", OLA, NOW)
    assert "Merged" in words(merge(kari))
    assert (longest_on(shared), name_is_required(shared.files())) == (500, False)


def test_what_both_changed_is_chosen_on_the_branch_and_approved_anew(
    kari: Browser, runa: Browser, shared: Repository
) -> None:
    edit(shared, longest(900), person="ola")
    shared.draft("ola").share("Lengre", OLA, NOW)
    approved(runa)
    assert "1 place was changed here and on main." in words(kari.get(FIRST))
    shown = page(merge(kari))
    assert [each.get_text() for each in shown.select(".conflict__sides .conflict__value")] == ["900", "500"]
    key = shown.select_one("[name=key-1]")["value"]
    assert "still need a choice" in page(kari.post(f"{FIRST}/conflicts", **{"key-1": key})).get_text()
    answer = kari.post(f"{FIRST}/conflicts", **{"key-1": key, "choice-1": "theirs"})
    assert "brought in what is new on “main”" in words(answer)
    assert "One more approval is needed." in words(merge(kari), 422)
    approved(runa)
    assert "Merged" in words(merge(kari))
    assert longest_on(shared) == 500


def test_what_is_new_on_main_comes_in_at_a_press(kari: Browser, runa: Browser, shared: Repository) -> None:
    edit(shared, OPTIONAL, person="ola")
    shared.draft("ola").share("Ikke påkrevd", OLA, NOW)
    assert "1 change on “main” is not here yet." in words(kari.get(FIRST))
    kari.client.set_cookie("studio_language", "nn")
    kari.post(f"{FIRST}/conflicts")
    kari.client.set_cookie("studio_language", "en")
    assert shared.head("kari/kortere-melding").subject == "Henta inn det som er nytt på «main»"
    answer = kari.get(FIRST)
    assert "not here yet" not in words(answer)
    assert len(page(answer).select(".change-list li")) == 1
    assert "nothing" not in words(kari.get(f"{FIRST}/conflicts"))
    assert "has all of this already" in words(kari.post(f"{FIRST}/conflicts"), 422)


def test_two_merges_at_once_are_one(kari: Browser, dina: Browser, runa: Browser, shared: Repository) -> None:
    approved(runa)
    old = seen(dina)
    assert "Merged" in words(merge(kari))
    again = dina.post(f"{FIRST}/merge", seen=old)
    assert "not open any more" in words(again, 422)
    assert len(shared.log()) == 2


@pytest.mark.parametrize("squash", [True, False])
def test_a_merge_whose_process_died_before_it_was_noted_is_noticed(
    kari: Browser, shared: Repository, squash: bool
) -> None:
    shared.merge("kari/kortere-melding", "main", author=KARI, message="X", now=NOW, squash=squash)
    said = words(kari.get(FIRST))
    assert "The changes are on “main” now" in said
    assert "Merged" in said


def test_a_branch_deleted_under_an_open_pull_request_can_be_brought_back(
    kari: Browser, shared: Repository
) -> None:
    head = shared.head("kari/kortere-melding").id
    edit(shared, longest(800), "kari/kortere-melding")
    shared.delete_branch("kari/kortere-melding", head)
    said = words(kari.get(FIRST))
    assert "The branch “kari/kortere-melding” was deleted." in said
    assert "Longest answer" in said
    assert "was deleted" in words(kari.post(f"{FIRST}/merge", seen=head), 422)
    gone = kari.get("/ttd/kontakt@kari:kortere-melding/sharing")
    assert "what you had not shared on it is kept" in words(gone, 404)
    assert (
        "kari/kortere-melding"
        in page(kari.get("/ttd/kontakt/branches")).select_one(".branch-kept").get_text()
    )
    kari.get(FIRST)
    assert "The branch is back." in page(kari.post(f"{FIRST}/branch", do="restore")).get_text()
    assert shared.head("kari/kortere-melding").id == head
    assert shared.draft("kari", "kari/kortere-melding").is_changed


def test_closing_and_opening_again(kari: Browser, shared: Repository) -> None:
    kari.get(FIRST)
    assert "closed the pull request" in words(kari.post(f"{FIRST}/close"))
    assert "Closed" in words(kari.get(FIRST))
    assert "not open any more" in words(kari.post(f"{FIRST}/merge", seen="x"), 422)
    assert "No open pull requests" in words(kari.get(ALL))
    kari.get(FIRST)
    assert "opened the pull request again" in words(kari.post(f"{FIRST}/reopen"))


def test_the_list_is_found_by_state_person_and_words(
    kari: Browser, ola: Browser, runa: Browser, shared: Repository
) -> None:
    kari.get(FIRST)
    kari.post(f"{FIRST}/reviewers", reviewer="runa")
    assert "Kortere melding" in words(runa.get(f"{ALL}?whose=asked"))
    assert "No pull requests fit" in words(ola.get(f"{ALL}?whose=mine"))
    assert "Kortere melding" in words(ola.get(f"{ALL}?q=KORTERE+lunde"))
    assert "No pull requests fit" in words(ola.get(f"{ALL}?q=100%25"))
    assert "No pull requests fit" in words(ola.get(f"{ALL}?show=merged"))
    assert "<main" not in ola.get(ALL, htmx=True).get_data(as_text=True)


def test_words_are_wanted_and_what_was_written_is_kept(kari: Browser, shared: Repository) -> None:
    kari.get(FIRST)
    assert "Write a title" in words(kari.post(f"{FIRST}/words", title=" ", description="x"), 422)
    answer = kari.post(f"{FIRST}/words", title="Nytt\0 navn", description="Om", labels="haster, form,haster")
    assert "changed the title from “Kortere melding” to “Nytt navn”" in words(answer)
    assert [tag.get_text() for tag in page(answer).select(".request-head .ds-tag[data-variant]")] == [
        "haster",
        "form",
    ]
    kari.post(f"{FIRST}/words", title="Nytt navn", labels='små ord, 100%, "sitat"')
    chosen = page(kari.get(f"{ALL}?label=sm%C3%A5+ord")).select("#field-label option")
    assert [each["value"] for each in chosen] == ["", '"sitat"', "100%", "små ord"]
    for label in ("sm%C3%A5+ord", "100%25", "%22sitat%22"):
        listed = page(kari.get(f"{ALL}?label={label}")).select(".branch-row a.request-label")
        assert [each.get_text() for each in listed] == ["små ord", "100%", '"sitat"']
        assert all("label=" in each["href"] and "show=all" in each["href"] for each in listed)
    for label in ("sm%C3%A5", "1000", "ord"):
        assert "No pull requests fit" in words(kari.get(f"{ALL}?label={label}"))


def test_a_pull_request_of_nothing_and_of_no_branch_is_refused(kari: Browser, contact: Repository) -> None:
    contact.create_branch("tom")
    assert "There is nothing to merge" in words(kari.get(f"{ALL}/new?source=tom"))
    assert "has nothing" in words(kari.post(f"{ALL}/new", source="tom", target="main", title="X"), 422)
    for source in ("borte", "../x", "", "a..b"):
        assert kari.post(f"{ALL}/new", source=source, target="main", title="X").status_code in {404, 422}
    for number in (7, 10**30):
        assert kari.get(f"{ALL}/{number}").status_code == 404


def test_the_same_branches_have_one_open_pull_request(kari: Browser, shared: Repository) -> None:
    assert "open pull request for these branches already" in words(
        kari.get(f"{ALL}/new?source=kari/kortere-melding")
    )
    answer = kari.post(f"{ALL}/new", source="kari/kortere-melding", target="main", title="En til")
    assert answer.request.path == FIRST


def test_what_was_done_meanwhile_in_another_window_stays_in_the_draft(
    kari: Browser, contact: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(contact, longest(500))
    kari.get("/ttd/kontakt/sharing")
    create = Repository.create_branch

    def create_while_editing(repository: Repository, name: str, start: str = "main") -> None:
        create(repository, name, start)
        edit(repository, OPTIONAL)

    monkeypatch.setattr(Repository, "create_branch", create_while_editing)
    kari.post("/ttd/kontakt/sharing/review", message="Kortere")
    draft = contact.draft("kari")
    assert draft.is_changed
    assert name_is_required(draft.files) is False


def test_more_from_main_can_go_to_a_pull_request_that_is_open(kari: Browser, shared: Repository) -> None:
    edit(shared, OPTIONAL)
    shown = page(kari.get("/ttd/kontakt/sharing"))
    assert "Together with “Kortere melding” (#1)" in shown.main.get_text()
    answer = kari.post("/ttd/kontakt/sharing/review", message="Navn er valgfritt", add_to="1")
    assert answer.request.path == FIRST
    assert "added a change: Navn er valgfritt" in words(answer)
    branch = shared.files("kari/kortere-melding")
    assert (name_is_required(branch), longest_on(shared, "kari/kortere-melding")) == (False, 500)
    assert not shared.draft("kari").is_changed


def test_what_does_not_go_together_stays_in_the_draft_with_what_was_written(
    kari: Browser, shared: Repository
) -> None:
    edit(shared, longest(900))
    kari.get("/ttd/kontakt/sharing")
    answer = kari.post("/ttd/kontakt/sharing/review", message="Lengre likevel", add_to="1")
    assert "has changed the same places" in words(answer, 422)
    assert "Lengre likevel" in page(answer, 422).select_one("#field-message").get_text()
    assert shared.draft("kari").is_changed
    assert longest_on(shared, "kari/kortere-melding") == 500


def test_a_deleted_app_leaves_no_pull_requests_to_one_of_its_name(
    ola: Browser, shared: Repository, repositories: Repositories
) -> None:
    ola.get("/ttd/kontakt/delete")
    ola.post("/ttd/kontakt/delete", confirmation="kontakt")
    files = new_app("kontakt", "ttd", {"nb": "Ny"}, "contact")
    repositories.create("ttd", "kontakt", files, KARI, "Create Ny", NOW)
    assert ola.get(FIRST).status_code == 404


def test_two_people_who_merge_at_the_same_moment_merge_once(
    studio: Flask, dina: Browser, ola: Browser, runa: Browser, shared: Repository
) -> None:
    approved(runa)
    seen_by = {person: seen(person) for person in (dina, ola)}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda each: each[0].post(f"{FIRST}/merge", seen=each[1]), seen_by.items()))
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert [commit.subject for commit in shared.log()] == ["Kortere melding (#1)", "Create Kontakt oss"]
    events = page(runa.get(FIRST)).select(".request-event[data-kind=merged]")
    assert len(events) == 1
