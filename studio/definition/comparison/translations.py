"""What changed in how far the translations of an app have come."""

from collections import Counter
from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.status import STATUSES, records

_SAID = {
    "new": N_("Texts to be translated: %(count)s (%(language)s)"),
    "needs-work": N_("Translations that need work: %(count)s (%(language)s)"),
    "translated": N_("Texts that are translated: %(count)s (%(language)s)"),
    "approved": N_("Translations that were approved: %(count)s (%(language)s)"),
}


def translation_sentences(
    old: AppDefinition, new: AppDefinition, changed: frozenset[str]
) -> Iterator[tuple[str, Sentence | None]]:
    """Each sentence with the path it is about; which text a translation is of is not worth a sentence."""
    for language in dict.fromkeys((*new.languages, *old.languages)):
        path = new.paths.translation(language)
        if path not in changed:
            continue
        yield path, None
        before, after = records(old, language), records(new, language)
        counts = Counter(
            record.status
            for key, record in after.items()
            if record.status != (before[key].status if key in before else "translated")
        )
        for status in STATUSES:
            if counts[status]:
                yield path, Sentence(_SAID[status], {"count": counts[status], "language": language})
