"""Components that go elsewhere: to pages and apps, to files, and to the blocks of the organisation."""

import io
import json
import re
from typing import Any

import pytest
from builders import app_files, as_json, field

from studio.definition.app import AppDefinition
from studio.definition.library.used_blocks import used_blocks
from studio.features.layouts.blocks import Blocks
from studio.history.errors import AlreadyThere
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.history.shelf import Shelf
from tests.features.conftest import KARI, NOW, Browser

PAGES = {
    "Contact": [
        field("name"),
        {"id": "box", "type": "Group", "children": ["phone"]},
        field("phone"),
    ],
    "Other": [field("town", "age", "Input")],
}
TEXTS = {"nb": {"name.title": "Navn", "phone.title": "Telefon"}, "en": {"name.title": "Name"}}


@pytest.fixture
def source(repositories: Repositories) -> Repository:
    """The app ttd/source."""
    return repositories.create("ttd", "source", app_files(pages=PAGES, texts=TEXTS), KARI, "Begin", NOW)


@pytest.fixture
def target(repositories: Repositories) -> Repository:
    """The app demo/target, with one field and one text."""
    files = app_files(
        pages={"Start": []}, fields={"name": "string"}, texts={"nb": {"name.title": "Hele navnet"}}
    )
    return repositories.create("demo", "target", files, KARI, "Begin", NOW)


TAKE = "/ttd/source/form/Task_1/Contact/take"


def app(repository: Repository, person: str = "kari") -> AppDefinition:
    return AppDefinition(repository.draft(person).files)


def raws(repository: Repository, page: str) -> dict[str, dict[str, Any]]:
    found = app(repository).page("Task_1", page)
    assert found is not None
    return {one.id: dict(one.raw) for one in found.components}


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None
    return found[1].replace("&#34;", '"').replace("&amp;", "&").replace("&lt;", "<")


def test_components_move_to_another_page_in_one_edit(kari: Browser, source: Repository) -> None:
    kari.get(f"{TAKE}?selected=box&selected=phone")
    kari.post(TAKE, selected=["box", "phone"], do="move", to="page:Task_1/Other")
    assert list(raws(source, "Contact")) == ["name"]
    assert raws(source, "Other")["box"]["children"] == ["phone"]

    source.draft("kari").undo(KARI, NOW)
    assert list(raws(source, "Contact")) == ["name", "box", "phone"]


def test_components_are_copied_to_another_page_under_new_ids(kari: Browser, source: Repository) -> None:
    kari.get(f"{TAKE}?selected=name")
    answer = kari.post(TAKE, selected=["name"], do="copy", to="page:Task_1/Other")
    assert len(raws(source, "Other")) == 2
    assert "selected=" in answer.request.url
    assert len(raws(source, "Contact")) == 3


def test_components_come_to_another_app_with_what_they_need_after_it_was_said(
    kari: Browser, source: Repository, target: Repository
) -> None:
    kari.get(f"{TAKE}?selected=name&selected=phone")
    html = kari.post(TAKE, selected=["name", "phone"], do="copy", to="app:demo/target").get_data(as_text=True)
    assert "is missing" in html
    assert "taken by something else here" in html
    assert not raws(target, "Start")

    kari.post(
        "/demo/target/form/bring",
        snippet=hidden(html, "snippet"),
        page="Task_1/Start",
        under="keep",
        looked="1",
        create_fields="1",
        keep_own="yes",
        sure="1",
    )
    made = raws(target, "Start")
    assert list(made) == ["name", "phone"]
    assert made["name"]["textResourceBindings"] == {"title": "name.title.2"}
    model = app(target).model("model")
    assert model is not None
    assert model.field("phone") is not None
    assert len(raws(source, "Contact")) == 3


