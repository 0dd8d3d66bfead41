"""The history of an app: the time line, its entries, and the pages before and after."""

import json
from datetime import timedelta

import pygit2
import pytest
from bs4 import BeautifulSoup

from studio.definition.changes import RemoveComponents, RemoveFiles, SetFile, SetProperty, SetText
from studio.history.commits import Author
from tests.features.conftest import KARI, NOW

OLA = Author("Ola Haugen", "ola@example.org")
HISTORY = "/ttd/kontakt/history"


def soup(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def words(found):
    return " ".join(found.get_text(" ").split())


def share(repository, message, *changes, person="kari", author=KARI, when=NOW):
    draft = repository.draft(person)
    for change in changes:
        draft.apply(change, draft.revision, author, when)
    return draft.share(message, author, when)


def longest(value):
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


NO_PHONE = RemoveComponents("Task_1", "about-you", ("phone",))
NAME = SetText("nb", "full-name.title", "Fornavn og etternavn")


@pytest.fixture
def told(contact):
    """The contact app with a history: a shorter message, a new text by Ola, a field less."""
    shorter = share(contact, "Shorter <b>message</b>", longest(500))
    text = share(contact, "Another name", NAME, person="ola", author=OLA, when=NOW + timedelta(days=1))
    gone = share(contact, "No phone", NO_PHONE, when=NOW + timedelta(days=2))
    return {"shorter": shorter, "text": text, "gone": gone}


def subjects(page):
    return [words(entry.select_one(".version__message")) for entry in page.select("#timeline .version")]


def test_the_time_line_tells_newest_first_who_did_what_and_where(runa, contact, told):
    page = soup(runa.get(HISTORY))
    assert subjects(page) == ["No phone", "Another name", "Shorter <b>message</b>", "Create Kontakt oss"]
    assert "Ola Haugen" in words(page.select("#timeline .version")[1])
    assert [words(place) for place in page.select("#timeline .version")[0].select("li")] == ["Page Om deg"]
    assert "Page Henvendelsen" in words(page.select("#timeline .version")[2])


def test_the_editor_that_a_change_came_from_is_named(kari, contact):
    share(contact, "By hand", SetFile("App/wwwroot/a.css", b"a {}\n"))
    share(contact, "In the editor", longest(500))
    share(contact, "Both ways", longest(400), SetFile("App/wwwroot/a.css", None))
    git = pygit2.Repository(str(contact.folder))
    somebody = pygit2.Signature("Dina Solheim", "dina@example.org", 1800000000, 0)
    head = git.references["refs/heads/main"].target
    git.create_commit("refs/heads/main", somebody, somebody, "Pushed", git[head].tree.id, [head])
    entries = soup(kari.get(HISTORY)).select("#timeline .version")
    assert [words(entry.select_one(".version__by")).rpartition("· ")[2] for entry in entries] == [
        "Git", "Editor and code view", "Editor", "Code view", "New app",
    ]  # fmt: skip


def test_the_time_line_is_narrowed_by_person_words_and_page(kari, contact, told):
    assert subjects(soup(kari.get(f"{HISTORY}?person=ola@example.org"))) == ["Another name"]
    assert subjects(soup(kari.get(f"{HISTORY}?search=MESSAGE+shorter"))) == ["Shorter <b>message</b>"]
    path = "App/ui/Task_1/layouts/about-you.json"
    assert subjects(soup(kari.get(f"{HISTORY}?path={path}"))) == ["No phone", "Create Kontakt oss"]
    nothing = soup(kari.get(f"{HISTORY}?search=nothing+like+it"))
    assert "Nothing was found" in words(nothing.main)
    assert kari.get(f"{HISTORY}?path=../../etc/passwd&page=-3&person=%00").status_code == 200


def test_a_long_history_comes_in_pages(kari, contact):
    for number in range(30):
        share(contact, f"Change {number}", longest(500 + number))
    first, second = soup(kari.get(HISTORY)), soup(kari.get(f"{HISTORY}?page=2"))
    assert (len(subjects(first)), len(subjects(second))) == (25, 6)
    assert "page=2" in first.select_one("[rel=next]")["href"]
    assert subjects(soup(kari.get(f"{HISTORY}?page=99"))) == subjects(second)


def test_an_entry_tells_what_changed_in_sentences_pages_and_text(runa, contact, told):
    page = soup(runa.get(f"{HISTORY}/{told['gone'].id}"))
    assert "Field Telefonnummer was removed from page Om deg" in words(page.main)
    titles = [frame["title"] for frame in page.select("iframe")]
    assert titles == ["Page Om deg: Before the change", "Page Om deg: After the change"]
    assert "about-you.json" in words(page.select_one(".file-change summary"))
    assert any('"id": "phone"' in cell.get_text() for cell in page.select('[data-kind="gone"]'))


def test_the_picture_before_has_what_was_removed_outlined_and_named_and_the_one_after_has_not(
    runa, contact, told
):
    page = soup(runa.get(f"{HISTORY}/{told['gone'].id}"))
    before, after = (soup(runa.get(frame["src"])) for frame in page.select("iframe"))
    (marked,) = before.select(".shown-change")
    assert (marked["data-fate"], words(marked.select_one(".shown-change__name"))) == ("removed", "Removed")
    assert marked["aria-label"] == "Removed: Phone number"
    assert "Phone number" in words(marked)
    assert after.select(".shown-change") == []
    assert "Phone number" not in words(after)


def test_a_picture_runs_nothing_and_is_shown_by_studio_only(runa, contact, told):
    address = soup(runa.get(f"{HISTORY}/{told['gone'].id}")).iframe["src"]
    answer = runa.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert not soup(answer).select("script")


def test_a_text_is_shown_in_the_language_in_which_it_changed(runa, contact, told):
    page = soup(runa.get(f"{HISTORY}/{told['text'].id}"))
    assert page.select_one("#view-lang option[selected]")["value"] == "nb"
    after = soup(runa.get(page.select("iframe")[1]["src"]))
    assert "Fornavn og etternavn" in words(after.select_one(".shown-change"))
    english = soup(runa.get(f"{HISTORY}/{told['text'].id}?lang=en"))
    assert english.select("iframe") == []
    assert "looks the same" in words(english.main)


def test_what_people_and_apps_write_is_escaped(runa, contact):
    nasty = '<img src=x onerror="alert(1)">'
    commit = share(
        contact, nasty, SetText("nb", "full-name.title", nasty), SetFile("App/x.md", nasty.encode())
    )
    for address in (HISTORY, f"{HISTORY}/{commit.id}"):
        assert "<img src=x" not in runa.get(address).get_data(as_text=True)
    for frame in soup(runa.get(f"{HISTORY}/{commit.id}")).select("iframe"):
        assert "onerror" not in runa.get(frame["src"]).get_data(as_text=True)


def test_drafts_are_private_also_to_those_who_know_their_commits(runa, contact):
    draft = contact.draft("kari")
    secret = draft.apply(longest(123), draft.revision, KARI, NOW).revision
    assert runa.get(f"{HISTORY}/{secret}").status_code == 404
    assert runa.get(f"{HISTORY}/{secret}/picture?side=after&set=Task_1&page=enquiry").status_code == 404
    for odd in ("HEAD", "main", secret[:12], "x" * 40, "0" * 40):
        assert runa.get(f"{HISTORY}/{odd}").status_code == 404


def test_a_broken_page_and_an_empty_app_are_shown_as_they_are(runa, contact):
    path = "App/ui/Task_1/layouts/about-you.json"
    broken = share(contact, "Broken", SetFile(path, b"{ not json"))
    page = soup(runa.get(f"{HISTORY}/{broken.id}"))
    assert "can no longer be read" in words(page.main)
    after = soup(runa.get(page.select("iframe")[1]["src"]))
    assert after.select_one(".ds-alert")
    first = contact.timeline().commits[-1]
    assert len(soup(runa.get(f"{HISTORY}/{first.id}")).select(".pair__nothing")) >= 1


def test_a_page_that_is_not_among_the_changes_has_no_picture(runa, contact, told):
    address = f"{HISTORY}/{told['gone'].id}/picture?side=before&set=Task_1&page=enquiry&lang=nb"
    answer = runa.get(address)
    assert answer.status_code == 404
    assert "There is no page enquiry among what changed" in answer.get_data(as_text=True)


def restore(browser, commit, what, state="before"):
    """Look at what will change, and do it."""
    look = soup(browser.get(f"{HISTORY}/{commit.id}/restore?what={what}&state={state}"))
    form = look.select_one("form[action$=restore][method=post]")
    fields = {each["name"]: each["value"] for each in form.select("input")}
    return browser.post(form["action"], **fields)


def test_a_removed_component_is_brought_back_as_an_edit_that_can_be_undone(kari, contact, told):
    what = "component/Task_1/phone"
    look = soup(kari.get(f"{HISTORY}/{told['gone'].id}/restore?what={what}&state=before"))
    assert "Field Telefonnummer was added to page Om deg" in words(look.main)
    (marked,) = soup(kari.get(look.select("iframe")[1]["src"])).select(".shown-change")
    answer = restore(kari, told["gone"], what)
    assert marked["data-fate"] == "added"
    assert "became as it was. With Undo" in answer.get_data(as_text=True)
    draft = contact.draft("kari")
    before = contact.files(told["text"].id)
    path = "App/ui/Task_1/layouts/about-you.json"
    assert (draft.is_changed, draft.files[path]) == (True, before[path])
    draft.undo(KARI, NOW)
    assert not draft.is_changed


def test_a_page_a_file_and_the_whole_app_are_brought_back(kari, contact, told):
    start = contact.timeline().commits[-1]
    for what, state, then in (
        ("page/Task_1/enquiry", "before", start.id),
        ("file/App/ui/Task_1/layouts/enquiry.json", "after", told["shorter"].id),
    ):
        commit = told["shorter"]
        if state == "after":
            share(contact, "Longer", longest(900))
        restore(kari, commit, what, state)
        path = "App/ui/Task_1/layouts/enquiry.json"
        assert contact.draft("kari").files[path] == contact.files(then)[path]
        contact.draft("kari").discard(KARI, NOW)
    restore(kari, start, "app", "after")
    assert contact.draft("kari").files.tree_id == contact.files(start.id).tree_id


def test_one_change_is_taken_back_and_what_came_after_stays(kari, contact, told):
    restore(kari, told["shorter"], "change")
    draft, start = contact.draft("kari"), contact.timeline().commits[-1]
    path = "App/ui/Task_1/layouts/enquiry.json"
    assert draft.files[path] == contact.files(start.id)[path]
    assert b"Fornavn og etternavn" in draft.files["App/config/texts/resource.nb.json"]


def test_what_was_changed_again_since_cannot_be_taken_back_and_nothing_is_lost(kari, contact, told):
    share(contact, "Shorter still", longest(300))
    page = soup(kari.get(f"{HISTORY}/{told['shorter'].id}/restore?what=change&state=before"))
    assert "1 place was changed again later. Choose for it" in words(page.main)
    assert page.select("form[action$=restore][method=post]") == []
    answer = kari.post(f"{HISTORY}/{told['shorter'].id}/restore", what="change", state="before")
    assert "There is nothing to bring back." in answer.get_data(as_text=True)
    assert not contact.draft("kari").is_changed


def test_bringing_back_what_is_there_changes_nothing(kari, contact, told):
    page = soup(kari.get(f"{HISTORY}/{told['gone'].id}/restore?what=app&state=after"))
    assert "It is like that already" in words(page.main)


@pytest.mark.parametrize("what", ["", "nonsense", "page/Task_1", "component/x/y", "file/../../x", "file/no"])
def test_odd_wishes_are_answered_in_words(kari, contact, told, what):
    answer = kari.get(f"{HISTORY}/{told['gone'].id}/restore?what={what}")
    assert answer.status_code in {404, 422}
    assert "Traceback" not in answer.get_data(as_text=True)


def test_those_who_only_look_cannot_bring_back(runa, contact, told):
    address = f"{HISTORY}/{told['gone'].id}"
    assert soup(runa.get(address)).select(".history__restore") == []
    assert runa.get(f"{address}/restore?what=app").status_code == 403
    assert runa.post(f"{address}/restore", what="app", state="before").status_code == 403


def test_who_changed_a_component_is_told_with_links_and_the_editor_leads_there(kari, contact, told):
    share(contact, "Optional name", SetProperty("Task_1", "about-you", "full-name", "/required", False))
    panel = soup(kari.get("/ttd/kontakt/form/Task_1/about-you?selected=full-name"))
    link = next(each["href"] for each in panel.select("a") if words(each) == "Who changed this?")
    page = soup(kari.get(link))
    by_sentence = {
        words(each.select_one(".version__message")): words(each.select_one("a"))
        for each in page.select(".version")
    }
    sentence = "Field Fornavn og etternavn on page Om deg is no longer required"
    assert by_sentence[sentence] == "Optional name"
    assert by_sentence["The text Fornavn og etternavn was written (nb)"] == "Another name"
    assert "Create Kontakt oss" in by_sentence.values()


def test_what_i_changed_and_did_not_share_is_told_too_and_only_to_me(kari, ola, contact, told):
    draft = contact.draft("kari")
    draft.apply(longest(42), draft.revision, KARI, NOW)
    address = "/ttd/kontakt/history/who?set=Task_1&component=message"
    assert "By you, and not shared yet" in words(soup(kari.get(address)).main)
    assert "By you, and not shared yet" not in words(soup(ola.get(address)).main)


def test_nobody_is_told_of_what_is_not_there(kari, contact):
    answer = kari.get("/ttd/kontakt/history/who?set=Task_1&component=nobody")
    assert answer.status_code == 404
    assert "The component nobody does not exist any more." in answer.get_data(as_text=True)


def test_what_is_far_from_a_change_is_folded_and_both_sides_show_the_same_neighbours(runa, contact, told):
    page = soup(runa.get(f"{HISTORY}/{told['gone'].id}"))
    for frame in page.select("iframe"):
        drawn = soup(runa.get(frame["src"]))
        (fold,) = drawn.select(".shown-fold")
        assert words(fold.summary) == "4 components that are the same"
        assert "Your name" in words(fold)
        fold.extract()
        assert "E-mail address" in words(drawn.main)


def test_every_edit_that_is_not_shared_can_be_looked_at_by_whoever_made_it(kari, ola, contact, told):
    draft = contact.draft("kari")
    for change in (longest(42), SetText("nb", "full-name.title", "Hele navnet"), longest(43)):
        draft.apply(change, draft.revision, KARI, NOW)
    draft.undo(KARI, NOW)
    page = soup(kari.get(HISTORY))
    links = page.select(".history__own .version a")
    assert len(links) == 2
    assert "Hele navnet" in words(links[0])
    looked_at = soup(kari.get(links[1]["href"]))
    assert "42" in words(looked_at.select_one(".history__sentences"))
    assert "Hele navnet" not in words(looked_at.main)
    [before, after] = [each["src"] for each in looked_at.select("iframe")]
    assert kari.get(before).status_code == kari.get(after).status_code == 200
    assert soup(ola.get(HISTORY)).select(".history__own") == []
    assert ola.get(links[1]["href"]).status_code == 404
    assert ola.get(before).status_code == 404
    draft.undo(KARI, NOW)
    assert kari.get(links[0]["href"]).status_code == 404
    assert len(soup(kari.get(HISTORY)).select(".history__own .version")) == 1


def test_pages_before_and_after_show_the_images_of_their_own_state(kari, contact):
    logo, path = "App/wwwroot/a+b & c.svg", "App/ui/Task_1/layouts/enquiry.json"
    layout = json.loads(contact.files()[path])
    layout["data"]["layout"].append(
        {"id": "logo", "type": "Image", "image": {"src": {"nb": "wwwroot/a+b & c.svg"}, "width": "50%"}}
    )
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h{}v9"/></svg>'
    with_logo = SetFile(path, json.dumps(layout).encode())
    share(contact, "First", SetFile(logo, drawn.format(1).encode()), with_logo)
    share(contact, "Second", SetFile(logo, drawn.format(2).encode()), longest(7))
    entry = next(each for each in soup(kari.get(HISTORY)).select("#timeline a") if words(each) == "Second")
    edit = contact.draft("kari")
    edit.apply(RemoveFiles((logo,)), edit.revision, KARI, NOW)
    shown = []
    for frame in soup(kari.get(entry["href"])).select("iframe"):
        image = kari.get(soup(kari.get(frame["src"])).select_one("img")["src"])
        assert (image.status_code, image.mimetype) == (200, "image/svg+xml")
        assert "sandbox" in image.headers["Content-Security-Policy"]
        shown.append(image.get_data(as_text=True))
    assert shown == [drawn.format(1), drawn.format(2)]
    for wrong in ("../../models/model.xsd", "custom.css", ""):
        assert kari.get(f"{entry['href']}/picture?side=after&file={wrong}").status_code == 404
