"""An XSD that somebody wrote follows the edits of its schema: by the lines that they are about."""

import copy
import difflib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from studio.definition.data_model.conversion import (
    BrokenSchema,
    matches,
    to_json_schema,
    to_xsd,
    updated_xsd,
)

XSD = """<?xml version="1.0" encoding="utf-8"?>
<!-- Kept by hand. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:s" elementFormDefault="qualified">
\t<xs:element name='person' type='Person'/>
\t<!-- The one who applies. -->
\t<xs:complexType name="Person" s:guid="1">
\t\t<xs:annotation><xs:documentation>Somebody</xs:documentation></xs:annotation>
\t\t<xs:sequence>
\t\t\t<xs:element name="name"   type="xs:string"><xs:annotation><xs:documentation>As in the
\t\t\t\tregister</xs:documentation></xs:annotation></xs:element>
\t\t\t<!-- in years -->
\t\t\t<xs:element name="age" type="xs:int" minOccurs="0" />
\t\t\t<xs:element name="code" type="Code" minOccurs="1"/>
\t\t</xs:sequence>
\t\t<xs:attribute name="id" type="xs:string" use="required"/>
\t</xs:complexType>
\t<xs:simpleType name="Code">
\t\t<xs:restriction base="xs:string">
\t\t\t<xs:maxLength value="10"/>
\t\t\t<xs:enumeration value="a" s:text="A"/>
\t\t\t<xs:enumeration value="b" s:text="B"/>
\t\t</xs:restriction>
\t</xs:simpleType>
\t<xs:complexType name="Empty"><xs:sequence/></xs:complexType>
</xs:schema>
"""
Edit = Callable[[dict[str, Any]], None]


def edited(xsd: bytes, edit: Edit) -> tuple[bytes, dict[str, Any]]:
    """(the XSD after an edit of its schema, that schema)."""
    before = to_json_schema(xsd)
    after = copy.deepcopy(before)
    edit(after)
    return updated_xsd(xsd, before, after), after


