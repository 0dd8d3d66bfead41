"""Form data to XML and back, for three sizes of documents of a model with an XSD, in ms of the processor.

The floor, in the same run: lxml parses the document and serialises it again.
"""

import time
from collections.abc import Callable
from typing import Any

from lxml import etree

from bench._figures import spread, table
from studio.definition.data_model import DataModel, from_json, from_xml, to_json, to_xml

_FIELDS = (
    ("name", "string", {"type": "string"}),
    ("amount", "decimal", {"type": "number"}),
    ("count", "int", {"type": "integer"}),
    ("day", "date", {"type": "string", "format": "date"}),
    ("sure", "boolean", {"type": "boolean"}),
)
_ROW = {"name": "Kari & Ola Nordmann", "amount": "1234.50", "count": 17, "day": "2026-01-31", "sure": True}
_SIZES = {"small (1 kB)": 7, "middle (50 kB)": 320, "large (1 MB)": 6600}


def measure() -> dict[str, Any]:
    """{size: {"read", "write", "floor", "to JSON", "from JSON": spreads of ms, "ratio"}}."""
    elements = "".join(
        f'<xs:element name="{name}" type="xs:{kind}" minOccurs="0"/>' for name, kind, _ in _FIELDS
    )
    xsd = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b"
        elementFormDefault="qualified"><xs:element name="form"><xs:complexType><xs:sequence>
        <xs:element name="row" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>{elements}
        </xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element></xs:schema>""".encode()
    row = {"type": "object", "properties": {name: schema for name, _, schema in _FIELDS}}
    model = DataModel({"properties": {"row": {"type": "array", "items": row}}})
    figures: dict[str, Any] = {}
    for size, rows in _SIZES.items():
        document = to_xml(model, {"row": [_ROW] * rows}, xsd)
        figures[size] = _figures(model, document, xsd, 200 if rows < 1000 else 15)
    names = [name for name in next(iter(figures.values())) if name != "ratio"]
    lines = [
        [size, *(each[name]["median"] for name in names), each["ratio"]] for size, each in figures.items()
    ]
    print(table(["document", *names, "read + write / floor"], lines))
    return figures


def _figures(model: DataModel, document: bytes, xsd: bytes, times: int) -> dict[str, Any]:
    data = from_xml(model, document, xsd)
    text = to_json(data)
    acts = {
        "read": lambda: from_xml(model, document, xsd),
        "write": lambda: to_xml(model, data, xsd),
        "floor": lambda: etree.tostring(etree.fromstring(document), encoding="utf-8"),
        "to JSON": lambda: to_json(data),
        "from JSON": lambda: from_json(text),
    }
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(times):
        for name, act in acts.items():
            taken[name].append(_timed(act))
    medians = {name: sorted(each)[len(each) // 2] for name, each in taken.items()}
    ratio = round((medians["read"] + medians["write"]) / medians["floor"], 1)
    return {name: _exact(each) for name, each in taken.items()} | {"ratio": ratio}


def _timed(act: Callable[[], object]) -> float:
    """How long a call keeps the processor, in ms: other processes do not count."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def _exact(times: list[float]) -> dict[str, float]:
    """A spread with the hundredths that small documents need."""
    return {name: value or round(min(times), 3) for name, value in spread(times).items()}
