"""Checks of texts: what one language says, the others say too."""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.checks.places import place_in
from studio.definition.findings import Finding
from studio.definition.sentences import N_, Sentence


def check_texts(app: AppDefinition) -> Iterator[Finding]:
    """Texts that are used and lack a translation. A key in no language is a literal text: that is allowed."""
    used = dict.fromkeys(_used_keys(app))
    texts = {language: app.texts(language) for language in app.languages}
    for key in used:
        present = [language for language in app.languages if key in texts[language]]
        missing = [language for language in app.languages if key not in texts[language]]
        if not present or not missing:
            continue
        place = place_in(app, app.paths.texts(present[0]), _pointer(app, present[0], key))
        values = {"key": key, "languages": ", ".join(missing)}
        sentence = Sentence(N_("The text %(key)s is missing in: %(languages)s."), values)
        yield Finding("missing-text", "warning", place, sentence)


def _used_keys(app: AppDefinition) -> Iterator[str]:
    for layout_set in app.layout_sets:
        for _, component in layout_set.components():
            yield from component.text_keys.values()
    for option_id in app.option_ids:
        for option in app.options(option_id) or ():
            yield option.label


def _pointer(app: AppDefinition, language: str, key: str) -> str:
    resource = app.texts(language).get(key)
    return resource.pointer if resource else ""