def test_what_moves_to_another_app_leaves_the_one_it_was_in(
    kari: Browser, source: Repository, target: Repository
) -> None:
    kari.get(f"{TAKE}?selected=box")
    html = kari.post(TAKE, selected=["box"], do="move", to="app:demo/target").get_data(as_text=True)
    kari.post(
        "/demo/target/form/bring",
        snippet=hidden(html, "snippet"),
        origin=hidden(html, "origin"),
        page="Task_1/Start",
        sure="1",
    )
    assert list(raws(target, "Start")) == ["box", "phone"]
    assert list(raws(source, "Contact")) == ["name"]


def test_a_block_is_kept_listed_put_elsewhere_renamed_and_deleted(
    kari: Browser, source: Repository, repositories: Repositories
) -> None:
    kari.get(f"{TAKE}?selected=name")
    listed = kari.post(TAKE, selected=["name"], do="block", name="Who you are", description="Asks the name")
    html = listed.get_data(as_text=True)
    assert "Who you are" in html
    assert "Asks the name" in html
    assert "Input" in html or "Navn" in html

    shelf = Shelf(repositories.root, "ttd")
    assert list(shelf.files) == ["blocks/who-you-are.json"]
    assert [use.block for use in used_blocks(app(source)).values()] == ["who-you-are"]
    assert shelf.log()[0].author.name == "Kari Lunde"
    assert ("ttd", "-shelf") not in repositories.all()

    wanted = {"block": "who-you-are", "page": "Task_1/Other", "follows": "nothing"}
    assert "Hold on to version 1" in kari.post("/ttd/source/form/bring", **wanted).get_data(as_text=True)
    kari.post("/ttd/source/form/bring", **wanted, sure="1")
    assert len(raws(source, "Other")) == 2
    assert len(used_blocks(app(source))) == 1, "what does not follow the block is the app's own"

    kari.post("/ttd/source/form/blocks/who-you-are", do="rename", name="You", description="")
    assert json.loads(shelf.files["blocks/who-you-are.json"])["name"] == "You"
    kari.post("/ttd/source/form/blocks/who-you-are", do="remove")
    assert list(shelf.files) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_a_block_needs_a_name(
    kari: Browser, source: Repository, repositories: Repositories, name: str
) -> None:
    kari.get(f"{TAKE}?selected=name")
    answer = kari.post(TAKE, selected=["name"], do="block", name=name)
    assert answer.status_code == 422
    assert not Shelf(repositories.root, "ttd").folder.exists()


def test_two_blocks_have_two_names(kari: Browser, source: Repository) -> None:
    kari.get(f"{TAKE}?selected=name")
    kari.post(TAKE, selected=["name"], do="block", name="Part")
    assert kari.post(TAKE, selected=["phone"], do="block", name="part").status_code == 422


def test_a_file_that_was_downloaded_can_be_brought_again(
    kari: Browser, source: Repository, target: Repository
) -> None:
    file = kari.get("/ttd/source/form/Task_1/Contact/components?ids=name&download=1")
    assert "attachment" in file.headers["Content-Disposition"]
    kari.get("/demo/target/form/bring")
    sent = (io.BytesIO(file.data), "components.json")
    html = kari.post("/demo/target/form/bring", file=sent).get_data(as_text=True)
    assert 'name="snippet"' in html


@pytest.mark.parametrize("content", [b"", b"not json", b"{}", b"\xff\xfe", b"[" * 99999])
def test_a_file_without_components_is_refused(kari: Browser, target: Repository, content: bytes) -> None:
    kari.get("/demo/target/form/bring")
    answer = kari.post("/demo/target/form/bring", file=(io.BytesIO(content), "x.json"))
    assert answer.status_code == 422


@pytest.mark.parametrize("origin", ["no json", "{}", '{"ids": 3}', "[]"])
def test_a_made_up_origin_changes_nothing(kari: Browser, target: Repository, origin: str) -> None:
    kari.get("/demo/target/form/bring")
    snippet = json.dumps({"components": [{"id": "a", "type": "Input"}]})
    answer = kari.post("/demo/target/form/bring", snippet=snippet, origin=origin, sure="1")
    assert answer.status_code == 422
    assert not raws(target, "Start")


