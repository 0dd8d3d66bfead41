"""Documents of an XSD, made up: all kinds of spellings, empty and nil elements, repeated and left out ones.

It reads the XSD by itself, so that a mistake in how the product reads one is not made twice.
"""

import re
from collections.abc import Iterator
from random import Random

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TEXTS = (
    "x",
    "Blå & <gul>",
    " \"sitert\" 'også' ",
    "æøå ÆØÅ 𝄞",
    "a  b",
    "1.50",
    "]]>",
    "\u00a0",
    "linje\nto\tfane",
)
DECIMALS = ("1.50", "+1", "01", "0", "-0", "-0.0", "100", "1234567.8900", ".5", "5.", "-12.30", "000")
INTEGERS = ("1", "+1", "01", "0", "-0", "42", "-7", "000")
POSITIVE = ("1", "+1", "01", "42", "007")
DATES = ("2026-01-31", "2026-01-31Z", "2024-02-29+01:00", "0001-01-01", "-0044-03-15")
TIMES = ("10:00:00", "23:59:59.999", "00:00:00Z", "12:30:00-05:00")
VALUES = {
    "decimal": DECIMALS,
    "double": ("1.5", "1E5", "-1e-3", "INF", "NaN", "+0", "1.0"),
    "float": ("1.5", "1E5", "INF"),
    "boolean": ("true", "false"),
    "date": DATES,
    "time": TIMES,
    "dateTime": tuple(f"{day[:10]}T{time}" for day in DATES[:3] for time in TIMES),
    "gYear": ("2026", "2026Z", "0001"),
    "gYearMonth": ("2026-01", "2026-12+01:00"),
    "gMonth": ("--01",),
    "gDay": ("---31",),
    "gMonthDay": ("--02-29",),
    "duration": ("P1Y2M", "PT0S", "-P1D"),
    "anyURI": ("http://example.org/a?b=c&d", "urn:x"),
    "positiveInteger": POSITIVE,
    "negativeInteger": ("-1", "-042"),
    "nonPositiveInteger": ("-1", "0", "-0"),
    "base64Binary": ("QUJD",),
    "hexBinary": ("00ff",),
    "language": ("nb-NO",),
    "Name": ("a:b",),
    "NCName": ("a-b",),
    "NMTOKEN": ("1a",),
    "NMTOKENS": ("1a 2b",),
    "ENTITIES": ("a",),
    "ENTITY": ("a",),
    "ID": ("a1",),
    "IDREF": ("a1",),
    "IDREFS": ("a1",),
    "NOTATION": ("a",),
    "token": ("a b", "x", "Blå"),
    "byte": ("1", "-128"),
    "QName": ("x",),
}
ZONED = {"date", "time", "dateTime", "gYear", "gYearMonth"}
INTEGER_TYPES = {"integer", "int", "long", "short"} | {
    f"unsigned{name}" for name in ("Int", "Long", "Short", "Byte")
}


