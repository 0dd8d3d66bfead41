"""An app is read whatever its generation, and whatever is wrong with it."""

from builders import app, app_files, as_json, field, group

from studio.definition.app import AppDefinition, app_definition
from studio.definition.files import EditedFiles, MemoryFiles

SETS = "App/ui/layout-sets.json"


def test_a_folder_for_each_task_is_generation_nine() -> None:
    found = app()
    layout_set = found.layout_set_for_task("Task_1")
    assert found.generation == "v9"
    assert layout_set is not None
    assert (layout_set.id, layout_set.data_type, layout_set.kind) == ("Task_1", "model", "task")
    assert [page.name for page in layout_set.pages] == ["Contact", "Summary"]


def test_layout_sets_are_generation_eight() -> None:
    found = app(generation="v8")
    assert found.generation == "v8"
    assert [(one.id, one.tasks, one.data_type) for one in found.layout_sets] == [
        ("form", ("Task_1",), "model")
    ]


def test_pages_directly_under_ui_are_one_form_for_every_data_task() -> None:
    page = as_json({"data": {"layout": [field("name")]}})
    metadata = app_files()["App/config/applicationmetadata.json"]
    files = MemoryFiles(
        {"App/config/applicationmetadata.json": metadata, "App/ui/layouts/FormLayout.json": page}
    )
    found = AppDefinition(files)
    assert found.generation == "v8"
    assert [(one.id, one.tasks, one.data_type) for one in found.layout_sets] == [("ui", ("Task_1",), "model")]
    assert found.layout_sets[0].pages[0].in_order


def test_a_single_layout_file_is_a_page() -> None:
    page = as_json({"data": {"layout": [field("name")]}})
    found = AppDefinition(MemoryFiles({"App/ui/FormLayout.json": page}))
    assert [part.id for part in found.layout_sets[0].pages[0].components] == ["name"]


def test_a_repository_without_the_folder_app_is_read_from_its_top() -> None:
    files = app_files()
    found = AppDefinition(MemoryFiles({path.removeprefix("App/"): data for path, data in files.items()}))
    assert found.metadata.id == "ttd/test"
    assert found.process is not None
    assert [one.id for one in found.layout_sets] == ["Task_1"]


def test_pages_outside_the_order_come_last_and_say_so() -> None:
    extra = {"App/ui/Task_1/layouts/Alone.json": as_json({"data": {"layout": []}})}
    pages = app(more=extra).layout_sets[0].pages
    assert [(page.name, page.in_order) for page in pages] == [
        ("Contact", True),
        ("Summary", True),
        ("Alone", False),
    ]


def test_groups_of_pages_are_the_order() -> None:
    settings = {"pages": {"groups": [{"order": ["Summary"]}, {"name": "g", "order": ["Contact"]}]}}
    found = app(more={"App/ui/Task_1/Settings.json": as_json(settings)}).layout_sets[0]
    assert [page.name for page in found.pages] == ["Summary", "Contact"]


def test_components_are_a_list_in_file_order_and_a_tree_in_the_order_of_children() -> None:
    page = [field("b"), group("outer", "inner", "a"), field("a"), group("inner", "b")]
    found = app(pages={"P": page}).layout_sets[0].pages[0]
    assert [part.id for part in found.components] == ["b", "outer", "a", "inner"]
    assert [part.id for part in found.roots] == ["outer"]
    assert [part.id for part in found.roots[0].walk()] == ["outer", "inner", "b", "a"]
    assert found.components[0].parent_id == "inner"


def test_every_kind_of_container_claims_its_children() -> None:
    page = [
        {"id": "grid", "type": "Grid", "rows": [{"cells": [None, {"component": "a"}, {"text": "t"}]}]},
        {"id": "tabs", "type": "Tabs", "tabs": [{"id": "one", "title": "t", "children": ["b"]}]},
        {"id": "cards", "type": "Cards", "cards": [{"media": "c", "children": ["d"]}]},
        {"id": "rows", "type": "RepeatingGroup", "children": ["0:e"], "edit": {"multiPage": True}},
        *(field(name) for name in "abcde"),
    ]
    found = app(pages={"P": page}).layout_sets[0].pages[0]
    assert {root.id: [child.id for child in root.children] for root in found.roots} == {
        "grid": ["a"],
        "tabs": ["b"],
        "cards": ["c", "d"],
        "rows": ["e"],
    }


