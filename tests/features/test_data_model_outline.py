"""The tree of a data model: what is inside what, and how a place in it is found again."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from studio.definition.data_model import DataModel
from studio.features.data_models.limits import decimals_of, is_pattern, multiple_of
from studio.features.data_models.outline import Outline


def outline(properties: dict[str, Any], types: dict[str, Any] | None = None, **more: Any) -> Outline:
    schema = {
        "info": {"rootNode": ""},
        "type": "object",
        "properties": properties,
        "$defs": types or {},
        **more,
    }
    return Outline(DataModel(schema))


PERSON = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}


def paths(tree: Outline) -> list[str | None]:
    return [item.path for item in tree.entries]


def test_a_schema_that_is_only_true_or_false_is_its_own_place() -> None:
    tree = outline({"anything": True})
    assert tree.row_pointer("/properties/anything") == "/properties/anything"


def test_fields_of_a_type_stand_beneath_every_field_of_it() -> None:
    tree = outline(
        {
            "owner": {"$ref": "#/$defs/Person"},
            "tenants": {"type": "array", "items": {"$ref": "#/$defs/Person"}},
            "heir": {"oneOf": [{"$ref": "#/$defs/Person"}, {"type": "null"}]},
        },
        {"Person": PERSON},
    )
    assert paths(tree) == ["owner", "owner.name", "tenants", "tenants.name", "heir", "heir.name"]
    assert {tree.written_in(item) for item in tree.entries if item.name == "name"} == {"Person"}
    assert all(item.required for item in tree.entries if item.name == "name")


def test_parts_that_always_hold_are_one_group_and_alternatives_are_items_of_their_own() -> None:
    tree = outline(
        {
            "both": {"allOf": [{"$ref": "#/$defs/Person"}, {"properties": {"age": {"type": "integer"}}}]},
            "either": {"oneOf": [{"$ref": "#/$defs/Person"}, {"type": "string"}]},
        },
        {"Person": PERSON},
    )
    both, either = tree.children(tree.root)
    assert [child.name for child in tree.children(both)] == ["name", "age"]
    assert [(child.role, child.name) for child in tree.children(either)] == [
        ("option", "Person"),
        ("option", ""),
    ]


def test_a_type_that_contains_itself_is_written_out_once_and_opened_for_ever() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}
    tree = outline({"first": {"$ref": "#/$defs/Node"}}, {"Node": node})
    assert paths(tree) == ["first", "first.next", "first.next.next"]
    item = tree.root
    for _ in range(10):
        (item,) = tree.children(item)
    assert tree.find(item.key) is item


def test_the_type_with_which_the_data_begins_is_no_reusable_type() -> None:
    schema = {"info": {"rootNode": "#/$defs/Begin"}, "$defs": {"Begin": PERSON, "Other": PERSON}}
    assert [found.name for found in Outline(DataModel(schema)).types] == ["Other"]


NAMES = st.text(st.sampled_from("aZ0.>%/~# æ"), min_size=1, max_size=6)
PLAIN = st.sampled_from([{"type": "string"}, {"type": "integer"}, {"$ref": "#/$defs/Person"}])
MODELS = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.dictionaries(NAMES, inner, max_size=3).map(lambda found: {"type": "object", "properties": found}),
        inner.map(lambda item: {"type": "array", "items": item}),
        st.lists(inner, min_size=2, max_size=3).map(lambda options: {"oneOf": options}),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"allOf": parts}),
    ),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, MODELS, max_size=4))
def test_every_place_is_found_again_by_its_key(properties: dict[str, Any]) -> None:
    tree = outline(properties, {"Person": PERSON})
    keys = [item.key for item in tree.entries]
    assert len(set(keys)) == len(keys)
    for item in tree.entries:
        assert tree.find(item.key) is item
        assert tree.places.at(item.pointer) is not None


@given(st.integers(0, 12))
def test_decimals_come_back_from_the_step_they_are_written_as(decimals: int) -> None:
    assert decimals_of(multiple_of(decimals)) == decimals


def test_steps_that_are_no_decimals_and_patterns_that_do_not_close_are_known() -> None:
    assert decimals_of(0.5) is None
    assert decimals_of(True) is None
    assert not is_pattern("([")
    assert is_pattern(r"\p{L}+")
