"""Form data as XML and back."""

import contextlib
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from studio.definition import safe_xml
from studio.definition.data_model import (
    BrokenJson,
    DataModel,
    WrongDocument,
    canonical,
    from_json,
    from_xml,
    read_xsd,
    to_json,
    to_xml,
    without_row_ids,
)
from studio.definition.errors import DomainError
from studio.definition.safe_xml import BrokenXml

MODEL = DataModel(
    {
        "@xsdRootElement": "form",
        "properties": {
            "version": {"type": "string", "@xsdAttribute": True},
            "b": {"type": "string"},
            "a": {"type": "number"},
            "yes": {"type": "boolean"},
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "n": {"type": "integer"},
                        "tags": {"type": "array", "items": {"type": "string"}},
                    },
                },
            },
            "tagged": {
                "properties": {
                    "value": {"type": "string", "@xsdText": True},
                    "orid": {"const": "7", "@xsdAttribute": True},
                }
            },
        },
    }
)
XSD = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:f" targetNamespace="urn:f"
  elementFormDefault="qualified">
  <xs:element name="form"><xs:complexType><xs:complexContent><xs:extension base="Base">
    <xs:sequence><xs:element name="must" type="xs:string" nillable="true"/>
    <xs:element ref="b" minOccurs="0"/></xs:sequence>
    <xs:attribute name="version" type="xs:string" use="required" fixed="2"/>
  </xs:extension></xs:complexContent></xs:complexType></xs:element>
  <xs:complexType name="Base"><xs:sequence>
    <xs:element name="a" type="xs:decimal" minOccurs="0"/>
    <xs:choice><xs:element name="yes" type="xs:boolean" minOccurs="0"/></xs:choice>
  </xs:sequence></xs:complexType>
  <xs:element name="b" type="xs:string"/>
