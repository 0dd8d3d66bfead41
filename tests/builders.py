"""Small apps for tests: app_files() gives one that is complete, and each argument makes it different."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.files import MemoryFiles
from studio.definition.process import ONE_DATA_TASK

Component = Mapping[str, Any]

_XACML = "urn:oasis:names:tc:xacml"
POLICY = f"""<?xml version="1.0" encoding="utf-8"?>
<xacml:Policy xmlns:xacml="{_XACML}:3.0:core:schema:wd-17" PolicyId="urn:altinn:example:policyid:1"
    Version="1.0" RuleCombiningAlgId="{_XACML}:3.0:rule-combining-algorithm:deny-overrides">
  <xacml:Target/>
  <xacml:Rule RuleId="everybody-may" Effect="Permit"><xacml:Target/></xacml:Rule>
</xacml:Policy>
"""


def field(component_id: str, path: str = "", kind: str = "Input", **more: Any) -> dict[str, Any]:
    """A component that is filled in; it is bound to the field of its own name where `path` is not given."""
    return {
        "id": component_id,
        "type": kind,
        "dataModelBindings": {"simpleBinding": path or component_id},
        "textResourceBindings": {"title": f"{component_id}.title"},
        **more,
    }


def group(component_id: str, *children: str, **more: Any) -> dict[str, Any]:
    """A component that holds others."""
    return {"id": component_id, "type": "Group", "children": list(children), **more}


def as_json(value: Any) -> bytes:
    """A value as Studio's own templates write it."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def schema(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A data model with these fields: name -> JSON Schema, or the name of a type."""
    properties = {name: {"type": kind} if isinstance(kind, str) else kind for name, kind in fields.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "model.schema.json",
        "info": {"rootNode": "#/$defs/model"},
        "@xsdNamespaces": {"xsd": "http://www.w3.org/2001/XMLSchema"},
        "type": "object",
        "properties": {"model": {"$ref": "#/$defs/model"}},
        "$defs": {"model": {"type": "object", "properties": properties}},
    }


DEFAULT_PAGES: Mapping[str, Sequence[Component]] = {
    "Contact": (field("name"), field("phone"), {"id": "next", "type": "NavigationButtons"}),
    "Summary": (
        {"id": "all", "type": "Summary2", "target": {"type": "layoutSet"}},
        {"id": "send", "type": "Button"},
    ),
}
DEFAULT_FIELDS: Mapping[str, Any] = {"name": "string", "phone": "string", "age": "integer"}
DEFAULT_TEXTS: Mapping[str, Mapping[str, str]] = {
    "nb": {"appName": "En prøve", "name.title": "Navn", "phone.title": "Telefon", "Contact": "Kontakt"},
    "en": {"appName": "A test", "name.title": "Name", "phone.title": "Phone number", "Contact": "Contact"},
}


def app_files(
    *,
    pages: Mapping[str, Sequence[Component]] | None = None,
    fields: Mapping[str, Any] | None = None,
    texts: Mapping[str, Mapping[str, str]] | None = None,
    process: str = ONE_DATA_TASK,
    generation: str = "v9",
    more: Mapping[str, bytes | None] | None = None,
) -> MemoryFiles:
    """A small app: two pages, three fields, two languages, one data step, a policy that lets everybody in.

    `more` adds files (or takes them away with None), by path.
    """
    pages = DEFAULT_PAGES if pages is None else pages
    folder = "App/ui/Task_1" if generation == "v9" else "App/ui/form"
    settings: dict[str, Any] = {"pages": {"order": list(pages)}}
    files = {
        "App/config/applicationmetadata.json": as_json(_metadata()),
        "App/config/process/process.bpmn": process.encode(),
        "App/config/authorization/policy.xml": POLICY.encode(),
        "App/models/model.schema.json": as_json(schema(DEFAULT_FIELDS if fields is None else fields)),
    }
    if generation == "v9":
        settings["defaultDataType"] = "model"
        files["App/ui/Settings.json"] = as_json({})
    else:
        sets = {"sets": [{"id": "form", "dataType": "model", "tasks": ["Task_1"]}]}
        files["App/ui/layout-sets.json"] = as_json(sets)
    files[f"{folder}/Settings.json"] = as_json(settings)
    for name, components in pages.items():
        files[f"{folder}/layouts/{name}.json"] = as_json({"data": {"layout": list(components)}})
    for language, values in (DEFAULT_TEXTS if texts is None else texts).items():
        resources = [{"id": key, "value": value} for key, value in values.items()]
        content = as_json({"language": language, "resources": resources})
        files[f"App/config/texts/resource.{language}.json"] = content
    changed: dict[str, bytes | None] = {**files, **(more or {})}
    return MemoryFiles({path: data for path, data in changed.items() if data is not None})


def app(**arguments: Any) -> AppDefinition:
    """The definition of app_files(...)."""
    return AppDefinition(app_files(**arguments))


def _metadata() -> dict[str, Any]:
    return {
        "id": "ttd/test",
        "org": "ttd",
        "title": {"nb": "En prøve", "en": "A test"},
        "dataTypes": [
            {
                "id": "model",
                "allowedContentTypes": ["application/xml"],
                "taskId": "Task_1",
                "minCount": 1,
                "maxCount": 1,
                "appLogic": {"autoCreate": True, "classRef": "Altinn.App.Models.model.model"},
            }
        ],
        "partyTypesAllowed": {
            "person": True,
            "organisation": True,
            "subUnit": False,
            "bankruptcyEstate": False,
        },
    }
