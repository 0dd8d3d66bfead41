"""A file of a draft, opened as text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from studio.definition.app import AppDefinition, app_definition
from studio.definition.code import text as texts
from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.features import open_draft
from studio.history.draft import Draft

# What a browser edits without waiting. Larger files are shown as far as this.
LARGEST: Final = 1024 * 1024  # bytes


@dataclass(frozen=True)
class Opened:
    """A file of the signed-in person's draft, as it was when `revision` was read."""

    org: str
    app_name: str
    draft: Draft
    revision: str
    app: AppDefinition
    path: str
    data: bytes

    @cached_property
    def _read(self) -> texts.Text | None:
        return texts.read(self.data)

    @property
    def is_text(self) -> bool:
        """Can it be read as text?"""
        return self._read is not None

    @property
    def is_editable(self) -> bool:
        """Can it be edited here?"""
        return self.is_text and len(self.data) <= LARGEST

    @property
    def text(self) -> str:
        """What it says; of a file that is too large its beginning, and "" of one that is no text."""
        return self._read.text[:LARGEST] if self._read else ""


def opened(org: str, app: str, path: str) -> Opened:
    """The file that an address names. Raises NotThere."""
    draft = open_draft(org, app)
    revision, files = draft.revision, draft.files
    try:
        data = files[path]
    except KeyError as error:
        raise NotThere(Sentence(N_("The file %(path)s does not exist."), {"path": path})) from error
    return Opened(org, app, draft, revision, app_definition(files), path, data)
