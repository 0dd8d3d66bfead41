"""Every kind of change does what it says, with its consequences, and touches nothing else."""

import difflib
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import pytest
from builders import app, app_files, as_json, field, group

from studio.definition.app import AppDefinition
from studio.definition.changes import Change, composite, from_dict
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles
from studio.definition.layouts import Page

PAGE = {"layout_set": "Task_1", "page": "P"}
TREE = [field("a"), group("g", "b", "c"), field("b"), field("c"), field("d")]


def change(kind: str, **values: Any) -> Change:
    made = from_dict({"kind": kind, **values})
    assert from_dict(made.to_dict()) == made
    return made


def after(before: AppDefinition, made: Change) -> AppDefinition:
    assert str(made.sentence(before))
    return AppDefinition(EditedFiles(before.files, made.apply(before)))


def on_page(parts: Sequence[Mapping[str, Any]], kind: str, **values: Any) -> Page:
    changed = after(app(pages={"P": parts, "Q": [field("q")]}), change(kind, **PAGE, **values))
    page = changed.layout_sets[0].page("P")
    assert page is not None
    assert not changed.findings
    return page


def tree(page: Page) -> list[Any]:
    return [
        [root.id, *(child.id for child in root.children)] if root.children else root.id for root in page.roots
    ]


def lines(before: AppDefinition, made: Change) -> list[str]:
    found = []
    for path, data in made.apply(before).items():
        old, new = before.files.get(path, b"").decode().splitlines(), (data or b"").decode().splitlines()
        found += [
            line.strip()
            for line in difflib.unified_diff(old, new, n=0, lineterm="")
            if line[:2].strip("+-") != line[:2] and line[:3] not in ("---", "+++")
        ]
    return found


@pytest.mark.parametrize(
    ("parent", "index", "expected"),
    [
        (None, 0, ["n", "a", ["g", "b", "c"], "d"]),
        (None, 1, ["a", "n", ["g", "b", "c"], "d"]),
        (None, 2, ["a", ["g", "b", "c"], "n", "d"]),
        (None, 9, ["a", ["g", "b", "c"], "d", "n"]),
        ("g", 0, ["a", ["g", "n", "b", "c"], "d"]),
        ("g", 1, ["a", ["g", "b", "n", "c"], "d"]),
        ("g", 2, ["a", ["g", "b", "c", "n"], "d"]),
    ],
)
def test_a_component_is_added_where_it_was_dropped(
    parent: str | None, index: int, expected: list[Any]
) -> None:
    page = on_page(TREE, "add_component", parent=parent, index=index, component={"id": "n", "type": "Input"})
    assert tree(page) == expected


def test_a_component_is_added_to_a_group_that_has_no_list_of_children_yet() -> None:
    page = on_page(
        [{"id": "g", "type": "Group"}],
        "add_component",
        parent="g",
        index=0,
        component={"id": "n", "type": "Input"},
    )
    assert tree(page) == [["g", "n"]]


def test_an_id_that_is_taken_anywhere_in_the_form_is_refused() -> None:
    before = app(pages={"P": TREE, "Q": [field("q")]})
    for taken in ("b", "q"):
        made = change("add_component", **PAGE, parent=None, index=0, component={"id": taken, "type": "Input"})
        with pytest.raises(DomainError, match=taken):
            made.apply(before)


@pytest.mark.parametrize(
    ("ids", "parent", "index", "expected"),
    [
        (["a"], None, 1, [["g", "b", "c"], "a", "d"]),
        (["d"], None, 0, ["d", "a", ["g", "b", "c"]]),
        (["g"], None, 0, [["g", "b", "c"], "a", "d"]),
        (["g"], None, 2, ["a", "d", ["g", "b", "c"]]),
        (["a", "d"], None, 1, [["g", "b", "c"], "a", "d"]),
        (["b"], "g", 1, ["a", ["g", "c", "b"], "d"]),
        (["c"], "g", 0, ["a", ["g", "c", "b"], "d"]),
        (["b"], None, 0, ["b", "a", ["g", "c"], "d"]),
        (["b", "c"], None, 3, ["a", "g", "d", "b", "c"]),
        (["a", "d"], "g", 1, [["g", "b", "a", "d", "c"]]),
        (["g", "b"], None, 2, ["a", "d", ["g", "b", "c"]]),
    ],
)
def test_components_are_moved_to_where_they_were_dropped(
    ids: list[str], parent: str | None, index: int, expected: list[Any]
) -> None:
    assert (
        tree(on_page(TREE, "move_components", ids=ids, to_page="P", parent=parent, index=index)) == expected
    )


