"""Every list that a component of an app can take its options from, whatever they come from."""

from collections.abc import Mapping

from studio.definition.app import AppDefinition
from studio.definition.app_logic import logic_of
from studio.definition.content_cache import ContentCache
from studio.definition.option_sources.reading import ReadSource, read_source
from studio.definition.option_sources.standard import STANDARD_LISTS

_READ: ContentCache[ReadSource] = ContentCache(500)


def sources_of(app: AppDefinition) -> Mapping[str, str]:
    """The lists that are fetched: id -> path of the file that says from where."""
    folder = app.paths.option_sources_folder + "/"
    return {
        path.removeprefix(folder).removesuffix(".json"): path
        for path in sorted(app.files.under(app.paths.option_sources_folder))
        if path.endswith(".json") and "/" not in path.removeprefix(folder)
    }


def source_at(app: AppDefinition, path: str) -> ReadSource:
    """What the file of a source says."""
    return _READ.get(app.files.blob_id(path), lambda: read_source(app.json(path)))


def list_ids(app: AppDefinition) -> tuple[str, ...]:
    """The ids of all option lists, each once: files, lists of hooks, fetched ones, standard ones."""
    return tuple(
        dict.fromkeys([*app.option_ids, *logic_of(app).option_lists, *sources_of(app), *STANDARD_LISTS])
    )