class Maker:
    """Makes documents of one schema document; `plain` ones have no time zones and no years before our era."""

    def __init__(self, xsd: bytes, *, plain: bool = False) -> None:
        self.plain = plain
        self.root = etree.fromstring(xsd)
        self.namespace = self.root.get("targetNamespace")
        self.top = {(part.tag, part.get("name")): part for part in self.root.iterchildren(etree.Element)}
        self.random = Random(0)

    def document(self, seed: int) -> bytes:
        """A document; the same for the same seed."""
        self.random = Random(seed)
        declared = self.root.find(f"{XS}element")
        assert declared is not None
        made = self.element(declared, 0)
        return etree.tostring(made, encoding="utf-8", xml_declaration=True)

    def named(self, kind: str, name: str | None) -> etree._Element | None:
        return self.top.get((f"{XS}{kind}", (name or "").rpartition(":")[2]))

    def element(self, part: etree._Element, depth: int) -> etree._Element:
        declared = self.named("element", part.get("ref")) if part.get("ref") else part
        assert declared is not None
        at_top = declared.getparent() is self.root
        form = declared.get("form") or self.root.get("elementFormDefault", "unqualified")
        name = declared.get("name", "")
        is_qualified = self.namespace and (at_top or form == "qualified")
        made = etree.Element(f"{{{self.namespace}}}{name}" if is_qualified else name)
        type_name = declared.get("type")
        complex_type = declared.find(f"{XS}complexType")
        complex_type = complex_type if complex_type is not None else self.named("complexType", type_name)
        is_nil = declared.get("nillable") == "true" and self.random.random() < 0.15
        if complex_type is not None:
            self.attributes(complex_type, made)
            if is_nil:
                made.set(NIL, "true")
            else:
                self.content(complex_type, made, depth)
        elif is_nil:
            made.set(NIL, "true")
        else:
            made.text = declared.get("fixed") or self.value(declared)
        return made

    def attributes(self, container: etree._Element, made: etree._Element) -> None:
        for part in container.iterchildren(etree.Element):
            if part.tag == f"{XS}attribute":
                declared = self.named("attribute", part.get("ref")) if part.get("ref") else part
                assert declared is not None
                wanted = part.get("use") == "required" or self.random.random() < 0.5
                if wanted and part.get("use") != "prohibited":
                    fixed = part.get("fixed") or declared.get("fixed")
                    made.set(declared.get("name", ""), fixed or self.value(declared).strip())
            elif part.tag == f"{XS}attributeGroup":
                group = self.named("attributeGroup", part.get("ref"))
                assert group is not None
                self.attributes(group, made)
            elif part.tag in {f"{XS}simpleContent", f"{XS}complexContent"}:
                for derivation in part.iterchildren(etree.Element):
                    base = self.named("complexType", derivation.get("base"))
                    if base is not None:
                        self.attributes(base, made)
                    self.attributes(derivation, made)

    def content(self, container: etree._Element, made: etree._Element, depth: int) -> None:
        for part in container.iterchildren(etree.Element):
            if part.tag == f"{XS}simpleContent":
                made.text = self.value(part[-1])
            elif part.tag == f"{XS}complexContent":
                for derivation in part.iterchildren(f"{XS}extension", f"{XS}restriction"):
                    base = self.named("complexType", derivation.get("base"))
                    if base is not None and derivation.tag == f"{XS}extension":
                        self.content(base, made, depth)
                    self.content(derivation, made, depth)
            else:
                self.particle(part, made, depth)

    def particle(self, part: etree._Element, made: etree._Element, depth: int) -> None:
        if part.tag not in {f"{XS}{kind}" for kind in ("element", "sequence", "choice", "all", "group")}:
            return
        for _ in range(self.times(part, depth)):
            if part.tag == f"{XS}element":
                made.append(self.element(part, depth + 1))
            elif part.tag == f"{XS}group":
                group = self.named("group", part.get("ref"))
                assert group is not None
                self.content(group, made, depth)
            elif part.tag == f"{XS}choice":
                self.particle(self.random.choice(list(part.iterchildren(etree.Element))), made, depth)
            else:
                inside = list(part.iterchildren(etree.Element))
                if part.tag == f"{XS}all":
                    self.random.shuffle(inside)
                for each in inside:
                    self.particle(each, made, depth)

    def times(self, part: etree._Element, depth: int) -> int:
        least, most = int(part.get("minOccurs", "1")), part.get("maxOccurs", "1")
        largest = least + 2 if most == "unbounded" else min(int(most), least + 2)
        if depth > 12 or (depth > 3 and self.random.random() < 0.5):
            return least
        return self.random.randint(least, max(least, largest))

    def value(self, declared: etree._Element) -> str:
        """A plain value that the facets allow, as far as that can be told."""
        facets = list(self.facets(declared))
        listed = next((facet for facet in facets if facet.tag == f"{XS}list"), None)
        if listed is not None:
            return " ".join(self.of_type(listed.get("itemType", "xs:token")).split()[:1] * 2)
        builtin = self.builtin(declared)
        by_name: dict[str, list[str]] = {}
        for facet in facets:
            by_name.setdefault(etree.QName(facet).localname, []).append(facet.get("value", ""))
        if "enumeration" in by_name:
            return self.random.choice(by_name["enumeration"])
        if "pattern" in by_name:
            return self.matching(by_name["pattern"][0])
        text = self.of_type(builtin)
        if builtin.rpartition(":")[2] in {"string", "token", "normalizedString"}:
            least = int((by_name.get("minLength") or by_name.get("length") or ["0"])[0])
            most = int((by_name.get("maxLength") or by_name.get("length") or ["1000"])[0])
            text = (text * (least + 1))[: max(least, min(most, len(text)))]
        elif {"minInclusive", "maxInclusive", "totalDigits", "fractionDigits"} & set(by_name):
            text = (by_name.get("minInclusive") or by_name.get("maxInclusive") or ["1"])[0]
        return text

    def matching(self, pattern: str) -> str:
        text = re.sub(r"\\d", "1", pattern)
        text = re.sub(r"\[0-9\]\{(\d+)(,\d+)?\}|1\{(\d+)(,\d+)?\}", lambda m: "1" * int(m[1] or m[3]), text)
        return text.replace("[0-9]", "1").replace("\\.", ".")

    def facets(self, declared: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
        for part in declared.iterchildren(etree.Element):
            if part.tag in {f"{XS}simpleType", f"{XS}restriction"}:
                yield part
                yield from self.facets(part, depth + 1)
            elif part.tag not in {f"{XS}attribute", f"{XS}annotation", f"{XS}anyAttribute"}:
                yield part
        for name in ("type", "base", "itemType"):
            for kind in ("simpleType", "complexType"):
                found = self.named(kind, declared.get(name))
                if found is not None and depth < 20:
                    inside = found.find(f"{XS}simpleContent")
                    yield from self.facets(found if inside is None else inside[-1], depth + 1)

    def builtin(self, declared: etree._Element, depth: int = 0) -> str:
        for name in ("type", "base"):
            given = declared.get(name)
            if given:
                found = self.named("simpleType", given)
                if found is None:
                    found = self.named("complexType", given)
                if found is None or depth > 20:
                    return given
                inside = found.find(f"{XS}simpleContent")
                return self.builtin(found if inside is None else inside[-1], depth + 1)
        for part in declared.iterchildren(f"{XS}simpleType", f"{XS}restriction"):
            return self.builtin(part, depth + 1)
        return "xs:string"

    def of_type(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if local in INTEGER_TYPES:
            return self.random.choice(POSITIVE if local.startswith("unsigned") else INTEGERS)
        if local == "nonNegativeInteger":
            return self.random.choice(("0", *POSITIVE))
        values = VALUES.get(local, TEXTS)
        # The platform's classes have no zone; the first value never has one.
        return values[0] if self.plain and local in ZONED else self.random.choice(values)
