"""Made-up XML Schemas for property tests and fuzzing: any markup, and markup that is nearly right."""

from collections.abc import Sequence

from hypothesis import strategies as st

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
TAGS = st.sampled_from(
    [
        *(
            "element",
            "attribute",
            "complexType",
            "simpleType",
            "group",
            "attributeGroup",
            "sequence",
            "choice",
        ),
        *(
            "all",
            "any",
            "anyAttribute",
            "restriction",
            "extension",
            "simpleContent",
            "complexContent",
            "list",
        ),
        *("union", "include", "import", "redefine", "annotation", "documentation", "pattern", "enumeration"),
        *("minLength", "totalDigits", "maxInclusive", "key", "schema"),
    ]
)
KEYS = st.sampled_from(
    [
        *("name", "type", "ref", "base", "itemType", "memberTypes", "minOccurs", "maxOccurs", "use", "fixed"),
        *("default", "value", "nillable", "mixed", "abstract", "substitutionGroup", "schemaLocation"),
        *("namespace", "targetNamespace"),
    ]
)
VALUES = st.sampled_from(
    [
        "a",
        "b",
        "c",
        "xs:string",
        "xs:int",
        "xs:decimal",
        "0",
        "1",
        "3",
        "unbounded",
        "true",
        "q:x",
        "",
        "required",
    ]
) | st.text(max_size=5)
NAMES = st.sampled_from(["a", "b", "c", "d"])
TYPES = NAMES | st.sampled_from(["xs:string", "xs:int", "xs:decimal", "xs:date", "xs:boolean", "xs:anyType"])
OCCURS = st.sampled_from(
    ["", "", 'minOccurs="0"', 'maxOccurs="3"', 'maxOccurs="unbounded"', 'minOccurs="2" maxOccurs="5"']
)
FACETS = st.sampled_from(
    [
        *('<xs:enumeration value="1"/>', '<xs:enumeration value="x"/>', '<xs:pattern value="[0-9]+"/>'),
        *('<xs:minLength value="1"/>', '<xs:maxLength value="9"/>', '<xs:length value="4"/>'),
        *('<xs:totalDigits value="4"/>', '<xs:fractionDigits value="2"/>', '<xs:minInclusive value="1"/>'),
        *('<xs:maxExclusive value="2020-01-01"/>', '<xs:whiteSpace value="collapse"/>'),
    ]
)


def tag(name: str, attributes: str = "", inside: Sequence[str] = ()) -> str:
    """An element of XML Schema."""
    return f"<xs:{name} {attributes}>{''.join(inside)}</xs:{name}>"