def changed(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """(lines taken away, lines added), without their indentation."""
    lines = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    changes = [(line[0], line[2:].strip()) for line in lines if line[0] in "-+"]
    return [text for sign, text in changes if sign == "-"], [text for sign, text in changes if sign == "+"]


def fields(schema: dict[str, Any], name: str = "Person") -> dict[str, Any]:
    """Where the elements of a type are listed."""
    found = schema["$defs"][name]
    steps = found.get("allOf", [found])
    listed: dict[str, Any] = next(step for step in steps if "name" in step.get("properties", {}))
    return listed


def add(schema: dict[str, Any]) -> None:
    fields(schema)["properties"]["phone"] = {"type": "string"}


def add_first(schema: dict[str, Any]) -> None:
    listed = fields(schema)
    listed["properties"] = {"title": {"type": "string"}, **listed["properties"]}


def rename(schema: dict[str, Any]) -> None:
    listed = fields(schema)
    inside = listed["properties"].items()
    listed["properties"] = {"fullName" if name == "name" else name: inner for name, inner in inside}
    listed["required"] = ["fullName" if name == "name" else name for name in listed["required"]]


def delete(schema: dict[str, Any]) -> None:
    del fields(schema)["properties"]["age"]


def move(schema: dict[str, Any]) -> None:
    listed = fields(schema)
    name = listed["properties"].pop("name")
    listed["properties"]["name"] = name


def require(schema: dict[str, Any]) -> None:
    fields(schema)["required"].append("age")


def shorten(schema: dict[str, Any]) -> None:
    schema["$defs"]["Code"]["maxLength"] = 5


def add_value(schema: dict[str, Any]) -> None:
    schema["$defs"]["Code"]["enum"].insert(1, "c")


def add_type(schema: dict[str, Any]) -> None:
    schema["$defs"]["Pet"] = {"type": "object", "properties": {"name": {"type": "string"}}}


def rename_type(schema: dict[str, Any]) -> None:
    schema["$defs"] = {{"Code": "Kode"}.get(name, name): inner for name, inner in schema["$defs"].items()}
    fields(schema)["properties"]["code"]["$ref"] = "#/$defs/Kode"


def fill(schema: dict[str, Any]) -> None:
    schema["$defs"]["Empty"] = {"type": "object", "properties": {"a": {"type": "boolean"}}}


def repeat(schema: dict[str, Any]) -> None:
    listed = fields(schema)["properties"]
    listed["age"] = {"type": "array", "items": listed["age"]}


def title(schema: dict[str, Any]) -> None:
    fields(schema)["properties"]["age"]["title"] = "Alder"


EDITS: list[tuple[Edit, list[str], list[str]]] = [
    (add, [], ['<xs:element minOccurs="0" name="phone" type="xs:string" />']),
    (add_first, [], ['<xs:element minOccurs="0" name="title" type="xs:string" />']),
    (
        rename,
        ['<xs:element name="name"   type="xs:string"><xs:annotation><xs:documentation>As in the'],
        ['<xs:element name="fullName"   type="xs:string"><xs:annotation><xs:documentation>As in the'],
    ),
    (delete, ['<xs:element name="age" type="xs:int" minOccurs="0" />'], []),
    (
        require,
        ['<xs:element name="age" type="xs:int" minOccurs="0" />'],
        ['<xs:element name="age" type="xs:int" />'],
    ),
    (shorten, ['<xs:maxLength value="10"/>'], ['<xs:maxLength value="5"/>']),
    (add_value, [], ['<xs:enumeration value="c" />']),
    (
        add_type,
        [],
        [
            '<xs:complexType name="Pet">',
            "<xs:sequence>",
            '<xs:element minOccurs="0" name="name" type="xs:string" />',
            "</xs:sequence>",
            "</xs:complexType>",
        ],
    ),
    (
        rename_type,
        ['<xs:element name="code" type="Code" minOccurs="1"/>', '<xs:simpleType name="Code">'],
        ['<xs:element name="code" type="Kode" minOccurs="1"/>', '<xs:simpleType name="Kode">'],
    ),
    (
        repeat,
        ['<xs:element name="age" type="xs:int" minOccurs="0" />'],
        ['<xs:element maxOccurs="unbounded" name="age" type="xs:int" minOccurs="0" />'],
    ),
    (title, [], []),
]


@pytest.mark.parametrize(("edit", "gone", "new"), EDITS, ids=[edit.__name__ for edit, _, _ in EDITS])
def test_only_the_lines_of_an_edit_change(edit: Edit, gone: list[str], new: list[str]) -> None:
    made, after = edited(XSD.encode(), edit)
    assert changed(XSD.encode(), made) == (gone, new)
    assert matches(made, after) is None
    etree.XMLSchema(etree.fromstring(made))


def test_a_field_that_moves_takes_its_text_along() -> None:
    made, after = edited(XSD.encode(), move)
    assert matches(made, after) is None
    note = "<xs:annotation><xs:documentation>As in the\n\t\t\t\tregister</xs:documentation></xs:annotation>"
    assert made.decode().count(note) == 1
    assert made.decode().index('name="code"') < made.decode().index('name="name"')
    assert len(made) == len(XSD.encode())


def test_an_attribute_is_not_looked_for_inside_the_value_of_another() -> None:
    remark = """s:text="called name='age' here\""""
    tricky = XSD.replace('<xs:element name="age"', f'<xs:element {remark} name="age"')
    made, after = edited(tricky.encode(), rename_age)
    assert matches(made, after) is None
    assert f'<xs:element {remark} name="years" type="xs:int"' in made.decode()


def rename_age(schema: dict[str, Any]) -> None:
    listed = fields(schema)
    inside = listed["properties"].items()
    listed["properties"] = {"years" if name == "age" else name: inner for name, inner in inside}


def test_an_empty_type_is_opened_for_its_first_field() -> None:
    made, after = edited(XSD.encode(), fill)
    assert matches(made, after) is None
    assert '<xs:element minOccurs="0" name="a" type="xs:boolean" />' in made.decode()
    assert made.decode().startswith(XSD[: XSD.index('\t<xs:complexType name="Empty"')])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_encoding_and_the_line_ends_of_the_file_are_kept(encoding: str, newline: str) -> None:
    text = XSD.replace("\n", newline).replace("by hand", "for hånd")
    data = text.replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"').encode(encoding)
    made, _ = edited(data, add)
    added = f'{newline}\t\t\t<xs:element minOccurs="0" name="phone" type="xs:string" />'
    assert made.decode(encoding).replace(added, "", 1) == data.decode(encoding)
    assert added in made.decode(encoding)
    assert made[:3] == data[:3]


def test_a_schema_without_an_xsd_is_given_one() -> None:
    schema = to_json_schema(XSD.encode())
    assert updated_xsd(None, schema, schema) == to_xsd(schema)


def test_no_edit_changes_no_byte() -> None:
    made, _ = edited(XSD.encode(), lambda _: None)
    assert made == XSD.encode()


def test_an_xsd_that_cannot_be_read_is_left_to_its_owner() -> None:
    schema = to_json_schema(XSD.encode())
    after = copy.deepcopy(schema)
    add(after)
    for broken in (
        b"",
        b"<",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a/>',
        XSD.replace('type="Code"', "").encode()[:400],
    ):
        assert updated_xsd(broken, schema, after) == broken


def test_an_xsd_that_said_something_else_keeps_saying_it() -> None:
    other = XSD.replace('name="age" type="xs:int"', 'name="years" type="xs:int"').encode()
    before = to_json_schema(XSD.encode())
    after = copy.deepcopy(before)
    add(after)
    made = updated_xsd(other, before, after)
    assert changed(other, made) == ([], ['<xs:element minOccurs="0" name="phone" type="xs:string" />'])


def test_an_xsd_that_has_no_place_for_the_edit_is_written_anew() -> None:
    optional = '<xs:sequence minOccurs="0"><xs:element name="name" type="xs:string"/></xs:sequence>'
    rest = '<xs:element name="age" type="xs:int"/>'
    inside = f'<xs:complexType name="Person"><xs:sequence>{optional}{rest}</xs:sequence></xs:complexType>'
    heading = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">'
    xsd = f'{heading}<xs:element name="person" type="Person"/>{inside}</xs:schema>'
    before = to_json_schema(xsd.encode())
    after = copy.deepcopy(before)
    # The field that moves out of the sequence that may be left out may still be left out itself.
    after["$defs"]["Person"] = {
        "properties": {"age": {"type": "integer", "@xsdType": "int"}, "name": {"type": "string"}},
        "required": ["age"],
    }
    made = updated_xsd(xsd.encode(), before, after)
    assert made == to_xsd(after)
    assert matches(made, after) is None


def test_a_type_of_another_file_may_be_used_and_stays_there() -> None:
    start, end = XSD.index('\t<xs:simpleType name="Code">'), XSD.index("</xs:simpleType>") + 16
    code = XSD[start:end]
    place = XSD.index("\t<xs:element name='person'")
    including = f"{XSD[:place]}\t<xs:include schemaLocation='codes.xsd'/>\n{XSD[place:start]}{XSD[end:]}"
    heading = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:s="urn:s"'
    others = {"codes.xsd": f'{heading} elementFormDefault="qualified">{code}</xs:schema>'.encode()}
    before = to_json_schema(including.encode(), others=others)
    after = copy.deepcopy(before)
    add(after)
    made = updated_xsd(including.encode(), before, after, others)
    assert changed(including.encode(), made) == (
        [],
        ['<xs:element minOccurs="0" name="phone" type="xs:string" />'],
    )
    assert updated_xsd(including.encode(), before, after) == including.encode()


def test_a_mismatch_names_what_differs() -> None:
    schema = to_json_schema(XSD.encode())
    assert matches(XSD.encode(), schema) is None
    shorten(schema)
    found = matches(XSD.encode(), schema)
    assert found is not None
    assert found.names == ("Code",)
    assert "Code" in str(found.sentence)


@pytest.mark.parametrize("keyword", ["title", "description", "$comment", "@xsdUnhandledAttributes", "texts"])
def test_what_xsd_has_no_word_for_is_no_mismatch(keyword: str) -> None:
    schema = to_json_schema(XSD.encode())
    schema["$defs"]["Code"][keyword] = {"s:a": "b"}
    schema["$defs"] = dict(reversed(schema["$defs"].items()))
    assert matches(XSD.encode(), schema) is None


def test_the_order_of_fields_is_a_mismatch() -> None:
    schema = to_json_schema(XSD.encode())
    move(schema)
    assert matches(XSD.encode(), schema) is not None


def test_an_xsd_that_cannot_be_read_matches_nothing() -> None:
    found = matches(b"<", to_json_schema(XSD.encode()))
    assert found is not None
    assert found.names == ()


VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-2, 9)
    | st.sampled_from(["Code", "#/$defs/Code", "string", "[", ""])
)
SCHEMAS = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["type", "properties", "$ref", "allOf", "oneOf", "items", "x"]), inner
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["Person", "Code", "Empty", "New"]),
    SCHEMAS,
    st.integers(0, len(XSD)),
    st.sampled_from(["", "<", '"', "<xs:sequence/>", "&a;", "</xs:sequence>"]),
)
def test_whatever_becomes_of_a_type_the_xsd_is_one_or_the_edit_is_refused(
    name: str, schema: Any, place: int, noise: str
) -> None:
    before = to_json_schema(XSD.encode())
    after = copy.deepcopy(before)
    after["$defs"][name] = schema
    damaged = (XSD[:place] + noise + XSD[place:]).encode()
    try:
        made = updated_xsd(damaged, before, after)
    except BrokenSchema:
        return
    # With something broken in it, the file is its owner's again.
    assert noise or matches(made, after) is None
