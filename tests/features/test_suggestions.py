"""Suggestions in comments of a pull request: made, shown, used with one click, and used by whom."""

from collections.abc import Callable
from typing import Any

import pygit2
import pytest
from bs4 import Tag
from flask import Flask

from studio.database import studio_db
from studio.definition.app import app_definition
from studio.definition.changes import ReplaceLines, SetProperty, from_dict
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import MemoryFiles
from studio.history.branch_rules import BranchRule, set_rule
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser
from tests.features.test_notices import LIST, told
from tests.features.test_pull_request_comments import (
    BRANCH,
    COMPONENT,
    FIRST,
    edit,
    line,
    longest,
    page,
    shared,
    text_key,
    threads,
    words,
)

__all__ = ["shared"]  # the fixture


def form_of(browser: Browser, subject: dict[str, str]) -> Tag:
    """The form to write about something."""
    shown = page(browser.client.get(f"{FIRST}/comments/new", query_string=subject))
    form = shown.select_one("form[action$='/comments/new']")
    assert form is not None
    return form


def suggest(browser: Browser, subject: dict[str, str], text: str, **wanted: str) -> Any:
    """Send that form with other values for the fields whose labels begin so, as a person does."""
    form = form_of(browser, subject)
    fields = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    fields |= {each["name"]: each.get_text().removeprefix("\n") for each in form.select("textarea")}
    for each in form.select("select"):
        chosen = each.select_one("option[selected]") or each.select_one("option")
        fields[each["name"]] = chosen["value"]
    for label, value in wanted.items():
        found = [each for each in form.select(".suggesting label") if each.get_text().startswith(label)]
        fields[form.select_one(f"#{found[0]['for']}")["name"]] = value
    fields.pop("csrf_token")
    browser.get(FIRST)
    return browser.post(f"{FIRST}/comments/new", **fields | {"text": text})


def use(browser: Browser, *comments: int) -> Any:
    browser.get(FIRST)
    return browser.post(f"{FIRST}/suggestions", comment=list(comments or (1,)))


def raw(repository: Repository, branch: str = BRANCH) -> dict[str, Any]:
    forms = app_definition(repository.files(branch)).layout_set("Task_1")
    found = forms.find("message") if forms else None
    assert found is not None
    return dict(found[1].raw)


def title(repository: Repository, branch: str = BRANCH) -> str:
    text = app_definition(repository.files(branch)).texts("nb").get(text_key(repository))
    assert text is not None
    return text.value


def test_a_suggestion_about_a_component_is_used_with_one_click_and_its_thread_is_settled(
    runa: Browser, kari: Browser, shared: Repository
) -> None:
    suggest(
        runa,
        COMPONENT,
        "Kortere",
        **{"Label (Norwegian Bokmål)": "Hva vil du?", "Longest answer": "300", "Read-only": "true"},
    )
    (thread,) = threads(kari)
    assert [each.get_text(" ", strip=True) for each in thread.select(".suggestion ins")] == [
        "Suggested: Hva vil du?",
        "Suggested: Yes",
        "Suggested: 300",
    ]
    assert not threads(runa)[0].select(".suggestion form")  # a reviewer does not edit

    assert "The suggestion is on the branch now." in use(kari).get_data(as_text=True)

    assert (title(shared), raw(shared)["maxLength"], raw(shared)["readOnly"]) == ("Hva vil du?", 300, True)
    (thread,) = threads(kari)
    assert thread["data-state"] == "resolved"
    made = shared.head(BRANCH)
    assert f"Kari Lunde used this suggestion (change {made.id[:7]})" in thread.get_text(
        " ", strip=True
    ).replace("( ", "(").replace(" )", ")")
    entry = page(kari.get(thread.select_one(".suggestion__state a")["href"]))
    assert "Runa Moen" in entry.main.get_text()
    assert (made.author.name, made.origin) == ("Runa Moen", "editor")
    assert "used the suggestion of Runa Moen" in words(runa.get(FIRST))