def test_moving_a_component_to_its_own_place_changes_nothing() -> None:
    before = app(pages={"P": TREE})
    for index, name in enumerate(["a", "g", "d"]):
        made = change("move_components", **PAGE, ids=[name], to_page="P", parent=None, index=index)
        assert made.apply(before) == {}


def test_a_group_goes_to_another_page_with_all_in_it() -> None:
    before = app(pages={"P": TREE, "Q": [field("q")]})
    changed = after(before, change("move_components", **PAGE, ids=["g"], to_page="Q", parent=None, index=0))
    pages = {page.name: tree(page) for page in changed.layout_sets[0].pages}
    assert pages == {"P": ["a", "d"], "Q": [["g", "b", "c"], "q"]}


def test_a_group_cannot_be_moved_into_itself() -> None:
    before = app(pages={"P": [group("g", "h"), group("h")]})
    with pytest.raises(DomainError):
        change("move_components", **PAGE, ids=["g"], to_page="P", parent="h", index=0).apply(before)


def test_a_removed_component_leaves_everything_that_named_it() -> None:
    page = [
        *TREE,
        {
            "id": "table",
            "type": "RepeatingGroup",
            "children": [],
            "tableHeaders": ["c", "d"],
            "tableColumns": {"c": {"width": "1"}},
        },
        {"id": "only", "type": "Summary2", "target": {"type": "component", "id": "c"}},
        {
            "id": "sum",
            "type": "Summary2",
            "target": {"type": "page", "id": "P"},
            "overrides": [{"componentId": "c"}, {"componentId": "d"}],
        },
    ]
    settings = {"pages": {"order": ["P"]}, "components": {"excludeFromPdf": ["c", "d"]}}
    before = app(pages={"P": page}, more={"App/ui/Task_1/Settings.json": as_json(settings)})
    changed = after(before, change("remove_components", **PAGE, ids=["c"]))
    found = changed.layout_sets[0].pages[0]
    assert tree(found)[1] == ["g", "b"]
    table = found.component("table")
    assert table is not None
    assert (table.raw["tableHeaders"], "c" in table.raw.get("tableColumns", {})) == (["d"], False)
    assert found.component("only") is None
    assert changed.layout_sets[0].settings["components"]["excludeFromPdf"] == ["d"]


def test_removing_a_group_removes_what_is_in_it() -> None:
    assert tree(on_page(TREE, "remove_components", ids=["g"])) == ["a", "d"]


def test_a_removed_cell_leaves_the_table_in_shape() -> None:
    grid = {"id": "grid", "type": "Grid", "rows": [{"cells": [{"component": "a"}, {"component": "b"}]}]}
    page = on_page([grid, field("a"), field("b")], "remove_components", ids=["a"])
    holder = page.component("grid")
    assert holder is not None
    assert holder.raw["rows"][0]["cells"] == [None, {"component": "b"}]


def test_a_duplicate_lies_behind_its_original_under_readable_ids() -> None:
    assert tree(on_page(TREE, "duplicate_components", ids=["g"])) == [
        "a",
        ["g", "b", "c"],
        ["g2", "b2", "c2"],
        "d",
    ]
    assert tree(on_page(TREE, "duplicate_components", ids=["b"])) == ["a", ["g", "b", "b2", "c"], "d"]


def test_texts_that_carry_the_id_are_copied_with_the_component() -> None:
    texts = {"nb": {"a.title": "Navn", "shared": "Delt"}, "en": {"a.title": "Name"}}
    part = field(
        "a", textResourceBindings={"title": "a.title", "help": "shared", "description": "Bare tekst med a"}
    )
    before = app(pages={"P": [part]}, texts=texts)
    changed = after(before, change("duplicate_components", **PAGE, ids=["a"]))
    copied = changed.layout_sets[0].pages[0].component("a2")
    assert copied is not None
    assert copied.raw["textResourceBindings"] == {
        "title": "a2.title",
        "help": "shared",
        "description": "Bare tekst med a",
    }
    assert [changed.texts(language).get("a2.title") is not None for language in ("nb", "en")] == [True, True]


