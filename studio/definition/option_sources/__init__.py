"""Where the options of a list come from, where that is no file of the app: other servers, standard lists."""

from studio.definition.option_sources.answers import NoOptions, read_answer
from studio.definition.option_sources.of_app import list_ids, source_at, sources_of
from studio.definition.option_sources.reading import read_source
from studio.definition.option_sources.source import OptionSource, Secret
from studio.definition.option_sources.standard import STANDARD_LISTS, standard_name, standard_words

__all__ = [
    "STANDARD_LISTS",
    "NoOptions",
    "OptionSource",
    "Secret",
    "list_ids",
    "read_answer",
    "read_source",
    "source_at",
    "sources_of",
    "standard_name",
    "standard_words",
]
