"""What changed between two states of an app, in sentences that need no knowledge of JSON."""

from collections.abc import Iterator
from itertools import chain

from studio.definition.app import AppDefinition, app_definition
from studio.definition.comparison.content import content_sentences
from studio.definition.comparison.data_models import model_sentences
from studio.definition.comparison.examples import example_sentences
from studio.definition.comparison.forms import form_sentences
from studio.definition.comparison.libraries import library_sentences
from studio.definition.comparison.others import file_sentences
from studio.definition.comparison.pages import ChangedPage, Fate, Side, changed_pages
from studio.definition.comparison.rules import rule_sentences
from studio.definition.comparison.translations import translation_sentences
from studio.definition.files import Files, changed_paths
from studio.definition.sentences import Sentence

__all__ = ["ChangedPage", "Fate", "Side", "changed_pages", "describe", "told"]


def describe(before: AppDefinition | Files, after: AppDefinition | Files) -> list[Sentence]:
    """What is different in `after`: forms first, then what they say, then everything else.

    [] for equal apps.
    """
    return [sentence for _, sentence in told(before, after)]


def told(before: AppDefinition | Files, after: AppDefinition | Files) -> list[tuple[str, Sentence]]:
    """The sentences of `describe`, each with the path of the file that it is about."""
    old, new = _definition(before), _definition(after)
    return list(_sentences(old, new, changed_paths(old.files, new.files)))


def _sentences(
    old: AppDefinition, new: AppDefinition, changed: frozenset[str]
) -> Iterator[tuple[str, Sentence]]:
    said: set[str] = set()
    parts = (
        form_sentences,
        content_sentences,
        translation_sentences,
        model_sentences,
        rule_sentences,
        example_sentences,
        library_sentences,
    )
    for path, sentence in chain.from_iterable(part(old, new, changed) for part in parts):
        said.add(path)
        if sentence is not None:
            yield path, sentence
    yield from file_sentences(old, new, changed - said)


def _definition(app: AppDefinition | Files) -> AppDefinition:
    return app if isinstance(app, AppDefinition) else app_definition(app)
