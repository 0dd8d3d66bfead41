"""The law of the conversion: data that the XSD accepts, the JSON Schema accepts, and the other way round."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from studio.definition.data_model import DataModel, from_xml
from studio.definition.data_model.conversion import read_documents, schema_of
from studio.definition.data_model.xsd_validator import compiled

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'


@dataclass(frozen=True)
class Particle:
    """A part of a content model; `inside` is empty for an element."""

    kind: str
    low: int = 1
    high: int | None = 1
    inside: tuple["Particle", ...] = ()

    def xsd(self, names: Iterator[str]) -> str:
        most = "unbounded" if self.high is None else self.high
        occurs = f'minOccurs="{self.low}" maxOccurs="{most}"'
        if self.kind == "element":
            return f'<xs:element name="{next(names)}" type="xs:int" {occurs}/>'
        inside = "".join(part.xsd(names) for part in self.inside)
        return f"<xs:{self.kind} {occurs}>{inside}</xs:{self.kind}>"

    def numbered(self, names: Iterator[str], outer: str = "") -> "Named":
        name = next(names) if self.kind == "element" else ""
        return Named(self, name, tuple(part.numbered(names, self.kind) for part in self.inside), outer)


@dataclass(frozen=True)
class Named:
    """A particle with the names that its elements got."""

    part: Particle
    name: str
    inside: tuple["Named", ...]
    outer: str

    @property
    def counts(self) -> st.SearchStrategy[int]:
        """How often the element is tried. An alternative with a wrong number of itself is none of a `oneOf`,
        not a second one: so those are not tried in a choice."""
        if self.outer != "choice":
            return st.integers(0, 3)
        right = st.integers(max(1, self.part.low), 3 if self.part.high is None else self.part.high)
        return st.just(0) | right

    @property
    def elements(self) -> list["Named"]:
        return [self] if self.name else [found for part in self.inside for found in part.elements]


def names() -> Iterator[str]:
    return (f"e{number}" for number in itertools.count())


OFTEN = st.sampled_from([(0, 1), (1, 1), (0, 2), (1, 2), (2, 3), (0, None), (1, None)])
ONCE_OR_NOT = st.sampled_from([(1, 1), (0, 1)])
ELEMENTS = st.builds(lambda often: Particle("element", *often), OFTEN)


def holding(inner: st.SearchStrategy[Particle], *, often: st.SearchStrategy) -> st.SearchStrategy[Particle]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    sequences = st.builds(lambda count, inside: Particle("sequence", *count, inside), often, parts)
    # How often a choice straight in a choice comes is not said, as on the platform.
    single = inner.filter(lambda part: part.kind != "choice")
    alternatives = st.lists(single, min_size=1, max_size=3).map(tuple)
    choices = st.builds(lambda count, inside: Particle("choice", *count, inside), often, alternatives)
    return sequences | choices


ANY_CONTENT = holding(ELEMENTS | holding(ELEMENTS | holding(ELEMENTS, often=OFTEN), often=OFTEN), often=OFTEN)
# Here both say exactly the same: no list of groups, whose members belong together in XML only; no optional
# sequence, whose members come together in XML only; alternatives that are single elements.
EXACT_CHOICE = st.builds(
    lambda count, inside: Particle("choice", *count, inside),
    ONCE_OR_NOT,
    st.lists(ELEMENTS, min_size=1, max_size=3).map(tuple),
)
EXACT_CONTENT = st.builds(
    lambda inside: Particle("sequence", inside=inside),
    st.lists(ELEMENTS | EXACT_CHOICE, min_size=1, max_size=4).map(tuple),
)


@st.composite
def content(draw: st.DrawFn, part: Named) -> list[str]:
    """The names of elements that a particle accepts, in their order."""
    most = part.part.low + 2 if part.part.high is None else part.part.high
    found: list[str] = []
    for _ in range(draw(st.integers(part.part.low, most))):
        if part.name:
            found.append(part.name)
        elif part.part.kind == "choice":
            found += draw(content(draw(st.sampled_from(part.inside))))
        else:
            found += [name for inner in part.inside for name in draw(content(inner))]
    return found


class Both:
    """An XSD and its JSON Schema."""

    def __init__(self, particle: Particle) -> None:
        body = f'<xs:element name="r"><xs:complexType>{particle.xsd(names())}</xs:complexType></xs:element>'
        self.xsd = f"{HEAD}{body}</xs:schema>".encode()
        documents = read_documents(self.xsd)
        self.schema = schema_of(documents)
        self.xml_validator = compiled(documents)
        self.json_validator = jsonschema.Draft202012Validator(self.schema)

    def by_xsd(self, elements: list[str]) -> bool:
        return self.xml_validator.validate(etree.fromstring(document(elements)))

    def by_schema(self, elements: list[str]) -> bool:
        data = from_xml(DataModel(self.schema), document(elements), self.xsd)
        return self.json_validator.is_valid(data)


def document(elements: list[str]) -> bytes:
    return f"<r>{''.join(f'<{name}>1</{name}>' for name in elements)}</r>".encode()


LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAWS
@given(ANY_CONTENT, st.data())
def test_what_the_xsd_accepts_the_json_schema_accepts(particle: Particle, data: st.DataObject) -> None:
    both = Both(particle)
    # Valid by the way it is made: libxml2 miscounts lists of optional lists, so it is not asked here.
    elements = data.draw(content(particle.numbered(names())))
    assert both.by_schema(elements), (both.xsd, both.schema)


@LAWS
@given(EXACT_CONTENT, st.data())
def test_what_the_xsd_refuses_the_json_schema_refuses(particle: Particle, data: st.DataObject) -> None:
    both = Both(particle)
    elements = [
        part.name for part in particle.numbered(names()).elements for _ in range(data.draw(part.counts))
    ]
    assert both.by_schema(elements) == both.by_xsd(elements), (both.xsd, both.schema)