def test_nothing_goes_to_an_app_that_one_may_not_edit(
    dina: Browser, source: Repository, target: Repository
) -> None:
    dina.get(f"{TAKE}?selected=name")
    assert "demo/target" not in dina.get(f"{TAKE}?selected=name").get_data(as_text=True)
    answer = dina.post(TAKE, selected=["name"], do="copy", to="app:demo/target")
    assert answer.status_code in {403, 404}


def test_nothing_is_taken_from_an_app_that_one_may_not_edit(
    dina: Browser, source: Repository, target: Repository
) -> None:
    dina.get("/ttd/source/form/bring")
    origin = {"org": "demo", "app": "target", "layout_set": "Task_1", "page": "Start", "ids": ["x"]}
    snippet = json.dumps({"components": [{"id": "a", "type": "Input"}]})
    fields = {"snippet": snippet, "origin": json.dumps(origin), "page": "Task_1/Other", "sure": "1"}
    assert dina.post("/ttd/source/form/bring", **fields).status_code in {403, 404}
    assert len(raws(source, "Other")) == 1


def test_who_may_only_look_sees_no_blocks(runa: Browser, source: Repository) -> None:
    assert runa.get("/ttd/source/form/bring").status_code == 403
    assert runa.get(f"{TAKE}?selected=name").status_code == 403


def test_a_block_that_is_gone_is_not_there(kari: Browser, source: Repository) -> None:
    kari.get("/ttd/source/form/bring")
    assert kari.post("/ttd/source/form/blocks/nobody", do="remove").status_code == 404
    assert kari.post("/ttd/source/form/blocks/..%2fx", do="remove").status_code == 404


def test_a_block_gets_a_newer_version_and_the_one_before_stays(
    kari: Browser, source: Repository, repositories: Repositories
) -> None:
    kari.get(f"{TAKE}?selected=name")
    kari.post(TAKE, selected=["name"], do="block", name="Navnefelt")
    kari.get("/ttd/source/texts")
    kari.post("/ttd/source/texts/edits", do="text", key="name.title", language="nb", value="Fullt navn")
    kari.get(f"{TAKE}?selected=name")
    kari.post(TAKE, selected=["name", "box", "phone"], do="block", of="navnefelt", note="Med telefon")
    bring = kari.get("/ttd/source/form/bring?page=Task_1/Other")
    for said in (
        "Version 2",
        "Med telefon",
        "<strong>Telefon</strong> is new",
        "<strong>Fullt navn</strong> (nb)",
    ):
        assert said in bring.get_data(as_text=True), said

    wanted = {"page": "Task_1/Other", "block": "navnefelt", "version": "1"}
    older = kari.post("/ttd/source/form/bring", **wanted).get_data(as_text=True)
    assert hidden(older, "version") == "1"
    assert "Hele navnet" not in older
    assert "Telefon" not in older
    assert kari.post("/ttd/source/form/bring", **{**wanted, "version": "7"}).status_code == 422
    shelf = Shelf(repositories.root, "ttd")
    assert {"blocks/navnefelt.json", "blocks/navnefelt/1.json"} <= set(shelf.files)

    kari.post("/ttd/source/form/blocks/navnefelt", do="remove")
    assert not [path for path in shelf.files if path.startswith("blocks/navnefelt")]


def test_two_who_renew_a_block_at_once_do_not_write_over_one_another(
    kari: Browser, source: Repository, repositories: Repositories
) -> None:
    del source
    kari.get(f"{TAKE}?selected=name")
    kari.post(TAKE, selected=["name"], do="block", name="Navnefelt")
    blocks = Blocks(Shelf(repositories.root, "ttd"))
    seen = blocks.named("navnefelt")
    assert blocks.renew(seen, seen.snippet, "first", KARI, NOW).version == 2
    with pytest.raises(AlreadyThere):
        blocks.renew(seen, seen.snippet, "second", KARI, NOW)
    assert blocks.named("navnefelt").note == "first"