def test_git_shows_who_wrote_and_who_took_it_and_history_takes_it_back(
    runa: Browser, kari: Browser, shared: Repository
) -> None:
    suggest(runa, {"kind": "text", "language": "nb", "key": text_key(shared)}, "", Words="Spør oss")
    was = title(shared)
    use(kari)
    commit = pygit2.Repository(str(shared.folder))[shared.head(BRANCH).id]
    assert (commit.author.name, commit.author.email) == ("Runa Moen", "runa@example.org")
    assert commit.committer.name == "Kari Lunde"
    assert title(shared) == "Spør oss"
    draft = shared.draft("kari", BRANCH)
    draft.revert(str(commit.id), KARI, NOW)
    draft.share("Som før", KARI, NOW)
    assert title(shared) == was


def test_lines_are_suggested_and_follow_their_lines(runa: Browser, kari: Browser, shared: Repository) -> None:
    at = line(shared)
    number = int(at["line"])
    two = at | {"last": str(number + 1)}
    before = shared.files(BRANCH)[at["path"]].decode().split("\n")
    old = before[number - 1 : number + 1]
    suggest(runa, two, "", Lines="\n".join([old[0].replace("500", "400"), old[1]]))
    assert f"Lines {number} to {number + 1} of the file" in words(kari.get(f"{FIRST}/code"))
    # Something comes in above: the lines have other numbers now.
    first = app_definition(shared.files(BRANCH)).layout_set("Task_1").page("enquiry").components[0].id
    edit(shared, SetProperty("Task_1", "enquiry", first, "/hidden", True), branch=BRANCH)
    assert int(line(shared)["line"]) > number
    use(kari)
    assert raw(shared)["maxLength"] == 400
    after = shared.files(BRANCH)[at["path"]].decode().split("\n")
    assert len(set(after) - set(before)) == 2  # the two lines that differ, and nothing else


def test_a_suggestion_that_does_not_fit_any_more_writes_nothing_and_says_why(
    runa: Browser, kari: Browser, shared: Repository
) -> None:
    suggest(runa, COMPONENT, "", **{"Longest answer": "300"})
    suggest(runa, {"kind": "text", "language": "nb", "key": text_key(shared)}, "", Words="Spør oss")
    edit(shared, longest(450), branch=BRANCH)
    head = shared.head(BRANCH).id
    shown = threads(kari)
    assert "has changed since, so it cannot be used" in shown[0].get_text()
    assert not shown[0].select(".suggestion form")
    said = words(use(kari, 1, 2), 422)
    assert "The suggestion of Runa Moen" in said
    assert "does not fit any more" in said
    assert "Nothing was changed" in said
    assert shared.head(BRANCH).id == head
    assert [each["data-state"] for each in threads(kari)] == ["open", "open"]


def test_several_are_used_at_once_as_one_change(
    runa: Browser, dina: Browser, kari: Browser, shared: Repository
) -> None:
    at = line(shared)
    text = "".join(shared.files(BRANCH)[at["path"]].decode().split("\n")[int(at["line"]) - 1])
    suggest(runa, COMPONENT, "", **{"Read-only": "true"})
    suggest(dina, {"kind": "text", "language": "nb", "key": text_key(shared)}, "", Words="Spør oss")
    suggest(dina, at, "", Lines=text.replace("500", "350"))
    assert len(page(kari.get(FIRST)).select("form[action$='/suggestions'] [type=checkbox]")) == 3
    before = len(shared.log(BRANCH))
    assert "The suggestions are on the branch now." in use(kari, 1, 2, 3).get_data(as_text=True)
    assert len(shared.log(BRANCH)) == before + 1
    assert (raw(shared)["readOnly"], raw(shared)["maxLength"], title(shared)) == (True, 350, "Spør oss")
    made = shared.head(BRANCH)
    assert made.subject == "Use 3 suggestions of Runa Moen, Dina Solheim"
    assert "Co-authored-by: Dina" in made.message
    assert {each["data-state"] for each in threads(kari)} == {"resolved"}
    assert "has used this suggestion already" in words(use(kari, 1), 422)