def test_pasted_components_name_each_other_under_their_new_ids() -> None:
    pasted = [
        group("g", "x"),
        field("x", hidden=["equals", ["component", "b"], 1]),
        field("b", readOnly=["component", "x"]),
    ]
    page = on_page(TREE, "paste_components", parent=None, index=1, components=pasted)
    assert tree(page) == ["a", ["g2", "x"], "b2", ["g", "b", "c"], "d"]
    inner, outer = page.component("x"), page.component("b2")
    assert inner is not None
    assert outer is not None
    assert inner.raw["hidden"] == ["equals", ["component", "b2"], 1]
    assert outer.raw["readOnly"] == ["component", "x"]


def test_pasting_what_goes_round_in_a_circle_ends() -> None:
    pasted = [group("x", "y"), group("y", "x"), group("z", "z", "w"), field("w")]
    assert on_page([], "paste_components", parent=None, index=0, components=pasted) is not None


def test_setting_a_property_changes_its_line_alone() -> None:
    before = app(pages={"P": TREE})
    assert lines(before, change("set_property", **PAGE, component="a", pointer="/required", value=True)) == [
        '+        "required": true,'
    ]
    assert lines(
        before, change("set_property", **PAGE, component="b", pointer="/type", value="TextArea")
    ) == [
        '-        "type": "Input",',
        '+        "type": "TextArea",',
    ]


def test_a_property_inside_an_object_that_is_not_there_yet_makes_it_and_takes_it_away_again() -> None:
    before = app(pages={"P": TREE})
    wide = after(before, change("set_property", **PAGE, component="a", pointer="/grid/xs", value=6))
    part = wide.layout_sets[0].pages[0].components[0]
    assert part.raw["grid"] == {"xs": 6}
    back = after(wide, change("set_property", **PAGE, component="a", pointer="/grid/xs"))
    assert "grid" not in back.layout_sets[0].pages[0].components[0].raw
    assert before.files["App/ui/Task_1/layouts/P.json"] == back.files["App/ui/Task_1/layouts/P.json"]


def test_taking_away_a_property_that_is_not_there_changes_nothing() -> None:
    before = app(pages={"P": TREE})
    assert change("set_property", **PAGE, component="a", pointer="/grid/xs").apply(before) == {}


def test_null_is_a_value_and_a_missing_value_is_none() -> None:
    assert "value" in change("set_property", **PAGE, component="a", pointer="/x", value=None).to_dict()
    assert "value" not in change("set_property", **PAGE, component="a", pointer="/x").to_dict()


