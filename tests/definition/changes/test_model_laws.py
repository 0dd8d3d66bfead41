"""Laws of edits of data models, for any series of them."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddField,
    AddMember,
    AddType,
    Change,
    DeleteNode,
    DuplicateField,
    ExtractType,
    InlineType,
    MoveField,
    NewModel,
    RenameNode,
    SetCombination,
    SetKeywords,
    SetKind,
    SetOccurs,
    SetRequired,
    from_dict,
)
from studio.definition.changes.data_models import KINDS, consequences
from studio.definition.checks import check
from studio.definition.comparison import describe
from studio.definition.data_model.conversion import matches, schema_problems
from studio.definition.data_model.places import places_of
from studio.definition.errors import DomainError
from studio.definition.field_references import all_places, steps_of
from studio.definition.files import EditedFiles
from tests import builders
from tests.builders import field

SCHEMA, XSD = "App/models/extra.schema.json", "App/models/extra.xsd"
NAMES = ("alder", "navn", "født", "sum-total", "Person", "x1", "_y", "navn2")
WHATS = (*KINDS, "type:Person", "type:Kode")


def bound(component_id: str, path: str) -> dict[str, Any]:
    binding = {"simpleBinding": {"dataType": "extra", "field": path}}
    hidden = ["equals", ["dataModel", path, "extra"], "x"]
    return field(component_id, dataModelBindings=binding, hidden=hidden)


def begin() -> AppDefinition:
    app = builders.app(pages={"P": [bound("a", "alder"), bound("b", "gruppe.navn")]})
    for change in (
        NewModel("extra"),
        AddType("extra", "Person"),
        AddField("extra", "/$defs/Person", "født", "date"),
        AddType("extra", "Kode", "string"),
        AddField("extra", "", "alder", "integer"),
        AddField("extra", "", "gruppe", "group"),
        AddField("extra", "/properties/gruppe", "navn", "string"),
        AddField("extra", "/properties/gruppe", "rader", "rows"),
        AddField("extra", "/properties/gruppe/properties/rader", "sum", "number"),
    ):
        app = AppDefinition(EditedFiles(app.files, change.apply(app)))
    return app


BEGIN = begin()


@st.composite
def a_change(draw: st.DrawFn, app: AppDefinition) -> Change:
    """Some edit of what is there; not all are possible."""
    model = app.model("extra")
    assert model is not None
    places = places_of(model)
    nodes = [way[-1].pointers[0] for way in places.walk()] or ["/properties/none"]
    node, other = draw(st.sampled_from(nodes)), draw(st.sampled_from(["", *nodes]))
    types = [places.type_pointer(name) for name in places.types] or ["/$defs/None"]
    name, what = draw(st.sampled_from(NAMES)), draw(st.sampled_from(WHATS))
    typed = draw(st.sampled_from([*types, node]))
    return draw(
        st.sampled_from(
            [
                AddField("extra", other, name, what),
                RenameNode("extra", typed, name),
                MoveField("extra", node, other),
                DuplicateField("extra", node),
                DeleteNode("extra", typed),
                SetRequired("extra", node, draw(st.booleans())),
                SetOccurs("extra", node, draw(st.integers(0, 2)), draw(st.sampled_from([None, 1, 3]))),
                SetKind("extra", typed, what),
                SetKeywords("extra", node, {"title": draw(st.sampled_from([None, "Tittel"]))}),
                SetKeywords("extra", node, {"nillable": draw(st.booleans())}),
                SetKeywords("extra", node, {"maxLength": draw(st.integers(1, 9))}),
                SetKeywords("extra", node, {"maximum": draw(st.integers(1, 9))}),
                AddType("extra", name, what),
                ExtractType("extra", node, name),
                InlineType("extra", node),
                SetCombination("extra", node, draw(st.sampled_from([None, "allOf", "oneOf"]))),
                AddMember("extra", node, what),
            ]
        )
    )


def known(app: AppDefinition) -> list[str]:
    """The paths that something names and that are there."""
    return [place.full_path.plain for place in all_places(app) if steps_of(app, place)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data())
def test_any_series_of_edits_leaves_a_sound_model_whose_xsd_says_the_same(data: st.DataObject) -> None:
    app = BEGIN
    for _ in range(data.draw(st.integers(1, 4))):
        change = data.draw(a_change(app))
        try:
            told = consequences(app, change)
        except DomainError:
            continue
        after = AppDefinition(EditedFiles(app.files, from_dict(change.to_dict()).apply(app)))
        schema = after.json(SCHEMA)
        errors = [problem for problem in schema_problems(schema) if problem.severity == "error"]
        assert errors == [], change
        assert matches(after.files[XSD], schema) is None, change
        # Whatever named a field still does, or was said to lose it.
        assert len(known(after)) >= len(known(app)) - len(told), change
        if after.files[SCHEMA] != app.files[SCHEMA]:
            assert describe(app, after) != []
        app = after
    check(app)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_renaming_there_and_back_gives_the_same_bytes(data: st.DataObject) -> None:
    model = BEGIN.model("extra")
    assert model is not None
    way = data.draw(st.sampled_from(list(places_of(model).walk())))
    node, name = way[-1].pointers[0], data.draw(st.sampled_from(NAMES))
    try:
        there = EditedFiles(BEGIN.files, RenameNode("extra", node, name).apply(BEGIN))
    except DomainError:
        return  # the name is taken
    renamed = f"{node.rpartition('/')[0]}/{name}"
    back = RenameNode("extra", renamed, way[-1].name).apply(AppDefinition(there))
    files = EditedFiles(there, back)
    assert {path: files[path] for path in files} == {path: BEGIN.files[path] for path in BEGIN.files}
