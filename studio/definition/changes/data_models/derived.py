"""What an app carries beside a JSON Schema: files that are made from it, and follow it in the same change."""

from collections.abc import Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.files import Edits


def derived_files(
    app: AppDefinition,  # noqa: ARG001 - read soon
    schema_path: str,  # noqa: ARG001
    before: Mapping[str, Any],  # noqa: ARG001
    after: Mapping[str, Any],  # noqa: ARG001
) -> Edits:
    """The edits that bring the files beside a schema in step with it. Only what the app has is written."""
    return {}


def made_files(app: AppDefinition, data_type: str, *, with_xsd: bool) -> Edits:  # noqa: ARG001 - read soon
    """The files that a new model gets beside its schema, where they have not come with it."""
    return {}
