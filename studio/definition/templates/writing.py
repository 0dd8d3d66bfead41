"""A template as a value, and the files that it becomes. File shapes: the Altinn 3 app format, v9."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.files import MemoryFiles
from studio.definition.sentences import Sentence
from studio.definition.templates.access import policy
from studio.definition.templates.model import MODEL, ModelField, json_schema, xsd

LANGUAGES: Final = ("nb", "nn", "en")
TASK: Final = "Task_1"

# A text in bokmål, nynorsk and English.
Words = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of app to begin with. `pages` maps the name of a page to its components in file order."""

    id: str
    name: Sentence
    description: Sentence
    process: str
    pages: Mapping[str, tuple[Mapping[str, Any], ...]]
    texts: Mapping[str, Words]
    fields: tuple[ModelField, ...] = ()
    options: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    user_actions: tuple[str, ...] = ("read", "write", "delete", "instantiate")
    settings: Mapping[str, Any] = field(default_factory=dict)

    def files(self, name: str, org: str, titles: Mapping[str, str]) -> MemoryFiles:
        """The files of a new app. `titles` by language, "nb" among them."""
        return _written(self, name, org, titles)


def _written(template: Template, name: str, org: str, titles: Mapping[str, str]) -> MemoryFiles:
    content = {
        "App/config/applicationmetadata.json": as_json(_metadata(name, org, titles)),
        "App/config/authorization/policy.xml": policy(name, org, template.user_actions).encode(),
        "App/config/process/process.bpmn": template.process.encode(),
        f"App/models/{MODEL}.schema.json": as_json(json_schema(template.fields)),
        f"App/models/{MODEL}.xsd": xsd(template.fields).encode(),
        "App/ui/Settings.json": as_json(_page_settings(template)),
        f"App/ui/{TASK}/Settings.json": as_json(
            {"pages": {"order": list(template.pages)}, "defaultDataType": MODEL}
        ),
    }
    for index, language in enumerate(LANGUAGES):
        resources = [{"id": key, "value": words[index]} for key, words in template.texts.items()]
        content[f"App/config/texts/resource.{language}.json"] = as_json(
            {"language": language, "resources": resources}
        )
    for page, components in template.pages.items():
        layout = {"data": {"layout": [dict(component) for component in components]}}
        content[f"App/ui/{TASK}/layouts/{page}.json"] = as_json(layout)
    for option_list, options in template.options.items():
        content[f"App/options/{option_list}.json"] = as_json([dict(option) for option in options])
    return MemoryFiles(content)


def _metadata(name: str, org: str, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": f"{org}/{name}",
        "org": org,
        "title": {language: titles[language] for language in LANGUAGES if titles.get(language)},
        "dataTypes": [
            {
                "id": "ref-data-as-pdf",
                "allowedContentTypes": ["application/pdf"],
                "maxCount": 0,
                "minCount": 0,
            },
            {
                "id": MODEL,
                "allowedContentTypes": ["application/xml"],
                "appLogic": {"autoCreate": True, "classRef": f"Altinn.App.Models.{MODEL}.{MODEL}"},
                "taskId": TASK,
                "maxCount": 1,
                "minCount": 1,
            },
        ],
        "partyTypesAllowed": {
            "bankruptcyEstate": True,
            "organisation": True,
            "person": True,
            "subUnit": True,
        },
        "onEntry": {"show": "new-instance"},
        "autoDeleteOnProcessEnd": False,
    }


def _page_settings(template: Template) -> dict[str, Any]:
    # Without autoSaveBehavior, some clients save on a change of page only.
    return {"showLanguageSelector": True, "autoSaveBehavior": "onChangeFormData", **template.settings}


def as_json(value: Any) -> bytes:
    """A value as templates write it: two spaces a level, letters as they are."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