def test_what_names_a_component_follows_its_new_id() -> None:
    page = [
        group("g", "a"),
        field("a"),
        field("b", hidden=["equals", ["component", "a"], "x"], required=["displayValue", "a"]),
        {
            "id": "s",
            "type": "Summary2",
            "target": {"type": "component", "id": "a"},
            "overrides": [{"componentId": "a"}],
        },
        {"id": "old", "type": "Summary", "componentRef": "a"},
        {
            "id": "rows",
            "type": "RepeatingGroup",
            "children": [],
            "tableColumns": {"a": {"width": "2"}},
            "rowsAfter": [{"cells": [{"labelFrom": "a"}]}],
        },
        field("c", textResourceBindings={"title": "a"}, hidden=["equals", ["dataModel", "a"], "a"]),
    ]
    settings = {"pages": {"order": ["P"]}, "components": {"excludeFromPdf": ["a"]}}
    rules = {"data": {"conditionalRendering": {"r": {"selectedFields": {"u": "a", "v": "a{0}", "w": "b"}}}}}
    before = app(
        pages={"P": page},
        more={
            "App/ui/Task_1/Settings.json": as_json(settings),
            "App/ui/Task_1/RuleConfiguration.json": as_json(rules),
        },
    )
    changed = after(before, change("rename_component", **PAGE, component="a", name="first"))
    found = {part.id: part.raw for part in changed.layout_sets[0].pages[0].components}
    assert found["g"]["children"] == ["first"]
    assert found["b"]["hidden"] == ["equals", ["component", "first"], "x"]
    assert found["b"]["required"] == ["displayValue", "first"]
    assert found["s"]["target"]["id"] == "first"
    assert found["s"]["overrides"] == [{"componentId": "first"}]
    assert found["old"]["componentRef"] == "first"
    assert list(found["rows"]["tableColumns"]) == ["first"]
    assert found["rows"]["rowsAfter"][0]["cells"][0]["labelFrom"] == "first"
    # A text, a field and a value that are spelled alike are something else.
    assert found["c"]["textResourceBindings"]["title"] == "a"
    assert found["c"]["hidden"] == ["equals", ["dataModel", "a"], "a"]
    assert changed.layout_sets[0].settings["components"]["excludeFromPdf"] == ["first"]
    fields = changed.json("App/ui/Task_1/RuleConfiguration.json")["data"]["conditionalRendering"]["r"][
        "selectedFields"
    ]
    assert fields == {"u": "first", "v": "first{0}", "w": "b"}


def test_the_data_type_of_attachments_follows_its_component() -> None:
    before = app(pages={"P": [{"id": "photo", "type": "FileUpload"}]})
    path = "App/config/applicationmetadata.json"
    metadata = deepcopy(before.json(path))
    metadata["dataTypes"].append({"id": "photo", "taskId": "Task_1"})
    before = app(pages={"P": [{"id": "photo", "type": "FileUpload"}]}, more={path: as_json(metadata)})
    changed = after(before, change("rename_component", **PAGE, component="photo", name="picture"))
    assert [kind.id for kind in changed.metadata.data_types] == ["model", "picture"]


@pytest.mark.parametrize("name", ["b", "", "a b", "row-2", "<script>", '"', "ø"])
def test_an_id_that_is_taken_or_not_allowed_is_refused(name: str) -> None:
    with pytest.raises(DomainError):
        change("rename_component", **PAGE, component="a", name=name).apply(app(pages={"P": TREE}))


def test_a_new_page_is_last_in_the_order_and_gets_buttons_where_others_have_them() -> None:
    changed = after(app(), change("add_page", layout_set="Task_1", page="Økonomi & mer".replace("& ", "")))
    pages = changed.layout_sets[0].pages
    assert [page.name for page in pages] == ["Contact", "Summary", "Økonomi mer"]
    assert [part.type for part in pages[-1].components] == ["NavigationButtons"]
    assert (
        after(changed, change("add_page", layout_set="Task_1", page="First", index=0)).layout_sets[0].order[0]
        == "First"
    )


@pytest.mark.parametrize(
    "name", ["", "../x", "a/b", "Contact", "contact", " x", "x.", "<b>", 'a"b', "a\\b", "..", "a\nb"]
)
def test_a_page_name_that_is_taken_or_no_file_name_is_refused(name: str) -> None:
    with pytest.raises(DomainError):
        change("add_page", layout_set="Task_1", page=name).apply(app())
    if name not in ("Contact", "contact"):
        with pytest.raises(DomainError):
            change("rename_page", layout_set="Task_1", page="Contact", name=name).apply(app())


def test_what_names_a_page_follows_its_new_name() -> None:
    settings = {
        "pages": {"groups": [{"order": ["Contact"]}, {"order": ["Summary"]}], "excludeFromPdf": ["Contact"]}
    }
    page = [{"id": "all", "type": "Summary2", "target": {"type": "page", "id": "Contact"}}]
    before = app(
        pages={"Contact": [field("name", hidden=["linkToPage", "x", "Contact"])], "Summary": page},
        more={"App/ui/Task_1/Settings.json": as_json(settings)},
    )
    changed = after(before, change("rename_page", layout_set="Task_1", page="Contact", name="You"))
    found = changed.layout_sets[0]
    assert [one.name for one in found.pages] == ["You", "Summary"]
    assert found.settings["pages"]["excludeFromPdf"] == ["You"]
    assert found.pages[0].components[0].raw["hidden"] == ["linkToPage", "x", "You"]
    assert found.pages[1].components[0].raw["target"]["id"] == "You"
    assert (changed.texts("nb").get("You"), changed.texts("nb").get("Contact")) == (
        before.texts("nb").get("Contact") and changed.texts("nb").get("You"),
        None,
    )


