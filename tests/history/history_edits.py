"""A small app, people, and edits for the tests of history: they change bytes, and say so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from studio.definition.errors import DomainError
from studio.definition.json_text import set_value
from studio.definition.sentences import Sentence
from studio.history.commits import Author

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KARI = Author("Kari Nordmann", "kari@example.org")
OLA = Author("Ola Nordmann", "ola@example.org")
PAGE = "App/ui/form/layouts/page.json"


def layout(*components: dict[str, object]) -> bytes:
    return (json.dumps({"data": {"layout": list(components)}}, indent=2) + "\n").encode()


SMALL_APP = {
    "App/config/applicationmetadata.json": b'{"id": "ttd/small"}\n',
    PAGE: layout({"id": "name", "type": "Input"}, {"id": "phone", "type": "Input"}),
    "App/config/texts/resource.nb.json": b'{"language": "nb", "resources": []}\n',
    "README.md": b"A small app\n",
}


@dataclass(frozen=True)
class SetFile:
    path: str
    data: bytes | None
    kind: ClassVar[str] = "set_file"

    def apply(self, app: Any) -> Mapping[str, bytes | None]:
        return {self.path: self.data}

    def sentence(self, app: Any) -> Sentence:
        return Sentence("Wrote the file %(path)s", {"path": self.path})

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "path": self.path}


@dataclass(frozen=True)
class SetValue:
    path: str
    pointer: str
    value: Any
    kind: ClassVar[str] = "set_value"

    def apply(self, app: Any) -> Mapping[str, bytes | None]:
        if self.path not in app.files:
            raise DomainError(Sentence("%(path)s is gone", {"path": self.path}))
        return {self.path: set_value(app.files[self.path], self.pointer, self.value)}

    def sentence(self, app: Any) -> Sentence:
        return Sentence("Set %(pointer)s", {"pointer": self.pointer})

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "path": self.path, "pointer": self.pointer, "value": self.value}


def value_at(data: bytes, *steps: "str | int") -> Any:
    value = json.loads(data)
    for step in steps:
        value = value[step]
    return value
