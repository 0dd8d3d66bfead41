"""Documents for a compiled schema: at the bounds of its types, and now and then wrong on purpose.

Two schemas say the same if they agree about each of these, whichever of the two they were made from.
"""

import copy
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

import xmlschema
from lxml import etree

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TEXTS = (
    *("", "x", "abc", "A b", "a,b", "æøå", "true", "false", "1", "0", "-1", "12", "1234", "0.5", "1.25"),
    *("-0.00001", "100", "101", "-100", "99.99", "1E3", "INF", "1.5.2", "2026-01-31", "2026-13-01", "2026"),
    *("2026-01-31T10:00:00", "10:00:00", "2026-01", "--01-31", "---31", "--01", "P1D", "urn:x", "nb-NO"),
    *("QUJD", "00ff", "a1", "12345678901", "987654321", "0123456789", "0150", "-40", "v1", "01.02.2026"),
    *("a@b.no", "1234567890123456789"),
)


class Maker:
    """Makes documents of one compiled schema."""

    def __init__(self, schema: xmlschema.XMLSchema, root: str, texts: Sequence[str] = TEXTS) -> None:
        self.root = schema.elements[root]
        self.texts = texts
        self.random = Random(0)
        self.values: dict[int, tuple[list[str], list[str]]] = {}

    def document(self, seed: int, *, wrong: bool) -> etree._Element:
        """A document; the same for the same seed. `wrong` ones have a fault or two, most often."""
        self.random = Random(seed)
        made = self.element(self.root, 0, 0.03 if wrong else 0.0)
        if wrong:
            for _ in range(self.random.randint(1, 2)):
                self.spoil(made)
        return made

    def element(self, declared: Any, depth: int, wrong: float) -> etree._Element:
        made = etree.Element(declared.name)
        kind = declared.type
        for name, attribute in kind.attributes.items() if kind.is_complex() else ():
            if name is None or attribute.name is None:
                continue
            if attribute.use == "required" or self.random.random() < 0.4:
                made.set(name, attribute.fixed or self.value(attribute.type, wrong))
        if declared.nillable and self.random.random() < 0.15:
            made.set(NIL, "true")
        elif kind.is_simple() or kind.has_simple_content():
            made.text = declared.fixed or self.value(kind if kind.is_simple() else kind.content, wrong)
        elif kind.content is not None and hasattr(kind.content, "model"):
            made.extend(self.particles(kind.content, depth, wrong))
        return made

    def particles(self, particle: Any, depth: int, wrong: float) -> Iterator[etree._Element]:
        if depth > 12:
            return
        for _ in range(self.times(particle, depth)):
            if isinstance(particle, xmlschema.validators.XsdElement):
                yield self.element(particle, depth + 1, wrong)
            elif isinstance(particle, xmlschema.validators.XsdGroup):
                inside = list(particle)
                if particle.model == "choice":
                    inside = [self.random.choice(inside)] if inside else []
                elif particle.model == "all":
                    self.random.shuffle(inside)
                for each in inside:
                    yield from self.particles(each, depth + 1, wrong)

    def times(self, particle: Any, depth: int) -> int:
        least, most = particle.min_occurs, particle.max_occurs
        most = least + 2 if most is None else min(most, least + 2)
        if depth > 6 or self.random.random() < 0.3:
            return int(least)
        return self.random.randint(least, most)

    def value(self, kind: Any, wrong: float) -> str:
        good, bad = self.values.setdefault(id(kind), ([], []))
        if not good and not bad:
            for text in dict.fromkeys([*self.bounds(kind), *self.texts]):
                (good if is_valid(kind, text) else bad).append(text)
        chosen = bad if (bad and self.random.random() < wrong) or not good else good
        return self.random.choice(chosen)

    def bounds(self, kind: Any) -> Iterator[str]:
        """Values at the edge of what a type allows, and one beyond."""
        limits = {name.rpartition("}")[2]: facet for name, facet in kind.facets.items() if name}
        yield from (str(value) for value in kind.enumeration or ())
        for name in ("length", "minLength", "maxLength"):
            length = limits[name].value if name in limits else None
            if length is not None and length < 3000:
                for more in (-1, 0, 1):
                    yield from (letter * max(length + more, 0) for letter in "x7")
        for bound in (kind.min_value, kind.max_value):
            if isinstance(bound, (int, float, Decimal)) and abs(bound) < 10**30:
                yield from (str(bound), str(int(bound) + 1), str(int(bound) - 1))
        for name in ("totalDigits", "fractionDigits"):
            digits = limits[name].value if name in limits else None
            if digits is not None:
                yield from (f"{whole}{'1' * (digits + more)}" for whole in ("", "0.") for more in (0, 1))

    def spoil(self, document: etree._Element) -> None:
        """Something wrong somewhere; by chance it may still be right."""
        target = self.random.choice(list(document.iter()))
        parent = target.getparent()
        match self.random.randrange(7):
            case 0 if parent is not None:
                parent.remove(target)
            case 1 if parent is not None:
                target.addnext(copy.deepcopy(target))
            case 2 if parent is not None and target.getnext() is not None:
                target.getnext().addnext(target)
            case 3 if len(target):
                etree.SubElement(target, "noSuchElement")
            case 4 if target.attrib:
                del target.attrib[self.random.choice(list(target.attrib))]
            case 5:
                target.set("noSuchAttribute", "x")
            case _:
                target.text = self.random.choice(self.texts)


def is_valid(schema: Any, given: Any) -> bool:
    """Whether a schema or type takes something; xmlschema gives up at years of many digits."""
    try:
        return bool(schema.is_valid(given))
    except OverflowError:
        return False


def disagreements(
    one: xmlschema.XMLSchema, other: xmlschema.XMLSchema, root: str, count: int
) -> Iterator[tuple[bool, str]]:
    """(whether the first schema takes it, document) for each made-up one on which they do not agree."""
    for schema in (one, other):
        maker = Maker(schema, root)
        for seed in range(count):
            document = maker.document(seed, wrong=seed % 2 == 1)
            verdicts = [is_valid(each, document) for each in (one, other)]
            if verdicts[0] != verdicts[1]:
                yield verdicts[0], etree.tostring(document, encoding="unicode")