def test_pages_are_moved_hidden_and_removed() -> None:
    before = app()
    moved = after(before, change("move_page", layout_set="Task_1", page="Summary", index=0))
    assert moved.layout_sets[0].order == ("Summary", "Contact")
    hidden = after(before, change("set_page_hidden", layout_set="Task_1", page="Contact", hidden=True))
    assert hidden.layout_sets[0].pages[0].hidden is True
    shown = after(hidden, change("set_page_hidden", layout_set="Task_1", page="Contact", hidden=False))
    assert (
        shown.files["App/ui/Task_1/layouts/Contact.json"]
        == before.files["App/ui/Task_1/layouts/Contact.json"]
    )
    removed = after(before, change("remove_page", layout_set="Task_1", page="Contact"))
    assert [page.name for page in removed.layout_sets[0].pages] == ["Summary"]
    assert removed.layout_sets[0].order == ("Summary",)


def test_a_broken_page_can_still_be_renamed_and_removed_but_not_edited() -> None:
    before = app(more={"App/ui/Task_1/layouts/Contact.json": b"{"})
    assert (
        after(before, change("rename_page", layout_set="Task_1", page="Contact", name="Old"))
        .layout_sets[0]
        .page("Old")
    )
    assert (
        after(before, change("remove_page", layout_set="Task_1", page="Contact"))
        .layout_sets[0]
        .page("Contact")
        is None
    )
    with pytest.raises(DomainError, match=r"Contact\.json"):
        change(
            "set_property", layout_set="Task_1", page="Contact", component="name", pointer="/x", value=1
        ).apply(before)


def test_texts_are_changed_added_and_taken_away() -> None:
    before = app()
    path = "App/config/texts/resource.nb.json"
    assert lines(
        before, change("set_text", language="nb", key="name.title", value='Ditt "navn" 🙂 <script>')
    ) == [
        "+{",
        '+  "texts": {',
        '+    "name.title": {"status": "translated", "of": "b3b3b01a7a062103", "from": "nb"}',
        "+  }",
        "+}",
        '-      "value": "Navn"',
        '+      "value": "Ditt \\"navn\\" 🙂 <script>"',
    ]
    added = after(before, change("set_text", language="nb", key="new", value="Ny"))
    assert (
        after(added, change("set_text", language="nb", key="new", value=None)).files[path]
        == before.files[path]
    )
    assert after(before, change("set_text", language="nn", key="new", value="Ny")).languages == (
        "nb",
        "nn",
        "en",
    )
    for language, key in (("../x", "k"), ("nb", " "), ("norsk bokmål", "k")):
        with pytest.raises(DomainError):
            change("set_text", language=language, key=key, value="x").apply(before)


def test_options_are_written_into_a_component_or_a_file() -> None:
    options = [{"value": 1, "label": "one"}, {"value": "2", "label": "two"}]
    before = app(pages={"P": [field("a", kind="RadioButtons", optionsId="old")]})
    own = after(before, change("set_options", options=options, **PAGE, component="a"))
    raw = own.layout_sets[0].pages[0].components[0].raw
    assert (raw["options"], "optionsId" in raw) == (options, False)
    shared = after(before, change("set_options", options=options, option_id="mine"))
    assert shared.option_ids == ("mine",)
    assert after(shared, change("set_options", options=None, option_id="mine")).option_ids == ()
    for bad in (
        {"options": [{"value": 1}], "option_id": "x"},
        {"options": [], "option_id": "../x"},
        {"options": []},
    ):
        with pytest.raises(DomainError):
            change("set_options", **bad).apply(before)


