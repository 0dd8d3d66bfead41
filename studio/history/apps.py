"""Stand-in until studio.definition.app is there."""

from dataclasses import dataclass

from studio.definition.files import Files


@dataclass(frozen=True)
class AppDefinition:
    """An app with its files."""

    files: Files