</xs:schema>"""


def test_data_goes_out_and_comes_back_as_it_was() -> None:
    data = {
        "version": "1",
        "b": "Blå & <gul>",
        "a": Decimal("1.50"),
        "yes": False,
        "rows": [{"altinnRowId": "r1", "n": 1, "tags": ["x", "y"]}, {"altinnRowId": "r2"}],
        "tagged": {"value": "t", "orid": "7"},
    }
    back = from_xml(MODEL, to_xml(MODEL, data))
    assert back == data
    assert isinstance(back["a"], Decimal)
    assert str(back["a"]) == "1.50"


def test_the_rows_ids_can_be_taken_off() -> None:
    data = {"rows": [{"altinnRowId": "r1", "n": 1}], "b": "x"}
    assert without_row_ids(data) == {"rows": [{"n": 1}], "b": "x"}
    assert b"altinnRowId" in to_xml(MODEL, data)
    assert b"altinnRowId" not in to_xml(MODEL, without_row_ids(data))


def test_the_xsd_decides_order_namespace_attributes_and_nil() -> None:
    document = to_xml(MODEL, {"b": "x", "a": 1, "yes": True, "must": None}, XSD).decode()
    assert 'version="2"' in document
    order = [document.index(f"<{name}") for name in ("a>", "yes>", "must ", "b>")]
    assert order == sorted(order)
    assert 'xsi:nil="true"' in document
    assert 'xmlns="urn:f"' in document
    assert read_xsd(XSD).validator.validate(etree.fromstring(document.encode()))


def test_what_the_xsd_does_not_know_is_kept_or_left_out_as_asked() -> None:
    data = {"b": "x", "must": "y", "extra": "z", "rows": [{"n": 1}]}
    assert b"extra" in to_xml(MODEL, data, XSD)
    assert b"extra" not in to_xml(MODEL, data, XSD, keep_unknown=False)
    assert b"rows" not in to_xml(MODEL, data, XSD, keep_unknown=False)


def test_empty_fields_and_groups_are_left_out() -> None:
    data = {"b": None, "a": "", "rows": [], "tagged": {"value": None, "orid": "7"}}
    assert from_xml(MODEL, to_xml(MODEL, data)) == {}


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    assert from_xml(MODEL, to_xml(MODEL, {"b": "a\x00b\x0bc"}))["b"] == "a\ufffdb\ufffdc"


def test_a_document_without_the_namespace_is_read_as_well() -> None:
    assert from_xml(MODEL, b"<form><a>2</a><b>x</b><new>1</new></form>") == {
        "a": Decimal(2),
        "b": "x",
        "new": "1",
    }


@pytest.mark.parametrize(
    "document",
    [b"", b"<a>", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', b"<a>" * 5000],
    ids=["empty", "not closed", "entity", "deep"],
)
def test_a_broken_or_hostile_document_is_refused(document: bytes) -> None:
    with pytest.raises(BrokenXml):
        from_xml(MODEL, document)


def test_a_hostile_xsd_is_refused() -> None:
    with pytest.raises(BrokenXml):
        to_xml(MODEL, {}, b'<!DOCTYPE x [<!ENTITY a "b">]><xs:schema xmlns:xs="urn:x"/>')


RICH = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:m" xmlns:o="urn:o"
  targetNamespace="urn:m" elementFormDefault="qualified">
  <xs:import namespace="urn:o" schemaLocation="o.xsd"/>
  <xs:element name="form"><xs:complexType><xs:sequence>
    <xs:element name="n" type="xs:decimal" minOccurs="0" nillable="true"/>
    <xs:element name="flag" type="xs:boolean" minOccurs="0"/>
    <xs:element name="codes" minOccurs="0"><xs:simpleType>
      <xs:list itemType="xs:int"/></xs:simpleType></xs:element>
    <xs:element name="mark" minOccurs="0" nillable="true"><xs:complexType><xs:simpleContent>
      <xs:extension base="xs:decimal"><xs:attribute name="unit" type="xs:string"/></xs:extension>
    </xs:simpleContent></xs:complexType></xs:element>
    <xs:element name="free" minOccurs="0"><xs:complexType><xs:all>
      <xs:element name="p" minOccurs="0"/><xs:element name="q" minOccurs="0"/>
    </xs:all></xs:complexType></xs:element>
    <xs:sequence minOccurs="0" maxOccurs="unbounded">
      <xs:element name="k" type="xs:string"/><xs:element name="v" type="xs:string"/></xs:sequence>
    <xs:element ref="o:other" minOccurs="0" maxOccurs="unbounded"/>
    <xs:any minOccurs="0" maxOccurs="unbounded" namespace="urn:x" processContents="skip"/>
    <xs:element name="last" type="xs:string" minOccurs="0"/>
  </xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType></xs:element>
</xs:schema>"""
OTHER = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o">
  <xs:element name="other"><xs:complexType><xs:sequence>
    <xs:element name="deep" type="xs:date" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>"""
OTHERS = {"App/models/o.xsd": OTHER}
# The XSD alone says what the data look like.
SILENT = DataModel({})


def rich(inside: str, attributes: str = "") -> bytes:
    namespaces = 'xmlns="urn:m" xmlns:o="urn:o" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    return f"<form {namespaces} {attributes}>{inside}</form>".encode()


def survives(document: bytes) -> Any:
    """The data of a document, once it came back equal, through JSON text too, and valid."""
    data = from_xml(SILENT, document, RICH, others=OTHERS)
    assert from_json(to_json(data)) == data
    after = to_xml(SILENT, from_json(to_json(data)), RICH, others=OTHERS)
    assert canonical(after) == canonical(document)
    assert read_xsd(RICH, OTHERS).validator.validate(etree.fromstring(after))
    return data


@pytest.mark.parametrize("text", ["1.50", "+1", "01", "-0", ".5", "5.", "1" * 60, "0.10", "-0.0"])
def test_a_number_keeps_its_spelling(text: str) -> None:
    survives(rich(f"<n>{text}</n>"))


def test_nil_is_null_and_null_is_nil() -> None:
    assert survives(rich('<n xsi:nil="true"/>')) == {"n": None}
    assert survives(rich('<mark xsi:nil="true" unit="kg"/>')) == {"mark": {"value": None, "unit": "kg"}}
    assert survives(rich('<mark unit="kg">1.0</mark>')) == {"mark": {"value": Decimal("1.0"), "unit": "kg"}}


def test_a_list_type_is_a_list_of_values() -> None:
    assert survives(rich("<codes>1 2 3</codes>")) == {"codes": [1, 2, 3]}


def test_booleans_are_read_in_both_spellings() -> None:
    assert from_xml(SILENT, rich("<flag>1</flag>"), RICH, others=OTHERS) == {"flag": True}
    assert survives(rich("<flag>false</flag>")) == {"flag": False}


def test_what_may_come_in_any_order_keeps_the_documents() -> None:
    assert list(survives(rich("<free><q>1</q><p>2</p></free>"))["free"]) == ["q", "p"]


def test_a_sequence_that_repeats_is_written_round_by_round() -> None:
    data = survives(rich("<k>a</k><v>1</v><k>b</k><v>2</v>"))
    assert data == {"k": ["a", "b"], "v": ["1", "2"]}


def test_elements_of_several_namespaces_come_from_several_documents() -> None:
    data = survives(rich('<o:other><deep xmlns="">2026-01-31+01:00</deep></o:other><o:other/>'))
    assert data == {"other": [{"deep": "2026-01-31+01:00"}, {}]}


def test_an_empty_group_stays_where_it_may_be_empty() -> None:
    assert survives(rich("<free/>")) == {"free": {}}


def test_what_is_allowed_without_a_name_stays_with_its_namespace() -> None:
    data = survives(
        rich(
            '<x xmlns="urn:x" a="1">t</x><y xmlns="urn:x"><z>1</z></y><last/>',
            'xmlns:b="urn:b" b:c="2" d="3"',
        )
    )
    assert data["{urn:x}x"] == {"@a": "1", "#text": "t"}
    assert data["{urn:x}y"] == {"{urn:x}z": "1"}
    assert (data["@{urn:b}c"], data["@d"], data["last"]) == ("2", "3", "")


def test_comments_and_character_data_are_no_data() -> None:
    document = rich("<!-- a --><last>x<!-- b --><![CDATA[<&]]>y<?pi?></last>")
    assert survives(document) == {"last": "x<&y"}


def test_a_strict_reader_names_what_is_wrong() -> None:
    def read(document: bytes) -> None:
        from_xml(SILENT, document, RICH, others=OTHERS, strict=True)

    read(rich("<n>1</n>"))
    with pytest.raises(WrongDocument, match=r"\{urn:m\}form"):
        read(b'<other xmlns="urn:m"/>')
    with pytest.raises(WrongDocument, match="begins with form"):
        read(b"<form/>")
    with pytest.raises(WrongDocument, match=r"no \{urn:f\}extra where line 1"):
        from_xml(MODEL, b'<form xmlns="urn:f"><extra/></form>', XSD, strict=True)


@pytest.mark.parametrize(
    "data",
    [
        {"a b": 1},
        {"<x>": 1},
        {"": 1},
        {"{urn:x}a b": 1},
        {"@a b": 1},
        {"rows": [{'x="1"': 1}]},
        {"1a": {"b": 1}},
    ],
    ids=str,
)
def test_a_name_that_xml_cannot_have_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(DomainError, match="cannot be the name"):
        to_xml(MODEL, data)


def test_numbers_of_absurd_size_are_refused_and_never_written_out() -> None:
    for number in (Decimal("1e999999"), Decimal("1e-999999999"), 10**5000):
        with pytest.raises(DomainError, match="too large or too small"):
            to_xml(MODEL, {"a": number})
    assert from_xml(MODEL, b"<form><a>1e999999999</a></form>") == {"a": "1e999999999"}
    assert from_xml(MODEL, f"<form><a>{'9' * 100_000}</a></form>".encode())["a"] == "9" * 100_000


def test_data_of_any_depth_is_written_or_refused() -> None:
    deep: Any = "x"
    for _ in range(10_000):
        deep = {"a": deep}
    with pytest.raises(DomainError, match="nested"):
        to_xml(DataModel({}), deep)
    with pytest.raises(BrokenXml):
        from_xml(MODEL, b"<form>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</form>")
    with pytest.raises(BrokenXml, match="nested"):
        from_xml(MODEL, b"<form>" + b"<a>" * 200 + b"</a>" * 200 + b"</form>")


def test_text_that_is_no_utf_8_is_refused() -> None:
    with pytest.raises(BrokenXml):
        from_xml(MODEL, b"<form><b>\xff</b></form>")


def test_bombs_of_entities_are_refused_at_once() -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE form [<!ENTITY e0 "x">{levels}]><form><b>&e9;</b></form>'
    with pytest.raises(BrokenXml, match="document type"):
        from_xml(MODEL, bomb.encode())


@given(st.text())
def test_every_text_is_written_so_that_it_comes_back(text: str) -> None:
    kept = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    data = {"b": text, "version": text or None}
    back = from_xml(MODEL, to_xml(MODEL, data))
    assert back["b"] == kept
    assert back.get("version", "") == kept


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.text()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=10,
)


@given(JSON_VALUES)
def test_form_data_go_through_json_text_unchanged(data: Any) -> None:
    text = to_json(data)
    assert from_json(text) == data
    assert repr(from_json(text)) == repr(from_json(to_json(from_json(text))))


def test_json_keeps_every_digit() -> None:
    assert to_json({"a": Decimal("1.50"), "b": 0.1}) == b'{"a":1.50,"b":0.1}'
    assert str(from_json(b'{"a": 1.50}')["a"]) == "1.50"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b"[Infinity]",
        b"1e999999999",
        b"1E400000",
        b"9" * 10_000,
        b"[" * 100_000,
        b"[" * 200 + b"]" * 200,
    ],
    ids=["empty", "open", "bytes", "nan", "infinity", "huge", "large", "long", "deep", "nested"],
)
def test_json_that_cannot_be_form_data_is_refused(text: bytes) -> None:
    with pytest.raises(BrokenJson):
        from_json(text)


def test_json_is_never_written_with_what_it_cannot_hold() -> None:
    for value in (Decimal("NaN"), float("inf"), Decimal("1e99999")):
        with pytest.raises(DomainError):
            to_json({"a": value})
    assert to_json("\ud800") == '"\ufffd"'.encode()
    with pytest.raises(TypeError):
        to_json({"a": object()})


ODD_NAMES = """
    a b @a @version version altinnRowId @altinnRowId {urn:x}a @{urn:x}a @{urn:x}b @{urn:y}a @xmlns #text
    tagged rows value orid {}a must yes {urn:f}b @{urn:f}a @{a\x00b}c {a\x00"<b}c @{http://www.w3.org/2000/xmlns/}a
    @{http://www.w3.org/2001/XMLSchema-instance}nil {http://www.w3.org/XML/1998/namespace}a
    @{http://www.w3.org/XML/1998/namespace}lang
"""
NAMES = st.text(max_size=4) | st.sampled_from(ODD_NAMES.split())
ANY_DATA = st.dictionaries(
    NAMES,
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5) | st.integers() | st.just(Decimal("1.50")),
        lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=4),
        max_leaves=8,
    ),
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(ANY_DATA, st.sampled_from([None, XSD]))
def test_whatever_the_data_are_the_document_is_well_formed_or_refused(
    data: dict[str, Any], xsd: bytes | None
) -> None:
    try:
        document = to_xml(MODEL, data, xsd)
    except DomainError:
        return
    root = safe_xml.parse(document)
    assert etree.QName(root).localname == "form"
    from_xml(MODEL, document, xsd)


def test_a_name_that_xml_cannot_have_only_matters_where_it_holds_something() -> None:
    model = DataModel({"properties": {"my field": {"type": "string"}, "b": {"type": "string"}}})
    assert from_xml(model, to_xml(model, {"b": "x", "my field": None})) == {"b": "x"}
    with pytest.raises(DomainError, match="my field"):
        to_xml(model, {"my field": "x"})


def test_without_an_xsd_the_schema_speaks_of_namespace_and_order() -> None:
    model = DataModel(
        {
            "@xsdSchemaAttributes": {"TargetNamespace": "urn:t"},
            "@xsdRootElement": "form",
            "@xsdStructure": "all",
            "properties": {"a": {"type": "string"}, "b": {"type": ["string", "null"]}},
        }
    )
    document = to_xml(model, {"b": None, "a": "x"})
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    same = f'<form xmlns="urn:t" xmlns:i="{xsi}"><b i:nil="true"/><a>x</a></form>'
    assert canonical(document) == canonical(same.encode())
    assert list(from_xml(model, document)) == ["b", "a"]


def test_groups_that_grow_without_end_are_refused_at_once() -> None:
    groups = "".join(
        f'<xs:group name="g{n}"><xs:sequence><xs:group ref="g{n + 1}"/><xs:group ref="g{n + 1}"/>'
        "</xs:sequence></xs:group>"
        for n in range(40)
    )
    xsd = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{groups}
      <xs:group name="g40"><xs:sequence><xs:element name="a"/></xs:sequence></xs:group>
      <xs:element name="form"><xs:complexType><xs:group ref="g0"/></xs:complexType></xs:element>
    </xs:schema>"""
    with pytest.raises(DomainError):
        to_xml(SILENT, {"a": "x"}, xsd.encode())


def test_types_that_contain_themselves_are_followed_as_far_as_the_data_go() -> None:
    xsd = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="form" type="T"/>
      <xs:complexType name="T"><xs:sequence><xs:element name="n" type="xs:int"/>
      <xs:element name="in" type="T" minOccurs="0"/></xs:sequence></xs:complexType></xs:schema>"""
    data = {"n": 1, "in": {"n": 2, "in": {"n": 3}}}
    assert from_xml(SILENT, to_xml(SILENT, data, xsd), xsd) == data


@pytest.mark.parametrize("digits", [399, 400, 401, 5000])
def test_a_number_of_any_length_that_was_read_can_be_written(digits: int) -> None:
    for text in ("9" * digits, f"0.{'9' * digits}"):
        document = f"<form><a>{text}</a></form>".encode()
        assert text.encode() in to_xml(MODEL, from_json(to_json(from_xml(MODEL, document))))


VALID = to_xml(
    MODEL, {"a": 1, "b": "x", "rows": [{"n": 1, "tags": ["y"]}], "tagged": {"value": "z", "orid": "7"}}
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_bytes_come_they_are_read_or_refused(data: st.DataObject) -> None:
    document = bytearray(VALID)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(document) - 1))
        width = data.draw(st.integers(0, 6))
        document[place : place + width] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"<a>", b"</", b"&x;"])
        )
    try:
        found = from_xml(MODEL, bytes(document))
    except BrokenXml:
        return
    with contextlib.suppress(DomainError):
        from_xml(MODEL, to_xml(MODEL, found))


def test_the_schema_says_whether_a_list_type_is_a_list_in_the_data() -> None:
    document = rich("<codes>1 2</codes>")
    for schema, value in (
        ({"type": "string"}, "1 2"),
        ({"type": "array", "items": {"type": "integer"}}, [1, 2]),
    ):
        model = DataModel({"properties": {"codes": schema}})
        data = from_xml(model, document, RICH, others=OTHERS)
        assert data == {"codes": value}
        assert canonical(to_xml(model, data, RICH, others=OTHERS)) == canonical(document)


def test_a_group_of_nils_stays_unless_it_lacks_what_the_xsd_demands() -> None:
    xsd = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="form"><xs:complexType>
      <xs:sequence><xs:element name="g" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:element name="a" type="xs:string" nillable="true"/>
        <xs:element name="must" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
      <xs:element name="h" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:element name="a" type="xs:string" nillable="true"/></xs:sequence></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element></xs:schema>"""
    document = to_xml(SILENT, {"g": {"a": None}, "h": {"a": None}}, xsd)
    assert from_xml(SILENT, document, xsd) == {"h": {"a": None}}
    assert read_xsd(xsd).validator.validate(etree.fromstring(document))
    assert b"<g>" in to_xml(SILENT, {"g": {"a": None, "must": "x"}}, xsd)


# ---------------------------------------------------------------- groups that have to be there

DEMANDING = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="form"><xs:complexType><xs:sequence>
    <xs:element name="name" type="xs:string" minOccurs="0"/>
    <xs:element name="address" type="Address"/>
    <xs:element name="signer"><xs:complexType><xs:sequence>
      <xs:element name="id" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="loop" type="Loop" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="Address"><xs:sequence>
    <xs:element name="street" type="xs:string" minOccurs="0"/>
    <xs:element name="place"><xs:complexType><xs:sequence>
      <xs:element name="code" type="xs:string" nillable="true" minOccurs="0"/></xs:sequence>
      <xs:attribute name="kind" use="required" fixed="p"/></xs:complexType></xs:element>
    <xs:element name="note" minOccurs="0"><xs:complexType/></xs:element>
  </xs:sequence></xs:complexType>
  <xs:complexType name="Loop"><xs:sequence>
    <xs:element name="loop" type="Loop"/></xs:sequence></xs:complexType>
</xs:schema>"""
ASKING = DataModel({"@xsdRootElement": "form"})


def stored(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The document without its declaration, and the data that are read from it."""
    document = to_xml(ASKING, data, DEMANDING)
    text = document.decode().partition("\n")[2]
    return text.replace(' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', ""), from_xml(
        ASKING, document, DEMANDING
    )


def test_a_group_that_the_xsd_demands_is_there_without_an_answer() -> None:
    signed = {"signer": {"id": "1"}}
    document, back = stored(signed)
    assert document == ('<form><address><place kind="p"></place></address><signer><id>1</id></signer></form>')
    assert read_xsd(DEMANDING).validator.validate(etree.fromstring(document))
    assert back == {**signed, "address": {"place": {"kind": "p"}}}
    # Once it is there, nothing changes any more.
    assert stored(back) == (document, back)
    assert stored({**signed, "address": {"street": None, "place": {}}}) == (document, back)


def test_what_is_answered_in_such_a_group_is_kept() -> None:
    place = {"place": {"kind": "p"}}
    for address in (
        {"street": "Storgata", **place},
        {**place, "note": {}},
        {"place": {"kind": "p", "code": None}},
    ):
        assert stored({"address": address})[1] == {"address": address}


def test_a_demanded_group_that_cannot_be_empty_is_left_out() -> None:
    assert "signer" not in stored({"name": "x"})[0]
    # One that has to be in itself has no end.
    assert "loop" not in stored({"loop": {}})[0]


def test_the_id_of_a_row_stays_one_value_where_the_schemas_have_it_too() -> None:
    text = {"type": "string"}
    rows = {"type": "array", "items": {"type": "object", "properties": {"altinnRowId": text, "n": text}}}
    model = DataModel({"@xsdRootElement": "form", "properties": {"rows": rows}})
    item = b'<xs:element name="altinnRowId" type="xs:string" minOccurs="0"/>'
    xsd = (
        b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="form"><xs:complexType>'
        b'<xs:sequence><xs:element name="rows" minOccurs="0" maxOccurs="9"><xs:complexType><xs:sequence>%s'
        b'<xs:element name="n" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>'
        b"</xs:sequence></xs:complexType></xs:element></xs:schema>"
    )
    data = {"rows": [{"altinnRowId": "r1", "n": "x"}, {"altinnRowId": "r2"}]}
    for own in (None, xsd % b"", xsd % item):
        found: dict[str, Any] = data
        for _ in range(3):
            found = from_xml(model, to_xml(model, found, own), own)
        assert found == data
    assert read_xsd(xsd % item).validator.validate(etree.fromstring(to_xml(model, data, xsd % item)))
    both = b'<form><rows altinnRowId="r1"><altinnRowId>r1</altinnRowId></rows></form>'
    assert from_xml(model, both) == {"rows": [{"altinnRowId": "r1"}]}