def share(repository: Repository) -> None:
    repository.draft("kari").share("Share", KARI, NOW)


@pytest.fixture
def other(kari: Browser, source: Repository, repositories: Repositories) -> Repository:
    """The app ttd/other, in which version 1 of the block `contact` stands, shared."""
    files = app_files(pages={"Start": [field("name")]}, texts={"nb": {"name.title": "Ditt navn"}})
    made = repositories.create("ttd", "other", files, KARI, "Begin", NOW)
    kari.get(f"{TAKE}?selected=name")
    kari.post(TAKE, selected=["name", "box", "phone"], do="block", name="Contact")
    share(source)
    kari.get("/ttd/other/form/bring")
    kari.post("/ttd/other/form/bring", block="contact", page="Task_1/Start", looked="1", sure="1")
    share(made)
    return made


def renew(kari: Browser, note: str = "Spør tydeligere") -> None:
    kari.get("/ttd/source/texts")
    kari.post("/ttd/source/texts/edits", do="text", key="name.title", language="nb", value="Hele navnet")
    kari.get(f"{TAKE}?selected=name")
    kari.post(TAKE, selected=["name", "box", "phone"], do="block", of="contact", note=note)


def use_in(repository: Repository) -> str:
    return next(iter(used_blocks(app(repository))))


def test_an_app_is_offered_a_newer_version_of_a_block_sees_what_it_changes_and_takes_it(
    kari: Browser, source: Repository, other: Repository
) -> None:
    renew(kari)
    before = app(other)
    assert raws(other, "Start")["name2"]["textResourceBindings"] == {"title": "name2.title.2"}
    library = kari.get("/ttd/other/library").get_data(as_text=True)
    assert "Version 2 is out" in library
    assert "Spør tydeligere" in library
    assert "newer version of 1 thing" in kari.get("/ttd/other").get_data(as_text=True)

    key = use_in(other)
    shown = kari.get(f"/ttd/other/library/blocks?use={key}").get_data(as_text=True)
    assert "<strong>Navn</strong> now reads <strong>Hele navnet</strong>" in shown
    frames = re.findall(r'<iframe[^>]* src="([^"]+)"', shown)
    sides = [kari.get(each.replace("&amp;", "&")).get_data(as_text=True) for each in frames]
    assert ["Hele navnet" in each for each in sides] == [False, True]
    assert app(other).files.tree_id == before.files.tree_id, "looking changes nothing"

    kari.post("/ttd/other/library/blocks", use=key, version="2", do="take", follows="version")
    found = app(other).texts("nb").get("name2.title.2")
    assert found is not None
    assert found.value == "Hele navnet"
    assert used_blocks(app(other))[key].follows == 2
    other.draft("kari").undo(KARI, NOW)
    assert app(other).files.tree_id == before.files.tree_id
    assert used_blocks(app(source)).popitem()[1].version == 2, "whoever makes a version has it"


def test_where_the_app_and_the_block_changed_the_same_somebody_chooses(
    kari: Browser, other: Repository
) -> None:
    kari.get("/ttd/other/texts")
    kari.post("/ttd/other/texts/edits", do="text", key="name2.title.2", language="nb", value="Hva heter du?")
    renew(kari)
    key = use_in(other)
    shown = kari.get(f"/ttd/other/library/blocks?use={key}").get_data(as_text=True)
    assert "You have to choose" in shown
    sent = {"use": key, "version": "2", "do": "take"}
    assert kari.post("/ttd/other/library/blocks", **sent).status_code == 422
    kari.post("/ttd/other/library/blocks", **sent, **{"key-1": hidden(shown, "key-1"), "choice-1": "theirs"})
    found = app(other).texts("nb").get("name2.title.2")
    assert found is not None
    assert found.value == "Hva heter du?"
    assert used_blocks(app(other))[key].version == 2


