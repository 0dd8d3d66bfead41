"""What expressions of an app can ask about around them: texts, options, settings, and some form data."""

from collections.abc import Mapping, Sequence
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.expressions import Surroundings
from studio.definition.texts import TextResource


def surroundings(
    app: AppDefinition,
    default_type: str,
    data: Mapping[str, Any],
    *,
    language: str = "nb",
    instance: Mapping[str, Any] | None = None,
    actions: Mapping[str, bool] | None = None,
    gateway_action: str | None = None,
) -> Surroundings:
    """The app around a form whose paths are in `default_type`.

    `data` is data type -> form data (JSON); types of the app that it lacks are empty. `instance` has the
    shape of the App API.
    """
    task = ((instance or {}).get("process") or {}).get("currentTask") or {}

    def resource(key: str) -> Mapping[str, Any] | None:
        found = app.texts(language).get(key)
        if found is None and language != "nb":
            found = app.texts("nb").get(key)
        return None if found is None else _as_json(found)

    return Surroundings(
        models={kind.id: {} for kind in app.metadata.data_types} | {default_type: {}} | dict(data),
        default_type=default_type,
        language=language,
        resource=resource,
        options=lambda option_id: _options(app, option_id),
        settings=frontend_settings(app),
        instance=instance,
        elements=(instance or {}).get("data") or (),
        task_id=task.get("elementId"),
        actions=actions or {},
        gateway_action=gateway_action,
    )


def frontend_settings(app: AppDefinition) -> Mapping[str, Any]:
    """The section FrontEndSettings of appsettings.json."""
    settings = app.json(f"{app.paths.root}appsettings.json")
    found = settings.get("FrontEndSettings") if isinstance(settings, dict) else None
    return found if isinstance(found, dict) else {}


def _options(app: AppDefinition, option_id: str) -> Sequence[Mapping[str, Any]] | None:
    found = app.options(option_id)
    if found is None:
        return None
    return [
        {
            "value": each.value,
            "label": each.label,
            "description": each.description,
            "helpText": each.help_text,
            "tags": each.tags,
        }
        for each in found
    ]


def _as_json(resource: TextResource) -> Mapping[str, Any]:
    variables = [
        {"key": each.key, "dataSource": each.data_source, "defaultValue": each.default}
        for each in resource.variables
    ]
    return {"value": resource.value, "variables": variables}
