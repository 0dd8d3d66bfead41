"""What apps of an organisation share: items in numbered versions, and what an app has taken (0022)."""

from studio.definition.library.comparing import Difference, compared, is_moved, settled
from studio.definition.library.items import (
    KINDS,
    Content,
    Kind,
    Part,
    Published,
    Version,
    fingerprint,
    list_content,
    picture_content,
    read_content,
    suited,
    text_content,
    written,
)
from studio.definition.library.saying import called, difference_sentence
from studio.definition.library.taken import LATEST, Taken, taken_items
from studio.definition.library.versions import (
    free_id,
    latest,
    path_of_version,
    paths_of_item,
    shared_items,
    version_of,
    versions_of,
)

__all__ = [
    "KINDS",
    "LATEST",
    "Content",
    "Difference",
    "Kind",
    "Part",
    "Published",
    "Taken",
    "Version",
    "called",
    "compared",
    "difference_sentence",
    "fingerprint",
    "free_id",
    "is_moved",
    "latest",
    "list_content",
    "path_of_version",
    "paths_of_item",
    "picture_content",
    "read_content",
    "settled",
    "shared_items",
    "suited",
    "taken_items",
    "text_content",
    "version_of",
    "versions_of",
    "written",
]