def test_who_may_not_share_to_the_branch_uses_none(
    studio: Flask,
    runa: Browser,
    kari: Browser,
    ola: Browser,
    browser_of: Callable[[str], Browser],
    shared: Repository,
) -> None:
    suggest(runa, COMPONENT, "", **{"Read-only": "true"})
    head = shared.head(BRANCH).id
    with studio.app_context():
        set_rule(studio_db.session, "ttd", "kontakt", BranchRule("kari/*", by_review=True, approvals=1), NOW)
        studio_db.session.commit()
    assert not threads(kari)[0].select(".suggestion form")
    assert "protected" in words(use(kari), 422)
    assert use(runa).status_code == 403
    assert use(browser_of("tor")).status_code == 403
    assert shared.head(BRANCH).id == head
    assert words(use(ola, 77), 422)


def test_a_suggestion_is_the_work_of_who_took_it_so_its_writer_may_still_approve(
    runa: Browser, kari: Browser, dina: Browser, shared: Repository
) -> None:
    suggest(runa, COMPONENT, "", **{"Read-only": "true"})
    use(kari)
    assert page(runa.get(FIRST)).select("button[value=approve]")
    suggest(dina, COMPONENT, "", **{"Longest answer": "100"})
    use(dina, 2)  # her own, put there by herself: nobody else has looked
    assert not page(dina.get(FIRST)).select("button[value=approve]")


def test_what_cannot_be_a_value_is_refused_and_what_was_written_stays(
    runa: Browser, shared: Repository
) -> None:
    answer = suggest(runa, COMPONENT, "Ord", **{"Longest answer": "mange"})
    form = page(answer, 422).select_one("form[action$='/comments/new']")
    assert "Write a number for “Longest answer”" in words(answer, 422)
    assert form.select_one("details.suggesting").has_attr("open")
    assert form.select_one("input[value=mange]")
    assert form.select_one("textarea[name=text]").get_text() == "Ord"
    assert not threads(runa)
    assert "Write a comment." in words(suggest(runa, COMPONENT, ""), 422)  # nothing said, nothing suggested


def test_a_notice_leads_to_its_thread_and_an_answer_is_told_to_those_in_it(
    runa: Browser, kari: Browser, dina: Browser, shared: Repository
) -> None:
    suggest(runa, COMPONENT, "Kortere?", **{"Read-only": "true"})
    suggest(dina, {}, "Hei")
    kari.get(FIRST)
    kari.post(f"{FIRST}/comments/1/reply", text="Ja")
    assert told(runa)[0] == "Kari Lunde answered a comment"
    assert not any("answered" in each for each in told(dina))  # she is not in that thread
    link = page(runa.get(LIST)).select_one(".notice a")["href"]
    to = runa.client.get(link).headers["Location"]
    assert to == f"{FIRST}?thread=1#thread-1"
    assert page(runa.get(to.partition("#")[0])).select_one("#thread-1")["tabindex"] == "-1"
    use(kari)
    opened = page(runa.get(f"{FIRST}?thread=1")).select_one("details[open] #thread-1")
    assert opened is not None
    assert told(runa)[0] == "Kari Lunde used the suggestion of Runa Moen"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("after", "left"),
    [(("x", "y"), ["a", "x", "y", "d", ""]), ((), ["a", "d", ""]), (("c",), ["a", "c", "d", ""])],
)
def test_lines_are_replaced_and_others_are_not_touched(ending: str, after: Any, left: list[str]) -> None:
    files = MemoryFiles({"a.txt": ending.join(["a", "b", "c", "d", ""]).encode()})
    change = ReplaceLines("a.txt", 2, ("b", "c"), after)
    assert from_dict(change.to_dict()) == change
    edits = change.apply(app_definition(files))
    assert edits["a.txt"] == ending.join(left).encode()


@pytest.mark.parametrize(
    "change",
    [
        ReplaceLines("a.txt", 1, ("b",), ()),
        ReplaceLines("a.txt", 0, ("a",), ()),
        ReplaceLines("a.txt", 1, (), ("x",)),
        ReplaceLines("a.txt", 9, ("a",), ()),
        ReplaceLines("b.bin", 1, ("a",), ()),
        ReplaceLines("none.txt", 1, ("a",), ()),
    ],
)
def test_lines_that_are_not_there_are_not_replaced(change: ReplaceLines) -> None:
    app = app_definition(MemoryFiles({"a.txt": b"a\n", "b.bin": b"\xff\xfe"}))
    with pytest.raises((DomainError, NotThere)):
        change.apply(app)
