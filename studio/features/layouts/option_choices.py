"""The lists that a component can take its options from, by where they come from."""

from flask_babel import gettext

from studio.definition.app import AppDefinition
from studio.definition.app_logic import logic_of
from studio.definition.option_sources import STANDARD_LISTS, sources_of, standard_words
from studio.web import translate

Choice = tuple[str, str]


def option_choices(app: AppDefinition) -> list[tuple[str, list[Choice]]]:
    """(kind in words, [(id, words)]): each list once, under the kind that forms read it from."""
    groups = (
        (gettext("Lists of the app"), app.option_ids),
        (gettext("From the app's code"), logic_of(app).option_lists),
        (gettext("From other servers"), sources_of(app)),
        (gettext("Standard lists"), STANDARD_LISTS),
    )
    seen: set[str] = set()
    found = []
    for words, ids in groups:
        fresh = [each for each in ids if each not in seen]
        seen.update(fresh)
        found.append((words, [(each, _words(each)) for each in fresh]))
    return found


def _words(option_id: str) -> str:
    standard = standard_words(option_id)
    return translate(standard) if standard else option_id
