"""Import of every XSD in the shared vectors as a data model: read, check and convert, in ms.

The floor, in the same run: the xmlschema package builds its schema of the same files. Aim: at most 1.5 times
that, for each.

Then one edit of the largest models, with the XSD that follows it: a field is added to a type. The floor is
lxml, which reads the same XSD, writes it and compiles it. Aim: 150 ms for 340 kB.
"""

import copy
import itertools
import posixpath
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import xmlschema
from lxml import etree

from bench._figures import table, timed
from bench.importing import VECTORS
from studio.definition.data_model.conversion import (
    check,
    read_documents,
    schema_of,
    schema_text,
    to_json_schema,
    updated_xsd,
)
from studio.definition.errors import DomainError

_AIM: Final = 1.5
_LARGE: Final = 150_000


def measure() -> dict[str, Any]:
    """By XSD: kB with what it includes, ms, ms of xmlschema (None where that refuses it), their ratio."""
    figures = {}
    for path, others in _schemas():
        figures[path.relative_to(VECTORS).as_posix()] = _measure(path, others)
    compared = {name: each for name, each in figures.items() if each["ratio"] is not None}
    largest = sorted(compared, key=lambda name: -compared[name]["kB"])[:15]
    head = ["XSD", "kB", "import ms", "xmlschema ms", "ratio"]
    print(table(head, [[name[-70:], *compared[name].values()] for name in largest]))
    ratios = sorted(each["ratio"] for each in compared.values())
    summary = {
        "imported": len(figures),
        "compared": len(compared),
        "median ratio": statistics.median(ratios),
        "worst ratio": ratios[-1],
        "over the aim": sum(ratio > _AIM for ratio in ratios),
        "slowest ms": max(each["import"] for each in figures.values()),
    }
    print(table(list(summary), [list(summary.values())]))
    return {"all": summary, "edits": _edits(), **figures}


def _edits() -> dict[str, Any]:
    """By XSD: kB, ms for the XSD after an edit, for another one after that, and ms of lxml."""
    figures: dict[str, Any] = {}
    for path, others in _schemas():
        if not others and path.stat().st_size > _LARGE:
            figures[path.relative_to(VECTORS).as_posix()] = _edit(path)
    figures["smallest"] = _edit(VECTORS / "apps/template/v9/App/models/model.xsd")
    head = ["XSD", "kB", "first edit ms", "next edit ms", "lxml ms"]
    print(table(head, [[name[-70:], *each.values()] for name, each in figures.items()]))
    return figures


def _edit(path: Path) -> dict[str, float]:
    xsd = path.read_bytes()
    states = [to_json_schema(xsd)]
    for name in ("newField", "anotherField", "lastField"):
        after = copy.deepcopy(states[-1])
        _fields(after)[name] = {"type": "string", "maxLength": 10}
        states.append(after)
    took: list[float] = []
    for before, after in itertools.pairwise(states):
        made = [xsd]
        took.append(timed(lambda made=made, pair=(before, after): made.append(updated_xsd(made[0], *pair))))
        xsd = made[-1]
    floor = min(timed(lambda: _lxml(xsd)) for _ in range(3))
    size = path.stat().st_size // 1000
    return {"kB": size, "first": round(took[0], 1), "next": round(min(took[1:]), 1), "lxml": round(floor, 1)}


def _fields(schema: dict[str, Any]) -> dict[str, Any]:
    """The members of the first type that has some."""
    types = [schema, *schema.get("$defs", {}).values()]
    found: dict[str, Any] = next(each["properties"] for each in types if each.get("properties"))
    return found


def _lxml(xsd: bytes) -> None:
    root = etree.fromstring(xsd)
    etree.tostring(root)
    etree.XMLSchema(root)


def _measure(path: Path, others: dict[str, bytes]) -> dict[str, Any]:
    xsd = path.read_bytes()
    took = min(timed(lambda: _import(xsd, others)) for _ in range(3))
    size = sum(len(document.data) for document in read_documents(xsd, others).documents)
    try:
        floor = min(timed(lambda: xmlschema.XMLSchema(path.as_posix())) for _ in range(3))
    except (xmlschema.XMLSchemaException, OSError):
        return {"kB": size // 1000, "import": round(took, 1), "xmlschema": None, "ratio": None}
    ratio = round(took / floor, 2)
    return {"kB": size // 1000, "import": round(took, 1), "xmlschema": round(floor, 1), "ratio": ratio}


def _import(xsd: bytes, others: dict[str, bytes]) -> None:
    documents = read_documents(xsd, others)
    check(documents)
    schema_text(schema_of(documents))


def _schemas() -> Iterator[tuple[Path, dict[str, bytes]]]:
    """The XSDs that can be imported, with those beside them."""
    for path in sorted(VECTORS.rglob("*.xsd")):
        near = {
            posixpath.relpath(other.as_posix(), path.parent.as_posix()): other.read_bytes()
            for other in sorted(path.parent.rglob("*.xsd"))
            if other != path
        }
        needed = {name: data for name, data in near.items() if Path(name).name.encode() in path.read_bytes()}
        try:
            _import(path.read_bytes(), needed)
        except DomainError:
            continue
        yield path, needed
