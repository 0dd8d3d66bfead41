"""The standard form of the comparison with other products, as an app.

n fields, 50 a page, in groups of five: text (the trigger), number, select, text, and a conditional field
that shows when the trigger says "yes". The same specification that the contestants' harness uses
(`lib/formspec.mjs` there), with the buttons that a form needs to be sent.
"""

import json
from typing import Any

from studio.definition.files import MemoryFiles

PER_PAGE = 50
OPTIONS = ("Bergen", "Bodø", "Oslo", "Stavanger", "Trondheim")
_TYPE = {"text": "Input", "number": "Input", "select": "Dropdown"}


def field_type(index: int) -> str:
    """text, number or select: what the field at `index` is."""
    position, group = index % 5, index // 5
    if position == 4:
        return ("text", "number", "select")[group % 3]
    return {1: "number", 2: "select"}.get(position, "text")


def standard_form(
    org: str, name: str, fields: int, base: MemoryFiles, per_page: int = PER_PAGE
) -> MemoryFiles:
    """The app with `fields` fields, on `base`: an app with one data task, Task_1, and a model "model"."""
    content = {path: data for path, data in base.items() if "/layouts/" not in path}
    pages = [f"page{number + 1}" for number in range(-(-fields // per_page))]
    for number, page in enumerate(pages):
        chosen = range(number * per_page, min((number + 1) * per_page, fields))
        last = number == len(pages) - 1
        buttons = (
            {"id": "submit", "type": "Button"} if last else {"id": f"nav-{page}", "type": "NavigationButtons"}
        )
        layout = [*(_component(index) for index in chosen), buttons]
        content[f"App/ui/Task_1/layouts/{page}.json"] = _json({"data": {"layout": layout}})
    content["App/ui/Task_1/Settings.json"] = _json({"pages": {"order": pages}, "defaultDataType": "model"})
    content["App/options/cities.json"] = _json([{"value": city, "label": city} for city in OPTIONS])
    content["App/models/model.schema.json"] = _json(_schema(fields))
    content["App/models/model.xsd"] = _xsd(fields).encode()
    metadata = json.loads(base["App/config/applicationmetadata.json"])
    metadata["id"], metadata["org"] = f"{org}/{name}", org
    metadata["title"] = {"nb": f"Benchmark form {fields}"}
    content["App/config/applicationmetadata.json"] = _json(metadata)
    return MemoryFiles(content)


def standard_data(fields: int) -> dict[str, Any]:
    """Filled data: even groups show their conditional field, odd groups are one keystroke away from it."""
    data: dict[str, Any] = {}
    for index in range(fields):
        group, position, kind = index // 5, index % 5, field_type(index)
        if position == 0:
            data[f"f{index}"] = "yes" if group % 2 == 0 else "ye"
        elif position == 4 and group % 2 == 1:
            continue
        elif kind == "number":
            data[f"f{index}"] = index
        else:
            data[f"f{index}"] = OPTIONS[index % len(OPTIONS)] if kind == "select" else f"value {index}"
    return data


def _component(index: int) -> dict[str, Any]:
    kind = field_type(index)
    component: dict[str, Any] = {
        "id": f"field{index}x",
        "type": _TYPE[kind],
        "textResourceBindings": {"title": f"{kind.capitalize()} field {index}"},
        "dataModelBindings": {"simpleBinding": f"f{index}"},
    }
    if index % 5 in {1, 3}:
        component["required"] = True
    if kind == "select":
        component["optionsId"] = "cities"
    if index % 5 == 4:
        component["hidden"] = ["notEquals", ["dataModel", f"f{index - 4}"], "yes"]
    return component


def _schema(fields: int) -> dict[str, Any]:
    kinds = {"text": "string", "select": "string", "number": "integer"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "model.schema.json",
        "info": {"rootNode": ""},
        "@xsdNamespaces": {"xsd": "http://www.w3.org/2001/XMLSchema"},
        "type": "object",
        "properties": {f"f{index}": {"type": kinds[field_type(index)]} for index in range(fields)},
    }


def _xsd(fields: int) -> str:
    kinds = {"text": "string", "select": "string", "number": "integer"}
    elements = "\n".join(
        f'      <xsd:element minOccurs="0" name="f{index}" type="xsd:{kinds[field_type(index)]}"/>'
        for index in range(fields)
    )
    return (
        '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">\n  <xsd:element name="model">\n'
        f"    <xsd:complexType><xsd:sequence>\n{elements}\n    </xsd:sequence></xsd:complexType>\n"
        "  </xsd:element>\n</xsd:schema>\n"
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