def test_a_binding_is_set_to_another_data_type_and_taken_away() -> None:
    before = app(pages={"P": TREE})
    other = after(
        before,
        change(
            "bind_component", **PAGE, component="a", binding_key="simpleBinding", field="x", data_type="other"
        ),
    )
    raw = other.layout_sets[0].pages[0].components[0].raw
    assert raw["dataModelBindings"]["simpleBinding"] == {"dataType": "other", "field": "x"}
    gone = after(
        before, change("bind_component", **PAGE, component="a", binding_key="simpleBinding", field=None)
    )
    assert "dataModelBindings" not in gone.layout_sets[0].pages[0].components[0].raw


def test_a_field_is_made_in_the_model_and_the_component_bound_to_it() -> None:
    made = change(
        "create_field_and_bind", **PAGE, component="a", binding_key="simpleBinding", field="address.street"
    )
    changed = after(app(pages={"P": TREE}), made)
    model = changed.model("model")
    assert model is not None
    assert model.field("address.street") is not None
    binding = changed.layout_sets[0].pages[0].components[0].binding("simpleBinding")
    assert binding is not None
    assert binding.field == "address.street"


def test_the_name_of_the_app_is_set_in_metadata_and_texts() -> None:
    changed = after(app(), change("set_app_title", title={"nb": "Nytt navn", "nn": "Nytt namn"}))
    assert changed.metadata.title == {"nb": "Nytt navn", "en": "A test", "nn": "Nytt namn"}
    assert changed.title("nb") == "Nytt navn"


@pytest.mark.parametrize("content", ["text", {"base64": "AP8="}, None])
def test_a_file_is_written_as_text_or_bytes_or_taken_away(content: Any) -> None:
    made = change("set_file", path="App/config/texts/resource.nb.json", content=content)
    expected = {"text": b"text", None: None}.get(
        content if isinstance(content, str | None) else "", b"\x00\xff"
    )
    assert dict(made.apply(app())) == {"App/config/texts/resource.nb.json": expected}


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "App/../../x", ".git/config", "a\\b", ""])
def test_a_file_outside_the_app_cannot_be_written(path: str) -> None:
    with pytest.raises(DomainError):
        change("set_file", path=path, content="x").apply(app())


def test_several_changes_are_one_or_nothing() -> None:
    good = change("set_property", **PAGE, component="a", pointer="/required", value=True)
    text = change("set_text", language="nb", key="k", value="v")
    before = app(pages={"P": TREE})
    assert len(composite([good, text]).apply(before)) == 2
    assert from_dict(composite([good, text]).to_dict()) == composite([good, text])
    bad = change("set_property", **PAGE, component="gone", pointer="/required", value=True)
    with pytest.raises(NotThere):
        composite([good, bad]).apply(before)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"kind": "nope"},
        {"kind": 1},
        {"kind": "set_text", "language": "nb"},
        {"kind": "set_text", "language": 1, "key": "k", "value": "v"},
        {"kind": "set_text", "language": "nb", "key": "\ud800", "value": "v"},
        {"kind": "move_page", "layout_set": "s", "page": "p", "index": True},
        {"kind": "remove_components", "layout_set": "s", "page": "p", "ids": "abc"},
        {"kind": "composite", "changes": [{"kind": "nope"}]},
        {"kind": "set_file", "path": "x", "content": {"base64": "?"}},
        {"kind": "add_component", **PAGE, "parent": None, "index": 0, "component": []},
    ],
)
def test_what_is_no_change_is_refused(value: Any) -> None:
    with pytest.raises(DomainError):
        from_dict(value)


def test_sentences_name_components_by_their_title() -> None:
    made = change(
        "set_property",
        layout_set="Task_1",
        page="Contact",
        component="phone",
        pointer="/required",
        value=True,
    )
    assert str(made.sentence(app())) == "Field *Telefon* on page *Kontakt* became required"
    gone = change("remove_components", layout_set="Task_1", page="Contact", ids=["nobody"])
    assert "nobody" in str(gone.sentence(app()))


def test_changes_work_on_both_generations() -> None:
    before = AppDefinition(app_files(generation="v8"))
    made = change(
        "set_property", layout_set="form", page="Contact", component="name", pointer="/required", value=True
    )
    assert list(made.apply(before)) == ["App/ui/form/layouts/Contact.json"]
