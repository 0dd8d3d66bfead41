"""Reading an XSD and the files it names: only those that were given, and nothing that could do harm."""

import pytest

from studio.definition.data_model.xsd_documents import MAX_BYTES, BrokenXsd, XsdDocuments, read_documents

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def schema(inside: str = "", attributes: str = "") -> bytes:
    return f"{HEAD} {attributes}>\n{inside}\n</xs:schema>".encode()


def including(*files: str) -> str:
    return "\n".join(f'  <xs:include schemaLocation="{name}"/>' for name in files)


def element(name: str) -> str:
    return f'<xs:element name="{name}" type="xs:string"/>'


def names(documents: XsdDocuments) -> list[str]:
    return [name for _, (_, name) in documents.declared]


def refused(xsd: bytes, **others: bytes) -> str:
    with pytest.raises(BrokenXsd) as error:
        read_documents(xsd, {f"{name}.xsd": data for name, data in others.items()}, name="m.xsd")
    return str(error.value)


def test_included_files_are_found_by_path_and_by_name() -> None:
    others = {
        "types/a.xsd": schema(including("../b.xsd") + element("a")),
        "b.xsd": schema(element("b")),
        "c.xsd": schema(element("c")),
    }
    documents = read_documents(schema(including("types/a.xsd", "./somewhere/else/c.xsd")), others)
    assert sorted(names(documents)) == ["a", "b", "c"]


def test_files_may_include_one_another_in_a_circle() -> None:
    main = schema(including("a.xsd") + element("main"))
    others = {
        "a.xsd": schema(including("b.xsd", "m.xsd")),
        "b.xsd": schema(including("a.xsd")),
        "m.xsd": main,
    }
    assert len(read_documents(main, others, name="m.xsd").documents) == 3


def test_a_file_without_a_namespace_takes_that_of_who_includes_it() -> None:
    main = schema(including("a.xsd"), 'targetNamespace="urn:x" xmlns:x="urn:x"')
    documents = read_documents(main, {"a.xsd": schema('<xs:element name="a" type="t"/>')})
    assert list(documents.declared) == [("element", ("urn:x", "a"))]
    part = documents.declared["element", ("urn:x", "a")]
    assert documents.name_of(part, "t") == ("urn:x", "t")


def test_an_import_without_a_file_is_found_by_its_namespace() -> None:
    main = schema('<xs:import namespace="urn:y"/>')
    others = {"y.xsd": schema(element("y"), 'targetNamespace="urn:y"'), "z.xsd": schema(element("z"))}
    assert names(read_documents(main, others)) == ["y"]


def test_the_attributes_of_xml_itself_need_no_file() -> None:
    xml = "http://www.w3.org/XML/1998/namespace"
    main = schema(f'<xs:import namespace="{xml}" schemaLocation="http://www.w3.org/2001/xml.xsd"/>')
    assert len(read_documents(main).documents) == 1


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("other.xsd", "m.xsd, line 2, column 3: The file other.xsd is missing. Give it along."),
        ("../../../etc/passwd", "The file ../../../etc/passwd is missing"),
        ("http://example.no/a/t.xsd", "http://example.no/a/t.xsd is not fetched"),
        ("file:///etc/passwd", "file:///etc/passwd is not fetched"),
        ("/etc/passwd", "/etc/passwd is not fetched"),
        ("", "The include names no file"),
    ],
)
def test_what_is_not_given_is_refused_with_its_place(location: str, words: str) -> None:
    assert words in refused(schema(including(location)))


def test_an_address_is_fine_where_the_file_is_given_along() -> None:
    documents = read_documents(
        schema(including("http://example.no/a/t.xsd")), {"t.xsd": schema(element("t"))}
    )
    assert names(documents) == ["t"]


def test_a_file_of_another_namespace_is_refused() -> None:
    other = schema(attributes='targetNamespace="urn:z"')
    assert "a.xsd has the namespace urn:z" in refused(schema(including("a.xsd")), a=other)


def test_redefining_is_refused() -> None:
    words = refused(schema('  <xs:redefine schemaLocation="a.xsd"/>'), a=schema())
    assert words.startswith("m.xsd, line 2, column 3: redefine is not supported")


@pytest.mark.parametrize(
    ("xsd", "words"),
    [
        (b"", "m.xsd: The file is empty. Choose an XML Schema (.xsd)."),
        (b" \n", "The file is empty"),
        (b'{"type": "object"}', "m.xsd, line 1, column 1: The file is not well-formed XML"),
        (b"\n  <html/>", "line 2, column 3: This is not an XML Schema: it begins with <html>"),
        (b"<schema/>", "This is not an XML Schema"),
        (b"<a>\n <b></a>", "m.xsd, line 2, column 7: The file is not well-formed XML (mismatched tag)"),
        (
            f"{HEAD}>\n<xs:element name='\xe6'/></xs:schema>".encode("latin-1"),
            "line 2, column 19: The file is not UTF-8",
        ),
        (b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>', "which is not allowed"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "which is not allowed"),
        (b"<x/>" + b" " * MAX_BYTES, "m.xsd: The file is too large. At most 5 MB is read."),
    ],
)
def test_what_is_no_schema_is_refused_with_its_place(xsd: bytes, words: str) -> None:
    assert words in refused(xsd)


@pytest.mark.parametrize("depth", [60, 10_000])
def test_nesting_without_end_is_refused(depth: int) -> None:
    opening = '<xs:complexType><xs:sequence><xs:element name="e">'
    closing = "</xs:element></xs:sequence></xs:complexType>"
    deep = f'<xs:element name="r">{opening * depth}{closing * depth}</xs:element>'
    assert "The schema is nested more than 100 deep" in refused(schema(deep))


def test_many_files_are_refused() -> None:
    others = {f"a{number}": schema(including(f"a{number + 1}.xsd")) for number in range(300)}
    assert "There are too many files" in refused(schema(including("a0.xsd")), **others)


def test_a_place_is_the_start_of_the_tag_also_in_utf_16() -> None:
    xsd = (
        '\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n   <xs:element\n  name="ø"/></xs:schema>'
    )
    documents = read_documents(xsd.strip().encode("utf-16"))
    spot = documents.spot(documents.declared["element", ("", "ø")])
    assert (spot.line, spot.column) == (2, 4)


def test_of_files_with_one_name_the_path_decides() -> None:
    others = {"x/t.xsd": schema(element("x")), "y/t.xsd": schema(element("y"))}
    assert names(read_documents(schema(including("y/t.xsd")), others)) == ["y"]
    with pytest.raises(BrokenXsd, match=r"The file z/t\.xsd is missing"):
        read_documents(schema(including("z/t.xsd")), others)
