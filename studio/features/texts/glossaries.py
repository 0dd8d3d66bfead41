"""The glossary of an organisation, on its shelf beside its blocks."""

import json
from typing import Final

from studio.database.clock import now
from studio.definition import json_text
from studio.definition.content_cache import ContentCache
from studio.definition.translation.glossary import Glossary, Term, read_glossary
from studio.features import author, repositories
from studio.history.shelf import Shelf

_PATH: Final = "glossary.json"
_READ: Final[ContentCache[Glossary]] = ContentCache(200)


def glossary_of(org: str) -> Glossary:
    """The glossary; an empty one where there is none, or its file is broken."""
    files = _shelf(org).files
    if _PATH not in files:
        return Glossary()
    return _READ.get(files.blob_id(_PATH), lambda: _read(files[_PATH]))


def _read(data: bytes) -> Glossary:
    try:
        return read_glossary(json_text.parse(data))
    except json_text.BrokenJson:
        return Glossary()


def write_glossary(org: str, terms: tuple[Term, ...], message: str) -> None:
    """Put a glossary in place of the one that is there. Raises Busy where someone else is writing."""
    listed = {"terms": [term.to_json() for term in terms]}
    data = json.dumps(listed, ensure_ascii=False, indent=2).encode() + b"\n"
    _shelf(org).write({_PATH: data}, author(), message, now())


def _shelf(org: str) -> Shelf:
    return Shelf(repositories().root, org)
