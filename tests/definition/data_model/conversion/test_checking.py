"""What is said of an XSD before it becomes a model: every problem with its place, bombs refused unlit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition.data_model.conversion import XsdProblem, problems_of, to_json_schema
from studio.definition.errors import DomainError
from tests.xsd_markup import ANY_MARKUP, HEAD, NEARLY_RIGHT, document, several


def found(inside: str) -> tuple[XsdProblem, ...]:
    return problems_of(f"{HEAD}\n{inside}\n</xs:schema>".encode(), name="m.xsd")


def sentences(inside: str) -> list[str]:
    return [str(problem.in_place) for problem in found(inside)]


def root(content: str, beside: str = "") -> str:
    return f'<xs:element name="r"><xs:complexType>\n{content}\n</xs:complexType></xs:element>{beside}'


def sequence(*elements: str) -> str:
    return root(f"<xs:sequence>{''.join(elements)}</xs:sequence>")


def element(name: str) -> str:
    return f'<xs:element name="{name}" type="xs:string"/>'


def test_a_good_schema_has_no_problems() -> None:
    assert found(sequence(element("a"), element("b"))) == ()


def test_every_unknown_name_is_told_with_line_and_column() -> None:
    schema = sequence('\n  <xs:element name="a" type="x"/>', '\n    <xs:element ref="y"/>')
    assert sentences(schema) == [
        "m.xsd, line 4, column 3: There is no type x. Declare it, or correct the name and its prefix.",
        "m.xsd, line 5, column 5: There is no element y. Declare it, or correct the name.",
    ]


def test_rules_that_are_broken_are_told_with_line_and_column() -> None:
    (sentence,) = sentences(sequence('\n <!-- a comment -->\n  <xs:element name="a b"/>'))
    assert sentence.startswith("m.xsd, line 5, column 3: The schema is not valid:")
    assert "'a b' is not a valid value" in sentence


def test_problems_in_an_included_file_carry_its_name() -> None:
    xsd = f'{HEAD}<xs:include schemaLocation="types/a.xsd"/>{element("r")}</xs:schema>'.encode()
    other = f'{HEAD}\n <xs:element name="x" type="nope"/></xs:schema>'.encode()
    (problem,) = problems_of(xsd, {"types/a.xsd": other}, name="m.xsd")
    assert (problem.spot.file, problem.spot.line, problem.spot.column) == ("types/a.xsd", 2, 2)


def test_a_problem_becomes_a_finding_in_the_app() -> None:
    finding = found("")[0].finding("App/models/m.xsd")
    assert (finding.code, finding.severity, finding.place.line) == ("no-root", "error", 1)


@pytest.mark.parametrize(
    ("schema", "code", "words"),
    [
        (element("a") + element("b"), "several-roots", "Documents can begin with a, b"),
        (sequence(element("Navn"), element("navn")), "name-clash", "navn and Navn differ only in case"),
        (sequence(element("a-b"), element("ab")), "name-clash", "ab and a-b differ only in case or dashes"),
        (sequence(element("a.b")), "dotted-name", "a.b has a dot"),
        (
            root('<xs:sequence><xs:element name="a"/></xs:sequence><xs:attribute name="a"/>'),
            "name-clash",
            "a is both an element and an attribute here",
        ),
        (
            '<xs:element name="r"><xs:complexType mixed="true"><xs:sequence/></xs:complexType></xs:element>',
            "not-kept",
            "mixed",
        ),
        (
            (
                '<xs:element name="r"><xs:complexType/><xs:key name="k"><xs:selector xpath="a"/>'
                '<xs:field xpath="b"/></xs:key></xs:element>'
            ),
            "not-kept",
            "xs:key is not kept",
        ),
        (
            (
                '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:string">'
                '<xs:pattern value="(?=a)b"/></xs:restriction></xs:simpleType></xs:element>'
            ),
            "odd-pattern",
            "This pattern cannot be checked everywhere",
        ),
    ],
)
def test_what_a_model_cannot_keep_is_a_warning_and_no_error(schema: str, code: str, words: str) -> None:
    (problem,) = found(schema)
    assert (problem.code, problem.severity == "error") == (code, False)
    assert words in str(problem.sentence)


def chain(length: int) -> str:
    types = (
        f'<xs:complexType name="t{number}"><xs:complexContent><xs:extension base="t{number + 1}"/>'
        "</xs:complexContent></xs:complexType>"
        for number in range(length)
    )
    return f'<xs:element name="r" type="t0"/>{"".join(types)}<xs:complexType name="t{length}"/>'


def simple_chain(length: int) -> str:
    types = (
        f'<xs:simpleType name="t{number}"><xs:restriction base="t{number + 1}"/></xs:simpleType>'
        for number in range(length)
    )
    last = f'<xs:simpleType name="t{length}"><xs:restriction base="xs:string"/></xs:simpleType>'
    return f'<xs:element name="r" type="t0"/>{"".join(types)}{last}'


def group_bomb(length: int) -> str:
    groups = (
        f'<xs:group name="g{number}"><xs:sequence><xs:group ref="g{number + 1}"/>'
        f'<xs:group ref="g{number + 1}"/></xs:sequence></xs:group>'
        for number in range(length)
    )
    last = f'<xs:group name="g{length}"><xs:sequence>{element("x")}</xs:sequence></xs:group>'
    return root('<xs:group ref="g0"/>', "".join(groups) + last)


def many_types_of_a_large_group() -> str:
    group = "".join(element(f"e{number}") for number in range(1000))
    types = (
        f'<xs:complexType name="t{number}"><xs:group ref="g" minOccurs="0"/></xs:complexType>'
        for number in range(1100)
    )
    return f'{element("r")}<xs:group name="g"><xs:sequence>{group}</xs:sequence></xs:group>{"".join(types)}'


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (many_types_of_a_large_group(), "too many elements in all"),
        (chain(10_000), "Too many types and groups build on each other"),
        (simple_chain(10_000), "The types build on each other without end"),
        (group_bomb(60), "has too many elements"),
        (
            sequence(*(f'<xs:element name="e{number}" minOccurs="0"/>' for number in range(15_000))),
            "too many",
        ),
        (
            (
                '<xs:element name="r" type="t"/><xs:complexType name="t"><xs:complexContent>'
                '<xs:extension base="t"/></xs:complexContent></xs:complexType>'
            ),
            "t is a part of itself",
        ),
        (
            root(
                '<xs:group ref="g"/>',
                '<xs:group name="g"><xs:sequence><xs:group ref="g"/></xs:sequence></xs:group>',
            ),
            "g is a part of itself",
        ),
        (
            root(
                '<xs:attributeGroup ref="g"/>',
                '<xs:attributeGroup name="g"><xs:attributeGroup ref="g"/></xs:attributeGroup>',
            ),
            "Circular reference to the attribute group",
        ),
    ],
)
def test_what_grows_without_end_is_refused(schema: str, words: str) -> None:
    problems = found(schema)
    assert words in str(problems[0].sentence)
    assert problems[0].severity == "error"


@pytest.mark.parametrize("schema", [group_bomb(60), many_types_of_a_large_group()])
def test_what_grows_without_end_is_not_converted_either(schema: str) -> None:
    with pytest.raises(DomainError, match="too many elements"):
        to_json_schema(f"{HEAD}{schema}</xs:schema>".encode())


def test_no_more_than_a_hundred_problems_are_told() -> None:
    assert len(found("".join(f'<xs:element name="e{n}" type="t{n}"/>' for n in range(1000)))) == 100


@settings(max_examples=150, deadline=None)
@given(several(ANY_MARKUP, 6) | NEARLY_RIGHT)
def test_any_markup_is_converted_or_refused_in_words(inside: str) -> None:
    xsd = document(inside)
    refused = any(problem.severity == "error" for problem in problems_of(xsd))
    try:
        to_json_schema(xsd)
    except DomainError:
        assert refused


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert problems_of(data)[0].severity == "error"