def test_components_that_hold_one_another_in_a_circle_are_still_all_there() -> None:
    page = [group("a", "b"), group("b", "c"), group("c", "a"), group("self", "self")]
    found = app(pages={"P": page}).layout_sets[0].pages[0]
    assert {part.id for root in found.roots for part in root.walk()} == {"a", "b", "c", "self"}


def test_bottomless_nesting_is_cut() -> None:
    page = [group(f"g{number}", f"g{number + 1}") for number in range(3000)]
    found = app(pages={"P": page}).layout_sets[0].pages[0]
    assert sum(1 for root in found.roots for _ in root.walk()) == 3000


def test_bindings_are_read_in_both_spellings_and_empty_ones_are_none() -> None:
    part = field(
        "a", dataModelBindings={"simpleBinding": {"field": "x.y", "dataType": "other"}, "list": "", "q": 1}
    )
    found = app(pages={"P": [part]}).layout_sets[0].pages[0].components[0]
    binding = found.binding("simpleBinding")
    assert binding is not None
    assert (binding.field, binding.data_type) == ("x.y", "other")
    assert list(found.bindings) == ["simpleBinding"]


def test_a_broken_file_is_a_finding_and_the_rest_stays_usable() -> None:
    broken = {
        "App/ui/Task_1/layouts/Contact.json": b'{"data": {"layout": [}',
        "App/config/texts/resource.en.json": b"{",
        "App/config/process/process.bpmn": b"<a>",
        "App/models/model.schema.json": b"\xff",
    }
    found = app(more=broken)
    assert sorted(finding.place.path for finding in found.findings) == sorted(broken)
    assert all(finding.severity == "error" and finding.place.line for finding in found.findings)
    assert [part.id for page in found.layout_sets[0].pages for part in page.components] == ["all", "send"]
    assert found.process is None
    assert found.model("model") is None
    assert found.texts("nb").get("name.title") is not None


def test_files_of_the_wrong_shape_are_read_as_empty() -> None:
    odd = [b"[]", b"1", b'"x"', b"null", b"{}", b'{"sets": 1}', b'{"sets": [1, {"id": 2}, {"id": "../x"}]}']
    paths = [
        "App/config/applicationmetadata.json",
        SETS,
        "App/ui/Task_1/Settings.json",
        "App/ui/Task_1/layouts/Contact.json",
        "App/config/texts/resource.nb.json",
        "App/options/o.json",
        "App/models/model.schema.json",
    ]
    for data in odd:
        for path in paths:
            found = app(more={path: data})
            assert isinstance(found.layout_sets, tuple)
            assert isinstance(found.texts("nb").keys(), tuple)
            assert found.title("nb") is not None
            assert isinstance(found.findings, tuple)
            found.options("o")
            found.model("model")


def test_languages_begin_with_bokmaal() -> None:
    texts = {language: {"a": "b"} for language in ("uk", "en", "nb", "se", "nn")}
    assert app(texts=texts).languages == ("nb", "nn", "en", "se", "uk")


def test_options_keep_the_type_of_their_values() -> None:
    listed = [
        {"Value": 3, "label": "three"},
        {"value": None, "label": "none"},
        {"value": True, "label": "yes"},
    ]
    options = app(more={"App/options/o.json": as_json(listed)}).options("o")
    assert options is not None
    assert [(option.value, option.key) for option in options] == [(3, "3"), (None, "null"), (True, "true")]


def test_a_subform_is_known_by_the_component_that_shows_it() -> None:
    more = {
        "App/ui/sub/Settings.json": as_json({"pages": {"order": []}}),
        "App/ui/Task_1/layouts/Contact.json": as_json(
            {"data": {"layout": [{"id": "s", "type": "Subform", "layoutSet": "sub"}]}}
        ),
    }
    assert {one.id: one.kind for one in app(more=more).layout_sets} == {"Task_1": "task", "sub": "subform"}


def test_equal_content_is_parsed_once() -> None:
    first, second = app_definition(app_files()), app_definition(app_files())
    assert first is second
    edited = EditedFiles(app_files(), {"App/config/texts/resource.nb.json": b"{}"})
    assert app_definition(edited) is not first
    assert app_definition(edited).layout_sets[0].pages[0].roots[0] is first.layout_sets[0].pages[0].roots[0]