def test_a_block_tells_where_it_is_used_and_is_not_deleted_while_an_app_follows_it(
    kari: Browser, runa: Browser, source: Repository, other: Repository, repositories: Repositories
) -> None:
    listed = runa.get("/organisations/ttd/library").get_data(as_text=True)
    assert "Contact" in listed
    assert "2 apps" in listed
    found = runa.get("/organisations/ttd/library/blocks/contact").get_data(as_text=True)
    assert "ttd/other" in found
    assert "Kari Lunde" in found
    assert runa.get("/organisations/ttd/library/blocks/nobody").status_code == 404
    assert runa.get(f"/ttd/other/library/blocks?use={use_in(other)}").status_code == 403

    kari.get("/ttd/source/form/bring")
    assert kari.post("/ttd/source/form/blocks/contact", do="remove").status_code == 422
    for name, repository in (("source", source), ("other", other)):
        kari.get(f"/ttd/{name}/library")
        kari.post(f"/ttd/{name}/library/blocks", use=use_in(repository), do="leave")
        share(repository)
    kari.get("/ttd/source/form/bring")
    kari.post("/ttd/source/form/blocks/contact", do="remove")
    assert not list(Shelf(repositories.root, "ttd").files)
    assert kari.get("/ttd/other/library").status_code == 200


def test_whoever_has_an_older_version_takes_the_newest_before_making_another(
    kari: Browser, source: Repository, other: Repository
) -> None:
    del source
    renew(kari)
    take = "/ttd/other/form/Task_1/Start/take"
    kari.get(f"{take}?selected=name2")
    answer = kari.post(take, selected=["name2", "box", "phone"], do="block", of="contact")
    assert answer.status_code == 422
    assert "Take version 2 of Contact first" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "sent", [{"do": "take"}, {"do": "take", "use": "nobody"}, {"do": "leave", "use": "x"}, {"do": "hold"}]
)
def test_a_made_up_use_of_a_block_changes_nothing(
    kari: Browser, other: Repository, sent: dict[str, str]
) -> None:
    before = app(other).files.tree_id
    kari.get("/ttd/other/library")
    assert kari.post("/ttd/other/library/blocks", **sent).status_code in {302, 200}
    assert kari.post("/ttd/other/library/blocks", do="nonsense").status_code == 400
    assert kari.get("/ttd/other/library/blocks?use=x&version=99999").status_code in {302, 200}
    assert app(other).files.tree_id == before


def test_a_block_is_shown_whatever_is_in_its_file(
    runa: Browser, source: Repository, repositories: Repositories
) -> None:
    del source
    parts = [
        {"id": "a", "type": 5, "textResourceBindings": {"title": ["x"]}, "dataModelBindings": [1]},
        {"textResourceBindings": 5, "dataModelBindings": {"simpleBinding": {"field": {}}}},
    ]
    content = {"name": "<i>Odd</i>", "components": parts, "texts": {"nb": {"x": "y"}}}
    Shelf(repositories.root, "ttd").write({"blocks/odd.json": as_json(content)}, KARI, "Odd", NOW)
    shown = runa.get("/organisations/ttd/library/blocks/odd")
    assert shown.status_code == 200
    assert "&lt;i&gt;Odd" in shown.get_data(as_text=True)


def test_a_plan_says_who_has_the_field_already_and_what_rules_ask_about_in_vain(
    kari: Browser, repositories: Repositories
) -> None:
    pages = {"Start": [field("full", "name", textResourceBindings={"title": "Hele navnet"}), field("here")]}
    repositories.create("demo", "full", app_files(pages=pages, fields={"name": "string"}), KARI, "Begin", NOW)
    rule = ["and", ["component", "here"], ["displayValue", "with"], ["equals", ["component", "elsewhere"], 1]]
    coming = [field("name", hidden=rule), field("with")]
    snippet = json.dumps({"components": coming, "fields": [{"path": "name", "kind": "string"}]})
    kari.get("/demo/full/form/bring")
    html = kari.post("/demo/full/form/bring?lang=en", snippet=snippet).get_data(as_text=True)
    assert "keeps the answer of Hele navnet" in html
    assert "not in this form: elsewhere." in html