def quoted(value: str) -> str:
    """A value for an attribute."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return f'"{escaped}"'


def several(parts: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    """Up to so many of the parts, one after the other."""
    return st.lists(parts, max_size=most).map("".join)


ANY_MARKUP = st.recursive(
    st.just(""),
    lambda inner: st.builds(
        lambda name, attributes, inside: tag(
            name, " ".join(f"{key}={quoted(value)}" for key, value in attributes.items()), inside
        ),
        TAGS,
        st.dictionaries(KEYS, VALUES, max_size=3),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)

RESTRICTIONS = st.builds(
    lambda base, facets: tag("restriction", f'base="{base}"', [facets]), TYPES, several(FACETS)
)
SIMPLE_CONTENT = st.one_of(
    RESTRICTIONS,
    st.builds(lambda name: tag("list", f'itemType="{name}"'), TYPES),
    st.builds(lambda one, two: tag("union", f'memberTypes="{one} {two}"'), TYPES, TYPES),
)
SIMPLE_TYPES = SIMPLE_CONTENT.map(lambda inside: tag("simpleType", inside=[inside]))
ATTRIBUTES = several(
    st.one_of(
        st.builds(
            lambda name, kind, more: tag("attribute", f'name="{name}" type="{kind}" {more}'),
            NAMES,
            TYPES,
            st.sampled_from(["", 'use="required"', 'fixed="1"', 'default="x"', 'use="prohibited"']),
        ),
        st.builds(lambda name: tag("attribute", f'ref="{name}"'), NAMES),
        st.builds(lambda name: tag("attributeGroup", f'ref="{name}"'), NAMES),
        st.builds(lambda name, inside: tag("attribute", f'name="{name}"', [inside]), NAMES, SIMPLE_TYPES),
    ),
    2,
)


def _elements(types: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(
            lambda name, kind, often, more: tag("element", f'name="{name}" type="{kind}" {often} {more}'),
            NAMES,
            TYPES,
            OCCURS,
            st.sampled_from(["", 'nillable="true"', 'fixed="1"']),
        ),
        st.builds(lambda name, often: tag("element", f'ref="{name}" {often}'), NAMES, OCCURS),
        st.builds(
            lambda name, often, inside: tag("element", f'name="{name}" {often}', [inside]),
            NAMES,
            OCCURS,
            types,
        ),
    )


def _particles(elements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.builds(lambda name, often: tag("group", f'ref="{name}" {often}'), NAMES, OCCURS)
    leaves = st.one_of(elements, groups, OCCURS.map(lambda often: tag("any", often)))
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda kind, often, inside: tag(kind, often, [inside]),
            st.sampled_from(["sequence", "choice"]),
            OCCURS,
            several(inner),
        ),
        max_leaves=6,
    ).map(
        lambda part: (
            part if part.startswith(("<xs:seq", "<xs:cho", "<xs:gro")) else tag("sequence", inside=[part])
        )
    )


def _complex_types(elements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    particles = _particles(elements)
    derived = st.builds(
        lambda how, base, inside, attributes: tag(
            "complexContent", inside=[tag(how, f'base="{base}"', [inside, attributes])]
        ),
        st.sampled_from(["extension", "restriction"]),
        TYPES,
        particles | st.just(""),
        ATTRIBUTES,
    )
    text = st.builds(
        lambda base, attributes: tag(
            "simpleContent", inside=[tag("extension", f'base="{base}"', [attributes])]
        ),
        TYPES,
        ATTRIBUTES,
    )
    plain = st.builds(lambda inside, attributes: inside + attributes, particles | st.just(""), ATTRIBUTES)
    everything = several(elements).map(lambda inside: tag("all", inside=[inside]))
    return st.one_of(plain, derived, text, everything).map(lambda inside: tag("complexType", inside=[inside]))


def _named(inside: str, name: str) -> str:
    return inside.replace(" ", f' name="{name}" ', 1)


_INNER = _complex_types(_elements(SIMPLE_TYPES))
COMPLEX_TYPES = _complex_types(_elements(SIMPLE_TYPES | _INNER))
DECLARATIONS = st.one_of(
    st.builds(_named, COMPLEX_TYPES | SIMPLE_TYPES, NAMES),
    st.builds(lambda inside, name: tag("element", f'name="{name}"', [inside]), COMPLEX_TYPES, NAMES),
    st.builds(
        lambda name, kind, head: tag("element", f'name="{name}" type="{kind}" {head}'),
        NAMES,
        TYPES,
        st.sampled_from(["", 'abstract="true"', 'substitutionGroup="a"', 'substitutionGroup="b"']),
    ),
    st.builds(
        lambda inside, name: tag("group", f'name="{name}"', [tag("sequence", inside=[inside])]),
        several(_particles(_elements(_INNER))),
        NAMES,
    ),
    st.builds(lambda inside, name: tag("attributeGroup", f'name="{name}"', [inside]), ATTRIBUTES, NAMES),
    st.builds(lambda name, kind: tag("attribute", f'name="{name}" type="{kind}"'), NAMES, TYPES),
)


def _complete(parts: Sequence[str]) -> str:
    """One declaration of each kind and name: the first there is, else a plain one."""
    kept: dict[tuple[str, str], str] = {}
    for part in (*parts, *_PLAIN):
        kind = part[4:].split(" ")[0]
        name = part.split('name="')[1].split('"')[0]
        kept.setdefault(("type" if kind.endswith("Type") else kind, name), part)
    return "".join(kept.values())


_PLAIN = [
    declaration
    for name in ("a", "b", "c", "d")
    for declaration in (
        tag("element", f'name="{name}" type="xs:string"'),
        tag("attribute", f'name="{name}" type="xs:string"'),
        tag(
            "group",
            f'name="{name}"',
            [tag("sequence", inside=[tag("element", f'name="{name}" type="xs:int"')])],
        ),
        tag("attributeGroup", f'name="{name}"', [tag("attribute", f'name="in-{name}" type="xs:int"')]),
    )
] + [
    tag(
        "complexType", 'name="a"', [tag("sequence", inside=[tag("element", 'name="in-a" type="xs:string"')])]
    ),
    tag("complexType", 'name="b"', [tag("simpleContent", inside=[tag("extension", 'base="xs:string"')])]),
    tag("simpleType", 'name="c"', [tag("restriction", 'base="xs:string"')]),
    tag("simpleType", 'name="d"', [tag("restriction", 'base="xs:int"')]),
]
NEARLY_RIGHT = st.lists(DECLARATIONS, min_size=1, max_size=6).map(_complete)


def document(inside: str) -> bytes:
    """The schema with something inside, whatever characters are in it."""
    return f"{HEAD}{inside}</xs:schema>".encode("utf-8", "replace")
