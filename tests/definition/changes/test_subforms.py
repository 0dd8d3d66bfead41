"""A subform is made whole: its folder, data type, model and page, in apps of either generation."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.changes import MakeSubform, from_dict, subform_name
from studio.definition.checks import check
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles
from studio.definition.process import DATA_AND_CONFIRMATION
from tests.builders import app, field

SUBFORM = {"id": "children", "type": "Subform", "layoutSet": "", "tableColumns": []}
PAGES = {"P": [field("name"), SUBFORM, {"id": "send", "type": "Button"}]}


def making(before: AppDefinition, name: str, title: str = "Mine barn", **other: Any) -> MakeSubform:
    where = {"layout_set": before.layout_sets[0].id, "page": "P", "component": "children", "language": "nb"}
    return MakeSubform(name=name, title=title, **where | other)


def made(before: AppDefinition, title: str) -> tuple[AppDefinition, str]:
    """The app after the change, which came by way of JSON, and what the form is called."""
    change = making(before, subform_name(before, title), title)
    sent = from_dict(json.loads(json.dumps(change.to_dict())))
    assert sent == change
    return AppDefinition(EditedFiles(before.files, sent.apply(before))), change.name


@pytest.mark.parametrize("generation", ["v8", "v9"])
def test_a_subform_has_all_that_the_format_asks_for_and_nothing_is_wrong_with_it(generation: str) -> None:
    before = app(pages=PAGES, generation=generation)

    after, name = made(before, "Mine barn")

    form, kind, model = after.layout_set(name), after.metadata.data_type(name), after.model(name)
    assert name == "mineBarn"
    assert form is not None
    assert (form.kind, form.data_type, form.order, form.tasks) == ("subform", name, (name,), ())
    assert form.settings.get("type") == ("subform" if generation == "v9" else None)
    assert kind is not None
    assert (kind.task_id, kind.raw["minCount"], kind.raw["maxCount"]) == ("Task_1", 0, 0)
    assert kind.raw["allowedContentTypes"] == ["application/xml"]
    assert kind.raw["appLogic"] == {"autoCreate": False, "classRef": "Altinn.App.Models.mineBarn.mineBarn"}
    assert model is not None
    assert after.paths.xsd(name) in after.files
    assert after.texts("nb").get(name).value == "Mine barn"  # type: ignore[union-attr]  # it is there
    assert after.layout_sets[0].find("children")[1].raw["layoutSet"] == name  # type: ignore[index]  # it is there
    assert form.pages[0].components[0].raw["actions"] == [{"type": "ClientAction", "id": "closeSubform"}]
    known = check(before)
    assert not [found for found in check(after) if found not in known]
    assert str(making(before, name).sentence(before)) == "The subform *Mine barn* was made"


@given(titles=st.lists(st.text(min_size=1).filter(str.strip), min_size=2, max_size=3))
def test_whatever_subforms_are_called_each_gets_a_name_of_its_own(titles: list[str]) -> None:
    now = app(pages=PAGES, more={"App/config/texts/resource.en.json": None})
    names = []
    for title in (*titles, titles[0], "Task 1", "Class", "model", "Nul"):
        now, name = made(now, title)
        names.append(name.casefold())
        assert not now.findings
        assert now.layout_sets[0].tasks == ("Task_1",)
    assert len(set(names)) == len(names)
    assert not {"task_1", "class", "model"} & set(names)


def test_texts_that_have_the_name_already_are_left_alone() -> None:
    before = app(pages=PAGES, texts={"nb": {"barn": "Barn i alt", "appName": "A", "dyr.done": "Klappet"}})
    for title in ("Barn", "Dyr"):
        after, name = made(before, title)
        assert name == f"{title.lower()}2"
        assert [after.texts("nb").get(key) for key in ("barn", "dyr.done")] == [
            before.texts("nb").get(key) for key in ("barn", "dyr.done")
        ]


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"title": "  "}, DomainError),
        ({"component": "name"}, DomainError),
        ({"component": "gone"}, NotThere),
        ({"name": "Model"}, DomainError),
        ({"name": "Task_2"}, DomainError),
        ({"name": "../x"}, DomainError),
        ({"name": "CON"}, DomainError),
        ({"language": "../x"}, DomainError),
    ],
)
def test_what_cannot_be_a_subform_is_refused(other: dict[str, Any], error: type[DomainError]) -> None:
    before = app(pages=PAGES, process=DATA_AND_CONFIRMATION)
    with pytest.raises(error):
        making(before, **{"name": "cats", **other}).apply(before)


def test_a_form_without_a_step_or_without_a_folder_cannot_have_one() -> None:
    stateless = app(pages=PAGES, generation="v8")
    sets = {"sets": [{"id": "form"}]}
    raw = json.loads(stateless.files[stateless.paths.metadata])
    del raw["dataTypes"][0]["taskId"]
    edits = {
        stateless.paths.layout_sets: json.dumps(sets).encode(),
        stateless.paths.metadata: json.dumps(raw).encode(),
    }
    old = {
        "App/ui/layouts/P.json": json.dumps({"data": {"layout": PAGES["P"]}}).encode(),
        "App/ui/layout-sets.json": None,
        "App/ui/form/Settings.json": None,
    }
    for before, words in (
        (AppDefinition(EditedFiles(stateless.files, edits)), "no step"),
        (AppDefinition(EditedFiles(stateless.files, old)), "directly in the folder ui"),
    ):
        with pytest.raises(DomainError, match=words):
            making(before, "cats").apply(before)
