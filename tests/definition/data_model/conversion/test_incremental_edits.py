"""An edit derives only what it reaches, and that is the same as deriving everything."""

import copy
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from studio.definition.data_model.conversion import BrokenSchema, matches, to_xsd, updated_xsd
from studio.definition.data_model.conversion.literal import is_literal
from studio.definition.data_model.conversion.to_xsd import Derived
from studio.definition.data_model.conversion.xsd_parts import Part

NAMES = ("A", "B", "C", "D")
PLAIN = st.fixed_dictionaries(
    {"type": st.sampled_from(["string", "integer", "boolean"])},
    optional={
        "maxLength": st.integers(1, 3),
        "title": st.just("Title"),
        "@xsdAttribute": st.just(value=True),
    },
)
REFERENCE = st.builds(
    lambda name, more: {"$ref": f"#/$defs/{name}", **more},
    st.sampled_from(NAMES),
    st.sampled_from([{}, {}, {"@xsdType": "#ref"}, {"maxLength": 2}, {"description": "More"}]),
)


def fields(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3)},
        optional={"required": st.just(["a"]), "allOf": st.lists(REFERENCE, max_size=2)},
    )


SCHEMA = st.recursive(
    PLAIN | REFERENCE,
    lambda inner: (
        fields(inner)
        | st.builds(lambda items: {"type": "array", "items": items}, inner)
        | st.builds(
            lambda keyword, members: {keyword: members},
            st.sampled_from(["allOf", "oneOf"]),
            st.lists(inner, min_size=1, max_size=2),
        )
    ),
    max_leaves=5,
)
MODEL = st.builds(
    lambda root, types: {"@xsdRootElement": "root", **root, "$defs": types},
    fields(SCHEMA),
    st.fixed_dictionaries(dict.fromkeys(NAMES, SCHEMA)),
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A model, and what one place of it has become."""
    before = draw(MODEL)
    after = copy.deepcopy(before)
    places = [(after["$defs"], name) for name in NAMES]
    places += [(after["properties"], name) for name in after["properties"]]
    places += [
        (inner["properties"], name)
        for inner in after["properties"].values()
        for name in inner.get("properties", ())
    ]
    holder, name = draw(st.sampled_from(places))
    holder[name] = draw(SCHEMA)
    return before, after


def parts(derived: Derived) -> list[Part] | None:
    try:
        return derived.parts()
    except BrokenSchema:
        return None


def model(inside: dict[str, Any], **types: Any) -> dict[str, Any]:
    return {"@xsdRootElement": "root", "type": "object", "properties": inside, "$defs": types}


def group(**inside: Any) -> dict[str, Any]:
    return {"type": "object", "properties": inside}


TEXT = {"type": "string"}
NULL = {"type": ["string", "null"]}
ELSEWHERE = {"$ref": "#/properties/b"}
OF_A = {"$ref": "#/$defs/A"}
ON_A = {"allOf": [OF_A, group(y=TEXT)]}
MORE = {**group(y=TEXT), "allOf": [OF_A]}


@settings(max_examples=60, deadline=None)
@given(edits())
@example((model({"a": group(x=ELSEWHERE), "b": TEXT}), model({"a": group(x=ELSEWHERE), "b": NULL})))
@example((model({"a": group(x=OF_A)}, A=TEXT), model({"a": group(x=OF_A)}, A=NULL)))
@example((model({}, A=TEXT, B=group(x=OF_A)), model({}, A=NULL, B=group(x=OF_A))))
@example((model({}, A=group(x=TEXT), B=ON_A), model({}, A=group(y=TEXT), B=ON_A)))
@example((model({}, A=group(x=TEXT), B=group(a=ON_A)), model({}, A=group(y=TEXT), B=group(a=ON_A))))
@example((model({}, A=group(x=TEXT), B=group(a=MORE)), model({}, A=group(y=TEXT), B=group(a=MORE))))
def test_what_an_edit_leaves_is_what_would_be_derived_anew(
    models: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    before, after = models
    old = Derived(before)
    parts(old)
    new = old.edited(after)
    assert parts(new) == parts(Derived(after))
    # An edit after that, which begins with what was taken over.
    assert parts(new.edited(before)) == parts(old)


LONGER = {"$ref": "#/$defs/B", "maxLength": 2}
SHORT = {**TEXT, "maxLength": 1}


@settings(max_examples=60, deadline=None)
@given(edits())
@example((model({}, A=TEXT, B=SHORT), model({}, A=LONGER, B=SHORT)))
def test_an_xsd_that_says_an_edit_in_as_many_words_matches_and_can_be_used(
    models: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    before, after = models
    try:
        xsd = to_xsd(before)
        made = updated_xsd(xsd, before, after)
    except BrokenSchema:
        return
    old, new = Derived(before), Derived(after)
    if is_literal(made, old, new):
        etree.XMLSchema(etree.fromstring(made))
        assert matches(made, after) is None
    assert old.parts() == new.parts() or not is_literal(xsd, old, new)


def test_an_xsd_with_words_that_a_schema_does_not_have_is_not_taken_at_its_word() -> None:
    before, after = model({"a": TEXT}), model({"a": TEXT, "b": TEXT})
    old, new = Derived(before), Derived(after)
    made = to_xsd(after)
    assert is_literal(made, old, new)
    for text, other in (
        (b'name="root"', b'name="root" block="extension"'),
        (b'name="b"', b'name="b" id="b"'),
        (b'name="b"', b'xmlns:xsd="urn:other" name="b"'),
        (b'name="b"', b'name="c"'),
    ):
        assert text in made
        assert not is_literal(made.replace(text, other), old, new), other
